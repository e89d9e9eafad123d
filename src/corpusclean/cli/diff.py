"""``corpusclean diff``: how two runs differ in what they made."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from ..changes import line_changes
from ..corpus.comparing import Comparison, Difference, compare, text_difference
from ..figures import plural
from ..printable import printable
from .app import Exit, app
from .diffing import unified
from .options import ColorChoice, ColorOption
from .terminal import data_console, fact, message_console, say

__all__ = ["diff"]

LINES = 12  # changed lines of one example
PROBLEMS = 20

EPILOG = """[bold]Examples[/bold]

  What another script changes:
    [cyan]corpusclean clean crawl/ -o a.jsonl[/cyan]
    [cyan]corpusclean clean crawl/ -o b.jsonl --no-boilerplate[/cyan]
    [cyan]corpusclean diff a.jsonl b.jsonl[/cyan]

  Only whether anything differs:
    [cyan]corpusclean diff a.jsonl b.jsonl --examples 0[/cyan]

  What cleaning changes in the input is another question: [cyan]corpusclean clean --diff[/cyan], or \
[cyan]corpusclean explain[/cyan].
"""


@app.command(epilog=EPILOG)
def diff(
    first: Annotated[str, typer.Argument(metavar="A", help="What a run wrote: JSON lines, Parquet, or a text folder.")],
    second: Annotated[str, typer.Argument(metavar="B", help="What another run wrote.")],
    examples: Annotated[
        int, typer.Option("--examples", "-n", metavar="N", min=0, help="Changed documents that are shown.")
    ] = 3,
    as_json: Annotated[bool, typer.Option("--json", metavar=" ", help="The counts as one JSON object.")] = False,
    color: ColorOption = ColorChoice.AUTO,
) -> None:
    """Compare what two runs wrote: documents in one only, changed texts and metadata. Exit status 1 if they differ.

    Documents are matched by their ids, in any order. What metadata says of the run itself does not count.
    """
    console, messages = data_console(color=color.value), message_console()
    comparison = Comparison()
    shown = 0
    for difference in compare(first, second, comparison):
        if shown < examples and not as_json:
            shown += 1
            _show(console, difference)
    for said in comparison.problems[:PROBLEMS]:
        say(messages, f"failed: {said}", "red")
    if len(comparison.problems) > PROBLEMS:
        say(messages, f"failed: {len(comparison.problems) - PROBLEMS:,} more rows", "red")
    if as_json:
        console.file.write(json.dumps(_counts(comparison)) + "\n")
    else:
        _summarize(console, comparison, first, second)
    raise typer.Exit(Exit.FINE if comparison.equal else Exit.DIFFERENT)


def _show(console: Console, difference: Difference) -> None:
    """One document that differs."""
    console.print(Text(printable(difference.id), "bold"), soft_wrap=True)
    if difference.fields:
        console.print(fact("metadata", f"{', '.join(difference.fields)} differ{'s' * (len(difference.fields) == 1)}"))
    if difference.before is None or difference.after is None:
        console.print(fact("text", "too far apart in the two outputs to be shown"))
        return
    color = console.color_system is not None and not console.no_color
    left_out = 0
    lines = (line for line in line_changes(text_difference(difference.before, difference.after)) if line.changed)
    for at, line in enumerate(lines):
        if at >= LINES:
            left_out += 1
            continue
        line.rules.clear()  # two texts tell what differs, not why
        for text in unified(line, color=color):
            console.print(text, soft_wrap=True)
    if left_out:
        console.print(Text(f"⋮ {left_out:,} more lines differ", "dim"))


def _summarize(console: Console, comparison: Comparison, first: str, second: str) -> None:
    if comparison.equal:
        console.print(Text(f"{plural(comparison.same, 'document')}, all the same", "green"))
        return
    together = comparison.same + comparison.changed + comparison.restated
    console.print(Text(f"{plural(together, 'document')} in both", "bold"))
    console.print(fact("same", f"{comparison.same:,}"))
    console.print(fact("text", f"{comparison.changed:,} differ", "yellow" if comparison.changed else ""))
    if comparison.restated:
        console.print(fact("metadata", f"{comparison.restated:,} differ in nothing else", "yellow"))
    before, after = comparison.characters
    console.print(fact("length", f"{before:,} → {after:,} characters ({after - before:+,})"))
    if comparison.fields:
        named = ", ".join(f"{name} ×{count:,}" for name, count in comparison.fields.most_common(8))
        console.print(fact("fields", named), soft_wrap=True)
    moved = [(rule, count) for rule, count in comparison.edits.most_common() if count]
    for at, (rule, count) in enumerate(sorted(moved, key=lambda item: (-abs(item[1]), item[0]))[:8]):
        console.print(fact("" if at else "edits", f"{count:+7,}  {rule}"), soft_wrap=True)
    for name, count, names in (
        (first, comparison.only_first, comparison.names[0]),
        (second, comparison.only_second, comparison.names[1]),
    ):
        if count:
            console.print(Text(f"{count:,} only in {printable(name)}", "bold"), soft_wrap=True)
            for one in names[:5]:
                console.print(Text(f"  {printable(one)}"), soft_wrap=True)
            if count > 5:
                console.print(Text(f"  … and {count - 5:,} more", "dim"))


def _counts(comparison: Comparison) -> dict[str, object]:
    return {
        "same": comparison.same,
        "text_differs": comparison.changed,
        "only_metadata_differs": comparison.restated,
        "only_in_first": comparison.only_first,
        "only_in_second": comparison.only_second,
        "characters": comparison.characters,
        "fields": dict(comparison.fields.most_common()),
        "edits": {rule: count for rule, count in sorted(comparison.edits.items()) if count},
        "broken_rows": len(comparison.problems),
    }
