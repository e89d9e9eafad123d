"""A changed line drawn for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from rich.text import Text

from ..changes import NEWLINE, LineChange, Piece
from ..printable import printable

__all__ = ["line_of", "rendered", "unified"]

LONG = 120  # unchanged stretches longer than this are shown by their ends
END = 36
FEW_PIECES = 6  # deleted or inserted stretches that are shown within one row
BRACKETS = {"deleted": ("[-", "-]"), "inserted": ("{+", "+}"), "marked": ("{=", "=}")}


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


def line_of(row: Mapping[str, Any]) -> LineChange:
    """The line of which :func:`corpusclean.corpus.excerpts.line_rows` made a row."""
    pieces = [Piece(kind, text) for kind, text in row["pieces"]]
    return LineChange(row["number"], pieces, Counter(row["rules"]))


def unified(line: LineChange, *, color: bool) -> list[Text]:
    """A changed line as a unified diff has it: its number and rules, then ``-`` what it was, ``+`` what it is.

    >>> line = LineChange(3, [Piece("kept", "是"), Piece("deleted", "總"), Piece("inserted", "总")], Counter(demo=2))
    >>> [text.plain for text in unified(line, color=False)]
    ['@@ 3 @@ demo ×2', '-是總', '+是总']
    """
    rules = ", ".join(f"{rule} ×{times}" if times > 1 else rule for rule, times in line.rules.items())
    drawn = [Text(f"@@ {line.number} @@ {printable(rules)}".rstrip(), "cyan" if color else "")]
    before = [piece for piece in line.pieces if piece.kind != "inserted"]
    after = [piece for piece in line.pieces if piece.kind != "deleted"]
    if before:
        drawn.append(_signed("-", before, "red", color=color))
    if not line.removed and after:
        drawn.extend(_signed("+", row, "green", color=color) for row in _rows(after))
    return drawn


def _signed(sign: str, pieces: Iterable[Piece], style: str, *, color: bool) -> Text:
    bold = f"bold {style}"
    styles = {"kept": style, "deleted": bold, "inserted": bold, "marked": "black on yellow"}
    return Text.assemble((sign, style if color else ""), _drawn(pieces, styles, brackets=False, color=color))


def _rows(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Pieces in as many rows as the newlines that were put in make of them."""
    rows: list[list[Piece]] = [[]]
    for piece in pieces:
        parts = piece.text.split(NEWLINE) if piece.kind == "inserted" else [piece.text]
        for at, part in enumerate(parts):
            if at:
                rows.append([])
            if part:
                rows[-1].append(Piece(piece.kind, part))
    return rows if rows[-1] or len(rows) == 1 else rows[:-1]


def _drawn(pieces: Iterable[Piece], styles: Mapping[str, str], *, brackets: bool, color: bool) -> Text:
    """Pieces in a row. Without colours a mark is always bracketed, everything else where `brackets` says so."""
    text = Text()
    for kind, part in pieces:
        shown = printable(part)
        if kind == "kept":
            style = styles.get("kept", "") if color else ""
            if len(shown) > LONG:
                text.append(shown[:END], style)
                text.append(f" … {len(shown) - 2 * END:,} characters … ", "dim italic")
                text.append(shown[-END:], style)
            else:
                text.append(shown, style)
            continue
        opened, closed = BRACKETS[kind] if brackets or (kind == "marked" and not color) else ("", "")
        text.append(f"{opened}{shown}{closed}", styles.get(kind, "") if color else "")
    return text
