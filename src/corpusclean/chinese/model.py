"""The language model: how plausible is this text as Chinese, character by character.

A character trigram with absolute discounting, made by ``tools/make_chinese_model.py`` from counts of everyday
sentences, statutes and handbooks, of a word list, and of the pairs of characters in an encyclopedia. It knows 7000
characters of Simplified Chinese; Traditional ones are looked up as the Simplified ones that they correspond to, so that
both scripts score alike.
"""

from __future__ import annotations

import math
import re
import struct
import zlib
from array import array
from bisect import bisect_left
from functools import cache
from importlib import resources
from typing import NamedTuple

from .symbols import model_table

__all__ = ["UNIT", "LanguageModel", "language_model", "plausibility"]

UNIT = 16
"""Costs are natural logarithms of probabilities, negated, times this."""

UNSEEN = 18 * UNIT
"""Cost of a character that the model does not know: dearer than any that it knows."""

# Han characters (match: 汉, 𠮷; near miss: か, 。).
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# Runs of what the model holds for one symbol each (match: 000; near miss: 0).
_RUNS = re.compile("0{2,}| {2,}|a[a ]+")
# Kana and Hangul: text with much of it is not Chinese (match: の, 한; near miss: 汉).
_OTHER = re.compile("[\u3041-\u30fa\u30fc-\u30ff\u3131-\u318e\uac00-\ud7a3]")
_SAMPLE = 4000


class Row(NamedTuple):
    """What may follow two symbols.

    Attributes:
        base: what the keys of `three` have in common.
        three: cost of each symbol that was seen there.
        backed: what any other costs on top of its cost behind the last symbol alone.
        backed1: and on top of its cost alone, if that pair was not seen either.
    """

    base: int
    three: dict[int, int]
    backed: int
    backed1: int


class LanguageModel:
    """The model's tables, and what they say.

    Attributes:
        number: the model's number of each symbol; 0 stands for every other one.
    """

    __slots__ = ("_back1", "_back2", "_cost1", "_cost2", "_cost3", "_keys2", "_keys3", "number")

    def __init__(self, data: bytes) -> None:
        """Unpack the model file; see ``write`` in the tool for its layout."""
        if data[:5] != b"CCLM1":
            raise ValueError("not a model file of this version")
        body = memoryview(zlib.decompress(data[5:]))
        names, pairs, triples, size = struct.unpack_from("<4I", body)
        at = 16 + size
        self.number = {char: i for i, char in enumerate(str(body[16:at], "utf-16-le"), 1)}
        self._cost1, at = bytes(body[at : at + names + 1]), at + names + 1
        self._back1, at = bytes(body[at : at + names + 1]), at + names + 1
        self._cost2, at = bytes(body[at : at + pairs]), at + pairs
        self._back2, at = bytes(body[at : at + pairs]), at + pairs
        self._cost3, at = bytes(body[at : at + triples]), at + triples
        self._keys2, at = _joined(body, at, pairs)
        self._keys3, at = _joined(body, at, triples)

    def pair(self, first: int, second: int) -> int:
        """Where the pair is in the tables; -1 if it is not."""
        key = first << 13 | second
        at = bisect_left(self._keys2, key)
        return at if at < len(self._keys2) and self._keys2[at] == key else -1

    def cost(self, before: int, last: int, symbol: int) -> int:
        """Cost of `symbol` after the symbols `before` and `last`, in nats times ``UNIT``."""
        if not symbol:
            return UNSEEN
        cost = 0
        context = self.pair(before, last)
        if context >= 0:
            key = context << 13 | symbol
            at = bisect_left(self._keys3, key)
            if at < len(self._keys3) and self._keys3[at] == key:
                return self._cost3[at]
            cost = self._back2[context]
        at = self.pair(last, symbol)
        if at >= 0:
            return cost + self._cost2[at]
        return cost + self._back1[last] + self._cost1[symbol]

    def after(self, before: int, last: int) -> Row:
        """What may follow the symbols `before` and `last`, for many questions about one place."""
        context = self.pair(before, last)
        three: dict[int, int] = {}
        backed = 0
        if context >= 0:
            low = bisect_left(self._keys3, context << 13)
            high = bisect_left(self._keys3, context + 1 << 13, low)
            three = dict(zip(self._keys3[low:high], self._cost3[low:high], strict=True))
            backed = self._back2[context]
        return Row(context << 13, three, backed, self._back1[last])

    def following(self, last: int) -> tuple[int, dict[int, int]]:
        """The pairs that begin with `last`: what their keys have in common, and the cost of each."""
        low = bisect_left(self._keys2, last << 13)
        high = bisect_left(self._keys2, last + 1 << 13, low)
        return last << 13, dict(zip(self._keys2[low:high], self._cost2[low:high], strict=True))

    def alone(self, symbol: int) -> int:
        """Cost of a symbol wherever it stands."""
        return self._cost1[symbol]

    def symbols(self, text: str) -> list[int]:
        """The numbers of the symbols of `text`, one for each character."""
        number = self.number
        return [number.get(char, 0) for char in text.translate(model_table())]

    def text_cost(self, text: str, before: str = "\n") -> int:
        """Cost of all of `text` after the text `before`, in nats times ``UNIT``."""
        start = [0, 0, *self.symbols(before)][-2:]
        total = 0
        first, second = start
        for symbol in self.symbols(text):
            total += self.cost(first, second, symbol)
            first, second = second, symbol
        return total


def _joined(body: memoryview, at: int, count: int) -> tuple[array[int], int]:
    """Sorted numbers of four bytes from four planes of bytes, and where the next table begins."""
    raw = bytearray(4 * count)
    for plane in range(4):
        raw[plane::4] = body[at + plane * count : at + (plane + 1) * count]
    keys = array("I")
    keys.frombytes(bytes(raw))
    if struct.pack("=I", 1) != struct.pack("<I", 1):
        keys.byteswap()
    return keys, at + 4 * count


@cache
def language_model() -> LanguageModel:
    """The model that is shipped, loaded on first use (about 30 ms)."""
    return LanguageModel((resources.files("corpusclean") / "data" / "chinese" / "model.bin").read_bytes())


def plausibility(text: str) -> float | None:
    """How plausible `text` is as Chinese: the mean of log10 of the probability of each of its characters.

    Ordinary Chinese scores about -2 (-1.6 to -2.8 over a sentence), Chinese read in a wrong codec below -4. Both
    scripts score alike. Of a long text the first 4,000 characters are looked at.

    Args:
        text: any text; line breaks count as spaces between sentences.

    Returns:
        A number below 0, or ``None`` where the text is not mainly Chinese: fewer than half of its characters that
        are neither spaces nor ASCII are Han, or more than a quarter of them are kana or Hangul.

    >>> plausibility("今天天气很好，我们去公园玩。") > -2.5 > plausibility("浠婂ぉ澶╂皵寰堝ソ锛屾垜浠幓")
    True
    >>> plausibility("Nice weather") is None
    True
    """
    text = text[:_SAMPLE]
    han = len(_HAN.findall(text))
    other = sum(char > "\x7f" and not char.isspace() for char in text)
    if not han or han * 2 < other or len(_OTHER.findall(text)) * 4 > other:
        return None
    model = language_model()
    # a run of digits, letters or spaces is one symbol, as in the model
    folded = _RUNS.sub(lambda run: run[0][0], text.translate(model_table())).strip()
    total, first, second = 0, 0, model.number["\n"]
    for char in folded:
        symbol = model.number.get(char, 0)
        total += model.cost(first, second, symbol)
        first, second = second, symbol
    return -total / len(folded) / UNIT / math.log(10)
