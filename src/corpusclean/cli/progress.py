"""How far a run is: a bar on a terminal, else a line every now and then; only ever on standard error."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType
from typing import Protocol, Self

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn

from ..corpus import Totals
from .messages import Messages, Pace

__all__ = ["Bar", "Lines", "RunProgress"]

EVERY = 10.0  # seconds between two lines
FAST = 0.1  # seconds between two looks of the bar


class RunProgress(Protocol):
    """Shows how far a run is."""

    def update(self, totals: Totals) -> None:
        """Show the state, if it is time."""
        ...

    def __enter__(self) -> Self:
        """Begin."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """End; nothing of it stays on the terminal."""
        ...


class Bar:
    """Documents, megabytes, speed, time left and troubles so far, on one line that goes when the run is over."""

    def __init__(self, console: Console, total: int | None) -> None:
        self._total = total
        self._pace = Pace(total)
        self._next = 0.0
        self._begun = False
        self._task: TaskID | None = None
        columns = [BarColumn(bar_width=24)] if total else [SpinnerColumn()]
        self._bar = Progress(*columns, TextColumn("{task.fields[told]}"), console=console, transient=True)

    def __enter__(self) -> Self:
        """Show the bar."""
        self._bar.start()
        self._task = self._bar.add_task("clean", total=self._total, told="")
        return self

    def update(self, totals: Totals) -> None:
        """Move the bar, at most ten times a second."""
        now = time.monotonic()
        if not self._begun:
            self._begun, self._pace.before = True, done_before(totals)
        if self._task is None or now < self._next:
            return
        self._next = now + FAST
        self._bar.update(self._task, completed=totals.bytes_in, told=self._pace.told(totals))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Take the bar away."""
        self._bar.stop()


class Lines:
    """The same as a line every ten seconds: for logs."""

    def __init__(
        self, messages: Messages, measured: Callable[[], int | None], *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._messages, self._measured, self._clock = messages, measured, clock
        self._pace: Pace | None = None
        self._before: int | None = None
        self._start = clock()
        self._next = self._start + EVERY

    def __enter__(self) -> Self:
        """Nothing is shown yet: most runs are over before it is time."""
        return self

    def update(self, totals: Totals) -> None:
        """Say the state, if ten seconds are over."""
        now = self._clock()
        if self._before is None:
            self._before = done_before(totals)
        if now < self._next:
            return
        self._next = now + EVERY
        if self._pace is None:
            self._pace = Pace(self._measured(), start=self._start, clock=self._clock)
            self._pace.before = self._before
        self._messages.note(
            self._pace.told(totals),
            event="progress",
            documents=totals.read,
            bytes=totals.bytes_in,
            not_cleaned=totals.troubles,
        )

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Nothing is left to take away."""


def done_before(totals: Totals) -> int:
    """Bytes that were done before this process began, told from the first totals it has.

    >>> done_before(Totals(read=1, bytes_in=10)), done_before(Totals(read=2001, bytes_in=90_000))
    (0, 90000)
    """
    return totals.bytes_in if totals.read > 1 else 0
