"""``corpusclean report``: what a run did, as one HTML file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from ..corpus import STANDARD_INPUT, replace_file, run_folder_of
from ..errors import ConfigError, InputError
from ..figures import size
from ..report import RunPapers, report_page
from .app import app
from .terminal import message_console, say

__all__ = ["papers_of", "report"]

EPILOG = """[bold]Examples[/bold]

  [cyan]corpusclean clean crawl/ -o clean.jsonl[/cyan]
  [cyan]corpusclean report clean.jsonl -o report.html[/cyan]

The page holds everything it needs: send it to a colleague, or open it where there is no network.
"""


@app.command(epilog=EPILOG)
def report(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="The output of a run, or its .run folder.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The page to write, or - for standard output.")
    ] = Path("report.html"),
) -> None:
    """Show what a run did as one HTML file: totals, rules with examples, a sample of documents, problems."""
    if output.is_dir():
        raise ConfigError(f"-o {output} is a folder", remedy="give the name of a file")
    page = report_page(RunPapers.read(papers_of(run))).encode()
    if str(output) == STANDARD_INPUT:
        sys.stdout.buffer.write(page)
        return
    output.parent.mkdir(parents=True, exist_ok=True)
    replace_file(output, page)
    say(message_console(), f"written to {output} ({size(len(page))})", "dim")


def papers_of(path: Path) -> Path:
    """The run folder that `path` means: itself, or that of the run which wrote it.

    Raises:
        InputError: there is none.
    """
    for folder in (path, run_folder_of(path)):
        if folder.is_dir() and any((folder / name).is_file() for name in ("totals.json", "journal.jsonl")):
            return folder
    raise InputError(
        "no run is written down there", where=str(path), remedy="give the output of a run, or its .run folder"
    )
