"""Where little leads in a run: who is to blame for a lost worker, what cannot be written, papers that are damaged."""

import io
import json
import os
import tarfile
from pathlib import Path

import pytest

from corpusclean import Cleaner, ConfigError, CorpusCleanError, InputError, Limits
from corpusclean.corpus import Cleaned, Outputs, Record, Trouble, read
from corpusclean.corpus import manifest as manifest_module
from corpusclean.corpus.batches import Batch
from corpusclean.corpus.folder import RunFolder
from corpusclean.corpus.inputs import changed_input, file_digest
from corpusclean.corpus.inspectors import ChangeInspector
from corpusclean.corpus.journal import read_journal, sync_folder
from corpusclean.corpus.ordered import CHECK_ALL_AFTER, DEATHS, HANGS, _Open
from corpusclean.corpus.samples import SampleKeeper, Sampler
from corpusclean.corpus.work import Job
from corpusclean.corpus.worker_process import Lost
from corpusclean.corpus.workers import START_KILLS, START_TRIES, Pool


class TestWhoIsToBlame:
    @pytest.fixture
    def state(self) -> _Open:
        items = tuple(Record(name, name, b"x") for name in "abc")
        return _Open(Batch(items, (0, 1, 2), 3, 0, ""))

    def troubles(self, state: _Open) -> list[str]:
        return [item.id for item in state.batch.items if isinstance(item, Trouble)]

    def test_a_document_is_given_up_after_some_deaths(self, state: _Open) -> None:
        for _ in range(DEATHS - 1):
            state.accuse(Lost(1, "it killed its worker"), None)
        assert self.troubles(state) == []
        assert list(state.suspects) == [1] * (DEATHS - 1)
        state.accuse(Lost(0, "it killed its worker"), 1)  # alone in its batch it stands at the first place
        assert self.troubles(state) == ["b"]
        assert "also alone" in str(state.batch.items[1])

    def test_hangs_are_counted_apart(self, state: _Open) -> None:
        state.accuse(Lost(2, "it killed its worker"), None)
        for _ in range(HANGS - 1):
            state.accuse(Lost(2, "it took too long", hung=True), None)
            assert self.troubles(state) == []
        state.accuse(Lost(2, "it took too long", hung=True), None)
        assert self.troubles(state) == ["c"]

    def test_a_worker_that_never_began_blames_nobody(self, state: _Open) -> None:
        state.accuse(Lost(None, "it did not begin", stillborn=True), None)
        assert list(state.suspects) == []
        state.suspects.append(2)
        state.accuse(Lost(None, "it did not begin", stillborn=True), 0)
        assert list(state.suspects) == [0, 2]  # what was to be tried alone is tried first again
        assert self.troubles(state) == []

    def test_a_worker_at_no_document_makes_all_suspect_and_then_ends_the_batch(self, state: _Open) -> None:
        lost = Lost(None, "it killed its worker (signal 9)")
        for _ in range(CHECK_ALL_AFTER - 1):
            state.accuse(lost, None)
            assert list(state.suspects) == []
        state.accuse(lost, None)
        assert list(state.suspects) == [0, 1, 2]
        assert self.troubles(state) == []
        state.accuse(lost, None)
        assert self.troubles(state) == ["a", "b", "c"]
        assert "the batch of it and its neighbours cannot be done" in str(state.batch.items[0])


class TestWhereOutputsGo:
    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ({}, "nothing says where"),
            ({"file": "folder"}, "is a folder"),
            ({"text_dir": "file.jsonl"}, "is a file"),
            ({"ledger_file": "l.jsonl", "stream": io.BytesIO()}, "a ledger file needs an output"),
            ({"file": "a.jsonl", "ledger_file": "other/a.jsonl"}, "different names"),
        ],
    )
    def test_what_cannot_be_is_refused(self, given: dict[str, object], said: str, tmp_path: Path) -> None:
        (tmp_path / "folder").mkdir()
        (tmp_path / "file.jsonl").touch()
        placed = {name: tmp_path / value if isinstance(value, str) else value for name, value in given.items()}
        with pytest.raises(ConfigError, match=said):
            Outputs(**placed).formats()  # type: ignore[arg-type]

    def test_a_run_folder_where_a_file_is(self, tmp_path: Path) -> None:
        (tmp_path / "a.run").touch()
        with pytest.raises(ConfigError, match="would lie where a file is"), RunFolder(tmp_path / "a.run"):
            pass

    def test_a_run_folder_at_work(self, tmp_path: Path) -> None:
        busy = pytest.raises(ConfigError, match="another run is writing there")
        with RunFolder(tmp_path / "a.run"), busy, RunFolder(tmp_path / "a.run"):
            pass
        with RunFolder(tmp_path / "a.run"):
            pass

    def test_a_file_system_without_locks_or_syncing(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: object) -> None:
            raise OSError(95, "not supported")

        monkeypatch.setattr("fcntl.flock", refuse)
        monkeypatch.setattr(os, "fsync", refuse)
        with RunFolder(tmp_path / "a.run"), RunFolder(tmp_path / "a.run"):
            sync_folder(tmp_path)
        sync_folder(tmp_path / "nowhere")


