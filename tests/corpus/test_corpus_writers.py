"""Writers: what comes back is what went in, to the byte, and a file is there in full or not at all."""

import gzip
import io
import json
import pickle
import tempfile
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from corpusclean import Cleaner, ConfigError, Document, InputError, LedgerError, Metadata, restore
from corpusclean.corpus import (
    Cleaned,
    FileWriter,
    Format,
    JsonLines,
    ParquetFile,
    TextFolderWriter,
    format_of,
    with_ledger,
)

NAMES = ("out.jsonl", "out.jsonl.gz", "out.jsonl.zst", "out.parquet")
TEXTS = ("好\n世界", "", "plain", "𠮷 \x00 \u2028", "x" * 5000)


def cleaned(name: str, text: str, **extra: object) -> Cleaned:
    document = Document(name, text, Metadata(title="题", views=7, quality={"chars": 1}, clean={"edits": {"a/b": 2}}))
    return Cleaned(name, len(text), document, dict(extra) or None)


def rows_of(path: Path) -> list[dict[str, object]]:
    """The rows of an output, read by other people's libraries."""
    data = path.read_bytes()
    if path.suffix == ".parquet":
        rows = pyarrow.parquet.read_table(path).to_pylist()
        for row in rows:
            row["metadata"] = {name: value for name, value in row["metadata"].items() if value is not None}
            row["metadata"] |= {
                name: json.loads(row["metadata"][name]) for name in ("quality", "clean") if name in row["metadata"]
            }
            row["extra"] = json.loads(row["extra"]) if row["extra"] else None
        return rows
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    if path.suffix == ".zst":
        data = zstandard.ZstdDecompressor().stream_reader(io.BytesIO(data), read_across_frames=True).read()
    return [json.loads(line) for line in data.splitlines()]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_written_is_read_back(name: str, tmp_path: Path) -> None:
    path = tmp_path / "deep" / name
    with FileWriter(path, format_of(path)) as writer:
        for number, text in enumerate(TEXTS):
            writer.write(cleaned(f"{number}.txt", text, stars=number))
        assert not path.exists()
    rows = rows_of(path)
    assert [row["text"] for row in rows] == list(TEXTS)
    assert [row["id"] for row in rows] == [f"{number}.txt" for number in range(len(TEXTS))]
    assert [row["extra"] for row in rows] == [{"stars": number} for number in range(len(TEXTS))]
    assert rows[0]["metadata"] == {"title": "题", "views": 7, "quality": {"chars": 1}, "clean": {"edits": {"a/b": 2}}}
    assert [item.name for item in path.parent.iterdir()] == [name]


@pytest.mark.parametrize("name", NAMES)
def test_pieces_of_batches_make_the_file(name: str, tmp_path: Path) -> None:
    """A run appends pieces that workers encoded, in order; cut back to any piece, it can go on."""
    form = pickle.loads(pickle.dumps(format_of(tmp_path / name)))
    documents = [cleaned(str(number), text) for number, text in enumerate(TEXTS)]
    pieces = [form.encode(documents[:2]), form.encode([]), form.encode(documents[2:])]
    assert pieces == [form.encode(documents[:2]), b"", form.encode(documents[2:])]
    made = []
    for attempt in range(2):
        staged, target = tmp_path / f"staged{attempt}", tmp_path / f"{attempt}-{name}"
        staged.write_bytes(pieces[0] + (b"torn" if attempt else b""))
        with staged.open("r+b") as stream:
            stream.truncate(len(pieces[0]))
            stream.seek(0, 2)
            stream.write(b"".join(pieces[1:]))
        form.finish(staged, target)
        assert not staged.exists()
        made.append(target.read_bytes())
        assert [row["text"] for row in rows_of(target)] == list(TEXTS)
    assert made[0] == made[1]


