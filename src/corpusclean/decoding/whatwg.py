r"""WHATWG's encodings on top of Python's codecs, and how a reading is written back.

Python's codecs are fast and nearly right. Where they differ from what browsers do (0x80 in GBK is ``€``, HKSCS has
newer code points, EUC-JP lacks NEC's characters), a table made from WHATWG's indexes corrects single codes, and the
bytes of each such code are kept, because Python would write others. Undecodable bytes become U+FFFD one error at a
time, as in a browser: an ASCII byte after a bad lead byte is text and stays.
"""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from ..ledger import ByteSpan, CodecRun
from ..patterns import lazy_pattern

__all__ = ["Encoding", "Reading", "encoding", "escape", "is_single_byte", "name_of", "read", "read_table"]

LOST = "\ufffd"
_JOINED = 1024  # bytes up to which neighbouring kept spans are joined; without a bound joining would be quadratic
_CHUNK = 64  # tokens that are checked at once before they are looked at one by one

# What may stand for one character; a lead byte takes any non-ASCII byte with it, right or wrong, as browsers do.
# gb18030 matches "\xb5\xc4" and "\x81\x30\x81\x30" whole; near miss: of "\xb51" only "\xb5".
_TOKENS = {
    "gb18030": rb"[\x81-\xfe][0-9][\x81-\xfe][0-9]|[\x81-\xfe][\x40-\x7e\x80-\xff]|[\x00-\xff]",
    "big5": rb"[\x81-\xfe][\x40-\x7e\x80-\xff]|[\x00-\xff]",
    "shift_jis": rb"[\x81-\x9f\xe0-\xfc][\x40-\x7e\x80-\xff]|[\x00-\xff]",
    "euc-jp": rb"\x8f[\xa1-\xfe][\x80-\xff]|[\x8e\x8f\xa1-\xfe][\x80-\xff]|[\x00-\xff]",
    "euc-kr": rb"[\x81-\xfe][\x41-\x5a\x61-\x7a\x80-\xff]|[\x00-\xff]",
}
# A byte that Python could not decode, escaped: matches "\udcff", not "\ufffd".
_ESCAPED = lazy_pattern("[\udc80-\udcff]+")
_SINGLE = rb"[\x00-\xff]"


@dataclass(frozen=True, slots=True)
class Encoding:
    """One WHATWG encoding that is made of single bytes or of lead and trail bytes.

    Attributes:
        name: WHATWG's name.
        codec: the Python codec beneath it.
        token: the bytes of one character, or of one error.
        differ: codes that Python does not read as WHATWG does.
        suspect: characters of a Python reading that need a second look.
    """

    name: str
    codec: str
    token: re.Pattern[bytes]
    chunk: re.Pattern[bytes]
    differ: dict[bytes, str] = field(repr=False)
    suspect: re.Pattern[str] = field(repr=False)


@dataclass(slots=True)
class Reading:
    """Text made of bytes piece by piece, with what is needed to write it back."""

    parts: list[str] = field(default_factory=list)
    runs: list[CodecRun] = field(default_factory=list)
    spans: list[ByteSpan] = field(default_factory=list)
    size: int = 0
    unsearched: int = 0  # suspicious bytes that a bound kept from being searched for lost ones

    @property
    def text(self) -> str:
        """The whole text so far."""
        if len(self.parts) > 1:
            self.parts = ["".join(self.parts)]
        return self.parts[0] if self.parts else ""

    def add(self, text: str, codec: str) -> None:
        """Append text that `codec` writes as the very bytes it came from."""
        if text:
            self.parts.append(text)
            self.size += len(text)
            self._run(codec)

    def keep(self, text: str, data: bytes, kind: str, codec: str) -> None:
        """Append text whose bytes are kept; a neighbour of the same kind is joined."""
        start = self.size
        if text:
            self.parts.append(text)
            self.size += len(text)
            self._run(codec)
        last = self.spans[-1] if self.spans else None
        if last is not None and last.end == start and last.kind == kind != "mark" and len(last.data) < _JOINED:
            self.spans[-1] = ByteSpan(last.start, self.size, last.data + data, kind)
        else:
            self.spans.append(ByteSpan(start, self.size, data, kind))

    def _run(self, codec: str) -> None:
        if self.runs and self.runs[-1].codec == codec:
            self.runs[-1] = CodecRun(self.size, codec)
        else:
            self.runs.append(CodecRun(self.size, codec))


