"""What a run leaves behind besides its output: the counts, the reasons, the hashes, the description."""

import errno
import gzip
import hashlib
import io
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusclean import CleanConfig, Cleaner
from corpusclean.corpus import (
    Cleaned,
    Fields,
    FileWriter,
    Observer,
    Outcome,
    Outputs,
    Record,
    RunResult,
    Sample,
    Totals,
    Trouble,
    clean_records,
    run_corpus,
)
from corpusclean.errors import ConfigError

HAN = "今天天气很好，我们去公园玩。春天来了，花都开了。"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(HAN, "utf-8")
    (folder / "b.html").write_bytes(f"<html><title>題</title><p>{HAN}</p>".encode("gb18030"))
    (folder / "c.bin").write_bytes(b"\x7fELF\0\0\0\0")
    (folder / "d.txt").write_text("The quick brown fox jumps over the lazy dog.", "utf-8")
    (folder / "e.txt").write_bytes(b"")
    return folder


def go(source: Path, **options: Any) -> tuple[RunResult, dict[str, Any]]:
    outputs = options.pop("outputs", None) or Outputs(file=source.parent / "out" / "clean.jsonl")
    result = run_corpus([source], Cleaner(), outputs, **options)
    assert result.folder is not None
    return result, json.loads((result.folder / "manifest.json").read_bytes())


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def test_the_manifest_says_what_was_done(source: Path) -> None:
    result, manifest = go(source, command=["corpusclean", "clean"])
    output = source.parent / "out" / "clean.jsonl"
    assert manifest["conservation"] == "5 in = 3 cleaned + 2 rejected + 0 failed"
    assert manifest["balanced"] is True
    assert manifest["command"] == ["corpusclean", "clean"]
    assert manifest["plan"]["config"] == CleanConfig().fingerprint
    assert manifest["config"]["script"]["target"] == "hans"
    assert manifest["versions"]["corpusclean"] == Cleaner().clean("x").metadata.clean["version"]
    (told,) = manifest["outputs"]
    assert told["sha256"] == hashlib.sha256(output.read_bytes()).hexdigest()
    assert (output.parent / "clean.run" / told["path"]).resolve() == output.resolve()
    assert manifest["inputs"]["files"] == 5
    listed = {Path(row["path"]).name: row for row in rows(output.parent / "clean.run" / "inputs.jsonl")}
    for name, row in listed.items():
        data = (source / name).read_bytes()
        assert row["bytes"] == len(data)
        assert row["sha256"] == hashlib.sha256(data).hexdigest()
    assert set(listed) == {"a.txt", "b.html", "c.bin", "d.txt", "e.txt"}
    assert json.loads((output.parent / "clean.run" / "totals.json").read_bytes())["cleaned"] == 3
    assert 0 < manifest["seconds"] == pytest.approx(result.seconds, abs=2)
    assert not list((output.parent / "clean.run").glob("*.part"))


def test_what_did_not_come_out_is_listed(source: Path) -> None:
    result, _ = go(source, drop_if=['language == "en"', "chars < 3"])
    assert result.folder is not None
    failed = {Path(row["id"]).name: row for row in rows(result.folder / "failed.jsonl")}
    assert set(failed) == {"c.bin", "e.txt"}
    assert {row["kind"] for row in failed.values()} == {"rejected"}
    assert "empty" in failed["e.txt"]["what"]
    (dropped,) = rows(result.folder / "dropped.jsonl")
    assert Path(dropped["id"]).name == "d.txt"
    assert dropped["condition"] == 'language == "en"'
    assert result.totals.conservation == "5 in = 2 cleaned + 2 rejected + 0 failed + 1 dropped"
    assert result.totals.conditions == {'language == "en"': 1}


def test_the_output_and_the_papers_are_never_the_input(tmp_path: Path) -> None:
    """A run over the folder that it writes into, twice."""
    (tmp_path / "a.txt").write_text(HAN, "utf-8")
    outputs = Outputs(file=tmp_path / "clean.jsonl", text_dir=tmp_path / "texts", ledger_file=tmp_path / "l.jsonl")
    for _ in range(2):
        assert run_corpus([tmp_path], Cleaner(ledger=True), outputs).totals.read == 1
    assert (tmp_path / "texts" / "a.txt").read_text("utf-8") == HAN


