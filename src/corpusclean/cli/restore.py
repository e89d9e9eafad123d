"""``corpusclean restore``: the input of documents that were cleaned with ``--ledger``, byte for byte."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Annotated

import typer

from ..cleaner import restore as restore_document
from ..corpus import STANDARD_INPUT, FolderNames, replace_file
from ..errors import ConfigError, CorpusCleanError
from .app import Exit, app
from .terminal import message_console, say

__all__ = ["restore"]

EPILOG = """[bold]Example[/bold]

  [cyan]corpusclean clean crawl/ -o clean.jsonl --ledger[/cyan]
  [cyan]corpusclean restore clean.jsonl -o restored/[/cyan]
"""


@app.command(epilog=EPILOG)
def restore(
    cleaned: Annotated[
        str, typer.Argument(metavar="CLEANED.jsonl", help="What `corpusclean clean --ledger` wrote, or - for a pipe.")
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="Folder to write the inputs into, under their names.")
    ] = Path("restored"),
) -> None:
    """Give back the input of cleaned documents, byte for byte; a checksum proves it.

    No file is written outside the folder, whatever a document is called.
    """
    messages = message_console()
    if output.exists() and not output.is_dir():
        raise ConfigError(f"-o {output} is a file", remedy="give the name of a folder")
    names = FolderNames(output)
    restored = failed = 0
    for place, line in _lines(cleaned):
        try:
            _restore_line(line, names)
            restored += 1
        except CorpusCleanError as error:
            failed += 1
            say(messages, f"failed: {place}: {error}", "red")
    if not restored and not failed:
        raise ConfigError("there is nothing to restore: no rows", where=cleaned)
    style = "red" if failed else "green"
    say(messages, f"documents: {restored + failed} in = {restored} restored + {failed} failed", style)
    if restored:
        say(messages, f"written to {output}", "dim")
    raise typer.Exit(Exit.FINE if not failed else Exit.SOME_FAILED if restored else Exit.ALL_FAILED)


def _lines(source: str) -> Iterator[tuple[str, bytes]]:
    with ExitStack() as stack:
        stream: IO[bytes]
        if source == STANDARD_INPUT:
            stream = sys.stdin.buffer
        else:
            try:
                stream = stack.enter_context(Path(source).open("rb"))
            except (OSError, ValueError) as error:
                said = error.strerror if isinstance(error, OSError) else str(error)
                raise ConfigError(f"cannot read {source}: {said}", remedy="check the path") from error
        for number, line in enumerate(stream, 1):
            if line.strip():
                yield f"{source}:{number}", line


def _restore_line(line: bytes, names: FolderNames) -> None:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"the row is not JSON: {error}") from error
    if not isinstance(values, dict):
        raise ConfigError("the row is no JSON object", remedy="give a file that `corpusclean clean --ledger` wrote")
    data = restore_document(values)
    replace_file(names.make(values["id"]), data)
