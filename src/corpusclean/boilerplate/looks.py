"""Looks: sums of weights, one for each line, made for all lines at once.

A page has hundreds of lines and a look a hundred weights for each, so no Python runs for a single one. The weights that
a table gives for a column are the characters that a code page gives for bytes; in UTF-16 they are numbers of 16 bits
side by side; and read as one large number, such rows are added up in one addition.
"""

from __future__ import annotations

import codecs
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from .anchors import ANCHOR_CARDINALITY
from .features import CARDINALITY, Columns
from .home import HOME_CARDINALITY
from .regions import REGION_CARDINALITY
from .runs import RUN_CARDINALITY
from .shapes import SHAPE_CARDINALITY
from .stretches import STRETCH_CARDINALITY
from .textures import TEXTURE_CARDINALITY

__all__ = ["COLUMN_SIZES", "Look", "take_look"]

COLUMN_SIZES = (
    CARDINALITY
    | SHAPE_CARDINALITY
    | ANCHOR_CARDINALITY
    | HOME_CARDINALITY
    | STRETCH_CARDINALITY
    | REGION_CARDINALITY
    | RUN_CARDINALITY
    | TEXTURE_CARDINALITY
)
"""How many values each column can take."""

_WIDEST = 256
"""Values of a byte: a pair of columns with more is looked up one line at a time."""
_MOST = 0xD800
"""What sums stay below: the first number of 16 bits that is no character."""

Table = tuple[str, str | None, list[int]]


class _Lane(NamedTuple):
    """A table as a code page.

    Attributes:
        first, second: the columns.
        steps: for a pair, what each value of the first column times the second's size is.
        page: the weights less the least of them, as characters.
    """

    first: str
    second: str | None
    steps: bytes
    page: str


class _Plan(NamedTuple):
    """How a look is taken.

    Attributes:
        lanes: the tables as code pages.
        names: the columns that these look at.
        others: the tables that are too wide for a code page.
        bias: where the sum begins, with the least weights of all lanes.
    """

    lanes: tuple[_Lane, ...]
    names: tuple[str, ...]
    others: tuple[Table, ...]
    bias: int


@dataclass(frozen=True)
class Look:
    """One sum of weights, in hundredths so that sums are exact.

    Attributes:
        bias: where the sum begins.
        tables: weights by the value of a column, or of a pair of columns (the first times the second's size, plus
            the second).
    """

    bias: int
    tables: tuple[Table, ...]

    @cached_property
    def plan(self) -> _Plan:
        """How the look is taken."""
        lanes: list[_Lane] = []
        others, bias, room = [], self.bias, _MOST
        for first, second, weights in self.tables:
            least, size = min(weights), COLUMN_SIZES[second] if second is not None else 1
            room -= max(weights) - least
            if len(weights) > _WIDEST or room <= 0:
                others.append((first, second, weights))
                continue
            steps = bytes([min(value * size, 255) for value in range(256)])
            lanes.append(_Lane(first, second, steps, "".join([chr(weight - least) for weight in weights])))
            bias += least
        names = dict.fromkeys(name for lane in lanes for name in (lane.first, lane.second) if name is not None)
        return _Plan(tuple(lanes), tuple(names), tuple(others), bias)


def take_look(look: Look, columns: Columns, count: int) -> list[float]:
    """The log-odds of being content of each of `count` lines.

    >>> look = Look(50, (("word", None, [7, -300, 41]), ("word", "cjk", [1, 2, 3, 4, 5, 6])))
    >>> take_look(look, {"word": [0, 1, 2], "cjk": [1, 0, 1]}, 3)
    [0.59, -2.47, 0.97]
    """
    if not count:
        return []
    lanes, names, others, bias = look.plan
    decode, number = codecs.charmap_decode, int.from_bytes
    total = 0
    packed = {name: bytes(columns[name]) for name in names}
    for first, second, steps, page in lanes:
        codes = packed[first]
        if second is not None:
            pairs = number(codes.translate(steps), "little") + number(packed[second], "little")
            codes = pairs.to_bytes(count, "little")
        total += number(decode(codes, "strict", page)[0].encode("utf-16-le"), "little")
    sums: Sequence[int] = struct.unpack(f"<{count}H", total.to_bytes(2 * count, "little"))
    for first, second, weights in others:
        if second is None:
            sums = [done + weights[value] for done, value in zip(sums, columns[first], strict=True)]
        else:
            size, rows = COLUMN_SIZES[second], zip(columns[first], columns[second], strict=True)
            sums = [done + weights[a * size + b] for done, (a, b) in zip(sums, rows, strict=True)]
    return [(bias + done) / 100 for done in sums]
