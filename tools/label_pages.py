"""Which lines of a labelled page are content, and how pages are laid out anew. A part of ``train_judge.py``."""

from __future__ import annotations

import random
import re
from collections import Counter
from itertools import groupby

__all__ = ["f1", "grams", "label_lines", "letters", "rewrap", "thin"]

GONE = 0.6
"""The chance that a run of furniture has gone from a page that was half cleaned; and a line of those that have not."""
MOSTLY = 0.8
"""A long line is content if so much of it is."""


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def grams(text: str) -> Counter[str]:
    text = letters(text)
    return Counter(text[i : i + 4] for i in range(max(1, len(text) - 3)))


def f1(right: float, found: float, wanted: float) -> float:
    return 2 * right / (found + wanted) if found + wanted else 0.0


def label_lines(lines: list[str], gold: str) -> list[bool]:
    """Whether each line is content.

    A short one outside the main stretch matches the text by accident; a long one of which most is in the text is
    content although the text breaks it otherwise or lacks its reference marks.
    """
    whole, gold_lines = letters(gold), {letters(line) for line in gold.split("\n")}
    folded = [letters(line) for line in lines]
    wanted = [x in whole if len(x) >= 4 else bool(x) and x in gold_lines for x in folded]
    long = [i for i, (x, y) in enumerate(zip(folded, wanted, strict=True)) if y and len(x) >= 12]
    if not long:
        return wanted
    known = set(grams(gold))
    wanted = [
        y or (len(x) >= 16 and sum(x[i : i + 4] in known for i in range(len(x) - 3)) >= MOSTLY * (len(x) - 3))
        for x, y in zip(folded, wanted, strict=True)
    ]
    return [
        y and (long[0] - 6 <= i <= long[-1] + 6 or len(x) >= 8)
        for i, (x, y) in enumerate(zip(folded, wanted, strict=True))
    ]


def rewrap(raw: list[str], label: list[bool], rng: random.Random) -> tuple[list[str], list[bool]]:
    """The page as another tool may have laid it out: menus on one line, paragraphs broken at clauses."""
    out: list[tuple[str, bool]] = []
    run: list[str] = []
    step, mark = rng.choice([6, 12, 20]), rng.choice([" | ", " ", "  ", " > "])
    for line, wanted in zip([*raw, ""], [*label, True], strict=True):
        if not wanted and len(line) <= 12 and not re.search("[。！？；，!?;]", line):
            run.append(line)
            continue
        size = step if len(run) >= 3 else 1
        out += [(mark.join(run[i : i + size]), False) for i in range(0, len(run), size)]
        pieces = re.split(r"(?<=[，。；！？])|(?<=[,;.!?])\s", line)
        out += [(piece.strip(), wanted) for piece in pieces if piece.strip()]
        run = []
    return [line for line, _ in out], [wanted for _, wanted in out]


def thin(raw: list[str], label: list[bool], rng: random.Random) -> tuple[list[str], list[bool]]:
    """The page half cleaned, as it is when the judge walks it again, or as another tool left it."""
    out: list[tuple[str, bool]] = []
    for wanted, run in groupby(zip(raw, label, strict=True), key=lambda pair: pair[1]):
        if wanted:
            out += run
        elif rng.random() >= GONE:
            out += [pair for pair in run if rng.random() >= GONE]
    return [line for line, _ in out], [wanted for _, wanted in out]
