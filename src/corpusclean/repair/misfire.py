"""Misfires: a converter of bytes hit between two characters, and the text behind is read one byte late.

Why it happens: cloned pages are run through a program that works on GBK bytes without alignment. It puts a reading
behind each character of a list (`時` becomes `時(shí)`) and, on some sites, a comma before marks; and it finds those
characters and marks also *across* two others. What it inserts there breaks a pair, which prints as one `?` that
swallows both bytes, and everything behind is shifted by one byte until a pair happens to end on an ASCII byte.

What is done: the shifted run is read back byte by byte (:mod:`.misfire_search`). A stranded reading names the byte
that was lost; before a mark, few candidates remain, and the language model decides. A place is changed only where
what stood is far more plausible than what is printed, so a genuine `?!` stays.
"""

from __future__ import annotations

import math
import re

from ..chinese import language_model, simplified_only, traditional_only
from ..config import RepairConfig
from ..edits import Edit, Revision
from .misfire_bytes import ANNOTATION, READING
from .misfire_search import Found, Search

__all__ = ["undo_misfires"]

# A question mark that a broken pair may have printed: before a mark that could have been hit, or before a reading
# that lost its parenthesis (match: ?！渡, ?；赝, ??h, ?shù); near miss: ? 他, ?(shù)).
_TRIGGER = re.compile(rf"[?\ufffd](?:(?=[！？；，。、,!?;])|(?<=\?)(?={READING}\)))")
# A run without any character but marks says too little (match: ?!?!; near miss: ?！渡).
_ONLY_MARKS = re.compile("[！？；，。、：,!?;: ]*")
# Unless narrow and wide marks are mixed as nobody types them (match: ?！? at a line's end; near miss: ?！, ?!?).
_MIXED = re.compile(r"\?[！；，]\?(?![！？!?])")
# What a misfire left of a tag that closes a block (match: ???/p>, ?!?/p>; near miss: ?</p>, 1/p>).
_CUT_TAG = re.compile(r"[?！？!;；，,]{2,6}(?=/(?:p|div|td|li|span|strong)>)")
_HAN = re.compile("[\u4e00-\u9fff]")
# Kana and Hangul: text of them is no Chinese that was converted (match: の, 한; near miss: 的, ・).
_OTHER = re.compile("[\u3041-\u30fa\u30fc-\u30ff\u3131-\u318e\uac00-\ud7a3]")

GAIN = 6.0  # nats by which a repair must be more plausible than what is printed
DULL = 0.6  # the model is surer of itself than it should be
BUDGET = 8  # characters judged for each of the text, beyond
BUDGET_START = 200_000
_BEFORE = 60
_SAMPLE = 20_000
_KNOWN = 100_000


def undo_misfires(text: str, config: RepairConfig, limits: list[str] | None = None) -> Revision:
    """Put back what stood where a converter of bytes hit between two characters.

    Args:
        text: any text; what is not damaged stays.
        config: ``min_confidence`` bounds what is guessed where a byte is lost.
        limits: takes the name of the bound on the search, if it was hit and the text left as it is.

    >>> undo_misfires("打造忠誠(chéng)擔(dān)當(dāng)?shù)母咚刭|(zhì)專業(yè)隊伍", RepairConfig()).text
    '打造忠誠(chéng)擔(dān)當(dāng)的高素質(zhì)專業(yè)隊伍'
    >>> undo_misfires("你要走了?!他说。", RepairConfig()).edits
    ()
    """
    if "?" not in text and "\ufffd" not in text:
        return Revision.unchanged(text)
    match = _next(text, 0)
    if match is None or not _HAN.search(text):
        return Revision.unchanged(text)
    search = _search_for(text)
    budget = BUDGET_START + BUDGET * len(text)
    edits: list[Edit] = []
    at, before = 0, ""  # what was copied so far, and how the text before it ends
    while match is not None and search.spent < budget:
        start = match.start()
        before = _tail(before, text[max(at, start - _BEFORE) : start])
        found = _found(search, text, start, before)
        later = None
        if text[start + 1 : start + 2] == "?":
            later = _found(search, text, start + 1, before + "?") if _TRIGGER.match(text, start + 1) else None
        if later is not None and (found is None or later.gain > found.gain):
            found, start, before = later, start + 1, before + "?"
        confidence = _confidence(found) if found is not None else 0.0
        if found is None or confidence < config.min_confidence:
            match, at = _next(text, start + 1), start
            continue
        rule = "repair/misfire/reading" if _is_reading(text, start) else "repair/misfire/punctuation"
        edits.append(Edit(start, found.end, text[start : found.end], found.text, rule, confidence))
        before = _tail(before, found.text)
        at = found.end
        match = _next(text, at)
    if match is not None:
        if limits is not None:
            limits.append("repair.misfire")
        return Revision.unchanged(text)
    return Revision.of(text, sorted(edits + _lost(text, edits)))


def _next(text: str, at: int) -> re.Match[str] | None:
    """The next place that a misfire may have printed, past those in Japanese and Korean."""
    for match in _TRIGGER.finditer(text, at):
        if len(_OTHER.findall(text, max(0, match.start() - 12), match.start())) < 3:
            return match
    return None


def _lost(text: str, edits: list[Edit]) -> list[Edit]:
    """Marks where a misfire before a closing tag swallowed too much to say what stood there."""
    ends = {edit.end for edit in edits}
    return [
        Edit(*match.span(), match[0], match[0], "repair/misfire/lost", 0.9)
        for match in _CUT_TAG.finditer(text)
        if match[0][0] == "?" and match.end() not in ends
    ]


def _tail(before: str, more: str) -> str:
    """How a text ends, annotations left out."""
    return ANNOTATION.sub("", before + more)[-_BEFORE:]


def _is_reading(text: str, at: int) -> bool:
    return text[at + 1] not in "！？；，。、,!?;"


def _found(search: Search, text: str, at: int, before: str) -> Found | None:
    """What the search finds at one place, if it is much better than what is printed."""
    if _is_reading(text, at):
        found = search.after_reading(text, at, before)
    else:
        found = search.after_mark(text, at, before)
    if found is None or found.gain < GAIN:
        return None
    if _ONLY_MARKS.fullmatch(text, at, found.end) and not _MIXED.match(text, at):
        return None
    return found


def _confidence(found: Found) -> float:
    """How likely the best reading is right, from how much worse the next one is."""
    return round(1 / (1 + math.exp(-DULL * found.margin)), 3) if found.lost or found.margin < 20 else 1.0


def _search_for(text: str) -> Search:
    """A search that knows the script and the style of marks of the text."""
    sample = text[:_SAMPLE]
    traditional = sum(map(sample.count, traditional_only() & set(sample)))
    simplified = sum(map(sample.count, simplified_only() & set(sample)))
    wide = sum(map(sample.count, "，；：（"))
    narrow = sum(map(sample.count, ",;:("))
    return Search(language_model(), text[:_KNOWN], traditional=traditional > simplified, narrow=narrow > wide)
