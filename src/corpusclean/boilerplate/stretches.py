"""The stretches of a page: the lines that one element holds, and how likely each stretch is the main text.

The lines of an element stand side by side, so a stretch is an interval of lines; elements that hold the same lines
(wrappers) are one stretch. Which lines are content is decided line by line, but where the content lies is a choice
among stretches: their chances sum to one. A teaser reads like an article; only next to the article it is the lesser.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from ..lines import Block, LineFeatures
from .anchors import ANCHORED, holds_text
from .containers import Containers, read_containers
from .features import Columns

__all__ = [
    "STRETCH_CARDINALITY",
    "Stretch",
    "find_stretches",
    "rank_stretches",
    "stretch_columns",
    "template_words",
]

SHORTEST = 12
"""A stretch of fewer units is no main text (the whole page always may be)."""

_SHARES = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.97)
_SIZES = (10, 20, 40, 80, 150, 300, 600, 1200, 2500, 5000)
_COUNTS = (1, 2, 3, 5, 8, 12, 20, 40, 80, 200)
_GAINS = (-0.5, -0.1, 0.0, 0.02, 0.1, 0.3, 0.5, 0.7, 0.85, 0.95)
_NAMES = {
    name: code for code, name in enumerate(("article", "main", "section", "div", "td", "li", "ul", "body", "table"), 1)
}
_BAR = 0.4
"""A line speaks for its stretch by its chance less this."""
_FAR = len(_COUNTS)
_NO_WORDS = frozenset[str]()
_NEAR = 6
"""So many lines behind the first, a stretch still begins: headline, byline, picture."""

STRETCH_CARDINALITY = {
    "s_size": len(_SIZES) + 1, "s_share": len(_SHARES) + 1, "s_body": len(_SHARES) + 1, "s_links": len(_SHARES) + 1,
    "s_mean": 12, "s_gain": len(_GAINS) + 1, "s_above": len(_GAINS) + 1, "s_lines": len(_COUNTS) + 1,
    "s_average": len(_SIZES) + 1, "s_title": 5, "s_since": len(_COUNTS) + 1, "s_start": 10,
    "s_tag": len(_NAMES) + 1, "s_part": len(_SHARES) + 1, "s_twins": 6, "s_said": 6, "s_holder": 4,
}  # fmt: skip
"""How many values each column of stretches can take."""


class Stretch(NamedTuple):
    """Lines of one element.

    Attributes:
        first: number of the first line.
        stop: number of the line behind the last.
        parent: index of the next larger stretch around it, -1 for the whole page.
        tags: names of the elements that hold just these lines, from the outside in.
        words: their class words, without numbers.
    """

    first: int
    stop: int
    parent: int
    tags: tuple[str, ...]
    words: frozenset[str]


@lru_cache(1024)
def template_words(words: frozenset[str]) -> frozenset[str]:
    """Class words without the numbers that count posts and columns.

    >>> sorted(template_words(frozenset({"postmessage", "53885"})))
    ['postmessage']
    """
    return frozenset([word for word in words if not word.isdigit()])


def find_stretches(
    features: Sequence[LineFeatures], sizes: Sequence[int], containers: Containers | None = None
) -> list[Stretch]:
    """The stretches of a page, larger ones before those inside them; the first is the whole page.

    Args:
        features: what the markup said of each line.
        sizes: length of each line in units.
        containers: those of the page, if they have been read.

    >>> lines = [LineFeatures(within=(0, 1)), LineFeatures(within=(0, 2)), LineFeatures(within=(0, 2))]
    >>> [(one.first, one.stop, one.parent) for one in find_stretches(lines, [9, 20, 30])]
    [(0, 3, -1), (1, 3, 0)]
    """
    total = list(accumulate(sizes, initial=0))
    turns, spans = containers or read_containers(features)
    found: list[tuple[int, int, int, list[Block]]] = [(0, len(features), -1, [])]
    opened: list[tuple[int, int]] = []  # the containers around the last line: where each ends, index of the stretch
    for i, _, within, blocks in turns:
        while opened and opened[-1][0] <= i:
            opened.pop()
        for level in range(len(opened), len(within)):
            stop = spans[within[level]][1]
            if total[stop] - total[i] < SHORTEST:
                break  # nor is anything inside it longer
            up = opened[-1][1] if opened else 0
            block = blocks[level] if level < len(blocks) else ("", _NO_WORDS)
            if found[up][0] == i and found[up][1] == stop:
                found[up][3].append(block)
                opened.append((stop, up))
            else:
                opened.append((stop, len(found)))
                found.append((i, stop, up, [block]))
    stretches = []
    for first, stop, up, held in found:
        words = _NO_WORDS.union(*[template_words(words) for _, words in held if words])
        stretches.append(Stretch(first, stop, up, tuple([name for name, _ in held]), words))
    return stretches


def stretch_columns(
    stretches: Sequence[Stretch],
    features: Sequence[LineFeatures],
    chances: Sequence[float],
    sizes: Sequence[int],
    body: Sequence[int],
    titles: Sequence[int],
    said: Sequence[int] = (),
) -> Columns:
    """What each stretch is like, one row for a stretch.

    Args:
        stretches: of the page.
        features: what the markup said of each line.
        chances: of each line to be content, from the first look.
        sizes: length of each line in units.
        body: how much running text each line has.
        titles: which lines repeat the page's title; see :func:`~corpusclean.boilerplate.blocks.title_lines`.
        said: the column ``said_gap`` of :func:`~corpusclean.boilerplate.anchors.anchor_columns`.
    """
    anchor = next((i for i, gap in enumerate(said) if gap == ANCHORED), -1)
    weights = [min(size, 200) + 5 for size in sizes]
    size_to = list(accumulate(sizes, initial=0))
    body_to = list(accumulate(body, initial=0))
    link_to = list(accumulate([feature.links for feature in features], initial=0))
    char_to = list(accumulate([feature.chars for feature in features], initial=0))
    weight_to = list(accumulate(weights, initial=0))
    mass_to = list(accumulate([a * b for a, b in zip(chances, weights, strict=True)], initial=0.0))
    gains = [
        mass_to[stop] - mass_to[first] - _BAR * (weight_to[stop] - weight_to[first]) for first, stop, *_ in stretches
    ]
    most = max(1.0, *gains)
    whole, running, count = size_to[-1] or 1, body_to[-1] or 1, len(sizes)
    twins = Counter((parent, tags, words) for _, _, parent, tags, words in stretches)
    heads = [i for i, kind in enumerate(titles) if kind == 2] or [i for i, kind in enumerate(titles) if kind]
    holders = [holds_text(words) if words else False for _, _, _, _, words in stretches]
    rows = []
    for (first, stop, parent, tags, words), gain, holder in zip(stretches, gains, holders, strict=True):
        size = size_to[stop] - size_to[first]
        above = stretches[max(parent, 0)]
        kind, gap = _place_of_title(heads, first, stop)
        rows.append(
            (
                bisect_right(_SIZES, size),
                bisect_right(_SHARES, size / whole),
                bisect_right(_SHARES, (body_to[stop] - body_to[first]) / running),
                bisect_right(_SHARES, (link_to[stop] - link_to[first]) / (char_to[stop] - char_to[first] or 1)),
                int(11.99 * (mass_to[stop] - mass_to[first]) / (weight_to[stop] - weight_to[first])),
                bisect_right(_GAINS, gain / most),
                bisect_right(_GAINS, (gains[max(parent, 0)] - gain) / most),
                bisect_right(_COUNTS, stop - first),
                bisect_right(_SIZES, size / (stop - first)),
                kind,
                gap,
                10 * first // count,
                next((_NAMES[name] for name in reversed(tags) if name in _NAMES), 0),
                bisect_right(_SHARES, size / (size_to[above.stop] - size_to[above.first] or 1)),
                min(5, twins[parent, tags, words] - 1),
                _place_of_anchor(anchor, first, stop),
                2 * holder + (parent > 0 and holders[parent]),
            )
        )
    return {name: list(column) for name, column in zip(STRETCH_CARDINALITY, zip(*rows, strict=True), strict=True)}


def _place_of_title(heads: Sequence[int], first: int, stop: int) -> tuple[int, int]:
    """Where the title is (0 there is none, 1 begins the stretch, 2 in it, 3 before, 4 after), and how far away."""
    if not heads:
        return 0, _FAR
    at = bisect_right(heads, first - 1)
    if at < len(heads) and heads[at] < stop:
        return (1 if heads[at] == first else 2), bisect_right(_COUNTS, heads[at] - first)
    return (3, bisect_right(_COUNTS, first - heads[0])) if heads[0] < first else (4, _FAR)


def _place_of_anchor(anchor: int, first: int, stop: int) -> int:
    """Where the line is that the description quotes.

    0 there is none, 1 begins the stretch, 2 near its beginning, 3 deeper in it, 4 before, 5 behind.
    """
    if anchor < 0:
        return 0
    if anchor < first:
        return 4
    return 5 if anchor >= stop else 1 if anchor == first else 2 if anchor - first < _NEAR else 3


def rank_stretches(scores: Sequence[float], stretches: Sequence[Stretch], words: Mapping[str, int]) -> list[float]:
    """The chance of each stretch to be the main text; they sum to 1.

    Args:
        scores: of each stretch by its columns.
        stretches: of the page.
        words: weights of class words, in hundredths.
    """
    get = words.get
    sums = [
        score + sum([get(word, 0) for word in stretch.words]) / 100
        for score, stretch in zip(scores, stretches, strict=True)
    ]
    most = max(sums)
    powers = [math.exp(max(-60.0, value - most)) for value in sums]
    total = sum(powers)
    return [power / total for power in powers]
