"""The body of an HTTP response as it was sent, taken out of its transfer and content encodings."""

from __future__ import annotations

import zlib
from typing import NamedTuple

from ..extras import require
from ..limits import Limits
from .layers import RATIO_FLOOR

__all__ = ["PayloadError", "Response", "body_of", "parse_headers", "parse_response"]

MAX_HEAD = 2**16  # bytes of headers that are looked at
MAX_ENCODINGS = 3


class Response(NamedTuple):
    """An HTTP response.

    Attributes:
        status: its code; 0 where there is none.
        headers: names in lower case; of a name that occurs twice, the values joined by commas.
        body: as it was sent.
    """

    status: int
    headers: dict[str, str]
    body: bytes


class PayloadError(Exception):
    """A body cannot be taken out of its encoding; the text says why.

    Attributes:
        rejected: it is past a limit, rather than damaged.
    """

    def __init__(self, what: str, *, rejected: bool = False) -> None:
        super().__init__(what)
        self.rejected = rejected


def parse_headers(head: bytes) -> dict[str, str]:
    r"""The headers of a block; what lies beyond 64 KiB of them is no header.

    >>> parse_headers(b"Content-Type: text/html\r\nX: 1\r\nx: 2\r\n")
    {'content-type': 'text/html', 'x': '1, 2'}
    """
    headers: dict[str, str] = {}
    name = ""
    for line in head[:MAX_HEAD].split(b"\n"):
        line = line.rstrip(b"\r")
        if line[:1] in (b" ", b"\t") and name:
            headers[name] = f"{headers[name].rstrip()} {_readable(line)}"
            continue
        key, colon, value = line.partition(b":")
        if not colon:
            continue
        name, before = _readable(key).lower(), headers.get(_readable(key).lower())
        headers[name] = _readable(value) if before is None else f"{before}, {_readable(value)}"
    return headers


def parse_response(block: bytes) -> Response:
    r"""A response from the bytes of its record; what does not begin as HTTP is all body.

    >>> parse_response(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>")
    Response(status=200, headers={'content-type': 'text/html'}, body=b'<p>')
    """
    if not block.startswith(b"HTTP/"):
        return Response(0, {}, block)
    ends = [(at, len(mark)) for mark in (b"\r\n\r\n", b"\n\n") if (at := block.find(mark)) >= 0]
    at, size = min(ends, default=(len(block), 0))
    status_line, _, head = block[:at].partition(b"\n")
    words = status_line.split(None, 2)
    status = int(words[1]) if len(words) > 1 and words[1].isdigit() and len(words[1]) == 3 else 0
    return Response(status, parse_headers(head), block[at + size :])


def body_of(response: Response, limits: Limits, *, cut: bool = False) -> bytes:
    """The body as the page's author wrote it.

    Crawlers often store a body that they decoded already below the headers of the encoded one: a body that does not
    look encoded is taken as it is.

    Args:
        response: the response.
        limits: bounds what is made.
        cut: the crawler says that it cut the record, so that the end may be missing.

    Raises:
        PayloadError: the encoding is damaged or unknown, or what it makes is past a limit.
        MissingExtraError: it needs a library that is not installed.
    """
    body = response.body
    if "chunked" in response.headers.get("transfer-encoding", "").lower():
        body = _without_chunks(body, cut=cut)
    names = [name.strip().lower() for name in response.headers.get("content-encoding", "").split(",")]
    wanted = [name for name in names if name not in ("", "identity", "none", "utf-8", "binary")]
    if len(wanted) > MAX_ENCODINGS:
        raise PayloadError(f"it has {len(wanted)} content encodings, one in the other", rejected=True)
    for name in reversed(wanted):
        body = _decoded(body, name, limits, cut=cut)
    return body


