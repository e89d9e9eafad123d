"""Where the tokenizer is: the open elements, without a tree being built.

Only block elements, and inline ones that hide or name something, are kept open. What features need of an element
(its path, class words, containers) is worked out when the first line lies there, and shared by all lines there: most
elements hold no line of their own.
"""

from __future__ import annotations

from typing import NamedTuple

from ..lines import Block
from .elements import CLOSED_BY, CLOSED_WITHIN, CONTAINERS, INLINE, INTEGRATED, KINDS, TABLE_PARTS
from .tags import Tag

__all__ = ["OpenElements", "Part", "Place"]

Part = tuple[int, int, str, str]
"""A span of the source, what stands in the text for it, and the rule by which it differs: ``(start, end, text,
rule)``. The rule is ``""`` for a span that is kept, its white space collapsed."""

MAX_PATH = 64
"""Elements of a line's path that are told: a bound, so that features cost no more than the page."""

_MAX_WORDS = 1024
_LOOK_BACK = 64
"""Open elements searched for the one that an end tag closes."""

_NO_WORDS = frozenset[str]()


class Told(NamedTuple):
    """What features tell of a place.

    Attributes:
        names: the open elements from the outside in.
        classes: words of their class and id attributes.
        own: those of the nearest block element.
        blocks: name and class words of each open container, below a nameless one.
    """

    names: tuple[str, ...]
    classes: frozenset[str]
    own: frozenset[str]
    blocks: tuple[Block, ...]


_NOWHERE = Told((), _NO_WORDS, _NO_WORDS, (("", _NO_WORDS),))
"""Outside of all elements."""


class Place:
    """What is the same for all text directly within elements that are alike and stand alike.

    Attributes:
        parent: the place around it, ``None`` for the outermost.
        tag: the innermost element's start tag, ``None`` outside of all.
        hides: whether text here is not shown.
        base: a number of its own, to which the identity of a tag is added to name the place within.
        told: what features tell of it, once asked for.
    """

    __slots__ = ("base", "hides", "parent", "tag", "told")

    def __init__(self, parent: Place | None, tag: Tag | None, hides: bool, number: int) -> None:
        self.parent = parent
        self.tag = tag
        self.hides = hides
        self.base = number << 64  # no identity is as large
        self.told: Told | None = None


