"""``corpusclean stats``: what a run did, or what an output holds, in numbers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..corpus import Totals
from ..corpus.counting import count_output
from ..errors import InputError
from ..figures import share
from ..printable import printable
from .app import Exit, app
from .options import ColorChoice, ColorOption
from .report import papers_of
from .summary import lengths_told
from .terminal import data_console, message_console, say

__all__ = ["stats"]

TOP = 12  # of each kind
PROBLEMS = 20
BAR = 24  # columns

EPILOG = """[bold]Examples[/bold]

  What a run did:
    [cyan]corpusclean stats clean.run[/cyan]

  What an output holds, counted row by row:
    [cyan]corpusclean stats clean.jsonl.zst[/cyan]

  For programs:
    [cyan]corpusclean stats clean.run --json | jq .languages[/cyan]
"""


@app.command(epilog=EPILOG)
def stats(
    source: Annotated[
        str,
        typer.Argument(
            metavar="RUN|OUTPUT", help="A .run folder, or what a run wrote: JSON lines, Parquet, text folder, -."
        ),
    ],
    as_json: Annotated[bool, typer.Option("--json", metavar=" ", help="All numbers as one JSON object.")] = False,
    color: ColorOption = ColorChoice.AUTO,
) -> None:
    """Count documents by encoding, script, language and length, and edits and removed characters by rule.

    A run folder knows what was rejected or failed too; an output knows only what is in it.
    """
    console, messages = data_console(color=color.value), message_console()
    problems: list[str] = []
    totals = _of_run(Path(source)) if Path(source).name.endswith(".run") else count_output(source, problems.append)
    for said in problems[:PROBLEMS]:
        say(messages, f"failed: {said}", "red")
    if len(problems) > PROBLEMS:
        say(messages, f"failed: {len(problems) - PROBLEMS:,} more rows", "red")
    if as_json:
        console.file.write(json.dumps(totals.to_dict()) + "\n")
    else:
        _show(console, totals)
    raise typer.Exit(Exit.FINE if not problems else Exit.SOME_FAILED if totals.cleaned else Exit.ALL_FAILED)


def _of_run(folder: Path) -> Totals:
    path = papers_of(folder) / "totals.json"
    try:
        return Totals.from_dict(json.loads(path.read_bytes()))
    except FileNotFoundError as error:
        raise InputError(
            "the run is not finished", where=str(folder), remedy="finish it with corpusclean clean … --resume"
        ) from error
    except (ValueError, TypeError) as error:
        raise InputError(f"the totals are damaged: {error}", where=str(path), remedy="run it again") from error


def _show(console: Console, totals: Totals) -> None:
    head = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
    head.add_row("documents", totals.conservation)
    if totals.chars_in:
        kept = f"{totals.chars_in:,} → {totals.chars_out:,}, {share(totals.chars_out, totals.chars_in)} kept"
        head.add_row("characters", kept)
    else:
        head.add_row("characters", f"{totals.chars_out:,}")
    head.add_row("lengths", lengths_told(totals.lengths))
    head.add_row("edits", f"{sum(totals.edits.values()):,}")
    console.print(head)
    for name, counts in (
        ("encodings", totals.encodings),
        ("scripts", totals.scripts),
        ("languages", totals.languages),
        ("rejected or failed", totals.reasons),
        ("dropped by", totals.conditions),
        ("warnings", totals.warnings),
        ("limits hit", totals.limits),
        ("edits by rule", totals.edits),
        ("characters removed by rule", totals.chars_removed),
    ):
        if counts:
            _show_counts(console, name, counts)


def _show_counts(console: Console, name: str, counts: dict[str, int]) -> None:
    """A table of counts, each with its share of all of them as a bar."""
    console.print()
    console.print(Text(name, "bold"))
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    total, most = sum(counts.values()), ranked[0][1]
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, overflow="ellipsis", max_width=max(24, console.width - BAR - 24))
    table.add_column(justify="right")
    table.add_column(justify="right", style="dim")
    table.add_column(style="blue", no_wrap=True)
    for what, count in ranked[:TOP]:
        bar = "━" * max(1, round(BAR * count / most))
        table.add_row(Text(f"  {printable(what)}"), f"{count:,}", share(count, total), bar)
    if len(ranked) > TOP:
        rest = sum(count for _, count in ranked[TOP:])
        table.add_row(Text(f"  {len(ranked) - TOP:,} others", "dim"), f"{rest:,}", share(rest, total), "")
    console.print(table)
