"""Where a page says that its main text is: the lines its description quotes, and elements named for a text.

Most content systems fill ``<meta name="description">`` with the first sentences of the article, so the line that
begins the description begins the text. And a few dozen names of elements (``entry-content``, ``TRS_Editor``,
``js_content``) are those of the editors that texts are written in.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache, lru_cache

from .containers import Containers
from .features import Columns
from .lexicon import lexicon

__all__ = ["ANCHORED", "ANCHOR_CARDINALITY", "anchor_columns", "holds_text", "quoted_lines", "text_holders"]

_LETTERS = re.compile(r"[\W_]+")
_QUOTED = 8
"""So many letters in a row are a quotation."""
_SHORT = 12
"""A line of fewer letters may be a headline or a label that the description names."""
_PARTS = frozenset(
    ("title", "share", "footer", "related", "recommend", "hot", "list", "author", "info", "tag", "tags", "bar", "tool",
     "tools", "header", "head", "nav", "side", "sidebar", "meta", "top", "bottom")
)  # fmt: skip
"""An element with one of these words is a part around the text."""
_ALONE = frozenset(("article", "con", "cont", "content", "detail", "entry", "post", "story", "text", "zoom", "zw"))
"""One of these words and no other is a name for a text."""
_GAPS = (0, 1, 3, 8, 20, 60)
ANCHORED = 2 + len(_GAPS) + bisect_right(_GAPS, 0)
"""The value of ``said_gap`` at the line that is quoted at the greatest length."""

ANCHOR_CARDINALITY = {"said": 4, "said_gap": 2 * len(_GAPS) + 3, "holder": 5}
"""How many values each column can take."""


def quoted_lines(lines: Sequence[str], description: str, title: str, titles: Sequence[int]) -> list[int]:
    """How many letters of each line the page's description quotes, roughly; 0 for most.

    Args:
        lines: trimmed, Simplified.
        description: as the page's head states it, folded to Simplified.
        title: likewise; lines that only begin as the title does are not quoted.
        titles: which lines repeat the title (these are not quoted).

    >>> quoted_lines(["首页", "今天早上，下了一场大雨。"], "大雨。今天早上下了一场大雨。路上…", "大雨", [0, 0])
    [0, 10]
    """
    said, key = _LETTERS.sub("", description)[:400], _LETTERS.sub("", title)
    if len(key) >= 4 and said.startswith(key):
        said = said[len(key) :]
    if len(said) < _QUOTED:
        return [0] * len(lines)
    start, least = said[:_QUOTED], max(_QUOTED, 2 * len(key))
    first, second, third = start[0], start[1], start[2]
    out = []
    for line, titled in zip(lines, titles, strict=True):
        found = 0
        # A line that begins with letters of which the description has none is only quoted if it holds its start.
        if (
            not titled
            and len(line) >= _QUOTED
            and (line[:2] in said or not line[:2].isalnum() or (first in line and second in line and third in line))
        ):
            mine = _LETTERS.sub("", line[:400])
            head = mine[:_QUOTED]
            if len(mine) >= (least if head in key else _QUOTED) and (head in said or start in mine):
                found = min(len(mine), len(said))
        out.append(found)
    return out


def anchor_columns(quoted: Sequence[int], holders: Sequence[int]) -> Columns:
    """The columns of both looks that tell where the page says that its text is.

    ``said``: 0 no line is quoted, 1 others are, 2 this short line is, 3 this long line is. ``said_gap``: how far before
    or behind the line that is quoted at the greatest length. ``holder``: how near is the element named for a text.

    Args:
        quoted: :func:`quoted_lines`.
        holders: for each line, how many elements out the one named for a text is, from 1; 0 if there is none.

    >>> anchor_columns([0, 0, 30, 0], [0, 1, 1, 0])
    {'said': [1, 1, 3, 1], 'said_gap': [3, 3, 9, 10], 'holder': [0, 1, 1, 0]}
    """
    count = len(quoted)
    columns = {"holder": [min(4, holder) for holder in holders]}
    most = max(quoted, default=0)
    if not most:
        return {"said": [0] * count, "said_gap": [0] * count, **columns}
    anchor = next(i for i, size in enumerate(quoted) if size == most)
    return {
        "said": [1 if not size else 2 if size < _SHORT else 3 for size in quoted],
        "said_gap": [
            1 + bisect_right(_GAPS, anchor - i) if i < anchor else 2 + len(_GAPS) + bisect_right(_GAPS, i - anchor)
            for i in range(count)
        ],
        **columns,
    }


def text_holders(containers: Containers, count: int) -> list[int]:
    """For each of `count` lines, how many elements out the nearest one named for a text is, from 1; 0 if there is none.

    >>> from ..lines import LineFeatures
    >>> from .containers import read_containers
    >>> line = LineFeatures(within=(0, 1), blocks=(("div", frozenset({"entry", "content"})), ("p", frozenset())))
    >>> text_holders(read_containers([line]), 1)
    [2]
    """
    holding: dict[int, bool] = {}  # containers share their class words
    nearest: list[int] = []  # for each container open: how many are around the nearest holder, and it; 0 for none
    found: list[int] = []
    out = 0
    for line, stays, _, blocks in containers.turns:
        found += [out] * (line - len(found))
        del nearest[stays:]
        near = nearest[-1] if nearest else 0
        for level in range(stays, len(blocks)):
            words = blocks[level][1]
            if words:
                holds = holding.get(id(words))
                if holds is None:
                    holds = holding[id(words)] = holds_text(words)
                if holds:
                    near = level + 1
            nearest.append(near)
        out = len(blocks) - near + 1 if near else 0
    return found + [out] * (count - len(found))


@lru_cache(1024)
def holds_text(words: frozenset[str]) -> bool:
    """Whether class words are those of an element that editors write texts into.

    >>> holds_text(frozenset({"entry", "content", "wide"})), holds_text(frozenset({"content", "wide"}))
    (True, False)
    >>> holds_text(frozenset({"article", "content", "title"}))
    False
    """
    if len(words) == 1:
        return not words.isdisjoint(_ALONE) or words in lexicon().holders
    if words.isdisjoint(_named_words()) or not words.isdisjoint(_PARTS):
        return False
    return any(map(words.issuperset, lexicon().holders))


@cache
def _named_words() -> frozenset[str]:
    """All words that names of such elements have."""
    return frozenset().union(*lexicon().holders)