class OpenElements:
    """The stack of open elements, with the rules by which start tags close others.

    Attributes:
        names: their names, outermost first, below an empty one.
        top: the innermost place.
        numbers: of the open containers from the outside in.
        inline: how many inline elements of each name are open.
        pre: how many elements are open whose white space counts.
        closed: elements that were closed and whose text may be metadata: tag, line, first part, part behind the last.
        too_deep: whether the bound on depth was hit.
    """

    def __init__(self, depth: int, parts: list[Part]) -> None:
        self.bound = depth
        self.parts = parts
        self.overflow = 0
        self.too_deep = False
        self.names: list[str] = [""]
        self.top = Place(None, None, False, 0)
        self.top.told = _NOWHERE
        self.frames: list[Place] = [self.top]
        self.numbers = [0]
        self._within: tuple[int, ...] | None = (0,)
        self.inline: dict[str, int] = {}
        self.pre = 0
        self.blocks = 0
        self.marks: list[tuple[int, Tag, int, int]] = []
        self.closed: list[tuple[Tag, int, int, int]] = []
        # One table, not one in each place: places that know those within them would be cycles for the collector.
        self._places: dict[int, Place] = {}
        self._paths: dict[tuple[int, str], tuple[str, ...]] = {}
        self._unions: dict[tuple[int, int], frozenset[str]] = {}

    def enter(self, tag: Tag, line: int) -> None:
        """Open an element, whose text begins on `line`."""
        if self.bound and len(self.names) > self.bound:
            self.overflow += tag.kind != INLINE
            self.too_deep = True
            return
        parent, name = self.top, tag.name
        places = self._places
        key = parent.base + id(tag)
        place = places.get(key)
        if place is None:
            place = places[key] = Place(parent, tag, tag.hides or parent.hides, len(places) + 1)
        if name in CONTAINERS:
            self.blocks += 1
            self.numbers.append(self.blocks)
            self._within = None
        self.names.append(name)
        self.frames.append(place)
        self.top = place
        if tag.field:
            self.marks.append((len(self.names), tag, line, len(self.parts)))
        if name in ("pre", "textarea"):
            self.pre += 1
        elif tag.kind == INLINE:
            self.inline[name] = self.inline.get(name, 0) + 1

    def within(self) -> tuple[int, ...]:
        """Numbers of the open containers from the outside in: the outermost, and the innermost."""
        within = self._within
        if within is None:
            numbers = self.numbers
            within = tuple(numbers) if len(numbers) <= MAX_PATH else (*numbers[: MAX_PATH - 1], numbers[-1])
            self._within = within
        return within

    def tell(self, place: Place) -> Told:
        """What features tell of a place."""
        chain = []
        while place.told is None and place.parent is not None:
            chain.append(place)
            place = place.parent
        told = place.told or _NOWHERE
        for one in reversed(chain):
            if one.tag is not None:
                told = one.told = self._tell(told, one.tag)
        return told

    def _tell(self, parent: Told, tag: Tag) -> Told:
        name, words = tag.name, tag.words
        names, classes, own, blocks = parent
        if name in CONTAINERS:
            blocks = (*(blocks if len(blocks) < MAX_PATH else blocks[:-1]), (name, words))
        if len(names) < MAX_PATH:
            path = (id(names), name)
            found = self._paths.get(path)
            if found is None:
                found = self._paths[path] = (*names, name)
            names = found
        if words:
            pair = (id(classes), id(words))
            union = self._unions.get(pair)
            if union is None:
                union = self._unions[pair] = classes | words if len(classes) < _MAX_WORDS else classes
            classes = union
        return Told(names, classes, words if tag.kind != INLINE else own, blocks)

    def leave(self) -> None:
        """Close the innermost element."""
        names = self.names
        if self.marks and self.marks[-1][0] == len(names):
            _, tag, line, part = self.marks.pop()
            self.closed.append((tag, line, part, len(self.parts)))
        name = names.pop()
        frames = self.frames
        frames.pop()
        self.top = frames[-1]
        if name in CONTAINERS:
            self.numbers.pop()
            self._within = None
        if self.pre and name in ("pre", "textarea"):
            self.pre -= 1
        elif name in self.inline:
            left = self.inline[name] - 1
            if left:
                self.inline[name] = left
            else:
                del self.inline[name]

    def imply(self, name: str) -> None:
        """Close what the start tag `name` closes by its coming (omitted end tags)."""
        names = self.names
        if names[-1] == "p":
            self.leave()
        rule = CLOSED_BY.get(name)
        if rule is None:
            return
        closed, barrier = rule
        depth = 0
        for back in range(1, min(_LOOK_BACK, len(names))):
            other = names[-back]
            if other in barrier:
                break
            if other in closed:
                depth = back
        for _ in range(depth):
            self.leave()

    def break_out(self) -> None:
        """Close a drawing that a start tag of HTML shows to be at its end, unless the tag lies in HTML within it."""
        names = self.names
        for back in range(1, min(_LOOK_BACK, len(names))):
            if names[-back] in INTEGRATED:
                return
            if names[-back] == "svg":
                for _ in range(back):
                    self.leave()
                return

    def close(self, name: str, kind: int) -> None:
        """Close the element that the end tag `name` closes, if one is open in its scope."""
        if self.overflow:
            self.overflow -= 1
            return
        names = self.names
        if names[-1] == name:
            self.leave()
            return
        for back in range(2, min(_LOOK_BACK, len(names))):
            other = names[-back + 1]
            if kind == INLINE:
                if other in KINDS and other not in CLOSED_WITHIN and name != "template":
                    return
            elif other in TABLE_PARTS and name not in TABLE_PARTS and name not in ("body", "html"):
                return
            if names[-back] == name:
                for _ in range(back):
                    self.leave()
                return
