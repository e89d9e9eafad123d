"""What a run wrote, read again: the rows of an output, whatever its format."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

from ..errors import InputError
from ..extras import require
from ..limits import Limits
from ..tabular import AS_JSON
from .codecs import codec_of_bytes
from .layers import inflated, opened
from .sources import STANDARD_INPUT
from .streams import Stream

__all__ = ["Row", "rows_of"]

CHUNK = 2**20
HEAD = 16  # bytes that show how a file is compressed
UNBOUNDED = Limits(decompressed_bytes=0, decompressed_ratio=0)  # outputs are our own
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
    """The rows of an output, in order: JSON lines (plain or compressed), Parquet, a text folder, or ``-``.

    A broken row is given as one; what comes after it is read all the same.

    Raises:
        InputError: the output cannot be read, or its file is broken and nothing more can be had of it.
        MissingExtraError: the format needs a library that is not installed.
    """
    path = Path(source)
    try:
        if str(source) == STANDARD_INPUT:
            yield from _lines(sys.stdin.buffer, "standard input")
        elif path.is_dir():
            yield from _texts(path)
        elif path.suffix.lower() == ".parquet":
            yield from _table(path)
        else:
            with path.open("rb") as file:
                yield from _lines(file, str(path))
    except OSError as error:
        raise InputError(f"cannot read {source}: {error.strerror or error}", remedy="check the path") from error


def _lines(file: IO[bytes], name: str) -> Iterator[Row]:
    """The lines of a file, decompressed if it begins like compressed data."""
    stream = opened(file)
    codec = codec_of_bytes(stream.peek(HEAD))
    if codec is not None:
        stream = inflated(stream, codec, UNBOUNDED)
    number = 0
    while line := b"".join(_line(stream)):
        number += 1
        if line.strip():
            yield _row(line, f"{name}:{number}")
    if stream.fault is not None:
        raise InputError(f"cannot read {name}: {stream.fault.what}", remedy="check that it was written to its end")


def _line(stream: Stream) -> Iterator[bytes]:
    """One line, however long, in parts."""
    while part := stream.readline(CHUNK):
        yield part
        if part.endswith(b"\n"):
            return


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
