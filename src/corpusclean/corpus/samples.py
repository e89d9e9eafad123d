"""A sample of a run: some documents, and some examples of each rule, the same for any number of workers.

A bulk run counts its edits and drops them, so that it stays fast. To show what it did, a few hundred documents are
cleaned once more with a ledger, in the worker that has their source at hand. Which ones is decided by a hash of their
id, never by chance or by speed: the documents with the smallest hashes are the sample, and the documents with the
smallest hashes among those that a rule touched give that rule's examples. Each worker keeps the best it has seen, which
always contains the best of all; the parent keeps the best of all. Both hold a bounded number of small dictionaries.
"""

from __future__ import annotations

import hashlib
import heapq
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ..cleaner import Cleaner
from ..config import CleanConfig
from ..document import Document
from .excerpts import examples_of, excerpt, line_rows
from .records import Cleaned, Record

__all__ = ["SampleKeeper", "Sampler", "sampling_key"]

DOCUMENTS = 200
EXAMPLES = 5  # documents that give examples of one rule
LARGEST = 1_000_000  # bytes; a larger document is never cleaned twice
EXCERPT = 500  # characters of a document's beginning, before and after
VALUE = 300  # characters of a metadata value


def sampling_key(document_id: str, number: int) -> tuple[int, int]:
    """What decides whether a document is in a sample: the smaller, the sooner. Ids that recur differ by number.

    >>> sampling_key("a", 0) == sampling_key("a", 0), sampling_key("a", 0) < sampling_key("a", 1)
    (True, True)
    """
    digest = hashlib.blake2b(document_id.encode("utf-8", "surrogatepass"), digest_size=7).digest()
    return int.from_bytes(digest), number


class _Smallest:
    """The `size` smallest keys offered so far."""

    __slots__ = ("_heap", "size")

    def __init__(self, size: int) -> None:
        self.size = size
        self._heap: list[tuple[int, int]] = []  # negated: the largest comes first

    def offer(self, key: tuple[int, int]) -> bool:
        """Whether `key` is among the smallest; if so, it is kept."""
        turned = (-key[0], -key[1])
        if len(self._heap) < self.size:
            heapq.heappush(self._heap, turned)
            return True
        if not self._heap or turned <= self._heap[0]:
            return False
        heapq.heapreplace(self._heap, turned)
        return True

    def __contains__(self, key: tuple[int, int]) -> bool:
        return (-key[0], -key[1]) in self._heap


class Sampler:
    r"""Picks documents in a worker, and cleans those once more with a ledger to see what was done to them.

    Attributes:
        documents: how many documents are sampled; 0 for none.
        examples: how many documents give examples of one rule; 0 for none.

    >>> cleaner, record = Cleaner(), Record("a.txt", "a.txt", b"a\r\nb")
    >>> cleaned = Cleaned("a.txt", 4, cleaner.clean(record.source, id="a.txt"))
    >>> Sampler(cleaner).look(0, record, cleaned)["examples"]["layout/newline"]
    [['a', '\r\n', '\n', 'b', 1.0]]
    """

    def __init__(self, cleaner: Cleaner, *, documents: int = DOCUMENTS, examples: int = EXAMPLES) -> None:
        self.documents, self.examples = documents, examples
        self._with_ledger = Cleaner(CleanConfig.make(cleaner.config, ledger=True))
        self._sample = _Smallest(documents)
        self._by_rule: dict[str, _Smallest] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return _fresh, (self._with_ledger, self.documents, self.examples)

    def look(self, number: int, record: Record, cleaned: Cleaned) -> dict[str, Any] | None:
        """What the report shows of this document, if it is one of the chosen; mostly ``None``.

        Args:
            number: of the record in the whole input, from 0.
            record: as it went in.
            cleaned: as it came out.

        Returns:
            Plain JSON values for :meth:`SampleKeeper.take`. Never raises for what a document is.
        """
        document = cleaned.document
        key = sampling_key(document.id, number)
        if record.size > LARGEST:
            return None
        chosen = self._sample.offer(key)
        for rule in document.metadata.clean.get("edits", {}):
            if rule not in self._by_rule:
                self._by_rule[rule] = _Smallest(self.examples)
            chosen |= self._by_rule[rule].offer(key)
        if not chosen:
            return None
        try:
            if document.ledger is None:
                document = self._with_ledger.clean(
                    record.source,
                    url=record.url,
                    http_charset=record.http_charset,
                    media_type=record.media_type,
                    id=record.id,
                )
            return _seen(key, cleaned, document)
        except Exception:  # the document is clean already; what can't be shown must not cost it its place
            return None