def test_a_stream_has_no_papers_and_is_in_order(source: Path) -> None:
    stream = io.BytesIO()
    result = run_corpus([source], Cleaner(), Outputs(stream=stream), jobs=2)
    assert result.folder is None
    assert [Path(json.loads(line)["id"]).name for line in stream.getvalue().splitlines()] == [
        "a.txt",
        "b.html",
        "d.txt",
    ]
    with pytest.raises(ConfigError, match="a stream cannot go on"):
        run_corpus([source], Cleaner(), Outputs(stream=stream), resume=True)


def test_nothing_in_nothing_out(tmp_path: Path) -> None:
    for jobs in (0, 2, None):
        outputs = Outputs(file=tmp_path / f"{jobs}" / "o.jsonl.gz", text_dir=tmp_path / f"{jobs}" / "texts")
        result = run_corpus(list, Cleaner(), outputs, jobs=jobs)
        assert result.totals == Totals()
        assert (tmp_path / f"{jobs}" / "o.jsonl.gz").exists()


def test_documents_of_one_id_all_come_out(tmp_path: Path) -> None:
    records = [Record("same", "same.txt", f"text {number}") for number in range(5)]
    outputs = Outputs(file=tmp_path / "o.jsonl", text_dir=tmp_path / "t")
    assert run_corpus(lambda: records, Cleaner(), outputs).totals.cleaned == 5
    assert [row["text"] for row in rows(tmp_path / "o.jsonl")] == [f"text {number}" for number in range(5)]
    assert sorted(path.name for path in (tmp_path / "t").iterdir()) == ["same-2.txt"] + [
        f"same-{number}.txt" for number in (3, 4, 5)
    ] + ["same.txt"]


def test_a_text_that_its_folder_refuses_is_nowhere(tmp_path: Path) -> None:
    texts, elsewhere = tmp_path / "texts", tmp_path / "elsewhere"
    texts.mkdir()
    elsewhere.mkdir()
    (texts / "link").symlink_to(elsewhere)
    records = [Record("a", "a", "one"), Record("b", "link/b", "two"), Record("c", "c", "three\ud800")]
    outputs = Outputs(file=tmp_path / "o.jsonl.gz", text_dir=texts)
    result = run_corpus(lambda: records, Cleaner(), outputs)
    assert result.totals.conservation == "3 in = 1 cleaned + 0 rejected + 2 failed"
    assert result.folder is not None
    says = {row["id"]: row["what"] for row in rows(result.folder / "failed.jsonl")}
    assert says["b"] == "a link leads out of the output folder"
    assert says["c"].startswith("the text holds a lone surrogate")
    assert not list(elsewhere.iterdir())

    assert [
        json.loads(line)["id"] for line in gzip.decompress((tmp_path / "o.jsonl.gz").read_bytes()).splitlines()
    ] == ["a"]


@pytest.mark.parametrize(("sample", "expected"), [("25%", range(180, 320)), ("100", [100]), ("5000", [1000])])
def test_a_sample_is_the_same_every_time(sample: str, expected: Any, tmp_path: Path) -> None:
    records = [Record(f"{number}", f"{number}", "x") for number in range(1000)]
    seen = []
    for again in range(2):
        outputs = Outputs(file=tmp_path / f"{again}.jsonl")
        totals = run_corpus(lambda: records, Cleaner(), outputs, sample=Sample.parse(sample), jobs=0).totals
        assert totals.cleaned in expected
        assert totals.read == 1000
        assert totals.skipped == 1000 - totals.cleaned
        assert totals.balanced
        seen.append((tmp_path / f"{again}.jsonl").read_bytes())
    assert seen[0] == seen[1]


def test_samples_that_cannot_be() -> None:
    for text in ("", "0", "-3", "101%", "0%", "five", "1.5"):
        with pytest.raises(ConfigError, match="a sample cannot be"):
            Sample.parse(text)
    with pytest.raises(ConfigError, match="reads its input twice"):
        run_corpus(["-"], Cleaner(), Outputs(stream=io.BytesIO()), sample=Sample(count=3))


def test_fields_are_read_and_count_when_it_goes_on(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"body": "one", "key": "k1"}\n', "utf-8")
    outputs = Outputs(file=tmp_path / "o.jsonl")
    run_corpus([tmp_path / "in.jsonl"], Cleaner(), outputs, fields=Fields(text="body", id="key"))
    (row,) = rows(tmp_path / "o.jsonl")
    assert (row["id"], row["text"]) == ("k1", "one")
    with pytest.raises(ConfigError, match="the names of the fields: was text body, id key, url url, is text text"):
        run_corpus([tmp_path / "in.jsonl"], Cleaner(), outputs, resume=True)


