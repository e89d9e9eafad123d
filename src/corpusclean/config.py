"""How to clean: one frozen value, from keyword overrides or from TOML, with a fingerprint.

Each step has a section of its own. A section can be given as a mapping (``boilerplate={"threshold": 0.6}``), or
by the value of its main field alone (``boilerplate=False``, ``script="hant-tw"``).
"""

from __future__ import annotations

import dataclasses
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, Literal, get_args, get_origin, get_type_hints

from .errors import ConfigError
from .limits import Limits

__all__ = [
    "BoilerplateConfig",
    "CleanConfig",
    "DecodingConfig",
    "LayoutConfig",
    "MarkupConfig",
    "QualityConfig",
    "RepairConfig",
    "ScriptConfig",
    "named_options",
    "options_in",
]


@dataclass(frozen=True, kw_only=True)
class DecodingConfig:
    """Bytes to text.

    Attributes:
        encoding: trust this encoding (a WHATWG label) and detect nothing; ``None`` detects.
        mixed: re-decode single lines that another encoding fits.
    """

    main: ClassVar[str] = "encoding"
    encoding: str | None = None
    mixed: bool = True


@dataclass(frozen=True, kw_only=True)
class MarkupConfig:
    """HTML to lines.

    Attributes:
        enabled: whether HTML is taken apart at all; else it is treated as plain text.
    """

    main: ClassVar[str] = "enabled"
    enabled: bool = True


@dataclass(frozen=True, kw_only=True)
class RepairConfig:
    """Damage.

    Attributes:
        enabled: whether anything is repaired.
        min_confidence: a repair less sure than this is not made; 0.0 to 1.0.
    """

    main: ClassVar[str] = "enabled"
    enabled: bool = True
    min_confidence: float = 0.5


@dataclass(frozen=True, kw_only=True)
class BoilerplateConfig:
    """Page furniture, spam headers and bylines.

    Attributes:
        enabled: whether lines are judged at all.
        threshold: a line whose score of being content is below this goes; 0.0 (keep all) to 1.0.
        rules: path of a TOML table of furniture rules of one's own.
        rules_text: that table's text; read from `rules` when the configuration is made.
    """

    main: ClassVar[str] = "enabled"
    enabled: bool = True
    threshold: float = 0.5
    rules: str | None = None
    rules_text: str | None = None


@dataclass(frozen=True, kw_only=True)
class ScriptConfig:
    """Chinese script.

    Attributes:
        target: the script to unify to, or ``None`` to leave it.
        backend: which engine converts.
        word_guards: refuse conversions that word evidence speaks against.
    """

    main: ClassVar[str] = "target"
    target: Literal["hans", "hant", "hant-tw", "hant-hk"] | None = "hans"
    backend: Literal["corpusclean", "opencc-python-reimplemented"] = "corpusclean"
    word_guards: bool = False


@dataclass(frozen=True, kw_only=True)
class LayoutConfig:
    """White space, paragraphs, punctuation style.

    Attributes:
        enabled: whether white space and Unicode form are tidied.
        punctuation: ``fullwidth`` restores full-width marks between Han characters.
        join_wrapped: join hard-wrapped lines of Chinese paragraphs.
        quotes: ``curly`` or ``corner`` sets quotation marks of Chinese text to one style, minding nesting.
    """

    main: ClassVar[str] = "enabled"
    enabled: bool = True
    punctuation: Literal["keep", "fullwidth"] = "keep"
    join_wrapped: bool = False
    quotes: Literal["keep", "curly", "corner"] = "keep"


@dataclass(frozen=True, kw_only=True)
class QualityConfig:
    """Language and corpus signals.

    Attributes:
        enabled: whether signals are measured.
    """

    main: ClassVar[str] = "enabled"
    enabled: bool = True