def _fresh(cleaner: Cleaner, documents: int, examples: int) -> Sampler:
    return Sampler(cleaner, documents=documents, examples=examples)


def _seen(key: tuple[int, int], cleaned: Cleaned, document: Document) -> dict[str, Any]:
    """A document as the report shows it: plain JSON values, at most some 20 KB."""
    if document.ledger is None:
        raise ValueError("the document was cleaned without a ledger")
    metadata = document.metadata.to_dict()
    done = metadata.pop("clean", {})
    rows, left_out = line_rows(document.ledger.revision)
    return {
        "number": key[1],
        "key": key[0],
        "id": document.id,
        "bytes": cleaned.size,
        "chars": [len(document.ledger.decoded), len(document.text)],
        "rules": done.get("edits", {}),
        "warnings": [*done.get("warnings", ()), *(f"limit hit: {name}" for name in done.get("limits", ()))],
        "metadata": {name: _short(value) for name, value in metadata.items()},
        "before": excerpt(document.ledger.decoded, EXCERPT),
        "after": excerpt(document.text, EXCERPT),
        "lines": rows,
        "lines_left_out": left_out,
        "examples": examples_of(document.ledger.revisions),
    }


def _short(value: Any) -> Any:
    return excerpt(value, VALUE) if isinstance(value, str) else value


class SampleKeeper:
    """Keeps, in the parent, the sample of the whole run, and writes it as ``samples.jsonl`` into the run's folder.

    Candidates are put down as they come in (``samples.part.jsonl``), so that a run which is resumed still has
    those from before it was interrupted.
    """

    def __init__(self, *, documents: int = DOCUMENTS, examples: int = EXAMPLES) -> None:
        self._documents, self._examples = documents, examples
        self._sample = _Smallest(documents)
        self._by_rule: dict[str, _Smallest] = {}
        self._kept: dict[int, dict[str, Any]] = {}
        self._part: Path | None = None

    def start(self, folder: Path | None, resumed: bool) -> None:
        """Begin, or go on with what an interrupted run had put down; its torn last line is passed over."""
        if folder is None:
            return
        self._part = folder / "samples.part.jsonl"
        if not resumed:
            self._part.unlink(missing_ok=True)
        elif self._part.exists():
            for line in self._part.read_bytes().split(b"\n"):
                try:
                    self._keep(json.loads(line))
                except (ValueError, KeyError, TypeError):
                    continue

    def take(self, sample: dict[str, Any]) -> None:
        """Take one candidate in."""
        if self._keep(sample) and self._part is not None:
            with self._part.open("ab") as stream:
                stream.write(b"\n" + _line(sample))

    def _keep(self, sample: dict[str, Any]) -> bool:
        key = (int(sample["key"]), int(sample["number"]))
        if key[1] in self._kept:
            return False
        wanted = self._sample.offer(key)
        for rule in sample["rules"]:
            if rule not in self._by_rule:
                self._by_rule[rule] = _Smallest(self._examples)
            wanted |= self._by_rule[rule].offer(key)
        if wanted:
            self._kept[key[1]] = sample
            if len(self._kept) > 2 * (self._documents + self._examples * len(self._by_rule)) + 64:
                self._kept = {number: row for number, row in self._kept.items() if self._wanted(row)}
        return wanted

    def _wanted(self, sample: dict[str, Any]) -> bool:
        key = (int(sample["key"]), int(sample["number"]))
        return key in self._sample or any(key in self._by_rule[rule] for rule in sample["rules"])

    def rows(self) -> Iterable[dict[str, Any]]:
        """The sample in the order of the input; what a document gives only examples for is left out of it."""
        for number in sorted(self._kept):
            row = self._kept[number]
            key = (int(row["key"]), number)
            examples = {rule: rows for rule, rows in row["examples"].items() if key in self._by_rule.get(rule, ())}
            if key in self._sample:
                yield row | {"sampled": True, "examples": examples}
            elif examples:
                kept = {name: row[name] for name in ("number", "key", "id", "rules")}
                yield kept | {"sampled": False, "examples": examples}

    def finish(self, folder: Path | None) -> None:
        """Write ``samples.jsonl``, whole or not at all."""
        if folder is None:
            return
        target = folder / "samples.jsonl"
        part = target.with_name(f".{target.name}.part")
        part.write_bytes(b"".join(_line(row) for row in self.rows()))
        os.replace(part, target)
        if self._part is not None:
            self._part.unlink(missing_ok=True)


def _line(row: dict[str, Any]) -> bytes:
    return json.dumps(row, separators=(",", ":")).encode("ascii") + b"\n"