class TestPapers:
    def test_a_journal_of_another_format(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        from corpusclean.corpus import journal

        path = tmp_path / "journal"
        with journal.Journal(path, {"format": f"{journal.FORMAT}+1"}) as papers:
            papers.append({"read": 1})
        with pytest.raises(InputError, match="of a format that this version does not read"):
            read_journal(path)

    @pytest.mark.parametrize("data", [b"", b"torn", b"\xff\xfe\n"])
    def test_a_journal_with_a_torn_head_is_none(self, data: bytes, tmp_path: Path) -> None:
        (tmp_path / "journal").write_bytes(data)
        assert read_journal(tmp_path / "journal") is None

    def test_an_input_that_changed_or_went_is_told(self, tmp_path: Path) -> None:
        file = tmp_path / "a.txt"
        file.write_text("甲")
        status = file.stat()
        row = {"path": str(file), "bytes": status.st_size, "mtime_ns": status.st_mtime_ns}
        assert not manifest_module._written_since(row)
        assert not manifest_module._written_since({"path": "https://a.cn/"})
        file.write_text("甲乙")
        assert manifest_module._written_since(row)
        file.unlink()
        assert manifest_module._written_since(row)
        assert manifest_module._written_since({"path": "a\0b", "bytes": 1, "mtime_ns": 1})

    def test_damaged_rows_of_a_sample_are_left_out(self, tmp_path: Path) -> None:
        cleaner = Cleaner(ledger=True)
        sampler, keeper = Sampler(cleaner), SampleKeeper()
        keeper.start(tmp_path, False)
        record = Record("a", "a", "當(dāng)時(shí)，天氣很好。".encode())
        cleaned = Cleaned("a", record.size, cleaner.clean(record.source, id="a"))
        sample = sampler.look(0, record, cleaned)
        assert sample is not None
        keeper.take(sample)
        part = tmp_path / "samples.part.jsonl"
        part.write_bytes(part.read_bytes() + b'\n{"torn\n[]\n{"key": 1}\n')
        again = SampleKeeper()
        again.start(tmp_path, True)
        assert [row["id"] for row in again.rows()] == [row["id"] for row in keeper.rows()] == ["a"]
        again.finish(tmp_path)
        assert [json.loads(line)["id"] for line in (tmp_path / "samples.jsonl").read_text().splitlines()] == ["a"]
        assert not part.exists()


def test_a_sparse_member_and_a_size_told_apart(tmp_path: Path) -> None:
    """A member's size may stand in a record of its own, and a sparse member is refused by name."""
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as archive:
        for name, headers in (("a.txt", {"size": "6"}), ("b.txt", {"GNU.sparse.major": "1"})):
            member = tarfile.TarInfo(name)
            member.size, member.pax_headers = 6, headers
            archive.addfile(member, io.BytesIO("甲乙".encode()))
    found = list(read([str(path)]))
    assert [item.source for item in found if isinstance(item, Record)] == ["甲乙".encode()]
    assert [item.what for item in found if isinstance(item, Trouble)] == ["it is a sparse file"]


def test_a_member_compressed_many_times_over(tmp_path: Path) -> None:
    import gzip
    import zipfile

    data = "甲".encode()
    for _ in range(12):
        data = gzip.compress(data)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", data)
        archive.writestr("b.txt", gzip.compress("乙".encode()))
    found = list(read([str(tmp_path / "a.zip")]))
    assert next(item.what for item in found if isinstance(item, Trouble)).startswith("it is compressed more than")
    assert [item.source for item in found if isinstance(item, Record)] == ["乙".encode()]


def test_text_in_utf_16_that_is_damaged_is_named(tmp_path: Path) -> None:
    rows = "".join(json.dumps({"text": f"{number}"}) + "\n" for number in range(50_000)).encode("utf-16")
    (tmp_path / "a.jsonl").write_bytes(rows + b"\x00\xd8" + b"\x41\x00")
    found = list(read([str(tmp_path / "a.jsonl")]))
    texts = [item.source for item in found if isinstance(item, Record)]
    assert texts == [str(number) for number in range(len(texts))]
    assert len(texts) > 10_000
    assert any("UTF-16 is damaged" in item.what for item in found if isinstance(item, Trouble))


class TestTables:
    def found(self, path: Path, data: bytes) -> tuple[list[object], list[str]]:
        path.write_bytes(data)
        items = list(read([str(path)], limits=Limits(input_bytes=64)))
        texts = [item.source for item in items if isinstance(item, Record)]
        return texts, [item.what for item in items if isinstance(item, Trouble)]

    def test_a_line_past_the_bound_costs_itself_only(self, tmp_path: Path) -> None:
        texts, said = self.found(tmp_path / "a.csv", b"text\na\n" + b"x" * 200_000 + b"\nb\n")
        assert texts == ["a", "b"]
        assert len(said) == 1
        assert "larger than limits.input_bytes" in said[0]

    def test_a_quote_that_is_never_closed_costs_its_row_only(self, tmp_path: Path) -> None:
        texts, said = self.found(tmp_path / "a.csv", b'text\na\n"open\n' + b"row\n" * 30)
        assert texts == ["a", *["row"] * 30]
        assert said == ["the row has a quote that is never closed"]

    def test_a_table_of_a_head_alone(self, tmp_path: Path) -> None:
        assert self.found(tmp_path / "a.csv", b"text\n\n\n") == ([], ["it holds no rows"])

    def test_a_column_that_is_not_there(self, tmp_path: Path) -> None:
        texts, said = self.found(tmp_path / "a.csv", b"name\nx\n")
        assert texts == []
        assert "text" in said[0]


class TestWorkersThatNeverBegin:
    def test_they_end_the_run_with_a_sentence(self) -> None:
        pool = Pool(Job(Cleaner()), 1, 0)
        lost = Lost(None, "it killed its worker (exit status 1)", stillborn=True)
        for _ in range(START_TRIES - 1):
            pool._check_start(lost, killed=False)
        with pytest.raises(CorpusCleanError, match="worker processes end before they begin") as caught:
            pool._check_start(lost, killed=False)
        assert "__main__" in str(caught.value)

    def test_workers_killed_by_the_system_are_tried_more_often(self) -> None:
        pool = Pool(Job(Cleaner()), 1, 0)
        for _ in range(START_KILLS - 1):
            pool._check_start(Lost(None, "signal 9", stillborn=True), killed=True)
        with pytest.raises(CorpusCleanError, match="signal 9"):
            pool._check_start(Lost(None, "signal 9", stillborn=True), killed=True)


class TestWhatIsToldOfInputs:
    def test_what_changed_since_is_named(self, tmp_path: Path) -> None:
        old = [{"path": "a", "bytes": 1, "mtime_ns": 1}, {"path": "b", "bytes": 2, "mtime_ns": 2}]
        (tmp_path / "inputs").write_text("".join(json.dumps(row) + "\n" for row in old))

        def told(*rows: dict[str, object]) -> str | None:
            return changed_input(tmp_path / "inputs", rows)

        assert told(*old) is None
        assert told(old[0]) == "b is gone"
        assert told(*old, {"path": "c"}) == "c is new"
        assert told(old[0], {**old[1], "path": "d"}) == "where b was, d is now"
        assert told(old[0], {**old[1], "bytes": 1234}) == "b had 2 bytes and has 1,234 now"
        assert told(old[0], {**old[1], "mtime_ns": 9}) == "b was written since"

    def test_a_file_that_cannot_be_read_has_no_digest(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "a").write_bytes(b"x")
        assert file_digest(tmp_path / "a") == "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
        assert file_digest(tmp_path) is None

        def refuse(*_: object) -> None:
            raise PermissionError

        monkeypatch.setattr(Path, "open", refuse)
        assert file_digest(tmp_path / "a") is None

    def test_changed_lines_are_told_with_and_without_a_ledger(self) -> None:
        record = Record("a", "a", "國家\n中".encode())
        for ledger in (True, False):
            cleaner = Cleaner(ledger=ledger)
            cleaned = Cleaned("a", record.size, cleaner.clean(record.source, id="a"))
            told = ChangeInspector(cleaner, lines=3).look(0, record, cleaned)
            assert told is not None
            assert len(told["lines"]) == 1
            assert ChangeInspector(cleaner).look(0, Record("a", "a", "国家\n中".encode()), cleaned) is None

    def test_a_run_folder_of_ones_own(self, tmp_path: Path) -> None:
        assert Outputs(file=tmp_path / "a.jsonl", run_folder=tmp_path / "here").papers == tmp_path / "here"
        assert Outputs(file=tmp_path / "a.jsonl").papers == tmp_path / "a.run"
        assert Outputs(stream=io.BytesIO()).papers is None

    def test_names_that_are_bytes_or_no_names(self, tmp_path: Path) -> None:
        import pyarrow
        import pyarrow.parquet

        table = pyarrow.table({"text": ["甲", "乙"], "id": [b"one\xff", b""]})
        pyarrow.parquet.write_table(table, tmp_path / "a.parquet")
        (tmp_path / "b.jsonl").write_text('{"text": "丙", "id": true}\n{"text": "丁", "id": 7}\n')
        found = [item for item in read([str(tmp_path)]) if isinstance(item, Record)]
        assert found[0].id == "one\\xff"
        assert found[3].id == "7"
        assert found[1].id.endswith("a.parquet:2")
        assert found[2].extra == {"id": True}
