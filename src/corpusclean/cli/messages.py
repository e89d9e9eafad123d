"""What a run says on standard error while it goes on: for people, or one JSON object a line."""

from __future__ import annotations

import datetime
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import IO, Any, Protocol

import typer
from rich.console import Console

from ..corpus import RunInterrupted, Totals, Trouble
from ..errors import CorpusCleanError
from ..figures import duration, plural, size
from .app import Exit, output_error
from .terminal import say

__all__ = ["JsonMessages", "LogFormat", "Messages", "Pace", "TextMessages", "json_errors"]


class LogFormat(StrEnum):
    """How messages are written."""

    TEXT = "text"
    JSON = "json"


STYLES = {"error": "red", "warning": "yellow", "info": "dim"}


class Messages(Protocol):
    """Where a run's messages go."""

    def trouble(self, trouble: Trouble) -> None:
        """A document that did not come out."""
        ...

    def note(self, text: str, *, level: str = "info", event: str = "note", **fields: Any) -> None:
        """Anything else; `fields` are for programs."""
        ...


class TextMessages:
    """Messages as sentences."""

    def __init__(self, console: Console, *, quiet: bool) -> None:
        self.console, self._quiet = console, quiet

    def trouble(self, trouble: Trouble) -> None:
        """Name the document, why, and what to do."""
        say(self.console, f"{trouble.kind}: {trouble}", "red")

    def note(self, text: str, *, level: str = "info", event: str = "note", **fields: Any) -> None:  # noqa: ARG002
        """Say it, unless it is mere information and nobody wants that."""
        if level != "info" or not self._quiet:
            say(self.console, text, "green" if event == "done" and level == "info" else STYLES[level])


class JsonMessages:
    """Messages as JSON objects, one a line: ``time``, ``level``, ``event``, ``message``, and what else is known."""

    def __init__(self, stream: IO[str], *, quiet: bool) -> None:
        self._stream, self._quiet = stream, quiet

    def trouble(self, trouble: Trouble) -> None:
        """Tell the document, why, and what to do, each in a field."""
        known = {"id": trouble.id, "what": trouble.what, "where": trouble.where, "remedy": trouble.remedy}
        self.note(
            str(trouble), level="error", event=trouble.kind, **{name: value for name, value in known.items() if value}
        )

    def note(self, text: str, *, level: str = "info", event: str = "note", **fields: Any) -> None:
        """Write it as one line."""
        if level == "info" and self._quiet:
            return
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
        said = {"time": now, "level": level, "event": event, "message": text, **fields}
        self._stream.write(json.dumps(said) + "\n")  # ASCII: any stream can hold it
        self._stream.flush()


@contextmanager
def json_errors(messages: Messages) -> Iterator[None]:
    """Say errors that end a command as every other message; the exit codes stay what they are."""
    try:
        yield
    except CorpusCleanError as error:
        messages.note(str(error), level="error", event="usage")
        raise typer.Exit(Exit.USAGE) from None
    except BrokenPipeError:
        raise
    except OSError as error:
        messages.note(output_error(error), level="error", event="output")
        raise typer.Exit(Exit.ALL_FAILED) from None
    except RunInterrupted as stop:
        messages.note(str(stop), level="warning", event="interrupted", done=stop.done, resumable=stop.resumable)
        raise typer.Exit(128 + stop.signal) from None


class Pace:
    """How fast a run goes, and how long it still takes.

    What an interrupted run had done before it was resumed does not count for the speed.

    >>> pace = Pace(10_000_000, start=0.0, clock=lambda: 2.0)
    >>> pace.told(Totals(read=10, cleaned=9, rejected=1, bytes_in=4_000_000))
    '10 documents, 4.0 MB, 2.0 MB/s, 3 s left, 1 not cleaned'
    """

    def __init__(
        self, total: int | None, *, start: float | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._total, self._clock = total, clock
        self._start = clock() if start is None else start
        self.before = 0

    def told(self, totals: Totals) -> str:
        """The state of a run in one line."""
        seconds = max(self._clock() - self._start, 1e-9)
        speed = (totals.bytes_in - self.before) / seconds
        told = [plural(totals.read, "document"), size(totals.bytes_in), f"{size(speed)}/s"]
        if self._total and speed > 0 and totals.bytes_in <= self._total:
            told.append(f"{duration((self._total - totals.bytes_in) / speed)} left")
        if totals.troubles:
            told.append(f"{totals.troubles:,} not cleaned")
        return ", ".join(told)
