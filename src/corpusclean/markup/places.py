"""Where the tokenizer is: the open elements, without a tree being built.

Only block elements, and inline ones that hide or name something, are kept open. What features need of an element
(its path, class words, containers) is worked out when the first line lies there, and shared by all lines there: most
elements hold no line of their own.
"""

from __future__ import annotations

from ..lines import Block
from .elements import CLOSED_BY, CLOSED_WITHIN, INLINE, INTEGRATED, KINDS, PREFORMATTED, TABLE_PARTS
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


Told = tuple[tuple[str, ...], frozenset[str], frozenset[str], tuple[Block, ...]]
"""What features tell of a place: the names of the open elements from the outside in; the words of their class and id
attributes; those of the nearest block element; name and class words of each open container, below a nameless one."""

_Known = tuple[tuple[str, ...], tuple[frozenset[str], ...], frozenset[str], tuple[Block, ...]]
"""The same before the words are brought together, which is done for places that hold text alone."""

_NOWHERE: _Known = ((), (), _NO_WORDS, (("", _NO_WORDS),))
"""Outside of all elements."""


class Place:
    """What is the same for all text directly within elements that are alike and stand alike.

    A place knows those within it and not the one around it, so that no cycle is left for the collector.

    Attributes:
        known: what is known of it.
        told: what features tell of it, once asked for.
        inner: the places within, by their tags.
    """

    __slots__ = ("inner", "known", "told")

    def __init__(self, known: _Known) -> None:
        self.known = known
        self.told: Told | None = None
        self.inner: dict[Tag, Place] = {}


class OpenElements:
    """The stack of open elements, with the rules by which start tags close others.

    Attributes:
        names: their names, outermost first, below an empty one.
        tags: their start tags.
        numbers: of the open containers from the outside in.
        inline: how many inline elements of each name are open.
        pre: how many elements are open whose white space counts.
        hiding: how many elements are open whose text is not shown.
        closed: elements that were closed and whose text may be metadata: tag, line, first part, part behind the last.
        too_deep: whether the bound on depth was hit.
    """

    def __init__(self, depth: int, parts: list[Part]) -> None:
        self.bound = depth
        self.parts = parts
        self.overflow = 0
        self.too_deep = False
        self.names: list[str] = [""]
        self.tags: list[Tag] = []
        self.numbers = [0]
        self._within: tuple[int, ...] | None = (0,)
        self.inline: dict[str, int] = {}
        self.pre = 0
        self.hiding = 0
        self.blocks = 0
        self.marks: list[tuple[int, int]] = []
        self.closed: list[tuple[Tag, int, int, int]] = []
        self._places = [Place(_NOWHERE)]  # of the outermost open elements, as far as they have been asked for
        self._paths: dict[tuple[int, str], tuple[str, ...]] = {}
        self._unions: dict[int, frozenset[str]] = {}

    def enter(self, tag: Tag, line: int) -> None:
        """Open an element, whose text begins on `line`."""
        names = self.names
        if len(names) > self.bound > 0:
            self.overflow += tag.kind != INLINE
            self.too_deep = True
            return
        names.append(tag.name)
        self.tags.append(tag)
        if tag.contains:
            self.blocks += 1
            self.numbers.append(self.blocks)
            self._within = None
        if tag.counts:
            self.count(tag, line)

    def count(self, tag: Tag, line: int) -> None:
        """Note what the element just opened stands for."""
        self.hiding += tag.hides
        if tag.field:
            self.marks.append((line, len(self.parts)))
        if tag.name in PREFORMATTED:
            self.pre += 1
        elif tag.kind == INLINE:
            self.inline[tag.name] = self.inline.get(tag.name, 0) + 1

    def within(self) -> tuple[int, ...]:
        """Numbers of the open containers from the outside in: the outermost, and the innermost."""
        within = self._within
        if within is None:
            numbers = self.numbers
            within = tuple(numbers) if len(numbers) <= MAX_PATH else (*numbers[: MAX_PATH - 1], numbers[-1])
            self._within = within
        return within

    def tell(self) -> Told:
        """What features tell of the innermost place."""
        places, tags = self._places, self.tags
        top = places[-1]
        while len(places) <= len(tags):
            tag, inner = tags[len(places) - 1], top.inner
            place = inner.get(tag)
            if place is None:
                place = inner[tag] = Place(self._know(top.known, tag))
            places.append(place)
            top = place
        told = top.told
        if told is None:
            names, chain, own, blocks = top.known
            classes = self._unions.get(id(chain))
            if classes is None:
                classes = self._unions[id(chain)] = _union(chain)
            told = top.told = (names, classes, own, blocks)
        return told

    def _know(self, around: _Known, tag: Tag) -> _Known:
        """What is known of the place within an element."""
        name, words = tag.name, tag.words
        names, chain, own, blocks = around
        if tag.contains:
            blocks = (*(blocks if len(blocks) < MAX_PATH else blocks[:-1]), (name, words))
        if len(names) < MAX_PATH:
            path = (id(names), name)
            found = self._paths.get(path)
            if found is None:
                found = self._paths[path] = (*names, name)
            names = found
        if words:
            chain = (*chain, words) if len(chain) < MAX_PATH else (_union(chain), words)
        return names, chain, words if tag.kind != INLINE else own, blocks

    def leave(self) -> None:
        """Close the innermost element."""
        self.names.pop()
        tag = self.tags.pop()
        if len(self._places) > len(self.names):
            self._places.pop()
        if tag.contains:
            self.numbers.pop()
            self._within = None
        if tag.counts:
            self.discount(tag)

    def discount(self, tag: Tag) -> None:
        """Take back what :meth:`count` noted of the element that is being closed, and keep the text it stood for."""
        self.hiding -= tag.hides
        if tag.field:
            line, part = self.marks.pop()
            self.closed.append((tag, line, part, len(self.parts)))
        if tag.name in PREFORMATTED:
            self.pre -= 1
        elif tag.kind == INLINE:
            left = self.inline[tag.name] - 1
            if left:
                self.inline[tag.name] = left
            else:
                del self.inline[tag.name]

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


def _union(chain: tuple[frozenset[str], ...]) -> frozenset[str]:
    """The words of a chain of elements from the outside in; past many, those of elements within are left out."""
    union = _NO_WORDS.union(*chain)
    if len(union) >= _MAX_WORDS:
        union = _NO_WORDS
        for words in chain:
            if len(union) < _MAX_WORDS:
                union |= words
    return union
