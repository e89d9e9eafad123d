r"""Files in more than one encoding, and files with damaged places.

Concatenated logs, forum dumps and templates with pasted content mix UTF-8 with a legacy encoding line by line. A line
that is valid UTF-8 with a few non-ASCII characters is UTF-8, and so is one with a stray bad byte; the other lines are
judged together, and a line that this verdict does not fit is judged alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..patterns import lazy_pattern
from .alignment import read_aligned
from .judge import EAST_ASIAN, Verdict, east_asian_price, judge
from .plausibility import price
from .whatwg import Reading, encoding, escape, read

__all__ = ["read_lines"]

_HIGH = bytes(range(0x80, 0x100))
# A UTF-8 character of three bytes: matches "\xe4\xbd\xa0", not "\xc3\xa9".
_WIDE = re.compile(rb"[\xe0-\xef][\x80-\xbf]{2}")
# Two of them side by side: hardly ever in legacy text by chance.
_WIDE_PAIR = re.compile(rb"[\xe1-\xef][\x80-\xbf]{2}[\xe1-\xef][\x80-\xbf]{2}")
_ESCAPED = lazy_pattern("[\udc80-\udcff]+")
_LOOK = 1 << 16
# A stretch of a long line that ends with a tag or white space: matches "<p>" and "text</p>".
_SPLIT = re.compile(rb"[^>\s]*[>\s]+|[^>\s]+")
_LONG = 1000  # bytes of a line that is worth splitting
_PART = 400  # bytes of a line whose price is compared
_LIKELY = 9.0  # nats per character of a damaged UTF-8 line at most


class _Line(NamedTuple):
    """A line's place in the bytes (its line feed included) and its kind: ``utf-8``, ``weak``, ``legacy``, ``ascii``."""

    start: int
    end: int
    kind: str


def read_lines(data: bytes, credit: Mapping[str, float], mixed: bool) -> tuple[Reading, str, float, Verdict | None]:
    """Read bytes that are not valid UTF-8 as a whole.

    Returns:
        The reading, the main encoding, the confidence, and the judge's verdict where one was needed.
    """
    if not mixed or not _may_hold_utf8(data):
        verdict = judge(data, credit)
        return _read_legacy(data, verdict, Reading()), verdict.name, verdict.confidence, verdict
    lines = [_sort(data, start, end) for start, end in _lines(data)]
    sizes = {kind: sum(line.end - line.start for line in lines if line.kind == kind) for kind in _KINDS}
    if not sizes["legacy"]:
        return read(data, "utf-8"), "utf-8", 0.97, None
    if not sizes["utf-8"]:
        verdict = judge(data, credit)
        return _read_legacy(data, verdict, Reading()), verdict.name, verdict.confidence, verdict
    legacy = b"\n".join([data[line.start : line.end].rstrip(b"\n") for line in lines if line.kind == "legacy"])
    verdict = judge(legacy, credit)
    main = "utf-8" if sizes["utf-8"] >= sizes["legacy"] else verdict.name
    reading = Reading()
    for start, end, kind in _runs(lines, weak="utf-8" if main == "utf-8" else "legacy"):
        if kind == "utf-8":
            read(data[start:end], "utf-8", reading)
        else:
            _read_foreign(data[start:end], verdict, reading)
    return reading, main, min(0.97, verdict.confidence), verdict


_KINDS = ("ascii", "utf-8", "weak", "legacy")


def _may_hold_utf8(data: bytes) -> bool:
    """Whether any part can be UTF-8: two wide characters side by side, or hardly an invalid byte."""
    if _WIDE_PAIR.search(data):
        return True
    part = data[:_LOOK]
    high = len(part) - len(part.translate(None, _HIGH))
    most = high * 0.2 + 3
    for size in (2 * len(part) // 5, len(part)):  # in other encodings the first two fifths have too many already
        bad = size - len(part[:size].decode("utf-8", "ignore").encode())
        if bad > most + (3 if size < len(part) else 0):  # a cut leaves up to three that are not invalid
            return False
    return True


def _lines(data: bytes) -> Iterator[tuple[int, int]]:
    at, size = 0, len(data)
    while at < size:
        end = data.find(b"\n", at) + 1 or size
        if end - at > _LONG and _is_mixed(data[at:end]):
            for match in _SPLIT.finditer(data, at, end):
                yield match.start(), match.end()
        else:
            yield at, end
        at = end


def _is_mixed(line: bytes) -> bool:
    """Whether a long line seems to hold UTF-8 and something else, as pages do that are one line."""
    if not _WIDE_PAIR.search(line):
        return False
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


def _sort(data: bytes, start: int, end: int) -> _Line:
    line = data[start:end]
    if line.isascii():
        return _Line(start, end, "ascii")
    high = len(line) - len(line.translate(None, _HIGH))
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return _Line(start, end, "utf-8" if _nearly_utf8(line, high) else "legacy")
    return _Line(start, end, "utf-8" if high > 8 or _WIDE.search(line) else "weak")


def _nearly_utf8(line: bytes, high: int) -> bool:
    """Whether a line that is not valid UTF-8 is better read as damaged UTF-8 than in any other encoding."""
    bad = len(line) - len(line.decode("utf-8", "ignore").encode())
    if bad <= high * 0.04:
        return True
    if bad > high * 0.6:
        return False
    start = next((at for at in range(0, len(line), _PART) if not line[at : at + _PART].isascii()), 0)
    part = line[start : start + _PART]
    here = price(part.decode("utf-8", "surrogateescape"), ("any",))
    return here.mean < _LIKELY and here.total < east_asian_price(part)


def _runs(lines: list[_Line], weak: str) -> Iterator[tuple[int, int, str]]:
    """Neighbouring lines of one kind, as (start, end, ``utf-8`` or ``legacy``); ASCII lines go with either."""
    start, at, current = 0, 0, ""
    for line in lines:
        kind = weak if line.kind == "weak" else line.kind
        if kind != "ascii" and kind != current:
            if current:
                yield start, at, current
                start = at
            current = kind
        at = line.end
    yield start, at, current


def _read_legacy(data: bytes, verdict: Verdict, into: Reading) -> Reading:
    """Read bytes in the verdict's encoding, and get back into step where it has two bytes a character."""
    if verdict.name in EAST_ASIAN:
        language = next(opinion.language for opinion in verdict.opinions if opinion.name == verdict.name)
        read_aligned(data, verdict.name, language, into)
    else:
        read(data, verdict.name, into)
    return into


def _read_foreign(data: bytes, verdict: Verdict, into: Reading) -> None:
    """Read the lines of a mixed file that are not UTF-8; a line with errors is judged alone."""
    if verdict.name not in EAST_ASIAN or _ESCAPED.search(escape(data, encoding(verdict.name).codec)) is None:
        _read_legacy(data, verdict, into)
        return
    for start, end in _lines(data):
        line = data[start:end]
        own = verdict
        if not line.isascii() and _ESCAPED.search(escape(line, encoding(verdict.name).codec)):
            own = judge(line, {verdict.name: 8.0})
            own = verdict if own.source == "fallback" else own
        _read_legacy(line, own, into)
