"""The containers around the lines of a page, read once for all who ask: sections, lists, cells and the like."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..lines import Block, LineFeatures

__all__ = ["Containers", "Turn", "container_spans", "read_containers"]


class Turn(NamedTuple):
    """A line around which the containers are others than around the line before.

    Attributes:
        line: its number.
        stays: how many of the containers around it were around the line before, from the outside in.
        within: their numbers.
        blocks: their names and class words.
    """

    line: int
    stays: int
    within: tuple[int, ...]
    blocks: tuple[Block, ...]


class Containers(NamedTuple):
    """The containers of a page.

    Attributes:
        turns: the lines from which the containers around are others.
        spans: the first line of each container by its number, and the line behind its last.
    """

    turns: list[Turn]
    spans: dict[int, tuple[int, int]]


def read_containers(features: Sequence[LineFeatures]) -> Containers:
    """The containers around lines: what changes from one line to the next is mostly the innermost.

    >>> lines = [LineFeatures(within=(0, 1)), LineFeatures(within=(0, 2)), LineFeatures(within=(0, 2))]
    >>> found = read_containers(lines)
    >>> [(turn.line, turn.stays) for turn in found.turns], found.spans
    ([(0, 0), (1, 1)], {0: (0, 3), 1: (0, 1), 2: (1, 3)})
    """
    turns: list[Turn] = []
    firsts: dict[int, int] = {}
    stops: dict[int, int] = {}
    before: tuple[int, ...] | None = None
    last: tuple[int, ...] = ()
    for i, feature in enumerate(features):
        within = feature.within
        if within is before:
            continue
        stays = min(len(last), len(within))
        while stays and within[stays - 1] != last[stays - 1]:
            stays -= 1
        for number in last[stays:]:
            stops[number] = i
        for number in within[stays:]:
            if number not in firsts:
                firsts[number] = i
        turns.append(Turn(i, stays, within, feature.blocks))
        before = last = within
    stops.update(dict.fromkeys(last, len(features)))
    return Containers(turns, {number: (first, stops[number]) for number, first in firsts.items()})


def container_spans(features: Sequence[LineFeatures]) -> dict[int, tuple[int, int]]:
    """The first line of each container, and the line behind its last.

    >>> container_spans([LineFeatures(within=(0, 1)), LineFeatures(within=(0, 2)), LineFeatures(within=(0, 2))])
    {0: (0, 3), 1: (0, 1), 2: (1, 3)}
    """
    return read_containers(features).spans
