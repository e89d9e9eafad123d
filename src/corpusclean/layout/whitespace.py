r"""White space: line ends, indentation, blanks at the ends of lines, runs of blank lines.

What is only how a page was set goes: paragraphs indented by no-break or ideographic spaces, blanks that nobody
sees, line ends of other systems. What may be meant stays: indentation by plain spaces and tabs (code, verse,
lists), Markdown's two spaces at a line's end, a no-break space in French, the newline at the end of a file.

Each pass is one regular expression that visits every character a bounded number of times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..edits import Edit
from ..patterns import lazy_pattern

__all__ = ["OTHER_LINE_ENDS", "WIDE_BLANKS", "blank_lines", "indentation", "line_ends", "no_break_spaces", "trailing"]

_LINE_END = lazy_pattern("\r\n?|[\v\f\x85\u2028\u2029]")
"""A line end that is no newline. Match: a carriage return, U+2028; near miss: a newline of its own."""

_WIDE = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_INDENT = lazy_pattern(f"^[ \t]*+[{_WIDE}][ \t{_WIDE}]*+(?=[^\n])", re.MULTILINE)
"""A line that begins with white space, some of it wider than ASCII's. Near miss: four plain spaces."""

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003347f"


@cache
def _no_break() -> re.Pattern[str]:
    """No-break spaces between two ideographs. Match: ``周\u00a0亮``; near miss: ``«\u00a0Voilà\u00a0»``.

    Compiled when first needed: large classes take milliseconds, which an import should not.
    """
    return re.compile(f"(?<=[{_HAN}])\u00a0++(?=[{_HAN}])")


_BLANKS = " \t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_HARD_BREAK = lazy_pattern(r"(?<=[!-~])  (?=\n[^\s])")
"""Markdown's line break: two plain spaces behind ASCII, before a line with text. Near miss: three spaces."""

_BLANK = lazy_pattern(r"\n{3,}+")
"""More than one blank line. Near miss: a single blank line, ``\\n\\n``."""

_KANA = lazy_pattern("[\u3041-\u309f\u30a1-\u30ff]")

OTHER_LINE_ENDS = "\r\v\f\x85\u2028\u2029"
_ASCII_BLANKS, WIDE_BLANKS = _BLANKS[:2], _BLANKS[2:]


def _any_of(characters: str, text: str) -> bool:
    """Whether one of a few `characters` stands in `text`; each is looked for by itself, which C does in no time."""
    return any(char in text for char in characters)


def line_ends(text: str) -> Iterator[Edit]:
    r"""Carriage returns, form feeds and Unicode's separators become newlines.

    >>> [edit.after for edit in line_ends("a\r\nb\u2028c")]
    ['\n', '\n']
    """
    if not _any_of(OTHER_LINE_ENDS, text):
        return
    for found in _LINE_END.finditer(text):
        yield Edit(found.start(), found.end(), found[0], "\n", "layout/newline")


def indentation(text: str, *, japanese: bool = False) -> Iterator[Edit]:
    r"""Indentation that a page made of no-break or ideographic spaces goes; plain spaces stay.

    One ideographic space is how Japanese paragraphs are written: it stays before a line with kana, and before
    any line of a `japanese` document.

    >>> [edit.before for edit in indentation("\u3000\u3000文\n    code")] == ["\u3000\u3000"]
    True
    """
    if text.isascii() or not _any_of(WIDE_BLANKS, text):
        return
    for found in _INDENT.finditer(text):
        if found[0] == "\u3000":
            stop = text.find("\n", found.end(), found.end() + 400)
            if japanese or _KANA.search(text, found.end(), stop if stop >= 0 else found.end() + 400):
                continue
        yield Edit(found.start(), found.end(), found[0], "", "layout/indent")


def no_break_spaces(text: str) -> Iterator[Edit]:
    """No-break spaces between ideographs become one plain space.

    >>> [edit.after for edit in no_break_spaces("周\u00a0\u00a0亮 «\u00a0Voilà\u00a0»")]
    [' ']
    """
    if "\u00a0" not in text:
        return
    for found in _no_break().finditer(text):
        yield Edit(found.start(), found.end(), found[0], " ", "layout/space")


def trailing(text: str) -> Iterator[Edit]:
    r"""White space at the end of a line goes, but for Markdown's hard break.

    >>> [edit.start for edit in trailing("a \nb  \nc\t")]
    [1, 8]
    """
    known = _ASCII_BLANKS if text.isascii() else _BLANKS
    if not text.endswith(tuple(known)) and not any(blank in text and f"{blank}\n" in text for blank in known):
        return
    start = 0
    for line in text.split("\n"):
        kept, end = start + len(line.rstrip(known)), start + len(line)
        if kept < end and not _HARD_BREAK.match(text, kept):
            yield Edit(kept, end, text[kept:end], "", "layout/trailing")
        start = end + 1


def blank_lines(text: str) -> Iterator[Edit]:
    r"""Blank lines: none at the beginning, none at the end, one between paragraphs.

    A newline at the end of the last line stays. Two blank lines between two lines of ASCII stay: code has them.

    >>> [(edit.start, edit.before, edit.after) for edit in blank_lines("\n甲\n\n\n乙\n\n")]
    [(0, '\n', ''), (4, '\n', ''), (7, '\n', '')]
    """
    head = len(text) - len(text.lstrip("\n"))
    tail = len(text.rstrip("\n"))
    if head:
        yield Edit(0, head, text[:head], "", "layout/blank-lines")
    if head >= tail:
        return
    if "\n\n\n" in text:
        yield from _runs(text, head, tail)
    if len(text) - tail > 1:
        yield Edit(tail + 1, len(text), text[tail + 1 :], "", "layout/blank-lines")


def _runs(text: str, head: int, tail: int) -> Iterator[Edit]:
    for found in _BLANK.finditer(text, head, tail):
        start, end = found.span()
        if end - start == 3 and text[start - 1].isascii() and text[end].isascii():
            continue
        yield Edit(start + 2, end, text[start + 2 : end], "", "layout/blank-lines")
