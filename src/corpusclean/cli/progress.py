"""The progress bar of a run: on a terminal only, and only on standard error."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from ..corpus import Cleaned, Totals, Trouble

__all__ = ["RunProgress"]


class RunProgress:
    """Documents, bytes, time left and troubles so far."""

    def __init__(self, console: Console, total: int | None) -> None:
        self._bar = Progress(
            TextColumn("cleaning"),
            BarColumn(bar_width=None),
            DownloadColumn(binary_units=True),
            TextColumn("{task.fields[documents]} documents"),
            TextColumn("{task.fields[troubles]}", style="red"),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=not console.file.isatty(),  # not is_terminal, which FORCE_COLOR sets
        )
        self._total = total
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        """Show the bar."""
        self._bar.start()
        self._task = self._bar.add_task("clean", total=self._total, documents=0, troubles="")
        return self

    def update(self, result: Cleaned | Trouble, totals: Totals) -> None:
        """Move the bar past one result."""
        if self._task is None:
            return
        troubles = f"{totals.troubles} not cleaned" if totals.troubles else ""
        size = result.size if isinstance(result, Cleaned) else 0
        self._bar.update(self._task, advance=size, documents=totals.read, troubles=troubles)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Take the bar away."""
        self._bar.stop()