@dataclass(frozen=True, kw_only=True)
class CleanConfig:
    """How to clean a document.

    Make one with :meth:`make` or :meth:`from_toml`, which accept the short forms and check every name and value.

    Attributes:
        decoding, markup, repair, boilerplate, script, layout, quality: a section for each step.
        limits: the bounds on one document.
        ledger: keep every edit, so that the input can be restored; else edits are counted by rule and dropped.

    >>> CleanConfig.make(script="hant-tw", boilerplate=False).script.target
    'hant-tw'
    >>> CleanConfig.make(punctuation="fullwidth") == CleanConfig.make(layout={"punctuation": "fullwidth"})
    True
    """

    decoding: DecodingConfig = field(default_factory=DecodingConfig)
    markup: MarkupConfig = field(default_factory=MarkupConfig)
    repair: RepairConfig = field(default_factory=RepairConfig)
    boilerplate: BoilerplateConfig = field(default_factory=BoilerplateConfig)
    script: ScriptConfig = field(default_factory=ScriptConfig)
    layout: LayoutConfig = field(default_factory=LayoutConfig)
    quality: QualityConfig = field(default_factory=QualityConfig)
    limits: Limits = field(default_factory=Limits)
    ledger: bool = False

    @classmethod
    def make(cls, base: CleanConfig | None = None, **overrides: Any) -> CleanConfig:
        """`base` (or the defaults) with `overrides`: sections, their short forms, or dotted names.

        Raises:
            ConfigError: an unknown name (with the nearest known one), or a value that it cannot take.

        >>> CleanConfig.make(**{"repair.min_confidence": 0.9}).repair.min_confidence
        0.9
        """
        config = base or cls()
        merged: dict[str, dict[str, Any]] = {}
        plain: dict[str, Any] = {}
        for name, value in overrides.items():
            if name in ("script", "script.target") and value in ("none", False):
                value = None  # TOML and the command line have no null
            section, dot, key = name.partition(".")
            if name == "punctuation":
                section, dot, key = "layout", ".", "punctuation"
            if section not in _SECTIONS and section != "ledger":
                raise _unknown(section, [*_SECTIONS, "ledger", "punctuation"], "option")
            if section == "ledger":
                plain["ledger"] = _checked("ledger", value, bool)
            elif dot:
                merged.setdefault(section, {})[key] = value
            elif isinstance(value, _SECTIONS[section]):
                plain[section] = value
            elif isinstance(value, Mapping):
                merged.setdefault(section, {}).update(value)
                if section == "script" and value.get("target") in ("none", False):
                    merged[section]["target"] = None
            elif (main := getattr(_SECTIONS[section], "main", None)) is not None:
                merged.setdefault(section, {})[main] = value
            else:
                raise ConfigError(f"{section} takes a table of options, not {value!r}")
        for section, values in merged.items():
            plain[section] = _section(plain.get(section, getattr(config, section)), section, values)
        return dataclasses.replace(config, **plain)

    @classmethod
    def from_toml(cls, path: str | Path, **overrides: Any) -> CleanConfig:
        """The configuration in a TOML file, or in the table ``[tool.corpusclean]`` of a ``pyproject.toml``.

        `overrides` win over the file. A path in the file is read relative to the file.

        Raises:
            ConfigError: the file cannot be read, is not TOML, or names an unknown option; says which file.
        """
        table = options_in(path)
        try:
            return cls.make(cls.make(**table), **overrides)
        except ConfigError as error:
            if error.where:
                raise
            raise ConfigError(error.what, where=str(path), remedy=error.remedy) from error

    def to_dict(self) -> dict[str, Any]:
        """All options as plain values, section by section.

        >>> CleanConfig().to_dict()["script"]["target"]
        'hans'
        """
        return dataclasses.asdict(self)

    @cached_property
    def fingerprint(self) -> str:
        """Sixteen hex digits that change when any option that can change the output changes.

        The path of a rules table does not count, its text does; ``ledger`` does not count.

        >>> CleanConfig().fingerprint == CleanConfig.make(ledger=True).fingerprint
        True
        """
        import hashlib  # loads OpenSSL

        values = self.to_dict()
        del values["ledger"], values["boilerplate"]["rules"]
        canonical = json.dumps(values, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode("ascii")).hexdigest()[:16]


def options_in(path: str | Path) -> dict[str, Any]:
    """The options that a TOML file sets, as :meth:`CleanConfig.make` takes them; not checked yet.

    Of a ``pyproject.toml`` it is the table ``[tool.corpusclean]``. A path in the file is made relative to the file.

    Raises:
        ConfigError: the file cannot be read, or is not TOML.
    """
    path = Path(path)
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigError(f"cannot read the configuration: {error.strerror}", where=str(path)) from error
    except (ValueError, RecursionError) as error:  # not TOML, not UTF-8, nested without end, a NUL in the path
        raise ConfigError(f"not valid TOML: {error}", where=str(path)) from error
    if path.name == "pyproject.toml":
        tools = table.get("tool", {})
        table = tools.get("corpusclean", {}) if isinstance(tools, dict) else {}
        if not isinstance(table, dict):
            raise ConfigError("tool.corpusclean is no table", where=str(path), remedy="write [tool.corpusclean]")
    rules = table.get("boilerplate")
    if isinstance(rules, dict) and isinstance(rules.get("rules"), str):
        rules["rules"] = str(path.parent / rules["rules"])
    return table


