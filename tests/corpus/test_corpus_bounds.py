"""Bounds: memory stays what it was whatever a file holds, and every limit stops what it is there to stop."""

import bz2
import gzip
import io
import json
import lzma
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest
import zstandard
from warc_makers import http, record

from corpusclean import Limits, decode
from corpusclean.corpus import Record, Trouble, read, readers_rows

MIB = 2**20
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".zst": zstandard.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
}


def peak(path: Path, **options: object) -> tuple[int, list[str]]:
    """The most memory that Python held while a file was read, and what came of it."""
    said = []
    tracemalloc.start()
    try:
        for item in read([str(path)], **options):  # type: ignore[arg-type]
            said.append(item.what if isinstance(item, Trouble) else f"document of {item.size}")
            del item
        return tracemalloc.get_traced_memory()[1], said
    finally:
        tracemalloc.stop()


class TestRatio:
    """A file of its own: one document."""

    BOMB = bytes(64 * MIB)

    @pytest.mark.parametrize("suffix", PACKERS)
    def test_a_compressed_file(self, suffix: str, tmp_path: Path) -> None:
        path = tmp_path / f"page.txt{suffix}"
        path.write_bytes(PACKERS[suffix](self.BOMB))
        used, said = peak(path, limits=Limits(decompressed_ratio=100))
        assert said == ["it decompresses to more than limits.decompressed_ratio = 100 times its size"]
        assert used < 56 * MIB, "it is stopped on the way"
        assert peak(path, limits=Limits(decompressed_ratio=0))[1] == [f"document of {len(self.BOMB)}"]

    def test_a_member_of_a_zip(self, tmp_path: Path) -> None:
        path = tmp_path / "a.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("bomb.txt", self.BOMB)
            archive.writestr("good.txt", "x")
        assert peak(path, limits=Limits(decompressed_ratio=100))[1] == [
            "it decompresses to more than limits.decompressed_ratio = 100 times its size",
            "document of 1",
        ]
        assert peak(path, limits=Limits(decompressed_ratio=0))[1] == [f"document of {len(self.BOMB)}", "document of 1"]

    def test_small_documents_may_be_packed_as_they_like(self, tmp_path: Path) -> None:
        path = tmp_path / "page.txt.zst"
        path.write_bytes(zstandard.compress(b" " * MIB))
        assert peak(path, limits=Limits(decompressed_ratio=1))[1] == [f"document of {MIB}"]


class TestDecompressedBytes:
    """A file of many documents: what one of them takes."""

    @pytest.mark.parametrize("suffix", PACKERS)
    def test_a_line_without_end(self, suffix: str, tmp_path: Path) -> None:
        """The documents before it are kept; its end is not looked for beyond the limit."""
        path = tmp_path / f"rows.jsonl{suffix}"
        path.write_bytes(PACKERS[suffix](b'{"text": "a"}\n' + bytes(30 * MIB) + b'\n{"text": "b"}\n'))
        limits = Limits(input_bytes=MIB, decompressed_bytes=10 * MIB)
        used, said = peak(path, limits=limits)
        assert said == [
            "document of 1",
            "it is larger than limits.input_bytes = 1048576",
            "one document of it decompresses to more than limits.decompressed_bytes = 10485760",
        ]
        assert used < 20 * MIB
        lifted = peak(path, limits=Limits(input_bytes=MIB, decompressed_bytes=0))[1]
        assert lifted == [*said[:2], "document of 1"]

    @pytest.mark.parametrize("name", ["rows.jsonl.gz", "rows.csv.gz", "a.tar.gz", "a.warc.gz"])
    def test_what_never_becomes_a_document(self, name: str, tmp_path: Path) -> None:
        """Empty lines and empty blocks are no documents, so they all count for the one that is looked for."""
        nothing = {"a.tar.gz": bytes, "rows.csv.gz": lambda size: b"text\n" + b"\n" * size}
        data = nothing.get(name, lambda size: b"\n" * size)(2**16)
        path = tmp_path / name
        path.write_bytes(gzip.compress(data))
        said = peak(path, limits=Limits(decompressed_bytes=2**15))[1]
        assert said == ["one document of it decompresses to more than limits.decompressed_bytes = 32768"]
        (empty,) = peak(path)[1]
        assert "holds no" in empty

    def test_a_member_of_a_tar_without_end(self, tmp_path: Path) -> None:
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode="w") as archive:
            for name, data in (("a.txt", b"x"), ("bomb.txt", bytes(30 * MIB)), ("b.txt", b"y")):
                info = tarfile.TarInfo(name)
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
        path = tmp_path / "a.tar.gz"
        path.write_bytes(gzip.compress(packed.getvalue()))
        limits = Limits(input_bytes=MIB, decompressed_bytes=10 * MIB)
        said = peak(path, limits=limits)[1]
        assert said[:2] == ["document of 1", "it is larger than limits.input_bytes = 1048576"]
        assert "limits.decompressed_bytes" in said[2]
        assert len(said) == 3
        assert peak(path, limits=Limits(input_bytes=MIB, decompressed_bytes=0))[1][-1] == "document of 1"


