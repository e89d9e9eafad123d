"""What a line hears of the stretch that it lies in, and of the lines that the same template printed.

A page's main text is one of its stretches (:mod:`.stretches`), and what one template prints is alike: all replies of
a thread, all paragraphs of an article, all cards of a teaser list.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Mapping, Sequence
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
    # Lines share their tags and class words, so that keys are made once for each pair of these.
    pairs = [(id(feature.tags), id(feature.own_classes)) for feature in features]
    alike: dict[tuple[int, int], Hashable] = {}
    named: dict[tuple[int, int], Hashable] = {}
    for pair, feature in dict(zip(pairs, features, strict=True)).items():
        path, own = feature.tags, template_words(feature.own_classes)
        alike[pair], named[pair] = (path[-5:], own), own or path[-3:]
    return {
        "inside": [bisect_right(_CHANCES, chance) for chance in accumulate(steps[:-1])],
        "spot": _spots(stretches, ranks, count),
        "alike": _others(chances, weights, pairs, alike),
        "named": _others(chances, weights, pairs, named),
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


def _others(
    chances: Sequence[float],
    weights: Sequence[int],
    pairs: Sequence[tuple[int, int]],
    keys: Mapping[tuple[int, int], Hashable],
) -> list[int]:
    """The mean chance of the other lines with the same key, 0 to 11; 12 where there is none."""
    sums: dict[Hashable, list[float]] = {}
    groups = {pair: sums.setdefault(key, [0.0, 0.0]) for pair, key in keys.items()}
    held = [chance * weight for chance, weight in zip(chances, weights, strict=True)]
    mine = [groups[pair] for pair in pairs]
    for group, mass, weight in zip(mine, held, weights, strict=True):
        group[0] += mass
        group[1] += weight
    return [
        _ALONE if whole - weight < 1 else int(11.99 * (total - mass) / (whole - weight))
        for (total, whole), mass, weight in zip(mine, held, weights, strict=True)
    ]
