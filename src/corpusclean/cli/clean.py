"""``corpusclean clean``: documents in, clean documents out, and a short account of what was done."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Annotated, cast

import typer

from ..cleaner import Cleaner
from ..corpus import STANDARD_INPUT, Fields, Observer, Outputs, Sample, Totals, run_corpus
from ..corpus.inspectors import ChangeInspector
from ..corpus.samples import SampleKeeper, Sampler
from ..errors import ConfigError
from .account import Account
from .app import Exit, app
from .changes import Changes
from .configuring import configured, shown_config
from .messages import JsonMessages, LogFormat, Messages, TextMessages, json_errors
from .options import (
    BoilerplateOption,
    BytesFieldOption,
    ColorChoice,
    ColorOption,
    ConfigOption,
    IdFieldOption,
    ScriptOption,
    SetOption,
    TextFieldOption,
    UrlFieldOption,
)
from .terminal import JsonOnTerminal, data_console, message_console

__all__ = ["clean", "exit_code"]

HELP = """Clean documents: text, HTML, JSON lines, CSV, Parquet, WARC, zip and tar, in any encoding.

Each becomes one line of JSON: its id, its clean text, and metadata, which is what the page said of itself and what \
was done to it. What cannot be cleaned is named on standard error, and everything else is cleaned all the same. \
Beside an output a folder OUT.run tells what the run did: `corpusclean report` makes a page of it.
"""
EPILOG = """[bold]Examples[/bold]

  One page, as JSON on standard output:
    [cyan]corpusclean clean page.html[/cyan]

  Folders and files into one file, and a report of it:
    [cyan]corpusclean clean crawl/ more.jsonl -o clean.jsonl[/cyan]
    [cyan]corpusclean report clean.jsonl[/cyan]

  From a pipe:
    [cyan]curl -s https://example.org | corpusclean clean -[/cyan]

  One .txt for each document:
    [cyan]corpusclean clean crawl/ --text-dir clean/[/cyan]

  What would be changed, on a sample, before a long run:
    [cyan]corpusclean clean crawl/ --sample 1% --diff | less -R[/cyan]

  Without documents that hold little Chinese:
    [cyan]corpusclean clean crawl/ -o zh.jsonl --drop-if 'han_share < 0.3'[/cyan]

  So that `corpusclean restore` can give the input back:
    [cyan]corpusclean clean crawl/ -o clean.jsonl --ledger[/cyan]

  In a pipeline that must not change committed files:
    [cyan]corpusclean clean docs/ --check[/cyan]
