"""What one start tag says: its class words, whether it hides its text, whether its name promises metadata."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from .elements import HIDDEN_ELEMENTS, INLINE, KINDS

if TYPE_CHECKING:
    from turbohtml import Token

__all__ = ["Named", "Tag", "TagReader"]

MAX_WORDS = 16
MAX_ATTRIBUTE = 400

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
    """

    name: str
    kind: int
    matters: bool
    words: frozenset[str]
    hides: bool
    field: str
    evidence: str


class Named(NamedTuple):
    """The text of an element, and what its markup promises that it is."""

    field: str
    evidence: str
    text: str


class TagReader:
    """Reads start tags, each distinct one once, and gathers what names metadata."""

    def __init__(self) -> None:
        self.known: dict[str, Tag] = {}
        self.words: dict[str, frozenset[str]] = {}
        self.named: list[Named] = []

    def read(self, token: Token, source: str) -> Tag:
        """Read a start tag."""
        name = token.tag or ""
        kind = KINDS.get(name, INLINE)
        if len(source) <= len(name) + 3:
            tag = Tag(name, kind, name in HIDDEN_ELEMENTS, frozenset(), name in HIDDEN_ELEMENTS, "", "")
        else:
            attributes = dict(token.attrs or ())
            text = " ".join(value[:MAX_ATTRIBUTE] for key in ("class", "id", "role") if (value := attributes.get(key)))
            hides = (
                name in HIDDEN_ELEMENTS
                or "hidden" in attributes
                or _HIDING.search(attributes.get("style") or "") is not None
            )
            tag = Tag(name, kind, hides, self.split(text) if text else frozenset(), hides, "", "")
        self.known[source] = tag
        return tag

    def split(self, text: str) -> frozenset[str]:
        """The distinct words of a class attribute, at most a few; one object for equal attributes."""
        words = self.words.get(text)
        if words is None:
            words = self.words[text] = frozenset(map(str.lower, _WORDS.findall(text)[:MAX_WORDS]))
        return words

    def name(self, field: str, evidence: str, text: str) -> None:
        """Note the text of an element that promises metadata."""
        self.named.append(Named(field, evidence, text))
