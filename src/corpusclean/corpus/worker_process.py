"""One worker process, from both sides.

The parent sends batches and receives results through a pipe. Beside it there is a *mark*, two numbers in shared memory:
which document of its batch the worker is at, and since when.
"""

from __future__ import annotations

import contextlib
import gc
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

from .work import BETWEEN, BatchResult, Item, Job

__all__ = ["Lost", "WorkerProcess"]

END_SECONDS = 5.0  # that a worker may take to end by itself
PR_SET_PDEATHSIG = 1  # of prctl(2)
READY = b""  # what a worker sends when it can begin


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


class WorkerProcess:
    """A worker as its parent sees it; it starts at once.

    Args:
        job: what is done to each batch, pickled.

    Attributes:
        pipe: through which batches and results go.
        ticket: names the batch that it has; ``None`` if it has none.
        served: batches that it has done.
        started: when, on the monotonic clock.
        ready: whether it has begun.
        gone: whether it was ended.
        killed: whether a signal ended it.
    """

    def __init__(self, job: bytes) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self._mark: Any = RawArray("d", 2)
        self._mark[0] = BETWEEN
        self.ticket: int | None = None
        self.served = 0
        self.started = time.monotonic()
        self.ready = self.gone = self.killed = False
        self._held: bytes | None = None
        self._process = context.Process(target=_serve, args=(theirs, self._mark, job, os.getpid()), daemon=True)
        with _signals_held():
            self._process.start()
        theirs.close()

    @property
    def position(self) -> int | None:
        """The document that it is at."""
        at = int(self._mark[0])
        return None if at == BETWEEN else at

    @property
    def since(self) -> float:
        """Since when, on the monotonic clock, which all processes share."""
        return float(self._mark[1])

    def give(self, ticket: int, items: Sequence[Item], numbers: Sequence[int], *, probe: bool) -> None:
        """Send a batch, at once if it has begun, else when it does, since nobody waits for one that is starting."""
        self.ticket = ticket
        self._held = pickle.dumps((tuple(items), tuple(numbers), probe), pickle.HIGHEST_PROTOCOL)
        if self.ready:
            self._send()

    def _send(self) -> None:
        if self._held is not None:
            with contextlib.suppress(OSError):  # it is dead: `receive` will say so
                self.pipe.send_bytes(self._held)
        self._held = None

    def receive(self) -> BatchResult | Lost | None:
        """What it made of its batch, or how it ended; ``None`` if it has only begun."""
        try:
            data = self.pipe.recv_bytes()
            if data == READY:
                self.ready = True
                self._send()
                return None
            result: BatchResult | Lost = pickle.loads(data)
        except (EOFError, OSError, pickle.UnpicklingError):
            self._process.join(END_SECONDS)
            code = self._process.exitcode
            self.killed = code is not None and code < 0
            lost = Lost(self.position, f"it killed its worker ({_ending(code)})", stillborn=not self.ready)
            self.end(kill=True)
            return lost
        self.ticket = None
        self.served += 1
        return result

    def let_go(self, *, kill: bool = False) -> None:
        """Let it end, or kill it; it need not be over when this returns."""
        self.gone = True
        self.pipe.close()
        if kill or self.ticket is not None:
            self._process.kill()

    def end(self, *, kill: bool = False) -> None:
        """Let it end, or kill it, and wait until it is over."""
        self.let_go(kill=kill)
        self._process.join(END_SECONDS)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._process.close()


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
    with contextlib.suppress(OSError):
        pipe.send_bytes(READY)

    def note(at: int) -> None:
        mark[1] = time.monotonic()
        mark[0] = at

    frozen = False  # the tables loaded for the first batch stay: the collector need not go through them again
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
        if not frozen:
            frozen = True
            gc.collect()
            gc.freeze()


def _die_with_parent(parent: int) -> None:
    """Ask Linux to end this process when its parent ends, even in the middle of a document."""
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it ended before we asked
            os._exit(1)
