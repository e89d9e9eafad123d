"""Unicode form: one spelling for each character (NFC), changed only where it differs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from ..edits import Edit

__all__ = ["composed"]


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
    if text.isascii() or unicodedata.is_normalized("NFC", text):
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
        start, end = found.start() + low, found.end() - tail
        yield Edit(start, end, before[low : len(before) - tail], after[low : len(after) - tail], "layout/nfc")
