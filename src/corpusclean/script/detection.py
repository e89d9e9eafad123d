"""Which script a text is written in: the whole, and each line.

Kana and hangul settle a line for Japanese and Korean. Chinese lines are settled by the characters that only one of
the two scripts has; a line without any takes the document's verdict, for most short lines have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from ..beyond_ascii import few_beyond_ascii
from ..patterns import lazy_pattern
from ..steps import Script, ScriptReport
from .charclass import gate
from .conversions import Conversions
from .evidence import east_asian, gate_of, letters
from .folding import FOLDABLE, FOLDED_BLOCKS

__all__ = ["LineVerdict", "Survey", "detect_script", "survey"]

_CHINESE_WORDS = lazy_pattern("[这這们們没沒您你她吗嗎呢吧啊很哪还還让讓给給]")
_PARTICLE = lazy_pattern("[ぁ-ねは-ゖ]")
"""Hiragana but の, which Chinese writers use for show. Match: ``会議を``; near miss: ``優の良品``."""
_KANA_SHARE = 0.15
_HANGUL_SHARE = 0.2
_MIXED_SHARE = 0.15
_LEAST_SHARE = 0.02  # of East Asian letters among all characters, for a text to have a script

LineVerdict = Script
"""A line's verdict; ``none`` for a line without East Asian letters or one that says nothing of itself."""


class Survey(NamedTuple):
    """What one pass over a text found.

    Attributes:
        script: the document's verdict.
        shares: share of each script.
        lines: each line's own verdict, ``none`` where it says nothing by itself.
        tells: whether anything told Simplified from Traditional.
        folds: whether there may be characters that :mod:`.folding` replaces.
    """

    script: Script
    shares: dict[str, float]
    lines: list[Script]
    tells: bool
    folds: bool = True


class Counts(NamedTuple):
    """How often each letter of :mod:`.evidence` stands in a line."""

    s: int
    shared_s: int
    t: int
    shared_t: int
    c: int
    k: int
    h: int
    j: int

    @property
    def simplified(self) -> int:
        """Characters that only Simplified Chinese has, among the Chinese."""
        return self.s + self.shared_s

    @property
    def traditional(self) -> int:
        """Characters that only Traditional Chinese has, among the Chinese."""
        return self.t + self.shared_t

    @property
    def han(self) -> int:
        """Ideographs."""
        return self.simplified + self.traditional + self.c + self.j


def detect_script(
    text: str, *, lines: bool = False, found: Survey | None = None, known: Conversions | None = None
) -> ScriptReport:
    """Which script `text` is written in.

    Args:
        text: any text.
        lines: also give the verdict on each line (lines end with a newline alone), with the document as context.
        found: the survey of `text`, if there is one.
        known: takes what is converted for the verdict, for who converts next.

    Returns:
        The report. ``naive`` is above 0.5 for Traditional text that was made from Simplified character by character.

    >>> detect_script("這是繁體字。").script, detect_script("这是简体字。").script, detect_script("これは漢字。").script
    ('hant', 'hans', 'ja')
    """
    from .naive import naive_likelihood, region_of

    found = found or survey(text)
    naive, region = 0.0, None
    if found.script in ("hant", "mixed"):
        chinese = "\n".join(
            line for line, own in zip(text.split("\n"), found.lines, strict=True) if own in ("hant", "mixed")
        )
        naive = naive_likelihood(chinese, known)
        if naive <= 0.5 and found.script == "hant":
            region = region_of(chinese)
    verdicts = tuple(_in_context(text, found)) if lines else ()
    return ScriptReport(found.script, found.shares, naive, region, verdicts)


def _in_context(text: str, found: Survey) -> Iterable[Script]:
    for line, own in zip(text.split("\n"), found.lines, strict=True):
        yield found.script if own == "none" and east_asian().search(line) else own


def survey(text: str) -> Survey:
    r"""One pass over `text`: the verdict on each line by itself, and on the whole.

    >>> survey("這個\n大人\nabc").lines
    ['hant', 'none', 'none']
    """
    beyond = few_beyond_ascii(text)
    if beyond is not None and not east_asian().search(beyond):
        return _no_letters(text)
    rows = text.encode("utf-16-le", "surrogatepass")[1::2]
    if not rows.translate(None, _OTHER_ROWS) or not east_asian().search(text):
        return _no_letters(text)
    if (plain := _plain(text, rows)) is not None:
        return plain
    verdicts: list[Script] = []
    weight: dict[Script, int] = {"hans": 0, "hant": 0, "mixed": 0, "ja": 0, "ko": 0, "none": 0}
    maybe: list[tuple[int, Counts]] = []
    simplified = traditional = 0
    for line, marks in zip(text.split("\n"), text.translate(letters()).split("\n"), strict=True):
        if not marks or marks.isspace():
            verdicts.append("none")
            continue
        counts = Counts(*map(marks.count, "sStTckhj"))
        s, t, k, h, han = counts.simplified, counts.traditional, counts.k, counts.h, counts.han
        verdict = _judge(line, counts)
        if verdict == "ja" and not k:
            maybe.append((len(verdicts), counts))
            verdicts.append(verdict)
            continue
        verdicts.append(verdict)
        weight[verdict] += han + k + h
        if verdict not in ("ja", "ko"):
            simplified += s
            traditional += t
    # Kanji alone are weak evidence: in a document whose other lines are Chinese, they are Chinese, mixed up.
    chinese = weight["hans"] + weight["hant"] + weight["mixed"] > weight["ja"]
    for number, counts in maybe:
        if chinese:
            verdicts[number] = _chinese(counts)
            simplified += counts.simplified
            traditional += counts.traditional
        weight[verdicts[number]] += counts.han
    return _conclude(text, verdicts, weight, simplified, traditional)


