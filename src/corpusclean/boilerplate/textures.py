"""What the surroundings of a line are like: without markup, they tell lists, talk and text apart.

Prose stands together and ends its sentences; the teasers of a list stand alone among names and dates, and break off.
Headlines of a list are of a length; lines of a text are not. And headings such as ``相关推荐`` or ``最新评论`` say what
follows.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from operator import gt, or_, sub

from .features import SHORT_BODY, Columns, since

__all__ = ["TEXTURE_CARDINALITY", "texture_columns"]

_NEAR = 6
"""Lines to each side that count as surroundings."""
_LIST_HEADING = re.compile(
    "相关|推荐|热门|热点|最热|最新|排行|排名|猜你|你可能|感兴趣|精彩|更多|延伸|往期|为您|为你|友情链接|下一篇|其他文章|"
    "related|popular|latest|recommended|trending|more from|more on|more in|more stories|also like|read next|read more|"
    "see also|recent posts|links|関連|おすすめ|ランキング|人気|관련|추천|인기|최신"
)
"""What stands above lists of other pages: `相关阅读`, `related posts`; near miss `相互关心`."""
_TALK_HEADING = re.compile(
    "评论|跟帖|跟贴|回复|留言|回帖|comment|reply|replies|response|discussion|コメント|댓글"
)  # matches `最新评论`, `12 comments`; near miss `点评`
_HEADING = 7
"""A heading is at most so many units long."""
_RATES = (0.0, 0.15, 0.35, 0.6, 0.85)
_MEANS = (3.0, 6.0, 12.0, 25.0, 60.0)
_SPREADS = (0.25, 0.5, 0.8, 1.2)
_DENSITIES = (0.0, 0.01, 0.025, 0.04, 0.06)
_TERMINALS = frozenset((1, 2, 3))

TEXTURE_CARDINALITY = {
    "since_list": 10, "since_talk": 10, "until_date": 10, "cut6": 7, "lone6": 7, "even6": 30, "closed6": 7,
    "grammar6": 6,
}  # fmt: skip
"""How many values each column can take."""


def texture_columns(lines: Sequence[str], sizes: Sequence[int], seen: Columns) -> Columns:
    """The columns of surroundings.

    ``since_list``, ``since_talk``: binned distance back to a heading of a list, of comments; ``until_date``: on to the
    next date. Of the six lines to each side: ``cut6``, the share of long lines that break off; ``lone6``, that of long
    lines without another beside them; ``even6``, how long lines are and how alike in that; ``closed6``, the share of
    lines that end a sentence; ``grammar6``, how many words carry grammar.

    Args:
        lines: trimmed, Simplified, none of them empty.
        sizes: length of each line in units.
        seen: the columns that lines have on their own.

    >>> from .features import line_units, text_columns
    >>> lines = ["今天下雨了。", "相关阅读", "明天天气如何"]
    >>> texture_columns(lines, line_units(lines), text_columns(lines, [0, 0, 0])[0])["since_list"]
    [9, 0, 1]
    """
    count = len(lines)
    short = "\n".join([line if size <= _HEADING else "" for line, size in zip(lines, sizes, strict=True)]).lower()
    ends = seen["end"]
    closed = [end in _TERMINALS for end in ends]
    long = [size >= SHORT_BODY for size in sizes]
    cut = list(map(gt, long, closed))
    beside = list(map(or_, [False, *long], [*long[1:], False, False]))
    lone = list(map(gt, long, beside))
    capped = [min(size, 80) for size in sizes]
    lengths = _around(capped)
    squares = _around([size * size for size in capped])
    widths = _around([1] * count)
    longs = _around(long)
    return {
        "since_list": since(_holding(_LIST_HEADING, short)),
        "since_talk": since(_holding(_TALK_HEADING, short)),
        "until_date": since([value == 3 for value in seen["digits"]][::-1])[::-1],
        "cut6": _shares(_around(cut), longs),
        "lone6": _shares(_around(lone), longs),
        "even6": [
            bisect_right(_MEANS, mean := total / width) * 5
            + bisect_right(_SPREADS, (max(0.0, square / width - mean * mean)) ** 0.5 / (mean or 1))
            for total, square, width in zip(lengths, squares, widths, strict=True)
        ],
        "closed6": _shares(_around(closed), widths),
        "grammar6": [
            bisect_right(_DENSITIES, grammar / (total + 1)) if grammar else 0
            for grammar, total in zip(_around(seen["function"]), lengths, strict=True)
        ],
    }


def _holding(pattern: re.Pattern[str], joined: str) -> list[bool]:
    """Which lines of a text the pattern is found in."""
    return ["\0" in line for line in pattern.sub("\0", joined).split("\n")]


def _around(values: Sequence[int]) -> list[int]:
    """The sum over the lines around each line."""
    sums = [0, *accumulate(values)]
    count = len(values)
    high = (sums[_NEAR + 1 :] + sums[-1:] * _NEAR)[:count]
    low = ([0] * _NEAR + sums)[:count]
    return list(map(sub, high, low))


def _shares(parts: Sequence[int], wholes: Sequence[int]) -> list[int]:
    """Binned shares; 0 where there is no whole."""
    return [1 + bisect_right(_RATES, part / whole) if whole else 0 for part, whole in zip(parts, wholes, strict=True)]
