"""HTML to lines: which spans of the source are text, and what the markup says about each line.

One pass over the tokens of a WHATWG tokenizer. It keeps a stack of the open block elements (inline ones matter only
where they link, hide or name something), so that every line knows its surroundings without a tree being built.
What is kept is noted as *parts*: spans of the source that become text. All the rest is markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from ..limits import Limits
from ..lines import LineFeatures
from .elements import BREAK, CLOSED_BY, CONTAINERS, INLINE, KINDS, OPENING, SCRIPTS, TABLE_PARTS
from .tags import Head, Named, Tag, TagReader

if TYPE_CHECKING:
    from turbohtml import Token

__all__ = ["Flat", "Part", "collapse", "flatten"]

SPACE = " \t\n\f\r"
"""White space of HTML, which a browser shows as one space; NBSP and the ideographic space are text."""

MAX_PATH = 64
"""Elements of a line's path that are told: a bound, so that features cost no more than the page."""

MAX_DATA = 300_000
"""Code points of one JSON-LD script that is read; longer ones are catalogues, not articles."""

MAX_NAMED = 2_000
"""Named elements kept for metadata."""

MAX_BROKEN = 1000
"""Code points of a tag at the end of the page that is never closed; a longer one is text."""

_RUN = re.compile(r"[ \t\n\f\r]+")
"""A run of white space of HTML: two spaces are one run, NBSP is none."""

_LOOK_BACK = 64
"""Open elements searched for the one that an end tag closes."""


class Part(NamedTuple):
    """A span of the source and what becomes of it.

    Attributes:
        start, end: the span.
        text: what stands in the text for it.
        rule: the rule by which it differs from the source; ``""`` for a span kept as it is, or with only its
            white space collapsed.
    """

    start: int
    end: int
    text: str
    rule: str


class Flat(NamedTuple):
    """A page as lines.

    Attributes:
        parts: what was kept, and what was dropped for a reason of its own, in order.
        features: one for each line of the text.
        named: elements whose text may be metadata, with that text.
        head: what the page states outside its text.
        first: index of the first part of each line.
        limits: names of the bounds that were hit.
    """

    parts: list[Part]
    features: tuple[LineFeatures, ...]
    named: list[Named]
    head: Head
    first: list[int]
    limits: tuple[str, ...]


class _Path:
    """The names of the open elements as one shared tuple for each distinct path."""

    __slots__ = ("below", "names")

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        self.below: dict[str, _Path] = {}

    def enter(self, name: str) -> _Path:
        path = self.below.get(name)
        if path is None:
            names = (*self.names, name) if len(self.names) < MAX_PATH else self.names
            path = self.below[name] = _Path(names)
        return path


class _Element(NamedTuple):
    """An open element."""

    name: str
    hides: bool
    path: _Path
    classes: frozenset[str]
    own: frozenset[str]
    block: int
    tag: Tag
    mark: int
    line: int


_ROOT = frozenset[str]()
_NO_TAG = Tag("", INLINE, False, _ROOT, False, "", "", "")


