r"""Letters that a lost lead byte leaves behind in Big5.

Four trail bytes in ten are ASCII letters in Big5. Where the lead byte is lost, `充分的人力` reads `充分的H力`:
nothing is invalid and the neighbours are right. Where a trail byte is lost, the lead byte takes the next one's place
and the same letter is left: `很多了給` reads `很托H給`. Whether a lone letter is meant (`A型血`) is for the language
model to say: it compares the text as it stands with the likeliest character that the letter can be half of. Nothing is
changed, since the character is not known for sure; the place is recorded as damage.
"""

from __future__ import annotations

import re
from functools import cache

from ..chinese import LanguageModel, language_model
from ..patterns import lazy_pattern
from .whatwg import encoding, escape

__all__ = ["LONE_LETTER", "find_strays"]

MOST = 200  # places looked at in one document
_SURE = 5.0 * 16  # cost that a whole character must save, where lone letters are common
_LIKELY = 0.0  # the same for small letters and brackets, which never stand alone between Han characters
_TILDE = 14.0 * 16  # "好~是" is how people write
_LEADS = range(0xA1, 0xFA)
_TRAILS = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
# One letter between characters that are not ASCII or the ends of a line: matches "的H力", not "的 H 力" or "卡拉OK".
LONE_LETTER = lazy_pattern(r"(?<=[^\x00-\x7f])[@-~](?=[^\x00-\x7f]|\r?\n|\Z)|^[@-~](?=[^\x00-\x7f])", re.MULTILINE)
_WIDE = lazy_pattern("[^\x00-\x7f]{0,2}")


def find_strays(text: str) -> list[tuple[int, int]]:
    """Spans of Big5 text that are what a lost byte leaves, sorted.

    >>> find_strays("需要有一個充分的H力跟資源，他的血型是B型。")
    [(8, 9)]
    """
    found: list[tuple[int, int]] = []
    for number, match in enumerate(LONE_LETTER.finditer(text)):
        if number == MOST:
            break
        span = _judge(text, match.start())
        if span is not None:
            found.append(span)
    return found


def _judge(text: str, place: int) -> tuple[int, int] | None:
    letter = text[place]
    bar = _TILDE if letter == "~" else _SURE if letter.isupper() else _LIKELY
    start = text.rfind("\n", max(0, place - 4), place) + 1 or max(0, place - 4)
    wide = _WIDE.match(text, place + 1)
    behind = (wide[0] if wide else "") or "\n"
    model = language_model()
    before, last = text[start : max(start, place - 1)] or "\n", text[max(start, place - 1) : place]
    meant = model.text_cost(last + letter + behind, before)
    gain = meant - _cheapest(model, [last + char for char in _halves(ord(letter))], behind, before)
    span = place, place + 1
    code = last.encode("big5hkscs", "ignore")
    if len(code) == 2 and (second := _character(bytes([code[1], ord(letter)]))):
        firsts = [first + second for first in _siblings(code[0])]
        both = meant - _cheapest(model, firsts, behind, before)
        if both > gain:
            gain, span = both, (place - 1, place + 1)
    return span if gain > bar else None


def _cheapest(model: LanguageModel, options: list[str], behind: str, before: str) -> int:
    return min((model.text_cost(option + behind, before) for option in options), default=1 << 30)


def _character(code: bytes) -> str:
    """The character of a Big5 code, if the language model knows it."""
    text = encoding("big5").differ.get(code) or escape(code, "big5hkscs")
    return text if len(text) == 1 and any(language_model().symbols(text)) else ""


@cache
def _halves(trail: int) -> tuple[str, ...]:
    """The characters that end on this byte."""
    return tuple(filter(None, (_character(bytes([lead, trail])) for lead in _LEADS)))


@cache
def _siblings(lead: int) -> tuple[str, ...]:
    """The characters that begin with this byte."""
    return tuple(filter(None, (_character(bytes([lead, trail])) for trail in _TRAILS)))
