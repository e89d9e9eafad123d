"""A pool of worker processes, of which any may die or hang without harm to the others.

A pool of the standard library breaks as a whole when one process dies. Here each worker has a pipe of its own, and the
parent knows at which document it is, and since when. It waits on the pipes, and kills the worker whose document is over
time.
"""

from __future__ import annotations

import os
import pickle
import time
from collections.abc import Sequence
from multiprocessing import connection

from ..errors import CorpusCleanError
from .work import BatchResult, Item, Job
from .worker_process import Lost, WorkerProcess

__all__ = ["Lost", "Pool", "processors"]

START_TRIES = 3  # workers that may end, one after the other, before they have begun to work
START_KILLS = 20  # and that may be killed, which is not their doing
START_SECONDS = 300  # that a worker may take to begin
LONGEST_WAIT = 5.0  # seconds until marks are looked at again, whatever the limit


class Pool:
    """Worker processes that do one job; a context manager. All methods belong to one thread.

    Args:
        job: what is done to each batch.
        count: how many workers.
        seconds: how long a worker may be at one document; 0 for ever.
    """

    def __init__(self, job: Job, count: int, seconds: float) -> None:
        self._job = pickle.dumps(job, pickle.HIGHEST_PROTOCOL)
        self._count = count
        self._seconds = seconds
        self._workers: list[WorkerProcess] = []
        self._stillborn = self._killed = 0

    def __enter__(self) -> Pool:
        """Workers start when they are first needed."""
        return self

    def __exit__(self, *error: object) -> None:
        """End all workers, at once if an error is on its way."""
        for worker in self._workers:
            worker.let_go(kill=error[0] is not None)
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    @property
    def busy(self) -> int:
        """Workers that have a batch."""
        return sum(worker.ticket is not None for worker in self._workers)

    @property
    def vacant(self) -> bool:
        """Whether :meth:`give` can take a batch."""
        return self.busy < self._count

    def give(self, ticket: int, items: Sequence[Item], numbers: Sequence[int], *, fresh: bool = False) -> None:
        """Hand a batch to a worker that has none; `ticket` names it in :meth:`wait`.

        Args:
            ticket: any number.
            items: the batch.
            numbers: which items of the input they are.
            fresh: a probe, for a worker that has done nothing before; its result will not be used.
        """
        idle = [worker for worker in self._workers if worker.ticket is None]
        chosen = next((worker for worker in idle if not (fresh and worker.served)), None)
        if chosen is None:
            if len(self._workers) >= self._count:
                self._workers.remove(idle[0])
                idle[0].end()
            chosen = WorkerProcess(self._job)
            self._workers.append(chosen)
        chosen.give(ticket, items, numbers, probe=fresh)

    def wait(self) -> list[tuple[int, BatchResult | Lost]]:
        """Wait until at least one batch is done or lost, and tell which; empty after some seconds without any.

        Raises:
            CorpusCleanError: workers die as soon as they start.
        """
        busy = [worker for worker in self._workers if worker.ticket is not None]
        ready = connection.wait([worker.pipe for worker in busy], self._patience(busy))
        told: list[tuple[int, BatchResult | Lost]] = []
        for worker in busy:
            ticket = worker.ticket
            if ticket is None:
                continue
            result: BatchResult | Lost | None = None
            if worker.pipe in ready:
                result = worker.receive()
            elif self._over_time(worker):
                result = Lost(worker.position, f"it took longer than limits.seconds = {self._seconds:g}", hung=True)
                worker.end(kill=True)
            elif not worker.ready and time.monotonic() - worker.started > START_SECONDS:
                result = Lost(None, f"it did not begin within {START_SECONDS} seconds", stillborn=True)
                worker.end(kill=True)
            if result is None:
                continue
            if isinstance(result, Lost) and worker.gone:
                self._workers.remove(worker)
                if result.stillborn:
                    self._check_start(result, killed=worker.killed)
            else:
                self._stillborn = self._killed = 0
            told.append((ticket, result))
        return told

    def _check_start(self, lost: Lost, *, killed: bool) -> None:
        self._killed += killed
        self._stillborn += not killed
        if self._stillborn >= START_TRIES or self._killed >= START_KILLS:
            raise CorpusCleanError(
                f"worker processes end before they begin ({lost.how})",
                remedy="a script of your own must call this under `if __name__ == '__main__':`; jobs=0 needs none",
            )

    def _patience(self, busy: list[WorkerProcess]) -> float:
        """Seconds until the first document is over time."""
        if not self._seconds:
            return LONGEST_WAIT
        now = time.monotonic()
        ends = [worker.since + self._seconds - now for worker in busy if worker.position is not None]
        return min(max(0.0, min(ends, default=LONGEST_WAIT)) + 0.01, LONGEST_WAIT, max(self._seconds, 0.01))

    def _over_time(self, worker: WorkerProcess) -> bool:
        """Whether the worker's document is over time; the mark is read twice, since it may be just changing."""
        if not self._seconds:
            return False
        before, since = worker.position, worker.since
        return before is not None and time.monotonic() - since > self._seconds and worker.position == before


def processors() -> int:
    """The processors that this process may use.

    >>> processors() >= 1
    True
    """
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1
