"""What a text may have been: bytes written in one codec and read in another, up to three times over.

Each hypothesis is a chain of hops. A hop takes the text back to the bytes that it was read from, and reads them as what
they were written in; it exists only if both ways are exact, so that no hypothesis can lose anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["Hypothesis", "byte_of", "decode_as", "encode_as", "hypotheses"]

ROUNDS = 3
# What text was read as, and what it may have been written in. "web-latin" is Latin-1 or Windows-1252, in any mixture.
_READ_AS = ("web-latin", "gb18030", "big5", "cp932", "cp949")
_WRITTEN_IN = ("utf-8", "gb18030", "big5", "cp932", "cp949")
# Big5 has no one table; each byte string is read with the first of these that knows all of it.
_TABLES = {"big5": ("big5", "cp950", "big5hkscs")}
_WINDOWS_1252 = {
    ord(bytes([byte]).decode("cp1252")): byte for byte in range(0x80, 0xA0) if byte not in b"\x81\x8d\x8f\x90\x9d"
}


class Hypothesis(NamedTuple):
    """A text, and the hops ``(read as, written in)`` that lead to it from the damaged one."""

    text: str
    hops: tuple[tuple[str, str], ...]


def byte_of(char: str) -> int:
    """The byte that Latin-1 or Windows-1252 reads as `char`; -1 if there is none.

    >>> byte_of("é"), byte_of("€"), byte_of("好")
    (233, 128, -1)
    """
    code = ord(char)
    return code if code < 0x100 else _WINDOWS_1252.get(code, -1)


def encode_as(text: str, codec: str) -> bytes | None:
    r"""The bytes that were read as `text`, or ``None`` if the codec cannot have printed it.

    >>> encode_as("ä½\xa0å¥½", "web-latin").decode("utf-8")
    '你好'
    """
    if codec == "web-latin":
        text, codec = text.translate(_WINDOWS_1252), "latin-1"
    for table in _TABLES.get(codec, (codec,)):
        try:
            return text.encode(table)
        except UnicodeEncodeError:
            continue
    return None


def decode_as(data: bytes, codec: str) -> str | None:
    r"""`data` read as `codec`, or ``None`` if it is not all valid.

    >>> decode_as(b"\xc4\xe3\xba\xc3", "gb18030"), decode_as(b"\xc4", "gb18030")
    ('你好', None)
    """
    for table in _TABLES.get(codec, (codec,)):
        try:
            return data.decode(table)
        except UnicodeDecodeError:
            continue
    return None


def hypotheses(text: str) -> Iterator[Hypothesis]:
    """All texts that `text` may have been, nearest first; a hop before the last one is always from UTF-8.

    >>> sorted(h.hops for h in hypotheses("ÄãºÃ") if h.text == "你好")
    [(('web-latin', 'gb18030'),)]
    """
    known = {text}
    frontier = [Hypothesis(text, ())]
    for _ in range(ROUNDS):
        unfolded: list[Hypothesis] = []
        for damaged, hops in frontier:
            for read in _READ_AS:
                data = encode_as(damaged, read)
                if data is None or data.isascii():
                    continue
                for written in _WRITTEN_IN:
                    meant = None if written == read else decode_as(data, written)
                    if meant is None or meant in known or encode_as(meant, written) != data:
                        continue
                    known.add(meant)
                    found = Hypothesis(meant, (*hops, (read, written)))
                    if written == "utf-8":
                        unfolded.append(found)
                    yield found
        frontier = unfolded
