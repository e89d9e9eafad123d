"""What became of one document of a run, small enough to be handed on for every one of a million."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from ..document import Metadata
from .records import Cleaned, Record, Trouble

__all__ = ["Kind", "Outcome"]

Kind = Literal["cleaned", "dropped", "rejected", "failed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document. Its text is not here: it is in the output.

    Attributes:
        number: which item of the input it is, counted from 0.
        id: as of its record.
        kind: ``cleaned``; ``dropped`` (it was cleaned, and a ``drop_if`` condition took it out); ``rejected`` (it is
            no text, or past a limit); ``failed``.
        name: as of its record; the id where no record was made.
        size: length of the source as of its record, 0 where it could not be read.
        chars: code points of the clean text.
        removed: stretches of boilerplate that were taken out.
        removed_lines: lines in them.
        metadata: as of the document; empty where it was rejected or failed.
        condition: the condition that dropped it, else ``""``.
        what, where, remedy: why it was rejected or failed, as of :class:`~corpusclean.CorpusCleanError`, else ``""``.
    """

    number: int
    id: str
    kind: Kind
    name: str = ""
    size: int = 0
    chars: int = 0
    removed: int = 0
    removed_lines: int = 0
    metadata: Metadata = field(default_factory=Metadata)
    condition: str = ""
    what: str = ""
    where: str = ""
    remedy: str = ""

    @classmethod
    def of_cleaned(cls, number: int, cleaned: Cleaned, *, condition: str = "") -> Outcome:
        """The outcome of a document that was cleaned; with a `condition`, one that was dropped after it."""
        document = cleaned.document
        return cls(
            number,
            document.id,
            "dropped" if condition else "cleaned",
            cleaned.name,
            cleaned.size,
            len(document.text),
            len(document.removed),
            sum(item.text.strip("\n").count("\n") + 1 for item in document.removed),
            document.metadata,
            condition,
        )

    @classmethod
    def of_trouble(cls, number: int, trouble: Trouble, record: Record | None = None) -> Outcome:
        """The outcome of a document that did not come out; `record` where a reader could read it."""
        return cls(
            number,
            trouble.id,
            trouble.kind,
            record.name if record is not None else trouble.id,
            record.size if record is not None else 0,
            what=trouble.what,
            where=trouble.where,
            remedy=trouble.remedy,
        )

    @property
    def trouble(self) -> Trouble | None:
        """Why it did not come out; ``None`` for one that did, or was dropped."""
        if self.kind == "rejected" or self.kind == "failed":
            return Trouble(self.id, self.kind, self.what, self.where, self.remedy)
        return None
