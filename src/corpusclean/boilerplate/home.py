"""The home of a page's text: the element that, by what the page itself says, the text was written into.

Two things tell it without reading the text: the line that the page's description quotes, and an element below the
headline whose class is that of an editor's text. Neither depends on how much else there is on the page, so a note of
two sentences among a hundred teasers is found as well as a long article.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from ..lines import Block, LineFeatures
from .anchors import holds_text
from .containers import Containers, read_containers
from .features import Columns
from .lexicon import lexicon
from .stretches import Stretch, template_words

__all__ = ["HOME_CARDINALITY", "Home", "find_home", "home_columns", "home_of_stretches", "read_home", "stay_home"]

_SURE = 16
"""A quotation of fewer letters is no anchor."""
_BELOW = 20
"""So many lines below the headline the text has begun."""
_LONG = 20
"""A paragraph has so many units; and without a quotation, an element of fewer is no home."""
_RUNNING = 0.6
"""The share of paragraphs in what an element may grow by."""
_LIVED_IN = {1: 0.3, 2: 0.5}
"""A home is believed, by its kind, if its lines are on the average as likely as this ..."""
_REPLIES = 0.4
"""... and if less of what is likely outside lies in elements named for replies: a thread lives in many."""
_TEASERS = 0.5
"""Without a quotation, so much of what is likely outside has to be links: else it may be the text's next part."""
_ABROAD = 10.0
"""Log-odds that a line outside of a home that is believed loses."""

HOME_CARDINALITY = {"home": 10, "s_home": 13}
"""How many values each column can take."""


class Home(NamedTuple):
    """Where the text lives.

    Attributes:
        first: number of the first line.
        stop: number of the line behind the last.
        kind: 1 an element named for a text that holds the line the description quotes, 2 one below the headline,
            3 the element around the quoted line, with no name that tells; 0 there is none.
    """

    first: int
    stop: int
    kind: int


def find_home(
    features: Sequence[LineFeatures],
    sizes: Sequence[int],
    titles: Sequence[int],
    quoted: Sequence[int],
    containers: Containers | None = None,
) -> Home:
    """The home of the page's text.

    Args:
        features: what the markup said of each line.
        sizes: length of each line in units.
        titles: which lines repeat the page's title.
        quoted: how much of each line the description quotes; see :func:`~.anchors.quoted_lines`.
        containers: those of the page, if they have been read.

    >>> body = LineFeatures(within=(0, 2), blocks=(("body", frozenset()), ("div", frozenset({"entry", "content"}))))
    >>> find_home([LineFeatures(within=(0,), blocks=body.blocks[:1]), body, body], [9, 40, 40], [2, 0, 0], [0, 0, 0])
    Home(first=1, stop=3, kind=2)
    """
    page = _Holders(features, sizes, containers or read_containers(features))
    sure = [i for i, size in enumerate(quoted) if size >= _SURE]
    for i in sure:
        number = next((number for number in reversed(features[i].within) if number in page.holders), None)
        if number is not None:
            return Home(*page.spans[number], 1)
    heads = [i for i, kind in enumerate(titles) if kind == 2] or [i for i, kind in enumerate(titles) if kind]
    if heads:
        below = heads[0] + 1
        for i in range(below, min(len(features), below + _BELOW)):
            for number in reversed(features[i].within):
                first, stop = page.spans[number]
                if number in page.holders and first == i and page.units[stop] - page.units[first] >= _LONG:
                    return Home(first, stop, 2)
    anchor = max(sure, key=lambda i: (quoted[i], -i), default=-1)
    if anchor >= 0 and features[anchor].within:
        return Home(*page.grow(features[anchor].within), 3)
    return Home(0, 0, 0)


