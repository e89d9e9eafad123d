"""What a run tells on standard error when it is over: a row for each document, or the totals."""

from __future__ import annotations

from collections.abc import Mapping

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..corpus import Outcome, Totals
from ..document import Metadata
from ..figures import share
from ..printable import printable
from .terminal import say

__all__ = ["FEW", "Row", "show_rows", "show_totals", "top_rules"]

FEW = 20  # documents that get a row each
NAME_WIDTH = 36
TOP = 10  # kinds that are told of each
RULES_WIDTH = 24  # the least that is worth showing


class Row:
    """What the table says of one document."""

    def __init__(self, outcome: Outcome) -> None:
        metadata = outcome.metadata
        done = metadata.clean
        self.name = printable(outcome.name)
        self.encoding = metadata.encoding or "text"
        self.script = script_of(metadata)
        self.chars_in = characters_in(metadata)
        self.chars_out = outcome.chars
        edits: Mapping[str, int] = done.get("edits", {})
        self.edits = sum(edits.values())
        self.lines = outcome.removed_lines
        self.rules = top_rules(edits)
        self.warnings = [*done.get("warnings", ()), *(f"limit hit: {name}" for name in done.get("limits", ()))]


def script_of(metadata: Metadata) -> str:
    """The script of the input, and whether it was converted naively."""
    script = metadata.script
    if script in (None, "none"):
        return "–"
    naive = metadata.clean.get("script", {}).get("naive") or 0.0
    return f"{script}, naive" if naive >= 0.5 else str(script)


def characters_in(metadata: Metadata) -> int | None:
    """Code points of the decoded text, where the metadata tells."""
    chars = metadata.clean.get("chars")
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
    kept = f" ({share(totals.chars_out, totals.chars_in)} of what was read)" if totals.chars_in else ""
    table.add_row("written", f"{totals.chars_out:,} characters{kept}")
    for name, counts in (
        ("encodings", totals.encodings),
        ("scripts", totals.scripts),
        ("languages", totals.languages),
    ):
        table.add_row(name, _counts(counts))
    table.add_row("lengths", lengths_told(totals.lengths))
    table.add_row("edits", f"{sum(totals.edits.values()):,}")
    table.add_row("rules", Text(top_rules(totals.edits, 8)))
    if totals.conditions:
        table.add_row("dropped", Text(printable(_counts(totals.conditions))))
    console.print(table)


def lengths_told(lengths: Mapping[int, int]) -> str:
    """How long the clean texts are; `lengths` as of :class:`~corpusclean.corpus.Totals`.

    >>> lengths_told({3: 2, 8: 6, 12: 2})
    'half of the documents below 256 characters, one in ten from 2,048 on, none from 4,096 on'
    """
    total = sum(lengths.values())
    if not total:
        return "–"
    half = _bucket(lengths, total / 2)
    tenth = _bucket(lengths, total * 0.9 + 1e-9)
    parts = [f"half of the documents below {1 << half:,} characters"]
    if tenth > half:
        parts.append(f"one in ten from {1 << (tenth - 1):,} on")
    return ", ".join([*parts, f"none from {1 << max(lengths):,} on"])


def _bucket(lengths: Mapping[int, int], wanted: float) -> int:
    """The bucket in which the sum of the counts reaches `wanted`."""
    reached = 0
    for step, count in sorted(lengths.items()):
        reached += count
        if reached >= wanted:
            return step
    return max(lengths)


def _counts(counts: Mapping[str, int]) -> str:
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    shown = [f"{name} ×{times:,}" for name, times in ranked[:TOP]]
    return ", ".join([*shown, f"{len(ranked) - TOP:,} more"] if len(ranked) > TOP else shown) or "–"