class _Flattener:
    """The state of one pass. Offsets are those of the source."""

    def __init__(self, depth: int) -> None:
        self.parts: list[Part] = []
        self.features: list[LineFeatures] = []
        self.first = [0]
        self.named: list[Named] = []
        self.reader = TagReader()
        self.bound = depth
        self.overflow = 0
        self.too_deep = False
        self.stack: list[_Element] = [_Element("", False, _Path(()), _ROOT, _ROOT, 0, _NO_TAG, 0, 0)]
        self.open: dict[str, int] = {}
        self.blocks = 0
        self.within: list[tuple[int, ...]] = [()]  # of each block: the blocks around it, and itself
        self.unions: dict[tuple[int, int], frozenset[str]] = {}
        # The line being filled:
        self.filled = False
        self.home = self.stack[0]
        self.chars = self.linked = self.links = 0
        self.in_link = 0
        self.gap: tuple[int, int, int] | None = None  # white space that becomes a space if text follows on the line

    # -- text ---------------------------------------------------------------------------------------------

    def take_text(self, data: str, start: int, end: int, rule: str) -> None:
        """Add text of the source, unless it is hidden."""
        top = self.stack[-1]
        if top.hides:
            if top.name == "title":
                self.reader.add_title(data, len(self.features))
            elif top.tag.evidence == "json-ld" and end - start < MAX_DATA:
                self.reader.head.data.append(data)
            self.parts.append(Part(start, end, "", "markup/script" if top.name in SCRIPTS else "markup/hidden"))
            return
        if "pre" in self.open or "textarea" in self.open:
            self.take_preformatted(data, start, end, rule)
            return
        core = data.strip(SPACE)
        if not core:
            if self.filled and self.gap is None:
                self.gap = (start, end, len(self.parts))
            return
        if rule and not self.filled and core.isspace():
            return  # a reference to a no-break space that only indents the line
        size = len(data)
        if len(core) != size:
            lead = size - len(data.lstrip(SPACE))
            if lead and self.filled and self.gap is None:
                self.gap = (start, start + lead, len(self.parts))
            start += lead
        if self.filled:
            if self.gap is not None:
                self.parts.insert(self.gap[2], Part(self.gap[0], self.gap[1], " ", "markup/whitespace"))
        else:
            self.filled = True
            self.home = top
        text = collapse(core)
        stop = start + len(core) if not rule else end
        self.parts.append(Part(start, stop, text, rule))
        self.gap = (stop, end, len(self.parts)) if stop < end else None
        visible = len("".join(text.split()))
        self.chars += visible
        if self.in_link:
            self.linked += visible

    def take_preformatted(self, data: str, start: int, end: int, rule: str) -> None:
        """Add text whose white space counts; each newline in it ends a line."""
        if not self.filled and not data.strip(SPACE) and not self.parts:
            return
        self.parts.append(Part(start, end, data, rule))
        self.gap = None
        for number, line in enumerate(data.split("\n")):
            if number:
                self.end_line()
            visible = len("".join(line.split()))
            if line and not self.filled:
                self.filled = True
                self.home = self.stack[-1]
            self.chars += visible
            if self.in_link:
                self.linked += visible

    def end_line(self) -> None:
        """Close the line being filled and note its features."""
        home = self.home if self.filled else self.stack[-1]
        self.features.append(
            LineFeatures(
                home.path.names,
                home.classes,
                self.linked,
                self.chars,
                home.own,
                self.links,
                home.block,
                self.within[home.block],
            )
        )
        self.first.append(len(self.parts))
        self.filled = False
        self.chars = self.linked = self.links = 0
        self.gap = None

    def take_flat(self, html: str, at: int) -> None:
        """Keep the rest of the source as it is, past a bound."""
        rest = html[at:]
        if self.filled:
            self.parts.append(Part(at, at, "\n", "markup/block"))
            self.end_line()
        self.take_preformatted(rest, at, len(html), "")

    # -- elements -----------------------------------------------------------------------------------------

    def push(self, tag: Tag) -> None:
        """Open an element."""
        name, words = tag.name, tag.words
        parent = self.stack[-1]
        if self.bound and len(self.stack) > self.bound:
            self.overflow += 1
            self.too_deep = True
            return
        block = parent.block
        if name in CONTAINERS:
            self.blocks += 1
            around = self.within[block]
            block = self.blocks
            self.within.append((*around, block) if len(around) < MAX_PATH else around)
        classes = parent.classes
        if words:
            key = (id(classes), id(words))
            found = self.unions.get(key)
            if found is None:
                found = self.unions[key] = classes | words if len(classes) < 16 * MAX_PATH else classes
            classes = found
        own = words if name in KINDS else parent.own
        mark, line = len(self.parts), len(self.features)
        path = parent.path.enter(name)
        self.stack.append(_Element(name, tag.hides or parent.hides, path, classes, own, block, tag, mark, line))
        self.open[name] = self.open.get(name, 0) + 1

    def pop(self) -> None:
        """Close the innermost element; hand its text on if its name promises metadata."""
        element = self.stack.pop()
        left = self.open[element.name] - 1
        if left:
            self.open[element.name] = left
        else:
            del self.open[element.name]
        tag = element.tag
        if tag.field and len(self.named) < MAX_NAMED:
            text = tag.value or "".join([part.text for part in self.parts[element.mark : element.mark + 40]])[:400]
            self.named.append(Named(tag.field, tag.evidence, text.strip(), element.line))

    def close_implied(self, name: str) -> None:
        """Close what the start tag `name` closes by its coming (omitted end tags)."""
        stack = self.stack
        if stack[-1].name == "p":
            self.pop()
        rule = CLOSED_BY.get(name)
        if rule is None:
            return
        closed, barrier = rule
        depth = 0
        for back in range(1, min(_LOOK_BACK, len(stack))):
            other = stack[-back].name
            if other in barrier:
                break
            if other in closed:
                depth = back
        for _ in range(depth):
            self.pop()

    def close(self, name: str, kind: int) -> None:
        """Close the element that the end tag `name` closes, if one is open in its scope."""
        if self.overflow:
            self.overflow -= 1
            return
        if name not in self.open:
            return
        stack = self.stack
        for back in range(1, min(_LOOK_BACK, len(stack))):
            other = stack[-back].name
            if other == name:
                for _ in range(back):
                    self.pop()
                return
            if kind == INLINE:
                if other in KINDS:
                    return
            elif other in TABLE_PARTS and name not in TABLE_PARTS and name not in ("body", "html"):
                return

    def run(self, tokens: Iterator[Token], html: str, at: int, room: int) -> tuple[int, int]:
        """Take tokens until they end or `room` is used up; returns where they ended, and the room left."""
        from turbohtml import TokenType

        is_text, is_start, is_end = TokenType.TEXT, TokenType.START_TAG, TokenType.END_TAG
        is_reference, is_comment = TokenType.CHARACTER_REFERENCE, TokenType.COMMENT
        read, infos = self.reader.read, self.reader.known
        for token in tokens:
            kind = token.type
            source = token.source
            if source is None:
                source = token.data or ""
            end = at + len(source)
            if kind is is_text:
                self.take_text(html[at:end], at, end, "")
            elif kind is is_start:
                tag = infos.get(source) or read(token, source)
                name, shape, interest = tag[:3]
                if shape:
                    if shape == OPENING:
                        if self.filled and not self.stack[-1].hides:
                            self.parts.append(Part(at, end, "\n", "markup/block"))
                            self.end_line()
                        self.close_implied(name)
                        self.push(tag)
                    elif shape == BREAK and (self.filled or "pre" in self.open) and not self.stack[-1].hides:
                        self.parts.append(Part(at, end, "\n", "markup/break"))
                        self.end_line()
                elif name == "a":
                    self.in_link = 1
                    self.links += 1
                    if interest or "a" in self.open:
                        self.push(tag)
                elif interest or name in self.open:
                    self.push(tag)
            elif kind is is_end:
                name = token.tag or ""
                shape = KINDS.get(name, INLINE)
                if shape == OPENING:
                    if self.filled and not self.stack[-1].hides:
                        self.parts.append(Part(at, end, "\n", "markup/block"))
                        self.end_line()
                    self.close(name, shape)
                elif name == "a":
                    self.in_link = 0
                    self.close(name, shape)
                elif name in self.open:
                    self.close(name, shape)
            elif kind is is_reference:
                data = token.data or ""
                self.take_text(data, at, end, "markup/reference" if data != source else "")
            elif kind is is_comment:
                self.parts.append(Part(at, end, "", "markup/comment"))
            at = end
            room -= 1
            if not room:
                break
        return at, room


