"""What a run tells on standard error when it is over: a row for each document, or the totals."""

from __future__ import annotations

from collections.abc import Mapping

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..corpus import Cleaned, Totals
from ..document import Document
from ..printable import printable
from .terminal import say

__all__ = ["FEW", "Row", "show_rows", "show_totals", "top_rules"]

FEW = 20  # documents that get a row each
NAME_WIDTH = 36
RULES_WIDTH = 24  # the least that is worth showing


class Row:
    """What the table says of one document, without keeping its text."""

    def __init__(self, cleaned: Cleaned) -> None:
        document = cleaned.document
        done = document.metadata.clean
        self.name = printable(cleaned.name)
        self.encoding = document.metadata.encoding or "text"
        self.script = script_of(document)
        self.chars_in = characters_in(document)
        self.chars_out = len(document.text)
        edits: Mapping[str, int] = done.get("edits", {})
        self.edits = sum(edits.values())
        self.lines = sum(item.text.strip("\n").count("\n") + 1 for item in document.removed)
        self.rules = top_rules(edits)
        self.warnings = [*done.get("warnings", ()), *(f"limit hit: {name}" for name in done.get("limits", ()))]


def script_of(document: Document) -> str:
    """The script of the input, and whether it was converted naively."""
    script = document.metadata.script
    if script in (None, "none"):
        return "–"
    naive = document.metadata.clean.get("script", {}).get("naive") or 0.0
    return f"{script}, naive" if naive >= 0.5 else str(script)


def characters_in(document: Document) -> int | None:
    """Code points of the decoded text, where the metadata tells."""
    chars = document.metadata.clean.get("chars")
    return int(chars["in"]) if isinstance(chars, Mapping) and "in" in chars else None


def top_rules(edits: Mapping[str, int], count: int = 3) -> str:
    """The rules that did most, with how often.

    >>> top_rules({"script/char": 812, "repair/annotation": 40, "layout/newline": 1}, 2)
    'script/char ×812, repair/annotation ×40, …'
    """
    ranked = sorted(edits.items(), key=lambda item: (-item[1], item[0]))
    shown = [f"{rule} ×{times}" for rule, times in ranked[:count]]
    return ", ".join([*shown, "…"] if len(ranked) > count else shown)


def show_rows(console: Console, rows: list[Row]) -> None:
    """A table with a row for each document, and its warnings below."""
    if not rows:
        return
    head = ("document", "encoding", "script", "characters", "edits", "lines out", "rules that did most")
    body = [
        (
            row.name,
            row.encoding,
            row.script,
            f"{'' if row.chars_in is None else f'{row.chars_in:,} → '}{row.chars_out:,}",
            f"{row.edits:,}",
            f"{row.lines:,}",
            row.rules,
        )
        for row in rows
    ]
    widths = [max(cell_len(line[at]) for line in (head, *body)) for at in range(len(head))]
    widths[0] = min(widths[0], NAME_WIDTH)
    rest = console.width - sum(widths[:-1]) - 2 * len(head)
    shown = len(head) if rest >= RULES_WIDTH else len(head) - 1  # no room for the rules: leave them out
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for at, name in enumerate(head[:shown]):
        last = at == len(head) - 1
        table.add_column(
            name,
            justify="right" if name in ("characters", "edits", "lines out") else "left",
            style="dim" if last else "",
            width=min(widths[at], rest) if last else widths[at],
            overflow="ellipsis",
            no_wrap=True,
        )
    for line in body:
        table.add_row(*(Text(cell) for cell in line[:shown]))
    console.print(table)
    for row in rows:
        for warning in row.warnings:
            say(console, f"  {row.name}: {warning}", "yellow")


def show_totals(console: Console, totals: Totals) -> None:
    """The totals of many documents."""
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row("read", f"{totals.bytes_in:,} bytes")
    table.add_row("written", f"{totals.chars_out:,} characters")
    table.add_row("encodings", _counts(totals.encodings))
    table.add_row("scripts", _counts(totals.scripts))
    table.add_row("edits", f"{sum(totals.edits.values()):,}")
    table.add_row("rules", Text(top_rules(totals.edits, 8)))
    console.print(table)


def _counts(counts: Mapping[str, int]) -> str:
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{name} ×{times:,}" for name, times in ranked) or "–"