def test_what_is_no_document_is_counted(tmp_path: Path) -> None:
    request = b"WARC/1.0\r\nWARC-Type: request\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
    resource = (
        b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: http://a/\r\nContent-Type: text/plain\r\n"
        b"Content-Length: 5\r\n\r\nhello\r\n\r\n"
    )
    (tmp_path / "in.warc").write_bytes(request + resource + request)
    result = run_corpus([tmp_path / "in.warc"], Cleaner(), Outputs(file=tmp_path / "o.jsonl"))
    assert result.folder is not None
    assert result.totals.conservation == "1 in = 1 cleaned + 0 rejected + 0 failed"
    manifest = json.loads((result.folder / "manifest.json").read_bytes())
    assert manifest["totals"]["passed_over"] == {"WARC request": 2}


def test_a_limit_reads_no_further(tmp_path: Path) -> None:
    read = []

    def records() -> Any:
        for number in range(100):
            read.append(number)
            yield Record(f"{number}", f"{number}", "x")

    assert run_corpus(records, Cleaner(), Outputs(file=tmp_path / "o.jsonl"), limit=7).totals.read == 7
    assert len(read) == 7
    with pytest.raises(ConfigError, match="a limit cannot be -1"):
        run_corpus(records, Cleaner(), Outputs(file=tmp_path / "o.jsonl"), limit=-1)


class Lengths:
    """Says the length of every third document."""

    def look(self, number: int, record: Record, cleaned: Cleaned) -> dict[str, Any] | None:
        return {"number": number, "length": record.size} if number % 3 == 0 else None


class Keeping:
    """Keeps what it is given."""

    def __init__(self) -> None:
        self.notes: list[dict[str, Any]] = []
        self.told: list[object] = []

    def start(self, folder: Path | None, resumed: bool) -> None:
        self.told.append(("start", folder, resumed))

    def take(self, note: dict[str, Any]) -> None:
        self.notes.append(note)

    def finish(self, folder: Path | None) -> None:
        self.told.append(("finish", folder))


@pytest.mark.parametrize("jobs", [0, 2])
def test_observers_see_each_document_once_and_in_order(jobs: int, tmp_path: Path) -> None:
    keeper = Keeping()
    records = [Record(f"{number}", f"{number}", "x" * number) for number in range(1, 301)]
    observers = [Observer(Lengths(), Keeping()), Observer(Lengths(), keeper)]
    result = run_corpus(lambda: records, Cleaner(), Outputs(file=tmp_path / "o.jsonl"), jobs=jobs, observers=observers)
    assert [note["number"] for note in keeper.notes] == list(range(0, 300, 3))
    assert keeper.told == [("start", result.folder, False), ("finish", result.folder)]
    keeper = Keeping()
    run_corpus(lambda: records, Cleaner(), Outputs(stream=io.BytesIO()), observers=[Observer(Lengths(), keeper)])
    assert keeper.told == [("start", None, False), ("finish", None)]


def test_who_watches_is_told_everything_in_order(source: Path) -> None:
    told: list[tuple[str, int]] = []
    go(source, watch=lambda outcome, totals: told.append((Path(outcome.id).name, totals.read)))
    assert told == [("a.txt", 1), ("b.html", 2), ("c.bin", 3), ("d.txt", 4), ("e.txt", 5)]


OUTCOMES = st.one_of(
    st.builds(
        lambda kind, what: Outcome.of_trouble(0, Trouble("x", kind, what)),
        st.sampled_from(["rejected", "failed"]),
        st.text(max_size=5),
    ),
    st.builds(
        lambda text, condition: Outcome.of_cleaned(
            0, Cleaned("x", len(text), Cleaner(quality=False).clean(text)), condition=condition
        ),
        st.text("a好\r\n 1", max_size=12),
        st.sampled_from(["", "", "chars < 3"]),
    ),
)


@given(st.lists(OUTCOMES, max_size=8))
def test_totals_add_up_and_survive_the_journal(outcomes: list[Outcome]) -> None:
    totals = Totals()
    for outcome in outcomes:
        totals.read += 1
        totals.add(outcome)
    assert totals.balanced
    kinds = Counter(outcome.kind for outcome in outcomes)
    assert [totals.cleaned, totals.dropped, totals.rejected, totals.failed] == [
        kinds[kind] for kind in ("cleaned", "dropped", "rejected", "failed")
    ]
    assert sum(totals.lengths.values()) == sum(totals.encodings.values()) == totals.cleaned
    assert Totals.from_dict(json.loads(json.dumps(totals.to_dict()))) == totals


