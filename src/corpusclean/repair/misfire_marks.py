"""Marks around a misfire: which pairs of them are open, and which digit most likely began a number."""

from __future__ import annotations

import re

from ..chinese import UNIT
from .misfire_bytes import FOLDED

__all__ = ["CLOSERS", "LOST_DIGIT", "OPENERS", "PairedMarks", "digit_prices"]

OPENERS = "“《（【"
CLOSERS = "”》）】"
PRICE_UNPAIRED = 5 * UNIT  # a mark that closes nothing, or one that stays open
REACH = 300  # characters of the line looked at on either side

_PAIRED = re.compile(f"[{OPENERS}{CLOSERS}]")
_FOLD = str.maketrans(FOLDED)

LOST_DIGIT = "\ufffd"
"""What stands for a digit that was swallowed and that nothing tells."""
MARKS_HIT = "！？；，。、,!?;"
"""Marks that a converter may have hit."""
_DIGITS = dict(zip("1234567890", (0, 0.5, 1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 2), strict=True))
_SHORT_YEAR = re.compile(r"[01]\d\d年")  # of this century (match: 008年; near miss: 008元)
_YEAR = re.compile(r"[5-9]\d\d年")  # of the last ones (match: 959年; near miss: 959号)
_WHOLE_YEAR = re.compile(r"(?:19|20)\d\d年")  # no digit stands before it (match: 2011年; near miss: 011年)
_TEN = re.compile(r"0月")  # there is but one such month (match: 0月18日; near miss: 0日)


class PairedMarks:
    r"""Which quotes and brackets are open where a shifted run begins, and which must be where it ends.

    >>> marks = PairedMarks("他说：“走吧?！?\n", 7)
    >>> marks.price("。”", 10), marks.price("。。", 10) // UNIT
    (0, 5)
    """

    def __init__(self, text: str, at: int) -> None:
        """Look at the line before ``text[at:]``."""
        start = max(text.rfind("\n", 0, at) + 1, at - REACH)
        before = text[start:at].translate(_FOLD)
        self._text = text
        self._open = tuple(before.rfind(a) > before.rfind(b) for a, b in zip(OPENERS, CLOSERS, strict=True))
        self._wanted: dict[int, tuple[bool, ...]] = {}
        self._prices: dict[tuple[str, int], int] = {}

    def is_open(self, closer: str) -> bool:
        """Whether something is open that `closer` would close."""
        return self._open[CLOSERS.index(closer)]

    def price(self, meant: str, end: int) -> int:
        """What `meant` costs for marks in it that have no partner before it, in it, or behind ``text[end:]``."""
        marks = "".join(_PAIRED.findall(meant))
        known = self._prices.get((marks, end))
        if known is None:  # most readings of a place have the same few marks, or none
            known = self._prices[marks, end] = self._price(marks, end)
        return known

    def _price(self, marks: str, end: int) -> int:
        """The same for the marks alone."""
        state = list(self._open)
        odd = 0
        for mark in marks:
            opens = mark in OPENERS
            kind = (OPENERS if opens else CLOSERS).index(mark)
            odd += state[kind] == opens
            state[kind] = opens
        wanted = self._wanted.get(end) or self._behind(end)
        odd += sum(map(bool.__ne__, state, wanted))
        return odd * PRICE_UNPAIRED

    def _behind(self, end: int) -> tuple[bool, ...]:
        """Which marks must be open at a place, because they are closed behind it."""
        stop = self._text.find("\n", end, end + REACH)
        behind = self._text[end : end + REACH if stop < 0 else stop].translate(_FOLD)
        wanted = []
        for opener, closer in zip(OPENERS, CLOSERS, strict=True):
            opens, closes = behind.find(opener), behind.find(closer)
            wanted.append(closes >= 0 and (opens < 0 or closes < opens))
        self._wanted[end] = tuple(wanted)
        return self._wanted[end]


def digit_prices(behind: str) -> dict[str, int]:
    """What each digit costs more than the likeliest, before the text `behind`; mostly no digit is likely enough.

    Then there is one price alone, that of a lost digit. Before a mark that would read like the trace of another
    misfire, so there small digits are likelier. Years begin with 1 and 2, and there is but one month that ends on 0.

    >>> [min(digit_prices(text).items(), key=lambda row: row[1])[0] for text in ("959年", "0月", ",5")]
    ['1', '1', '1']
    >>> digit_prices("8元") == {LOST_DIGIT: 0}
    True
    """
    if _WHOLE_YEAR.match(behind):
        return dict.fromkeys(_DIGITS, 6 * UNIT)
    if _TEN.match(behind) or _YEAR.match(behind):
        return {digit: 0 if digit == "1" else 5 * UNIT for digit in _DIGITS}
    if behind and behind[0] in MARKS_HIT:
        return {digit: round(price * UNIT) for digit, price in _DIGITS.items()}
    if _SHORT_YEAR.match(behind):
        return {digit: 0 if digit == "2" else 5 * UNIT for digit in _DIGITS}
    return {LOST_DIGIT: 0}
