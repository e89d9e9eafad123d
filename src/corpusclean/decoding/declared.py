r"""What the bytes say of themselves: byte-order marks, and the declarations of HTML and XML.

A declaration is read as WHATWG's prescan reads it, in the first bytes only. It is a vote, never a verdict: pages are
re-encoded by proxies and editors that leave the old declaration standing.
"""

from __future__ import annotations

import re

from .whatwg import name_of

__all__ = ["byte_order_mark", "declared_encoding"]

PRESCAN = 4096  # browsers read 1024; pages with long scripts before their <meta> exist
_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32le"),
    (b"\x00\x00\xfe\xff", "utf-32be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16le"),
    (b"\xfe\xff", "utf-16be"),
)
# A meta element: matches '<meta charset=gbk>', not '<metadata>'.
_META = re.compile(rb"<meta[\s/]([^>]{0,1000})", re.IGNORECASE)
# Its charset: matches 'charset="gbk"' and 'content="text/html; charset=gbk"', not 'charset='.
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:+-]+)", re.IGNORECASE)
# An XML declaration: matches '<?xml version="1.0" encoding="gbk"?>', not '<?xml version="1.0"?>'.
_XML = re.compile(rb"\A\s{0,100}<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:+-]+)[\"']")


def byte_order_mark(data: bytes) -> tuple[bytes, str] | None:
    r"""The byte-order mark that `data` starts with, and its encoding.

    >>> byte_order_mark(b"\xef\xbb\xbfabc")
    (b'\xef\xbb\xbf', 'utf-8')
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return mark, name
    return None


def declared_encoding(data: bytes) -> tuple[str, str] | None:
    """The encoding that an HTML or XML page declares for itself, and where it does; ``None`` without a known label.

    >>> declared_encoding(b'<meta http-equiv=Content-Type content="text/html; charset=gb2312">')
    ('gb18030', 'meta')
    """
    head = data[:PRESCAN]
    if b"<" not in head:
        return None
    found = _XML.match(head)
    if found and (name := name_of(found[1].decode("ascii"))):
        return name, "xml"
    for meta in _META.finditer(_without_comments(head)):
        label = _CHARSET.search(meta[1])
        if label and (name := name_of(label[1].decode("ascii"))):
            # A declaration that could be read cannot be in UTF-16; browsers take it for UTF-8.
            return ("utf-8" if name.startswith("utf-16") else name), "meta"
    return None


def _without_comments(head: bytes) -> bytes:
    """`head` without comments; an open one reaches to the end."""
    parts, at = [], 0
    while (start := head.find(b"<!--", at)) >= 0:
        parts.append(head[at:start])
        end = head.find(b"-->", start + 4)
        if end < 0:
            return b"".join(parts)
        at = end + 3
    return b"".join([*parts, head[at:]])
