"""What a run wrote, read again: the rows of an output, whatever its format."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any, NamedTuple

from ..errors import InputError
from ..extras import require
from ..tabular import AS_JSON

__all__ = ["Row", "rows_of"]

STANDARD_INPUT = "-"
ZSTD = (".zst", ".zstd")
CHUNK = 2**16
BATCH = 256  # rows of a Parquet file that are held at once


class Row(NamedTuple):
    """One row of an output.

    Attributes:
        place: where it stands, such as ``clean.jsonl:7``.
        values: what it holds: ``id``, ``text``, ``metadata``, …; ``None`` where it is not what a run writes.
        problem: why, then.

    >>> Row("a.jsonl:1", {"id": "a", "text": "x"}).problem
    ''
    """

    place: str
    values: dict[str, Any] | None
    problem: str = ""


def rows_of(source: str | Path) -> Iterator[Row]:
    """The rows of an output, in order: JSON lines (plain, gzip, zstd, bz2, xz), Parquet, a text folder, or ``-``.

    A broken row is given as one; what comes after it is read all the same.

    Raises:
        InputError: the output cannot be read, or its file is broken and nothing more can be had of it.
        MissingExtraError: the format needs a library that is not installed.
    """
    path = Path(source)
    broken: tuple[type[Exception], ...] = (OSError, EOFError, zlib.error, lzma.LZMAError)
    if path.suffix.lower() in ZSTD:
        broken = (*broken, require("zstandard").ZstdError)
    try:
        if str(source) == STANDARD_INPUT:
            yield from _lines(sys.stdin.buffer, "standard input")
        elif path.is_dir():
            yield from _texts(path)
        elif path.suffix.lower() == ".parquet":
            yield from _table(path)
        else:
            with ExitStack() as stack:
                yield from _lines(_opened(path, stack), str(path))
    except broken as error:
        said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        remedy = "check the path" if isinstance(error, FileNotFoundError) else "check that it was written to its end"
        raise InputError(f"cannot read {source}: {said}", remedy=remedy) from error


def _opened(path: Path, stack: ExitStack) -> Iterable[bytes]:
    """A file, decompressed as its name says."""
    stream = stack.enter_context(path.open("rb"))
    match path.suffix.lower():
        case ".gz" | ".gzip":
            return stack.enter_context(gzip.GzipFile(fileobj=stream))
        case ".bz2":
            return stack.enter_context(bz2.BZ2File(stream))
        case ".xz":
            return stack.enter_context(lzma.LZMAFile(stream))
        case suffix if suffix in ZSTD:
            return stack.enter_context(io.BufferedReader(_ZstdFrames(stream)))
    return stream


class _ZstdFrames(io.RawIOBase):
    """The content of a file of zstd frames; unlike the library's own reader it notices that the last one is torn."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._made = stream, b""
        self._library = require("zstandard").ZstdDecompressor()
        self._frame: Any = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._made:
            data = self._frame.unused_data if self._frame is not None and self._frame.eof else self._stream.read(CHUNK)
            if self._frame is not None and self._frame.eof:
                self._frame = None
                data = data or self._stream.read(CHUNK)
            if not data:
                if self._frame is not None:
                    raise EOFError("it ends within a zstd frame")
                return 0
            if self._frame is None:
                self._frame = self._library.decompressobj()
            self._made = self._frame.decompress(data)
        size = min(len(buffer), len(self._made))
        buffer[:size] = self._made[:size]
        self._made = self._made[size:]
        return size


def _lines(stream: Iterable[bytes], name: str) -> Iterator[Row]:
    for number, line in enumerate(stream, 1):
        if line.strip():
            yield _row(line, f"{name}:{number}")


def _row(line: bytes, place: str) -> Row:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Row(place, None, f"the row is not JSON: {error}")
    return Row(place, values) if isinstance(values, dict) else Row(place, None, "the row is no JSON object")


def _texts(folder: Path) -> Iterator[Row]:
    """The ``.txt`` files of a folder; their names are their ids."""
    for path in sorted(folder.rglob("*.txt")):
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts):
            text = path.read_bytes().decode("utf-8", "surrogateescape")
            yield Row(str(path), {"id": path.relative_to(folder).as_posix(), "text": text})


def _table(path: Path) -> Iterator[Row]:
    parquet = require("pyarrow.parquet")
    arrow_error = require("pyarrow").ArrowException
    number = 0
    try:
        with parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(BATCH):
                for values in batch.to_pylist():
                    number += 1
                    yield Row(f"{path}:{number}", _plain(values))
    except arrow_error as error:
        raise InputError(f"cannot read {path}: {error}", remedy="check that it was written to its end") from error


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """A row of a table as the row of JSON lines would be."""
    plain = {name: value for name, value in values.items() if value is not None}
    metadata = plain.get("metadata")
    if isinstance(metadata, dict):
        known = {name: value for name, value in metadata.items() if value is not None}
        plain["metadata"] = known | {name: json.loads(known[name]) for name in AS_JSON if name in known}
    for name in ("extra", "removed", "ledger"):
        if isinstance(plain.get(name), str):
            plain[name] = json.loads(plain[name])
    return plain
