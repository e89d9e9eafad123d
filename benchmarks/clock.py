"""Timing of contenders in turns: each round gives every one the same documents, so that they see the same weather."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

__all__ = ["Contender", "Race", "race"]

WARM = 10

Contender = Callable[[bytes], object]


class Race(NamedTuple):
    """How contenders did on some documents.

    Attributes:
        megabytes: size of the documents.
        seconds: CPU seconds of each contender, round by round.
    """

    megabytes: float
    seconds: Mapping[str, Sequence[float]]

    def speed(self, name: str) -> float:
        """MB a second, by the median of the rounds."""
        return self.megabytes / statistics.median(self.seconds[name])

    def ratios(self, name: str, other: str) -> list[float]:
        """How many times as fast as `other` it was, in each round; sorted."""
        pairs = zip(self.seconds[name], self.seconds[other], strict=True)
        return sorted(theirs / ours for ours, theirs in pairs)

    def ratio(self, name: str, other: str) -> str:
        """The median ratio, with the least and the greatest of the rounds."""
        found = self.ratios(name, other)
        middle = f"{statistics.median(found):.2f}"
        return middle if len(found) == 1 else f"{middle} ({found[0]:.2f}-{found[-1]:.2f})"


def race(contenders: Mapping[str, Contender], documents: Sequence[bytes], rounds: int) -> Race:
    """Run all contenders over all documents, `rounds` times in turns.

    Before that, each has the first ten unmeasured, so that none pays for the tables that the next one finds loaded; and
    each begins its turn with one that is not measured, as the contender before it left the processor's caches full of
    its own tables. What is measured is the cost of going on.
    Time is that of this process on its core (``time.process_time``), which what else runs on the machine disturbs
    little.
    """
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for contender in contenders.values():
        for document in documents[:WARM]:
            contender(document)
    order = list(contenders.items())
    for number in range(rounds):
        for name, contender in order if number % 2 else reversed(order):
            contender(documents[0])
            begin = time.process_time()
            for document in documents:
                contender(document)
            seconds[name].append(time.process_time() - begin)
    return Race(sum(map(len, documents)) / 1e6, seconds)
