"""Injected readings: `時(shí)代` on pages whose clone was to look like new text.

Why they are there: a program replaced each character of its list by itself and its reading, after it had converted
the page to Traditional characters one by one. So only characters that the conversion changed are annotated, common
ones above all, each nearly always or never, and the text runs on behind the parenthesis. A lesson annotates what its
readers may not know: rare characters, or all of them, or words; lists of them; one and the same character twice with
different readings. Where the signature is not clear, everything stays.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from ..chinese import language_model, model_table, readings, toneless
from ..chinese.model import UNIT
from ..config import RepairConfig
from ..edits import Edit, Revision
from .misfire_bytes import ANNOTATION, READING

__all__ = ["remove_annotations"]

# A Han character and its reading (match: 時(shí); near miss: x(shí), 時（shí）, 時(Shí), 時代(shí dài)).
_ANNOTATED = re.compile(rf"\((?<=[\u3400-\u9fff]\()({READING})\)")
# A reading without tones put in twice (match: 施(shi)(shi); near miss: 施(shi)(she), 施(shī)(shī)).
_DOUBLED = re.compile(r"\((?<=[\u3400-\u9fff]\()([a-zü]{1,6})\)\(\1\)")
_HAN = re.compile("[\u3400-\u9fff]")

COMMON = 9 * UNIT  # cost of a character that most pages hold
KINDS = 3  # different characters that show a list of them at work
SHORT = 60  # a line of its own, such as a title, in which two characters are enough


class _Note(NamedTuple):
    """An annotation: the character, the reading, and where the parentheses stand."""

    char: str
    reading: str
    start: int
    end: int


def remove_annotations(text: str, config: RepairConfig, *, proven: bool = False) -> Revision:
    """Remove the readings that a converter put behind characters, if it is clear that one did.

    Args:
        text: any text.
        config: a reading is removed if the evidence reaches ``min_confidence``.
        proven: whether the text had a misfire of such a converter, which leaves no doubt.

    >>> line = "新時(shí)代的發(fā)展，為(wèi)人民服務(wù)"
    >>> remove_annotations(line, RepairConfig()).text
    '新時代的發展，為人民服務'
    >>> remove_annotations("生字：籠(lóng)、罩(zhào)、籬(lí)", RepairConfig()).edits
    ()
    """
    if ANNOTATION.search(text) is None:
        return Revision.unchanged(text)
    edits = [
        Edit(*match.span(), match[0], "", "repair/annotation/doubled", 0.98)
        for match in _DOUBLED.finditer(text)
        if match[1] in map(toneless, readings(text[match.start() - 1]))
    ]
    taken = {edit.start for edit in edits}
    notes = [
        _Note(text[match.start() - 1], match[1], match.start(), match.end())
        for match in _ANNOTATED.finditer(text)
        if match.start() not in taken
    ]
    table = model_table()
    injected = [note for note in notes if table.get(ord(note.char), note.char) != note.char]
    injected = [note for note in injected if note.reading in readings(note.char)]
    confidence = 0.99 if proven else _confidence(text, notes, injected)
    if confidence >= config.min_confidence and confidence > 0:
        edits += (
            Edit(note.start, note.end, text[note.start : note.end], "", "repair/annotation", confidence)
            for note in injected
        )
    return Revision.of(text, sorted(edits))


def _confidence(text: str, notes: list[_Note], injected: list[_Note]) -> float:
    """How sure it is that `injected` were put in by a program, judged by all annotations of the text."""
    kinds = Counter(note.char for note in injected)
    if not kinds or (len(notes) - len(injected)) * 30 > len(injected):
        return 0.0
    if not _mostly_common(kinds) or not _always_or_never(text, injected, kinds):
        return 0.0
    running = sum(text[note.end : note.end + 1] not in "、\n \t" for note in injected)
    if running * 2 < len(injected):
        return 0.0
    short = len(text) <= SHORT and "\n" not in text
    if len(kinds) < (2 if short else KINDS):
        return 0.0
    return 0.99 if len(kinds) >= 2 * KINDS else 0.9


def _mostly_common(kinds: Iterable[str]) -> bool:
    """Whether most of the characters are ones that most pages hold."""
    model = language_model()
    costs = [model.cost(0, 0, symbol) for symbol in model.symbols("".join(kinds))]
    return sum(cost <= COMMON for cost in costs) * 10 >= 7 * len(costs)


def _always_or_never(text: str, injected: list[_Note], kinds: Counter[str]) -> bool:
    """Whether nearly every occurrence of an annotated character is annotated, and each with one reading."""
    seen = sum(map(text.count, kinds))
    sounds: dict[str, set[str]] = {}
    for note in injected:
        sounds.setdefault(note.char, set()).add(note.reading)
    same = sum(len(own) == 1 for own in sounds.values())
    return sum(kinds.values()) * 10 >= 8 * seen and same * 10 >= 9 * len(sounds)
