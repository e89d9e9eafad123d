"""What one start tag says: its class words, whether it hides its text, whether its name promises metadata."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from .elements import HIDDEN_ELEMENTS, INLINE, KINDS, VOID
from .naming import named_field

if TYPE_CHECKING:
    from turbohtml import Token

__all__ = ["Head", "Named", "Tag", "TagReader"]

MAX_WORDS = 16
MAX_ATTRIBUTE = 400
MAX_METAS = 400
MAX_CONTENT = 2000

_NO_WORDS = frozenset[str]()

_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+|[^\W\da-zA-Z_]+")
"""Words of class and id attributes: ``articleTitle-box_2`` gives article, title, box, 2."""

_HIDING = re.compile(r"display\s*:\s*none", re.IGNORECASE)
"""A style that takes an element off the page: ``display: none``; ``display:block`` does not."""


class Tag(NamedTuple):
    """What a start tag says.

    Attributes:
        name: the element's name.
        kind: one of the kinds of :mod:`.elements`.
        matters: whether an inline element has to be followed to its end.
        words: lower-case words of ``class``, ``id`` and ``role``.
        hides: whether its text is not shown.
        field, evidence: the metadata field that its text may give, and why; ``""`` if none.
        value: the value as an attribute states it, else ``""``.
    """

    name: str
    kind: int
    matters: bool
    words: frozenset[str]
    hides: bool
    field: str
    evidence: str
    value: str


class Named(NamedTuple):
    """The text of an element, what its markup promises that it is, and the number of the line it began on."""

    field: str
    evidence: str
    text: str
    line: int


class Head(NamedTuple):
    """What a page states outside its text.

    Attributes:
        metas: names and contents of ``<meta>``, lower case and as they stand.
        titles: texts of ``<title>``.
        data: texts of JSON-LD scripts.
        language: of ``<html lang>``.
        canonical: address of ``<link rel=canonical>``.
    """

    metas: list[tuple[str, str]]
    titles: list[str]
    data: list[str]
    language: list[str]
    canonical: list[str]


class TagReader:
    """Reads start tags, each distinct one once, and gathers what the head states."""

    def __init__(self) -> None:
        self.known: dict[str, Tag] = {}
        self.words: dict[str, frozenset[str]] = {}
        self.head = Head([], [], [], [], [])

    def read(self, token: Token, source: str) -> Tag:
        """Read a start tag."""
        name = token.tag or ""
        kind = KINDS.get(name, INLINE)
        hides = name in HIDDEN_ELEMENTS
        field = evidence = value = ""
        words = _NO_WORDS
        if len(source) > len(name) + 3:
            attributes = dict(token.attrs or ())
            text = " ".join(
                [value[:MAX_ATTRIBUTE] for key in ("class", "id", "role") if (value := attributes.get(key) or "")]
            )
            if text:
                words = self.split(text)
            if hides:
                if name == "script" and "ld+json" in (attributes.get("type") or ""):
                    evidence = "json-ld"
            elif kind == VOID or name == "html":
                self.read_head(name, attributes)
            else:
                hides = "hidden" in attributes or _HIDING.search(attributes.get("style") or "") is not None
                field, evidence, value = named_field(name, words, attributes)
                if field == "title" and kind == INLINE and evidence == "class":
                    field = evidence = ""
        elif name in ("h1", "h2", "h3", "time"):
            field, evidence, value = named_field(name, words, {})
        tag = Tag(name, kind, hides or bool(field), words, hides, field, evidence, value)
        if kind != VOID:
            self.known[source] = tag
        return tag

    def split(self, text: str) -> frozenset[str]:
        """The distinct words of a class attribute, at most a few; one object for equal attributes."""
        words = self.words.get(text)
        if words is None:
            words = self.words[text] = frozenset(map(str.lower, _WORDS.findall(text)[:MAX_WORDS]))
        return words

    def add_title(self, text: str, line: int) -> None:
        """Add to the text of ``<title>``; one below the first line of the page belongs to a drawing."""
        titles = self.head.titles
        if not line and len(titles) < 50:
            titles.append(text[:1000])

    def read_head(self, name: str, attributes: dict[str, str]) -> None:
        """Note what a ``meta``, ``link`` or ``html`` tag states; at most a few hundred of them."""
        head = self.head
        if name == "meta" and len(head.metas) < MAX_METAS:
            key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
            content = attributes.get("content")
            if key and content and len(content) < MAX_CONTENT:
                head.metas.append(("".join(key.lower().split())[:80], content.strip()))
        elif name == "link" and not head.canonical and "canonical" in (attributes.get("rel") or "").lower().split():
            head.canonical.append((attributes.get("href") or "")[:MAX_CONTENT].strip())
        elif name == "html" and not head.language:
            head.language.append((attributes.get("lang") or attributes.get("xml:lang") or "").strip()[:20])