def test_messages_that_differ_in_numbers_are_one_kind() -> None:
    totals = Totals()
    for number in range(500):
        totals.add(Trouble("x", "failed", f"byte {number:,} is wrong"))
        totals.add(Trouble("x", "failed", f"byte {chr(0x4E00 + number)} is wrong"))
    assert totals.reasons["byte N is wrong"] == 500
    assert len(totals.reasons) == 201
    assert sum(totals.reasons.values()) == 1000


def test_a_reader_that_goes_away_ends_it_quietly(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text("".join(json.dumps({"text": HAN}) + "\n" for _ in range(3000)), "utf-8")
    program = (
        "import sys; from corpusclean import Cleaner; from corpusclean.corpus import *\n"
        "if __name__ == '__main__':\n"
        " try: run_corpus([sys.argv[1]], Cleaner(), Outputs(stream=sys.stdout.buffer), jobs=2)\n"
        " except BrokenPipeError: sys.stderr.write('gone'); import os; os._exit(0)\n"
    )
    script = tmp_path / "script.py"
    script.write_text(program, "utf-8")
    command = [sys.executable, str(script), str(tmp_path / "in.jsonl")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as runner:
        assert runner.stdout is not None
        assert runner.stderr is not None
        runner.stdout.readline()
        runner.stdout.close()
        assert runner.stderr.read() == b"gone"


class Narrow(io.RawIOBase):
    """A stream without a buffer, which takes at most 1,000 bytes at once (standard output of ``python -u``)."""

    def __init__(self) -> None:
        self.taken = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.taken += bytes(data[:1000])
        return min(len(data), 1000)


def test_a_stream_that_takes_only_a_part_gets_all_of_it(tmp_path: Path) -> None:
    records = [Record(f"{number}", f"{number}", HAN * 9) for number in range(50)]
    stream, writer_stream = Narrow(), Narrow()
    run_corpus(lambda: records, Cleaner(), Outputs(stream=stream))  # type: ignore[arg-type]
    assert len(stream.taken.splitlines()) == 50
    with FileWriter(writer_stream) as writer:  # type: ignore[arg-type]
        for result in clean_records(records, Cleaner()):
            assert isinstance(result, Cleaned)
            writer.write(result)
    assert writer_stream.taken == stream.taken


def test_a_run_that_did_nothing_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> Any:
        raise OSError("the input is gone")

    with pytest.raises(OSError, match="the input is gone"):
        run_corpus(broken, Cleaner(), Outputs(file=tmp_path / "o.jsonl"))
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")
def test_a_stream_to_a_full_disk(source: Path) -> None:
    with Path("/dev/full").open("wb", buffering=0) as stream, pytest.raises(OSError, match="No space") as caught:
        run_corpus([source], Cleaner(), Outputs(stream=stream))
    assert caught.value.errno == errno.ENOSPC


@pytest.mark.engine
@pytest.mark.filterwarnings("ignore")  # of mlcroissant and what it uses
@pytest.mark.parametrize("suffix", ["jsonl", "jsonl.gz", "parquet"])
def test_mlcroissant_validates_and_loads_the_description(suffix: str, source: Path) -> None:
    import mlcroissant

    outputs = Outputs(file=source.parent / "out" / f"clean.{suffix}")
    result, _ = go(source, outputs=outputs)
    assert result.folder is not None
    described = json.loads((result.folder / "croissant.json").read_bytes())
    assert described["conformsTo"] == "http://mlcommons.org/croissant/1.1"
    activity = described["prov:wasGeneratedBy"]
    assert [part["prov:label"] for part in activity["dct:hasPart"]] == [
        *("decoding", "markup", "repair", "boilerplate", "script", "layout", "quality")
    ]
    dataset = mlcroissant.Dataset(result.folder / "croissant.json")
    assert not dataset.metadata.ctx.issues.errors
    found = list(dataset.records("documents"))
    assert [Path(row["documents/id"].decode()).name for row in found] == ["a.txt", "b.html", "d.txt"]
    assert found[0]["documents/text"].decode() == HAN
    assert [row["documents/language"] for row in found] == [b"zh", b"zh", b"en"]