def _no_letters(text: str) -> Survey:
    """The survey of a text without a letter of East Asia; what is folded is one, or looks like one."""
    return Survey("none", {}, ["none"] * (text.count("\n") + 1), False, False)


_HAN_ROWS = bytes(range(0x4E, 0xA0))  # high bytes of the frequent ideographs in UTF-16
_EAST_ASIAN_ROWS = (0x11, *range(0x2E, 0x4E), *_HAN_ROWS, 0xA9, *range(0xAC, 0xE0), 0xF9, 0xFA, 0xFF)
_OTHER_ROWS = bytes(set(range(256)) - set(_EAST_ASIAN_ROWS))


def _plain(text: str, rows: bytes) -> Survey | None:
    """The survey of a text of one Chinese script alone, which is most texts; ``None`` for any other.

    `rows` are the high bytes of its UTF-16.

    Without kana, hangul and Japanese characters, and with those of one of the two scripts, a line is of that script
    if it has any of these; otherwise it says nothing.
    """
    if len(rows) != len(text) or len(rows) - len(rows.translate(None, _HAN_ROWS)) < _LEAST_SHARE * len(text):
        return None  # few ideographs, or rare ones: they are to be counted
    first = gate_of("sStT").search(text)
    if first is None:
        return None
    script: Script = "hans" if first[0].translate(letters()) in "sS" else "hant"
    own, other = ("sS", "tTjkh") if script == "hans" else ("tT", "sSjkh")
    odd = _odd_one(other).search(text)
    folds = odd is not None and FOLDABLE.search(text) is not None
    if odd and gate_of(other).search(text):
        return None
    tells = gate_of(own).search
    lines: list[Script] = [script if tells(line) else "none" for line in text.split("\n")]
    return Survey(script, {script: 1.0}, lines, True, folds)


@cache
def _odd_one(kinds: str) -> re.Pattern[str]:
    """The characters of the basic plane whose letter is one of `kinds`, and those that are folded."""
    telling = [chr(found.start()) for found in re.finditer(f"[{kinds}]", letters()[:0x10000])]
    return gate([*telling, *(chr(code) for block in FOLDED_BLOCKS[:2] for code in block)])


def _judge(line: str, counts: Counts) -> Script:
    """The verdict on one line by itself.

    Without kana a line is Japanese when it has characters that only Japan has, or modern and old forms side by
    side, every one of which Japan uses (国民運動): in Chinese, one of them would be written otherwise.
    """
    k, h, j, han = counts.k, counts.h, counts.j, counts.han
    if h and h >= _HANGUL_SHARE * (h + han) and not (h < han and (counts.s or _CHINESE_WORDS.search(line))):
        return "ko"
    if k and not (k < han and _CHINESE_WORDS.search(line)) and (k >= _KANA_SHARE * (k + han) or _PARTICLE.search(line)):
        return "ja"
    if not counts.s and not counts.t and ((counts.shared_s and counts.shared_t) or j >= 0.1 * max(han, 10)):
        return "ja"
    return _chinese(counts)


def _chinese(counts: Counts) -> Script:
    """The verdict on a line that is no Japanese and no Korean."""
    s, t = counts.simplified, counts.traditional
    if not s and not t:
        return "none"
    if s == t or (min(s, t) >= 2 and min(s, t) > _MIXED_SHARE * (s + t)):
        return "mixed"
    return "hans" if s > t else "hant"


def _conclude(
    text: str, verdicts: list[Script], weight: dict[Script, int], simplified: int, traditional: int
) -> Survey:
    """The verdict on the whole."""
    telling = simplified + traditional
    chinese = weight["hans"] + weight["hant"] + weight["mixed"] + weight["none"]
    total = chinese + weight["ja"] + weight["ko"]
    if total < _LEAST_SHARE * len(text):
        return Survey("none", {}, verdicts, False)
    japanese, korean = weight["ja"], weight["ko"]
    if telling:
        own = weight["hans"] + weight["hant"] + weight["mixed"]
    else:
        own = 0 if japanese or korean else chinese
    whole = own + japanese + korean
    shares: dict[str, float] = {}
    if telling or japanese or korean:
        parts: list[tuple[str, float]] = [("ja", japanese / whole), ("ko", korean / whole)]
        if telling:
            parts += [("hans", own * simplified / telling / whole), ("hant", own * traditional / telling / whole)]
        shares = {script: round(share, 4) for script, share in parts if share}
    if japanese > max(own, korean):
        script: Script = "ja"
    elif korean > own:
        script = "ko"
    elif not telling:
        script = "hans"
    elif min(simplified, traditional) >= 2 and min(simplified, traditional) > _MIXED_SHARE * telling:
        script = "mixed"
    else:
        script = "hans" if simplified >= traditional else "hant"
    return Survey(script, shares, verdicts, bool(telling))
