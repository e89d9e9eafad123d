"""What flows through a run: a record in, and a cleaned document or a trouble out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from ..document import Document
from ..errors import CorpusCleanError

__all__ = ["Cleaned", "Record", "Totals", "Trouble"]


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


@dataclass(slots=True)
class Totals:
    """Sums over a run; what went in must equal what came out and what did not.

    >>> totals = Totals(); totals.add(Trouble("a", "rejected", "it is empty"))
    >>> totals.conservation
    '1 in = 0 cleaned + 1 rejected + 0 failed'
    """

    cleaned: int = 0
    rejected: int = 0
    failed: int = 0
    read: int = 0
    bytes_in: int = 0
    chars_out: int = 0
    removed: int = 0
    edits: dict[str, int] = field(default_factory=dict)
    encodings: dict[str, int] = field(default_factory=dict)
    scripts: dict[str, int] = field(default_factory=dict)

    def add(self, result: Cleaned | Trouble) -> None:
        """Count one result."""
        if isinstance(result, Trouble):
            if result.kind == "rejected":
                self.rejected += 1
            else:
                self.failed += 1
            return
        document = result.document
        self.cleaned += 1
        self.bytes_in += result.size
        self.chars_out += len(document.text)
        self.removed += len(document.removed)
        for rule, edits in document.metadata.clean.get("edits", {}).items():
            self.edits[rule] = self.edits.get(rule, 0) + edits
        for counts, value in ((self.encodings, document.metadata.encoding), (self.scripts, document.metadata.script)):
            counts[value or "unknown"] = counts.get(value or "unknown", 0) + 1

    @property
    def troubles(self) -> int:
        """Documents that went in and did not come out."""
        return self.rejected + self.failed

    @property
    def balanced(self) -> bool:
        """Whether every document that was read is accounted for."""
        return self.read == self.cleaned + self.troubles

    @property
    def conservation(self) -> str:
        """The balance as a sentence; `read` is set by the run, which counts on its own."""
        total = self.read or self.cleaned + self.troubles
        return f"{total} in = {self.cleaned} cleaned + {self.rejected} rejected + {self.failed} failed"
