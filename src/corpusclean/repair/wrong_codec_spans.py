"""Where in a line the damage may lie: runs that spell valid UTF-8 in GBK bytes, and runs of Latin-1."""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate

from ..patterns import lazy_pattern
from .wrong_codec_hypotheses import decode_as, encode_as, looks_double_byte

__all__ = ["damaged_run", "is_partly_decoded", "latin_runs", "utf8_gate", "utf8_runs"]

# Two or more characters of UTF-8 outside ASCII, each of three bytes, others between them allowed: matches the bytes of
# ``你好`` and ``你·好``; a near miss is ``é``.
_UTF8_RUN = re.compile(
    b"(?:[\xe0-\xef][\x80-\xbf]{2}|\xf0[\x90-\xbf][\x80-\xbf]{2})"
    b"(?:[\xe0-\xef][\x80-\xbf]{2}|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xc2-\xdf][\x80-\xbf]"
    b"|[\x20-\x7e]+(?=[\xe0-\xef][\x80-\xbf]{2}))+"
)
_UTF8_CHAR = re.compile(b"[\x00-\x7f]|[\xc2-\xf4][\x80-\xbf]+")
# Latin-1 with at least two bytes above ASCII, up to the next other character: matches ``Äã`` in ``注：Äã``.
_LATIN = "\x80-\xff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2018-\u201a\u201c-\u201e"
_LATIN += "\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122"
_LATIN_RUN = lazy_pattern(f"[{_LATIN}][\x20-\x7e{_LATIN}]+")
_WEB_LATIN = lazy_pattern(f"[{_LATIN}]")
_LATIN_CHAR = lazy_pattern("[\x80-\x9f\xa1-\xff]")
_DECODED = lazy_pattern("[\x80-\u2fff\ua000-\uabff\ufb00-\ufdff]")
_ASCII_LETTER = lazy_pattern("[A-Za-z]")
_ROW = lazy_pattern("[\x80-\x9f\xa1-\u07ff]{4}")  # matches ``ÄãºÃ``; near misses are ``üğü``, no-break spaces
_MANY = 8  # signs of Latin-1 in a line that nothing was decoded in
_NON_ASCII = lazy_pattern("[^\x00-\x7f\xa0]")  # no-break spaces stand in rows in clean text too


@cache
def utf8_gate() -> re.Pattern[str]:
    """Two characters whose GBK bytes begin two characters of UTF-8: matches ``浣犲``; a near miss is ``你好``."""
    first, second = (
        "".join(bytes((lead, trail)).decode("gbk", "ignore") for lead in leads for trail in trails)
        for leads, trails in ((range(0xE2, 0xF0), range(0x80, 0xC0)), (range(0x81, 0xC0), range(0xE0, 0xF1)))
    )
    return re.compile(f"[{first}][{second}]")


def utf8_runs(line: str) -> list[tuple[int, int]]:
    """The spans of `line` whose GBK bytes are valid UTF-8 outside ASCII.

    >>> utf8_runs("标题：浣犲ソ")
    [(3, 6)]
    """
    if not utf8_gate().search(line):
        return []
    data = line.encode("gb18030", "replace")
    if not _UTF8_RUN.search(data):
        return []
    sizes = [len(char.encode("gb18030", "replace")) for char in line]
    offsets = {offset: i for i, offset in enumerate(accumulate(sizes, initial=0))}
    runs: list[tuple[int, int]] = []
    for found in _UTF8_RUN.finditer(data):
        # Bytes of clean text beside the run may seem to belong to it; it begins and ends between characters.
        borders = [found.start() + one.end() for one in _UTF8_CHAR.finditer(found[0])]
        inner = [offsets[border] for border in (found.start(), *borders) if border in offsets]
        if len(inner) > 1:
            runs.append((inner[0], inner[-1]))
    return runs


def latin_runs(line: str) -> list[tuple[int, int]]:
    """The spans of `line` that may be double-byte text read as Latin-1.

    >>> latin_runs("标题：ÄãºÃ")
    [(3, 7)]
    """
    return [found.span() for found in _LATIN_RUN.finditer(line) if looks_double_byte(found[0])]


def damaged_run(line: str) -> tuple[int, int] | None:
    r"""The span that may be double-byte text read as Latin-1 and then partly decoded: most of it is still Latin-1.

    >>> damaged_run("¿ªÌⱨ¸æ"), damaged_run("L’été dernier"), damaged_run("\xa0" * 8 + "--all")
    ((0, 6), None, None)
    """
    signs = _NON_ASCII.findall(line)
    still = len(_LATIN_CHAR.findall(line))
    letters = len(_ASCII_LETTER.findall(line))
    if still < 3 or 2 * still < len(signs) or (len(signs) < letters and not _ROW.search(line)):
        return None
    if len(_WEB_LATIN.findall(line)) == len(signs):
        data = encode_as(line, "web-latin")
        if still < _MANY or still < letters:
            return None
        if data is None or any(decode_as(data, codec) for codec in ("gb18030", "cp949")):
            return None
    start = line.index(signs[0])
    return start, len(line)


def is_partly_decoded(line: str) -> bool:
    """Whether signs stand in a line of Latin-1 that neither Latin-1 nor East Asian text has.

    >>> is_partly_decoded("¿ªÌⱨ¸æ"), is_partly_decoded("标题：ÄãºÃ")
    (True, False)
    """
    return _DECODED.search(_WEB_LATIN.sub("", line)) is not None
