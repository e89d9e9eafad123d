"""What one start tag says: its class words, whether it hides its text, whether its name promises metadata."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from .elements import CLOSED_BY, CONTAINERS, HIDDEN_ELEMENTS, INLINE, INTEGRATED, KINDS, PREFORMATTED, VOID
from .naming import may_promise, named_field

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

_LOWER_WORDS = re.compile(r"[a-z]+|\d+")
"""The same of an attribute in lower-case ASCII, as most are; twice as fast."""

_HIDING = re.compile(r"display\s*:\s*none", re.IGNORECASE)
"""A style that takes an element off the page: ``display: none``; ``display:block`` does not."""


_STREAMED = ("S:", "B:")
"""Ids that React gives to parts of a page which it sends hidden and shows at once: ``<div hidden id="S:0">``."""


class Tag:
    """What a start tag says. Looked at for every element, so it has slots, which are read in half the time.

    Attributes:
        name: the element's name.
        kind: one of the kinds of :mod:`.elements`.
        matters: whether an inline element has to be followed to its end.
        hides: whether its text is not shown.
        field, evidence: the metadata field that its text may give, and why; ``""`` if none.
        value: the value as an attribute states it, else ``""``.
        contains: whether it groups lines.
        implies: whether its coming closes other elements.
        counts: whether more is kept of it, once open, than that it is: inline, hidden, preformatted, or named.
    """

    __slots__ = (
        "_said", "_words", "contains", "counts", "evidence", "field", "hides", "implies", "kind", "matters", "name",
        "value",
    )  # fmt: skip

    def __init__(self, name: str, kind: int, said: str, hides: bool, field: str, evidence: str, value: str) -> None:
        self.name = name
        self.kind = kind
        self.matters = hides or field != "" or name in INTEGRATED
        self.hides = hides
        self.field = field
        self.evidence = evidence
        self.value = value
        self.contains = name in CONTAINERS
        self.implies = name in CLOSED_BY
        self.counts = kind == INLINE or hides or field != "" or name in PREFORMATTED
        self._said = said
        self._words = None if said else _NO_WORDS

    @property
    def words(self) -> frozenset[str]:
        """Lower-case words of ``class``, ``id`` and ``role``; of most elements nobody asks for them."""
        words = self._words
        if words is None:
            words = self._words = _split(self._said)
        return words


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
        dates: what scripts state as the day of publication.
    """

    metas: list[tuple[str, str]]
    titles: list[str]
    data: list[str]
    language: list[str]
    canonical: list[str]
    dates: list[str]


_VOID_TAG = Tag("", VOID, "", False, "", "", "")


_Said = tuple[str | None, ...]
"""What is looked at of a start tag: its name, ``class``, ``id``, ``role``, whether its ``style`` hides it (``none``),
``hidden`` and ``itemprop``, and where they may matter ``rel``, ``type``, ``content`` and ``datetime``; tags of which
these are equal are equal."""

_UNSAID = (None, None, None, None)


@lru_cache(1024)
def _judge(said: _Said) -> Tag:
    """What a start tag with these attributes says; pages of one site have most of them in common."""
    name, classes, ident, role, style, hidden, prop, *rest = said
    name = name or ""
    kind = KINDS.get(name, INLINE)
    text = ""
    if classes or ident or role:
        text = f"{(classes or '')[:MAX_ATTRIBUTE]} {(ident or '')[:MAX_ATTRIBUTE]} {(role or '')[:MAX_ATTRIBUTE]}"
    rel, sort, content, moment = (*rest, *_UNSAID)[:4]
    if name in HIDDEN_ELEMENTS:
        is_data = name == "script" and "ld+json" in (sort or "")
        return Tag(name, kind, text, True, "", "json-ld" if is_data else "", "")
    hides = (hidden is not None and not (ident or "").startswith(_STREAMED)) or style is not None
    words = _split(text) if text and may_promise(text) else _NO_WORDS
    field, evidence = named_field(name, words, prop, rel)
    if field == "title" and kind == INLINE and evidence == "class":
        field = evidence = ""
    value = (content or moment or "")[:200] if field else ""
    return Tag(name, kind, text, hides, field, evidence, value)


def _split(text: str) -> frozenset[str]:
    """The distinct words of a class attribute, at most a few."""
    if text.islower() and text.isascii():
        return frozenset(_LOWER_WORDS.findall(text)[:MAX_WORDS])
    return frozenset([word.lower() for word in _WORDS.findall(text)[:MAX_WORDS]])


class TagReader:
    """Reads start tags, each distinct one once, and gathers what the head states."""

    def __init__(self) -> None:
        self.known: dict[str, Tag] = {}
        self.ends: dict[str, tuple[str, int]] = {}
        self.head = Head([], [], [], [], [], [])

    def read(self, token: Token, source: str) -> Tag:
        """Read a start tag; tags that say the same share one :class:`Tag`."""
        name = token.tag or ""
        if KINDS.get(name) == VOID:
            if name in ("meta", "link"):
                self.read_head(name, dict(token.attrs or ()))
            else:
                self.known[source] = _VOID_TAG
            return _VOID_TAG
        get = token.attr
        if name == "html":
            self.read_head(name, dict(token.attrs or ()))
        prop, style = get("itemprop"), get("style")
        if style is not None:  # of which there are as many as elements
            style = "none" if _HIDING.search(style) is not None else None
        said: _Said = (name, get("class"), get("id"), get("role"), style, get("hidden"), prop)
        if name == "a":
            said = (*said, get("rel"))
        elif prop is not None or name in ("time", "script"):
            said = (*said, get("rel"), get("type"), get("content"), get("datetime"))
        short = len(source) < MAX_ATTRIBUTE or sum(map(len, filter(None, said))) < MAX_ATTRIBUTE
        tag = _judge(said) if short else _judge.__wrapped__(said)  # which may be as long as a page, and is not kept
        self.known[source] = tag
        return tag

    def read_end(self, token: Token, source: str) -> tuple[str, int]:
        """Read an end tag: the element's name and kind."""
        name = token.tag or ""
        told = self.ends[source] = (name, KINDS.get(name, INLINE))
        return told

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
