"""What a text may have been: bytes written in one codec and read in another, up to three times over.

Each hypothesis is a chain of hops. A hop takes the text back to the bytes that it was read from, and reads them as what
they were written in; it exists only if both ways are exact, so that no hypothesis can lose anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..patterns import lazy_pattern
from .wrong_codec_score import suspicious_characters

__all__ = ["Hypothesis", "byte_of", "decode_as", "encode_as", "hypotheses", "looks_double_byte"]

ROUNDS = 3
# What text was read as, and what it may have been written in. "web-latin" is Latin-1 or Windows-1252, in any mixture.
_READ_AS = ("web-latin", "gb18030", "big5", "cp932", "cp949")
_WRITTEN_IN = ("utf-8", "gb18030", "big5", "cp932", "cp949")
_NEVER = {*((codec, codec) for codec in _WRITTEN_IN), ("big5", "cp932")}  # Shift-JIS is hardly ever valid Big5
# Big5 has no one table; each byte string is read with the first of these that knows all of it.
_TABLES = {"big5": ("big5", "cp950", "big5hkscs")}
_NON_ASCII = lazy_pattern("[^\x00-\x7f]")
_SIGN = lazy_pattern("[\x80-\xff]")
_ASCII_LETTER = lazy_pattern("[A-Za-z]")
_EAST_ASIAN = lazy_pattern("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\ue000-\uf8ff\uff61-\uff9f]")
# What lists of quotation marks do not have: matches ``ã``; a near miss is ``«»“”``.
_BEYOND_MARKS = lazy_pattern("[^\x00-\x7f«»‹›“”„‘’‚–—…¿¡]")
# Four characters above ASCII in a row: matches ``ÄãºÃ``; a near miss is ``ÅØ``.
_SIGNS = lazy_pattern("[\x80-\xff\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{4}")
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


def hypotheses(text: str, read_as: str | None = None) -> Iterator[Hypothesis]:
    """All texts that `text` may have been, nearest first.

    A hop before the last one is always from UTF-8, and leads to a text that is suspicious still.

    With `read_as`, only those whose first hop is from text that was read as this codec; from UTF-8, unless that is
    Latin-1.

    >>> sorted(h.hops for h in hypotheses("ÄãºÃ") if h.text == "你好")
    [(('web-latin', 'gb18030'),)]
    """
    known = {text}
    frontier = [Hypothesis(text, ())]
    for _ in range(ROUNDS):
        unfolded: list[Hypothesis] = []
        for damaged, hops in frontier:
            for read, written, meant in _readings(damaged, None if hops else read_as):
                if meant in known:
                    continue
                known.add(meant)
                found = Hypothesis(meant, (*hops, (read, written)))
                if written == "utf-8" and (_SIGN.search(meant) or suspicious_characters().search(meant)):
                    unfolded.append(found)
                yield found
        frontier = unfolded


def _readings(damaged: str, read_as: str | None) -> Iterator[tuple[str, str, str]]:
    """Each pair of codecs (read as, written in) that can have made `damaged` without loss, and what was meant."""
    is_latin = 3 * len(_EAST_ASIAN.findall(damaged)) < len(_NON_ASCII.findall(damaged))
    for read in _READ_AS[:1] if is_latin else _READ_AS[1:]:
        data = encode_as(damaged, read) if read_as in (None, read) else None
        if data is None:
            continue
        several = looks_double_byte(damaged) if is_latin else read_as is None
        for written in _WRITTEN_IN if several else ("utf-8",):
            meant = None if (read, written) in _NEVER else decode_as(data, written)
            if meant is None or encode_as(meant, written) != data:
                continue
            yield read, written, meant
            if is_latin and written == "utf-8" and _EAST_ASIAN.search(meant):
                break  # bytes above ASCII that are valid UTF-8 of three bytes all through are nothing else


def looks_double_byte(latin: str) -> bool:
    """Whether so much of a text in Latin-1 lies above ASCII that it may be double-byte text, and no European word.

    >>> looks_double_byte("ÄãºÃ£¬ÊÀ½ç"), looks_double_byte("L’été à Évian"), looks_double_byte("HÅØYA")
    (True, False, False)
    >>> looks_double_byte("'«»«»'")
    False
    """
    if not _BEYOND_MARKS.search(latin):
        return False
    signs = len(_NON_ASCII.findall(latin))
    return bool(_SIGNS.search(latin)) or (signs >= 4 and signs > 1.5 * len(_ASCII_LETTER.findall(latin)))
