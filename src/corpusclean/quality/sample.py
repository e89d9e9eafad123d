"""The beginning of a text, its letters counted by script and its words told apart: once, for all that is measured.

Everything here is a handful of calls over the whole sample. Scripts are counted by the high bytes of UTF-16, of which
each script has its own; words become one character each, so that runs of words are slices of a string.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from itertools import accumulate, chain, count
from operator import add
from typing import NamedTuple

from ..beyond_ascii import beyond_ascii, is_mostly_ascii
from .stopwords import COMMON_WORDS

__all__ = ["SAMPLE", "Sample", "count_visible", "take_sample"]

SAMPLE = 20_000
"""Code points that letters and words are counted in: the beginning of a longer text stands for all of it."""

_MARKS = re.compile(r"[^\u4e00-\u9fff\w][^\u4e00-\u9fff\w]*")
"""What stands between words: the ``，`` of ``好，天``; not the ``3`` of ``web3``.

The range spares Han characters a look into the tables of Unicode; what begins with a class is searched for quickly."""

_LETTER = r"[^\W_\u3041-\u9fff\uf900-\ufaff]"
_MAYBE_LETTER = (
    "[0-9A-Za-z\xaa-\u1fff\u2070-\u2fff\u3005-\u3007\u3021-\u303c"
    "\ua000-\uf8ff\ufb00-\ufeff\uff10-\uff19\uff21-\uff3a\uff41-\U0010ffff]"
)
_LONG_WORD = re.compile(f"{_MAYBE_LETTER}(?<={_LETTER}){_LETTER}*")
"""A word that is not one Han character or kana: ``web3``, ``한국``; not ``中``.

It begins with a class that has few marks and no character of most Chinese texts, and is looked for quickly."""

_WORD = re.compile(rf"{_LETTER}{_LETTER}*|[^\W_]")
"""A word: each of ``好`` ``天`` ``web3``; no mark is one."""

_ANY_WORD = re.compile(r"\w+")
"""A run of letters and digits, which is a word where no word is one Han character or kana."""

_RARE_HAN = re.compile(r"[\U00020000-\U0003347f]")
"""A Han character beyond the basic plane: ``𠀀``, not ``中``."""

_DIGITS = re.compile(r"\d+")

_ASCII_DIGITS = b"0123456789"
_WORD_OR_SPACE = bytes(ord(chr(n).lower() if n < 128 and chr(n).isalnum() else " ") for n in range(256))
_NO_LETTERS = bytes(n for n in range(256) if n > 127 or not chr(n).isalnum())

_SPACES = b" \t\n\r\v\f\x1c\x1d\x1e\x1f"
"""All white space of ASCII."""

_WIDE_SPACES = (
    "\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
"""All other white space there is."""

_HAN_ROWS = bytes([*range(0x34, 0xA0), 0xF9, 0xFA])
"""High bytes of the Han characters; what else has one of them (``䷀``) is no letter."""

_SINGLE_ROWS = _HAN_ROWS + b"\x30\x31"
"""High bytes of the words of one character, and of the marks between them."""

_SINGLES = _SINGLE_ROWS + b"\x32\x33" + bytes(range(0xD8, 0xE0))
"""High bytes of all words that may be one character, those beyond the basic plane included."""

_FIRST_CODE = 0x4E00
_CODES = tuple(map(chr, range(_FIRST_CODE, _FIRST_CODE + 1000)))  # made once, as most texts need no more
_FIRST_CODE_OF_LONG = 0xAC00  # no Hangul is left where long words have become one character each
_CODE_OF_LONG = re.compile(r"[\uac00-\ud7ff]")

_COMMON = frozenset(COMMON_WORDS)


class Sample(NamedTuple):
    """What is known of the beginning of a text.

    Attributes:
        text: the sample.
        visible: how many of its characters are not white space.
        size: how many letters and digits it has.
        words: the different words in lower case, where most words are of several letters; else those that are.
        code: each word as one character; equal words, the same one.
        first_code: code point from which on the characters of `code` stand for `words`, in their order.
        word_count: how many words `words` stand for.
        starts: offsets in `code` of a sample of the words that is the same wherever the text is the same; sorted.
        letters: letters and digits whose script is to be told; empty for ASCII.
        rows: the high bytes of the UTF-16 of `letters`, those of Han characters aside.
        han, digits: how many Han characters, and digits, there are.
        decimals: how many of those words are numbers.
        long_words: how many words are not one Han character or kana.
        long_letters: how many code points these have.
        common: those of `words` that are common short words of some language, with their counts.
    """

    text: str
    visible: int
    size: int
    words: tuple[str, ...]
    code: str
    first_code: int
    word_count: int
    starts: list[int]
    letters: str
    rows: bytes
    han: int
    digits: int
    decimals: int
    long_words: int
    long_letters: int
    common: Mapping[str, int]

    def word_of(self, code: str) -> str:
        """The word that a character of `code` stands for."""
        number = ord(code) - self.first_code
        return self.words[number] if 0 <= number < len(self.words) else code


def take_sample(text: str) -> Sample:
    """Take the first 20,000 code points apart.

    >>> found = take_sample("今天，web3 和 web3。")
    >>> found.size, found.han, found.digits, found.long_words, len(found.code), found.starts
    (11, 3, 2, 2, 5, [0, 2, 3, 4, 5])
    """
    sample = text[:SAMPLE]
    if sample.isascii():
        return _ascii(sample, sample.encode(), "")
    if is_mostly_ascii(sample) and (found := _maybe_ascii(sample, (len(sample) - 1) // 4)):
        return found
    plain = sample.replace("_", " ")
    rows = plain.encode("utf-16-le", "surrogatepass")[1::2]
    if 4 * (len(rows) - len(rows.translate(None, _SINGLE_ROWS))) >= len(plain):
        return _unspaced(sample, plain)
    if found := _maybe_ascii(sample, len(sample)):
        return found
    lower = plain.lower()
    if len(rows.translate(None, _SINGLES)) == len(rows) == len(lower):
        words = _ANY_WORD.findall(lower)
        letters = "".join(words)
        long_words = words
    else:
        letters = "".join(_MARKS.split(plain))
        long_words = _LONG_WORD.findall(plain)
        words = _WORD.findall(lower)
    digits = sum(map(len, _DIGITS.findall(letters)))
    long_letters = sum(map(len, long_words))
    return _spaced(sample, count_visible(sample), words, letters, digits, len(long_words), long_letters)


def count_visible(text: str) -> int:
    r"""Code points of `text` that are not white space.

    >>> count_visible("a\u3000b\n"), count_visible("")
    (2, 0)
    """
    if text.isascii():
        return len(text.encode().translate(None, _SPACES))
    if is_mostly_ascii(text):
        data = text.encode("utf-8", "surrogatepass")
        return _visible(text, data, beyond_ascii(data))
    return sum(map(len, text.split()))


def _visible(text: str, data: bytes, beyond: str) -> int:
    """:func:`count_visible`, if the text's UTF-8 and what is not ASCII are known."""
    blank = len(data) - len(data.translate(None, _SPACES))
    return len(text) - blank - sum(map(beyond.count, _WIDE_SPACES))