class TestAmplification:
    """A few bytes that a parser would make many of."""

    def test_a_row_of_brackets(self, tmp_path: Path) -> None:
        path = tmp_path / "rows.jsonl"
        path.write_bytes(b'{"x": [' + b"[]," * 1_000_000 + b'[]], "text": "a"}\n{"text": "b"}\n')
        used, said = peak(path)
        assert said == ["the row has more than 1000000 brackets and braces", "document of 1"]
        assert used < 16 * MIB

    def test_lines_that_are_no_rows_are_not_decoded(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Finding the encoding of damaged bytes takes seconds for a megabyte; only what could be a row is worth it."""
        decoded: list[bytes] = []
        monkeypatch.setattr(readers_rows, "decode", lambda line: decoded.append(line) or decode(line))
        path = tmp_path / "rows.jsonl"
        row = '{"text": "今天天气很好，我们去公园散步。"}'.encode("gb18030")
        path.write_bytes(b"\xc0\x80\xfe\n" * 1000 + row)
        assert peak(path)[1][-1] == "document of 15"
        assert decoded == [row]

    def test_a_response_that_is_all_headers(self, tmp_path: Path) -> None:
        path = tmp_path / "a.warc"
        path.write_bytes(record(b"HTTP/1.1 200 OK\r\n" + b"a:\n" * 2 * MIB))
        used, said = peak(path)
        assert said == ["it is empty"]
        assert used < 32 * MIB

    def test_a_body_of_many_chunks(self, tmp_path: Path) -> None:
        path = tmp_path / "a.warc"
        body = b"1\r\nx\r\n" * 2**16 + b"0\r\n\r\n"
        path.write_bytes(record(http(body, headers=b"Transfer-Encoding: chunked\r\n")))
        used, said = peak(path)
        assert said == ["document of 65536"]
        assert used < 4 * MIB

    def test_headers_of_a_tar_without_a_member(self, tmp_path: Path) -> None:
        info = tarfile.TarInfo("x")
        info.type, data = tarfile.XHDTYPE, b"".join(b"20 key%08d=value\n" % at for at in range(5000))
        info.size = len(data)
        path = tmp_path / "a.tar"
        path.write_bytes((info.tobuf() + data + bytes(-len(data) % 512)) * 30)
        assert peak(path)[0] < 4 * MIB


class TestParquet:
    def test_a_value_that_stands_in_every_row(self, tmp_path: Path) -> None:
        """A dictionary of one large value, and a million rows that refer to it, fit into a small file."""
        path = tmp_path / "a.parquet"
        value = "x" * (8 * MIB)
        table = pa.table({"text": pa.DictionaryArray.from_arrays(pa.array([0] * 200, pa.int32()), [value])})
        pyarrow.parquet.write_table(table, path, dictionary_pagesize_limit=2**30)
        assert path.stat().st_size < 4 * MIB
        before = pa.total_allocated_bytes()
        most = count = 0
        for item in read([str(path)]):
            assert isinstance(item, Record)
            count += 1
            most = max(most, pa.total_allocated_bytes() - before)
        assert count == 200
        assert most < 150 * MIB

    def test_a_row_group_that_claims_too_much(self, tmp_path: Path) -> None:
        path = tmp_path / "a.parquet"
        pyarrow.parquet.write_table(
            pa.table({"text": [str(at) + " " * MIB for at in range(20)]}), path, compression="zstd"
        )
        limits = Limits(decompressed_bytes=10 * MIB, decompressed_ratio=100)
        (said,) = peak(path, limits=limits)[1]
        assert "its row group 0 decompresses to more than limits.decompressed_bytes" in said
        assert len(peak(path, limits=Limits(decompressed_ratio=0))[1]) == 20
        (small, *_) = peak(path, limits=Limits(input_bytes=MIB))[1]
        assert small == "it is larger than limits.input_bytes = 1048576"


class Repeated(io.RawIOBase):
    """A file of any size that is nowhere: one piece, over and over."""

    def __init__(self, piece: bytes, size: int) -> None:
        super().__init__()
        self.block, self.left = piece * max(2**18 // len(piece), 1), size
        self.rest = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while len(self.rest) < size and self.left > 0:
            self.rest += self.block
            self.left -= len(self.block)
        data, self.rest = self.rest[:size], self.rest[size:]
        return data


@pytest.fixture
def repeated(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[bytes, int], None]]:
    """Puts a repeated piece in the place of every file that is opened."""

    def put(piece: bytes, size: int) -> None:
        monkeypatch.setattr(Path, "open", lambda self, mode="r": Repeated(piece, size))

    return put  # type: ignore[return-value]


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.csv"])
def test_memory_does_not_grow_with_the_file(name: str, tmp_path: Path, repeated: Callable[[bytes, int], None]) -> None:
    """The peak for a file of 24 MiB is that for a file of 3 MiB."""
    row = json.dumps({"text": "x" * 20_000}) + "\n" if name.endswith("jsonl") else "text\n" + f'"{"x" * 20_000}"\n'
    path = tmp_path / name
    path.touch()
    peaks = []
    for size in (3 * MIB, 24 * MIB):
        repeated(row.encode(), size)
        most = 0
        tracemalloc.start()
        for item in read([str(path)]):
            assert isinstance(item, Record)
            most += 1
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert most >= size // 20_020
    assert peaks[1] < peaks[0] + MIB, peaks


@pytest.mark.slow
def test_two_gigabytes_of_rows(tmp_path: Path, repeated: Callable[[bytes, int], None]) -> None:
    path = tmp_path / "rows.jsonl"
    path.touch()
    repeated((json.dumps({"text": "x" * 10**6}) + "\n").encode(), 2 * 2**30)
    tracemalloc.start()
    count = sum(isinstance(item, Record) for item in read([str(path)]))
    used = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count >= 2_100
    assert used < 32 * MIB


@pytest.mark.slow
def test_a_line_of_200_megabytes(tmp_path: Path) -> None:
    """It is one document, or refused, as the limit says; the rows around it are there either way."""
    path = tmp_path / "rows.jsonl"
    with path.open("wb") as stream:
        stream.write(b'{"text": "a"}\n{"text": "')
        for _ in range(200):
            stream.write(b"x" * 10**6)
        stream.write(b'"}\n{"text": "b"}\n')
    used, said = peak(path, limits=Limits(input_bytes=10**6))
    assert said == ["document of 1", "it is larger than limits.input_bytes = 1000000", "document of 1"]
    assert used < 16 * MIB
    assert peak(path)[1] == ["document of 1", "document of 200000000", "document of 1"]
