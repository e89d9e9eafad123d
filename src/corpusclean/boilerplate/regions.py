"""What a line hears of the stretch that it lies in, and of the lines that the same template printed.

A page's main text is one of its stretches (:mod:`.stretches`), and what one template prints is alike: all replies of
a thread, all paragraphs of an article, all cards of a teaser list.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Sequence
from itertools import accumulate

from ..lines import LineFeatures
from .features import Columns
from .stretches import Stretch, template_words

__all__ = ["REGION_CARDINALITY", "region_columns"]

_CHANCES = (0.01, 0.03, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.97, 0.99)
_ALONE = 12

REGION_CARDINALITY = {"inside": len(_CHANCES) + 1, "spot": 8, "alike": _ALONE + 1, "named": _ALONE + 1}
"""How many values each column can take."""


def region_columns(
    stretches: Sequence[Stretch],
    ranks: Sequence[float],
    features: Sequence[LineFeatures],
    chances: Sequence[float],
    sizes: Sequence[int],
) -> Columns:
    """The columns of the second look that stretches and templates give.

    Args:
        stretches: of the page.
        ranks: the chance of each to be the main text.
        features: what the markup said of each line.
        chances: of each line to be content, from the first look.
        sizes: length of each line in units.
    """
    count = len(features)
    steps = [0.0] * (count + 1)
    for (first, stop, *_), rank in zip(stretches, ranks, strict=True):
        steps[first] += rank
        steps[stop] -= rank
    weights = [min(size, 200) + 5 for size in sizes]
    words = [template_words(feature.own_classes) for feature in features]
    paths = [feature.tags for feature in features]
    return {
        "inside": [bisect_right(_CHANCES, chance) for chance in accumulate(steps[:-1])],
        "spot": _spots(stretches, ranks, count),
        "alike": _others(chances, weights, [(path[-5:], own) for path, own in zip(paths, words, strict=True)]),
        "named": _others(chances, weights, [own or path[-3:] for path, own in zip(paths, words, strict=True)]),
    }


def _spots(stretches: Sequence[Stretch], ranks: Sequence[float], count: int) -> list[int]:
    """Where each line lies from the likeliest stretch.

    0 to 3 in it, by how many smaller stretches are around the line; 4 before and 5 behind it in the next larger one;
    6 before and 7 behind that.
    """
    best = max(range(len(ranks)), key=ranks.__getitem__)
    first, stop, parent, *_ = stretches[best]
    above = stretches[max(parent, 0)]
    depths = [0] * (count + 1)
    for one in stretches[best + 1 :]:
        if one.first >= stop:
            break
        depths[one.first] += 1
        depths[one.stop] -= 1
    inner = list(accumulate(depths))
    return [
        *[6] * above.first,
        *[4] * (first - above.first),
        *[min(3, inner[i]) for i in range(first, stop)],
        *[5] * (above.stop - stop),
        *[7] * (count - above.stop),
    ]


def _others(chances: Sequence[float], weights: Sequence[int], keys: Sequence[Hashable]) -> list[int]:
    """The mean chance of the other lines with the same key, 0 to 11; 12 where there is none."""
    sums: dict[Hashable, list[float]] = {}
    groups = []
    for key, chance, weight in zip(keys, chances, weights, strict=True):
        group = sums.get(key)
        if group is None:
            group = sums[key] = [0.0, 0.0]
        group[0] += chance * weight
        group[1] += weight
        groups.append(group)
    return [
        _ALONE if whole - weight < 1 else max(0, min(11, int(11.99 * (mass - chance * weight) / (whole - weight))))
        for (mass, whole), chance, weight in zip(groups, chances, weights, strict=True)
    ]
