"""JSON lines: each row is a document."""

from __future__ import annotations

import json
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

__all__ = ["read_rows"]

MAX_BRACKETS = 1_000_000  # each may be a list or an object, which takes thirty times the memory of its two characters


def read_rows(stream: Stream, place: Place, reading: Reading) -> Iterator[Record | Trouble]:
    """The rows of a JSON-lines file; one that is no JSON, or too long, is a trouble, and the next is read."""
    stream = utf8_rows(stream)
    number, empty, bound = 0, True, reading.bound
    while True:
        line = stream.readline(bound + 1)
        if not line:
            if fault := stream.fault:
                empty = False
                yield faulty(place, fault, f"after row {number}")
                if stream.recover():
                    continue
            break
        number += 1
        if not line.strip():
            continue
        stream.next_document()
        empty = False
        here = place.row(number)
        if len(line) > bound:
            yield too_large(here, bound)
            while line and not line.endswith(b"\n"):
                line = stream.readline(CHUNK)
            continue
        if not line.endswith(b"\n") and (fault := stream.fault) and not fault.complete:
            continue  # the start of a row; the fault is told at once
        yield _row(line, here, reading)
    if empty:
        yield Trouble(place.label, "rejected", "it holds no rows")


def _row(line: bytes, place: Place, reading: Reading) -> Record | Trouble:
    as_bytes = False
    if len(line) > MAX_BRACKETS and line.count(b"[") + line.count(b"{") > MAX_BRACKETS:
        what = f"the row has more than {MAX_BRACKETS} brackets and braces"
        return Trouble(place.label, "rejected", what, remedy="mend or remove the row")
    try:
        try:
            row: Any = json.loads(line)
        except UnicodeDecodeError:
            text, as_bytes = _not_utf8(line)
            row = json.loads(text)
    except (ValueError, RecursionError) as error:
        return Trouble(place.label, "failed", f"the row is not JSON: {error}", remedy="mend or remove the row")
    if not isinstance(row, dict):
        what = type(row).__name__
        return Trouble(place.label, "failed", f"the row is no JSON object but a {what}", remedy="mend or remove it")
    source = row.get(reading.fields.source)
    if as_bytes and isinstance(source, str) and reading.fields.bytes is None:
        with suppress(UnicodeEncodeError):  # it spells lone surrogates of its own: \ud800
            row[reading.fields.source] = source.encode("utf-8", "surrogateescape")
    return reading.fields.record(row, place)


def _not_utf8(line: bytes) -> tuple[str, bool]:
    """A row whose bytes are not UTF-8, as text: of another encoding, or UTF-8 with damage that is kept for the cleaner.

    In GBK or Big5 the second byte of a character can be a backslash, so such a row must be decoded before it is parsed.
    """
    inside = line.strip()
    if not (inside.startswith(b"{") and inside.endswith(b"}")):
        return line.decode("utf-8", "surrogateescape"), True  # no row in any encoding: the parser says where
    with suppress(BinaryInputError):  # then it is no JSON either, and the parser says where
        decoded = decode(line)
        if not decoded.record.damage and decoded.record.encoding != "utf-8":
            return decoded.text, False
    return line.decode("utf-8", "surrogateescape"), True
