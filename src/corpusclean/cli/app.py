"""The command itself: its commands, its exit codes, and the one place where errors become sentences."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from enum import IntEnum
from typing import Annotated, Any

import typer
from typer import rich_utils
from typer.core import TyperGroup

from .._version import __version__
from ..corpus import RunInterrupted
from ..errors import CorpusCleanError
from .terminal import message_console, say

__all__ = ["Exit", "app", "main", "output_error"]

rich_utils.STYLE_HELPTEXT = ""  # Typer prints all but the first paragraph in grey

HELP = """Turn bytes found on the web into clean UTF-8 documents with metadata. Every change can be shown and undone.

[bold]Start here[/bold]

  One page, as JSON on standard output:
    [cyan]corpusclean clean page.html[/cyan]

  A folder with all below it, into one file:
    [cyan]corpusclean clean crawl/ -o clean.jsonl[/cyan]

  What would be changed, line by line, and by which rule:
    [cyan]corpusclean explain page.html[/cyan]

Every command has a --help of its own, with examples. Data goes to standard output, messages to standard error.

[bold]Exit status[/bold]

  0 fine, 1 something would change or differs (clean --check, diff), 2 wrong usage,
  3 some documents failed, 4 all failed, 130 interrupted
"""


ORDER = ("clean", "explain", "detect", "report", "stats", "diff", "restore", "rules", "doctor")


class Exit(IntEnum):
    """Exit codes."""

    FINE = 0
    DIFFERENT = 1
    USAGE = 2
    SOME_FAILED = 3
    ALL_FAILED = 4
    DEFECT = 70
    INTERRUPTED = 130
    BROKEN_PIPE = 141


class _Commands(TyperGroup):
    """The group of commands; every error of every command passes through here."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The commands as one comes to need them."""
        known = super().list_commands(ctx)
        return [*(name for name in ORDER if name in known), *(name for name in known if name not in ORDER)]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A command, whose help names no types that tell a reader nothing (`<bool>`, `<list[str]>`)."""
        command = super().get_command(ctx, cmd_name)
        if command is not None:
            for param in (*command.params, command.get_help_option(ctx)):
                _without_type(param)
        return command

    def get_params(self, ctx: Any) -> Any:
        """The options of the command as a whole, in the same way."""
        params = super().get_params(ctx)
        for param in params:
            _without_type(param)
        return params

    def invoke(self, ctx: Any) -> Any:
        """Run a command; every error becomes one sentence and an exit code."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except CorpusCleanError as error:
            say(message_console(), f"corpusclean: {error}", "red")
            raise typer.Exit(Exit.USAGE) from None
        except BrokenPipeError:
            _silence_output()
            raise typer.Exit(Exit.BROKEN_PIPE) from None
        except OSError as error:
            say(message_console(), f"corpusclean: {output_error(error)}", "red")
            raise typer.Exit(Exit.ALL_FAILED) from None
        except RunInterrupted as stop:
            say(message_console(), f"corpusclean: {stop}", "yellow")
            raise typer.Exit(128 + stop.signal) from None


def output_error(error: OSError) -> str:
    """Why an output can't be written, and what is safe all the same.

    >>> output_error(OSError(28, "No space left on device", "out.jsonl"))
    'cannot write the output: No space left on device (out.jsonl)'
    """
    place = f" ({error.filename})" if error.filename else ""
    notes = "".join(f"; {note}" for note in getattr(error, "__notes__", ()))
    return f"cannot write the output: {error.strerror or error}{place}{notes}"


def _without_type(param: Any) -> None:
    if getattr(param, "param_type_name", "") == "argument":
        param.display_type_rich = lambda ctx: None  # noqa: ARG005  # the signature of Typer's own
    elif getattr(param, "is_flag", False) and param.metavar is None:
        param.metavar = " "


def _silence_output() -> None:
    """Point standard output to nowhere, so that Python's own last flush has nothing to complain about."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):
        return


app = typer.Typer(
    name="corpusclean",
    cls=_Commands,
    help=HELP,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"corpusclean {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", metavar=" ", callback=_show_version, is_eager=True, help="Print the version and stop."
        ),
    ] = False,
) -> None:
    """Options of the command as a whole; the version's callback does all there is to do."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; never a traceback.

    Args:
        argv: arguments without the program's name; those of the process if ``None``.
    """
    try:
        app(args=None if argv is None else list(argv), prog_name="corpusclean")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else Exit.FINE
    except KeyboardInterrupt:
        say(message_console(), "corpusclean: interrupted", "yellow")
        return Exit.INTERRUPTED
    except Exception as error:  # a defect: no traceback unless asked for
        if os.environ.get("CORPUSCLEAN_TRACEBACK"):
            raise
        say(
            message_console(),
            f"corpusclean: it broke ({type(error).__name__}: {error}); this is a defect of corpusclean, please "
            "report it (CORPUSCLEAN_TRACEBACK=1 shows where)",
            "red",
        )
        return Exit.DEFECT
    return Exit.FINE
