"""The account of a run: how far it is, what went wrong, and at the end what was done and that nothing is missing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ..corpus import Outcome, Outputs, RunResult, Totals, measure
from ..figures import plural
from ..printable import printable
from .configuring import Configured
from .messages import Messages, TextMessages
from .progress import Bar, Lines, RunProgress
from .summary import FEW, Row, show_rows, show_totals

__all__ = ["Account"]


class Account:
    """Follows a run; a context manager, which shows the progress while it is entered."""

    def __init__(self, messages: Messages, *, quiet: bool) -> None:
        self._messages, self._quiet = messages, quiet
        self._rows: list[Row] = []
        self._progress: RunProgress | None = None

    def begin(self, made: Configured, sources: Sequence[str], outputs: Outputs, *, whole: bool, alone: bool) -> None:
        """Say which configuration was found, and measure the input.

        Args:
            made: the configuration.
            sources: what will be read.
            outputs: what is written, and so is not read.
            whole: whether all of the input will be cleaned, so that its size says how long it takes.
            alone: whether nothing else is written to the terminal meanwhile, so that a bar can stand there.
        """
        if made.found:
            self._messages.note(f"configuration: {made.file}", event="configuration", file=str(made.file))
        if self._quiet:
            return
        leave_out = frozenset(path.resolve() for path in outputs.paths.values())

        def measured() -> int | None:
            return measure(list(sources), leave_out=leave_out) if whole else None

        if alone and isinstance(self._messages, TextMessages) and self._messages.console.file.isatty():
            # not is_terminal, which FORCE_COLOR sets
            self._progress = Bar(self._messages.console, measured())
        else:
            self._progress = Lines(self._messages, measured)

    def __enter__(self) -> Self:
        """Show the progress."""
        if self._progress is not None:
            self._progress.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Take it away."""
        if self._progress is not None:
            self._progress.__exit__(kind, error, traceback)

    def see(self, outcome: Outcome, totals: Totals) -> None:
        """One document is done."""
        trouble = outcome.trouble
        if trouble is not None:
            self._messages.trouble(trouble)
        elif outcome.kind == "cleaned" and totals.cleaned <= FEW:
            self._rows.append(Row(outcome))
        if self._progress is not None:
            self._progress.update(totals)

    def end(self, result: RunResult, outputs: Outputs, *, table: bool) -> None:
        """What was done, and that nothing went missing; with a `table` of the documents, or of sums."""
        totals = result.totals
        if result.again:
            self._messages.note("this run was complete already: nothing was done", event="complete")
        elif result.resumed:
            self._messages.note(
                f"went on after {plural(result.resumed, 'document')}", event="resumed", done=result.resumed
            )
        if table and isinstance(self._messages, TextMessages) and not self._quiet and totals.read:
            if totals.cleaned == len(self._rows):
                show_rows(self._messages.console, self._rows)
            else:
                show_totals(self._messages.console, totals)
        level = "error" if totals.troubles else "info"
        if totals.troubles and self._quiet and isinstance(self._messages, TextMessages):
            level = "info"  # each was named already
        self._messages.note(f"documents: {totals.conservation}", level=level, event="done", totals=totals.to_dict())
        if totals.passed_over and not self._quiet:
            counts = ", ".join(f"{kind} ×{count:,}" for kind, count in totals.passed_over.items())
            self._messages.note(f"passed over, since it is no document: {printable(counts)}", event="passed_over")
        if not totals.balanced:
            said = "the counts do not add up: this is a defect of corpusclean, please report it"
            self._messages.note(said, level="error", event="defect")
        if totals.cleaned:
            for path in (outputs.file, outputs.text_dir, outputs.ledger_file):
                if path is not None:
                    self._written(path)
        if outputs.papers is not None and not self._quiet:
            hint = f"corpusclean report {outputs.papers} makes a page of what was done"
            self._messages.note(hint, event="papers", path=str(outputs.papers))

    def _written(self, path: Path, **fields: Any) -> None:
        self._messages.note(f"written to {path}", event="written", path=str(path), **fields)
