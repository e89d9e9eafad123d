"""What flows through a run: a record in, and a cleaned document or a trouble out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from ..document import Document
from ..errors import CorpusCleanError

__all__ = ["Cleaned", "Record", "Trouble"]


@dataclass(frozen=True, slots=True)
class Record:
    """One document as a reader found it, before cleaning.

    Attributes:
        id: what the document will be called: its path as given, or the ``id`` of its row.
        name: a relative path for writers that keep one file a document; need not be unique or safe.
        source: bytes, or text where the container had decoded it already.
        url, http_charset, media_type: what the container said of it, for :meth:`corpusclean.Cleaner.clean`.
        extra: what else the container knew, as plain JSON values; goes out beside the metadata, unchanged.
    """

    id: str
    name: str
    source: bytes | str
    url: str | None = None
    http_charset: str | None = None
    media_type: str | None = None
    extra: dict[str, Any] | None = None

    @property
    def size(self) -> int:
        """Length of the source in bytes (of a ``str``: in code points)."""
        return len(self.source)


@dataclass(frozen=True, slots=True)
class Trouble:
    """One document that went in and did not come out, and why.

    Attributes:
        id: as of the record that it should have been.
        kind: ``rejected`` (it is no text, or past a limit: nothing is wrong with the run) or ``failed``.
        what, where, remedy: as of :class:`~corpusclean.CorpusCleanError`.

    >>> print(Trouble("a.txt", "failed", "cannot read it: Permission denied"))
    a.txt: cannot read it: Permission denied
    """

    id: str
    kind: Literal["rejected", "failed"]
    what: str
    where: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.id}: {CorpusCleanError(self.what, where=self.where, remedy=self.remedy)}"


@dataclass(frozen=True, slots=True)
class Cleaned:
    """One document that came out.

    Attributes:
        name: as of its record.
        size: as of its record.
        document: the clean document; its ``id`` is the record's.
        extra: as of its record.
    """

    name: str
    size: int
    document: Document
    extra: dict[str, Any] | None = None
