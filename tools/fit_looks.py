"""Fits one look of the judge: a logistic regression over one-hot columns. A part of ``train_judge.py``."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import block_diag, csr_matrix

from corpusclean.boilerplate.judge import COLUMN_SIZES, Look
from corpusclean.lines import LineFeatures

__all__ = ["Extra", "Sample", "fit", "index", "merge", "written"]

NOMINAL = {"end", "start", "script", "zone", "tag", "own", "best", "heading", "title", "p-1", "p+1", "p-2", "p+2",
           "span", "pick", "cjk", "alike", "named", "spot",
           "said", "said_gap", "holder", "home", "run", "run_place", "even6", "piece_share"}  # fmt: skip
"""Columns whose values have no order; of the others, neighbouring values weigh alike unless the pages say otherwise."""
SINGLE, PAIR = 0.5, 0.5
"""How readily one value of an ordered column, or of a pair, departs from its neighbours."""
SCALES = (0.3, 1.0, 3.0)
"""Each look is the mean of fits held back more and less, so that it hangs less on the one choice."""

Extra = dict[str, list[int]]


class Sample(NamedTuple):
    """One page as the judge sees it."""

    host: str
    lang: str
    kind: str
    gold: str
    raw: list[str]
    lines: list[str]
    columns: dict[str, list[int]]
    label: list[bool]
    weight: list[float]
    features: list[LineFeatures] | None
    body: list[int]


def index(samples: list[Sample], names: list[str], extra: list[dict[str, list[int]]] | None = None) -> csr_matrix:
    """One-hot rows of the lines of all samples."""
    parts, offset = [], 0
    for name in names:
        first, _, second = name.partition("*")
        value = []
        for number, sample in enumerate(samples):
            columns = sample.columns if extra is None else {**sample.columns, **extra[number]}
            a = np.array(columns[first])
            value.append(a * COLUMN_SIZES[second] + np.array(columns[second]) if second else a)
        parts.append(np.concatenate(value) + offset)
        offset += COLUMN_SIZES[first] * (COLUMN_SIZES[second] if second else 1)
    rows = np.stack(parts, axis=1)
    count = len(rows)
    return csr_matrix(
        (np.ones(rows.size), rows.ravel(), np.arange(0, rows.size + 1, rows.shape[1])),
        (count, offset),
    )


def basis(names: list[str]) -> csr_matrix:
    """What is fitted in place of one weight a value: for ordered columns, the steps from each value to the next."""
    blocks = []
    for name in names:
        first, _, second = name.partition("*")
        one = np.eye(COLUMN_SIZES[first] * (COLUMN_SIZES[second] if second else 1))
        if second:
            blocks.append(PAIR * one)
        elif first in NOMINAL:
            blocks.append(one)
        else:
            blocks.append(np.hstack([np.tril(np.ones_like(one))[:, 1:], SINGLE * one]))
    return csr_matrix(block_diag(blocks))


def fit(rows: csr_matrix, samples: list[Sample], names: list[str], strength: float) -> Look:
    label = np.concatenate([sample.label for sample in samples])
    weight = np.concatenate([sample.weight for sample in samples])
    weight = weight / weight.mean()
    steps = basis(names)
    sign = np.where(label, 1.0, -1.0)
    across = rows.T.tocsr()
    found = []
    at = np.zeros(steps.shape[1] + 1)
    for scale in SCALES:
        at = descend(rows, across, steps, sign, strength * scale * weight, at)
        found.append(np.append(steps @ at[:-1], at[-1]))
    coefficients = np.mean(found, axis=0)
    tables, at = [], 0
    for name in names:
        first, _, second = name.partition("*")
        size = COLUMN_SIZES[first] * (COLUMN_SIZES[second] if second else 1)
        tables.append((first, second or None, [round(100 * float(x)) for x in coefficients[at : at + size]]))
        at += size
    return Look(round(100 * float(coefficients[-1])), tuple(tables))


def descend(
    rows: csr_matrix, across: csr_matrix, steps: csr_matrix, sign: np.ndarray, weight: np.ndarray, start: np.ndarray
) -> np.ndarray:
    """The weights of steps, and the bias, with the least loss of a logistic regression, beginning from `start`."""

    def loss(at: np.ndarray) -> tuple[float, np.ndarray]:
        sums = sign * (rows @ (steps @ at[:-1]) + at[-1])
        slope = -weight * sign / (1 + np.exp(np.clip(sums, -60, 60)))
        pull = steps.T @ (across @ slope) + at[:-1]
        value = float(weight @ np.logaddexp(0, -sums)) + 0.5 * float(at[:-1] @ at[:-1])
        return value, np.append(pull, slope.sum())

    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 150, "ftol": 1e-6}).x)


def merge(look: Look) -> Look:
    """The same sums from fewer tables: weights of a single column go into those of a pair that holds it."""
    pairs = [(a, b, list(weights)) for a, b, weights in look.tables if b]
    single = []
    for name, none, weights in look.tables:
        if none:
            continue
        for a, b, table in pairs:
            if name in (a, b):
                size = COLUMN_SIZES[b]
                for i in range(len(table)):
                    table[i] += weights[i // size] if name == a else weights[i % size]
                break
        else:
            single.append((name, None, weights))
    return Look(look.bias, (*single, *pairs))


def written(look: Look) -> dict[str, Any]:
    """A look as it is written down: weights in hundredths."""
    return {"bias": look.bias, "weights": {f"{a}*{b}" if b else a: table for a, b, table in look.tables}}
