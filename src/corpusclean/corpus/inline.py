"""Small inputs are cleaned in this process: a worker takes longer to start than they take."""

from __future__ import annotations

import contextlib
import itertools
import signal
import threading
from collections.abc import Iterator
from types import FrameType

from .batches import Batch
from .ordered import in_order
from .work import BETWEEN, BatchResult, Job
from .workers import Pool

__all__ = ["in_this_process", "may_work_here"]


class _OverTime(BaseException):
    """A document takes too long; no handler of ordinary errors may take it for one."""


def may_work_here(seconds: float) -> bool:
    """Whether a document that hangs can be left in this process: its alarm rings in the main thread only."""
    main = threading.current_thread() is threading.main_thread()
    return not seconds or (main and hasattr(signal, "setitimer"))


def in_this_process(batches: Iterator[Batch], job: Job, seconds: float) -> Iterator[tuple[Batch, BatchResult]]:
    """Each batch with its result. At the first document that is over time, all goes on in a worker.

    An alarm ends what Python does and what its regular expressions do; the document is then judged like any other
    that hangs, by trying it alone.
    """
    for batch in batches:
        try:
            result = _with_alarm(batch, job, seconds)
        except _OverTime:
            with Pool(job, 1, seconds) as pool:
                yield from in_order(itertools.chain([batch], batches), pool, 1)
            return
        yield batch, result


def _with_alarm(batch: Batch, job: Job, seconds: float) -> BatchResult:
    if not seconds:
        return job.work(batch.items, batch.numbers)

    def ring(number: int, frame: FrameType | None) -> None:  # noqa: ARG001  # the signature of a handler
        raise _OverTime

    def note(at: int) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0 if at == BETWEEN else seconds)

    before = signal.signal(signal.SIGALRM, ring)
    try:
        return job.work(batch.items, batch.numbers, note)
    finally:
        with contextlib.suppress(_OverTime):
            signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
