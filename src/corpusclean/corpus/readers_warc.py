"""WARC and WET: each response, resource or conversion is a document, with what the server said of it.

Our own parser, since others lose records without a word: where a member of the file is damaged they stop, where a
record is cut they hand on what is left of it as if it were whole, and where ``Content-Length`` lies they swallow the
records that follow (see ``docs/input-output.md`` for what was measured).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..errors import MissingExtraError
from ..media_types import media_type_of
from .fields import Place
from .http_payload import PayloadError, Response, body_of, parse_headers, parse_response
from .reading import Reading, faulty, too_large
from .records import Record, Trouble
from .streams import CHUNK, Stream

__all__ = ["read_warc"]

MEND = "fetch the file again, or mend it"
MAX_HEAD = 2**16
DOCUMENTS = frozenset({"response", "resource", "conversion"})
# Where a record begins: "\r\n\r\nWARC/1.0\r\n"; not a page that speaks of "WARC/1.0".
NEXT_RECORD = re.compile(rb"\r?\n\r?\nWARC/\d\.\d\r?\n")
RECORD_ENDS = (b"\r\n\r\n", b"\n\n", b"\r\nWARC/", b"\nWARC/", b"WARC/")
OVERLAP = 16  # bytes of a match of it that may stand at the end of one chunk
HTTP_HEAD = 2**20  # bytes of a record that may precede its body


def read_warc(stream: Stream, place: Place, reading: Reading) -> Iterator[Record | Trouble]:
    """The documents of a WARC file.

    A record that is cut, damaged or of the wrong length is a trouble, and reading goes on at the next one that can be
    found. Requests, revisits and other records that are no documents, responses of a status other than 2xx, and
    those of media types that are no prose (images, scripts) are counted as passed over.
    """
    number, empty = 0, True
    while True:
        stream.next_document()
        head, junk = _head(stream)
        if junk:
            empty = False
            here = place.row(number + 1)
            yield Trouble(here.label, "failed", f"{junk} bytes before this record are none", remedy=MEND)
        if head is None:
            if fault := stream.fault:
                empty = False
                yield faulty(place.row(number) if number else place, fault)
                if stream.recover():
                    continue
            break
        number, empty = number + 1, False
        yield from _record(parse_headers(head), stream, place.row(number), reading)
    if empty:
        yield Trouble(place.label, "rejected", "it holds no records")


def _head(stream: Stream) -> tuple[bytes | None, int]:
    """The headers of the next record, and how many bytes had to be passed over to find it."""
    junk = 0
    while line := stream.readline(MAX_HEAD):
        if not line.startswith(b"WARC/"):
            junk += len(line) if line.strip() else 0
            continue
        lines: list[bytes] = []
        size = 0
        while size < MAX_HEAD and (line := stream.readline(MAX_HEAD)):
            if not line.strip():
                return b"".join(lines), junk
            lines.append(line)
            size += len(line)
        if not stream.fault:
            junk += size
    return None, junk


def _record(headers: dict[str, str], stream: Stream, place: Place, reading: Reading) -> Iterator[Record | Trouble]:
    kind = headers.get("warc-type", "").lower()
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdigit()) or len(length) > 18:
        yield Trouble(place.label, "failed", f"the record's Content-Length is {length[:30]!r}", remedy=MEND)
        _pass_over(stream, 2**62)
        return
    size = int(length)
    is_document = kind in DOCUMENTS
    if not is_document or size > reading.bound + HTTP_HEAD:
        found = _pass_over(stream, size)
        if found < size and not stream.fault:
            yield _cut(place, found, size)
        elif found == size and is_document:
            yield too_large(place, reading.bound)
        elif found == size:
            reading.pass_over(f"WARC {kind[:30] or 'record without a type'}")
        return  # a fault of the file is told by who asks for the next record
    block = stream.read(size)
    tail = stream.peek(8)
    if len(block) < size or (tail.strip() and not tail.startswith(RECORD_ENDS)):
        found = _next_record(block)
        stream.unread(block[found:])
        if found < len(block) or (len(block) < size and not stream.fault):
            yield _cut(place, found, size)
        elif len(block) == size:
            more = _pass_over(stream, 2**62)
            what = f"the record is {more} bytes longer than its Content-Length of {size}"
            yield Trouble(place.label, "failed", what, remedy=MEND)
        return
    document = _document(headers, kind, block, place, reading)
    if document is not None:
        yield document


def _document(
    headers: dict[str, str], kind: str, block: bytes, place: Place, reading: Reading
) -> Record | Trouble | None:
    """The document of a complete record; ``None`` for one that is none."""
    is_http = headers.get("content-type", "").lower().startswith("application/http")
    response = parse_response(block) if is_http else Response(0, {}, block)
    content_type = response.headers.get("content-type", "") if is_http else headers.get("content-type", "")
    if response.status and not 200 <= response.status < 300:
        reading.pass_over(f"HTTP status {response.status}")
        return None
    media_type, charset = media_type_of(content_type)
    if content_type.strip() and media_type is None:
        reading.pass_over(f"media type {content_type.partition(';')[0].strip().lower()[:60]}")
        return None
    cut = headers.get("warc-truncated", "")
    try:
        body = body_of(response, reading.limits, cut=bool(cut))
    except PayloadError as error:
        remedy = "raise the limit if you trust the file" if error.rejected else "fetch the page again"
        return Trouble(place.label, "rejected" if error.rejected else "failed", str(error), remedy=remedy)
    except MissingExtraError as error:
        return Trouble(place.label, "failed", error.what, error.where, error.remedy)
    if len(body) > reading.bound:
        return too_large(place, reading.bound)
    if not body:
        return Trouble(place.label, "rejected", "it is empty")
    extra = {
        "warc_type": kind,
        "date": headers.get("warc-date"),
        "content_type": content_type,
        "http_status": response.status,
        "truncated": cut,
    }
    url = headers.get("warc-target-uri", "").strip("<>")
    return Record(
        headers.get("warc-record-id") or place.label,
        place.name,
        body,
        url=url or None,
        http_charset="utf-8" if kind == "conversion" else charset,
        media_type=media_type,
        extra={name: value for name, value in extra.items() if value},
    )


def _cut(place: Place, found: int, size: int) -> Trouble:
    return Trouble(place.label, "failed", f"the record ends after {found} of its {size} bytes", remedy=MEND)


def _next_record(block: bytes) -> int:
    r"""Where the next record begins in what should have been one; its length if none does.

    >>> _next_record(b"abc\r\n\r\nWARC/1.0\r\n"), _next_record(b"abc")
    (3, 3)
    """
    found = NEXT_RECORD.search(block)
    return found.start() if found else len(block)


def _pass_over(stream: Stream, size: int) -> int:
    """Pass over a block, but not over the next record, where the length lies; says how long the block was."""
    passed, tail = 0, b""
    while passed < size and (data := stream.read(min(CHUNK, size - passed))):
        found = NEXT_RECORD.search(tail + data)
        if found:
            stream.unread((tail + data)[found.start() :])
            return passed - len(tail) + found.start()
        passed += len(data)
        tail = (tail + data)[-OVERLAP - 8 :]
    return passed
