"""A revision shown line by line: what stood there, what went, what came, and which rule did it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from rich.text import Text

from ..edits import Edit, Revision
from .terminal import printable

__all__ = ["NEWLINE", "LineChange", "Piece", "line_changes", "rendered"]

NEWLINE = "⏎"
LONG = 120  # unchanged stretches longer than this are shown by their ends
END = 36
FEW_PIECES = 6  # deleted or inserted stretches that are shown within one row
BRACKETS = {"deleted": ("[-", "-]"), "inserted": ("{+", "+}"), "marked": ("{=", "=}")}


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


def rendered(line: LineChange, *, color: bool) -> list[tuple[str, Text]]:
    """A line to look at, as one row or two, each with its sign.

    A line with few edits is one row (`` ``): red and struck out what went, green what came; without colours
    ``[-…-]`` and ``{+…+}``. With many it is shown before (``-``) and after (``+``). A line that goes is ``-``.

    >>> line = LineChange(1, [Piece("kept", "是"), Piece("deleted", "總"), Piece("inserted", "总")], Counter(demo=1))
    >>> [(sign, text.plain) for sign, text in rendered(line, color=False)]
    [(' ', '是[-總-]{+总+}')]
    """
    if line.removed:
        return [("-", _drawn(line.pieces, {"deleted": "red strike"}, brackets=False, color=color))]
    edits = sum(piece.kind in ("deleted", "inserted") for piece in line.pieces)
    if edits <= FEW_PIECES:
        styles = {"deleted": "red strike", "inserted": "bold green", "marked": "black on yellow"}
        return [(" ", _drawn(line.pieces, styles, brackets=not color, color=color))]
    before = [piece for piece in line.pieces if piece.kind != "inserted"]
    after = [piece for piece in line.pieces if piece.kind != "deleted"]
    styles = {"deleted": "red", "inserted": "green", "marked": "black on yellow"}
    return [
        ("-", _drawn(before, styles, brackets=False, color=color)),
        ("+", _drawn(after, styles, brackets=False, color=color)),
    ]


def _drawn(pieces: Iterable[Piece], styles: Mapping[str, str], *, brackets: bool, color: bool) -> Text:
    """Pieces in a row. Without colours a mark is always bracketed, everything else where `brackets` says so."""
    text = Text()
    for kind, part in pieces:
        shown = printable(part)
        if kind == "kept":
            if len(shown) > LONG:
                text.append(shown[:END])
                text.append(f" … {len(shown) - 2 * END:,} characters … ", "dim italic")
                text.append(shown[-END:])
            else:
                text.append(shown)
            continue
        opened, closed = BRACKETS[kind] if brackets or (kind == "marked" and not color) else ("", "")
        text.append(f"{opened}{shown}{closed}", styles.get(kind, "") if color else "")
    return text
