"""Broken files of every kind: each problem is named with its place and a remedy, and what can be had is had."""

import bz2
import gzip
import io
import json
import lzma
import os
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.parquet
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st
from warc_makers import http, member

from corpusclean import Cleaner
from corpusclean.corpus import Record, Totals, Trouble, clean_records, read, readers_parquet
from corpusclean.corpus.parquet_footer import FooterError, RowGroupSizes, row_groups

PACKERS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".zst": zstandard.ZstdCompressor(write_checksum=True).compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
}
ROWS = [json.dumps({"text": f"第{at * 7919 % 10007}页，{os.urandom(20).hex()}"}).encode() + b"\n" for at in range(2000)]


def parts(path: Path | str, **options: object) -> tuple[list[Record], list[Trouble]]:
    found = list(read([str(path)], **options))  # type: ignore[arg-type]
    return [item for item in found if isinstance(item, Record)], [item for item in found if isinstance(item, Trouble)]


class TestCompressed:
    @pytest.mark.parametrize("suffix", PACKERS)
    def test_cut_short(self, suffix: str, tmp_path: Path) -> None:
        """What came before the end is kept, and the row that was cut is not passed on as a whole one."""
        whole = PACKERS[suffix](b"".join(ROWS))
        path = tmp_path / f"rows.jsonl{suffix}"
        path.write_bytes(whole[: len(whole) * 3 // 4])
        good, bad = parts(path)
        assert [item.source for item in good] == [json.loads(row)["text"] for row in ROWS[: len(good)]]
        assert len(good) > 100 or suffix in (".bz2", ".zst"), "these two have larger blocks than this file"
        assert len(bad) == 1
        assert f"after row {len(good)}" in bad[0].where or f"after row {len(good) + 1}" in bad[0].where
        assert "data ends too early" in bad[0].what
        assert bad[0].remedy
        page = tmp_path / f"page.txt{suffix}"
        page.write_bytes(whole[: len(whole) * 3 // 4])
        assert parts(page)[0] == [], "half a page is no page"

    @pytest.mark.parametrize("suffix", PACKERS)
    def test_a_damaged_stream_among_good_ones(self, suffix: str, tmp_path: Path) -> None:
        pieces = [bytearray(PACKERS[suffix](b"".join(ROWS[at : at + 500]))) for at in range(0, 2000, 500)]
        pieces[1][40:80] = bytes(40)
        path = tmp_path / f"rows.jsonl{suffix}"
        path.write_bytes(b"".join(pieces))
        good, bad = parts(path)
        assert bad
        sources = [item.source for item in good]
        expected = [json.loads(row)["text"] for row in ROWS]
        assert sources[:500] == expected[:500]
        assert sources[-1000:] == expected[1000:]

    def test_what_follows_is_named(self, tmp_path: Path) -> None:
        path = tmp_path / "page.txt.gz"
        path.write_bytes(gzip.compress(b"x") + b"\0" * 600)
        assert parts(path)[1] == [], "padding is nothing"
        path.write_bytes(gzip.compress(b"x") + b"and more")
        good, bad = parts(path)
        assert [item.source for item in good] == [b"x"]
        assert [item.what for item in bad] == ["something else follows its gzip data, at byte 21"]


class TestRows:
    def test_bad_lines_among_good_ones(self, tmp_path: Path) -> None:
        lines = [b'{"text": "a"}', b"{oops", b"[1]", b'{"text": 7}', b"\x00\xff\xfe\x80" * 9, b"[" * 100_000, b""]
        path = tmp_path / "rows.jsonl"
        path.write_bytes(b"\n".join([*lines, b'{"text": "z"}']))
        good, bad = parts(path)
        assert [item.id for item in good] == [f"{path}:1", f"{path}:8"]
        assert [item.id for item in bad] == [f"{path}:{number}" for number in (2, 3, 4, 5, 6)]
        assert all(item.kind == "failed" and item.remedy for item in bad)


class TestCsv:
    @pytest.mark.parametrize("text", ['a,"open\nb,2\nc,3\n', 'a,"open\n' + "b,2\n" * 30])
    def test_a_quote_that_is_never_closed(self, text: str, tmp_path: Path) -> None:
        """It costs its own row, not all that follow."""
        path = tmp_path / "a.csv"
        path.write_text("text,n\nfirst,1\n" + text, "utf-8")
        good, bad = parts(path)
        assert [item.source for item in good] == ["first", *[line[0] for line in text.splitlines()[1:]]]
        assert [(item.id, item.what) for item in bad] == [(f"{path}:3", "the row has a quote that is never closed")]

    def test_rows_with_too_many_or_too_few_cells(self, tmp_path: Path) -> None:
        path = tmp_path / "a.csv"
        path.write_text("text,n\na,1,,\nb\nc,1,2\nd,4\n", "utf-8")
        good, bad = parts(path)
        assert [item.source for item in good] == ["a", "d"]
        assert [(item.id, item.what) for item in bad] == [
            (f"{path}:3", "the row has 1 cell, the header 2"),
            (f"{path}:4", "the row has 3 cells, the header 2"),
        ]

    def test_a_row_in_a_broken_encoding(self, tmp_path: Path) -> None:
        path = tmp_path / "a.csv"
        path.write_bytes("text,n\n好,1\n".encode() + b"\xff\xfe\x80,2\n" + "坏,3\n".encode())
        good, bad = parts(path)
        assert [item.source for item in good] == ["好", b"\xff\xfe\x80", "坏"]
        assert bad == []

    @pytest.mark.parametrize("data", [b"", b"text\n", b"\n\n", b"\xef\xbb\xbf"])
    def test_nothing_in_it(self, data: bytes, tmp_path: Path) -> None:
        path = tmp_path / "a.csv"
        path.write_bytes(data)
        good, bad = parts(path)
        assert (good, len(bad), bad[0].what) == ([], 1, "it holds no rows")


class TestParquet:
    def table(self, path: Path) -> bytes:
        texts = [f"{at:04}" * 50 for at in range(400)]
        pyarrow.parquet.write_table(pa.table({"text": texts}), path, row_group_size=100, compression="NONE")
        return path.read_bytes()

    def test_cut_short(self, tmp_path: Path) -> None:
        path = tmp_path / "a.parquet"
        whole = self.table(path)
        for size in (0, 3, 100, len(whole) - 1):
            path.write_bytes(whole[:size])
            good, bad = parts(path)
            assert (good, len(bad)) == ([], 1)
            assert "cannot be read as Parquet" in bad[0].what

    def test_a_damaged_row_group(self, tmp_path: Path) -> None:
        path = tmp_path / "a.parquet"
        whole = bytearray(self.table(path))
        about = pyarrow.parquet.ParquetFile(path).metadata.row_group(1).column(0)
        start = about.dictionary_page_offset or about.data_page_offset
        whole[start : start + 30] = b"\xff" * 30
        path.write_bytes(whole)
        good, bad = parts(path)
        assert [item.id for item in good] == [f"{path}:{number}" for number in (*range(1, 101), *range(201, 401))]
        assert len(bad) == 1
        assert "its row group 1 (rows 101 to 200) cannot be read" in bad[0].what

    @pytest.mark.parametrize("lie", [{"compressed": 10**12}, {"start": 10**9}, {"uncompressed": -1}], ids=str)
    def test_metadata_that_lies(self, lie: dict[str, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """One row group says what can't be; it is refused before any of it is read, and the others are read."""

        def lying(file: IO[bytes]) -> list[RowGroupSizes]:
            groups = row_groups(file)
            groups[1] = RowGroupSizes(groups[1].rows, (groups[1].columns[0]._replace(**lie),))
            return groups

        monkeypatch.setattr(readers_parquet, "row_groups", lying)
        path = tmp_path / "a.parquet"
        self.table(path)
        good, bad = parts(path)
        assert len(good) == 300
        assert [item.what for item in bad] == ["its row group 1 says that it lies outside of the file"]

    def test_sizes_are_those_that_pyarrow_reads(self, tmp_path: Path) -> None:
        path = tmp_path / "a.parquet"
        table = pa.table({"a": ["x", "y"] * 500, "b": [[1.5]] * 1000, "c": [{"d": None, "e": b"z"}] * 1000})
        for codec in ("NONE", "zstd"):
            pyarrow.parquet.write_table(table, path, row_group_size=300, compression=codec, use_dictionary=["a"])
            theirs = pyarrow.parquet.ParquetFile(path).metadata
            with path.open("rb") as file:
                ours = row_groups(file)
            assert [group.rows for group in ours] == [300, 300, 300, 100]
            for at, group in enumerate(ours):
                for which, column in enumerate(group.columns):
                    other = theirs.row_group(at).column(which)
                    assert column.compressed == other.total_compressed_size
                    assert column.uncompressed == other.total_uncompressed_size
                    assert column.start == (other.dictionary_page_offset or other.data_page_offset)
                    assert bool(column.dictionary) == other.has_dictionary_page

    @pytest.mark.parametrize("footer", [b"", b"\x19", b"\x1c" * 100, b"\x49\xfc\xff\xff\xff\x0f", b"\xf5" * 9])
    def test_footers_that_are_none(self, footer: bytes) -> None:
        file = io.BytesIO(b"PAR1" + footer + len(footer).to_bytes(4, "little") + b"PAR1")
        with pytest.raises(FooterError, match="footer"):
            row_groups(file)

    def test_a_file_that_ends_the_process_in_pyarrow(self) -> None:
        """Its metadata objects throw where Python can't catch; so we read the footer ourselves."""
        path = Path(__file__).parent / "regressions" / "pyarrow_aborts.parquet"
        code = "import sys; from corpusclean.corpus import read; print(len(list(read(sys.argv[1:]))))"
        done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b"")
        assert int(done.stdout) > 0

    @settings(max_examples=80, deadline=None)
    @given(data=st.data())
    def test_damage_anywhere(self, data: st.DataObject) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "a.parquet"
            whole = bytearray(self.table(path))
            at = data.draw(st.integers(0, 400) | st.integers(len(whole) - 1200, len(whole) - 1))
            whole[at] ^= data.draw(st.integers(1, 255))
            path.write_bytes(whole)
            good, bad = parts(path)
            assert good or bad


class TestArchives:
    def zip(self, path: Path) -> bytes:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for at in range(3):
                archive.writestr(f"{at}.txt", str(at) * 1000)
        return path.read_bytes()

    def test_a_damaged_member_of_a_zip(self, tmp_path: Path) -> None:
        path = tmp_path / "a.zip"
        whole = bytearray(self.zip(path))
        at = whole.index(b"1.txt") + 7
        whole[at] ^= 0xFF
        path.write_bytes(whole)
        good, bad = parts(path)
        assert [item.name for item in good] == ["a.zip/0.txt", "a.zip/2.txt"]
        assert [item.id for item in bad] == [f"{path}/1.txt"]

    def test_a_zip_that_is_cut(self, tmp_path: Path) -> None:
        path = tmp_path / "a.zip"
        path.write_bytes(self.zip(path)[:-30])
        good, bad = parts(path)
        assert (good, len(bad)) == ([], 1)
        assert "cannot be read as zip" in bad[0].what

    def test_encrypted_and_unusual_members(self, tmp_path: Path) -> None:
        path = tmp_path / "a.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("a.txt", "x")
            archive.writestr("b.txt", "x", zipfile.ZIP_LZMA)
            archive.writestr("c.txt", "y")
        whole = bytearray(path.read_bytes())
        for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            whole[whole.index(mark) + at] |= 1
        path.write_bytes(whole)
        good, bad = parts(path)
        assert [item.source for item in good] == [b"y"]
        assert [item.what for item in bad] == [
            "it is encrypted",
            "it is packed with method 14, which few programs know",
        ]

    def tar(self) -> bytearray:
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode="w") as archive:
            for at in range(3):
                info = tarfile.TarInfo(f"{at}.txt")
                info.size = 1000
                archive.addfile(info, io.BytesIO(str(at).encode() * 1000))
        return bytearray(packed.getvalue())

    def test_a_damaged_header_of_a_tar(self, tmp_path: Path) -> None:
        whole = self.tar()
        whole[1536 + 10] ^= 0xFF
        path = tmp_path / "a.tar"
        path.write_bytes(whole)
        good, bad = parts(path)
        assert [item.name for item in good] == ["a.tar/0.txt", "a.tar/2.txt"]
        assert [item.what for item in bad] == ["its header at byte 1536 is damaged: bad checksum"]

    @pytest.mark.parametrize(("size", "names"), [(700, []), (1636, ["a.tar/0.txt"]), (2200, ["a.tar/0.txt"])])
    def test_a_tar_that_is_cut(self, size: int, names: list[str], tmp_path: Path) -> None:
        path = tmp_path / "a.tar"
        path.write_bytes(self.tar()[:size])
        good, bad = parts(path)
        assert [item.name for item in good] == names
        assert len(bad) == 1
        path = tmp_path / "b.tar.gz"
        path.write_bytes(gzip.compress(self.tar())[:-20])
        good, bad = parts(path)
        assert len(good) <= 3
        assert bad
        assert "gzip data ends too early" in bad[0].what

    def test_a_name_without_end(self, tmp_path: Path) -> None:
        """A header that claims a name of 8 GiB is not believed, and what follows it is still there."""
        whole = self.tar()
        info = tarfile.TarInfo("././@LongLink")
        info.type, info.size = tarfile.GNUTYPE_LONGNAME, 8 * 2**30 - 1
        path = tmp_path / "a.tar"
        path.write_bytes(info.tobuf() + whole)
        good, bad = parts(path)
        assert good == []
        assert len(bad) == 1

    @settings(max_examples=150, deadline=None)
    @given(data=st.data())
    def test_damage_anywhere(self, data: st.DataObject) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / data.draw(st.sampled_from(["a.tar", "a.zip", "a.tar.gz"]))
            whole = bytearray(self.zip(path)) if path.suffix == ".zip" else self.tar()
            whole = bytearray(gzip.compress(bytes(whole))) if path.suffix == ".gz" else whole
            at = data.draw(st.integers(0, len(whole) - 1))
            whole[at : at + 4] = data.draw(st.binary(max_size=4))
            path.write_bytes(whole)
            for item in read([str(path)]):
                assert item.id.startswith(str(path))


@settings(max_examples=150, deadline=None)
@given(
    data=st.binary(max_size=300),
    head=st.sampled_from(
        [b"", b"\x1f\x8b\x08\x00", b"(\xb5/\xfd", b"PK\x03\x04", b"PAR1", b"WARC/1.0\r\n", b"BZh91AY&SY"]
    ),
    name=st.sampled_from(
        ["a", "a.csv", "a.jsonl", "a.parquet", "a.warc", "a.zip", "a.tar", "a.tgz", "a.gz", "a.warc.gz"]
    ),
)
def test_any_bytes_under_any_name(data: bytes, head: bytes, name: str) -> None:
    """A reader never raises, and never says nothing."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(head + data)
        found = list(read([str(path)]))
        assert found or name in ("a.warc", "a.warc.gz", "a.tar", "a.tgz") or not data


def test_a_folder_with_every_kind_of_broken_file(tmp_path: Path) -> None:
    """Everything else in it is cleaned, and each problem is named, once."""
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    good = "你好，世界。今天天气很好，我们去公园。"
    table = io.BytesIO()
    pyarrow.parquet.write_table(pa.table({"text": [good]}), table)
    files = {
        b"a good.txt": good.encode(),
        b"b cut.txt.gz": gzip.compress(good.encode() * 9)[:-9],
        b"c.parquet": table.getvalue()[:-3],
        b"d.jsonl": json.dumps({"text": good}).encode() + b"\n{oops\n" + json.dumps({"text": good}).encode(),
        b"e binary": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 8,
        b"f empty": b"",
        b"g name\nof two lines \xff\xfe.txt": good.encode(),
        b"h.warc.gz": member(http(good.encode())) + member(http(good.encode()))[:-40],
        b"z good.txt": good.encode(),
    }
    for name, data in files.items():
        Path(os.fsdecode(os.path.join(os.fsencode(folder), name))).write_bytes(data)
    (folder / "sub" / "loop").symlink_to(folder)
    (folder / "i self").symlink_to(folder / "i self")
    (folder / "j unreadable").symlink_to("/proc/self/mem")
    os.mkfifo(folder / "k pipe")
    totals = Totals()
    results = list(clean_records(read([str(folder)]), Cleaner()))
    for result in results:
        totals.add(result)
    assert totals.cleaned == 6
    assert totals.cleaned + totals.troubles == len(results)
    troubles = {Path(item.id).name: item for item in results if isinstance(item, Trouble)}
    assert {name: item.kind for name, item in troubles.items()} == {
        "b cut.txt.gz": "failed",
        "c.parquet": "failed",
        "d.jsonl:2": "failed",
        "e binary": "rejected",
        "f empty": "rejected",
        "h.warc.gz:2": "failed",
        "i self": "failed",
        "j unreadable": "failed",
        "k pipe": "rejected",
    }
    assert all(item.remedy for name, item in troubles.items() if name != "f empty")
    assert totals.troubles == len(troubles)


@pytest.mark.skipif(sys.platform == "win32", reason="permissions work otherwise there")
def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may read everything, so the refusal is put in its way."""
    path = tmp_path / "a.txt"
    path.write_text("x", "utf-8")

    def refuse(self: Path, mode: str = "r") -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "open", refuse)
    good, bad = parts(path)
    assert good == []
    assert [str(item) for item in bad] == [
        f"{path}: it cannot be read: Permission denied; check its permissions, or leave it out"
    ]
