"""``corpusclean explain``: what would be done to one document, line by line, and why."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..changes import NEWLINE, LineChange, line_changes
from ..cleaner import Cleaner
from ..corpus import Cleaned, Totals, Trouble, clean_records, read
from ..document import Document
from ..edits import Edit
from ..printable import printable
from ..rules import rule_named
from .app import app
from .clean import exit_code
from .configuring import configuration
from .diffing import rendered
from .options import (
    BoilerplateOption,
    ColorChoice,
    ColorOption,
    ConfigOption,
    ScriptOption,
    SetOption,
)
from .rules import belongs
from .summary import script_of
from .terminal import data_console, fact, message_console, say

__all__ = ["explain", "show_document"]

EXAMPLE = 24  # characters of an edit that are shown as its example

EPILOG = """[bold]Examples[/bold]

  What would be changed in a page:
    [cyan]corpusclean explain page.html[/cyan]

  Only what one family of rules does:
    [cyan]corpusclean explain page.txt --rule repair[/cyan]

  With colours, in a pager:
    [cyan]corpusclean explain page.txt --color always | less -R[/cyan]

A line with few edits is one row: red what goes, green what comes; without colours [-…-] and {+…+}.
A line with many is shown before (-) and after (+). {=…=} is a loss that is marked, not mended.
""".replace("[-", "\\[-")


@app.command(epilog=EPILOG)
def explain(
    sources: Annotated[list[str], typer.Argument(metavar="FILE", help="Files, or - for standard input.")],
    rule: Annotated[
        str | None,
        typer.Option("--rule", metavar="PATH", help="Show only lines touched by this rule or family of rules."),
    ] = None,
    all_lines: Annotated[bool, typer.Option("--all", "-a", metavar=" ", help="Show unchanged lines too.")] = False,
    script: ScriptOption = None,
    no_boilerplate: BoilerplateOption = False,
    config: ConfigOption = None,
    settings: SetOption = None,
    color: ColorOption = ColorChoice.AUTO,
) -> None:
    """Show what cleaning does to a document: each line that changes, what goes, what comes, and by which rule.

    Nothing is written. Control characters in the document are shown as numbers, never acted on.
    """
    options = configuration(config=config, settings=settings, script=script, no_boilerplate=no_boilerplate, ledger=True)
    console, messages = data_console(color=color.value), message_console()
    totals = Totals()
    for result in clean_records(read(sources, limits=options.limits), Cleaner(options)):
        totals.add(result)
        if isinstance(result, Trouble):
            say(messages, f"{result.kind}: {result}", "red")
        else:
            if totals.cleaned > 1:
                console.print()
            show_document(console, result, rule=rule, all_lines=all_lines)
    raise typer.Exit(exit_code(totals))


def show_document(console: Console, cleaned: Cleaned, *, rule: str | None, all_lines: bool) -> None:
    """One document: a heading, its lines, its metadata, its rules."""
    document = cleaned.document
    if document.ledger is None:
        raise ValueError("the document was cleaned without a ledger")
    revision = document.ledger.revision
    heading = Text(printable(document.id), "bold")
    heading.append(
        f"   {document.metadata.encoding or 'text'} · {script_of(document.metadata)} · {len(revision.before):,} → "
        f"{len(revision.text):,} characters",
        "not bold dim",
    )
    console.print(heading, soft_wrap=True)
    color = console.color_system is not None and not console.no_color
    unchanged = 0
    empty: list[LineChange] = []  # lines in a row that go, with nothing to see in them, by the same rules
    for line in line_changes(revision):
        wanted = line.changed and (rule is None or any(belongs(name, rule) for name in line.rules))
        if empty and not (wanted and _is_empty(line) and set(line.rules) == set(empty[0].rules)):
            _show_empty(console, empty, color=color)
            empty = []
        if not (wanted or all_lines):
            unchanged += any(piece.text.strip() for piece in line.pieces)
            continue
        _show_gap(console, unchanged)
        unchanged = 0
        if wanted and _is_empty(line):
            empty.append(line)
        else:
            _show_line(console, line, color=color)
    _show_empty(console, empty, color=color)
    _show_gap(console, unchanged)
    _show_metadata(console, document)
    _show_rules(console, document)


def _is_empty(line: LineChange) -> bool:
    return line.removed and not any(piece.text.strip(f"{NEWLINE} \t\r") for piece in line.pieces)


def _show_empty(console: Console, lines: list[LineChange], *, color: bool) -> None:
    """Empty lines that go: one as any other, several in a row as one row."""
    if len(lines) > 1:
        said = f"{NEWLINE} ×{len(lines):,}, to line {lines[-1].number:,}"
        console.print(Text.assemble((f"{lines[0].number:>5} - ", "dim"), said))
        _show_notes(console, lines[0])
    elif lines:
        _show_line(console, lines[0], color=color)


def _show_gap(console: Console, lines: int) -> None:
    if lines:
        console.print(Text(f"        ⋮ {lines:,} line{'s' * (lines != 1)} not shown", "dim"))


def _show_line(console: Console, line: LineChange, *, color: bool) -> None:
    for sign, text in rendered(line, color=color):
        margin = f"{line.number:>5} {sign} " if sign != "+" else f"      {sign} "
        console.print(Text.assemble((margin, "dim"), text), soft_wrap=True)
    _show_notes(console, line)


def _show_notes(console: Console, line: LineChange) -> None:
    """The rules of a line."""
    for at, (name, times) in enumerate(sorted(line.rules.items(), key=lambda item: (-item[1], item[0]))):
        note = Text("        ╰ " if at == 0 else "          ", "dim")
        note.append("removed " if line.removed else "", "red")
        note.append(printable(name), "cyan")
        note.append(f" ×{times}" if times > 1 else "", "dim")
        if line.confidence < 1.0 and at == 0:
            note.append(f" (confidence {line.confidence:.2f})", "dim")
        if not line.removed:
            note.append(f"   {_example(line.examples[name])}", "dim")
        console.print(note, soft_wrap=True)


def _example(edit: Edit) -> str:
    """An edit in a few characters.

    >>> _example(Edit(0, 5, "(shí)", "", "repair/annotation")), _example(Edit(0, 1, "？", "？", "repair/loss"))
    ('(shí) → nothing', '？')
    """
    before, after = (printable(part.replace("\n", NEWLINE)) for part in (edit.before, edit.after))
    before, after = (part if len(part) <= EXAMPLE else f"{part[:EXAMPLE]}…" for part in (before, after))
    if edit.is_mark:
        return before
    return f"{before or 'nothing'} → {after or 'nothing'}"


def _show_metadata(console: Console, document: Document) -> None:
    found = {name: value for name, value in document.metadata.items() if name not in ("quality", "clean", "encoding")}
    if found:
        console.print(Text("metadata", "bold"))
        for name, value in found.items():
            console.print(fact(name, str(value)), soft_wrap=True)


def _show_rules(console: Console, document: Document) -> None:
    done = document.metadata.clean
    edits: dict[str, int] = dict(done.get("edits", {}))
    removed: dict[str, Any] = dict(done.get("removed", {}))
    if edits:
        table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
        table.add_column("rule", style="cyan", no_wrap=True)
        table.add_column("edits", justify="right")
        table.add_column("removed", justify="right")
        table.add_column("what it does", ratio=1)
        for name, times in sorted(edits.items(), key=lambda item: (-item[1], item[0])):
            known = rule_named(name)
            what = printable(known.what) if known else "a rule of your own"
            table.add_row(Text(printable(name)), f"{times:,}", f"{removed.get(name, 0):,}", Text(what, "dim"))
        console.print(table)
    else:
        console.print(Text("nothing was changed", "green"))
    for warning in (*done.get("warnings", ()), *(f"limit hit: {name}" for name in done.get("limits", ()))):
        say(console, f"warning: {warning}", "yellow")