def collapse(text: str) -> str:
    r"""`text` with each run of HTML white space in it as one space.

    >>> collapse("a \n b")
    'a b'
    """
    if "  " in text or "\n" in text or "\t" in text or "\r" in text or "\f" in text:
        return _RUN.sub(" ", text)
    return text


def flatten(html: str, limits: Limits) -> Flat:
    """Take a page apart.

    Args:
        html: the page, its line ends folded to newlines.
        limits: ``depth`` and ``nodes`` bound the work; text past them is kept.
    """
    from turbohtml import tokenize

    work = _Flattener(limits.depth)
    source = html.replace("</>", "<!>")  # the tokenizer skips the first without a token; both are comments to it
    at, room = 0, limits.nodes or -1
    while at < len(html):
        rest = source[at:] if at else source
        at, room = work.run(tokenize(rest, capture_source=True, resolve_references=False), html, at, room)
        if at == len(html):
            break
        if not room:
            work.take_flat(html, at)
            break
        # The tokenizer met the end inside a tag. What follows the first `>` is text that an open quote swallowed.
        cut = html.find(">", at) + 1
        if cut:
            at = cut
        elif len(html) - at <= MAX_BROKEN:
            break
        else:
            work.take_flat(html, at)
            break
    while len(work.stack) > 1:
        work.pop()
    work.end_line()
    work.first.pop()
    hit = (*(["depth"] if work.too_deep else []), *(["nodes"] if limits.nodes and not room else []))
    return Flat(work.parts, tuple(work.features), work.named, work.reader.head, work.first, hit)
