"""Conditions on a document, such as ``language != "zh" or han_share < 0.3``: a small language, parsed, never run.

::

    condition  = all ("or" all)*
    all        = negation ("and" negation)*
    negation   = "not" negation | "(" condition ")" | comparison
    comparison = operand [("<" | "<=" | ">" | ">=" | "==" | "!=") operand]
    operand    = NUMBER | STRING | NAME

A name is a quality signal (``han_share``), a field of the metadata (``language``), ``chars`` (the length of the clean
text), or a path into the metadata (``clean.chars.in``). A value that a document does not have makes every comparison
false but ``!=``, and is false by itself, so that nothing is dropped for what is not known of it.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from ..document import Document, Metadata
from ..errors import ConfigError

__all__ = ["Condition"]

# One token: `<=`, `(`, `"zh"`, `'zh'`, `0.3`, `-1`, `clean.chars.in`; near misses: `=`, `"zh`, `.5.`.
TOKEN = re.compile(
    r"""\s*(?:(?P<sign><=|>=|==|!=|<|>|\(|\))|(?P<string>"[^"]*"|'[^']*')|(?P<number>-?[0-9]+(?:\.[0-9]+)?(?![\w.]))"""
    r"""|(?P<name>[A-Za-z_]\w*(?:[./-]\w+)*))"""
)
COMPARISONS = ("<=", ">=", "==", "!=", "<", ">")
WORDS = ("and", "or", "not")
MAX_DEPTH = 100

Value = float | str | bool | None


class Token(NamedTuple):
    """A piece of a condition: its kind, its text, and the column where it begins, counted from 0."""

    kind: str
    text: str
    column: int


class Operand(NamedTuple):
    """A number, a string, or a name whose value a document has."""

    name: tuple[str, ...]
    value: Value

    def of(self, document: Document) -> Value:
        """What it stands for in this document."""
        return _looked_up(document, self.name) if self.name else self.value


class Comparison(NamedTuple):
    """Two operands and a sign; `sign` is empty for an operand by itself."""

    left: Operand
    sign: str
    right: Operand


