"""Options that several commands share, and the configuration they make."""

from __future__ import annotations

import tomllib
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from ..config import CleanConfig
from ..errors import ConfigError

__all__ = [
    "BoilerplateOption",
    "ColorChoice",
    "ColorOption",
    "ConfigOption",
    "ScriptOption",
    "SetOption",
    "configuration",
]

CLEANING = "How to clean"


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
        "--config", metavar="FILE", help="TOML file of options; other options win over it.", rich_help_panel=CLEANING
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
ColorOption = Annotated[
    ColorChoice, typer.Option("--color", help="When to colour. NO_COLOR is respected.", show_default=True)
]


def configuration(
    *,
    config: Path | None,
    settings: list[str] | None,
    script: str | None,
    no_boilerplate: bool,
    ledger: bool = False,
) -> CleanConfig:
    """The configuration that the options say: the file, then ``--set``, then the options of their own.

    Raises:
        ConfigError: an unknown option, a value it cannot take, or a broken file.
    """
    overrides: dict[str, Any] = {}
    for setting in settings or []:
        name, equals, value = setting.partition("=")
        if not equals or not name.strip():
            raise ConfigError(
                f"--set takes KEY=VALUE, not {setting!r}", remedy="for example --set boilerplate.threshold=0.6"
            )
        overrides[name.strip()] = toml_value(value.strip())
    if script is not None:
        overrides["script.target"] = script
    if no_boilerplate:
        overrides["boilerplate.enabled"] = False
    if ledger:
        overrides["ledger"] = True
    return CleanConfig.make(**overrides) if config is None else CleanConfig.from_toml(config, **overrides)


def toml_value(text: str) -> Any:
    """A value as TOML writes it; anything else is a string.

    >>> toml_value("0.6"), toml_value("true"), toml_value("gb18030"), toml_value('"1"')
    (0.6, True, 'gb18030', '1')
    """
    try:
        table = tomllib.loads(f"value = {text}")
    except tomllib.TOMLDecodeError:
        return text
    return table["value"] if len(table) == 1 else text
