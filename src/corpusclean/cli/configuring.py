"""The configuration of a command, and where each value of it came from."""

from __future__ import annotations

import dataclasses
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..config import CleanConfig, named_options, options_in
from ..errors import ConfigError

__all__ = ["Configured", "configuration", "configured", "found_config", "shown_config"]

OWN_FILE = "corpusclean.toml"
PROJECT_FILE = "pyproject.toml"


@dataclass(frozen=True, slots=True)
class Configured:
    """A configuration, and what made it so.

    Attributes:
        config: how to clean.
        file: the file it was read from; ``None`` where there is none.
        found: whether that file was found, and not named with ``--config``.
        origins: where each option that was set has its value from, by dotted name.
    """

    config: CleanConfig
    file: Path | None = None
    found: bool = False
    origins: Mapping[str, str] = field(default_factory=dict)


def configuration(
    *,
    config: Path | None,
    settings: list[str] | None,
    script: str | None,
    no_boilerplate: bool,
    ledger: bool = False,
) -> CleanConfig:
    """The configuration that the options say, see :func:`configured`."""
    return configured(
        config=config, settings=settings, script=script, no_boilerplate=no_boilerplate, ledger=ledger
    ).config


def configured(
    *,
    config: Path | None,
    settings: list[str] | None,
    script: str | None,
    no_boilerplate: bool,
    ledger: bool = False,
) -> Configured:
    """The configuration that the options say: the file, then ``--set``, then the options of their own.

    The file is that of ``--config``; else the nearest one found from the working folder upwards.

    Raises:
        ConfigError: an unknown option, a value it cannot take, or a broken file.
    """
    origins: dict[str, str] = {}
    file = config if config is not None else found_config(Path.cwd())
    if file is not None:
        origins.update(dict.fromkeys(named_options(options_in(file)), str(file)))
    overrides: dict[str, Any] = {}
    for setting in settings or []:
        name, equals, value = setting.partition("=")
        name = name.strip()
        if not equals or not name:
            raise ConfigError(
                f"--set takes KEY=VALUE, not {setting!r}", remedy="for example --set boilerplate.threshold=0.6"
            )
        overrides[name] = toml_value(value.strip())
        origins.update(dict.fromkeys(named_options({name: overrides[name]}), "--set"))
    if script is not None:
        overrides["script.target"] = script
        origins["script.target"] = "--script"
    if no_boilerplate:
        overrides["boilerplate.enabled"] = False
        origins["boilerplate.enabled"] = "--no-boilerplate"
    if ledger:
        overrides["ledger"] = True
        origins["ledger"] = "--ledger"
    made = CleanConfig.make(**overrides) if file is None else CleanConfig.from_toml(file, **overrides)
    return Configured(made, file, file is not None and config is None, origins)


def found_config(start: Path) -> Path | None:
    """The nearest configuration at `start` or above it, if there is one.

    In each folder it is ``[tool.corpusclean]`` of a ``pyproject.toml``, else a ``corpusclean.toml``. A
    ``pyproject.toml`` without that table, or one that can't be read, is passed over: it is not ours.
    """
    for folder in (start, *start.parents):
        project = folder / PROJECT_FILE
        try:
            if project.is_file() and "corpusclean" in tomllib.loads(project.read_text("utf-8")).get("tool", {}):
                return project
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
            pass
        if (folder / OWN_FILE).is_file():
            return folder / OWN_FILE
    return None


def shown_config(made: Configured) -> str:
    """The whole configuration as TOML that ``--config`` takes, each line with where its value came from.

    >>> shown_config(Configured(CleanConfig())).splitlines()[1:3]
    ['# decoding.encoding is not set          default', 'decoding.mixed = true                   # default']
    """
    head = f"# corpusclean {made.config.fingerprint}: give this to --config to clean the same way"
    lines = [head]
    for name, value in _flat(made.config):
        origin = made.origins.get(name, "default")
        if value is None and name == "script.target":
            value = "none"
        if value is None:
            lines.append(f"{f'# {name} is not set':<40}{origin}")
        else:
            lines.append(f"{f'{name} = {json.dumps(value, ensure_ascii=False)}':<39} # {origin}")
    return "\n".join(lines) + "\n"


def _flat(config: CleanConfig) -> Iterator[tuple[str, Any]]:
    """Every option by its dotted name; what is worked out from another one is left out."""
    for section in dataclasses.fields(config):
        values = getattr(config, section.name)
        if not dataclasses.is_dataclass(values):
            yield section.name, values
            continue
        for option in dataclasses.fields(values):
            if option.name != "rules_text":
                yield f"{section.name}.{option.name}", getattr(values, option.name)


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
