"""Which hypothesis about a damaged run is true, if any: the judge of ``wrong_codec``."""

from __future__ import annotations

import math
from collections.abc import Collection

from ..chinese import UNIT, language_model
from ..patterns import lazy_pattern
from .wrong_codec_hypotheses import Hypothesis, encode_as, hypotheses, looks_double_byte
from .wrong_codec_score import log_likelihood, suspicious_characters

__all__ = ["best_hypothesis", "is_better_text", "is_likelier_double_byte", "looks_damaged"]

_HOP = 6.0  # what each hop costs: it must make the text at least so much more likely (natural logarithm)
_PART = 4.0  # and what it costs more to take a part of a line, since a line has many parts
_VALID_UTF8 = 2.0  # what each character adds to a hypothesis of UTF-8: other bytes are seldom valid
_KOREAN = 3.0  # what Hangul takes from it: almost any two bytes are some syllable
_THIN = (
    12.0  # what it costs more to take few characters from one double-byte codec to another: rare words are like that
)
_SOME = 3  # different characters from which on they are more than chance
_THIN_KOREAN = 0.4  # share of that for Hangul alone, which rare words seldom make
_FEW, _ENOUGH = 8, 12  # different characters that are few, and those that are enough
_LEAD = 2.5  # by how much the best must lead the second best; else nothing is done
_LEAST_LETTER = -9.5  # a text whose letters are less common than this on average is still damage
_LEAST_LETTER_UTF8 = -12.0
_SUSPECTS = 8  # one character in four must be suspicious, of those that take three bytes in UTF-8
_SHORT = 16
_DOUBTFUL_LONG = -8.9  # the same for a line of more letters
_DOUBTFUL = -8.0  # a line whose letters are commoner than this on average is no damage as a whole