class Junction(NamedTuple):
    """Several conditions under ``and``, ``or`` or ``not``."""

    word: str
    parts: tuple[Comparison | Junction, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on a document.

    Attributes:
        text: as it was written.

    >>> condition = Condition.parse('language == "en" or chars < 200')
    >>> condition.holds(Document("a", "short")), condition.holds(Document("a", "x" * 300, Metadata(language="zh")))
    (True, False)
    """

    text: str
    _root: Comparison | Junction = field(repr=False, compare=False)

    @classmethod
    def parse(cls, text: str) -> Condition:
        """Read a condition.

        Raises:
            ConfigError: it is none; says at which column, counted from 1.

        >>> Condition.parse("han_share < ")
        Traceback (most recent call last):
        ...
        corpusclean.errors.ConfigError: a number, a string or a name is missing (column 12 of 'han_share < ')
        """
        return cls(text, _Parser(text).parse())

    def holds(self, document: Document) -> bool:
        """Whether it holds for this document."""
        return _holds(self._root, document)


class _Parser:
    """Recursive descent; the depth of parentheses is bounded."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = _tokens(text)
        self._at = 0
        self._depth = 0

    def parse(self) -> Comparison | Junction:
        root = self._junction("or")
        token = self._tokens[self._at]
        if token.kind != "end":
            raise self._error(f"{token.text!r} is not expected here", remedy="join conditions with and, or")
        return root

    def _junction(self, word: str) -> Comparison | Junction:
        parts = [self._lower(word)]
        while self._took(word):
            parts.append(self._lower(word))
        return parts[0] if len(parts) == 1 else Junction(word, tuple(parts))

    def _lower(self, word: str) -> Comparison | Junction:
        return self._junction("and") if word == "or" else self._negation()

    def _negation(self) -> Comparison | Junction:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self._error(f"it is nested deeper than {MAX_DEPTH}")
        if self._took("not"):
            made: Comparison | Junction = Junction("not", (self._negation(),))
        elif self._took("("):
            made = self._junction("or")
            if not self._took(")"):
                raise self._error("a ')' is missing")
        else:
            made = self._comparison()
        self._depth -= 1
        return made

    def _comparison(self) -> Comparison:
        left = self._operand()
        sign = next((sign for sign in COMPARISONS if self._took(sign)), "")
        if sign:
            return Comparison(left, sign, self._operand())
        if not left.name:
            raise self._error("a comparison is missing", remedy=f"one of {' '.join(COMPARISONS)}")
        return Comparison(left, "", left)

    def _operand(self) -> Operand:
        token = self._tokens[self._at]
        if token.kind not in ("number", "string", "name") or token.text in WORDS:
            raise self._error("a number, a string or a name is missing")
        self._at += 1
        if token.kind == "number":
            return Operand((), float(token.text))
        if token.kind == "string":
            return Operand((), token.text[1:-1])
        if token.text in ("true", "false"):
            return Operand((), token.text == "true")
        path = tuple(token.text.split("."))
        if not _exists(path):
            self._at -= 1
            raise self._error(f"no signal and no metadata is called {token.text!r}", remedy=_nearest(token.text))
        return Operand(path, None)

    def _took(self, text: str) -> bool:
        token = self._tokens[self._at]
        if token.kind in ("sign", "name") and token.text == text:
            self._at += 1
            return True
        return False

    def _error(self, what: str, *, remedy: str = "") -> ConfigError:
        return _error(what, self._text, self._tokens[self._at].column, remedy)


def _tokens(text: str) -> list[Token]:
    tokens: list[Token] = []
    at = 0
    stripped = text.rstrip()
    while at < len(stripped):
        found = TOKEN.match(stripped, at)
        if found is None:
            column = at + len(stripped[at:]) - len(stripped[at:].lstrip())
            sign = stripped[column]
            remedy = {"=": "== compares", "&": "write and", "|": "write or", "!": "write not"}.get(sign, "")
            what = "a string is not closed" if sign in "\"'" else f"{sign!r} is not expected here"
            raise _error(what, text, column, remedy)
        kind = found.lastgroup or ""
        tokens.append(Token(kind, found[kind], found.start(kind)))
        at = found.end()
    return [*tokens, Token("end", "the end", len(stripped))]


def _error(what: str, text: str, column: int, remedy: str) -> ConfigError:
    return ConfigError(what, where=f"column {column + 1} of {text!r}", remedy=remedy)


@cache
def _signals() -> frozenset[str]:
    """The names of all quality signals."""
    from ..quality.signals import measure  # tables that only a condition needs this early

    return frozenset(measure("今天天气很好，我们去公园玩。"))


def _exists(path: tuple[str, ...]) -> bool:
    """Whether documents can have a value at a path; what is below ``clean`` and ``quality`` is not known beforehand.

    >>> _exists(("han_share",)), _exists(("han_shar",)), _exists(("clean", "edits", "repair/noise"))
    (True, False, True)
    """
    if path[0] == "metadata":
        path = path[1:]
    if len(path) == 1:
        return path[0] in ("chars", "id") or path[0] in _signals() or path[0] in Metadata.__dataclass_fields__
    return bool(path) and path[0] in ("clean", "quality")


def _nearest(name: str) -> str:
    known = ["chars", "id", *Metadata.__dataclass_fields__, *_signals()]
    near = difflib.get_close_matches(name, known, 1)
    return f"did you mean {near[0]}?" if near else f"a string stands in quotes ({name!r}); names are in docs/runs.md"


def _looked_up(document: Document, path: tuple[str, ...]) -> Value:
    """The value at a path; ``None`` where the document has none, or one that is no number, string or truth value."""
    if path == ("chars",):
        return float(len(document.text))
    if path == ("id",):
        return document.id
    metadata = document.metadata
    value: Any = None
    if path[0] == "metadata":
        path = path[1:]
    if len(path) == 1 and path[0] in metadata.quality:
        return _comparable(metadata.quality[path[0]])
    value = getattr(metadata, path[0]) if path and path[0] in Metadata.__dataclass_fields__ else None
    for name in path[1:]:
        value = value.get(name) if isinstance(value, Mapping) else None
    return _comparable(value)


def _comparable(value: Any) -> Value:
    if isinstance(value, bool | str):
        return value
    return float(value) if isinstance(value, int | float) else None


def _holds(node: Comparison | Junction, document: Document) -> bool:
    if isinstance(node, Junction):
        if node.word == "not":
            return not _holds(node.parts[0], document)
        results = (_holds(part, document) for part in node.parts)
        return all(results) if node.word == "and" else any(results)
    left, right = node.left.of(document), node.right.of(document)
    if not node.sign:
        return bool(left)
    if left is None or right is None:
        return node.sign == "!=" and left is not right
    if node.sign in ("==", "!="):
        return (left == right) == (node.sign == "==")
    if isinstance(left, str) != isinstance(right, str):
        return False
    return _ordered(left, right, node.sign)


def _ordered(left: Any, right: Any, sign: str) -> bool:
    if sign == "<":
        return bool(left < right)
    if sign == "<=":
        return bool(left <= right)
    return bool(left > right) if sign == ">" else bool(left >= right)
