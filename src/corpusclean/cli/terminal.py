"""What may be shown on a terminal, and where: data on standard output, messages on standard error."""

from __future__ import annotations

import os
import re
import sys
from typing import IO

from rich.console import Console
from rich.text import Text

from ..printable import UNPRINTABLE, printable

__all__ = ["JsonOnTerminal", "data_console", "fact", "message_console", "say"]

PIPE_WIDTH = 120


class JsonOnTerminal:
    r"""Standard output where it is a terminal: what a terminal would act on is escaped, and it is still the same JSON.

    >>> import io
    >>> shown = io.BytesIO()
    >>> JsonOnTerminal(shown).write(bytes([0x22, 0xC2, 0x9B, 0x32, 0x4A, 0x22]))  # U+009B, which begins a command
    >>> shown.getvalue() == rb'"\u009b2J"'
    True
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def write(self, data: bytes) -> None:
        """Write whole lines of JSON."""
        lines = data.decode().split("\n")
        self._stream.write("\n".join(UNPRINTABLE.sub(_json_escape, line) for line in lines).encode())

    def flush(self) -> None:
        """Show what was written."""
        self._stream.flush()


def _json_escape(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


class _Console(Console):
    """A console that leaves a broken pipe to the command."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def data_console(*, color: str = "auto") -> Console:
    """Standard output. `color` is ``auto`` (a terminal that has colours), ``always`` or ``never``."""
    return _console(sys.stdout, color)


def message_console() -> Console:
    """Standard error."""
    return _console(sys.stderr, "auto")


def _console(stream: IO[str], color: str) -> Console:
    _escape_what_cannot_be_written(stream)
    width = None if stream.isatty() or os.environ.get("COLUMNS") else PIPE_WIDTH
    forced = True if color == "always" else None
    never = True if color == "never" else None
    return _Console(
        file=stream,
        width=width,
        highlight=False,
        markup=False,
        emoji=False,
        force_terminal=forced,
        no_color=never,
        legacy_windows=False,
    )


def _escape_what_cannot_be_written(stream: IO[str]) -> None:
    """Let a stream in a poor locale write escapes rather than fail."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None and getattr(stream, "errors", None) == "strict":
        reconfigure(errors="backslashreplace")


def say(console: Console, text: str, style: str = "") -> None:
    """Print one message, whole: never wrapped, never read as markup, nothing in it acted on."""
    console.print(Text(printable(text), style=style), soft_wrap=True)


def fact(name: str, value: str, style: str = "") -> Text:
    """A name and its value, aligned."""
    return Text.assemble((f"  {name:<10}", "dim"), (printable(value), style))
