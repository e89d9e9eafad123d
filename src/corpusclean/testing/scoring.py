"""How near a repaired text came to the truth: exact lines, and how much of the damage was undone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from .simulate import Damaged

__all__ = ["Score", "distance", "score"]

Tool = Callable[[str], object]


class Score(NamedTuple):
    """What a tool made of the cases of one family.

    Attributes:
        lines: how many lines were damaged; where none was, how many there are.
        exact: share of these lines that came out as the truth, 0.0 to 1.0.
        undone: share of the damaged characters that were put right, by edit distance over all lines; below 0.0 if
            the tool added more damage of its own; ``None`` where nothing was damaged.
        failed: texts on which the tool raised an exception; they count as left as they were.
        worst: a damaged line, what came out, and the truth, of the line that stayed farthest off; ``None`` if all
            are exact.
    """

    lines: int
    exact: float
    undone: float | None
    failed: int
    worst: tuple[str, str, str] | None


def score(tool: Tool, cases: Iterable[Damaged]) -> Score:
    r"""Run a tool over the cases and compare line by line.

    A tool takes a text and returns a text, or an object with the attribute ``text``, such as a
    :class:`~corpusclean.Revision`. An output with another number of lines is compared as one line.

    >>> score(str.strip, [Damaged(" a\nb", "a\nb", ()), Damaged("c ", "d", ())])[:3]
    (2, 0.5, 0.6666666666666667)
    """
    compared: list[tuple[int, int]] = []
    failed, worst, most = 0, None, 0
    for case in cases:
        try:
            made = tool(case.text)
            got = str(getattr(made, "text", made))
        except Exception:  # a tool that breaks is scored, like one that does nothing
            got, failed = case.text, failed + 1
        for damaged, out, truth in _lines(case.text, got, case.truth):
            off = distance(out, truth)
            compared.append((distance(damaged, truth), off))
            if off > most:
                worst, most = (damaged, out, truth), off
    before, after = sum(was for was, _ in compared), sum(off for _, off in compared)
    counted = [off for was, off in compared if was] if before else [off for _, off in compared]
    exact = counted.count(0) / len(counted) if counted else 0.0
    return Score(len(counted), exact, 1 - after / before if before else None, failed, worst)


def _lines(damaged: str, out: str, truth: str) -> list[tuple[str, str, str]]:
    rows = [text.split("\n") for text in (damaged, out, truth)]
    if len({len(row) for row in rows}) == 1:
        return list(zip(*rows, strict=True))
    return [(damaged, out, truth)]


def distance(one: str, other: str) -> int:
    """The least number of characters to insert, delete or replace to make one text of the other (Levenshtein).

    Bit-parallel (Myers 1999): time is the product of the lengths, divided by the width of a machine word.

    >>> distance("kitten", "sitting"), distance("国家", "国家"), distance("", "abc")
    (3, 0, 3)
    """
    if one == other:
        return 0
    if not one or not other:
        return len(one) + len(other)
    places: dict[str, int] = {}
    for at, char in enumerate(one):
        places[char] = places.get(char, 0) | 1 << at
    every, last = (1 << len(one)) - 1, 1 << len(one) - 1
    rise, fall, total = every, 0, len(one)
    for char in other:
        match = places.get(char, 0) | fall
        level = ((match & rise) + rise ^ rise) | match
        grow, shrink = fall | ~(level | rise) & every, rise & level
        total += bool(grow & last) - bool(shrink & last)
        grow, shrink = (grow << 1 | 1) & every, shrink << 1 & every
        match = places.get(char, 0) | fall
        rise, fall = shrink | ~(match | grow) & every, grow & match
    return total
