"""How likely a text is, character by character: the judge between a line and what it may have been.

Text read in the wrong codec is made of characters that are rare, or that never stand together. A table of how common
each character is in Chinese, Japanese and Korean tells them apart at once, without knowing any word. It is a judge of
codecs and of nothing finer.
"""

from __future__ import annotations

import math
import re
from functools import cache
from importlib import resources

from ..patterns import lazy_pattern

__all__ = ["log_likelihood", "suspicious_characters"]

_STEPS = 4  # levels of the table for each factor e
_RARE = -9.0
_COMMON = -6.5  # a character commoner than this is no ground for suspicion, whatever it may stand for
_FAR = 3.0
_DOUBLE_BYTE = (("gbk", "cp949"), ("gbk", "big5"), ("big5", "gbk"))
_SAMPLE = 2000  # characters of a text that are looked at
_SWITCH = -3.0
_HAN = "\u3400-\u9fff"
_ODD_MARKS = "@\\\\\\[\\]^_`{|}~"
_SELDOM_BESIDE_HAN = f"\u0370-\u04ff\u3105-\u312f\uac00-\ud7a3\uff61-\uff9fA-Za-z{_ODD_MARKS}"
# Where Han stands beside a script that it seldom stands beside: matches ``狦и``, ``料c``; a near miss is ``見た``.
_SWITCHES = lazy_pattern(
    f"(?<=[{_HAN}])(?=[{_SELDOM_BESIDE_HAN}])|(?<=[{_SELDOM_BESIDE_HAN}])(?=[{_HAN}])"
    "|(?<=[\u3041-\u30ff])(?=[\uac00-\ud7a3A-Za-z])|(?<=[\uac00-\ud7a3])(?=[\u3041-\u30ffA-Za-z])"
    "|(?<=[\uac00-\ud7a3])(?=[。、，！？])|(?<=[A-Za-z])(?=[\u3041-\u30ff\uac00-\ud7a3])"
)
_PUNCTUATION = {
    **dict.fromkeys("，。、 \n", -3.5),
    **dict.fromkeys("“”：；！？（）《》「」", -5.0),
    **dict.fromkeys("—…·‘’『』【】〈〉～", -6.5),
}
# Upper end of a range of code points, and how likely a character in it is unless the table says otherwise.
_RANGES = (
    (0x09, -14.0),  # controls
    (0x0A, -6.0),  # tab, newline
    (0x1F, -14.0),
    (0x2F, -5.0),  # ASCII marks
    (0x39, -4.0),  # digits
    (0x40, -5.5),
    (0x5A, -4.5),  # capitals
    (0x60, -6.0),
    (0x7A, -3.5),  # small letters
    (0x7F, -6.0),
    (0x9F, -13.0),  # C1 controls
    (0xBF, -8.0),  # signs of Latin-1
    (0xFF, -7.0),  # letters of Latin-1
    (0x24F, -8.5),  # more Latin letters
    (0x36F, -10.0),  # phonetic signs, combining marks
    (0x1FFF, -6.5),  # alphabets: Greek, Cyrillic, Arabic, Thai …
    (0x206F, -8.0),  # general punctuation
    (0x24FF, -9.5),  # symbols
    (0x25FF, -7.0),  # box drawing, shapes
    (0x2FFF, -9.5),  # more symbols, radicals
    (0x303F, -8.5),  # ideographic punctuation
    (0x309F, -8.5),  # hiragana that the table does not list
    (0x30FF, -9.0),  # katakana
    (0x33FF, -10.5),  # bopomofo, squared words
    (0x4DBF, -15.0),  # rare Han characters
    (0x9FFF, -13.5),
    (0xABFF, -10.0),
    (0xD7FF, -14.5),  # Hangul that the table does not list
    (0xDFFF, -18.0),  # surrogates
    (0xF8FF, -17.0),  # private use
    (0xFAFF, -15.0),  # compatibility Han characters
    (0xFEFF, -12.0),
    (0xFF5E, -8.5),  # full-width ASCII
    (0xFFDF, -11.5),  # half-width kana and Hangul
    (0xFFFF, -14.0),  # U+FFFD and its like
    (0x1FFFF, -9.0),  # emoji
    (0x10FFFF, -15.0),
)


