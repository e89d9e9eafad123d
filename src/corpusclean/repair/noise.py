"""Characters that nobody wrote: invisible ones, stray controls, escapes, spaces between all characters.

Editors, converters and copy protection leave zero-width characters and soft hyphens between letters; programs that
escape twice leave ``&amp;nbsp;``; a PDF set with wide spacing comes out as ``前 言 本 文 件``. What looks the same but
is text stays: the joiners of Persian, the Indic scripts and emoji, the zero-width spaces of Thai and Khmer.
"""

from __future__ import annotations

import re

from ..config import RepairConfig
from ..edits import Edit, Revision
from ..patterns import lazy_pattern
from .noise_escapes import escape_edits, tag_remnant_edits
from .wrong_codec_score import log_likelihood

__all__ = ["NOISE_GATE", "SPACED_GATE", "remove_noise"]

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CJK = _HAN + "\u3000-\u30ff\u3105-\u312f\uff01-\uff60"

_INVISIBLE = "\xad\u200b\u2060\ufeff"
_JOINERS = "\u200c\u200d"
# One or more invisible characters: matches U+200B, U+00AD, U+200D; a near miss is U+200E, which Hebrew and Arabic need.
_INVISIBLE_RUN = lazy_pattern(f"[{_INVISIBLE}{_JOINERS}]+")
# Scripts that break or shape words by zero-width characters: matches ``ก``, ``ក``, ``م``, ``क``; a near miss is ``a``.
_SHAPED = lazy_pattern(
    "[\u0590-\u08ff\u0900-\u109f\u1700-\u18af\u1900-\u1aff\u1b00-\u1cff\ua800-\uabff\U00010a00-\U00011fff]"
)
_CJK_CHAR = lazy_pattern(f"[{_CJK}]")
_LATIN_1 = lazy_pattern("[\x80-\xff]")  # may carry a byte of text that is not repaired yet, as U+00AD then does
# Controls that no text needs, and the escape sequences of terminals: matches NUL, ``ESC[31m``; a near miss is a tab.
_CONTROL = lazy_pattern(
    "\x1b(?:\\[[0-9;]{0,12}[A-Za-z])?|[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]+|(?<![\x80-\xff])[\x80-\x84\x86-\x9f](?![\x80-\xff])"
)

# Either of both; clean text is passed over at full speed.
NOISE_GATE = lazy_pattern(f"[{_INVISIBLE}{_JOINERS}\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
# Six Han characters, each by itself, from the first space on: matches `` 文 件 适 用 于``; near miss `` 三 和 李四``.
SPACED_GATE = lazy_pattern(f"[ \u3000\xa0](?:[{_HAN}][ \u3000\xa0]{{1,2}}){{4}}[{_HAN}](?![{_HAN}])")
_FAR = lazy_pattern("[^\x00-\u33ff]")  # all Han characters, and others: one range is looked for quickly
_SPACES = lazy_pattern(f"(?<=[{_HAN}])[ \u3000\xa0]{{1,2}}(?=[{_HAN}])")
_TOGETHER = lazy_pattern(f"[{_HAN}]{{2}}")
_COUNTED = lazy_pattern(
    "[一二三四五六七八九十百千万日月火水木金土甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥东南西北东東春夏秋冬]"
)
_ROUNDS = 10
_LEAST_LETTER = -8.5  # spaced characters less common than this on average are a list rather than words


def remove_noise(text: str, config: RepairConfig, *, plain: bool = False) -> Revision:
    r"""Remove what nobody wrote.

    Args:
        text: any text.
        config: edits that are less sure than ``min_confidence`` are not made.
        plain: whether the text is known to hold nothing that a gate for odd characters looks for.

    >>> remove_noise("你\u200b好，&amp;nbsp;世界", RepairConfig()).text
    '你好， 世界'
    >>> remove_noise("می\u200cخواهم 👩\u200d🚀", RepairConfig()).edits
    ()
    """
    revision = Revision.unchanged(text)
    if not config.enabled:
        return revision
    for _ in range(_ROUNDS):  # what is removed may bring together what was apart
        before = revision.text
        finders = _PLAIN_FINDERS if plain else _FINDERS if NOISE_GATE.search(before) else _FINDERS[2:]
        for find in finders:
            edits = [edit for edit in find(revision.text) if edit.confidence >= config.min_confidence]
            if edits:
                revision = revision.then(Revision.of(revision.text, edits))
        if revision.text == before:
            break
        plain = False
    return revision


def _invisible_edits(text: str) -> list[Edit]:
    """Invisible characters, unless a neighbour is of a script that needs them."""
    edits: list[Edit] = []
    if not NOISE_GATE.search(text):
        return edits
    for found in _INVISIBLE_RUN.finditer(text):
        start, end = found.span()
        before, after = text[start - 1 : start], text[end : end + 1]
        run = found[0]
        if _SHAPED.match(before) or _SHAPED.match(after):
            kept = run.replace("\ufeff", "")
        else:
            kept = "".join(char for char in run if char in _JOINERS)
            if (_CJK_CHAR.match(before) or _CJK_CHAR.match(after)) and not (_is_emoji(before) or _is_emoji(after)):
                kept = ""
            if "\xad" in run and (_LATIN_1.match(before) or _LATIN_1.match(after)):
                kept = run
        if kept != run:
            edits.append(Edit(start, end, run, kept, "repair/noise/invisible", 0.98))
    return edits


def _is_emoji(char: str) -> bool:
    """Whether a joiner beside `char` may join emoji.

    >>> _is_emoji("👩"), _is_emoji("好")
    (True, False)
    """
    return bool(char) and (char == "\ufe0f" or "\u2190" <= char <= "\u2bff" or "\U0001f000" <= char <= "\U0001ffff")


def _control_edits(text: str) -> list[Edit]:
    """Control characters that are neither white space nor bytes of a text that is still damaged."""
    if not NOISE_GATE.search(text):
        return []
    return [Edit(*found.span(), found[0], "", "repair/noise/control", 0.98) for found in _CONTROL.finditer(text)]


def _spaced_edits(text: str) -> list[Edit]:
    """Spaces between Han characters, on lines where no two of them stand together."""
    edits: list[Edit] = []
    if text.isascii():
        return edits
    far = _FAR.search(text)
    # The first Han character stands no more than a space behind the place from which the gate is to be tried.
    at = max(0, far.start() - 1) if far else len(text)
    while found := SPACED_GATE.search(text, at):
        start = text.rfind("\n", 0, found.start()) + 1
        at = text.find("\n", found.end())
        at = len(text) if at < 0 else at
        line = text[start:at]
        if _TOGETHER.search(line):
            continue
        letters = "".join(re.findall(f"[{_HAN}]", line))
        if 2 * len(_COUNTED.findall(letters)) > len(letters):
            continue
        if log_likelihood(letters) < _LEAST_LETTER * len(letters):
            continue
        gaps = _SPACES.finditer(text, start, at)
        edits += [Edit(*gap.span(), gap[0], "", "repair/noise/spaced", 0.9) for gap in gaps]
    return edits


# The first two find nothing where `NOISE_GATE` does not.
_PLAIN_FINDERS = escape_edits, tag_remnant_edits
_FINDERS = _invisible_edits, _control_edits, *_PLAIN_FINDERS, _spaced_edits
