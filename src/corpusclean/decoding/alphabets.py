r"""Which single-byte encoding makes words of some bytes: the one whose letters a language writes.

The same byte is another letter in each encoding: ``\xf8`` is ``ø``, ``ř``, ``ш`` or ``ψ``. A language writes few
letters beyond ASCII, each with its frequency, so an encoding's reading has a price in each language that is written in
it: the negative log-probability of its letters, more for a sign within a word, for a capital behind a small letter, and
for bytes that have no character. The cheapest reading wins. Western European text needs no evidence; others must be
clearly cheaper, since a few accents say little.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib import resources
from operator import itemgetter, mul
from typing import NamedTuple

from .binary import without_controls
from .whatwg import encoding, escape

__all__ = ["Alphabetic", "best_alphabet"]

SAMPLE = 1500  # bytes of words with letters beyond ASCII that are priced
_WINDOW = 1 << 16
_UNLISTED = 7.5  # nats of a letter that the language does not write
_SIGN = 6.0  # of a quotation mark, a dash, a no-break space …
_ODD = 8.5  # of another sign
_NOTHING = 12.0  # of a byte that is a control or no character
_DAMPING = 0.75  # power of a count: the same word again says less
_FEW = 4.0  # more for a rarer Latin encoding, where there are one or two letters to go by
_FAR = 40.0  # nats behind the best from which on a reading is not looked at
_MIXED = 3.0  # more for a word in two scripts, and for each letter beyond ASCII in a row, from the third on, of Latin
_CAPITAL = 2.5  # more for a capital than for a small letter
_WITHIN = 4.0  # more for a sign within a word, and for a capital behind a small letter
_SIGNS = frozenset("\xa0«»‘’‚“”„–—…·•°§©®™€£º")

# encoding; languages written in it, the likelier first; nats that it costs for being rarer than windows-1252
_WESTERN = "en de fr es pt it nl sv da nb fi ca is gl eu fy fo af sq ga gd mul"
_TOGETHER = "de fr es it pt"  # the languages of Western pages in several languages, ``mul``
_CENTRAL = "pl cs hu ro hr sk sl sq de"
_CYRILLIC = "ru uk bg sr be mk"
_ENCODINGS = (
    ("windows-1252", _WESTERN, 0.0),
    ("iso-8859-15", "fr fi et", 5.0),
    ("macintosh", _WESTERN, 6.0),
    ("windows-1250", _CENTRAL, 3.0),
    ("iso-8859-2", _CENTRAL, 3.0),
    ("iso-8859-16", "ro", 6.0),
    ("windows-1254", "tr", 3.0),
    ("windows-1257", "lt lv et", 4.0),
    ("iso-8859-13", "lt lv", 5.5),
    ("iso-8859-4", "lt lv et", 6.0),
    ("iso-8859-3", "eo mt", 5.0),
    ("iso-8859-14", "cy gd", 6.0),
    ("windows-1251", _CYRILLIC, 1.0),
    ("koi8-r", "ru bg", 1.5),
    ("koi8-u", "uk", 2.0),
    ("ibm866", "ru be", 3.0),
    ("iso-8859-5", "ru uk bg sr be mk", 3.5),
    ("x-mac-cyrillic", "ru uk bg", 4.5),
    ("windows-1253", "el", 2.0),
    ("iso-8859-7", "el", 2.0),
    ("windows-1255", "he", 2.0),
    ("iso-8859-8", "he", 3.0),
    ("windows-1256", "ar fa", 2.0),
    ("iso-8859-6", "ar", 3.0),
    ("windows-874", "th", 2.0),
)
_OTHER_SCRIPTS = frozenset(("ru", "uk", "el", "he", "ar", "th"))
_RARER = 0.15  # nats for each place further back that a language stands
_WORD = re.compile(rb"(?:(?<![A-Za-z'])[A-Za-z']{1,40})?[\x80-\xff][A-Za-z'\x80-\xff]*")
_MIXED_WORD = re.compile(rb"[A-Za-z][\x80-\xff]|[\x80-\xff][A-Za-z]")
_RUN = re.compile(rb"[\x80-\xff]{3,}")
_WITHIN_WORD = re.compile(
    r"(?<=[^\W\d_])[^\w\s'’·\-­‐\udc80-\udcff](?=[^\W\d_])"
)  # matches the ¹ of `va¹e`; not `l’eau`


class Alphabetic(NamedTuple):
    """The encoding whose letters fit best.

    Attributes:
        name: WHATWG's name.
        language: in which it was cheapest, BCP 47.
        lead: nats to the next best encoding that reads the bytes otherwise.
        mean: nats for each byte that is not ASCII.
    """

    name: str
    language: str
    lead: float
    mean: float


def best_alphabet(data: bytes, credit: Mapping[str, float] | None = None) -> Alphabetic | None:
    """The single-byte encoding whose letters fit best; ``None`` where no byte is beyond ASCII.

    Args:
        data: bytes.
        credit: nats that labels give their encodings.

    >>> best_alphabet("Příliš žluťoučký kůň úpěl ďábelské ódy.".encode("iso8859-2"))[:2]
    ('iso-8859-2', 'cs')
    >>> best_alphabet("Ça va très bien, merci.".encode("cp1252"))[:2]
    ('windows-1252', 'fr')
    """
    sample = b" ".join(_words(without_controls(data)))
    counts = Counter(sample.translate(None, bytes(range(0x80))))
    if not counts:
        return None
    codes, often = list(counts), [count**_DAMPING for count in counts.values()]
    mixed = _MIXED * len(_MIXED_WORD.findall(sample))
    long = _MIXED * sum(len(run) - 2 for run in _RUN.findall(sample))
    rows = []
    for row in _tables():
        cost, language = min(
            (sum(map(mul, often, map(costs.__getitem__, codes))) + _RARER * rank, language)
            for rank, (language, costs) in enumerate(row.costs)
        )
        prior = row.prior + (_FEW if row.prior and row.latin and len(often) <= 2 else 0.0)
        cost += prior - min((credit or {}).get(row.name, 0.0), 6.0) + (long if row.latin else mixed)
        rows.append((cost, row, language))
    rows.sort(key=itemgetter(0))
    found: list[tuple[float, _Row, str, str]] = []
    for cost, row, language in rows:
        if found and cost > min(found, key=itemgetter(0))[0] + _FAR:
            break
        text = escape(sample, row.codec)
        cost += _WITHIN * (len(_WITHIN_WORD.findall(text)) + _late_capitals(text))
        found.append((cost, row, language, text))
    found.sort(key=itemgetter(0))
    cost, row, language, text = found[0]
    lead = next((other[0] - cost for other in found[1:] if other[3] != text), _FAR)
    return Alphabetic(row.name, language, lead, cost / sum(often))


def _words(data: bytes) -> list[bytes]:
    """Words with bytes beyond ASCII, from the beginning, the middle and the end."""
    windows = [data]
    if len(data) > 3 * _WINDOW:
        middle = len(data) // 2
        windows = [data[:_WINDOW], data[middle : middle + _WINDOW], data[-_WINDOW:]]
    words: list[bytes] = []
    for window in windows:
        left = SAMPLE // len(windows)
        for word in _WORD.finditer(window):
            words.append(word[0][:64])
            left -= len(words[-1])
            if left < 0:
                break
    return words


class _Row(NamedTuple):
    """An encoding, its codec, what its rarity costs, whether its letters are Latin, each byte's cost by language."""

    name: str
    codec: str
    prior: float
    latin: bool
    costs: tuple[tuple[str, tuple[float, ...]], ...]


