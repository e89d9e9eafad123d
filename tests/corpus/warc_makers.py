"""WARC files for tests, written by hand: nobody's library writes broken ones."""

import gzip

__all__ = ["http", "member", "record"]


def http(body: bytes, content_type: str = "text/html", *, status: str = "200 OK", headers: bytes = b"") -> bytes:
    said = f"HTTP/1.1 {status}\r\n" + (f"Content-Type: {content_type}\r\n" if content_type else "")
    return said.encode() + headers + b"\r\n" + body


def record(
    block: bytes,
    name: str = "1",
    *,
    kind: str = "response",
    content_type: str = "application/http; msgtype=response",
    length: int | None = None,
    headers: str = "",
) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{name}>\r\nWARC-Date: 2019-04-01T10:20:30Z\r\n"
        f"WARC-Target-URI: http://example.org/{name}\r\nContent-Type: {content_type}\r\n{headers}"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def member(block: bytes, name: str = "1", **options: object) -> bytes:
    return gzip.compress(record(block, name, **options), mtime=0)  # type: ignore[arg-type]
