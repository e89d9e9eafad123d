"""The sample of a run: the same whoever cleaned what, bounded, true to the text, and not lost when a run is resumed."""

import json
import pickle
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies_ground import revisions

from corpusclean import Cleaner, Edit, Revision
from corpusclean.corpus import Cleaned, Record
from corpusclean.corpus.excerpts import examples_of, excerpt, line_rows
from corpusclean.corpus.samples import SampleKeeper, Sampler, sampling_key

CLEANER = Cleaner()
TEXTS = [
    "今天天气很好，我们一起去公园散步。\r\n",
    "The quick brown fox.",
    "當(dāng)時，天氣很好。",
    "Liebe Grüße aus München&nbsp;an alle  \r\n\r\n\r\n\r\nDeine Anna",
]


def records(number: int) -> list[tuple[int, Record, Cleaned]]:
    made = []
    for at in range(number):
        record = Record(f"doc{at}", f"doc{at}", (TEXTS[at % len(TEXTS)] + f" {at}").encode())
        made.append((at, record, Cleaned(record.name, record.size, CLEANER.clean(record.source, id=record.id))))
    return made


MANY = records(60)


def sampled(parts: Iterable[Iterable[int]], folder: Path | None = None) -> SampleKeeper:
    """The sample of a run whose workers each had the documents of one part."""
    keeper = SampleKeeper(documents=5, examples=2)
    keeper.start(folder, resumed=False)
    for part in parts:
        worker = pickle.loads(pickle.dumps(Sampler(CLEANER, documents=5, examples=2)))
        for at in part:
            if (sample := worker.look(*MANY[at])) is not None:
                keeper.take(json.loads(json.dumps(sample)))
    return keeper


@settings(max_examples=20)
@given(st.lists(st.integers(0, 3), min_size=60, max_size=60))
def test_the_sample_is_the_same_whoever_cleaned_what(owners: list[int]) -> None:
    alone = list(sampled([range(60)]).rows())
    parts = [[at for at in range(60) if owners[at] == owner] for owner in range(4)]
    assert list(sampled(parts).rows()) == alone


def test_the_sample_is_of_the_smallest_keys_and_every_rule_has_examples() -> None:
    rows = list(sampled([range(60)]).rows())
    smallest = sorted(range(60), key=lambda at: sampling_key(f"doc{at}", at))[:5]
    assert [row["number"] for row in rows if row["sampled"]] == sorted(smallest)
    touched: dict[str, list[int]] = {}
    for at, _, cleaned in MANY:
        for rule in cleaned.document.metadata.clean["edits"]:
            touched.setdefault(rule, []).append(at)
    assert len(touched) > 3
    for rule, numbers in touched.items():
        expected = sorted(numbers, key=lambda at: sampling_key(f"doc{at}", at))[:2]
        assert {row["number"] for row in rows if rule in row["examples"]} == set(expected)


def test_what_a_sample_shows_is_true() -> None:
    for row in sampled([range(60)]).rows():
        if row["sampled"]:
            source = MANY[row["number"]][1].source
            assert isinstance(source, bytes)
            assert row["before"] == source.decode()
            assert row["after"] == MANY[row["number"]][2].document.text
            for line in row["lines"]:
                shown = "".join(text for kind, text in line["pieces"] if kind != "inserted")
                assert shown.replace("⏎", "") in row["before"]


def test_a_resumed_run_keeps_what_was_put_down(tmp_path: Path) -> None:
    whole = list(sampled([range(60)]).rows())
    sampled([range(30)], tmp_path)
    part = tmp_path / "samples.part.jsonl"
    with part.open("ab") as stream:
        stream.write(b'\n{"number": 7, "key"')  # the line that was being written when the power went
    keeper = SampleKeeper(documents=5, examples=2)
    keeper.start(tmp_path, resumed=True)
    worker = Sampler(CLEANER, documents=5, examples=2)
    for at in range(25, 60):  # the last batch is done again
        if (sample := worker.look(*MANY[at])) is not None:
            keeper.take(sample)
    keeper.finish(tmp_path)
    assert [json.loads(line) for line in (tmp_path / "samples.jsonl").read_bytes().splitlines()] == whole
    assert not part.exists()


def test_a_new_run_forgets_the_last_one(tmp_path: Path) -> None:
    sampled([range(30)], tmp_path)
    keeper = SampleKeeper()
    keeper.start(tmp_path, resumed=False)
    keeper.finish(tmp_path)
    assert (tmp_path / "samples.jsonl").read_bytes() == b""


def test_memory_is_bounded() -> None:
    keeper = SampleKeeper(documents=3, examples=1)
    for number in range(5000):
        key, _ = sampling_key(str(5000 - number), number)
        keeper.take({"key": key, "number": number, "rules": {"demo": 1}, "id": "x", "examples": {"demo": []}})
        assert len(keeper._kept) <= 2 * 4 + 65
    assert sum(row["sampled"] for row in keeper.rows()) == 3


def test_nothing_is_sampled_where_nothing_is_wanted() -> None:
    worker = Sampler(CLEANER, documents=0, examples=0)
    assert all(worker.look(*item) is None for item in MANY)


def test_a_large_document_is_not_cleaned_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpusclean.corpus.samples.LARGEST", 10)
    assert Sampler(CLEANER).look(*MANY[0]) is None


def test_a_defect_in_the_second_cleaning_costs_only_the_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise IndexError("oops")

    worker = Sampler(CLEANER)
    monkeypatch.setattr(Cleaner, "clean", broken)
    assert worker.look(*MANY[0]) is None


@given(revisions())
def test_examples_and_rows_are_bounded_and_true(revision: Revision) -> None:
    for rule, shown in examples_of([revision]).items():
        assert len(shown) <= 3
        for left, before, after, right, _ in shown:
            assert left + before + right in revision.before
            assert any(
                rule in edit.rule.split("+") and (edit.before, edit.after) == (before, after) for edit in revision.edits
            )
    rows, left_out = line_rows(revision)
    assert len(rows) <= 12
    assert [row["number"] for row in rows] == sorted({row["number"] for row in rows})
    assert left_out >= 0


def test_rules_not_yet_shown_come_first_and_long_texts_are_cut() -> None:
    edits = [Edit(at, at + 1, "a", "b", "common") for at in range(0, 60, 2)]
    text = "a\n" * 30 + "c" * 10_000
    rows, left_out = line_rows(Revision.of(text, [*edits, Edit(60, 10_060, "c" * 10_000, "", "rare")]))
    assert "rare" in rows[-1]["rules"]
    assert left_out == 31 - 12
    assert len(json.dumps(rows)) < 3000
    assert excerpt("好" * 100, 10) == "好" * 10 + "…"