@cache
def _tables() -> dict[str, Any]:
    source = resources.files("corpusclean").joinpath("data/decoding/whatwg.json")
    tables: dict[str, Any] = json.loads(source.read_text("utf-8"))
    return tables


def name_of(label: str) -> str | None:
    """WHATWG's name in lower case for a label, or ``None`` for a label that nobody knows.

    ``gbk`` and ``gb2312`` are labels of ``gb18030`` here, which decodes the same; ``hz`` is known although browsers
    refuse it; ``utf-16`` means little-endian, as in browsers.

    >>> name_of(" GB2312 "), name_of("latin1"), name_of("utf-9")
    ('gb18030', 'windows-1252', None)
    """
    names: dict[str, str] = _tables()["labels"]
    return names.get(label.strip(" \t\r\n\f\"'").lower())


@cache
def encoding(name: str) -> Encoding:
    """The encoding of that WHATWG name; ``KeyError`` for UTF-8, UTF-16 and the stateful ones.

    >>> encoding("big5").codec
    'big5hkscs'
    """
    row = _tables()["encodings"][name]
    codec = row["codec"]
    differ = {bytes.fromhex(code): char for code, char in row["differ"].items()}
    suspects = {code.decode(codec, "ignore") for code in [*differ, *map(bytes.fromhex, row["refused"])]}
    suspects.discard("")
    letters = "".join(re.escape(char) for char in sorted(suspects) if len(char) == 1)
    token = _TOKENS.get(name, _SINGLE)
    for code in map(bytes.fromhex, row["refused"]):
        differ[code] = LOST
    return Encoding(
        name,
        codec,
        re.compile(token, re.DOTALL),
        re.compile(rb"(?:" + token + rb"){1,%d}" % _CHUNK, re.DOTALL),
        differ,
        re.compile(f"[\udc80-\udcff{letters}]"),
    )


def is_single_byte(name: str) -> bool:
    """Whether the encoding of that WHATWG name has one byte for each character.

    >>> is_single_byte("koi8-r"), is_single_byte("big5"), is_single_byte("utf-8")
    (True, False, False)
    """
    return name in _tables()["encodings"] and name not in _TOKENS