@cache
def _tables() -> tuple[_Row, ...]:
    """What each byte costs in each encoding and language."""
    source = resources.files("corpusclean").joinpath("data/decoding/alphabets.json")
    alphabets: dict[str, dict[str, float]] = json.loads(source.read_text("utf-8"))
    shares = [{char: math.exp(-cost) for char, cost in alphabets[language].items()} for language in _TOGETHER.split()]
    alphabets["mul"] = {
        char: -math.log(sum(share.get(char, 0.0) for share in shares) / len(shares)) for char in set().union(*shares)
    }
    rows = []
    for name, languages, prior in _ENCODINGS:
        codec = encoding(name).codec
        chars = [escape(bytes((code,)), codec) for code in range(256)]
        costs = tuple(
            (language, tuple(_cost(char, alphabets.get(language, {})) for char in chars))
            for language in languages.split()
        )
        rows.append(_Row(name, codec, prior, not _OTHER_SCRIPTS.intersection(languages.split()), costs))
    return tuple(rows)


def _cost(char: str, alphabet: Mapping[str, float]) -> float:
    """What a character costs in a language; digits, marks and letters of ASCII cost nothing."""
    if char.isascii():
        return 0.0
    small = char.lower()
    cost = alphabet.get(small)
    if cost is None:
        if char in _SIGNS:
            return _SIGN
        if not char.isalpha():
            return _NOTHING if len(char) > 1 or char < "\xa0" or "\udc80" <= char <= "\udcff" else _ODD
        cost = _UNLISTED
    return cost + (_CAPITAL if small != char else 0.0)


def _late_capitals(text: str) -> int:
    """Capitals behind small letters: ``rÝda``.

    >>> _late_capitals("rÝda Ýda")
    1
    """
    return sum(map(lambda one, two: one.islower() and two > "\x7f" and two.isupper(), text, text[1:]))
