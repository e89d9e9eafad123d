"""How plausible a character is at its place in one document: the language model, and what the document itself shows."""

from __future__ import annotations

from collections import Counter
from operator import add

from ..chinese import UNIT, LanguageModel, model_table, simplified_only, traditional_only, unusual_traditional
from ..chinese.model import UNSEEN, Row
from .misfire_bytes import ANNOTATION

__all__ = ["Judge", "Mark"]

# What a character costs beside the language model's own cost.
PRICE_SCRIPT = 4 * UNIT  # it is of the other script, or of a kind that the document does not use
PRICE_KNOWN = 2 * UNIT  # how much less it costs if the document has the pair twice
PRICE_RUN = UNIT // 2  # one more digit, or one more letter
PRICE_REPEAT = 3 * UNIT // 2  # a third mark of a kind
PRICE_MARKS = 5 * UNIT  # a mark behind one that no other mark follows
SEEN_OFTEN = 3  # times that a document has an unusual character, for it to be taken as its own

ORDINARY, PRICED, CLOSING, REPEATED, ALPHANUMERIC = range(5)
"""Kinds of characters that are judged apart."""
Mark = tuple[int, int, int, int]
"""The symbol of a character, its cost alone, what it costs in this document beyond, and its kind."""
MOST_ROWS = 50_000

OPEN = frozenset("、，：；（《“‘·")
CLOSED = frozenset("、，。：；！？）》”’")
UNUSUAL = frozenset("「」『』〖〗")
WIDE = frozenset(map(chr, (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))))
"""Digits and letters that few documents use; damage prints one here and there."""


class Judge:
    """What is known of one document: its text, its script, its style of marks.

    Attributes:
        spent: characters judged so far, to be compared with a budget.
    """

    def __init__(self, model: LanguageModel, known: str, *, traditional: bool, narrow: bool) -> None:
        """Take what is known of the document: its text, whether it is Traditional, whether its marks are narrow."""
        self._model = model
        self._number = model.number
        if traditional:
            used = {char for char in unusual_traditional() & set(known) if known.count(char) >= SEEN_OFTEN}
            self._foreign = simplified_only() | (unusual_traditional() - used)
        else:
            self._foreign = traditional_only()
        self._narrow = narrow
        self._unusual = (UNUSUAL - frozenset(known)) | {char for char in WIDE if known.count(char) < SEEN_OFTEN}
        self._marks: dict[str, Mark] = {}
        self._rows: dict[int, Row] = {}
        self._following: dict[int, tuple[int, dict[int, int]]] = {}
        self._open = frozenset(map(self.symbol, OPEN))
        self._pairs = _repeated(model, ANNOTATION.sub("", known))
        self.spent = 0

    def mark(self, char: str) -> Mark:
        """What the document makes of a character, wherever it stands."""
        known = self._marks.get(char)
        if known is None:
            symbol = self._model.symbols(char)[0]
            price, kind = 0, ORDINARY
            if char in self._foreign or char in self._unusual:
                price, kind = PRICE_SCRIPT, PRICED
            elif char in CLOSED:
                kind = CLOSING
            elif char == "…":
                kind = REPEATED
            elif char.isalnum() and char.isascii():
                kind = ALPHANUMERIC
            known = self._marks[char] = (symbol, self._model.alone(symbol) if symbol else UNSEEN, price, kind)
        return known

    def symbol(self, char: str) -> int:
        """The model's number of a character."""
        return self.mark(char)[0]

    def step(self, first: int, second: int, char: str) -> tuple[int, int]:
        """Cost of `char` after two symbols, and its own symbol."""
        self.spent += 1
        symbol, alone, price, kind = self._marks.get(char) or self.mark(char)
        if not symbol:
            cost = alone
        else:
            row = self._rows.get(first << 13 | second) or self.row(first, second)
            seen = row.three.get(row.base | symbol)
            if seen is not None:
                cost = seen
            else:
                base, two = self._following[second]
                seen = two.get(base | symbol)
                cost = row.backed + (alone + row.backed1 if seen is None else seen)
            if second << 13 | symbol in self._pairs:
                cost = max(cost - PRICE_KNOWN, cost // 2)
        if kind == ORDINARY:
            return cost, symbol
        if kind == PRICED:
            cost += price
        elif kind == CLOSING and first != second and second in self._open:
            cost += PRICE_MARKS
        elif kind == ALPHANUMERIC and symbol == second:
            cost = PRICE_RUN
        elif first == second == symbol and char in "。！？…":
            cost = min(cost, PRICE_REPEAT)
        return cost, symbol

    def steps(self, first: int, second: int, chars: list[tuple[str, Mark]]) -> list[int]:
        """Cost of each of the characters that the model knows after two symbols, as ``step`` has it."""
        self.spent += len(chars)
        row = self._rows.get(first << 13 | second) or self.row(first, second)
        three, base3, backed, backed1 = row.three, row.base, row.backed, row.backed + row.backed1
        base2, two = self._following[second]
        pairs, before = self._pairs, second << 13
        out = []
        for char, (symbol, alone, _, kind) in chars:
            if kind != ORDINARY:
                self.spent -= 1
                out.append(self.step(first, second, char)[0])
                continue
            cost = three.get(base3 | symbol)
            if cost is None:
                cost = two.get(base2 | symbol)
                cost = backed1 + alone if cost is None else backed + cost
            if before | symbol in pairs:
                cost = max(cost - PRICE_KNOWN, cost // 2)
            out.append(cost)
        return out

    def row(self, first: int, second: int) -> Row:
        """What may follow two symbols, kept for the document."""
        if second not in self._following:
            self._following[second] = self._model.following(second)
        if len(self._rows) > MOST_ROWS:
            self._rows.clear()
        row = self._rows[first << 13 | second] = self._model.after(first, second)
        return row

    def context(self, before: str) -> tuple[int, int]:
        """The last two symbols of a text."""
        tail = ("\n\n" + before)[-2:]
        return self.symbol(tail[-2]), self.symbol(tail[-1])

    def cost(self, text: str, first: int, second: int) -> int:
        """Cost of a text after two symbols."""
        total = 0
        for char in text:
            cost, symbol = self.step(first, second, char)
            total += cost
            first, second = second, symbol
        return total


def _repeated(model: LanguageModel, text: str) -> frozenset[int]:
    """The pairs of symbols that a text has more than once."""
    text = text.translate(model_table())
    number = model.number
    counts = Counter(map(add, text, text[1:]))
    return frozenset(
        number.get(pair[0], 0) << 13 | number.get(pair[1], 0) for pair, count in counts.items() if count > 1
    )
