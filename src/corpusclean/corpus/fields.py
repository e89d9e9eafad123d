"""Which fields of a row hold what."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..errors import ConfigError
from .plain import plain_json
from .records import Record, Trouble

__all__ = ["Fields", "Place"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands.

    Attributes:
        label: the path as the user gave it, and below it the member or the row: ``crawl.zip/a.jsonl:7``.
        name: the same for writers of folders, relative to what the user gave: ``crawl.zip/a.jsonl/7``.

    >>> Place("in/a.jsonl", "a.jsonl").row(7)
    Place(label='in/a.jsonl:7', name='a.jsonl/7')
    >>> Place("in/a.zip", "a.zip").member("b/c.txt")
    Place(label='in/a.zip/b/c.txt', name='a.zip/b/c.txt')
    """

    label: str
    name: str

    def row(self, number: int) -> Place:
        """The place of a row."""
        return Place(f"{self.label}:{number}", f"{self.name}/{number}")

    def member(self, name: str) -> Place:
        """The place of a member of an archive."""
        return Place(f"{self.label}/{name}", f"{self.name}/{name}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """Which fields of a row (of JSON lines, CSV, Parquet) hold what.

    Attributes:
        text: the document.
        id: its name; where it is missing or empty, the document is called by its place.
        url: its address; also looked for in the row's ``metadata``.
        bytes: the document as bytes, in any encoding, instead of `text`: binary in Parquet, base64 in JSON and CSV.

    Raises:
        ConfigError: a name is empty.

    >>> Fields(text="content").text
    'content'
    """

    text: str = "text"
    id: str = "id"
    url: str = "url"
    bytes: str | None = None

    def __post_init__(self) -> None:
        for role in ("text", "id", "url", "bytes"):
            if getattr(self, role) == "":
                raise ConfigError(f"the name of the {role} field is empty", remedy=f"give one: --{role}-field NAME")

    @property
    def source(self) -> str:
        """The field that holds the document."""
        return self.text if self.bytes is None else self.bytes

    @property
    def option(self) -> str:
        """The option that names :attr:`source`."""
        return "--text-field" if self.bytes is None else "--bytes-field"

    def record(self, row: Mapping[str, Any], place: Place, http_charset: str | None = None) -> Record | Trouble:
        """The document of one row; the row's other fields go along as :attr:`Record.extra`.

        >>> Fields().record({"text": "好", "id": 7, "stars": 4}, Place("a.jsonl:1", "a.jsonl/1"))
        Record(id='7', name='a.jsonl/1', source='好', url=None, http_charset=None, media_type=None, extra={'stars': 4})
        """
        source = row.get(self.source)
        if self.bytes is not None and isinstance(source, str):
            try:
                source = base64.b64decode(source, validate=True)
            except (binascii.Error, ValueError) as error:
                return Trouble(
                    place.label,
                    "failed",
                    f"the row's {self.bytes!r} is not base64: {error}",
                    remedy="name a field of text with --text-field",
                )
        if not isinstance(source, str | bytes):
            return self._without_source(row, place)
        extra = {name: plain_json(value) for name, value in row.items() if name not in (self.source, self.id, self.url)}
        given = row.get(self.id)
        if isinstance(given, bytes):
            given = given.decode("utf-8", "backslashreplace")
        named = isinstance(given, str | int) and not isinstance(given, bool) and given != ""
        if not named and given not in (None, ""):
            extra[self.id] = plain_json(given)
        url = row.get(self.url)
        if not isinstance(url, str) or not url:
            metadata = row.get("metadata")
            url = metadata.get("url") if isinstance(metadata, Mapping) else None
        return Record(
            str(given) if named else place.label,
            given if named and isinstance(given, str) else place.name,
            source,
            url=url if isinstance(url, str) and url else None,
            http_charset=http_charset if isinstance(source, bytes) else None,
            extra=extra or None,
        )

    def missing_column(self, names: Iterable[str], place: Place) -> Trouble:
        """A whole table has no column for the document."""
        return Trouble(
            place.label,
            "failed",
            f"it has no column {self.source!r}, but {_some(names)}",
            remedy=f"say which column holds the document: {self.option} NAME",
        )

    def _without_source(self, row: Mapping[str, Any], place: Place) -> Trouble:
        if self.source in row and row[self.source] is None:
            return Trouble(place.label, "rejected", f"its {self.source!r} is null")
        what = "is no text" if self.source in row else f"is missing; it has {_some(row)}"
        return Trouble(
            place.label,
            "failed",
            f"the row's {self.source!r} {what}",
            remedy=f"say which field holds the document: {self.option} NAME",
        )


def _some(names: Iterable[str]) -> str:
    listed = sorted(map(repr, names))
    return ", ".join(listed[:8]) + (", …" if len(listed) > 8 else "") or "no fields"
