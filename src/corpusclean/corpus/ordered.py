"""Batches through workers, results in order; what kills or hangs a worker is found, and only that is given up.

When a worker is lost, its mark tells the document it was at. That document is tried alone, in a fresh worker. If it
does it again it is recorded as failed; then its batch is done again as a whole, so that the output is the same to the
byte as if nothing had happened.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from .batches import Batch
from .work import BatchResult
from .workers import Lost, Pool

__all__ = ["in_order"]

AHEAD_BATCHES = 8  # for each worker
AHEAD_BYTES = 32 * 2**20  # of sources that wait or are at work; one batch may be larger by itself
DEATHS = 3  # of its worker, until a document is given up; a hang costs time, so there two do
HANGS = 2
CHECK_ALL_AFTER = 2  # losses of a batch at no document, until each of its documents is tried alone


@dataclass(slots=True)
class _Open:
    """A batch that is not done."""

    batch: Batch
    suspects: deque[int] = field(default_factory=deque)
    deaths: dict[int, int] = field(default_factory=dict)
    hangs: dict[int, int] = field(default_factory=dict)
    blank: int = 0

    def accuse(self, lost: Lost, alone: int | None) -> None:
        """Take note of a loss: suspect the document the worker was at, or give it up."""
        if lost.stillborn:
            if alone is not None:
                self.suspects.appendleft(alone)
            return
        at = alone if alone is not None else lost.at
        if at is None:
            self._accuse_all(lost)
            return
        counts, bound = (self.hangs, HANGS) if lost.hung else (self.deaths, DEATHS)
        counts[at] = counts.get(at, 0) + 1
        if counts[at] >= bound:
            self.batch = self.batch.without(at, f"{lost.how}, also alone" if alone is not None else lost.how)
        else:
            self.suspects.append(at)

    def _accuse_all(self, lost: Lost) -> None:
        """The worker was at no document: try all of them alone, or give all up if that was done."""
        self.blank += 1
        if self.blank == CHECK_ALL_AFTER:
            self.suspects.extend(range(len(self.batch.items)))
        elif self.blank > CHECK_ALL_AFTER:
            for at in range(len(self.batch.items)):
                how = f"the batch of it and its neighbours cannot be done: {lost.how}"
                self.batch = self.batch.without(at, how)


def in_order(batches: Iterator[Batch], pool: Pool, workers: int) -> Iterator[tuple[Batch, BatchResult]]:
    """Each batch with its result, in the order of the batches.

    Batches are read ahead, so that one slow document does not leave the other workers idle, but not of more than
    32 MiB together.

    Args:
        batches: read one at a time.
        pool: entered.
        workers: how many workers it has.
    """
    flow = _Flow(batches, pool, AHEAD_BATCHES * workers)
    while True:
        flow.fill()
        yield from flow.ready()
        if not pool.busy:
            if flow.exhausted:
                return
            continue
        flow.collect()


class _Flow:
    """What is under way."""

    def __init__(self, batches: Iterator[Batch], pool: Pool, window: int) -> None:
        self._batches = batches
        self._pool = pool
        self._window = window
        self._open: dict[int, _Open] = {}
        self._waiting: deque[int] = deque()
        self._done: dict[int, tuple[Batch, BatchResult]] = {}
        self._alone: dict[int, int] = {}
        self._size = 0
        self._first = self._next = 0
        self._ended = False

    @property
    def exhausted(self) -> bool:
        """Whether nothing is left to do."""
        return self._ended and not self._open and not self._done

    def fill(self) -> None:
        """Keep the workers busy, and a batch for each of them at hand."""
        while True:
            while self._waiting and self._pool.vacant:
                self._give(self._waiting.popleft())
            if self._ended or self._next - self._first >= self._window or (self._size >= AHEAD_BYTES and self._open):
                return
            batch = next(self._batches, None)
            if batch is None:
                self._ended = True
                continue
            self._open[self._next] = _Open(batch)
            self._size += batch.size
            self._waiting.append(self._next)
            self._next += 1

    def _give(self, ticket: int) -> None:
        state = self._open[ticket]
        items, numbers = state.batch.items, state.batch.numbers
        if state.suspects:
            at = state.suspects.popleft()
            self._alone[ticket] = at
            self._pool.give(ticket, items[at : at + 1], numbers[at : at + 1], fresh=True)
        else:
            self._pool.give(ticket, items, numbers)

    def collect(self) -> None:
        """Take what workers have done."""
        for ticket, result in self._pool.wait():
            state = self._open[ticket]
            alone = self._alone.pop(ticket, None)
            if isinstance(result, Lost):
                state.accuse(result, alone)
            elif alone is None:
                self._done[ticket] = (state.batch, result)
                del self._open[ticket]
                continue
            self._waiting.appendleft(ticket)

    def ready(self) -> Iterator[tuple[Batch, BatchResult]]:
        """The results that are next in order."""
        while self._first in self._done:
            batch, result = self._done.pop(self._first)
            self._first += 1
            self._size -= batch.size
            yield batch, result
