"""Sums over a run: what went in must equal what came out and what did not."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from .outcomes import Outcome
from .records import Cleaned, Trouble

__all__ = ["Totals"]

# A number in a message, which would make a kind of its own of every document: "3 bytes", "1,024"; not "utf".
NUMBER = re.compile(r"\d[\d,._]*")
MAX_KINDS = 200  # different messages that are counted apart; the rest counts as one
OTHER = "other"


@dataclass(slots=True)
class Totals:
    """Sums over a run.

    Attributes:
        read: items that were read; the run counts them apart from the results, so that the two can be compared.
        cleaned, dropped, rejected, failed: documents, by what became of them.
        skipped: items that ``sample`` passed over.
        passed_over: what lay in the input and is no document (requests of a WARC, links in an archive), by what it is;
            no part of the balance.
        bytes_in: size of the sources of the documents that could be read (of a ``str``: in code points).
        chars_in: code points after decoding, of the documents that were cleaned.
        chars_out: code points that were written.
        removed: stretches of boilerplate that were taken out.
        edits: edits by rule.
        documents: documents in which a rule made an edit, by rule.
        chars_removed: code points that went, by rule.
        encodings, scripts, languages: documents by encoding, script of the input, and language.
        lengths: documents by length of the clean text: key ``k`` counts those of 2**(k-1) to 2**k - 1 code points,
            key 0 the empty ones.
        warnings, limits: documents by warning and by limit that was hit, numbers replaced by ``N``.
        conditions: documents dropped, by condition.
        reasons: documents rejected or failed, by reason, numbers replaced by ``N``.

    >>> totals = Totals(); totals.add(Trouble("a", "rejected", "it is empty"))
    >>> totals.conservation
    '1 in = 0 cleaned + 1 rejected + 0 failed'
    """

    read: int = 0
    cleaned: int = 0
    dropped: int = 0
    rejected: int = 0
    failed: int = 0
    skipped: int = 0
    bytes_in: int = 0
    chars_in: int = 0
    chars_out: int = 0
    removed: int = 0
    edits: dict[str, int] = field(default_factory=dict)
    documents: dict[str, int] = field(default_factory=dict)
    chars_removed: dict[str, int] = field(default_factory=dict)
    encodings: dict[str, int] = field(default_factory=dict)
    scripts: dict[str, int] = field(default_factory=dict)
    languages: dict[str, int] = field(default_factory=dict)
    lengths: dict[int, int] = field(default_factory=dict)
    warnings: dict[str, int] = field(default_factory=dict)
    limits: dict[str, int] = field(default_factory=dict)
    conditions: dict[str, int] = field(default_factory=dict)
    passed_over: dict[str, int] = field(default_factory=dict)
    reasons: dict[str, int] = field(default_factory=dict)

    def add(self, result: Outcome | Cleaned | Trouble) -> None:
        """Count one result."""
        if isinstance(result, Cleaned):
            result = Outcome.of_cleaned(self.read, result)
        elif isinstance(result, Trouble):
            result = Outcome.of_trouble(self.read, result)
        self.bytes_in += result.size
        if result.kind == "cleaned":
            self._add_document(result)
        elif result.kind == "dropped":
            self.dropped += 1
            _count(self.conditions, result.condition)
        else:
            if result.kind == "rejected":
                self.rejected += 1
            else:
                self.failed += 1
            _count_kind(self.reasons, result.what)

    def _add_document(self, outcome: Outcome) -> None:
        self.cleaned += 1
        self.chars_out += outcome.chars
        self.removed += outcome.removed
        metadata, done = outcome.metadata, outcome.metadata.clean
        self.chars_in += done.get("chars", {}).get("in", 0)
        for rule, edits in done.get("edits", {}).items():
            _count(self.edits, rule, edits)
            _count(self.documents, rule)
        for rule, chars in done.get("removed", {}).items():
            _count(self.chars_removed, rule, chars)
        _count(self.encodings, metadata.encoding or "none (given as text, or undecided)")
        _count(self.scripts, metadata.script or "unknown")
        _count(self.languages, metadata.language or "unknown")
        bucket = outcome.chars.bit_length()
        self.lengths[bucket] = self.lengths.get(bucket, 0) + 1
        for warning in done.get("warnings", ()):
            _count_kind(self.warnings, warning)
        for limit in done.get("limits", ()):
            _count_kind(self.limits, limit)

    @property
    def troubles(self) -> int:
        """Documents that went in and should have come out, but did not."""
        return self.rejected + self.failed

    @property
    def balanced(self) -> bool:
        """Whether everything that was read is accounted for."""
        return self.read == self.cleaned + self.dropped + self.troubles + self.skipped

    @property
    def conservation(self) -> str:
        """The balance as a sentence."""
        total = self.read or self.cleaned + self.dropped + self.troubles + self.skipped
        parts = [f"{self.cleaned} cleaned", f"{self.rejected} rejected", f"{self.failed} failed"]
        parts += [f"{count} {name}" for count, name in ((self.dropped, "dropped"), (self.skipped, "skipped")) if count]
        return f"{total} in = {' + '.join(parts)}"

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values; the keys of `lengths` become strings."""
        return dataclasses.asdict(self) | {"lengths": {str(key): count for key, count in sorted(self.lengths.items())}}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """The totals that :meth:`to_dict` gave.

        Raises:
            TypeError: `values` is no such thing, as in a file that was changed by hand.

        >>> totals = Totals(read=1, cleaned=1, lengths={3: 1})
        >>> Totals.from_dict(totals.to_dict()) == totals
        True
        """
        if not isinstance(values, Mapping):
            raise TypeError(f"totals are counts by name, not {str(values)[:40]!r}")
        copied: dict[str, Any] = {}
        for name, default in dataclasses.asdict(cls()).items():
            value = values.get(name, default)
            counts = list(value.values()) if isinstance(value, Mapping) else [value]
            if isinstance(value, Mapping) != isinstance(default, dict) or not all(map(_is_count, counts)):
                raise TypeError(f"{name!r} cannot be {str(value)[:40]!r}")
            copied[name] = dict(value) if isinstance(value, Mapping) else value
        copied["lengths"] = {int(key): count for key, count in copied["lengths"].items()}
        return cls(**copied)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _count(counts: dict[str, int], key: str, by: int = 1) -> None:
    counts[key] = counts.get(key, 0) + by


def _count_kind(counts: dict[str, int], message: str) -> None:
    """Count a message, without its numbers, and only so many different ones.

    >>> counts = {}; _count_kind(counts, "3 bytes could not be decoded"); counts
    {'N bytes could not be decoded': 1}
    """
    kind = NUMBER.sub("N", message)[:300]
    _count(counts, kind if kind in counts or len(counts) < MAX_KINDS else OTHER)
