"""Options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

__all__ = [
    "BoilerplateOption",
    "BytesFieldOption",
    "ColorChoice",
    "ColorOption",
    "ConfigOption",
    "IdFieldOption",
    "ScriptOption",
    "SetOption",
    "TextFieldOption",
    "UrlFieldOption",
]

CLEANING, ROWS = "How to clean", "Rows of JSON lines, CSV and Parquet"


class ColorChoice(StrEnum):
    """When to colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


ScriptOption = Annotated[
    str | None,
    typer.Option(
        "--script",
        metavar="SCRIPT",
        help="Unify Chinese text to hans (the default), hant, hant-tw or hant-hk; none leaves it as it is.",
        rich_help_panel=CLEANING,
    ),
]
ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        help="TOML file of options; other options win over it. Where none is named: the table tool.corpusclean of "
        "the nearest pyproject.toml, or a corpusclean.toml.",
        rich_help_panel=CLEANING,
    ),
]
SetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="KEY=VALUE",
        help="One option by its dotted name, such as boilerplate.threshold=0.6. May be repeated.",
        rich_help_panel=CLEANING,
    ),
]
BoilerplateOption = Annotated[
    bool,
    typer.Option(
        "--no-boilerplate", metavar=" ", help="Keep page furniture, spam headers and bylines.", rich_help_panel=CLEANING
    ),
]
TextFieldOption = Annotated[
    str, typer.Option("--text-field", metavar="NAME", help="Which field of a row is the text.", rich_help_panel=ROWS)
]
IdFieldOption = Annotated[
    str, typer.Option("--id-field", metavar="NAME", help="Which field is the id.", rich_help_panel=ROWS)
]
UrlFieldOption = Annotated[
    str, typer.Option("--url-field", metavar="NAME", help="Which field is the address.", rich_help_panel=ROWS)
]
BytesFieldOption = Annotated[
    str | None,
    typer.Option(
        "--bytes-field",
        metavar="NAME",
        help="Which field is the document as bytes, instead of a text: binary in Parquet, base64 in JSON and CSV.",
        rich_help_panel=ROWS,
    ),
]
ColorOption = Annotated[
    ColorChoice, typer.Option("--color", help="When to colour. NO_COLOR is respected.", show_default=True)
]
