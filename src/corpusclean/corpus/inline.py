"""Small inputs are cleaned in this process: a worker takes longer to start than they take."""

from __future__ import annotations

import itertools
import signal
import threading
from collections.abc import Iterator
from multiprocessing import process
from types import FrameType

from .batches import Batch
from .ordered import in_order
from .work import BETWEEN, BatchResult, Job
from .workers import Pool

__all__ = ["in_this_process", "may_work_here"]


class _OverTime(BaseException):
    """A document takes too long; no handler of ordinary errors may take it for one.

    Attributes:
        at: its position in the batch.
    """

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


def may_work_here(seconds: float) -> bool:
    """Whether a document that hangs can be left in this process: its alarm rings in the main thread only."""
    main = threading.current_thread() is threading.main_thread()
    return not seconds or (main and hasattr(signal, "setitimer"))


def in_this_process(batches: Iterator[Batch], job: Job, seconds: float) -> Iterator[tuple[Batch, BatchResult]]:
    """Each batch with its result. At the first document that is over time, all goes on in a worker.

    An alarm ends what Python does and what its regular expressions do; the document is then judged like any other
    that hangs, by trying it alone. A daemonic process can have no worker: there it is given up at once.
    """
    for batch in batches:
        result = None
        while result is None:
            try:
                result = _with_alarm(batch, job, seconds)
            except _OverTime as late:
                if not process.current_process().daemon:
                    with Pool(job, 1, seconds) as pool:
                        yield from in_order(itertools.chain([batch], batches), pool, 1)
                    return
                batch = batch.without(late.at, f"it took longer than limits.seconds = {seconds:g}")
        yield batch, result


def _with_alarm(batch: Batch, job: Job, seconds: float) -> BatchResult:
    if not seconds:
        return job.work(batch.items, batch.numbers)

    current = BETWEEN

    def ring(number: int, frame: FrameType | None) -> None:  # noqa: ARG001  # the signature of a handler
        if current != BETWEEN:
            raise _OverTime(current)

    def note(at: int) -> None:
        nonlocal current
        current = at
        signal.setitimer(signal.ITIMER_REAL, 0 if at == BETWEEN else seconds)

    before = signal.signal(signal.SIGALRM, ring)
    try:
        return job.work(batch.items, batch.numbers, note)
    finally:
        current = BETWEEN
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
