"""A changed line drawn for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.text import Text

from ..changes import LineChange, Piece
from ..printable import printable

__all__ = ["rendered"]

LONG = 120  # unchanged stretches longer than this are shown by their ends
END = 36
FEW_PIECES = 6  # deleted or inserted stretches that are shown within one row
BRACKETS = {"deleted": ("[-", "-]"), "inserted": ("{+", "+}"), "marked": ("{=", "=}")}


def rendered(line: LineChange, *, color: bool) -> list[tuple[str, Text]]:
    """A line to look at, as one row or two, each with its sign.

    A line with few edits is one row (`` ``): red and struck out what went, green what came; without colours
    ``[-…-]`` and ``{+…+}``. With many it is shown before (``-``) and after (``+``). A line that goes is ``-``.

    >>> from collections import Counter
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
