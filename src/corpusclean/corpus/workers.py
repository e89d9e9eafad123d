"""Worker processes: each cleans one batch at a time, and any of them may die or hang without harm to the others.

A pool of the standard library breaks as a whole when one process dies. Here each worker has a pipe of its own and a
*mark*, two numbers in shared memory: which document of its batch it is at, and since when. The parent waits on the
pipes, and kills the worker whose document is over time.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import connection, resource_tracker
from multiprocessing.sharedctypes import RawArray
from typing import Any

from ..errors import CorpusCleanError
from .work import BETWEEN, STARTING, BatchResult, Item, Job

__all__ = ["Lost", "Pool", "processors"]

START_TRIES = 3  # workers that may end, one after the other, before they have begun to work
START_KILLS = 20  # and that may be killed, which is not their doing
LONGEST_WAIT = 5.0  # seconds until marks are looked at again, whatever the limit
PR_SET_PDEATHSIG = 1  # of prctl(2)


@dataclass(frozen=True, slots=True)
class Lost:
    """A batch whose worker is gone.

    Attributes:
        at: position in the batch of the document that the worker was at; ``None`` if it was at none.
        how: a sentence, such as ``it killed its worker (signal 9)``.
        hung: whether the worker was killed by the pool, since the document was over time.
        stillborn: whether the worker had not even begun.
    """

    at: int | None
    how: str
    hung: bool = False
    stillborn: bool = False


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
        self._workers: list[_Worker] = []
        self._stillborn = self._killed = 0

    def __enter__(self) -> Pool:
        """Workers start when they are first needed."""
        return self

    def __exit__(self, *error: object) -> None:
        """End all workers, at once if an error is on its way."""
        for worker in self._workers:
            worker.end(kill=error[0] is not None)
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
            chosen = _Worker(self._job)
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
            if worker.pipe in ready:
                result = worker.receive()
            elif self._over_time(worker):
                result = Lost(worker.position, f"it took longer than limits.seconds = {self._seconds:g}", hung=True)
                worker.end(kill=True)
            else:
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

    def _patience(self, busy: list[_Worker]) -> float:
        """Seconds until the first document is over time."""
        if not self._seconds:
            return LONGEST_WAIT
        now = time.monotonic()
        ends = [worker.since + self._seconds - now for worker in busy if worker.position is not None]
        return min(max(0.0, min(ends, default=LONGEST_WAIT)) + 0.01, LONGEST_WAIT, max(self._seconds, 0.01))

    def _over_time(self, worker: _Worker) -> bool:
        """Whether the worker's document is over time; the mark is read twice, since it may be just changing."""
        if not self._seconds:
            return False
        before, since = worker.position, worker.since
        return before is not None and time.monotonic() - since > self._seconds and worker.position == before


class _Worker:
    """The parent's side of one worker."""

    def __init__(self, job: bytes) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self._mark: Any = RawArray("d", 2)
        self._mark[0] = STARTING
        self.ticket: int | None = None
        self.served = 0
        self.gone = self.killed = False
        self._process = context.Process(target=_serve, args=(theirs, self._mark, job, os.getpid()), daemon=True)
        with _signals_held():
            self._process.start()
        theirs.close()

    @property
    def position(self) -> int | None:
        """The document that it is at."""
        at = int(self._mark[0])
        return None if at in (BETWEEN, STARTING) else at

    @property
    def since(self) -> float:
        """Since when, on the monotonic clock, which all processes share."""
        return float(self._mark[1])

    def give(self, ticket: int, items: Sequence[Item], numbers: Sequence[int], *, probe: bool) -> None:
        """Send a batch; if the worker is dead already, :meth:`receive` will say so."""
        self.ticket = ticket
        with contextlib.suppress(OSError):
            self.pipe.send_bytes(pickle.dumps((tuple(items), tuple(numbers), probe), pickle.HIGHEST_PROTOCOL))

    def receive(self) -> BatchResult | Lost:
        """What it sent, or how it ended."""
        try:
            result: BatchResult | Lost = pickle.loads(self.pipe.recv_bytes())
        except (EOFError, OSError, pickle.UnpicklingError):
            self._process.join(LONGEST_WAIT)
            code = self._process.exitcode
            self.killed = code is not None and code < 0
            lost = Lost(self.position, f"it killed its worker ({_ending(code)})", stillborn=self._mark[0] == STARTING)
            self.end(kill=True)
            return lost
        self.ticket = None
        self.served += 1
        return result

    def end(self, *, kill: bool = False) -> None:
        """Let it end, or end it."""
        self.gone = True
        self.pipe.close()
        if kill or self.ticket is not None:
            self._process.kill()
        self._process.join(LONGEST_WAIT)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._process.close()


def processors() -> int:
    """The processors that this process may use.

    >>> processors() >= 1
    True
    """
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


def _ending(code: int | None) -> str:
    """An exit code in words.

    >>> _ending(-9), _ending(3)
    ('signal 9', 'exit status 3')
    """
    if code is None:
        return "it does not answer"
    return f"signal {-code}" if code < 0 else f"exit status {code}"


@contextmanager
def _signals_held() -> Iterator[None]:
    """Hold back interrupts while a worker starts: it inherits this, until it can choose to ignore them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # which lets interrupts through again when it starts
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(pipe: connection.Connection, mark: Any, job: bytes, parent: int) -> None:
    """The worker: batches in, results out, until the parent closes the pipe or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is the parent's to handle
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    _die_with_parent(parent)
    work: Job = pickle.loads(job)
    mark[0] = BETWEEN

    def note(at: int) -> None:
        mark[1] = time.monotonic()
        mark[0] = at

    while True:
        try:
            items, numbers, probe = pickle.loads(pipe.recv_bytes())
        except (EOFError, OSError):
            return
        result: BatchResult | Lost
        try:
            result = work.work(items, numbers, note, probe=probe)
        except Exception as error:  # not of one document: those are caught where they are cleaned
            result = Lost(None, f"it could not be encoded ({type(error).__name__}: {str(error)[:200]})")
        try:
            pipe.send_bytes(pickle.dumps(result, pickle.HIGHEST_PROTOCOL))
        except OSError:
            return


def _die_with_parent(parent: int) -> None:
    """Ask Linux to end this process when its parent ends, even in the middle of a document."""
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it ended before we asked
            os._exit(1)
