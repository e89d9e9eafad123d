"""A revision shown line by line: what stood there, what went, what came, and which rule did it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from rich.text import Text

from ..edits import Edit, Revision
from .terminal import printable

__all__ = ["LineChange", "Piece", "line_changes", "rendered"]

NEWLINE = "⏎"
LONG = 120  # unchanged stretches longer than this are shown by their ends
END = 36


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
    """

    number: int
    pieces: list[Piece] = field(default_factory=list)
    rules: Counter[str] = field(default_factory=Counter)
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
    yield line


def _stream(
    revision: Revision,
) -> Iterator[tuple[Literal["kept", "deleted", "inserted", "marked"], str, Edit | None]]:
    """The text before and what is inserted into it, in order."""
    at, before = 0, revision.before
    for edit in revision.edits:
        if at < edit.start:
            yield "kept", before[at : edit.start], None
        at = edit.end
        if edit.is_mark:
            yield "marked", edit.before, edit
            continue
        yield "deleted", edit.before, edit
        if edit.after:
            yield "inserted", edit.after, edit
    if at < len(before):
        yield "kept", before[at:], None


def rendered(pieces: Iterable[Piece], *, color: bool) -> Text:
    """A line to look at: red and struck out what went, green what came; without colours ``[-…-]`` and ``{+…+}``.

    >>> rendered([Piece("kept", "是"), Piece("deleted", "總"), Piece("inserted", "总")], color=False).plain
    '是[-總-]{+总+}'
    """
    text = Text()
    for kind, part in pieces:
        shown = printable(part)
        if kind == "kept":
            if len(shown) > LONG:
                text.append(shown[:END])
                text.append(f" … {len(part) - 2 * END:,} characters … ", "dim italic")
                text.append(shown[-END:])
            else:
                text.append(shown)
        elif kind == "deleted":
            text.append(shown, "red strike") if color else text.append(f"[-{shown}-]")
        elif kind == "inserted":
            text.append(shown, "bold green") if color else text.append(f"{{+{shown}+}}")
        else:
            text.append(shown, "black on yellow") if color else text.append(f"{{={shown}=}}")
    return text
