"""GBK text that was read as Latin-1, and in which some runs were then decoded as UTF-8.

ftfy, and programs like it, look for runs of Latin-1 characters that could be UTF-8 and decode them. In GBK read as
Latin-1 such runs are there by chance: ``¿ªÌâ±¨¸æ`` (开题报告) becomes ``¿ªÌⱨ¸æ``. Most of the line is untouched, so
it is still Latin-1 to look at, but it is no longer GBK. Soft hyphens (the byte AD) are dropped on the way as well.

Each character may be the byte that it has in Latin-1 or Windows-1252, or the bytes that it has in UTF-8. Which of them
it is, is decided for the whole run at once: the lattice of all choices is searched, a few ways at a time, for the text
that is the likeliest Chinese.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from typing import Any, NamedTuple

from ..chinese import UNIT, language_model, model_table
from .wrong_codec_hypotheses import byte_of
from .wrong_codec_score import log_likelihood

__all__ = ["undo_ftfy_damage"]

_BEAM = 6  # ways kept at each character
_FALLEN_BEHIND = 14.0  # a way so much less likely than the best is given up (natural logarithm)
_DECODED = 0.3  # cost of a character that ftfy makes of these bytes
_DECODED_TO_LATIN = 0.7  # the same, if the character is still of Latin-1, as if it had been left
_UNPROVEN = 6.0  # and of one that ftfy would not make of them, but another program may
_LONGEST = 4000  # characters; the search takes about 0.1 ms for each
_LOOK = 40  # after so many characters each time it is seen whether there is hope,
_HOPELESS = 5.2  # which there is not if each cost more: Chinese costs 2.7 to 3.3, bytes drawn at random 5.7 to 6.9
_EACH_BYTE = 0.3  # and for each byte of it that was decoded twice over
_CHOICES = 8  # byte strings tried for one character
_UNKNOWN = 18.0  # of a character that the language model does not know
_FULL_WIDTH = 4.0  # of a letter or digit of full width, more than of one of ASCII
_HYPHEN = 5.0  # and of a byte AD that was dropped
_GAIN = 10.0  # the text brought back must be so much likelier than what stands there
_LEAST_LETTER = -9.0
# The codecs that a run of Latin-1 may have been taken for when it was decoded as UTF-8.
_TAKEN_FOR = ("latin-1", "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1257", "iso8859-2", "mac-roman", "cp437")


class _Way(NamedTuple):
    """A way through the lattice so far: its cost, the lead byte that waits (-1: none), and the text, linked backwards.

    `before` and `last` are the language model's symbols of the last two characters.
    """

    cost: float
    lead: int
    before: int
    last: int
    text: tuple[Any, str] | None


def undo_ftfy_damage(run: str) -> tuple[str, float] | None:
    """The text that `run` was before it was read as Latin-1 and partly decoded, with a confidence; or ``None``.

    >>> undo_ftfy_damage("¿ªÌⱨ¸æ")[0]
    '开题报告'
    >>> undo_ftfy_damage("déjà vu à côté") is None
    True
    """
    ways = [_Way(0.0, -1, 0, language_model().number["\n"], None)]
    if len(run) > _LONGEST:
        return None
    for i, char in enumerate(run, 1):
        ways = _further(ways, char)
        if not ways or (i % _LOOK == 0 and ways[0].cost > _HOPELESS * i):
            return None
    ended = [way for way in ways if way.lead < 0]
    if not ended:
        return None
    meant = _spell(min(ended, key=lambda way: way.cost))
    letters = [char for char in meant if char > "\x7f"]
    gain = log_likelihood(meant) - log_likelihood(run)
    if gain < _GAIN or len(letters) < 2 or log_likelihood("".join(letters)) < _LEAST_LETTER * len(letters):
        return None
    return meant, 0.9


def _spell(way: _Way) -> str:
    """The text of a way."""
    parts: list[str] = []
    link = way.text
    while link is not None:
        link, part = link
        parts.append(part)
    return "".join(reversed(parts))


def _further(ways: list[_Way], char: str) -> list[_Way]:
    """The best ways one character further."""
    best: dict[tuple[int, int, int], _Way] = {}
    for way in ways:
        starts = [way]
        if way.lead >= 0 and (found := _feed(way, b"\xad", _HYPHEN)):
            starts.append(found)
        for start in starts:
            if start.lead < 0 and char > "\u2fff":
                cost = _char_cost(start.before, start.last, char)
                _keep(best, _Way(start.cost + cost, -1, start.last, _symbol(char), (start.text, char)))
            for data, price in _bytes_of(char):
                if reached := _feed(start, data, price):
                    _keep(best, reached)
    if len(best) < 2:
        return list(best.values())
    ranked = sorted(best.values(), key=lambda way: way.cost)[:_BEAM]
    return [way for way in ranked if way.cost < ranked[0].cost + _FALLEN_BEHIND]


def _feed(way: _Way, data: bytes, price: float) -> _Way | None:
    """The way after `data` is read as GBK behind it; ``None`` if that is not valid."""
    cost, lead, before, last, text = way
    cost += price
    for byte in data:
        if lead < 0 and byte >= 0x80:
            lead = byte
            continue
        char = chr(byte) if lead < 0 else _pair(lead, byte)
        if not char:
            return None
        cost += _char_cost(before, last, char)
        lead, before, last, text = -1, last, _symbol(char), (text, char)
    return _Way(cost, lead, before, last, text)


def _keep(best: dict[tuple[int, int, int], _Way], way: _Way) -> None:
    """Keep `way` unless a cheaper one leads to the same place."""
    place = way.lead, way.before, way.last
    known = best.get(place)
    if known is None or way.cost < known.cost:
        best[place] = way


@lru_cache(maxsize=1 << 16)
def _char_cost(before: int, last: int, char: str) -> float:
    """Cost of a character after two symbols of the language model, as a natural logarithm."""
    if symbol := _symbol(char):
        cost = language_model().cost(before, last, symbol) / UNIT
    else:
        cost = _UNKNOWN if "\u2100" <= char <= "\ufaff" else -log_likelihood(char)
    return cost + _FULL_WIDTH if "\uff10" <= char <= "\uff5a" else cost


@lru_cache(maxsize=1 << 15)
def _symbol(char: str) -> int:
    """The language model's number of a character; 0 for one that it does not know."""
    return language_model().number.get(model_table().get(ord(char), char), 0)