_FRAMES = "─━│┃┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋═║╔╗╚╝╠╣╦╩╬"
_ODD_FRAME = -13.0  # light and heavy lines in one sign: ``╇`` is in the codecs, and in no table


class _LogLikelihoods(dict[str, float]):
    """The natural logarithm of a character's share of running text; any character has one."""

    def __missing__(self, char: str) -> float:
        code = ord(char)
        value = next(value for end, value in _RANGES if code <= end)
        if "\u2500" <= char <= "\u257f" and char not in _FRAMES:
            value = _ODD_FRAME
        if len(self) < 100_000:
            self[char] = value
        return value


@cache
def _levels() -> tuple[tuple[int, str], ...]:
    """The rows of the table: level and characters."""
    table = resources.files("corpusclean") / "data" / "codec" / "characters.txt"
    rows = (row.split(" ", 1) for row in table.read_text("utf-8").splitlines())
    return tuple((int(level), chars) for level, chars in rows)


@cache
def _table() -> _LogLikelihoods:
    """The table, loaded on first use (a few milliseconds)."""
    table = _LogLikelihoods(_PUNCTUATION)
    for level, chars in _levels():
        table.update(dict.fromkeys(chars, -level / _STEPS))
    return table


def log_likelihood(text: str) -> float:
    """The logarithm of how likely `text` is, if its characters came one by one; 0 for empty text.

    Of a long text the beginning is looked at. A change of script that writing seldom makes, such as from Han to
    Cyrillic, counts against it.

    >>> log_likelihood("你好，世界。") > log_likelihood("浣犲ソ锛屼笘鐣屻€")
    True
    """
    sample = text[:_SAMPLE]
    total = sum(map(_table().__getitem__, sample)) + _SWITCH * len(_SWITCHES.findall(sample))
    return total * len(text) / _SAMPLE if len(text) > _SAMPLE else total


@cache
def suspicious_characters() -> re.Pattern[str]:
    """The class of characters of which text read in the wrong codec is full.

    They are Han characters that clean text seldom has, and common ones that stand for a far commoner character of
    another codec, such as 捞 for the Korean 이.

    >>> suspicious_characters().findall("你好世界饕餮捞")
    ['饕', '餮', '捞']
    """
    table = _table()
    suspects = {code for code in range(0x3400, 0xA000) if table.get(chr(code), _RARE) <= _RARE}
    suspects |= {code for code in range(0xAC00, 0xD7A4) if table.get(chr(code), _RARE) <= _RARE}
    for code in range(0x4E00, 0xA000):
        char = chr(code)
        if code not in suspects and table[char] < _COMMON and _stands_for(char) > table[char] + _FAR:
            suspects.add(code)
    return re.compile(f"[{_class_of(sorted(suspects))}\uf900-\ufaff\ue000-\uf8ff\uff61-\uff9f]")


def _stands_for(char: str) -> float:
    """How likely the likeliest character is that has the bytes of `char` in another double-byte codec."""
    best = -math.inf
    for read, written in _DOUBLE_BYTE:
        try:
            meant = char.encode(read).decode(written)
        except UnicodeError:
            continue
        if len(meant) == 1:
            best = max(best, _table()[meant])
    return best


def _class_of(codes: list[int]) -> str:
    """Sorted code points as ranges of a character class."""
    parts: list[str] = []
    start = 0
    for i, code in enumerate(codes):
        if i + 1 == len(codes) or codes[i + 1] != code + 1:
            first = codes[start]
            parts.append(chr(first) if first == code else f"{chr(first)}-{chr(code)}")
            start = i + 1
    return "".join(parts)
