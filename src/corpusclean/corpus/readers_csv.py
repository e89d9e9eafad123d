"""CSV and TSV: each row below the header is a document.

Cells are told apart as bytes, which is the same in every encoding that people write such files in (a comma or a quote
is never part of a character), so a row in a broken encoding costs no other row, and its document is decoded by the
cleaner, which knows best.
"""

from __future__ import annotations

import codecs
import csv
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from ..decoding import decode
from ..errors import BinaryInputError
from .fields import Place
from .layers import utf8_rows
from .reading import Reading, faulty, too_large
from .records import Record, Trouble
from .streams import CHUNK, Stream

__all__ = ["read_csv"]

DELIMITERS = ",;\t"
SAMPLE = 2**16


class _OpenQuote(Exception):  # noqa: N818  # not an error: the reader goes on
    """A quote was opened, and never closed, or not within the bound."""


class _Lines:
    """The lines of a file for :mod:`csv`, which asks for as many as a row needs; one row's lines are held."""

    def __init__(self, stream: Stream, bound: int) -> None:
        self.stream, self._bound = stream, bound
        self._again: deque[bytes] = deque()
        self._taken: list[bytes] = []
        self._size = 0
        self.number = 0  # of the last line given
        self.first = 0  # of the row

    def begin(self) -> None:
        """Another row begins."""
        self._taken, self._size, self.first = [], 0, self.number + 1

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self.stream.readline(self._bound + 1)
        self._size += len(line)
        if line and self._size <= self._bound:
            self._taken.append(line)
            self.number += 1
            return line.decode("latin-1")
        if not self._taken and not line:
            raise StopIteration
        if line:
            self._again.appendleft(line)
        raise _OpenQuote

    def give_up_row(self) -> bool:
        """Go on at the line behind the one that the row began with; whether that one line was too long itself."""
        if not self._taken:
            line = self._again.popleft()
            while line and not line.endswith(b"\n"):
                line = self.stream.readline(CHUNK)
            self.number += 1
            return True
        self._again.extendleft(reversed(self._taken[1:]))
        self.number = self.first
        return False

    def cut_short(self) -> bool:
        """Whether the last line given is the start of one whose rest could not be read."""
        fault = self.stream.fault
        ended = not self._again and bool(self._taken) and not self._taken[-1].endswith((b"\n", b"\r"))
        return ended and fault is not None and not fault.complete


def read_csv(stream: Stream, place: Place, reading: Reading, delimiter: str | None) -> Iterator[Record | Trouble]:
    """The rows of a CSV file. Quotes may hold line ends; a row with more or fewer cells than the header is a trouble.

    Args:
        stream: the file; UTF-16 with a byte-order mark is read too.
        place: where it is; a row is named by the line that it begins with.
        reading: how to read.
        delimiter: ``None`` for that of ``,``, ``;`` and tab which the header has most of.
    """
    stream = utf8_rows(stream)
    if stream.peek(3) == codecs.BOM_UTF8:
        stream.read(3)
    sample = stream.peek(SAMPLE)
    charset = _charset(sample)
    if delimiter is None:
        head = sample.partition(b"\n")[0].decode("latin-1")
        delimiter = max(DELIMITERS, key=head.count)
    lines = _Lines(stream, reading.bound)
    header: list[str] | None = None
    rows = 0
    for cells in _rows(lines, delimiter, place, reading.bound):
        if isinstance(cells, Trouble):
            rows += 1
            yield cells
        elif header is None:
            header = _unlike([_text(cell, charset) for cell in cells])
            if reading.fields.source not in header:
                yield reading.fields.missing_column(header, place)
                return
        else:
            rows += 1
            here = place.row(lines.first)
            yield _record(header, cells, here, reading, charset)
    if fault := stream.fault:
        yield faulty(place, fault, f"after line {lines.number}")
    elif not rows:
        yield Trouble(place.label, "rejected", "it holds no rows")


def _rows(lines: _Lines, delimiter: str, place: Place, bound: int) -> Iterator[list[str] | Trouble]:
    """The cells of each row that has any."""
    parser = csv.reader(lines, delimiter=delimiter)
    while True:
        lines.begin()
        try:
            cells = _next_row(parser)
        except StopIteration:
            return
        except _OpenQuote:
            parser = csv.reader(lines, delimiter=delimiter)
            here = place.row(lines.first)
            yield (
                too_large(here, bound)
                if lines.give_up_row()
                else Trouble(
                    here.label, "failed", "the row has a quote that is never closed", remedy="mend or remove the row"
                )
            )
        except csv.Error as error:
            parser = csv.reader(lines, delimiter=delimiter)
            yield Trouble(place.row(lines.first).label, "failed", f"the row is not CSV: {error}", remedy="mend it")
        else:
            if cells:
                lines.stream.next_document()
                if not lines.cut_short():
                    yield cells


def _next_row(parser: Any) -> list[str]:
    """The next row; the size of a cell is bounded by `_Lines`, not by the process-wide bound of :mod:`csv`."""
    before = csv.field_size_limit(sys.maxsize)
    try:
        row: list[str] = next(parser)
        return row
    finally:
        csv.field_size_limit(before)


def _record(
    header: list[str], cells: list[str], place: Place, reading: Reading, charset: str | None
) -> Record | Trouble:
    while len(cells) > len(header) and not cells[-1]:
        cells.pop()
    if len(cells) != len(header):
        return Trouble(
            place.label,
            "failed",
            f"the row has {len(cells)} cell{'s' * (len(cells) != 1)}, the header {len(header)}",
            remedy="mend or remove the row: a quote or a delimiter is missing, or one too many",
        )
    row: dict[str, Any] = {}
    for name, cell in zip(header, cells, strict=True):
        row[name] = _source(cell) if name == reading.fields.text else _text(cell, charset)
    return reading.fields.record(row, place, charset)


def _source(cell: str) -> str | bytes:
    """The document: as text where it is UTF-8, else as its bytes, for the cleaner to decode."""
    if cell.isascii():
        return cell
    data = cell.encode("latin-1")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data


def _text(cell: str, charset: str | None) -> str:
    if cell.isascii():
        return cell
    data = cell.encode("latin-1")
    try:
        return data.decode()
    except UnicodeDecodeError:
        with suppress(BinaryInputError):
            if charset:
                return decode(data, http_charset=charset).text
        return data.decode("utf-8", "backslashreplace")


def _charset(sample: bytes) -> str | None:
    """The encoding that the file seems to have; ``None`` for UTF-8."""
    sample = sample[: sample.rfind(b"\n") + 1] or sample
    try:
        sample.decode()
    except UnicodeDecodeError:
        try:
            return decode(sample).record.encoding
        except BinaryInputError:
            return None
    return None


def _unlike(names: list[str]) -> list[str]:
    """The names of columns, told apart where two are the same.

    >>> _unlike(["a", "a", "b"])
    ['a', 'a (2)', 'b']
    """
    count: dict[str, int] = {}
    out = []
    for name in names:
        count[name] = count.get(name, 0) + 1
        out.append(name if count[name] == 1 else f"{name} ({count[name]})")
    return out
