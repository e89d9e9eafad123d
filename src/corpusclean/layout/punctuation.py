"""Punctuation style of Chinese text: full-width marks, and quotation marks of one kind. Both only on request.

Converters and careless typists leave ASCII marks between ideographs. Whether an ASCII mark is meant is told by its
neighbours: one between ideographs stands for a full-width mark; one in a number, a time, an address, code or a run
of Latin letters is what it should be.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..edits import Edit
from ..patterns import lazy_pattern

__all__ = ["full_width", "quotation_marks"]

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003347f"
_OPENING = "“‘「『《〈【（"
_CLOSING = "”’」』》〉】）"

_MARK = lazy_pattern(
    f"(?<=[{_HAN}{_CLOSING}])[,:;!?](?: (?=[{_HAN}{_OPENING}])|(?=[{_HAN}{_OPENING}{_CLOSING}\n]|\\Z))"
)
"""An ASCII mark between ideographs, or between one and a bracket or the line's end; with one space behind it.
Match: ``好,我``; near miss: ``好,a``."""
_WIDE_MARK = str.maketrans(",:;!?", "，：；！？")

_BRACKET = lazy_pattern(r"[()\n]")
_LONGEST = 200  # code points between two brackets that belong together
_IDEOGRAPH = lazy_pattern(f"[{_HAN}]")
_KANA = lazy_pattern("[\u3041-\u309f\u30a1-\u30ff]")
_BESIDE = lazy_pattern(f"[{_HAN}{_OPENING}{_CLOSING}，。、：；！？]")

_QUOTE = lazy_pattern("[“”‘’「」『』\n]")
_OPEN_OF = {"”": "“", "’": "‘", "」": "「", "』": "『"}
STYLES = {"curly": ("“”", "‘’"), "corner": ("「」", "『』")}
"""Each style: its outer pair and its inner pair."""


def full_width(text: str) -> Iterator[Edit]:
    """ASCII ``,:;!?()`` between ideographs become full-width.

    >>> [edit.after for edit in full_width("时间:12:30,他说(笑)f(x), ok!")]
    ['（', '）']
    >>> [edit.after for edit in full_width("你好,世界!")]
    ['，', '！']
    """
    if not _IDEOGRAPH.search(text):
        return
    edits = [
        Edit(found.start(), found.end(), found[0], found[0][0].translate(_WIDE_MARK), "layout/punctuation")
        for found in _MARK.finditer(text)
    ]
    edits += _brackets(text)
    yield from sorted(edits)


def _brackets(text: str) -> Iterator[Edit]:
    """Pairs of brackets on one line that hold ideographs and stand beside one."""
    opened: list[int] = []
    for found in _BRACKET.finditer(text):
        place = found.start()
        if found[0] == "\n":
            opened.clear()
        elif found[0] == "(":
            opened.append(place)
        elif opened:
            start = opened.pop()
            if place - start > _LONGEST or not _IDEOGRAPH.search(text, start + 1, place):
                continue
            if (start and _BESIDE.match(text, start - 1)) or _BESIDE.match(text, place + 1):
                yield Edit(start, start + 1, "(", "（", "layout/punctuation")
                yield Edit(place, place + 1, ")", "）", "layout/punctuation")


def quotation_marks(text: str, style: str) -> Iterator[Edit]:
    """Quotation marks of lines with ideographs in one `style`, ``curly`` or ``corner``, outer and inner by nesting.

    A line whose marks do not pair up is left alone, as are straight marks, apostrophes, and lines with kana.

    >>> [edit.after for edit in quotation_marks("他说：「她说『好』」", "curly")]
    ['“', '‘', '’', '”']
    """
    pairs = STYLES[style]
    pending: list[Edit] = []
    opened: list[str] = []
    sound, line_start = True, 0
    for found in _QUOTE.finditer(text + "\n"):
        mark, place = found[0], found.start()
        if mark == "\n":
            if sound and not opened and _chinese(text, line_start, place):
                yield from (edit for edit in pending if not edit.is_mark)
            pending, opened, sound, line_start = [], [], True, place + 1
        elif mark == "’" and not (opened and opened[-1] == "‘"):
            sound = sound and text[place - 1 : place].isascii() and place > line_start  # an apostrophe
        elif mark in _OPEN_OF:
            if not opened or opened.pop() != _OPEN_OF[mark]:
                sound = False
            pending.append(Edit(place, place + 1, mark, pairs[len(opened) % 2][1], "layout/quotes"))
        else:
            pending.append(Edit(place, place + 1, mark, pairs[len(opened) % 2][0], "layout/quotes"))
            opened.append(mark)


def _chinese(text: str, start: int, end: int) -> bool:
    """Whether a line has ideographs and no kana."""
    return _IDEOGRAPH.search(text, start, end) is not None and _KANA.search(text, start, end) is None
