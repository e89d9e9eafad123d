"""The judge of lines: one small additive model that looks twice.

The first look scores each line by what it is like and what surrounds it; the second by what the first said of the
line, of its neighbours, and of the stretch it lies in. With markup a ranking stands between the two: it weighs which
of the page's elements holds the main text. A score is a sum of weights, one for each feature (or pair of features),
so every decision can be taken apart. There are two sets of weights, with and without markup. They are data
(``data/boilerplate/judge.json``), fitted by ``tools/train_judge.py``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from ..lines import LineFeatures
from .blocks import markup_columns
from .containers import Containers, read_containers
from .features import SHORT_BODY, Columns, line_units, text_columns, window_columns
from .home import home_of_stretches, read_home, stay_home
from .lexicon import evidence
from .looks import COLUMN_SIZES, Look, take_look
from .regions import region_columns
from .runs import piece_columns, run_columns
from .shapes import shape_columns
from .stretches import find_stretches, rank_stretches, stretch_columns
from .textures import texture_columns

__all__ = [
    "COLUMN_SIZES",
    "NEAR_ANY",
    "NEAR_BEST",
    "Look",
    "Model",
    "Ranking",
    "judge_lines",
    "judge_model",
    "likely_bar",
    "place_columns",
    "score_lines",
    "take_look",
]

MIN_WORDS = 3
"""Text without markup is judged only if it holds this many different words of furniture that no rule takes (five if
all of them are in Latin letters): else it is no page."""

MIN_LINES = 10
"""Nor is it judged with fewer lines: menus come in bulk, and a few lines tell too little."""

NEAR_BEST = 0.9
"""With markup, the bar is lowered where the F1 to expect of it is less than this share of the best."""

NEAR_ANY = 0.01
"""Without markup, where it would keep nothing: there chances tell too little of galleries and lists."""


class Ranking(NamedTuple):
    """How stretches are weighed against each other.

    Attributes:
        look: the weights of their columns.
        words: the weights of their class words, in hundredths.
    """

    look: Look
    words: Mapping[str, int]


class Model(NamedTuple):
    """The looks at text alone, the looks at lines with markup, and the ranking of stretches between these."""

    text: tuple[Look, Look]
    markup: tuple[Look, Look]
    ranking: Ranking


@cache
def judge_model() -> Model:
    """The weights that come with the package.

    >>> len(judge_model().text)
    2
    """
    text = (resources.files("corpusclean") / "data" / "boilerplate" / "judge.json").read_text("utf-8")
    table: Mapping[str, Any] = json.loads(text)
    (text1, text2), (markup1, markup2) = (map(_look, table[kind]) for kind in ("text", "markup"))
    ranking = table["ranking"]
    return Model((text1, text2), (markup1, markup2), Ranking(_look(ranking), ranking["words"]))


def _look(row: Mapping[str, Any]) -> Look:
    tables = []
    for name, weights in row["weights"].items():
        first, _, second = name.partition("*")
        tables.append((first, second or None, weights))
    return Look(row["bias"], tuple(tables))


def score_lines(
    lines: Sequence[str],
    hits: Sequence[int],
    features: Sequence[LineFeatures] | None,
    title: str,
    description: str,
    model: Model,
) -> list[float]:
    """The log-odds of being content of each line; see :func:`judge_lines`."""
    sizes = line_units(lines)
    columns, body = text_columns(lines, hits, sizes)
    if features is None:
        columns |= shape_columns(lines, sizes)
        columns |= texture_columns(lines, sizes, columns)
        first, second = model.text
        scores = take_look(first, columns, len(lines))
        columns |= window_columns(scores, sizes)
        chances = _chances(scores)
        columns |= run_columns(chances, sizes) | piece_columns(chances, sizes, columns)
    else:
        containers = read_containers(features)
        columns |= markup_columns(features, body, lines, title, description, containers)
        first, second = model.markup
        scores = take_look(first, columns, len(lines))
        columns |= window_columns(scores, sizes)
        columns |= place_columns(scores, sizes, body, features, columns, model.ranking, containers)
    scores = take_look(second, columns, len(lines))
    return scores if features is None else stay_home(scores, sizes, features, read_home(columns["home"]))


def place_columns(
    scores: Sequence[float],
    sizes: Sequence[int],
    body: Sequence[int],
    features: Sequence[LineFeatures],
    seen: Columns,
    ranking: Ranking,
    containers: Containers | None = None,
) -> Columns:
    """What the second look hears of where each line lies; `scores` are those of the first look, `seen` its columns."""
    chances = _chances(scores)
    stretches = find_stretches(features, sizes, containers)
    columns = stretch_columns(stretches, features, chances, sizes, body, seen["title"], seen["said_gap"])
    columns |= home_of_stretches(stretches, read_home(seen["home"]))
    ranks = rank_stretches(take_look(ranking.look, columns, len(stretches)), stretches, ranking.words)
    return region_columns(stretches, ranks, features, chances, sizes)


def judge_lines(
    lines: Sequence[str],
    features: Sequence[LineFeatures] | None = None,
    *,
    title: str = "",
    description: str = "",
    taken: Sequence[bool] = (),
) -> list[float]:
    """How likely each line is content, 0.0 to 1.0.

    Args:
        lines: trimmed, Simplified, none of them empty.
        features: what the markup said of each; ``None`` for plain text, all of which is content unless words of
            furniture show that a page's menus came along.
        title: the page's title, folded to Simplified, where the markup states one.
        description: the page's description, likewise.
        taken: which lines a rule of furniture has taken already.

    >>> judge_lines(["床前明月光，", "疑是地上霜。"])
    [1.0, 1.0]
    """
    if not lines or (features is None and len(lines) < MIN_LINES):
        return [1.0] * len(lines)
    hits, words = evidence(lines)
    if features is None:
        if words >= MIN_WORDS and any(taken):
            words = evidence([line for line, gone in zip(lines, taken, strict=True) if not gone])[1]
        if words < MIN_WORDS or max(line_units(lines)) < SHORT_BODY:
            return [1.0] * len(lines)  # no page, or a mere list of words
    if taken:
        hits = [3 if gone else hit for hit, gone in zip(hits, taken, strict=True)]
    return _chances(score_lines(lines, hits, features, title, description, judge_model()))


def likely_bar(chances: Sequence[float], sizes: Sequence[int], bar: float, near: float = NEAR_BEST) -> float:
    """The chance from which lines are kept: `bar`, or a lower one where `bar` would miss much of what is likely.

    Lower is the bar with the best F1 to expect, on pages where that of `bar` is clearly worse: galleries, lists of
    names, threads of one-word replies. Lines that are all as likely are all kept.

    Args:
        chances: of each line.
        sizes: length of each line.
        bar: the chance from which lines are to be kept.
        near: how near `bar` has to come to the best F1 to expect, as a share of it.

    >>> likely_bar([0.9, 0.4, 0.01], [20, 2, 10], 0.5)
    0.5
    >>> likely_bar([0.4, 0.01, 0.02], [20, 10, 10], 0.5)
    0.4
    >>> likely_bar([0.1, 0.1, 0.1], [20, 10, 10], 0.5)
    0.1
    """
    wanted = sum(chance * size for chance, size in zip(chances, sizes, strict=True))
    right, kept, best, lower, own = 0.0, 0, -1.0, 0.0, 0.0
    for chance, size in sorted(zip(chances, sizes, strict=True), reverse=True):
        right += chance * size
        kept += size
        share = right / (kept + wanted) if kept else 0.0
        if share >= best:
            best, lower = share, chance
        if chance >= bar:
            own = share
    return bar if own and own >= near * best else min(bar, lower)


def _chances(scores: Sequence[float]) -> list[float]:
    """The chances for log-odds."""
    exp = math.exp
    return [1 / (1 + exp(-score if -30 < score < 30 else -30 if score > 0 else 30)) for score in scores]
