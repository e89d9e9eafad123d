"""Which items of the input are wanted: the first so many, or a sample that is the same every time."""

from __future__ import annotations

import hashlib
import heapq
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..errors import ConfigError

__all__ = ["Sample", "Selection"]

# "100", "5%", "0.5 %"; not "-1", "5 percent".
SAMPLE = re.compile(r"(\d+(?:\.\d+)?)\s*(%?)")
RANGE = 2**64


@dataclass(frozen=True, slots=True)
class Sample:
    """A part of the input: a share of it, or a number of items.

    Attributes:
        share: 0.0 to 1.0, or ``None``.
        count: how many items, or ``None``. The input is then read twice, once to count it.

    >>> Sample.parse("5%"), Sample.parse("1000")
    (Sample(share=0.05, count=None), Sample(share=None, count=1000))
    """

    share: float | None = None
    count: int | None = None

    @classmethod
    def parse(cls, text: str) -> Sample:
        """A sample as the command line writes it: ``1000`` items, or ``5%`` of them.

        Raises:
            ConfigError: it is neither.
        """
        found = SAMPLE.fullmatch(text.strip())
        if found is not None and found[2] and 0 < float(found[1]) <= 100:
            return cls(share=float(found[1]) / 100)
        if found is not None and not found[2] and found[1].isdigit() and int(found[1]):
            return cls(count=int(found[1]))
        raise ConfigError(f"a sample cannot be {text!r}", remedy="give a number of documents (1000), or a share (5%)")


@dataclass(frozen=True, slots=True)
class Selection:
    """Which items are wanted, by their numbers alone, so that it is the same every time.

    Attributes:
        limit: no more than the first so many items are read; ``None`` for all.
        share: the share of them that is wanted.
        chosen: the numbers that are wanted; ``None`` for what `share` says.

    >>> sum(Selection(share=0.1).wants(number) for number in range(10_000))
    978
    """

    limit: int | None = None
    share: float = 1.0
    chosen: frozenset[int] | None = field(default=None, repr=False)

    @classmethod
    def make(cls, limit: int | None, sample: Sample | None, items: Iterable[object] | None = None) -> Selection:
        """A selection; a sample by count is drawn from the `items`, which are read for it once.

        Raises:
            ConfigError: a limit below 0, or a sample by count of items that can't be read twice.
        """
        if limit is not None and limit < 0:
            raise ConfigError(f"a limit cannot be {limit}", remedy="give a number that is not negative")
        if sample is None or sample.count is None:
            return cls(limit, 1.0 if sample is None or sample.share is None else sample.share)
        if items is None:
            raise ConfigError(
                "a sample by count reads its input twice, which standard input does not allow",
                remedy="give a share, such as 5%",
            )
        return cls(limit, chosen=frozenset(_lowest(items, sample.count, limit)))

    def full(self, read: int) -> bool:
        """Whether no more is to be read."""
        return self.limit is not None and read >= self.limit

    def wants(self, number: int) -> bool:
        """Whether the item of this number, counted from 0, is wanted."""
        if self.chosen is not None:
            return number in self.chosen
        return self.share >= 1.0 or _rank(number) < self.share * RANGE


def _lowest(items: Iterable[object], count: int, limit: int | None) -> list[int]:
    """The `count` numbers of lowest rank among those of the items."""
    heap: list[tuple[int, int]] = []
    for number, _ in enumerate(items):
        if limit is not None and number >= limit:
            break
        entry = (-_rank(number), number)
        if len(heap) < count:
            heapq.heappush(heap, entry)
        elif entry > heap[0]:
            heapq.heapreplace(heap, entry)
    return [number for _, number in heap]


def _rank(number: int) -> int:
    """A number below 2**64 that looks drawn by lot."""
    return int.from_bytes(hashlib.blake2b(number.to_bytes(8, "big"), digest_size=8).digest(), "big")