# Characters that tell codecs apart: all but ASCII and the marks of Chinese text.
_LETTERS = lazy_pattern("[^\\x00-\\x7f，。、；：？！“”‘’（）《》…—　]+")
_SAMPLE = 500  # characters of a text that the language model looks at
_LATIN_LETTER = lazy_pattern("[\x80-\xff]")
_EUROPEAN = lazy_pattern("[\x80-\u017f]*")
_EAST_ASIAN = lazy_pattern("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
# What the language model does not know, or makes dear: matches ``#``, ``    -v --verbose``; a near miss is ``web``.
_FOREIGN = lazy_pattern("[ -~\\t]{6,}|[#$&*+=@^_`|~\\\\]")
_PRINTED = lazy_pattern("[!-~]+")  # what both texts share; blanks tell Korean from Chinese
_HANGUL = lazy_pattern("[\uac00-\ud7a3]")
_HAN = lazy_pattern("[\u3400-\u9fff]")


def looks_damaged(line: str) -> bool:
    """Whether a line is unlikely enough, as it stands, to be worth other hypotheses.

    >>> looks_damaged("浣犲ソ锛屼笘鐣"), looks_damaged("你好，世界。")
    (True, False)
    """
    suspects = len(suspicious_characters().findall(line))
    if _SUSPECTS * suspects < len(line.encode("utf-8", "replace")) - len(line):
        return not suspects and _LATIN_LETTER.search(line) is not None and _is_latin(line)
    letters = "".join(_LETTERS.findall(line))
    if not letters:
        return False
    doubtful = _DOUBTFUL if len(letters) < _SHORT else _DOUBTFUL_LONG
    return 2 * suspects > len(letters) or log_likelihood(letters) < doubtful * len(letters)


def _is_latin(run: str) -> bool:
    """Whether all of `run` is Latin-1 or Windows-1252, and more of it lies above ASCII than European text has there."""
    return encode_as(run, "web-latin") is not None and looks_double_byte(run)


def best_hypothesis(
    run: str, *, read_as: str | None = None, proven: Collection[tuple[str, str]] = ()
) -> tuple[Hypothesis, float] | None:
    """The likeliest hypothesis about `run` with its confidence, if it is much likelier than what stands there.

    Args:
        run: a line, or a part of one.
        read_as: for a part of a line, the codec that it seems to have been read as; others are not tried.
        proven: hops that other lines of the text have made for certain; for others a few characters are thin evidence.

    >>> best_hypothesis("浣犲ソ锛屼笘鐣岋紒")[0].text
    '你好，世界！'
    >>> best_hypothesis("仇由氏") is None
    True
    """
    as_it_stands = _likelihood(run)
    thin, shown = _thinness(run)
    ranked: list[tuple[float, Hypothesis | None]] = []
    for hypothesis in hypotheses(run, read_as):
        is_utf8 = hypothesis.hops[-1][1] == "utf-8"
        letters = "".join(_LETTERS.findall(hypothesis.text))
        east_asian = len(_EAST_ASIAN.findall(letters))
        least = _LEAST_LETTER_UTF8 if is_utf8 and len(set(letters)) >= _SOME else _LEAST_LETTER
        gain = _likelihood(hypothesis.text) - as_it_stands
        read, written = hypothesis.hops[-1]
        if thin and written != "utf-8" and read != "web-latin" and (read, written) not in proven:
            bare = _likelihood(_PRINTED.sub("", hypothesis.text)) - _likelihood(_PRINTED.sub("", run))
            is_korean = len(_HANGUL.findall(letters)) == len(letters) and len(set(letters)) >= _SOME
            gain = shown * min(gain, bare) - (_THIN_KOREAN * thin if is_korean else thin)
        gain -= _HOP * len(hypothesis.hops)
        if is_utf8:
            gain += _VALID_UTF8 * (len(letters) if _EUROPEAN.fullmatch(letters) else east_asian)
        elif _HANGUL.search(letters):
            gain -= _KOREAN
        is_one = len(set(letters)) == 1 and read not in ("web-latin", "gb18030")  # the same twice is chance
        is_ours = east_asian > 1 and 2 * east_asian > len(letters) and not is_one and _is_text(letters, least)
        if is_ours or is_utf8 or gain > 0:
            ranked.append((gain, hypothesis if is_ours else None))
    if not ranked:
        return None
    ranked.sort(key=lambda item: -item[0])
    gain, best = ranked[0]
    if best is None:  # UTF-8 of another script, which is ftfy's field, or still damage
        return None
    if read_as is not None:
        gain -= _PART
    lead = gain - ranked[1][0] if len(ranked) > 1 else gain
    if gain <= 0 or lead < _LEAD:
        return None
    return best, round(1 / (1 + math.exp(-min(gain, 2 * lead, 50.0))), 3)


def _thinness(run: str) -> tuple[float, float]:
    """What a line costs more for having few different letters, and what share of its letters are different."""
    letters = _LETTERS.findall(run)
    total = sum(map(len, letters))
    different = len(set("".join(letters)))
    if different >= _ENOUGH:
        return 0.0, 1.0
    return _THIN * min(1.0, (_ENOUGH - different) / (_ENOUGH - _FEW)), different / total if total else 1.0


def is_likelier_double_byte(line: str, meant: str) -> bool:
    """Whether `line`, read as Latin-1, is likelier to be some double-byte text than what ftfy takes it for.

    It need not be so likely that it can be repaired: what is not sure stays as it is.

    >>> is_likelier_double_byte(",Ç°Ì¨Ò²", ",ǰ̨Ҳ"), is_likelier_double_byte("lâ€™Ã©tÃ©", "l’été")
    (True, False)
    """
    if not _is_latin(line):
        return False
    for hypothesis in hypotheses(line):
        if hypothesis.hops[-1][1] != "utf-8" and log_likelihood(hypothesis.text) > log_likelihood(meant):
            letters = "".join(_LETTERS.findall(hypothesis.text))
            if len(_EAST_ASIAN.findall(letters)) == len(letters) and _is_text(letters, _LEAST_LETTER):
                return True
    return False


def is_better_text(meant: str, run: str) -> bool:
    """Whether `meant` is East Asian text, and likelier than `run` by more than a hypothesis costs.

    >>> is_better_text("你好世界", "浣犲ソ涓栫晫"), is_better_text("浣犲ソ涓栫晫", "你好世界")
    (True, False)
    """
    letters = "".join(_LETTERS.findall(meant))
    east_asian = len(_EAST_ASIAN.findall(letters))
    gain = _likelihood(meant) - _likelihood(run) - _HOP - _PART
    return east_asian > 1 and 2 * east_asian > len(letters) and gain > 0 and _is_text(letters, _LEAST_LETTER)


def _is_text(letters: str, least: float) -> bool:
    """Whether letters are common, or likely beside each other; `least` is how much so on average."""
    return max(log_likelihood(letters), _likelihood(letters)) > least * len(letters)


def _likelihood(text: str) -> float:
    """The logarithm of how likely `text` is: by the language model where it is Chinese, else by single characters."""
    letters = "".join(_LETTERS.findall(text))
    han = len(_HAN.findall(letters))
    if 2 * han <= len(letters) or len(_EAST_ASIAN.findall(letters)) > han:
        return log_likelihood(text)
    sample = text[:_SAMPLE]
    beside = "".join(_FOREIGN.findall(sample))
    total = log_likelihood(beside) - language_model().text_cost(_FOREIGN.sub("", sample)) / UNIT
    return total * len(text) / _SAMPLE if len(text) > _SAMPLE else total