@lru_cache(maxsize=1 << 15)
def _pair(lead: int, trail: int) -> str:
    """The GBK character of two bytes; empty if there is none."""
    char = bytes((lead, trail)).decode("gbk", "ignore")
    return char if len(char) == 1 and char > "\x7f" else ""


@lru_cache(maxsize=1 << 12)
def _bytes_of(char: str) -> tuple[tuple[bytes, float], ...]:
    """The byte strings that may have become `char`, each with its cost; decoding may have been done twice over."""
    choices: dict[bytes, float] = {}
    byte = byte_of(char)
    if byte >= 0:
        choices[bytes([byte])] = 0.0
    if char <= "\x7f" or "\ud800" <= char <= "\udfff":
        return tuple(choices.items())
    data = char.encode()
    for codec in _TAKEN_FOR if byte < 0 else _TAKEN_FOR[:1]:
        signs = data.decode(codec, "replace")
        each = [[own for own in (_latin_byte(sign), sign.encode()) if own] for sign in signs if sign != "\ufffd"]
        if len(each) == len(signs) and _becomes(signs, char):
            for parts in product(*each):
                before = b"".join(parts)
                cost = (_DECODED if byte < 0 else _DECODED_TO_LATIN) + _EACH_BYTE * (len(before) - len(data))
                choices[before] = min(cost, choices.get(before, cost))
    choices.setdefault(data, _UNPROVEN)
    return tuple(sorted(choices.items(), key=lambda choice: choice[1])[:_CHOICES])


def _latin_byte(sign: str) -> bytes:
    """The byte of `sign` in Latin-1 or Windows-1252; empty if it has none."""
    byte = byte_of(sign)
    return bytes([byte]) if byte >= 0 else b""


def _becomes(signs: str, char: str) -> bool:
    """Whether ftfy, repairing a longer text, takes `signs` for `char` misread, by itself or in a longer run."""
    from ftfy.fixes import decode_inconsistent_utf8

    for beside, decoded in ("", ""), ("Ã¤Ã¤", "ää"), ("Â·", "·"):
        text = f"x{beside}{signs}{beside}x"
        if decode_inconsistent_utf8(text) == f"x{decoded}{char}{decoded}x":
            return True
    return False
