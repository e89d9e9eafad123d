"""Text read in the wrong codec is taken back to its bytes and read again.

A page in GBK that a program reads as Latin-1 becomes ``ÄãºÃ``; a page in UTF-8 that it reads as GBK becomes ``浣犲ソ``.
Nothing is lost: the bytes are all there, spelt in other characters. Lines of one document may have had different
fates, so each is judged on its own, and within a line each run that could be damage.

A hypothesis is accepted only if the bytes come out the same both ways and the text becomes much more likely. Else the
line stays exactly as it is, so that it can still be recovered by whoever knows more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from ..config import RepairConfig
from ..edits import Edit, Revision
from ..patterns import lazy_pattern
from .ftfy_damage import undo_ftfy_damage
from .wrong_codec_hypotheses import Hypothesis
from .wrong_codec_judge import best_hypothesis, is_likelier_double_byte, looks_damaged
from .wrong_codec_lossy import undo_lossy_utf8
from .wrong_codec_score import suspicious_characters
from .wrong_codec_single_byte import SIGN, SINGLE_BYTE_GATE, undo_single_byte
from .wrong_codec_spans import damaged_run, is_partly_decoded, latin_runs, utf8_gate, utf8_runs

__all__ = ["LATIN_GATE", "Hopeless", "rare_until", "suspects_gate", "undo_wrong_codec"]

PIECE = 20_000  # a line longer than this is judged in pieces, so that no pass over it can grow out of proportion
_ROUNDS = 8
PATIENCE = 40  # searches for what ftfy took apart that may fail in one text; each takes some 10 ms
# So many suspicious characters close together make a line worth a look. Few are enough in a text that is short, or in
# which damage was found already.
_FEW, _MANY = 2, 4
_SHORT = 200
_NAMES = {
    "web-latin": "latin",
    "utf-8": "utf_8",
    "gb18030": "gbk",
    "big5": "big5",
    "cp932": "shift_jis",
    "cp949": "euc_kr",
}


@cache
def _suspects(count: int) -> re.Pattern[str]:
    suspect = suspicious_characters().pattern
    return re.compile(".{0,2}".join([suspect] * count))


def suspects_gate(size: int) -> re.Pattern[str]:
    """Characters close together of which misread text is full: matches ``浣犲``; near miss ``饕大为羡``.

    Few are enough in a text of a `size` that is short.
    """
    return _suspects(_FEW if size < _SHORT else _MANY)


# Two characters of Latin-1 or Windows-1252 side by side, or one and an ASCII trail byte and another:
# matches ``Äã``, ``µÄ``; a near miss is ``é`` in ``café au lait``.
LATIN_GATE = lazy_pattern("[\x80-\xff\u0152-\u0192\u02c6-\u02dc\u20ac\u2122][\x80-\xff\u0100-\u07ff\u2010-\u2122]")


@dataclass(slots=True)
class Hopeless:
    """Parts of one text for which no better reading was found, so that no later round seeks it again.

    Damage anywhere in a text calls for another round over all of it, and most of it stands as it stood.
    """

    seen: set[tuple[str, str]] = field(default_factory=set)

    def better(self, run: str, read_as: str) -> tuple[Hypothesis, float] | None:
        """The best hypothesis about a part of a line that seems to have been read as a codec."""
        if (run, read_as) in self.seen:
            return None
        found = best_hypothesis(run, read_as=read_as)
        if found is None:
            self.seen.add((run, read_as))
        return found

    def meant(self, line: str) -> str | None:
        """What a line of single-byte damage was meant to be."""
        if (line, "") in self.seen:
            return None
        meant = undo_single_byte(line)
        if meant is None or is_likelier_double_byte(line, meant):
            self.seen.add((line, ""))
            return None
        return meant


@dataclass(slots=True)
class _Search:
    """How many more searches may fail in this text, where none is worth while, and what was found before."""

    hopeless: Hopeless
    patience: int
    proven: set[tuple[str, str]] = field(default_factory=set)  # hops that were undone already


def undo_wrong_codec(
    text: str, config: RepairConfig, limits: list[str] | None = None, hopeless: Hopeless | None = None
) -> Revision:
    """Read again, line by line, what was read in the wrong codec.

    Where too many searches failed, no more are made, and ``repair.wrong_codec`` is added to `limits`. What `hopeless`
    holds is passed over, and what nothing is found for is added to it: for callers who come again with nearly the
    same text.

    >>> undo_wrong_codec("浣犲ソ锛屼笘鐣岋紒", RepairConfig()).text
    '你好，世界！'
    >>> undo_wrong_codec("Grüße aus Köln, ça va? 你好，世界！", RepairConfig()).edits
    ()
    """
    if not config.enabled or text.isascii():
        return Revision.unchanged(text)
    revision = Revision.unchanged(text)
    suspects = suspects_gate(len(text))
    search = _Search(hopeless or Hopeless(), PATIENCE)
    for _ in range(_ROUNDS):  # damage may lie in layers, each hidden by the one above it
        edits = _edits(revision.text, config, suspects, search)
        if not edits:
            break
        suspects = _suspects(_FEW)
        revision = revision.then(Revision.of(revision.text, edits))
    if not search.patience and limits is not None:
        limits.append("repair.wrong_codec")
    return revision


def _edits(text: str, config: RepairConfig, suspects: re.Pattern[str], search: _Search) -> list[Edit]:
    """The edits that undo one layer of damage."""
    edits: list[Edit] = []
    for start, end, suspicion in _suspect_lines(text, suspects):
        edits += [
            edit._replace(start=edit.start + start, end=edit.end + start)
            for edit in _line_edits(text[start:end], suspicion, search)
            if edit.confidence >= config.min_confidence
        ]
    return edits


class _Suspicion(NamedTuple):
    """Which gates found something in a line."""

    rare: bool
    utf8: bool
    latin: bool
    single_byte: bool


def _suspect_lines(text: str, suspects: re.Pattern[str]) -> Iterator[tuple[int, int, _Suspicion]]:
    """The lines (or pieces of very long ones) in which a gate finds something, in order."""
    gates = suspects, utf8_gate(), LATIN_GATE, SINGLE_BYTE_GATE
    at, size = 0, len(text)
    ahead = [-1, -1, -1, -1] if SIGN.search(text) else [-1, -1, size, size]
    while at < size:
        for i in range(len(gates)):
            if ahead[i] < at:
                found = gates[i].search(text, at)
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
        at = end
        if ahead[0] < end <= min(ahead[1:]) and not looks_damaged(text[start:end]):
            continue  # no more than a rare word, by far the commonest case
        yield start, end, _Suspicion(*[place < end for place in ahead])


def rare_until(text: str, at: int) -> int:
    """Up to where suspicious characters like those at `at` are no more than rare words: to the end of the line, or 0.

    >>> rare_until("饕餮很贪吃，今天天气很好。", 0), rare_until("浣犲ソ锛屼笘鐣岋紒", 0)
    (13, 0)
    """
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    return 0 if end - start > PIECE or looks_damaged(text[start:end]) else end


def _line_edits(line: str, suspicion: _Suspicion, search: _Search) -> list[Edit]:
    """The edits for one line, in its own offsets."""
    if (suspicion.rare or suspicion.latin) and looks_damaged(line):
        better = best_hypothesis(line, proven=search.proven)
        if better is not None:
            search.proven.update(better[0].hops)
            return [_edit(0, line, *better)]
    if suspicion.utf8 and (cut := undo_lossy_utf8(line)):
        return [Edit(a, b, line[a:b], meant, "repair/wrong_codec/utf_8_as_gbk_cut", 0.95) for a, b, meant in cut]
    parts = [(*span, "gb18030") for span in utf8_runs(line)] if suspicion.utf8 else []
    if suspicion.latin:
        parts += [(*span, "web-latin") for span in latin_runs(line)]
    edits: list[Edit] = []
    for start, end, read_as in sorted(parts):
        if better := search.hopeless.better(line[start:end], read_as):
            edits.append(_edit(start, line[start:end], *better))
    if suspicion.latin and search.patience and (len(edits) < len(parts) or not parts or is_partly_decoded(line)):
        run = damaged_run(line)
        if run and (found := undo_ftfy_damage(line[slice(*run)])):
            return [Edit(*run, line[slice(*run)], found[0], "repair/wrong_codec/ftfy_damage", found[1])]
        search.patience -= bool(run)
    if suspicion.single_byte and not edits:
        meant = search.hopeless.meant(line)
        if meant is not None:
            edits.append(Edit(0, len(line), line, meant, "repair/wrong_codec/single_byte", 0.95))
    return edits


def _edit(start: int, run: str, hypothesis: Hypothesis, confidence: float) -> Edit:
    """The edit that accepts a hypothesis; its rule is named after the last hop."""
    read, written = hypothesis.hops[-1]
    rule = f"repair/wrong_codec/{_NAMES[written]}_as_{_NAMES[read]}"
    return Edit(start, start + len(run), run, hypothesis.text, rule, confidence)