def named_options(overrides: Mapping[str, Any]) -> list[str]:
    """The dotted names of the options that `overrides` of :meth:`CleanConfig.make` set.

    >>> named_options({"script": "hant", "boilerplate": {"threshold": 0.6}, "limits.depth": 9, "ledger": True})
    ['script.target', 'boilerplate.threshold', 'limits.depth', 'ledger']
    """
    names: list[str] = []
    for name, value in overrides.items():
        section = _SECTIONS.get(name)
        if name == "punctuation":
            names.append("layout.punctuation")
        elif section is None:
            names.append(name)
        elif isinstance(value, Mapping):
            names.extend(f"{name}.{key}" for key in value)
        else:
            names.append(f"{name}.{section.main}")
    return names


_SECTIONS: dict[str, type[Any]] = {
    "decoding": DecodingConfig,
    "markup": MarkupConfig,
    "repair": RepairConfig,
    "boilerplate": BoilerplateConfig,
    "script": ScriptConfig,
    "layout": LayoutConfig,
    "quality": QualityConfig,
    "limits": Limits,
}
_SHARES = {"repair.min_confidence", "boilerplate.threshold"}


def _section(base: Any, section: str, values: Mapping[str, Any]) -> Any:
    """`base` with `values`, each checked against the section's types."""
    kind = _SECTIONS[section]
    hints = get_type_hints(kind)
    known = [f.name for f in dataclasses.fields(kind) if f.name != "rules_text"]
    for key, value in values.items():
        if key not in known:
            raise _unknown(key, known, f"option in {section}")
        _checked(f"{section}.{key}", value, hints[key])
    changed = dict(values)
    if section == "boilerplate" and "rules" in changed:
        changed["rules_text"] = _read_rules(changed["rules"])
    return dataclasses.replace(base, **changed)


def _read_rules(path: str | None) -> str | None:
    """The text of a user's furniture table, so that no step has to read a file."""
    if path is None:
        return None
    try:
        text = Path(path).read_text("utf-8")
        tomllib.loads(text)
    except OSError as error:
        raise ConfigError(f"cannot read boilerplate.rules: {error.strerror}", where=path) from error
    except (ValueError, RecursionError) as error:  # not TOML, not UTF-8, nested without end, a NUL in the path
        raise ConfigError(f"boilerplate.rules is not valid TOML: {error}", where=path) from error
    return text


def _unknown(name: str, known: list[str], what: str) -> ConfigError:
    import difflib  # takes longer to import than all of this module, and only a mistake needs it

    near = difflib.get_close_matches(name, known, 1)
    remedy = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(known)}"
    return ConfigError(f"unknown {what}: {name!r}", remedy=remedy)


def _checked(name: str, value: Any, hint: Any) -> Any:
    """`value`, if it fits the type `hint` (Literal, bool, int, float, str, or a union with None)."""
    options = get_args(hint) if get_origin(hint) is not Literal else (hint,)
    choices: list[Any] = []
    for option in options or (hint,):
        if option is type(None) or option is None:
            if value is None:
                return value
            choices.append(None)
        elif get_origin(option) is Literal:
            if value in get_args(option) and not isinstance(value, bool):
                return value
            choices.extend(get_args(option))
        elif option is float and isinstance(value, int | float) and not isinstance(value, bool):
            if name in _SHARES and not 0.0 <= value <= 1.0:
                raise ConfigError(f"{name} must lie between 0.0 and 1.0, not {value!r}")
            return value
        elif isinstance(value, option) and (option is bool or not isinstance(value, bool)):
            return value
        else:
            choices.append(option.__name__)
    listed = " or ".join(repr(c) if c is None or c in get_args(hint) or len(choices) > 2 else str(c) for c in choices)
    raise ConfigError(f"{name} cannot be {value!r}", remedy=f"give {listed}")
