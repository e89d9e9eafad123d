"""What comes out: a document, what it is, what went, and how to undo it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .errors import InputError, LedgerError
from .ledger import Ledger

__all__ = ["Document", "Metadata", "Removed"]


class Removed(NamedTuple):
    """A stretch of text that was taken out as boilerplate.

    Attributes:
        text: what stood there (after repair, before script conversion).
        rule: the rule that took it, such as ``boilerplate/breadcrumb``.
        confidence: how sure the rule was, 0.0 to 1.0.

    >>> Removed("首页 > 新闻", "boilerplate/breadcrumb", 0.98).rule
    'boilerplate/breadcrumb'
    """

    text: str
    rule: str
    confidence: float


@dataclass(frozen=True, kw_only=True)
class Metadata(Mapping[str, Any]):
    """What a document is, and what was done to it. Also a mapping of the fields that are known.

    Attributes:
        title, subtitle, author, source: as the page states them, in the target script.
        date: first publication, ISO 8601, as precise as the page is (``2019-04-01``, ``2019-04``,
            ``2019-04-01T10:20``).
        url: the document's address.
        site: name of the site.
        language: BCP 47 code of the main language.
        script: script of the input: ``hans``, ``hant``, ``mixed``, ``ja``, ``ko``, ``none``.
        encoding: WHATWG name of the input's encoding; ``None`` for a ``str``.
        views: how often the page was viewed, as it says itself.
        quality: signals that corpus builders filter by.
        clean: what was done: ``version``, ``config`` (fingerprint), ``chars`` in and out, ``edits`` by rule,
            characters ``removed`` by rule, ``warnings``, ``limits`` hit, and what the script step knows (``script``).

    >>> meta = Metadata(title="根基", views=128)
    >>> meta["title"], "author" in meta, dict(meta)
    ('根基', False, {'title': '根基', 'views': 128})
    """

    title: str | None = None
    subtitle: str | None = None
    author: str | None = None
    source: str | None = None
    date: str | None = None
    url: str | None = None
    site: str | None = None
    language: str | None = None
    script: str | None = None
    encoding: str | None = None
    views: int | None = None
    quality: Mapping[str, float | str] = field(default_factory=dict)
    clean: Mapping[str, Any] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        value = getattr(self, name, None) if name in self.__dataclass_fields__ else None
        if value is None or value == {}:
            raise KeyError(name)
        return value

    def __iter__(self) -> Iterator[str]:
        return (f.name for f in dataclasses.fields(self) if getattr(self, f.name) not in (None, {}))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __hash__(self) -> int:
        return hash((self.title, self.url, self.date))

    def to_dict(self) -> dict[str, Any]:
        """The known fields as plain JSON values."""
        return {name: _plain(self[name]) for name in self}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Metadata:
        """Metadata from :meth:`to_dict`; unknown names are refused.

        Raises:
            InputError: a name that is no metadata field.
        """
        unknown = sorted(set(values) - set(cls.__dataclass_fields__))
        if unknown:
            raise InputError(f"not a metadata field: {', '.join(unknown)}")
        return cls(**values)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


@dataclass(frozen=True, slots=True)
class Document:
    """A clean document.

    Attributes:
        id: the name the caller gave it, else 32 hex digits of the input's BLAKE2b hash.
        text: the clean text.
        metadata: what it is and what was done.
        removed: the boilerplate that was taken out, in the order of the page.
        ledger: how to undo it; ``None`` unless asked for with ``ledger=True``.

    >>> Document("a", "好", Metadata(language="zh")).to_dict()
    {'id': 'a', 'text': '好', 'metadata': {'language': 'zh'}}
    """

    id: str
    text: str
    metadata: Metadata = field(default_factory=Metadata)
    removed: tuple[Removed, ...] = ()
    ledger: Ledger | None = None

    def restore(self) -> bytes:
        """The input, byte for byte.

        Raises:
            LedgerError: the document was cleaned without ``ledger=True``, or its ledger is damaged.
        """
        if self.ledger is None:
            raise LedgerError(
                "the document has no ledger, so its input cannot be restored",
                where=f"document {self.id}",
                remedy="clean it with ledger=True (command line: --ledger)",
            )
        return self.ledger.restore()

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values: ``id``, ``text``, ``metadata``, and with a ledger also ``removed`` and ``ledger``."""
        values: dict[str, Any] = {"id": self.id, "text": self.text, "metadata": self.metadata.to_dict()}
        if self.ledger is not None:
            values["removed"] = [list(item) for item in self.removed]
            values["ledger"] = self.ledger.to_json()
        return values

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Document:
        """The document that :meth:`to_dict` gave.

        Raises:
            InputError: a key is missing or of another type.
            LedgerError: the ledger is damaged or does not fit the text.
        """
        text, name = values.get("text"), values.get("id")
        if not isinstance(text, str) or not isinstance(name, str):
            raise InputError("a document needs the keys 'id' and 'text', both strings")
        stored = values.get("ledger")
        try:
            removed = tuple(Removed(str(a), str(b), float(c)) for a, b, c in values.get("removed", ()))
            metadata = Metadata.from_dict(values.get("metadata", {}))
        except (TypeError, ValueError, OverflowError) as error:
            raise InputError(f"not a document that corpusclean wrote: {error}", where=f"document {name}") from error
        ledger = None if stored is None else Ledger.from_json(stored, text)
        return cls(name, text, metadata, removed, ledger)
