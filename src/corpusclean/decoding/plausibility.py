"""How likely a text is in a language, character by character.

Two encodings that both can decode some bytes differ in what they make of them: the right one gives common characters,
the wrong one rare ones. The cost of a character is its negative log-probability in the language, from a frequency
table; what the table does not list costs by its kind. Costs of different readings of the *same bytes* can be compared
directly, because each is the price of all of them.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import NamedTuple

__all__ = ["ERROR", "Costs", "Price", "costs", "price"]

ERROR = 11.0  # nats for an undecodable byte
_RARE = 16.5
_ASCII = {
    "letters": ("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", 6.5),
    "digits": ("0123456789", 5.0),
    "space": (" \n", 3.5),
    "marks": ("\t\r.,:;!?()-/\"'%+&=<>*_#", 6.0),
    "odd": ("@[\\]^`{|}~$", 8.5),
}


class Costs(dict[str, float]):
    """Costs by character; a character that is not listed is priced by its kind when first asked for.

    What was asked for is remembered, so that the keys depend on the documents seen: build nothing from them. `listed`
    holds the characters of the table alone.
    """

    def __init__(self, listed: dict[str, float], language: str) -> None:
        super().__init__(listed)
        self.listed = listed
        self.language = language

    def __missing__(self, char: str) -> float:
        cost = self[char] = _unlisted(ord(char), self.language)
        return cost


def _unlisted(point: int, language: str) -> float:
    """The cost of a character that the frequency table does not list."""
    if point < 0x80:
        return 11.0
    if 0xDC80 <= point <= 0xDCFF or point == 0xFFFD:
        return ERROR
    if 0xE000 <= point <= 0xF8FF or 0x80 <= point < 0xA0:
        return 18.0
    if language == "any" and (0xA0 <= point < 0x700 or 0x900 <= point < 0x1100 or 0x1E00 <= point < 0x2000):
        return _alphabet(point)
    if 0xFF61 <= point <= 0xFF9F:
        return 9.0 if language == "ja" else 14.0
    if 0x4E00 <= point <= 0x9FFF:
        return _RARE if language != "ko" else 15.0
    if 0xAC00 <= point <= 0xD7A3:
        return 14.0 if language == "ko" else 17.0
    if 0x3040 <= point <= 0x30FF:
        return 12.5
    if 0x2010 <= point <= 0x2040 or 0x2460 <= point <= 0x2473 or 0xFF01 <= point <= 0xFF5E or 0x3000 <= point <= 0x303F:
        return 10.5
    if 0x3400 <= point <= 0x4DBF or point > 0xFFFF:
        return 18.5
    return 15.0


def _alphabet(point: int) -> float:
    """The cost of a letter that is not East Asian."""
    for first, last, cost in _LETTERS:
        if first <= point <= last:
            return cost
    return 11.0


# Letters of living alphabets: Latin-1, Latin Extended, Greek, Cyrillic, Hebrew, Arabic, Indic and Thai, Vietnamese.
_LETTERS = (
    (0xA0, 0xFF, 6.5),
    (0x100, 0x17F, 8.0),
    (0x1A0, 0x1B0, 8.0),
    (0x300, 0x323, 8.0),
    (0x384, 0x3CE, 6.0),
    (0x401, 0x45F, 5.5),
    (0x490, 0x4E9, 8.0),
    (0x5D0, 0x5EA, 5.5),
    (0x60C, 0x6D2, 5.5),
    (0x900, 0x10FF, 6.0),
    (0x1E80, 0x1FFF, 6.5),
)


@cache
def costs(language: str) -> Costs:
    """The costs of a language: ``hans``, ``hant``, ``zh`` (either script), ``ja``, ``ko``, or ``any``.

    ``any`` knows other alphabets too, and is for text that is UTF-16 or UTF-8, or is not.

    >>> costs("hans")["的"] < costs("hans")["驫"]
    True
    """
    if language == "any":
        merged: dict[str, float] = {}
        for name in ("hans", "hant", "ja", "ko"):
            for char, cost in costs(name).listed.items():
                if char < "\x80" or char > "\u2000":
                    merged[char] = min(cost if char < "\x80" else cost + 1.0, merged.get(char, 99.0))
        return Costs(merged, language)
    if language == "zh":
        first, second = costs("hans"), costs("hant")
        return Costs({char: min(first[char], second[char]) for char in [*first.listed, *second.listed]}, language)
    listed = {char: cost for chars, cost in _ASCII.values() for char in chars}
    step, rows = _rows(language)
    for number, row in enumerate(rows):
        for char in row:
            listed[char] = number * step
    if language in ("hans", "hant"):
        for char, cost in costs("ja").listed.items():
            if char >= "\u3041":  # Chinese pages quote Japanese
                listed[char] = min(cost + (3.0 if char <= "\u30fe" else 4.0), listed.get(char, 99.0))
    return Costs(listed, language)


@cache
def _tables() -> dict[str, list[str]]:
    source = resources.files("corpusclean").joinpath("data/decoding/characters.json")
    tables: dict[str, list[str]] = json.loads(source.read_text("utf-8"))
    return tables


def _rows(language: str) -> tuple[float, list[str]]:
    tables = _tables()
    return float(str(tables["step"])), tables[language]


class Price(NamedTuple):
    """What a reading of some bytes costs.

    Attributes:
        total: nats for all of it.
        mean: nats for each character that is not ASCII; 0.0 where there is none.
        language: the language in which it is cheapest.
    """

    total: float
    mean: float
    language: str


def price(text: str, languages: tuple[str, ...]) -> Price:
    """The cheapest price of `text` among some languages.

    >>> price("你好，世界", ("hans", "ja")).language
    'hans'
    """
    plain = text.encode("ascii", "ignore").decode("ascii")
    count = max(1, len(text) - len(plain))
    best: Price | None = None
    for language in languages:
        table = costs(language)
        total = sum(map(table.__getitem__, text))
        if best is None or total < best.total:
            best = Price(total, (total - sum(map(table.__getitem__, plain))) / count, language)
    assert best is not None
    return best
