"""What a file holds: by its name, and where the name says nothing, by its first bytes."""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from typing import Literal

from .fields import Fields
from .streams import Stream

__all__ = ["PACKED_SUFFIXES", "Kind", "kind_of", "media_type_of_name"]

Kind = Literal["document", "rows", "csv", "tsv", "parquet", "warc", "zip", "tar", "arc"]
KINDS: dict[str, Kind] = {
    ".arc": "arc",
    ".csv": "csv",
    ".jsonl": "rows",
    ".jsonlines": "rows",
    ".ndjson": "rows",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".tab": "tsv",
    ".tar": "tar",
    ".tsv": "tsv",
    ".warc": "warc",
    ".wat": "warc",
    ".wet": "warc",
    ".zip": "zip",
}
# Files whose size says little about how much text they hold.
PACKED_SUFFIXES = frozenset(suffix for suffix, kind in KINDS.items() if kind in ("parquet", "tar", "zip"))
HTML_SUFFIXES = frozenset({".htm", ".html", ".shtml", ".xhtml"})
MAGIC: tuple[tuple[int, bytes, Kind], ...] = (
    (0, b"WARC/", "warc"),
    (0, b"PAR1", "parquet"),
    (0, b"PK\x03\x04", "zip"),
    (257, b"ustar", "tar"),
)
HEAD = 512
SNIFFED_LINE = 2**16  # a first row that is longer is not looked for; the buffer holds no more


def kind_of(name: str, stream: Stream, fields: Fields) -> Kind:
    """What a file is, whose compression has been taken off.

    A name without a suffix (such as that of standard input) says nothing, and the first bytes decide: a WARC, a
    Parquet file, an archive, or JSON lines, if the first line is an object with the field that holds the document.
    So for ``.json`` too, which people call JSON lines as well as single values.
    """
    suffix = PurePosixPath(name).suffix.lower()
    if kind := KINDS.get(suffix):
        return kind
    if suffix not in ("", ".json"):
        return "document"
    if not suffix:
        head = stream.peek(HEAD)
        for at, mark, kind in MAGIC:
            if head[at : at + len(mark)] == mark:
                return kind
    return "rows" if _begins_with_a_row(stream, fields) else "document"


def media_type_of_name(name: str) -> str | None:
    """``text/html`` for the names of HTML files.

    >>> media_type_of_name("a.HTM"), media_type_of_name("a.txt")
    ('text/html', None)
    """
    return "text/html" if PurePosixPath(name).suffix.lower() in HTML_SUFFIXES else None


def _begins_with_a_row(stream: Stream, fields: Fields) -> bool:
    if stream.peek(1) != b"{":
        return False
    line, newline, _ = stream.peek(SNIFFED_LINE).partition(b"\n")
    if not newline and len(line) >= SNIFFED_LINE:
        return False
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(row, dict) and isinstance(row.get(fields.source), str)