class _Holders:
    """The containers of a page: where each lies, and which are named for a text, as no other is."""

    def __init__(self, features: Sequence[LineFeatures], sizes: Sequence[int], containers: Containers) -> None:
        self.spans = containers.spans
        self.units = list(accumulate(sizes, initial=0))
        self.prose = list(
            accumulate(
                [
                    size if size >= _LONG and 2 * one.links < one.chars else 0
                    for size, one in zip(sizes, features, strict=True)
                ],
                initial=0,
            ),
        )
        blocks: dict[int, Block] = {}
        for _, stays, within, said in containers.turns:
            blocks.update(zip(within[stays:], said[stays:], strict=False))
        known = {}
        holding: dict[int, frozenset[str] | None] = {}  # containers share their class words
        articles = 0
        for number, (name, own) in blocks.items():
            key = id(own)
            if key not in holding:
                words = template_words(own) if own else own
                holding[key] = words if words and holds_text(words) else None
            articles += name == "article"
            named = holding[key]
            if named is not None or name == "article":
                known[number] = (name == "article", named)
        alike = Counter(known.values())
        self.holders = {
            number
            for number, (is_article, named) in known.items()
            if (named is not None and alike[is_article, named] == 1) or (is_article and articles == 1)
        }

    def grow(self, within: Sequence[int]) -> tuple[int, int]:
        """The lines of the innermost container, or of one around it as long as what that adds is running text."""
        first, stop = self.spans[within[-1]]
        for number in reversed(within[:-1]):
            low, high = self.spans[number]
            more = self.units[high] - self.units[low] - self.units[stop] + self.units[first]
            prose = self.prose[high] - self.prose[low] - self.prose[stop] + self.prose[first]
            if prose < _RUNNING * more:
                break
            first, stop = low, high
        return first, stop


def home_columns(home: Home, count: int) -> Columns:
    """The column ``home``: for each of `count` lines whether it is in the home, before or behind it, by its kind.

    >>> home_columns(Home(1, 3, 2), 4)
    {'home': [5, 4, 4, 6]}
    """
    first, stop, kind = home
    if not kind:
        return {"home": [0] * count}
    within = 3 * kind - 2
    return {"home": [*[within + 1] * first, *[within] * (stop - first), *[within + 2] * (count - stop)]}


def read_home(column: Sequence[int]) -> Home:
    """The home that a column ``home`` was made of.

    >>> read_home([5, 4, 4, 6])
    Home(first=1, stop=3, kind=2)
    """
    kind = (column[0] + 2) // 3 if column else 0
    inner = [i for i, value in enumerate(column) if value % 3 == 1]
    return Home(inner[0], inner[-1] + 1, kind) if kind and inner else Home(0, 0, 0)


def home_of_stretches(stretches: Sequence[Stretch], home: Home) -> Columns:
    """The column ``s_home``: whether each stretch is the home, in it, around it or apart, by its kind.

    >>> home_of_stretches([Stretch(0, 9, -1, (), frozenset()), Stretch(1, 3, 0, (), frozenset())], Home(1, 3, 1))
    {'s_home': [3, 1]}
    """
    start, end, kind = home
    if not kind:
        return {"s_home": [0] * len(stretches)}
    base = 4 * kind - 3
    return {
        "s_home": [
            base + (0 if (first, stop) == (start, end) else
                    1 if first >= start and stop <= end else
                    2 if first <= start and stop >= end else 3)
            for first, stop, *_ in stretches
        ]
    }  # fmt: skip


def stay_home(
    scores: Sequence[float], sizes: Sequence[int], features: Sequence[LineFeatures], home: Home
) -> list[float]:
    """The log-odds of lines, less for those outside of the home, if it is believed.

    Lines are judged one by one, and on a page with one paragraph of text and a hundred teasers the hundred would win.

    Args:
        scores: log-odds of being content, from the second look.
        sizes: length of each line in units.
        features: what the markup said of each line.
        home: of the page's text.

    >>> stay_home([2.0, 3.0], [40, 40], [LineFeatures(), LineFeatures()], Home(0, 1, 1))
    [2.0, -7.0]
    """
    first, stop, kind = home
    if kind not in _LIVED_IN:
        return list(scores)
    masses = [size / (1 + math.exp(-max(-30.0, min(30.0, score)))) for score, size in zip(scores, sizes, strict=True)]
    if sum(masses[first:stop]) < _LIVED_IN[kind] * sum(sizes[first:stop]):
        return list(scores)
    replies = lexicon().replies
    outside = in_replies = in_links = 0.0
    for i, (mass, feature) in enumerate(zip(masses, features, strict=True)):
        if not first <= i < stop:
            outside += mass
            in_links += mass * feature.links / (feature.chars or 1)
            if not replies.isdisjoint(feature.classes):
                in_replies += mass
    if in_replies >= _REPLIES * outside or (kind == 2 and in_links < _TEASERS * outside):
        return list(scores)
    return [score if first <= i < stop else score - _ABROAD for i, score in enumerate(scores)]