@pytest.mark.parametrize("name", NAMES)
def test_an_output_without_documents_is_valid(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    with FileWriter(path, format_of(path)):
        pass
    assert rows_of(path) == []
    if name.endswith(".gz"):
        assert path.stat().st_size > 0, "an empty file is no gzip file"


@pytest.mark.parametrize("name", NAMES)
def test_after_an_error_nothing_is_there(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(b"what was there before")
    writer = FileWriter(path, format_of(path))
    writer.__enter__()
    writer.write(cleaned("a", "b"))
    writer.__exit__(ZeroDivisionError, ZeroDivisionError(), None)
    assert path.read_bytes() == b"what was there before"
    assert [item.name for item in tmp_path.iterdir()] == [name]


def test_gzip_has_neither_time_nor_name() -> None:
    piece = JsonLines(compression="gzip").encode([cleaned("a", "b")])
    assert piece[3] == 0, "no flags, so no name"
    assert piece[4:8] == bytes(4), "no time"


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=60)), max_size=5), st.sampled_from(NAMES))
def test_any_documents_come_back(rows: list[tuple[str, str]], name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        with FileWriter(path, format_of(path)) as writer:
            for document_id, text in rows:
                writer.write(Cleaned(document_id, 0, Document(document_id, text, Metadata(quality={"a": 1}, clean={}))))
        assert [(row["id"], row["text"]) for row in rows_of(path)] == rows


class TestLoneSurrogates:
    """JSON can write them; UTF-8 can't."""

    def test_json_lines_keep_them(self, tmp_path: Path) -> None:
        path = tmp_path / "out.jsonl"
        with FileWriter(path) as writer:
            writer.write(cleaned("\udcff", "a\ud800"))
        assert [(row["id"], row["text"]) for row in rows_of(path)] == [("\udcff", "a\ud800")]

    @pytest.mark.parametrize("kind", ["parquet", "folder"])
    def test_others_refuse_the_one_document(self, kind: str, tmp_path: Path) -> None:
        path = tmp_path / f"out.{kind}"
        writer = TextFolderWriter(path) if kind == "folder" else FileWriter(path, format_of(path))
        with writer:
            writer.write(cleaned("a", "好"))
            with pytest.raises(InputError, match=r"lone surrogate.*code point 1.*JSON lines"):
                writer.write(cleaned("b", "a\ud800"))
        assert path.exists()
        if kind == "parquet":
            assert [row["id"] for row in rows_of(path)] == ["a"]

    def test_in_names_parquet_writes_them_out(self, tmp_path: Path) -> None:
        path = tmp_path / "out.parquet"
        with FileWriter(path, format_of(path)) as writer:
            writer.write(cleaned("\udcff.txt", "好"))
        assert [row["id"] for row in rows_of(path)] == ["\\udcff.txt"]


class TestLedgers:
    """The ledger goes with the document, or into a file beside it."""

    DATA = "浣犲ソ锛屼笘鐣屻€�\r\n首页 > 新闻\r\n".encode("gb18030")

    @pytest.mark.parametrize("name", NAMES)
    def test_with_the_document(self, name: str, tmp_path: Path) -> None:
        path = tmp_path / name
        document = Cleaner(ledger=True).clean(self.DATA, id="a")
        with FileWriter(path, format_of(path)) as writer:
            writer.write(Cleaned("a", len(self.DATA), document))
        (row,) = rows_of(path)
        if path.suffix == ".parquet":
            row |= {key: json.loads(str(row[key])) for key in ("removed", "ledger")}
        assert restore(row) == self.DATA

    @pytest.mark.parametrize("name", NAMES)
    def test_in_a_sidecar(self, name: str, tmp_path: Path) -> None:
        path, side = tmp_path / name, tmp_path / "out.ledger.jsonl.zst"
        document = Cleaner(ledger=True).clean(self.DATA, id="a")
        with (
            FileWriter(path, format_of(path, holds="text")) as one,
            FileWriter(side, format_of(side, holds="ledger")) as two,
        ):
            for writer in (one, two):
                writer.write(Cleaned("a", len(self.DATA), document))
        (row,), (kept,) = rows_of(path), rows_of(side)
        assert "ledger" not in row
        assert restore(with_ledger(row, kept)) == self.DATA
        with pytest.raises(LedgerError, match="belongs to 'a', not to 'b'"):
            with_ledger(row | {"id": "b"}, kept)
        with pytest.raises(LedgerError, match="no ledger of 'a'"):
            with_ledger(row, kept | {"ledger": None})


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.jsonl", JsonLines()),
        ("a", JsonLines()),
        ("a.JSONL.GZ", JsonLines(compression="gzip")),
        ("a.zst", JsonLines(compression="zstd")),
        ("a.parquet", ParquetFile(with_ledger=True)),
    ],
)
def test_the_name_asks_for_the_format(name: str, form: Format) -> None:
    assert format_of(Path(name)) == form


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl.bz2", "a.xz", "a.zip"])
def test_what_is_not_written_is_refused(name: str) -> None:
    with pytest.raises(ConfigError, match=r"cannot write .*\.parquet"):
        format_of(Path(name))


def test_a_stream_gets_each_document_at_once() -> None:
    stream = io.BytesIO()
    with FileWriter(stream) as writer:
        writer.write(cleaned("a", "b"))
        assert stream.getvalue().endswith(b"\n")
    assert not stream.closed


def test_a_writer_that_is_not_open_says_so(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not open"):
        FileWriter(tmp_path / "a").write(cleaned("a", "b"))
