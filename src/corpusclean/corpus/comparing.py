"""How two outputs differ: which documents are in one of them only, which changed, and how."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

from ..edits import Edit, Revision
from .rows import Row, rows_of

__all__ = ["Comparison", "Difference", "compare", "text_difference"]

TEXTS_HELD = 64 * 2**20  # characters of texts that wait for the other side; what waits beyond is only hashed
NAMES = 20  # of documents that are in one output only
LONG = 5_000  # lines; longer texts are compared by their common beginning and end alone
IGNORED = ("clean",)  # metadata that tells of the run, not of the document


class Difference(NamedTuple):
    """A document that is in both outputs and differs.

    Attributes:
        id: its name.
        before, after: its texts, ``None`` where they were too many to hold.
        fields: names of the metadata fields that differ.
    """

    id: str
    before: str | None
    after: str | None
    fields: tuple[str, ...]


@dataclass(slots=True)
class Comparison:
    """What two outputs have in common, and what not.

    Attributes:
        same: documents with the same text and metadata.
        changed: documents whose text differs.
        restated: documents whose text is the same and whose metadata differs.
        only_first, only_second: documents that are in one of them only; their first names are in `names`.
        characters: characters of all texts, in each.
        fields: documents in which a metadata field differs, by field.
        edits: how many edits more, or fewer, each rule made in the second.
        problems: rows that are no documents.
    """

    same: int = 0
    changed: int = 0
    restated: int = 0
    only_first: int = 0
    only_second: int = 0
    names: tuple[list[str], list[str]] = field(default_factory=lambda: ([], []))
    characters: list[int] = field(default_factory=lambda: [0, 0])
    fields: Counter[str] = field(default_factory=Counter)
    edits: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    @property
    def equal(self) -> bool:
        """Whether both hold the same documents."""
        return not (self.changed or self.restated or self.only_first or self.only_second or self.problems)


class _Waiting(NamedTuple):
    """A document that the other side has not shown yet."""

    id: str
    digest: bytes
    text: str | None
    metadata: Mapping[str, Any]


def compare(first: str | Path, second: str | Path, comparison: Comparison) -> Iterator[Difference]:
    """Compare two outputs by the ids of their documents, whatever their order; of equal ids the n-th to the n-th.

    Outputs in the same order take little memory; what is far apart is held until its like turns up.

    Args:
        first: an output, see :func:`rows_of`.
        second: another one.
        comparison: is filled in; complete when the iterator ends.

    Raises:
        InputError: one of them cannot be read.
    """
    sides: tuple[dict[tuple[str, int], _Waiting], dict[tuple[str, int], _Waiting]] = ({}, {})
    seen: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    held = 0
    for pair in zip_longest(rows_of(first), rows_of(second)):
        for side, row in enumerate(pair):
            document = _document(row, comparison) if row is not None else None
            if document is None:
                continue
            comparison.characters[side] += len(document.text or "")
            key = (document.id, seen[side][document.id])
            seen[side][document.id] += 1
            other = sides[1 - side].pop(key, None)
            if other is None:
                held += len(document.text or "")
                if held > TEXTS_HELD:
                    held -= len(document.text or "")
                    document = document._replace(text=None)
                sides[side][key] = document
                continue
            held -= len(other.text or "")
            found = _difference(other, document, comparison) if side else _difference(document, other, comparison)
            if found is not None:
                yield found
    comparison.only_first, comparison.only_second = len(sides[0]), len(sides[1])
    for names, waiting in zip(comparison.names, sides, strict=True):
        names.extend(key[0] for key, _ in zip(waiting, range(NAMES), strict=False))


def _document(row: Row, comparison: Comparison) -> _Waiting | None:
    values = row.values
    if values is None or not isinstance(values.get("text"), str) or not isinstance(values.get("id"), str):
        said = row.problem or "the row has no 'id' and 'text' that are strings"
        comparison.problems.append(f"{row.place}: {said}")
        return None
    text = values["text"]
    metadata = values.get("metadata")
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    return _Waiting(values["id"], digest, text, metadata if isinstance(metadata, dict) else {})


def _difference(first: _Waiting, second: _Waiting, comparison: Comparison) -> Difference | None:
    same_text = first.digest == second.digest
    ignored = IGNORED if same_text else (*IGNORED, "quality")  # which follows from the text
    fields = tuple(
        name
        for name in dict.fromkeys((*first.metadata, *second.metadata))
        if name not in ignored and first.metadata.get(name) != second.metadata.get(name)
    )
    comparison.fields.update(fields)
    if same_text and not fields:
        comparison.same += 1
        return None
    if same_text:
        comparison.restated += 1
    else:
        comparison.changed += 1
        before, after = _edits(first), _edits(second)
        for rule in {*before, *after}:
            comparison.edits[rule] += after.get(rule, 0) - before.get(rule, 0)
    return Difference(first.id, first.text, second.text, fields)


def _edits(document: _Waiting) -> Mapping[str, int]:
    done = document.metadata.get("clean")
    edits = done.get("edits") if isinstance(done, dict) else None
    return edits if isinstance(edits, dict) else {}


def text_difference(before: str, after: str) -> Revision:
    r"""How one text becomes the other, line by line.

    >>> revision = text_difference("a\nb\nc\n", "a\nB\nc\n")
    >>> [(edit.before, edit.after) for edit in revision.edits]
    [('b\n', 'B\n')]
    """
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    starts, at = [], 0
    for line in old:
        starts.append(at)
        at += len(line)
    starts.append(at)
    edits: list[Edit] = []
    for kind, a, b, c, d in _opcodes(old, new):
        if kind == "equal":
            continue
        if b - a == d - c:  # lines that became other lines, one for one
            for was, now in zip(range(a, b), range(c, d), strict=True):
                if old[was] != new[now]:
                    edits.append(Edit(starts[was], starts[was + 1], old[was], new[now], "changed"))
        else:
            edits.append(Edit(starts[a], starts[b], before[starts[a] : starts[b]], "".join(new[c:d]), "changed"))
    return Revision.of(before, edits)


def _opcodes(old: list[str], new: list[str]) -> list[tuple[str, int, int, int, int]]:
    if max(len(old), len(new)) <= LONG:
        return list(SequenceMatcher(None, old, new).get_opcodes())
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return [("replace", head, len(old) - tail, head, len(new) - tail)]
