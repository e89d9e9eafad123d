"""Lines that look alike: what plain text still tells of the template that printed it.

A list of other pages repeats itself in how its lines begin or end: ``某某的博客``, ``阅读量 1234``, ``05-19``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from .features import Columns

__all__ = ["SHAPE_CARDINALITY", "shape_columns"]

_DIGITS = re.compile("[0-9]")
_LONGEST = 40
"""Longer lines are no part of a template."""
_EDGE = 3
"""Lines that begin or end with the same characters, so many, look alike; digits are all the same."""
_ALIKE = (1, 2, 4, 8)
_NEAR = 6
_MANY = 3
"""So many lines that look alike are of a template."""
SHAPE_CARDINALITY = {"shape": len(_ALIKE) + 2, "shapes6": 8}
"""How many values each column can take."""


def shape_columns(lines: Sequence[str], sizes: Sequence[int]) -> Columns:
    """What lines look like next to the others of the page.

    ``shape``: how many lines begin or end as this one does, binned; 0 for long lines. ``shapes6``: how many of the six
    lines to each side are of a template, halved.

    Args:
        lines: trimmed, Simplified, none of them empty.
        sizes: length of each line in units.

    >>> shape_columns(["甲的博客", "今天下雨了。", "乙的博客", "丙的博客"], [4, 6, 4, 4])
    {'shape': [3, 2, 3, 3], 'shapes6': [2, 2, 2, 2]}
    """
    short = [_DIGITS.sub("0", line) if size <= _LONGEST else "" for line, size in zip(lines, sizes, strict=True)]
    heads = Counter(line[:_EDGE] for line in short if line)
    tails = Counter(line[-_EDGE:] for line in short if line)
    alike = [max(heads[line[:_EDGE]], tails[line[-_EDGE:]]) if line else 0 for line in short]
    count = len(lines)
    of_template = [0, *accumulate([number >= _MANY for number in alike])]
    return {
        "shape": [1 + bisect_right(_ALIKE, number) if number else 0 for number in alike],
        "shapes6": [
            min(7, (of_template[min(count, i + _NEAR + 1)] - of_template[max(0, i - _NEAR)] + 1) // 2)
            for i in range(count)
        ],
    }
