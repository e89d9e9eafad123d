"""``corpusclean clean``: documents in, clean documents out, and a short account of what was done."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from ..cleaner import Cleaner
from ..config import CleanConfig
from ..corpus import STANDARD_INPUT, Cleaned, FileWriter, TextFolderWriter, Totals, Writer, measure, read, run
from ..errors import ConfigError
from .app import Exit, app
from .configuring import configuration
from .options import BoilerplateOption, ConfigOption, ScriptOption, SetOption
from .progress import RunProgress
from .summary import FEW, Row, show_rows, show_totals
from .terminal import message_console, say

__all__ = ["clean", "exit_code"]

HELP = """Clean documents: text or HTML in any encoding.

Each becomes one line of JSON: its id, its clean text, and metadata, which is what the page said of itself and what \
was done to it. A .jsonl file gives a document for each row. What cannot be cleaned is named on standard error, and \
everything else is cleaned all the same.
"""
EPILOG = """[bold]Examples[/bold]

  One page, as JSON on standard output:
    [cyan]corpusclean clean page.html[/cyan]

  Folders and files into one file:
    [cyan]corpusclean clean crawl/ more.jsonl -o clean.jsonl[/cyan]

  From a pipe:
    [cyan]curl -s https://example.org | corpusclean clean -[/cyan]

  One .txt for each document:
    [cyan]corpusclean clean crawl/ --text-dir clean/[/cyan]

  So that `corpusclean restore` can give the input back:
    [cyan]corpusclean clean crawl/ -o clean.jsonl --ledger[/cyan]

  Into the Traditional Chinese of Taiwan:
    [cyan]corpusclean clean crawl/ -o tw.jsonl --script hant-tw[/cyan]
"""


@app.command(help=HELP, epilog=EPILOG)
def clean(
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH|DIR|-", help="Files, folders (with all below them), or - for standard input."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="OUT", help="Write JSON lines to this file instead of standard output."),
    ] = None,
    text_dir: Annotated[
        Path | None,
        typer.Option("--text-dir", metavar="DIR", help="Write one .txt for each document into this folder."),
    ] = None,
    ledger: Annotated[
        bool,
        typer.Option(
            "--ledger", metavar=" ", help="Keep every edit, so that `corpusclean restore` gives the input back."
        ),
    ] = False,
    script: ScriptOption = None,
    no_boilerplate: BoilerplateOption = False,
    config: ConfigOption = None,
    settings: SetOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", metavar=" ", help="Say nothing but what went wrong.")] = False,
) -> None:
    """Clean documents; :data:`HELP` is what a user reads."""
    options = configuration(
        config=config, settings=settings, script=script, no_boilerplate=no_boilerplate, ledger=ledger
    )
    sources = _sources(sources)
    _check_outputs(output, text_dir, options)
    leave_out = frozenset(path.resolve() for path in (output, text_dir) if path is not None)
    messages = message_console()
    cleaner = Cleaner(options)
    totals, rows = Totals(), []
    with ExitStack() as stack:
        writers = [stack.enter_context(writer) for writer in _writers(output, text_dir)]
        total = measure(sources, leave_out=leave_out) if messages.is_terminal and not quiet else None
        bar = stack.enter_context(RunProgress(messages, total)) if not quiet else None
        records = read(sources, limits=options.limits, leave_out=leave_out)
        for result in run(records, cleaner, writers, totals):
            if not isinstance(result, Cleaned):
                say(messages, f"{result.kind}: {result}", "red")
            elif totals.cleaned <= FEW:
                rows.append(Row(result))
            if bar is not None:
                bar.update(result, totals)
    if not quiet:
        _account(messages, totals, rows, output, text_dir)
    raise typer.Exit(exit_code(totals))


def exit_code(totals: Totals) -> Exit:
    """0 when every document came out, 3 when some did not, 4 when none did."""
    if not totals.troubles:
        return Exit.FINE
    return Exit.SOME_FAILED if totals.cleaned else Exit.ALL_FAILED


def _sources(sources: list[str] | None) -> list[str]:
    if sources:
        return sources
    if sys.stdin.isatty():
        raise ConfigError(
            "nothing to clean", remedy="give files or folders, or - for standard input; --help has examples"
        )
    return [STANDARD_INPUT]


def _check_outputs(output: Path | None, text_dir: Path | None, options: CleanConfig) -> None:
    if output is not None and output.is_dir():
        raise ConfigError(f"-o {output} is a folder", remedy="give the name of a file, or use --text-dir")
    if text_dir is not None and text_dir.exists() and not text_dir.is_dir():
        raise ConfigError(f"--text-dir {text_dir} is a file", remedy="give the name of a folder")
    if text_dir is not None and output is None and options.ledger:
        raise ConfigError("--ledger has nowhere to go: a text file holds no ledger", remedy="add -o OUT.jsonl")


def _writers(output: Path | None, text_dir: Path | None) -> list[Writer]:
    """The folder comes first: it can refuse a document, which must then be nowhere."""
    writers: list[Writer] = []
    if text_dir is not None:
        writers.append(TextFolderWriter(text_dir))
    if output is not None and str(output) != STANDARD_INPUT:
        writers.append(FileWriter(output))
    elif text_dir is None or output is not None:
        writers.append(FileWriter(sys.stdout.buffer))
    return writers


def _account(messages: Console, totals: Totals, rows: list[Row], output: Path | None, text_dir: Path | None) -> None:
    """What was done, and that nothing went missing."""
    if totals.cleaned <= FEW:
        show_rows(messages, rows)
    else:
        show_totals(messages, totals)
    style = "red" if totals.troubles else "green"
    say(messages, f"documents: {totals.conservation}", style)
    if not totals.balanced:
        say(messages, "the counts do not add up: this is a defect of corpusclean, please report it", "bold red")
    for path in (output, text_dir):
        if path is not None and totals.cleaned:
            say(messages, f"written to {path}", "dim")
