"""Text read in the wrong codec is taken back to its bytes and read again.

A page in GBK that a program reads as Latin-1 becomes ``ÄãºÃ``; a page in UTF-8 that it reads as GBK becomes ``浣犲ソ``.
Nothing is lost: the bytes are all there, spelt in other characters. Lines of one document may have had different
fates, so each is judged on its own, and within a line each run that could be damage.

A hypothesis is accepted only if the bytes come out the same both ways and the text becomes much more likely. Else the
line stays exactly as it is, so that it can still be recovered by whoever knows more.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache

from ..config import RepairConfig
from ..edits import Edit, Revision
from .ftfy_damage import undo_ftfy_damage
from .wrong_codec_hypotheses import Hypothesis, hypotheses
from .wrong_codec_score import log_likelihood, suspicious_characters
from .wrong_codec_single_byte import SINGLE_BYTE_GATE, undo_single_byte
from .wrong_codec_spans import damaged_run, latin_runs, utf8_runs

__all__ = ["undo_wrong_codec"]

PIECE = 20_000  # a line longer than this is judged in pieces, so that no pass over it can grow out of proportion
_HOP = 6.0  # what each hop costs: it must make the text at least so much more likely (natural logarithm)
_LEAST_LETTER = -9.5  # a text whose letters are less common than this on average is still damage
_DOUBTFUL = -8.0  # a line whose letters are commoner than this on average is no damage as a whole
_VALID_UTF8 = 2.0  # what each character adds to a hypothesis of UTF-8: other bytes are seldom valid
_EAST_ASIAN = re.compile("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_NAMES = {
    "web-latin": "latin",
    "utf-8": "utf_8",
    "gb18030": "gbk",
    "big5": "big5",
    "cp932": "shift_jis",
    "cp949": "euc_kr",
}
# Characters that tell codecs apart: all but ASCII and the marks of Chinese text.
_LETTERS = re.compile("[^\\x00-\\x7f，。、；：？！“”‘’（）《》…—　]+")


@cache
def _cjk_gate() -> re.Pattern[str]:
    """Two neighbours that misread text is full of: matches ``浣犲``; a near miss is ``饕餮大``."""
    suspect = suspicious_characters()
    return re.compile(f"[{suspect}][{suspect}]")


@cache
def _suspects() -> re.Pattern[str]:
    return re.compile(f"[{suspicious_characters()}]")


# Two characters of Latin-1 or Windows-1252 side by side, or one and an ASCII trail byte and another:
# matches ``Äã``, ``µÄ``; a near miss is ``é`` in ``café au lait``.
_LATIN_GATE = re.compile("[\x80-\xff\u0152-\u0192\u02c6-\u02dc\u20ac\u2122][\x80-\xff\u0100-\u07ff\u2010-\u2122]")


def undo_wrong_codec(text: str, config: RepairConfig) -> Revision:
    """Read again, line by line, what was read in the wrong codec.

    >>> undo_wrong_codec("浣犲ソ锛屼笘鐣岋紒", RepairConfig()).text
    '你好，世界！'
    >>> undo_wrong_codec("Grüße aus Köln, ça va? 你好，世界！", RepairConfig()).edits
    ()
    """
    if not config.enabled or text.isascii():
        return Revision.unchanged(text)
    edits: list[Edit] = []
    for start, end in _suspect_lines(text):
        edits += [
            edit._replace(start=edit.start + start, end=edit.end + start)
            for edit in _line_edits(text[start:end])
            if edit.confidence >= config.min_confidence
        ]
    return Revision.of(text, edits)


def _suspect_lines(text: str) -> Iterator[tuple[int, int]]:
    """The lines (or pieces of very long ones) in which a gate finds something, in order."""
    gates = _cjk_gate(), _LATIN_GATE, SINGLE_BYTE_GATE
    ahead = [-1] * len(gates)
    at, size = 0, len(text)
    while at < size:
        for i, gate in enumerate(gates):
            if ahead[i] < at:
                found = gate.search(text, at)
                ahead[i] = found.start() if found else size
        hit = min(ahead)
        if hit >= size:
            return
        start = text.rfind("\n", at, hit) + 1 or at
        end = text.find("\n", hit)
        end = size if end < 0 else end
        if end - start > PIECE:
            start = max(start, hit - PIECE // 2)
            end = min(end, start + PIECE)
        yield start, end
        at = end


def _line_edits(line: str) -> list[Edit]:
    """The edits for one line, in its own offsets."""
    doubtful = _looks_damaged(line)
    if doubtful and (better := _best(line)):
        return [_edit(0, line, *better)]
    edits: list[Edit] = []
    if (mixed := damaged_run(line)) and (brought_back := undo_ftfy_damage(line[slice(*mixed)])):
        return [Edit(*mixed, line[slice(*mixed)], brought_back[0], "repair/wrong_codec/ftfy_damage", brought_back[1])]
    at = 0
    for start, end in sorted({*utf8_runs(line), *latin_runs(line)}):
        if start >= at and (better := _best(line[start:end])):
            edits.append(_edit(start, line[start:end], *better))
            at = end
    if edits:
        return edits
    if (found := undo_single_byte(line)) is not None:
        return [Edit(0, len(line), line, found, "repair/wrong_codec/single_byte", 0.95)]
    return []


def _looks_damaged(line: str) -> bool:
    """Whether the line is unlikely enough, as it stands, to be worth other hypotheses."""
    letters = "".join(_LETTERS.findall(line))
    if not letters:
        return False
    suspects = len(_suspects().findall(letters))
    return 2 * suspects > len(letters) or log_likelihood(letters) < _DOUBTFUL * len(letters)


def _best(run: str) -> tuple[Hypothesis, float] | None:
    """The likeliest hypothesis about `run` with its confidence, if it is much likelier than what stands there."""
    as_it_stands = log_likelihood(run)
    ranked: list[tuple[float, Hypothesis]] = []
    for hypothesis in hypotheses(run):
        letters = "".join(_LETTERS.findall(hypothesis.text))
        east_asian = len(_EAST_ASIAN.findall(letters))
        gain = log_likelihood(hypothesis.text) - as_it_stands - _HOP * len(hypothesis.hops)
        if hypothesis.hops[-1][1] == "utf-8":
            gain += _VALID_UTF8 * east_asian
        if 2 * east_asian > len(letters) and gain > 0 and log_likelihood(letters) > _LEAST_LETTER * len(letters):
            ranked.append((gain, hypothesis))
    if not ranked:
        return None
    ranked.sort(key=lambda item: -item[0])
    gain, best = ranked[0]
    lead = gain - ranked[1][0] if len(ranked) > 1 else gain
    confidence = 1 / (1 + math.exp(-min(gain, 2 * lead)))
    return best, round(confidence, 3)


def _edit(start: int, run: str, hypothesis: Hypothesis, confidence: float) -> Edit:
    read, written = hypothesis.hops[-1]
    rule = f"repair/wrong_codec/{_NAMES[written]}_as_{_NAMES[read]}"
    return Edit(start, start + len(run), run, hypothesis.text, rule, confidence)
