"""Unicode form: one spelling for each character (NFC), changed only where it differs.

Marks on one letter have to be put in order, which Python does in quadratic time: half a megabyte of them costs
half an hour. No writing system stacks more than a few, and Unicode's stream-safe format has 30 at most (UAX #15,
section 13); a tower of `TOWER` or more stays as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from ..edits import Edit
from ..patterns import lazy_pattern

__all__ = ["TOWER", "composed", "towers"]

TOWER = 200

# Long runs of what may be combining marks, found without knowing each mark: matches 200 times U+0301, and 200 letters
# of Thai; near miss: any run of Latin, Greek, Cyrillic or East Asian text.
_NO_MARK = (
    "\0-\u02ff\u4e00-\u9fff\u3400-\u4dbf\uff00-\uffff\u3031-\u3098\u30a0-\u33ff\uac00-\ud7ff"
    "\u0370-\u0482\u048a-\u0590\u2000-\u20cf\u2100-\u2cee\u2e80-\u3029"
)
_MAYBE_MARK = lazy_pattern(f"[^{_NO_MARK}]")
_MAYBE_TOWER = lazy_pattern(f"(?<![^{_NO_MARK}])[^{_NO_MARK}]{{{TOWER},}}+")


@cache
def _cluster() -> re.Pattern[str]:
    """Characters that may compose, with what stands before them. Match: ``e\u0301``; near miss: ``plain 文``.

    No ASCII character and no common ideograph composes with what stands before it, so each cluster can be normalised
    by itself. Compiled when first needed: large classes take milliseconds, which an import should not.
    """
    return re.compile("[\0-\x7f\u4e00-\u9fff]?[^\0-\x7f\u4e00-\u9fff]+")


def composed(text: str) -> Iterator[Edit]:
    r"""Letters written as base and mark become one character, and singletons their canonical form.

    >>> [(edit.before, edit.after) for edit in composed("cafe\u0301, caf\u00e9")] == [("e\u0301", "\u00e9")]
    True
    """
    if text.isascii():
        return
    at = 0
    for start, end in (*towers(text), (len(text), len(text))):
        yield from _composed(text[at:start] if at or start < len(text) else text, at)
        at = end


def towers(text: str) -> list[tuple[int, int]]:
    r"""Where `TOWER` or more combining marks follow one another.

    >>> towers("e" + "\u0301\u0323" * 100), towers("e\u0301")
    ([(1, 201)], [])
    """
    found: list[tuple[int, int]] = []
    if not _MAYBE_MARK.search(text[::TOWER]):
        return found  # no tower fits between two of these characters
    for maybe in _MAYBE_TOWER.finditer(text):
        marks = "".join(sorted(char for char in set(maybe[0]) if unicodedata.combining(char)))
        if marks:
            runs = re.finditer(f"[{re.escape(marks)}]{{{TOWER},}}", maybe[0])
            found.extend((maybe.start() + run.start(), maybe.start() + run.end()) for run in runs)
    return found


def _composed(text: str, shift: int) -> Iterator[Edit]:
    """What :func:`composed` yields for a part of a text that begins at `shift`."""
    if unicodedata.is_normalized("NFC", text):
        return
    for found in _cluster().finditer(text):
        before = found[0]
        if unicodedata.is_normalized("NFC", before):
            continue
        after = unicodedata.normalize("NFC", before)
        low, tail, most = 0, 0, min(len(before), len(after))
        while low < most and before[low] == after[low]:
            low += 1
        while tail < most - low and before[-1 - tail] == after[-1 - tail]:
            tail += 1
        start, end = shift + found.start() + low, shift + found.end() - tail
        yield Edit(start, end, before[low : len(before) - tail], after[low : len(after) - tail], "layout/nfc")