def _without_chunks(body: bytes, *, cut: bool) -> bytes:
    """A chunked body as one piece."""
    joined, at = bytearray(), 0
    while at < len(body):
        end = body.find(b"\n", at, at + 1000)
        digits = body[at:end].partition(b";")[0].strip() if end >= 0 else b""
        try:
            size = int(digits, 16) if 0 < len(digits) <= 16 and digits.isalnum() else -1
        except ValueError:
            size = -1
        if size < 0:
            if not at:
                return body  # it was joined already
            if cut:
                break
            raise PayloadError(f"its chunked transfer encoding is damaged at byte {at} of the body")
        if size == 0:
            return bytes(joined)
        joined += body[end + 1 : end + 1 + size]
        at = end + 1 + size
        if at > len(body):
            break
        at += 2 if body[at : at + 2] == b"\r\n" else 1
    if not cut:
        raise PayloadError("its chunked transfer encoding ends too early")
    return bytes(joined)


def _decoded(body: bytes, name: str, limits: Limits, *, cut: bool) -> bytes:
    if name in ("gzip", "x-gzip"):
        return _inflated(body, 31, "gzip", limits, cut=cut) if body[:2] == b"\x1f\x8b" else body
    if name == "deflate":  # some send the bare data, without the header of zlib
        with_header = len(body) > 1 and body[0] & 15 == 8 and (body[0] << 8 | body[1]) % 31 == 0
        if not with_header and _is_text(body):
            return body
        return _inflated(body, 15 if with_header else -15, "deflate", limits, cut=cut)
    if name == "br":
        return body if _is_text(body) else _from_brotli(body, limits, cut=cut)
    if name == "zstd":
        return _from_zstd(body, limits) if body[:4] == b"(\xb5/\xfd" else body
    if _is_text(body):
        return body
    raise PayloadError(f"its content encoding {name[:30]!r} is not known")


def _inflated(body: bytes, window_bits: int, name: str, limits: Limits, *, cut: bool) -> bytes:
    engine = zlib.decompressobj(window_bits)
    most = _most(body, limits)
    try:
        made = engine.decompress(body, most + 1 if most else 0)
    except zlib.error as error:
        raise PayloadError(f"its {name} encoding is damaged: {error}") from error
    _bounded(len(made), most)
    if not engine.eof and not cut:
        raise PayloadError(f"its {name} encoding ends too early")
    return made


def _from_brotli(body: bytes, limits: Limits, *, cut: bool) -> bytes:
    brotli = require("brotli")
    engine, size, most = brotli.Decompressor(), 0, _most(body, limits)
    parts: list[bytes] = []
    try:
        part = engine.process(body, output_buffer_limit=2**20)
        while part or not engine.can_accept_more_data():
            parts.append(part)
            size += len(part)
            _bounded(size, most)
            part = engine.process(b"", output_buffer_limit=2**20)
    except brotli.error as error:
        raise PayloadError(f"its brotli encoding is damaged: {error}") from error
    if not engine.is_finished() and not cut:
        raise PayloadError("its brotli encoding ends too early")
    return b"".join(parts)


def _from_zstd(body: bytes, limits: Limits) -> bytes:
    zstandard, most = require("zstandard"), _most(body, limits)
    try:
        with zstandard.ZstdDecompressor().stream_reader(body, read_across_frames=True) as reader:
            made: bytes = reader.read(most + 1) if most else reader.read()
    except zstandard.ZstdError as error:
        raise PayloadError(f"its zstd encoding is damaged: {error}") from error
    _bounded(len(made), most)
    return made


def _most(body: bytes, limits: Limits) -> int:
    """The bytes that a body may decode to; 0 for any number."""
    bounds = [limits.input_bytes, limits.decompressed_bytes]
    bounds.append(max(RATIO_FLOOR, limits.decompressed_ratio * len(body)) if limits.decompressed_ratio else 0)
    return min((bound for bound in bounds if bound), default=0)


def _bounded(size: int, most: int) -> None:
    if 0 < most < size:
        what = f"its body decodes to more than {most} bytes, which limits.input_bytes, limits.decompressed_bytes"
        raise PayloadError(f"{what} or limits.decompressed_ratio forbids", rejected=True)


def _is_text(body: bytes) -> bool:
    """Whether bytes look like a page rather than like compressed data."""
    head = body[:200]
    return not head or (b"\x00" not in head and sum(byte < 9 or 13 < byte < 32 for byte in head) * 20 < len(head))


def _readable(value: bytes) -> str:
    try:
        return value.strip().decode()
    except UnicodeDecodeError:
        return value.strip().decode("latin-1")
