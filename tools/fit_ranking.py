"""Fits the ranking of stretches: which element of a page holds the main text. A part of ``train_judge.py``.

The weights are those of a conditional logit: of each page the chances of all its stretches sum to one, and each page
counts alike, whether its text is long or short. The chances aimed at follow the F1 that keeping just that stretch
would reach.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from corpusclean.boilerplate.features import Columns, line_units
from corpusclean.boilerplate.home import home_of_stretches, read_home
from corpusclean.boilerplate.judge import COLUMN_SIZES, Look, Ranking, take_look
from corpusclean.boilerplate.stretches import (
    STRETCH_CARDINALITY,
    Stretch,
    find_stretches,
    rank_stretches,
    stretch_columns,
)
from corpusclean.lines import LineFeatures

__all__ = ["Candidates", "find_candidates", "fit_ranking", "rank"]

RANKING = [
    *STRETCH_CARDINALITY, "s_home", "s_title*s_since", "s_size*s_links", "s_share*s_title", "s_mean*s_size",
    "s_body*s_share", "s_said*s_share", "s_said*s_title", "s_home*s_share",
]  # fmt: skip
SHARPNESS = 8.0
"""How much a stretch that would reach a better F1 is preferred."""
STRENGTH = 1.0
"""How hard the weights are held back."""
HOSTS = 4
"""A class word is weighed if it is met on so many hosts."""


class Candidates(NamedTuple):
    """The stretches of one page, their columns, the F1 that each would reach, and how much the page counts."""

    host: str
    stretches: list[Stretch]
    columns: Columns
    reach: list[float]
    weight: float


def find_candidates(
    host: str,
    lang: str,
    features: list[LineFeatures],
    lines: list[str],
    label: list[bool],
    chances: list[float],
    body: list[int],
    seen: Columns,
) -> Candidates:
    """The stretches of a page whose lines have these chances by the first look."""
    sizes = line_units(lines)
    stretches = find_stretches(features, sizes)
    right = list(accumulate([size * wanted for size, wanted in zip(sizes, label, strict=True)], initial=0))
    total = list(accumulate(sizes, initial=0))
    reach = [
        2 * (right[x.stop] - right[x.first]) / (total[x.stop] - total[x.first] + right[-1] or 1) for x in stretches
    ]
    columns = stretch_columns(stretches, features, chances, sizes, body, seen["title"], seen["said_gap"])
    columns |= home_of_stretches(stretches, read_home(seen["home"]))
    return Candidates(host, stretches, columns, reach, 1.0 if lang == "en" else 3.0)


def fit_ranking(pages: Sequence[Candidates]) -> Ranking:
    """Fit the weights of columns and class words."""
    hosts: dict[str, set[str]] = {}
    for page in pages:
        for stretch in page.stretches:
            for word in stretch.words:
                hosts.setdefault(word, set()).add(page.host)
    words = sorted(word for word, met in hosts.items() if len(met) >= HOSTS)
    starts, width = {}, 0
    for name in RANKING:
        starts[name] = width
        width += _size(name)
    places = {word: width + number for number, word in enumerate(words)}
    rows = [row for page in pages for row in _rows(page, starts, places)]
    table = csr_matrix(
        (np.ones(sum(map(len, rows))), np.concatenate(rows), np.cumsum([0, *map(len, rows)])),
        shape=(len(rows), width + len(words)),
    )
    found = _fit(table, pages)
    tables = []
    for name in RANKING:
        first, _, second = name.partition("*")
        weights = found[starts[name] : starts[name] + _size(name)]
        tables.append((first, second or None, [round(100 * float(x)) for x in weights]))
    return Ranking(Look(0, tuple(tables)), {word: round(100 * float(found[at])) for word, at in places.items()})


def _size(name: str) -> int:
    first, _, second = name.partition("*")
    return COLUMN_SIZES[first] * (COLUMN_SIZES[second] if second else 1)


def _rows(page: Candidates, starts: dict[str, int], places: dict[str, int]) -> list[list[int]]:
    """Which weights each stretch of a page adds up."""
    rows: list[list[int]] = [[] for _ in page.stretches]
    for name, start in starts.items():
        first, _, second = name.partition("*")
        values = page.columns[first]
        if second:
            values = [a * COLUMN_SIZES[second] + b for a, b in zip(values, page.columns[second], strict=True)]
        for row, value in zip(rows, values, strict=True):
            row.append(start + value)
    for row, stretch in zip(rows, page.stretches, strict=True):
        row.extend(sorted(places[word] for word in stretch.words if word in places))
    return rows


def _fit(table: csr_matrix, pages: Sequence[Candidates]) -> np.ndarray:
    bounds = np.cumsum([0, *(len(page.stretches) for page in pages)])
    owner = np.repeat(np.arange(len(pages)), np.diff(bounds))
    goals = []
    for page in pages:
        reach = np.array(page.reach)
        share = np.exp(SHARPNESS * (reach - reach.max()))
        goals.append(share / share.sum() * page.weight * reach.max())
    goal = np.concatenate(goals)
    amount = np.add.reduceat(goal, bounds[:-1])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        sums = table @ weights
        sums = sums - np.maximum.reduceat(sums, bounds[:-1])[owner]
        powers = np.exp(sums)
        totals = np.add.reduceat(powers, bounds[:-1])[owner]
        value = -float(goal @ (sums - np.log(totals))) + STRENGTH * float(weights @ weights)
        return value, table.T @ (powers / totals * amount[owner] - goal) + 2 * STRENGTH * weights

    start = np.zeros(table.shape[1])
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300}).x)


def rank(ranking: Ranking, page: Candidates) -> list[float]:
    """The chance of each stretch of a page to be the main text."""
    scores = take_look(ranking.look, page.columns, len(page.stretches))
    return rank_stretches(scores, page.stretches, ranking.words)
