"""Lines: a line is a block, with or without what the markup said about it."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Block", "LineFeatures", "LineSpan", "line_spans"]


Block = tuple[str, frozenset[str]]
"""A container element: its name, and its class words."""


class LineSpan(NamedTuple):
    """Where a line lies: ``text[start:end]``, its newline not included."""

    start: int
    end: int


def line_spans(text: str) -> list[LineSpan]:
    r"""The lines of `text`, ended by ``\n`` alone; always one more than there are newlines.

    Other line ends of Unicode (U+2028, form feed, a carriage return of its own) are part of the line, so that
    lines can be counted by counting newlines.

    >>> line_spans("ab\n\nc")
    [LineSpan(start=0, end=2), LineSpan(start=3, end=3), LineSpan(start=4, end=5)]
    """
    spans: list[LineSpan] = []
    at = 0
    while (cut := text.find("\n", at)) >= 0:
        spans.append(LineSpan(at, cut))
        at = cut + 1
    spans.append(LineSpan(at, len(text)))
    return spans


class LineFeatures(NamedTuple):
    """What the markup said about one line. Plain text has none of it.

    Attributes:
        tags: names of the open elements from the outside in, such as ``("html", "body", "div", "p")``.
        classes: lower-case words of the ``class``, ``id`` and ``role`` attributes of the open elements.
        links: code points of the line that lie inside links.
        chars: code points of the line that are not white space.
        own_classes: words of ``class`` and ``id`` of the nearest block element only.
        link_count: how many links the line has.
        block: number of the nearest enclosing container (section, div, ul, td …), so that neighbours in one
            block can be told from neighbours across a border.
        within: numbers of the enclosing containers from the outside in (the outermost 64), ending with `block`.
        blocks: name, and words of ``class``, ``id`` and ``role``, of each of the containers `within`.
    """

    tags: tuple[str, ...] = ()
    classes: frozenset[str] = frozenset()
    links: int = 0
    chars: int = 0
    own_classes: frozenset[str] = frozenset()
    link_count: int = 0
    block: int = 0
    within: tuple[int, ...] = ()
    blocks: tuple[Block, ...] = ()

    @property
    def link_density(self) -> float:
        """Share of the line's visible code points that lie inside links, 0.0 to 1.0."""
        return self.links / self.chars if self.chars else 0.0

    @property
    def depth(self) -> int:
        """How many elements are open around the line."""
        return len(self.tags)