"""
OUTPUT, CHOICE, LOOK, TELL = "Where it goes", "Which documents", "Only look", "What it tells"
DIFF_LINES = 200  # of one document


@app.command(help=HELP, epilog=EPILOG)
def clean(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH|DIR|-",
            help="Files, archives, folders (with all below them), patterns ('crawl/**/*.warc.gz'), addresses (s3://, "
            "https://), or - for standard input.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="OUT",
            help="Write to this file instead of standard output: .jsonl, .jsonl.gz, .jsonl.zst or .parquet.",
            rich_help_panel=OUTPUT,
        ),
    ] = None,
    text_dir: Annotated[
        Path | None,
        typer.Option(
            "--text-dir",
            metavar="DIR",
            help="Write one .txt for each document into this folder.",
            rich_help_panel=OUTPUT,
        ),
    ] = None,
    ledger: Annotated[
        bool,
        typer.Option(
            "--ledger",
            metavar=" ",
            help="Keep every edit, so that `corpusclean restore` gives the input back.",
            rich_help_panel=OUTPUT,
        ),
    ] = False,
    ledger_file: Annotated[
        Path | None,
        typer.Option(
            "--ledger-file",
            metavar="FILE",
            help="Keep the edits in a file of their own (.jsonl, .jsonl.gz, .jsonl.zst).",
            rich_help_panel=OUTPUT,
        ),
    ] = None,
    resume: Annotated[
        bool,
        typer.Option(
            "--resume", metavar=" ", help="Go on with the same run where it was interrupted.", rich_help_panel=OUTPUT
        ),
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs",
            "-j",
            metavar="N",
            min=0,
            help="Worker processes. Default: one for each processor; none where the input is small.",
            rich_help_panel=OUTPUT,
        ),
    ] = None,
    drop_if: Annotated[
        list[str] | None,
        typer.Option(
            "--drop-if",
            metavar="CONDITION",
            help="Leave out documents for which this holds, such as 'language != \"zh\" or chars < 200'. "
            "May be repeated.",
            rich_help_panel=CHOICE,
        ),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option("--limit", metavar="N", min=0, help="Only the first N documents.", rich_help_panel=CHOICE),
    ] = None,
    sample: Annotated[
        str | None,
        typer.Option(
            "--sample",
            metavar="N|P%",
            help="Only so many, or such a share: the same ones every time.",
            rich_help_panel=CHOICE,
        ),
    ] = None,
    text_field: TextFieldOption = "text",
    id_field: IdFieldOption = "id",
    url_field: UrlFieldOption = "url",
    bytes_field: BytesFieldOption = None,
    check: Annotated[
        bool,
        typer.Option(
            "--check",
            metavar=" ",
            help="Write nothing; name what would change; exit status 1 if anything would.",
            rich_help_panel=LOOK,
        ),
    ] = False,
    diff: Annotated[
        bool,
        typer.Option(
            "--diff",
            metavar=" ",
            help="Show what changes instead of the documents, line by line.",
            rich_help_panel=LOOK,
        ),
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", metavar=" ", help="Clean and count, but write nothing.", rich_help_panel=LOOK),
    ] = False,
    script: ScriptOption = None,
    no_boilerplate: BoilerplateOption = False,
    config: ConfigOption = None,
    settings: SetOption = None,
    show_config: Annotated[
        bool,
        typer.Option(
            "--show-config",
            metavar=" ",
            help="Print the configuration, and where each value came from, and stop.",
            rich_help_panel="How to clean",
        ),
    ] = False,
    quiet: Annotated[
        bool,
        typer.Option("--quiet", "-q", metavar=" ", help="Say nothing but what went wrong.", rich_help_panel=TELL),
    ] = False,
    log_format: Annotated[
        LogFormat,
        typer.Option("--log-format", help="Messages as text, or as one JSON object a line.", rich_help_panel=TELL),
    ] = LogFormat.TEXT,
    color: ColorOption = ColorChoice.AUTO,
) -> None:
    """Clean documents; :data:`HELP` is what a user reads."""
    with ExitStack() as stack:
        messages: Messages = TextMessages(message_console(), quiet=quiet)
        if log_format is LogFormat.JSON:
            messages = JsonMessages(sys.stderr, quiet=quiet)
            stack.enter_context(json_errors(messages))
        made = configured(
            config=config,
            settings=settings,
            script=script,
            no_boilerplate=no_boilerplate,
            ledger=ledger or ledger_file is not None,
        )
        if show_config:
            data_console(color=color.value).file.write(shown_config(made))
            return
        given = _sources(sources)
        look = "--check" if check else "--dry-run" if dry_run else "--diff" if diff else ""
        outputs = _outputs(stack, output, text_dir, ledger_file, ledger=made.config.ledger, look=look)
        cleaner = Cleaner(made.config)
        changes = Changes(data_console(color=color.value), messages, names=check, lines=diff)
        observers = [Observer(Sampler(cleaner), SampleKeeper())] if outputs.papers is not None else []
        if check or diff:
            observers.append(Observer(ChangeInspector(cleaner, lines=DIFF_LINES if diff else 0), changes))
        part = Sample.parse(sample) if sample is not None else None
        account = Account(messages, quiet=quiet)
        talks = (check or diff or outputs.stream is not None) and not dry_run
        account.begin(
            made,
            given,
            outputs,
            whole=limit is None and part is None,
            alone=not (talks and sys.stdout.isatty()),
        )
        with account:
            result = run_corpus(
                given,
                cleaner,
                outputs,
                jobs=jobs,
                resume=resume,
                limit=limit,
                sample=part,
                drop_if=drop_if or (),
                fields=Fields(text=text_field, id=id_field, url=url_field, bytes=bytes_field),
                observers=observers,
                watch=account.see,
                command=("corpusclean", *sys.argv[1:]),
            )
        if check:
            changes.sum_up()
        account.end(result, outputs, table=not (check or diff))
    status = exit_code(result.totals)
    raise typer.Exit(Exit.DIFFERENT if check and changes.count and status is Exit.FINE else status)


def exit_code(totals: Totals) -> Exit:
    """0 when every document came out, 3 when some did not, 4 when none did."""
    if not totals.troubles:
        return Exit.FINE
    return Exit.SOME_FAILED if totals.cleaned or totals.dropped else Exit.ALL_FAILED


def _sources(sources: list[str] | None) -> list[str]:
    if sources:
        return sources
    if sys.stdin.isatty():
        raise ConfigError(
            "nothing to clean", remedy="give files or folders, or - for standard input; --help has examples"
        )
    return [STANDARD_INPUT]


def _outputs(
    stack: ExitStack, output: Path | None, text_dir: Path | None, ledger_file: Path | None, *, ledger: bool, look: str
) -> Outputs:
    """Where the documents go; nowhere if someone only looks."""
    named = {"-o": output, "--text-dir": text_dir, "--ledger-file": ledger_file}
    used = [f"{option} {path}" for option, path in named.items() if path is not None]
    to_stdout = output is not None and str(output) == STANDARD_INPUT
    if used and look and (look != "--diff" or to_stdout):
        why = "writes nothing" if look != "--diff" else "shows changes on standard output"
        raise ConfigError(f"{look} {why}, so {used[0]} can't be", remedy="leave one of them out")
    if look and not used:
        return Outputs(stream=stack.enter_context(Path(os.devnull).open("wb")))
    if output is not None and output.is_dir():
        raise ConfigError(f"-o {output} is a folder", remedy="give the name of a file, or use --text-dir")
    if text_dir is not None and text_dir.exists() and not text_dir.is_dir():
        raise ConfigError(f"--text-dir {text_dir} is a file", remedy="give the name of a folder")
    if text_dir is not None and output is None and ledger and ledger_file is None:
        raise ConfigError(
            "--ledger has nowhere to go: a text file holds no ledger", remedy="add -o OUT.jsonl, or --ledger-file FILE"
        )
    if output is None and text_dir is None and ledger_file is not None:
        raise ConfigError("--ledger-file goes with a file or a folder of documents", remedy="add -o OUT.jsonl")
    stream: IO[bytes] | None = None
    if to_stdout or (output is None and text_dir is None):
        stream = sys.stdout.buffer
        if sys.stdout.isatty():
            stream = cast(IO[bytes], JsonOnTerminal(stream))  # which has all that a run asks of a stream
    return Outputs(file=None if to_stdout else output, stream=stream, text_dir=text_dir, ledger_file=ledger_file)
