"""What every reader is given, and the sentences that several of them say."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from ..limits import Limits
from .fields import Fields, Place
from .records import Trouble
from .streams import Fault

__all__ = ["Reading", "faulty", "too_large", "unreadable"]

MAX_KINDS = 200


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read.

    Attributes:
        limits: ``input_bytes``, ``decompressed_bytes`` and ``decompressed_ratio`` are enforced here.
        fields: which fields of a row hold what.
        passed_over: grows with what is passed over since it is no document, by what it is (``"WARC request"``).
    """

    limits: Limits = field(default_factory=Limits)
    fields: Fields = field(default_factory=Fields)
    passed_over: Counter[str] = field(default_factory=Counter)

    @property
    def bound(self) -> int:
        """The bytes that one document may have: ``limits.input_bytes``, or no bound that matters."""
        return self.limits.input_bytes or 2**62

    def pass_over(self, what: str) -> None:
        """Count what is no document; only so many kinds are told apart, since a hostile file can have any number."""
        self.passed_over[what if what in self.passed_over or len(self.passed_over) < MAX_KINDS else "other"] += 1


def too_large(place: Place, bound: int) -> Trouble:
    """A document is larger than it may be."""
    return Trouble(
        place.label,
        "rejected",
        f"it is larger than limits.input_bytes = {bound}",
        remedy="raise the limit (--set limits.input_bytes=N), or split the input",
    )


def faulty(place: Place, fault: Fault, after: str = "") -> Trouble:
    """A stream ended before it should have; `after` says what was read of it."""
    return Trouble(place.label, fault.kind, fault.what, after, fault.remedy)


def unreadable(place: Place, error: Exception) -> Trouble:
    """A file could not be opened or read."""
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error) or type(error).__name__
    return Trouble(place.label, "failed", f"it cannot be read: {said}", remedy="check its permissions, or leave it out")
