"""A revision line by line: what stood there, what went, what came, and which rule did it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from .edits import Edit, Revision

__all__ = ["NEWLINE", "LineChange", "Piece", "line_changes"]

NEWLINE = "⏎"


class Piece(NamedTuple):
    """A stretch of a line: kept, deleted, inserted, or marked (kept, with something to say about it)."""

    kind: Literal["kept", "deleted", "inserted", "marked"]
    text: str


@dataclass(slots=True)
class LineChange:
    """One line of the text before.

    Attributes:
        number: its number, from 1.
        pieces: its text, cut at the edits.
        rules: the rules of its edits, with how many edits each.
        examples: the first edit of each rule.
        confidence: that of the least sure edit.
    """

    number: int
    pieces: list[Piece] = field(default_factory=list)
    rules: Counter[str] = field(default_factory=Counter)
    examples: dict[str, Edit] = field(default_factory=dict)
    confidence: float = 1.0

    @property
    def changed(self) -> bool:
        """Whether any edit touches the line."""
        return bool(self.rules)

    @property
    def removed(self) -> bool:
        """Whether nothing of the line's text is left."""
        left = (piece for piece in self.pieces if piece.kind != "deleted")
        return self.changed and not any(piece.text.strip() for piece in left)


def line_changes(revision: Revision) -> Iterator[LineChange]:
    r"""Every line of ``revision.before``, in order, with what happens to it.

    >>> revision = Revision.of("甲(x)\n乙", [Edit(1, 4, "(x)", "", "demo")])
    >>> [(line.number, [piece.kind for piece in line.pieces]) for line in line_changes(revision)]
    [(1, ['kept', 'deleted']), (2, ['kept'])]
    """
    line = LineChange(1)
    for kind, text, edit in _stream(revision):
        rules = () if edit is None else edit.rule.split("+")
        # An inserted newline makes no new line of the text before; it is shown as a sign.
        parts = [text.replace("\n", NEWLINE)] if kind == "inserted" else text.split("\n")
        last = len(parts) - 1
        for at, part in enumerate(parts):
            if at:
                yield line
                line = LineChange(line.number + 1)
            if part:
                line.pieces.append(Piece(kind, part))
            if at < last and kind == "deleted":
                line.pieces.append(Piece("deleted", NEWLINE))
            if edit is not None and (part or at < last or not last):
                line.confidence = min(line.confidence, edit.confidence)
                # Counted once: on the first line it touches, and not again for what it puts in.
                line.rules.update(dict.fromkeys(rules, int(at == 0 and kind != "inserted")))
                for rule in rules:
                    line.examples.setdefault(rule, edit)
    yield line


def _stream(
    revision: Revision,
) -> Iterator[tuple[Literal["kept", "deleted", "inserted", "marked"], str, Edit | None]]:
    """The text before and what is inserted into it, in order; what an edit leaves at its ends is kept."""
    at, before = 0, revision.before
    for edit in revision.edits:
        if at < edit.start:
            yield "kept", before[at : edit.start], None
        at = edit.end
        if edit.is_mark:
            yield "marked", edit.before, edit
            continue
        head = _same_start(edit.before, edit.after)
        tail = _same_start(edit.before[head:][::-1], edit.after[head:][::-1])
        if head:
            yield "kept", edit.before[:head], None
        yield "deleted", edit.before[head : len(edit.before) - tail], edit
        if inserted := edit.after[head : len(edit.after) - tail]:
            yield "inserted", inserted, edit
        if tail:
            yield "kept", edit.before[-tail:], None
    if at < len(before):
        yield "kept", before[at:], None


def _same_start(one: str, other: str) -> int:
    """How many code points two texts have in common at their start."""
    for at, (mine, yours) in enumerate(zip(one, other, strict=False)):
        if mine != yours:
            return at
    return min(len(one), len(other))
