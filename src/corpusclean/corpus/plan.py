"""What a run is asked to do, and whether an interrupted one was asked the same."""

from __future__ import annotations

import datetime
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Protocol

from .._version import __version__
from ..cleaner import Cleaner
from ..errors import ConfigError
from .conditions import Condition
from .fields import Fields
from .formats import Format
from .outputs import Outputs
from .readers import read
from .selection import Sample, Selection
from .sources import STANDARD_INPUT
from .work import Inspector, Item, Job

__all__ = ["Keeper", "Observer", "Plan", "Sources"]

Sources = Iterable[str | Path] | Callable[[], Iterable[Item]]
NAMES = {
    "version": "the version of corpusclean",
    "config": "the configuration",
    "ledger": "whether ledgers are kept",
    "limit": "--limit",
    "sample": "--sample",
    "drop_if": "--drop-if",
    "fields": "the names of the fields",
    "outputs": "the names of the outputs",
    "sources": "the inputs that were named",
}


class Keeper(Protocol):
    """Takes, in the parent, what an inspector said in the workers."""

    def start(self, folder: Path | None, resumed: bool) -> None:
        """Begin, or go on with what was put down before the run was interrupted."""
        ...

    def take(self, note: dict[str, Any], /) -> None:
        """Take one note; after an interruption some come a second time."""
        ...

    def finish(self, folder: Path | None) -> None:
        """Write what is to be kept into the run folder."""
        ...


@dataclass(frozen=True, slots=True)
class Observer:
    """Looks at documents on their way.

    Attributes:
        inspector: looks at each document in the workers.
        keeper: keeps what it says, in the parent, in the order of the input.
    """

    inspector: Inspector
    keeper: Keeper


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a run is asked to do.

    Attributes:
        sources: paths as for :func:`~corpusclean.corpus.read`, or what gives the items when called.
        cleaner: how to clean.
        outputs: where to.
        conditions: a document for which one holds is dropped.
        limit, sample: which items are wanted.
        observers: who looks on.
        command: how the run was called, for the manifest.
        fields: which fields of a row hold what.
        passed_over: what the readers found that is no document, by what it is; grows while items are read.
    """

    sources: Sources
    cleaner: Cleaner
    outputs: Outputs
    conditions: tuple[Condition, ...] = ()
    limit: int | None = None
    sample: Sample | None = None
    observers: tuple[Observer, ...] = ()
    command: tuple[str, ...] = ()
    fields: Fields = field(default_factory=Fields)
    passed_over: Counter[str] = field(default_factory=Counter)

    @property
    def paths(self) -> tuple[str, ...] | None:
        """The sources as they were named; ``None`` if they are no paths."""
        return None if callable(self.sources) else tuple(map(str, self.sources))

    @property
    def leave_out(self) -> frozenset[Path]:
        """What a run makes, so that it is never its own input."""
        made = [*self.outputs.paths.values(), *([self.outputs.papers] if self.outputs.papers is not None else [])]
        return frozenset(path.resolve() for path in made)

    def items(self) -> Iterator[Item]:
        """All items of the input, from the first."""
        if callable(self.sources):
            return iter(self.sources())
        self.passed_over.clear()
        return read(
            self.paths or (),
            limits=self.cleaner.config.limits,
            leave_out=self.leave_out,
            fields=self.fields,
            passed_over=self.passed_over,
        )

    def selection(self) -> Selection:
        """Which items are wanted; may read the input once for it.

        Raises:
            ConfigError: as of :meth:`Selection.make`.
        """
        once = self.paths is not None and STANDARD_INPUT in self.paths
        counted = self.sample is not None and self.sample.count is not None
        return Selection.make(self.limit, self.sample, self.items() if counted and not once else None)

    def job(self, formats: Iterable[Format], today: datetime.date) -> Job:
        """What is done to each batch."""
        inspectors = tuple(observer.inspector for observer in self.observers)
        folder = self.outputs.text_dir is not None
        return Job(self.cleaner, tuple(formats), folder, self.conditions, inspectors, today)

    def identity(self) -> dict[str, Any]:
        """All that must be the same for an interrupted run to go on, as plain JSON values."""
        sample = None if self.sample is None else {"share": self.sample.share, "count": self.sample.count}
        return {
            "version": __version__,
            "config": self.cleaner.config.fingerprint,
            "ledger": self.cleaner.config.ledger,
            "limit": self.limit,
            "sample": sample,
            "drop_if": [condition.text for condition in self.conditions],
            "fields": asdict(self.fields),
            "outputs": self.outputs.to_dict(),
            "sources": None if self.paths is None else list(self.paths),
        }

    def check_same(self, head: dict[str, Any], config: dict[str, Any], folder: Path) -> None:
        """Refuse to go on with a run that was asked something else.

        Args:
            head: what that run was, as :meth:`identity` gave it.
            config: its configuration as plain values, to name what is different in it.
            folder: where it lies.

        Raises:
            ConfigError: says what is different.
        """
        now = self.identity()
        changed = [key for key in now if head.get(key) != now[key]]
        if not changed:
            return
        was, named = dict(head), dict(NAMES)
        if "config" in changed:
            options = _options(config), _options(self.cleaner.config.to_dict())
            different = [name for name in options[1] if options[0].get(name) != options[1][name]]
            for name in different:
                was[name], now[name], named[name] = options[0].get(name), options[1][name], name
            at = changed.index("config")
            changed[at : at + 1] = different or ["config"]
        said = "; ".join(f"{named[key]}: was {_shown(was.get(key))}, is {_shown(now[key])}" for key in changed)
        raise ConfigError(
            f"the run there cannot be resumed, since something is different now: {said}",
            where=str(folder),
            remedy="call it as it was called then, or delete that folder and run from the beginning",
        )


def _options(config: dict[str, Any]) -> dict[str, Any]:
    """All options that can change what comes out, by their dotted names; a table of rules by its hash.

    >>> _options({"script": {"target": "hans"}, "ledger": True})
    {'script.target': 'hans'}
    """
    sections = {section: values for section, values in config.items() if isinstance(values, dict)}
    named = {f"{section}.{name}": value for section, values in sections.items() for name, value in values.items()}
    named.pop("boilerplate.rules", None)
    if (text := named.get("boilerplate.rules_text")) is not None:
        named["boilerplate.rules_text"] = f"a table of {len(text)} characters, CRC-32 {zlib.crc32(text.encode()):08x}"
    return named


def _shown(value: Any) -> str:
    if value is None or value == []:
        return "none"
    if isinstance(value, dict):
        return ", ".join(f"{key} {item}" for key, item in value.items() if item is not None)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
