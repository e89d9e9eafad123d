"""``corpusclean restore``: the input of documents that were cleaned with ``--ledger``, byte for byte."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from ..cleaner import restore as restore_document
from ..corpus import FolderNames, replace_file, with_ledger
from ..corpus.rows import Row, rows_of
from ..errors import ConfigError, CorpusCleanError
from .app import Exit, app
from .terminal import message_console, say

__all__ = ["restore"]

EPILOG = """[bold]Examples[/bold]

  From an output that holds its ledgers:
    [cyan]corpusclean clean crawl/ -o clean.jsonl --ledger[/cyan]
    [cyan]corpusclean restore clean.jsonl -o restored/[/cyan]

  From an output and a ledger file:
    [cyan]corpusclean clean crawl/ -o clean.jsonl --ledger-file ledgers.jsonl.zst[/cyan]
    [cyan]corpusclean restore clean.jsonl --ledger-file ledgers.jsonl.zst -o restored/[/cyan]
"""


@app.command(epilog=EPILOG)
def restore(
    cleaned: Annotated[
        str,
        typer.Argument(
            metavar="CLEANED", help="What `corpusclean clean --ledger` wrote: JSON lines, Parquet, a text folder, or -."
        ),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="Folder to write the inputs into, under their names.")
    ] = Path("restored"),
    ledger_file: Annotated[
        Path | None,
        typer.Option("--ledger-file", metavar="FILE", help="Where the same run wrote the ledgers, if in a file apart."),
    ] = None,
) -> None:
    """Give back the input of cleaned documents, byte for byte; a checksum proves it.

    No file is written outside the folder, whatever a document is called.
    """
    messages = message_console()
    if output.exists() and not output.is_dir():
        raise ConfigError(f"-o {output} is a file", remedy="give the name of a folder")
    names = FolderNames(output)
    restored = failed = 0
    for row in _rows(cleaned, ledger_file):
        try:
            _restore_row(row, names)
            restored += 1
        except CorpusCleanError as error:
            failed += 1
            say(messages, f"failed: {row.place}: {error}", "red")
    if not restored and not failed:
        raise ConfigError("there is nothing to restore: no rows", where=cleaned)
    style = "red" if failed else "green"
    say(messages, f"documents: {restored + failed} in = {restored} restored + {failed} failed", style)
    if restored:
        say(messages, f"written to {output}", "dim")
    raise typer.Exit(Exit.FINE if not failed else Exit.SOME_FAILED if restored else Exit.ALL_FAILED)


def _rows(cleaned: str, ledger_file: Path | None) -> Iterator[Row]:
    """The rows of the output, each with its ledger."""
    if ledger_file is None:
        yield from rows_of(cleaned)
        return
    names = FolderNames(Path(cleaned)) if Path(cleaned).is_dir() else None
    rows = None if names is not None else rows_of(cleaned)
    for kept in rows_of(ledger_file):
        row = _text_of(kept, names) if rows is None else next(rows, Row(kept.place, None, "its document is not there"))
        if row.values is None or kept.values is None:
            yield row if row.values is None else kept
            continue
        try:
            yield Row(row.place, with_ledger(row.values, kept.values))
        except CorpusCleanError as error:
            yield Row(row.place, None, str(error))
    for row in rows or ():
        yield Row(row.place, None, "its ledger is not there")


def _text_of(kept: Row, names: FolderNames | None) -> Row:
    """The document in a text folder to which a ledger belongs: names are handed out as when it was written."""
    if kept.values is None or names is None:
        return kept
    path = names.place(str(kept.values.get("name", "")), ".txt")
    try:
        text = path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return Row(str(path), None, f"its text cannot be read: {said}")
    return Row(str(path), {"id": kept.values.get("id"), "text": text})


def _restore_row(row: Row, names: FolderNames) -> None:
    if row.values is None:
        raise ConfigError(row.problem, remedy="give a file that `corpusclean clean --ledger` wrote")
    data = restore_document(row.values)
    replace_file(names.make(row.values["id"]), data)