def _escape(error: UnicodeError) -> tuple[str, int]:
    """Error handler: undecodable bytes become lone surrogates, as many at a time as a browser would take."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    data, at = error.object, error.start
    stop = at + 1
    if error.encoding in _LEADS and data[at] in _LEADS[error.encoding] and stop < len(data) and data[stop] >= 0x80:
        stop += 1
        if data[at] == 0x8F and error.encoding == "euc_jp" and stop < len(data) and data[stop] >= 0x80:
            stop += data[at + 1] >= 0xA1
    return "".join([chr(0xDC00 + byte) for byte in data[at:stop]]), stop


_LEADS = {
    "gb18030": range(0x81, 0xFF),
    "big5hkscs": range(0x81, 0xFF),
    "cp932": frozenset([*range(0x81, 0xA0), *range(0xE0, 0xFD)]),
    "euc_jp": frozenset([0x8E, 0x8F, *range(0xA1, 0xFF)]),
    "cp949": range(0x81, 0xFF),
}
_HANDLER = "corpusclean.escape"
codecs.register_error(_HANDLER, _escape)


def escape(data: bytes, codec: str) -> str:
    r"""`data` in Python's reading, each undecodable byte as a lone surrogate U+DC80…U+DCFF.

    >>> escape(b"\xc4\xe3\xff1", "gb18030")
    '你\udcff1'
    """
    return data.decode(codec, _HANDLER)


def read(data: bytes, name: str, into: Reading | None = None) -> Reading:
    r"""Read `data` in the encoding of that name as WHATWG says, so that it can be written back exactly.

    >>> reading = read(b"5\x80 \xc4\xff", "gb18030")
    >>> reading.text, [span.kind for span in reading.spans]
    ('5€ �', ['noncanonical', 'undecodable'])
    """
    into = Reading() if into is None else into
    if name == "utf-8":
        _read_utf8(data, into)
    elif name in ("utf-16le", "utf-16be"):
        _read_utf16(data, "utf-16-" + name[-2:], into)
    elif name in ("utf-32le", "utf-32be"):
        into.add(data.decode("utf-32-" + name[-2:]), "utf-32-" + name[-2:])
    elif name in ("iso-2022-jp", "hz"):
        from .stateful import read_stateful

        read_stateful(data, name, into)
    else:
        read_table(data, encoding(name), into)
    return into


def _read_utf8(data: bytes, into: Reading) -> None:
    try:
        into.add(data.decode("utf-8"), "utf-8")
        return
    except UnicodeDecodeError:
        pass
    text, at = data.decode("utf-8", "surrogateescape"), 0
    for match in _ESCAPED.finditer(text):
        into.add(text[at : match.start()], "utf-8")
        lost = match[0].encode("utf-8", "surrogateescape")
        into.keep(lost.decode("utf-8", "replace"), lost, "undecodable", "utf-8")
        at = match.end()
    into.add(text[at:], "utf-8")


def _read_utf16(data: bytes, codec: str, into: Reading) -> None:
    whole = len(data) & ~1
    text, at = data[:whole].decode(codec, "surrogatepass"), 0
    if whole < len(data) and "\ud800" <= text[-1:] <= "\udbff":
        text, whole = text[:-1], whole - 2  # cut within a surrogate pair: one error, not two
    for match in re.finditer("[\ud800-\udfff]", text):
        into.add(text[at : match.start()], codec)
        into.keep(LOST, match[0].encode(codec, "surrogatepass"), "undecodable", codec)
        at = match.end()
    into.add(text[at:], codec)
    if whole < len(data):
        into.keep(LOST, data[whole:], "undecodable", codec)


def _faithful(data: bytes, known: Encoding, text: str | None = None) -> str | None:
    """The text of `data` if Python's codec reads it as WHATWG does and writes it back the same, else ``None``."""
    text = escape(data, known.codec) if text is None else text
    if known.suspect.search(text):
        return None
    try:
        return text if text.encode(known.codec) == data else None
    except UnicodeEncodeError:
        return None


def read_table(data: bytes, known: Encoding, into: Reading, shown: str | None = None) -> None:
    """:func:`read` for an encoding that has a table; `shown` is what :func:`escape` makes of `data`, if known."""
    text = _faithful(data, known, shown)
    if text is not None:
        into.add(text, known.codec)
        return
    if known.name not in _TOKENS:
        _read_single(data, known, into)
        return
    for chunk in known.chunk.finditer(data):
        text = _faithful(chunk[0], known)
        if text is not None:
            into.add(text, known.codec)
        else:
            read_tokens(chunk[0], known, into)


def _read_single(data: bytes, known: Encoding, into: Reading) -> None:
    """Read an encoding of single bytes that Python does not know in full; byte and character offsets are the same."""
    text, at = escape(data, known.codec), 0
    for match in known.suspect.finditer(text):
        place = match.start()
        into.add(text[at:place], known.codec)
        code = data[place : place + 1]
        char = known.differ.get(code, LOST)
        into.keep(char, code, "undecodable" if char == LOST else "noncanonical", known.codec)
        at = place + 1
    into.add(text[at:], known.codec)


def read_tokens(data: bytes, known: Encoding, into: Reading) -> None:
    """Read `data` character by character."""
    at, size, match = 0, len(data), known.token.match
    while at < size:
        found = match(data, at)
        token = found[0] if found else data[at : at + 1]
        at += read_token(token, known, into)


def read_token(token: bytes, known: Encoding, into: Reading) -> int:
    """Read one character's bytes; how many of them were used (an ASCII byte that ends a bad token is not)."""
    char = known.differ.get(token)
    if char is None:
        try:
            char = token.decode(known.codec)
        except UnicodeDecodeError:
            used = len(token) if token[-1] >= 0x80 else 1
            into.keep(LOST, token[:used], "undecodable", known.codec)
            return used
        try:
            same = char.encode(known.codec) == token
        except UnicodeEncodeError:
            same = False
        if same:
            into.add(char, known.codec)
            return len(token)
    into.keep(char, token, "undecodable" if char == LOST else "noncanonical", known.codec)
    return len(token)
