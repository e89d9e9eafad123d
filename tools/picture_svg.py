"""Drawing for the pictures of the documentation: rows of bytes under characters, and lines of text with marked spans.

The pictures carry their own colours for light and dark, so that they can be read on any page that shows them.
"""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["ByteUnit", "Row", "Span", "byte_picture", "gbk_units", "panels_picture", "road_picture", "width_of"]

CELL = 46
STYLE = """<style>
text { font-family: "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "Noto Sans", system-ui, sans-serif }
text { fill: #1f2328 }
.card { fill: #ffffff; stroke: #d0d7de }
.note { fill: #57606a; font-size: 13px }
.hex { fill: #57606a; font-size: 13px; font-family: monospace }
.head { fill: #57606a; font-size: 13px; font-weight: 600 }
.char { font-size: 22px; text-anchor: middle }
.mid { text-anchor: middle }
.line { font-size: 15px }
.plain { fill: #f6f8fa; stroke: #afb8c1 }
.bad { fill: #ffebe9; stroke: #cf222e }
.hit { fill: #fff8c5; stroke: #bf8700 }
.red { fill: #cf222e }
.green { fill: #1a7f37 }
.redback { fill: #ffebe9 }
.greenback { fill: #dafbe1 }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3 }
.card { fill: #0d1117; stroke: #30363d }
.note, .hex, .head { fill: #9198a1 }
.plain { fill: #161b22; stroke: #6e7681 }
.bad { fill: #490202; stroke: #f85149 }
.hit { fill: #4b2900; stroke: #d29922 }
.red { fill: #ff7b72 }
.green { fill: #7ee787 }
.redback { fill: #490202 }
.greenback { fill: #04260f }
}
</style>"""


class ByteUnit(NamedTuple):
    """Bytes that are read together, the character they print as, and how the box looks."""

    data: bytes
    char: str
    look: str = "plain"


class Row(NamedTuple):
    """One reading of a run of bytes, with a sentence above it; `shift` cells to the right."""

    note: str
    units: Sequence[ByteUnit]
    shift: int = 0


class Span(NamedTuple):
    """A stretch of a line and how it looks: ``plain``, ``red`` (goes) or ``green`` (comes)."""

    text: str
    look: str = "plain"


def gbk_units(stream: bytes, struck: Sequence[int] = ()) -> list[ByteUnit]:
    """How a damaging site prints GBK bytes: pair by pair, an impossible pair as one question mark.

    A unit that holds a byte of `struck` looks bad.
    """
    units = []
    at = 0
    while at < len(stream):
        size = 1 if stream[at] < 0x80 else min(2, len(stream) - at)
        part = stream[at : at + size]
        good = part[0] < 0x80 or (size == 2 and part[1] >= 0x40 and part[1] != 0x7F)
        look = "bad" if not good or any(at <= place < at + size for place in struck) else "plain"
        units.append(ByteUnit(part, part.decode("gbk") if good else "?", look))
        at += size
    return units


def byte_picture(title: str, rows: Sequence[Row]) -> str:
    """Rows of boxes, as wide as their bytes, each with its character and below it the bytes in hexadecimal."""
    cells = max(row.shift + sum(len(unit.data) for unit in row.units) for row in rows)
    width = max(cells * CELL + 40, 40 + max(8 * width_of(row.note) for row in rows))
    parts = []
    for number, row in enumerate(rows):
        top = 26 + number * 104
        parts.append(f'<text class="note" x="20" y="{top + 4}">{html.escape(row.note)}</text>')
        left = 20 + row.shift * CELL
        for unit in row.units:
            wide = len(unit.data) * CELL
            parts.append(
                f'<rect class="{unit.look}" x="{left + 2}" y="{top + 14}" width="{wide - 4}" height="62" rx="6"/>'
            )
            parts.append(f'<text class="char" x="{left + wide // 2}" y="{top + 44}">{html.escape(unit.char)}</text>')
            for at, byte in enumerate(unit.data):
                middle = left + at * CELL + CELL // 2
                parts.append(f'<text class="hex mid" x="{middle}" y="{top + 67}">{byte:02X}</text>')
            left += wide
    return _card(title, width, 104 * len(rows) + 20, parts)


def panels_picture(title: str, panels: Sequence[tuple[str, Sequence[Sequence[Span]]]]) -> str:
    """Panels of lines side by side, each under its heading; spans that go are red and struck, those that come green."""
    wide = 40 + int(7.6 * max(sum(width_of(span.text) for span in line) for _, lines in panels for line in lines))
    tall = max(len(lines) for _, lines in panels)
    parts = []
    for number, (head, lines) in enumerate(panels):
        left = number * wide + 20
        parts.append(f'<text class="head" x="{left}" y="34">{html.escape(head)}</text>')
        for row, line in enumerate(lines):
            base, at = 68 + row * 28, float(left)
            for span in line:
                length = 7.6 * width_of(span.text)
                shown = html.escape(span.text)
                fit = f'textLength="{length:.1f}" lengthAdjust="spacingAndGlyphs"' if span.text.strip() else ""
                if span.look != "plain":
                    box = f'x="{at:.1f}" y="{base - 18}" width="{length:.1f}" height="25" rx="3"'
                    parts.append(f'<rect class="{span.look}back" {box}/>')
                struck = ' text-decoration="line-through"' if span.look == "red" else ""
                style = "line" if span.look == "plain" else f"line {span.look}"
                parts.append(
                    f'<text class="{style}"{struck} x="{at:.1f}" y="{base}" xml:space="preserve" {fit}>{shown}</text>'
                )
                at += length
    return _card(title, wide * len(panels), 68 + tall * 28, parts)


def width_of(text: str) -> int:
    """Width in half-width columns."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def _card(title: str, width: int, height: int, parts: Sequence[str]) -> str:
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-label="{html.escape(title)}">\n<title>{html.escape(title)}</title>\n{STYLE}\n'
        f'<rect class="card" x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="10"/>\n{body}\n</svg>\n'
    )


def road_picture(title: str, stops: Sequence[tuple[str, str]], below: str) -> str:
    """Stations on a line, each with a word under it, and below them a bar that all of them fill."""
    wide, parts = 132, []
    for number, (name, what) in enumerate(stops):
        left = 20 + number * wide
        middle = left + 56
        parts.append(f'<rect class="plain" x="{left}" y="26" width="112" height="44" rx="8"/>')
        parts.append(f'<text class="line mid" x="{middle}" y="53">{html.escape(name)}</text>')
        parts.append(f'<text class="note mid" x="{middle}" y="90">{html.escape(what)}</text>')
        if number:
            parts.append(f'<text class="note mid" x="{left - 10}" y="53">→</text>')
        if number and number < len(stops) - 1:
            parts.append(f'<text class="note mid" x="{middle}" y="112">↓</text>')
    length = (len(stops) - 2) * wide - 20
    parts.append(f'<rect class="hit" x="{20 + wide}" y="122" width="{length}" height="36" rx="8"/>')
    parts.append(f'<text class="line mid" x="{20 + wide + length // 2}" y="145">{html.escape(below)}</text>')
    return _card(title, 20 + len(stops) * wide, 180, parts)
