"""Runs of lines: without markup, the main text is a run of lines most of which are likely.

A paragraph among menus may be a teaser; the same paragraph in the page's longest run of likely lines is the article.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, groupby

from .features import Columns

__all__ = ["RUN_CARDINALITY", "piece_columns", "run_columns"]

_BAR = 0.35
"""A run goes on while the lines around are on the average as likely as this."""
_REACH = 2
"""Lines to each side that count as around."""
_SHARES = (0.02, 0.1, 0.3, 0.7, 0.99)
_WIDE = 8
"""A gap of more lines than this is no interruption of a text."""

RUN_CARDINALITY = {"run": 10, "run_place": 7, "piece": 12, "piece_share": 7}
"""How many values each column can take."""


def run_columns(chances: Sequence[float], sizes: Sequence[int]) -> Columns:
    """The columns of the second look that runs of likely lines give.

    ``run``: of a line in a run of likely lines 1 to 6, by how much the run holds next to the best one; of others 7, or
    8 where the better neighbouring run holds more than half as much as the best one, 9 if besides the gap is wide.
    ``run_place``: 1 before, 2 in, 3 behind the best run; 3 more for lines in no run. Both are 0 if there is no run.

    Args:
        chances: of each line to be content, from the first look.
        sizes: length of each line in units.

    >>> run_columns([0.1, 0.1, 0.1, 0.9, 0.9, 0.9, 0.1], [4, 4, 4, 40, 40, 40, 4])
    {'run': [8, 6, 6, 6, 6, 6, 6], 'run_place': [4, 2, 2, 2, 2, 2, 2]}
    """
    count = len(chances)
    mass, weight = _sums(chances, sizes)

    def is_likely(i: int) -> bool:
        low, high = max(0, i - _REACH), min(count, i + _REACH + 1)
        return mass[high] - mass[low] >= _BAR * (weight[high] - weight[low])

    runs: list[tuple[int, int, bool, float]] = []  # first, behind the last, whether likely, what it holds
    for likely, group in groupby(range(count), is_likely):
        first, *rest = group
        stop = rest[-1] + 1 if rest else first + 1
        runs.append((first, stop, likely, mass[stop] - mass[first] - _BAR * (weight[stop] - weight[first])))
    best = max((run for run in runs if run[2]), key=lambda run: run[3], default=None)
    if best is None:
        return {"run": [0] * count, "run_place": [0] * count}
    most = max(best[3], 1.0)
    kinds: list[int] = []
    places: list[int] = []
    for number, (first, stop, likely, held) in enumerate(runs):
        if likely:
            kind = 1 + bisect_right(_SHARES, held / most)
        else:
            near = max([runs[k][3] for k in (number - 1, number + 1) if 0 <= k < len(runs)], default=0.0)
            kind = 7 if 2 * near <= most else 8 + (stop - first > _WIDE)
        place = (1 if stop <= best[0] else 3 if first >= best[1] else 2) + 3 * (not likely)
        kinds += [kind] * (stop - first)
        places += [place if place < 7 else 6] * (stop - first)
    return {"run": kinds, "run_place": places}


def piece_columns(chances: Sequence[float], sizes: Sequence[int], seen: Columns) -> Columns:
    """The columns of the second look that pieces give: what lies between lines of furniture, dates and headings.

    What stands together stays or goes together: a long text does not get less likely towards its end. ``piece``: the
    mean chance of the lines of a piece, in twelfths; ``piece_share``: how much it holds next to the best one, 0 for
    furniture and headings.

    Args:
        chances: of each line to be content, from the first look.
        sizes: length of each line in units.
        seen: the columns of the first look.

    >>> seen = {"word": [3, 0, 0, 3], "digits": [0] * 4, "since_list": [9] * 4, "since_talk": [9] * 4}
    >>> piece_columns([0.1, 0.9, 0.8, 0.1], [4, 40, 30, 4], seen)
    {'piece': [1, 10, 10, 1], 'piece_share': [0, 6, 6, 0]}
    """
    mass, weight = _sums(chances, sizes)
    between = [
        hit > 1 or number == 3 or not back or not said
        for hit, number, back, said in zip(
            seen["word"], seen["digits"], seen["since_list"], seen["since_talk"], strict=True
        )
    ]
    pieces: list[tuple[int, bool, float, float]] = []  # lines, whether furniture, mean chance, what it holds
    at = 0
    for furniture, group in groupby(between):
        stop = at + sum(1 for _ in group)
        held, heavy = mass[stop] - mass[at], weight[stop] - weight[at]
        pieces.append((stop - at, furniture, held / heavy, held - _BAR * heavy))
        at = stop
    most = max([held for _, furniture, _, held in pieces if not furniture], default=0.0) or 1.0
    means, shares = [], []
    for lines, furniture, mean, held in pieces:
        means += [int(11.99 * mean)] * lines
        shares += [0 if furniture else 1 + bisect_right(_SHARES, held / most)] * lines
    return {"piece": means, "piece_share": shares}


def _sums(chances: Sequence[float], sizes: Sequence[int]) -> tuple[list[float], list[int]]:
    """Running sums of chances, weighted by size, and of the weights."""
    weights = [min(size, 200) + 5 for size in sizes]
    return (
        list(accumulate([a * b for a, b in zip(chances, weights, strict=True)], initial=0.0)),
        list(accumulate(weights, initial=0)),
    )
