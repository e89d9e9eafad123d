"""Outputs read again, and how two of them differ."""

import bz2
import gzip
import json
import lzma
import random
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from corpusclean import InputError
from corpusclean.corpus import comparing
from corpusclean.corpus.comparing import Comparison, compare, text_difference
from corpusclean.corpus.rows import rows_of

DOCUMENTS = [
    {"id": f"d{n}", "text": f"text {n}\n好", "metadata": {"title": f"t{n}", "clean": {"version": n}}} for n in range(9)
]
TEXTS = st.lists(st.sampled_from(["a\n", "b\n", "c", "好\n", "\n", "\r"]), max_size=12).map("".join)


def lines(documents: list[dict[str, Any]]) -> bytes:
    return b"".join(json.dumps(document).encode() + b"\n" for document in documents)


def written(path: Path, documents: list[dict[str, Any]]) -> Path:
    data = lines(documents)
    match path.suffix:
        case ".gz":
            data = gzip.compress(data[:50]) + gzip.compress(data[50:])
        case ".zst":
            data = zstandard.compress(data[:50]) + zstandard.compress(data[50:])
        case ".bz2":
            data = bz2.compress(data)
        case ".xz":
            data = lzma.compress(data)
        case ".parquet":
            struct = pa.struct([("title", pa.string()), ("clean", pa.string()), ("quality", pa.string())])
            rows = [
                d | {"metadata": {"title": d["metadata"]["title"], "clean": json.dumps(d["metadata"]["clean"])}}
                for d in documents
            ]
            schema = pa.schema(
                [("id", pa.string()), ("text", pa.large_string()), ("metadata", struct), ("extra", pa.string())]
            )
            pq.write_table(pa.Table.from_pylist(rows, schema=schema), path)
            return path
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("suffix", ["jsonl", "jsonl.gz", "jsonl.zst", "jsonl.bz2", "jsonl.xz", "parquet"])
def test_every_format_is_read_again(suffix: str, tmp_path: Path) -> None:
    path = written(tmp_path / f"out.{suffix}", DOCUMENTS)
    assert [row.values for row in rows_of(path)] == DOCUMENTS


def test_a_text_folder_is_read_again(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "x.txt").write_text("好", "utf-8")
    (tmp_path / "a.txt").write_text("a", "utf-8")
    (tmp_path / ".a.txt.part.txt").write_text("half", "utf-8")
    assert [row.values for row in rows_of(tmp_path)] == [{"id": "a.txt", "text": "a"}, {"id": "b/x.txt", "text": "好"}]


def test_a_broken_row_is_one_row(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_bytes(b'{"id": "a", "text": "b"}\n{"torn\n[1]\n\n{"id": "c", "text": "d"}\n')
    rows = list(rows_of(tmp_path / "x.jsonl"))
    assert [row.place.rpartition(":")[2] for row in rows] == ["1", "2", "3", "5"]
    assert [bool(row.problem) for row in rows] == [False, True, True, False]


@pytest.mark.parametrize("suffix", ["jsonl.gz", "jsonl.zst", "jsonl.xz", "parquet"])
def test_a_torn_file_is_one_sentence(suffix: str, tmp_path: Path) -> None:
    path = written(tmp_path / f"out.{suffix}", DOCUMENTS)
    path.write_bytes(path.read_bytes()[:60])
    with pytest.raises(InputError, match=r"cannot read .*written to its end"):
        list(rows_of(path))


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    for name in ("x.jsonl", "x.parquet", "x.jsonl.zst"):
        with pytest.raises(InputError, match=r"No such file or directory; check the path"):
            list(rows_of(tmp_path / name))


def test_equal_outputs_in_another_order_and_format(tmp_path: Path) -> None:
    shuffled = random.Random(5).sample(DOCUMENTS, len(DOCUMENTS))
    comparison = Comparison()
    found = list(
        compare(written(tmp_path / "a.jsonl", DOCUMENTS), written(tmp_path / "b.parquet", shuffled), comparison)
    )
    assert found == []
    assert comparison.equal
    assert comparison.same == 9
    assert comparison.characters[0] == comparison.characters[1] > 0


def test_what_differs_is_told(tmp_path: Path) -> None:
    def document(name: str, text: str, title: str = "t", edits: int = 1) -> dict[str, Any]:
        return {"id": name, "text": text, "metadata": {"title": title, "clean": {"edits": {"demo": edits}}}}

    first = [
        document("same", "x"),
        document("text", "x"),
        document("title", "x"),
        document("one", "x"),
        document("twice", "x"),
    ]
    second = [
        document("twice", "x"),
        document("twice", "y"),
        document("title", "x", "T"),
        document("text", "z", edits=4),
    ]
    second += [document("same", "x", edits=7), document("two", "x")]
    comparison = Comparison()
    found = list(compare(written(tmp_path / "a.jsonl", first), written(tmp_path / "b.jsonl", second), comparison))
    assert sorted(difference[:1] + difference[3:] for difference in found) == [("text", ()), ("title", ("title",))]
    assert ("text", "x", "z", ()) in found
    counts = (comparison.same, comparison.changed, comparison.restated, comparison.only_first, comparison.only_second)
    assert counts == (2, 1, 1, 1, 2)
    assert comparison.names == (["one"], ["twice", "two"])
    assert comparison.edits == {"demo": 3}
    assert not comparison.equal


def test_texts_that_wait_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "TEXTS_HELD", 20)
    changed = [document | {"text": document["text"] + "!"} for document in reversed(DOCUMENTS)]
    comparison = Comparison()
    found = list(compare(written(tmp_path / "a.jsonl", DOCUMENTS), written(tmp_path / "b.jsonl", changed), comparison))
    assert comparison.changed == len(found) == 9
    assert sum(difference.before is None or difference.after is None for difference in found) > 3


def test_rows_that_are_no_documents_are_no_equals(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", [{"id": 3, "text": "x"}])
    comparison = Comparison()
    assert list(compare(path, path, comparison)) == []
    assert len(comparison.problems) == 2
    assert not comparison.equal


@given(TEXTS, TEXTS, st.booleans())
@settings(max_examples=200)
def test_a_difference_leads_from_one_text_to_the_other(before: str, after: str, long: bool) -> None:
    with pytest.MonkeyPatch.context() as patched:
        if long:
            patched.setattr(comparing, "LONG", 0)
        revision = text_difference(before, after)
    assert revision.before == before
    assert revision.text == after
    assert (before == after) == revision.empty
