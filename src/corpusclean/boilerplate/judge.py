"""The judge of lines: one small additive model that looks twice.

The first look scores each line by what it is like and what surrounds it; the second by what the first said of the
line, of its neighbours, and of the stretch it lies in. A score is a sum of weights, one for each feature (or pair of
features), so every decision can be taken apart. There are two sets of weights, with and without markup. They are data
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
from .features import CARDINALITY, Columns, evidence, line_units, text_columns, window_columns

__all__ = ["Look", "Model", "best_bar", "judge_lines", "judge_model", "score_lines", "take_look"]

MIN_WORDS = 3
"""Text without markup is judged only if it holds this many different words of furniture that no rule takes: else it
is no page."""

MIN_LINES = 10
"""Nor is it judged with fewer lines: menus come in bulk, and a few lines tell too little."""


class Look(NamedTuple):
    """One sum of weights.

    Attributes:
        bias: where the sum begins.
        tables: weights by the value of a column, or of a pair of columns (the first times the second's size, plus
            the second).
    """

    bias: float
    tables: tuple[tuple[str, str | None, list[float]], ...]


class Model(NamedTuple):
    """The looks at text alone, and at lines with markup."""

    text: tuple[Look, Look]
    markup: tuple[Look, Look]


@cache
def judge_model() -> Model:
    """The weights that come with the package.

    >>> len(judge_model().text)
    2
    """
    text = (resources.files("corpusclean") / "data" / "boilerplate" / "judge.json").read_text("utf-8")
    table: Mapping[str, Any] = json.loads(text)
    return Model(*(tuple(_look(row) for row in table[kind]) for kind in ("text", "markup")))  # type: ignore[arg-type]


def _look(row: Mapping[str, Any]) -> Look:
    tables = []
    for name, weights in row["weights"].items():
        first, _, second = name.partition("*")
        tables.append((first, second or None, [weight / 100 for weight in weights]))
    return Look(row["bias"] / 100, tuple(tables))


def take_look(look: Look, columns: Columns, count: int) -> list[float]:
    """The log-odds of being content of each of `count` lines."""
    scores = [look.bias] * count
    for first, second, weights in look.tables:
        column = columns[first]
        if second is None:
            scores = [score + weights[value] for score, value in zip(scores, column, strict=True)]
        else:
            size = CARDINALITY[second]
            pairs = zip(scores, column, columns[second], strict=True)
            scores = [score + weights[a * size + b] for score, a, b in pairs]
    return scores


def score_lines(
    lines: Sequence[str], hits: Sequence[int], features: Sequence[LineFeatures] | None, title: str, model: Model
) -> list[float]:
    """The log-odds of being content of each line; see :func:`judge_lines`."""
    columns, body = text_columns(lines, hits)
    if features is not None:
        columns |= markup_columns(features, body, lines, title)
    first, second = model.text if features is None else model.markup
    columns |= window_columns(take_look(first, columns, len(lines)), line_units(lines))
    return take_look(second, columns, len(lines))


def judge_lines(
    lines: Sequence[str],
    features: Sequence[LineFeatures] | None = None,
    *,
    title: str = "",
    taken: Sequence[bool] = (),
) -> list[float]:
    """How likely each line is content, 0.0 to 1.0.

    Args:
        lines: trimmed, Simplified, none of them empty.
        features: what the markup said of each; ``None`` for plain text, all of which is content unless words of
            furniture show that a page's menus came along.
        title: the page's title, folded to Simplified, where the markup states one.
        taken: which lines a rule of furniture has taken already.

    >>> judge_lines(["床前明月光，", "疑是地上霜。"])
    [1.0, 1.0]
    """
    hits, words = evidence(lines)
    if taken and features is None:
        words = evidence([line for line, gone in zip(lines, taken, strict=True) if not gone])[1]
    if not lines or (features is None and (words < MIN_WORDS or len(lines) < MIN_LINES)):
        return [1.0] * len(lines)
    if taken:
        hits = [3 if gone else hit for hit, gone in zip(hits, taken, strict=True)]
    return [_chance(score) for score in score_lines(lines, hits, features, title, judge_model())]


def best_bar(chances: Sequence[float], sizes: Sequence[int]) -> float:
    """The chance from which lines are kept where the judge is sure of none: the one with the best F1 to expect.

    Lines that are all as likely are all kept; of a page of menus the least unlikely are.

    >>> best_bar([0.4, 0.01, 0.02], [20, 10, 10])
    0.4
    >>> best_bar([0.1, 0.1, 0.1], [20, 10, 10])
    0.1
    """
    wanted = sum(chance * size for chance, size in zip(chances, sizes, strict=True))
    right, kept, best, bar = 0.0, 0, -1.0, 0.0
    for chance, size in sorted(zip(chances, sizes, strict=True), reverse=True):
        right += chance * size
        kept += size
        share = right / (kept + wanted) if kept else 0.0
        if share >= best:
            best, bar = share, chance
    return bar


def _chance(score: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
