"""How plausible a character is at its place in one document: the language model, and what the document itself shows."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from ..chinese import UNIT, LanguageModel, simplified_only, traditional_only, unusual_traditional
from .misfire_bytes import ANNOTATION

__all__ = ["Judge"]

# What a character costs beside the language model's own cost.
PRICE_SCRIPT = 4 * UNIT  # it is of the other script, or of a kind that the document does not use
PRICE_KNOWN = 2 * UNIT  # how much less it costs if the document has the pair twice
PRICE_RUN = UNIT // 2  # one more digit, or one more letter
PRICE_REPEAT = 3 * UNIT // 2  # a third mark of a kind
PRICE_MARKS = 5 * UNIT  # a mark behind one that no other mark follows

OPEN = frozenset("、，：；（《“‘·")
CLOSED = frozenset("、，。：；！？）》”’")
UNUSUAL = frozenset("「」『』〖〗") | frozenset(
    map(chr, (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)))
)


class Judge:
    """What is known of one document: its text, its script, its style of marks.

    Attributes:
        spent: characters judged so far, to be compared with a budget.
    """

    def __init__(self, model: LanguageModel, known: str, *, traditional: bool, narrow: bool) -> None:
        """Take what is known of the document: its text, whether it is Traditional, whether its marks are narrow."""
        self._model = model
        self._number = model.number
        self._foreign = simplified_only() | unusual_traditional() if traditional else traditional_only()
        self._narrow = narrow
        self._unusual = UNUSUAL - frozenset(known)
        self._symbol: dict[str, int] = {}
        self._open = frozenset(map(self.symbol, OPEN))
        pairs = Counter(pairwise(model.symbols(ANNOTATION.sub("", known))))
        self._pairs = frozenset(pair for pair, count in pairs.items() if count > 1)
        self.spent = 0

    def symbol(self, char: str) -> int:
        """The model's number of a character."""
        known = self._symbol.get(char)
        if known is None:
            known = self._symbol[char] = self._model.symbols(char)[0]
        return known

    def step(self, first: int, second: int, char: str) -> tuple[int, int]:
        """Cost of `char` after two symbols, and its own symbol."""
        self.spent += 1
        symbol = self.symbol(char)
        cost = self._model.cost(first, second, symbol)
        if (second, symbol) in self._pairs:
            cost = max(cost - PRICE_KNOWN, cost // 2)
        if char in self._foreign or char in self._unusual:
            cost += PRICE_SCRIPT
        elif char in CLOSED and first != second and second in self._open:
            cost += PRICE_MARKS
        elif symbol == second and char.isalnum() and char.isascii():
            cost = PRICE_RUN
        elif first == second == symbol and char in "。！？…":
            cost = min(cost, PRICE_REPEAT)
        return cost, symbol

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
