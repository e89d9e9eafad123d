"""HTML to lines: which spans of the source are text, and what the markup says about each line.

One pass over the tokens of a WHATWG tokenizer, at well under two microseconds a token. What is kept is noted as
*parts*: spans of the source that become text. All the rest is markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from ..limits import Limits
from ..lines import LineFeatures
from .elements import BREAK, BREAKING_OUT, INLINE, OPENING, SCRIPTS
from .places import OpenElements, Part
from .scripts import scripted_dates
from .tags import Head, Named, Tag, TagReader

if TYPE_CHECKING:
    from turbohtml import Token

__all__ = ["Flat", "flatten"]

SPACE = " \t\n\f\r"
"""White space of HTML, which a browser shows as one space; NBSP and the ideographic space are text."""

MAX_DATA = 300_000
"""Code points of one JSON-LD script that is read; longer ones are catalogues, not articles."""

MAX_NAMED = 2_000
"""Named elements kept for metadata."""

MAX_BROKEN = 1000
"""Code points of a tag at the end of the page that is never closed; a longer one is text."""

MIN_FALLBACK = 300
"""Code points of text in a ``noscript`` from which it is more than a request to switch scripts on."""

_ANY_TAG = re.compile(r"<[^<>]*>")
"""A tag, roughly: ``<img src=x>``; ``a < b`` holds none."""

_RUN = re.compile(r"[ \t\n\f\r]+")
"""A run of white space of HTML: two spaces are one run, NBSP is none."""


HIDDEN = 80
"""Code points of hidden text that mostly tell whether it is more than white space; programs are long."""

MIN_BYTES = 40
"""Code points from which it pays to count white space in bytes."""

_SPACES = b" \t\n\r\v\f\x1c\x1d\x1e\x1f"
"""All white space of ASCII, as ``str.split`` sees it."""


def _visible(text: str) -> int:
    """Code points that are not white space; for long ASCII in a fifth of the time of splitting."""
    if len(text) >= MIN_BYTES and text.isascii():
        return len(text.encode().translate(None, _SPACES))
    return len("".join(text.split()))


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


class _Flattener:
    """The state of one pass. Offsets are those of the source."""

    def __init__(self, html: str, depth: int, unwraps: bool) -> None:
        self.html = html
        self.unwraps = unwraps
        self.fallbacks: list[str] = []
        self.parts: list[Part] = []
        self.features: list[LineFeatures] = []
        self.first = [0]
        self.reader = TagReader()
        self.open = OpenElements(depth, self.parts)
        # The line being filled: whether it has text, where that stands, how much there is, how much of it is linked.
        self.filled = False
        self.told = self.open.tell()
        self.within = self.open.within()
        self.chars = self.linked = self.links = 0
        self.in_link = False
        self.gap: tuple[int, int, int] | None = None  # white space that becomes a space if text follows on the line

    def take_text(self, data: str, core: str, start: int, end: int, rule: str) -> None:
        """Add text of the source (`core`: without white space at its ends), unless it is hidden."""
        if self.open.hiding:
            self.hide(data, start, end, self.open.tags[-1])
            return
        if self.open.pre:
            self.take_preformatted(data, start, end, rule)
            return
        if rule:
            if not core or (not self.filled and core.isspace()):
                self.note_gap(start, end)
                return  # a reference to white space that only indents the line, or is a space like any other
            stop = end
        else:
            stop = start + len(core)
            if len(core) != end - start:
                lead = data.index(core[0])
                if lead:
                    if self.filled and self.gap is None:
                        self.gap = (start, start + lead, len(self.parts))
                    start += lead
                    stop += lead
        if len(core) < MIN_BYTES and " ".join(words := core.split()) == core:
            visible = len(core) - len(words) + 1  # as of most: its words, and one space between each two
        else:
            visible = _visible(core)
            if not rule and ("\n" in core or "  " in core or "\t" in core or "\r" in core or "\f" in core):
                core = _RUN.sub(" ", core)
        if self.filled:
            gap = self.gap
            if gap is not None:
                self.parts.insert(gap[2], (gap[0], gap[1], " ", "markup/whitespace"))
        else:
            self.filled = True
            self.told = self.open.tell()
            self.within = self.open.within()
        self.parts.append((start, stop, core, rule))
        self.gap = (stop, end, len(self.parts)) if stop < end else None
        self.chars += visible
        if self.in_link:
            self.linked += visible

    def note_gap(self, start: int, end: int) -> None:
        """Remember white space within a line, until it is known whether text follows."""
        if self.filled and self.gap is None:
            self.gap = (start, end, len(self.parts))

    def hide(self, data: str, start: int, end: int, tag: Tag) -> None:
        """Drop text that is not shown, keeping what the head says."""
        name = tag.name
        if name == "noscript" and len(data) >= MIN_FALLBACK:
            if self.unwraps:
                self.unwrap(data, start)
                return
            self.fallbacks.extend(run.strip() for run in _ANY_TAG.split(data[:MAX_DATA]))
        if name == "title":
            self.reader.add_title(data, len(self.features))
        elif tag.evidence == "json-ld" and end - start < MAX_DATA:
            self.reader.head.data.append(data)
        elif name == "script" and len(self.reader.head.dates) < MAX_NAMED:
            self.reader.head.dates.extend(scripted_dates(data[:MAX_DATA]))
        self.parts.append((start, end, "", "markup/script" if name in SCRIPTS else "markup/hidden"))

    def unwrap(self, data: str, start: int) -> None:
        """Take a ``noscript`` that holds a whole text: forums send their posts so to readers without scripts."""
        from turbohtml import tokenize

        self.open.leave()
        self.unwraps = False
        source = data.replace("</>", "<!>")
        self.run(tokenize(source, capture_source=True, resolve_references=False), start, -1)
        self.unwraps = True

    def lacks_fallback(self) -> bool:
        """Whether a ``noscript`` holds a text of some length that the page does not show otherwise."""
        runs = [run for run in self.fallbacks if run]
        if sum(map(len, runs)) < MIN_FALLBACK:
            return False
        lines = sorted((line.strip() for run in runs for line in run.split("\n")), key=len, reverse=True)[:10]
        shown = "\n".join([part[2] for part in self.parts])
        return 2 * sum(line in shown for line in lines) < len(lines)

    def take_preformatted(self, data: str, start: int, end: int, rule: str) -> None:
        """Add text whose white space counts; each newline in it ends a line."""
        self.parts.append((start, end, data, rule))
        self.gap = None
        for number, line in enumerate(data.split("\n")):
            if number:
                self.end_line()
            if line and not self.filled:
                self.filled = True
                self.told = self.open.tell()
                self.within = self.open.within()
            visible = len("".join(line.split()))
            self.chars += visible
            if self.in_link:
                self.linked += visible

    def take_flat(self, at: int) -> None:
        """Keep the rest of the source as it is, past a bound."""
        if self.filled:
            self.parts.append((at, at, "\n", "markup/block"))
            self.end_line()
        self.take_preformatted(self.html[at:], at, len(self.html), "")

    def end_line(self) -> None:
        """Close the line being filled and note its features."""
        if not self.filled:
            self.told, self.within = self.open.tell(), self.open.within()
        within = self.within
        names, classes, own, blocks = self.told
        said = (names, classes, self.linked, self.chars, own, self.links, within[-1], within, blocks)
        self.features.append(tuple.__new__(LineFeatures, said))  # half the time of calling it
        self.first.append(len(self.parts))
        self.filled = False
        self.chars = self.linked = self.links = 0
        self.gap = None

    def run(self, tokens: Iterator[Token], at: int, room: int) -> tuple[int, int]:
        """Take tokens until they end or `room` is used up; returns where they ended, and the room left."""
        from turbohtml import TokenType

        is_text, is_start, is_end = TokenType.TEXT, TokenType.START_TAG, TokenType.END_TAG
        html, known, read, opened, parts = self.html, self.reader.known, self.reader.read, self.open, self.parts
        ends, names, inline, features = self.reader.ends, opened.names, opened.inline, self.features
        enter, leave, take_text = opened.enter, opened.leave, self.take_text
        for token in tokens:
            kind = token.type
            if kind is is_start:
                source = token.source or ""
                end = at + len(source)
                tag = known.get(source) or read(token, source)
                shape = tag.kind
                if inline and "svg" in inline and token.tag in BREAKING_OUT:
                    opened.break_out()
                if shape == OPENING:
                    if self.filled and not opened.hiding:
                        parts.append((at, end, "\n", "markup/block"))
                        self.end_line()
                    if tag.implies or names[-1] == "p":
                        opened.imply(tag.name)
                    enter(tag, len(features))
                elif shape == INLINE:
                    name = tag.name
                    if name == "a":
                        self.in_link = True
                        self.links += 1
                    if tag.matters or (inline and name in inline):
                        enter(tag, len(features))
                elif shape == BREAK and (self.filled or opened.pre) and not opened.hiding:
                    parts.append((at, end, "\n", "markup/break"))
                    self.end_line()
            elif kind is is_end:
                source = token.source or ""
                end = at + len(source)
                name, shape = ends.get(source) or self.reader.read_end(token, source)
                if shape == OPENING:
                    if self.filled and not opened.hiding:
                        parts.append((at, end, "\n", "markup/block"))
                        self.end_line()
                    if names[-1] == name and not opened.overflow:
                        leave()
                    else:
                        opened.close(name, shape)
                else:
                    if name == "a":
                        self.in_link = False
                    if inline and name in inline:
                        opened.close(name, shape)
            elif kind is is_text:
                data = token.data or ""
                end = at + len(data)
                if opened.hiding:
                    if data[:HIDDEN].strip(SPACE) or data.strip(SPACE) or opened.pre:
                        tag = opened.tags[-1]
                        self.hide(data if tag.name in SCRIPTS and not tag.evidence else html[at:end], at, end, tag)
                else:
                    data = html[at:end]  # as it stands there: the tokenizer may have been given `<!>` for `</>`
                    core = data.strip(SPACE)
                    if core or opened.pre:
                        take_text(data, core, at, end, "")
                    elif self.filled and self.gap is None:
                        self.gap = (at, end, len(parts))
            else:
                source = token.source or ""
                end = at + len(source)
                self.take_other(token, source, at, end)
            at = end
            room -= 1
            if not room:
                break
        return at, room

    def take_other(self, token: Token, source: str, at: int, end: int) -> None:
        """Take a character reference or a comment; a document type says nothing."""
        from turbohtml import TokenType

        if token.type is TokenType.CHARACTER_REFERENCE:
            data = token.data or ""
            self.take_text(data, data.strip(SPACE), at, end, "markup/reference" if data != source else "")
        elif token.type is TokenType.COMMENT:
            self.parts.append((at, end, "", "markup/comment"))

    def named(self) -> list[Named]:
        """The elements whose text may be metadata."""
        named = []
        for tag, line, first, behind in sorted(self.open.closed, key=lambda item: item[2])[:MAX_NAMED]:
            text = tag.value or "".join([part[2] for part in self.parts[first : min(behind, first + 40)]])
            named.append(Named(tag.field, tag.evidence, " ".join(text[:1000].split())[:400], line))
        return named


def _pass(html: str, source: str, limits: Limits, unwraps: bool = False) -> tuple[_Flattener, int, int]:
    """One pass over `source`, which has the length of `html`; where it ended, and the room left for tokens."""
    from turbohtml import tokenize

    work, at, room = _Flattener(html, limits.depth, unwraps), 0, limits.nodes or -1
    while True:
        rest = source[at:] if at else source
        at, room = work.run(tokenize(rest, capture_source=True, resolve_references=False), at, room)
        # If it met the end inside a tag, what follows the first `>` is text that an open quote swallowed.
        cut = html.find(">", at) + 1
        if at == len(html) or not room or not cut or "</>" in source:
            return work, at, room
        at = cut


def flatten(html: str, limits: Limits) -> Flat:
    """Take a page apart.

    Args:
        html: the page, its line ends folded to newlines.
        limits: ``depth`` and ``nodes`` bound the work; text past them is kept.
    """
    work, at, room = _pass(html, html, limits)
    source = html
    if at < len(html) and "</>" in html:
        # The tokenizer skips these without a token, so that no offset is right; to it `<!>` is the same, a comment.
        source = html.replace("</>", "<!>")
        work, at, room = _pass(html, source, limits)
    if work.fallbacks and work.lacks_fallback():
        work, at, room = _pass(html, source, limits, unwraps=True)
    cut = at < len(html) and not room
    if cut or len(html) - at > MAX_BROKEN:
        work.take_flat(at)
    while len(work.open.names) > 1:
        work.open.leave()
    work.end_line()
    work.first.pop()
    hit = (*(["depth"] if work.open.too_deep else []), *(["nodes"] if cut else []))
    return Flat(work.parts, tuple(work.features), work.named(), work.reader.head, work.first, hit)