def _maybe_ascii(sample: str, most: int) -> Sample | None:
    """The sample of a text of which no letter is beyond ASCII, and at most `most` other characters; else ``None``."""
    data = sample.encode("utf-8", "surrogatepass")
    beyond = beyond_ascii(data)
    if len(beyond) > most or any(map(str.isalnum, beyond)):
        return None
    return _ascii(sample, data, beyond)


def _ascii(sample: str, data: bytes, beyond: str) -> Sample:
    """The sample of a text whose letters are all ASCII; `data` is its UTF-8, `beyond` what is not ASCII."""
    digits = len(data) - len(data.translate(None, _ASCII_DIGITS))
    words = data.translate(_WORD_OR_SPACE).decode("ascii").split()
    size = len(data.translate(None, _NO_LETTERS))
    return _spaced(sample, _visible(sample, data, beyond), words, "", digits, len(words), size)


def _scripts(letters: str) -> tuple[bytes, int]:
    """The high bytes of the UTF-16 of letters that are no Han characters, and how many are."""
    rows = letters.encode("utf-16-le", "surrogatepass")[1::2]
    others = rows.translate(None, _HAN_ROWS)
    han = len(rows) - len(others)
    if len(rows) > len(letters):
        han += len(_RARE_HAN.findall(letters))
    return others, han


def _unspaced(sample: str, plain: str) -> Sample:
    """The sample of a text most of whose words are one character."""
    long_words: list[str] = []
    codes: dict[str, str] = defaultdict(map(chr, count(_FIRST_CODE_OF_LONG)).__next__)

    def code_of(match: re.Match[str]) -> str:
        word = match[0]
        long_words.append(word)
        return codes[word]

    pieces = _MARKS.split(_LONG_WORD.sub(code_of, plain))
    code = "".join(pieces)
    starts = list(accumulate(map(len, pieces), initial=0))
    del starts[-1]
    if not pieces[0]:
        del starts[0]
    letters, long_letters, digits = code, "", 0
    if long_words:
        long_letters = "".join(long_words)
        letters = _CODE_OF_LONG.sub("", code) + long_letters
        digits = sum(map(len, _DIGITS.findall(long_letters)))
    rows, han = _scripts(letters)
    return Sample(
        text=sample,
        visible=count_visible(sample),
        size=len(letters),
        words=tuple(codes),
        code=code,
        first_code=_FIRST_CODE_OF_LONG,
        word_count=len(long_words),
        starts=starts,
        letters=letters,
        rows=rows,
        han=han,
        digits=digits,
        decimals=_decimals(codes, code) if digits else 0,
        long_words=len(long_words),
        long_letters=len(long_letters),
        common={word: code.count(codes[word]) for word in _COMMON.intersection(codes)},
    )


def _decimals(codes: Mapping[str, str], code: str) -> int:
    """How many of the words in `code` are numbers."""
    return sum([code.count(one) for word, one in codes.items() if word.isdecimal()])


def _spaced(
    sample: str, visible: int, words: list[str], letters: str, digits: int, long_words: int, long_letters: int
) -> Sample:
    """The sample of a text most of whose words are of several letters."""
    distinct = dict.fromkeys(words)
    codes = dict(zip(distinct, chain(_CODES, map(chr, count(_FIRST_CODE + len(_CODES)))), strict=False))
    code = "".join(map(codes.__getitem__, words))
    common = {word: code.count(codes[word]) for word in _COMMON.intersection(codes)}
    starts: list[int] = []
    if common:
        # a set has no order of its own
        first, *others = sorted(common, key=lambda word: (-common[word], word))[:4]
        marked = code
        for word in others:
            marked = marked.replace(codes[word], codes[first])
        starts = list(map(add, accumulate(map(len, marked.split(codes[first]))), count(1)))[:-1]
    rows, han = _scripts(letters)
    return Sample(
        text=sample,
        visible=visible,
        size=len(letters) if letters else long_letters,
        words=tuple(codes),
        code=code,
        first_code=_FIRST_CODE,
        word_count=len(words),
        starts=starts,
        letters=letters,
        rows=rows,
        han=han,
        digits=digits,
        decimals=_decimals(codes, code) if digits else 0,
        long_words=long_words,
        long_letters=long_letters,
        common=common,
    )
