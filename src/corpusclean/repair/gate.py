"""The gate of the room: one look that tells text without damage, which is nearly all text, from the rest.

Each pass has a gate of its own, and each of those is a scan over the whole text. Most of them begin with a class of
characters that clean text hardly has. Here these classes are one, and only where it is found are the gates asked.
"""

from __future__ import annotations

import re
from functools import cache

from ..beyond_ascii import few_beyond_ascii
from ..patterns import lazy_pattern
from .lost import FIVE_QUESTIONS, LOST_GATE
from .noise import NOISE_GATE, SPACED_GATE
from .wrong_codec import LATIN_GATE, rare_until, suspects_gate
from .wrong_codec_single_byte import SINGLE_BYTE_GATE
from .wrong_codec_spans import utf8_gate

__all__ = ["holds_signs"]

_CLASS = re.compile(r"\[((?:\\.|[^\]\\])*)\]", re.DOTALL)  # matches ``[^a-z]``, once; a near miss is ``(a)``
_PLAIN = bytes([*range(0x09, 0x0E), *range(0x20, 0x7F)])  # all of ASCII that no gate looks for
_FAR = lazy_pattern("[\u3400-\U0003ffff]")  # all characters that may be suspicious; a near miss is ``の``


def holds_signs(text: str) -> bool:
    r"""Whether any of the gates that look for odd characters would let `text` through.

    Where none does, only those passes can find anything that begin with a mark of plain ASCII: injected readings and
    commas, misfires, escapes, and pieces of tags.

    >>> holds_signs("今天天气很好，我们去公园。"), holds_signs("浣犲ソ锛屼笘鐣岋紒"), holds_signs("a\u200bb")
    (False, True, True)
    """
    if FIVE_QUESTIONS in text:
        return True
    if text.isascii():
        return bool(text.encode().translate(None, _PLAIN))
    odd = few_beyond_ascii(text, gone=_PLAIN)
    if odd is not None and not _odd_characters().search(odd) and not _FAR.search(odd):
        return False
    if _any_gate().search(text) or _looks_rare(text):
        return True
    return (" " in text or "\u3000" in text or "\xa0" in text) and SPACED_GATE.search(text) is not None


def _looks_rare(text: str) -> bool:
    """Whether suspicious characters stand close together, and are more than rare words of a line."""
    at, find = 0, suspects_gate(len(text)).search
    while found := find(text, at):
        at = rare_until(text, found.start())
        if not at:
            return True
    return False


def _gates() -> list[tuple[str, str]]:
    """The class that each gate begins with, and what is to follow; the gate of suspicious characters aside."""
    lazy = LOST_GATE, NOISE_GATE, LATIN_GATE, SINGLE_BYTE_GATE
    patterns = [gate.pattern for gate in (*lazy, utf8_gate())]
    return [(first[1], pattern[first.end() :]) for pattern in patterns if (first := _CLASS.match(pattern))]


@cache
def _odd_characters() -> re.Pattern[str]:
    """The class of all characters that a match of one of the gates may begin with."""
    return re.compile("[" + "".join(first for first, _ in _gates()) + "]")


@cache
def _any_gate() -> re.Pattern[str]:
    """All gates as one pattern, which is searched for as quickly as one of them."""
    ways = "|".join(f"(?<=[{first}]){rest}" for first, rest in _gates())
    return re.compile(f"{_odd_characters().pattern}(?:{ways})")
