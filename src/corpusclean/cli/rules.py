"""``corpusclean rules``: the table of everything that may be done to a text."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from ..errors import ConfigError
from ..printable import printable
from ..rules import rule_table
from .app import app
from .options import ColorChoice, ColorOption
from .terminal import data_console

__all__ = ["belongs", "rules"]

EPILOG = """[bold]Examples[/bold]

  [cyan]corpusclean rules boilerplate[/cyan]

  [cyan]corpusclean rules repair/misfire --json[/cyan]
"""


@app.command(epilog=EPILOG)
def rules(
    family: Annotated[
        str, typer.Argument(metavar="PATH", help="Only this rule or family, such as repair/misfire.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", metavar=" ", help="One JSON object a line.")] = False,
    color: ColorOption = ColorChoice.AUTO,
) -> None:
    """List the rules: every edit names one of them."""
    chosen = [rule for name, rule in sorted(rule_table().items()) if not family or belongs(name, family)]
    if not chosen:
        raise ConfigError(f"no rule or family is called {family!r}", remedy="corpusclean rules lists all of them")
    console = data_console(color=color.value)
    if as_json:
        for rule in chosen:
            console.file.write(json.dumps(rule._asdict(), ensure_ascii=False) + "\n")
        return
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 1, 0))
    table.add_column("rule", style="cyan", no_wrap=True)
    table.add_column("what it does", ratio=3)
    table.add_column("before", ratio=2, style="red")
    table.add_column("after", ratio=2, style="green")
    for rule in chosen:
        table.add_row(*(Text(visible(cell)) for cell in (rule.name, rule.what, rule.before, rule.after)))
    console.print(table)


def belongs(rule: str, family: str) -> bool:
    """Whether a rule is of a family, or is the one named.

    >>> belongs("repair/misfire/reading", "repair/"), belongs("repairs/x", "repair")
    (True, False)
    """
    family = family.rstrip("/")
    return rule == family or rule.startswith(f"{family}/")


def visible(text: str) -> str:
    r"""An example on one line, with what can't be seen made visible.

    >>> visible("a\r\nb")
    'a␍⏎b'
    """
    return printable(text.replace("\r", "␍").replace("\n", "⏎").replace("\t", "⇥"))
