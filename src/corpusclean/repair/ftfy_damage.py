"""GBK text that was read as Latin-1, and in which some runs were then decoded as UTF-8.

ftfy, and programs like it, look for runs of Latin-1 characters that could be UTF-8 and decode them. In GBK read as
Latin-1 such runs are there by chance: ``¿ªÌâ±¨¸æ`` (开题报告) becomes ``¿ªÌⱨ¸æ``. Most of the line is untouched, so
it is still Latin-1 to look at, but it is no longer GBK. Soft hyphens (the byte AD) are dropped on the way as well.

Each character may be the byte that it has in Latin-1 or Windows-1252, or the bytes that it has in UTF-8. Which of them
it is, is decided for the whole run at once: the lattice of all choices is searched for the likeliest text.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from typing import NamedTuple

from .wrong_codec_hypotheses import byte_of
from .wrong_codec_score import log_likelihood

__all__ = ["undo_ftfy_damage"]

_DECODED = -1.5  # how unlikely it is that a character was decoded from UTF-8, rather than left (natural logarithm)
_TAKEN = -7.0  # or decoded as if it were of yet another codec
_HYPHEN = -5.0  # and that a byte AD was dropped
_GAIN = 10.0  # the text brought back must be so much likelier than what stands there
_LEAST_LETTER = -9.0
# The other codecs that a run of Latin-1 may have been taken for when it was decoded as UTF-8.
_TAKEN_FOR = ("cp1250", "cp1251", "cp1253", "cp1254", "cp1257", "iso8859-2", "mac-roman", "cp437")


class _Path(NamedTuple):
    """A way through the lattice so far: how likely it is, and the text it spells, linked backwards."""

    score: float
    text: tuple[object, str] | None


def undo_ftfy_damage(run: str) -> tuple[str, float] | None:
    """The text that `run` was before it was read as Latin-1 and partly decoded, with a confidence; or ``None``.

    >>> undo_ftfy_damage("¿ªÌⱨ¸æ")[0]
    '开题报告'
    >>> undo_ftfy_damage("déjà vu à côté") is None
    True
    """
    paths: dict[int, _Path] = {-1: _Path(0.0, None)}
    for char in run:
        paths = _step(paths, char)
        if not paths:
            return None
    end = paths.get(-1)
    if end is None:
        return None
    meant = _spell(end.text)
    letters = [char for char in meant if char > "\x7f"]
    gain = log_likelihood(meant) - log_likelihood(run)
    if gain < _GAIN or len(letters) < 2 or log_likelihood("".join(letters)) < _LEAST_LETTER * len(letters):
        return None
    return meant, 0.9


def _spell(link: tuple[object, str] | None) -> str:
    """The text of a path."""
    parts: list[str] = []
    while link is not None:
        before, part = link
        parts.append(part)
        link = before  # type: ignore[assignment]
    return "".join(reversed(parts))


def _step(paths: dict[int, _Path], char: str) -> dict[int, _Path]:
    """All paths one character further; for each lead byte that waits for its trail byte (-1: none), the best."""
    further: dict[int, _Path] = {}
    for waiting, path in paths.items():
        starts = [(waiting, path)]
        if waiting >= 0 and (pair := _pair(waiting, 0xAD)):
            starts.append((-1, _Path(path.score + pair[1] + _HYPHEN, (path.text, pair[0]))))
        for lead, (score, text) in starts:
            if lead < 0 and char > "\u2fff":
                _keep(further, -1, score + log_likelihood(char), (text, char))
            for data, cost in _bytes_of(char):
                _feed(further, lead, score + cost, text, data)
    return further


def _feed(further: dict[int, _Path], lead: int, score: float, text: tuple[object, str] | None, data: bytes) -> None:
    """Read `data` as GBK behind a path, and keep where it leads, if it is valid."""
    for byte in data:
        if lead < 0:
            if byte < 0x80:
                char = chr(byte)
                score, text = score + log_likelihood(char), (text, char)
            else:
                lead = byte
        else:
            pair = _pair(lead, byte)
            if pair is None:
                return
            score, text, lead = score + pair[1], (text, pair[0]), -1
    _keep(further, lead, score, text)


def _keep(further: dict[int, _Path], lead: int, score: float, text: tuple[object, str] | None) -> None:
    known = further.get(lead)
    if known is None or score > known.score:
        further[lead] = _Path(score, text)


@lru_cache(maxsize=1 << 15)
def _pair(lead: int, trail: int) -> tuple[str, float] | None:
    """The GBK character of two bytes, and how likely it is."""
    char = bytes((lead, trail)).decode("gbk", "ignore")
    return (char, log_likelihood(char)) if len(char) == 1 and char > "\x7f" else None


@lru_cache(maxsize=1 << 12)
def _bytes_of(char: str) -> tuple[tuple[bytes, float], ...]:
    """The byte strings that may have become `char`, each with its cost; decoding may have been done twice over."""
    choices: dict[bytes, float] = {}
    byte = byte_of(char)
    if byte >= 0:
        choices[bytes([byte])] = 0.0
    if char > "\x7f" and not "\ud800" <= char <= "\udfff":
        data = char.encode()
        each = [[(bytes([one]), 0.0)] + ([(chr(one).encode(), _DECODED)] if one >= 0xA0 else []) for one in data]
        for parts in product(*each):
            cost = _DECODED + sum(part_cost for _, part_cost in parts)
            choices.setdefault(b"".join(part for part, _ in parts), cost)
        for codec in _TAKEN_FOR:
            as_latin = [byte_of(sign) for sign in data.decode(codec, "replace")]
            if min(as_latin) >= 0:
                choices.setdefault(bytes(as_latin), _TAKEN)
    return tuple(choices.items())
