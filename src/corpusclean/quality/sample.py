"""The beginning of a text, its letters counted by script and its words told apart: once, for all that is measured.

Everything here is a handful of calls over the whole sample. Scripts are counted by the high bytes of UTF-16, of which
each script has its own; words become one character each, so that runs of words are slices of a string.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from itertools import accumulate, islice
from typing import NamedTuple

from .stopwords import COMMON_WORDS

__all__ = ["SAMPLE", "Sample", "take_sample"]

SAMPLE = 20_000
"""Code points that letters and words are counted in: the beginning of a longer text stands for all of it."""

_MARKS = re.compile(r"[^\u4e00-\u9fff\w][^\u4e00-\u9fff\w]*")
"""What stands between words: the ``，`` of ``好，天``; not the ``3`` of ``web3``.

The range spares Han characters a look into the tables of Unicode; what begins with a class is searched for quickly."""

_LETTER = r"[^\W_\u3041-\u9fff\uf900-\ufaff]"
_LONG_WORD = re.compile(f"{_LETTER}{_LETTER}*")
"""A word that is not one Han character or kana: ``web3``, ``한국``; not ``中``."""

_WORD = re.compile(rf"{_LETTER}{_LETTER}*|[^\W_]")
"""A word: each of ``好`` ``天`` ``web3``; no mark is one."""

_RUN = re.compile(r"\w+")
"""A run of letters and digits, which is a word where no word is one Han character or kana."""

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
"""A character beyond ASCII: ``’``, ``é``."""

_RARE_HAN = re.compile(r"[\U00020000-\U0003347f]")
"""A Han character beyond the basic plane: ``𠀀``, not ``中``."""

_DIGITS = re.compile(r"\d+")

_ASCII_DIGITS = b"0123456789"
_ASCII_WORDS = str.maketrans({n: chr(n).lower() if chr(n).isalnum() else " " for n in range(128)})

_HAN_ROWS = bytes([*range(0x34, 0xA0), 0xF9, 0xFA])
"""High bytes of the Han characters; what else has one of them (``䷀``) is no letter."""

_SINGLE_ROWS = _HAN_ROWS + b"\x30\x31"
"""High bytes of the words of one character, and of the marks between them."""

_SINGLES = _SINGLE_ROWS + b"\x32\x33" + bytes(range(0xD8, 0xE0))
"""High bytes of all words that may be one character, those beyond the basic plane included."""

_FIRST_CODE = 0x4E00
_FIRST_CODE_OF_LONG = 0xAC00  # no Hangul is left where long words have become one character each
_LAST_CODE = 0xD7FF
_CODE_OF_LONG = re.compile(r"[\uac00-\ud7ff]")

_NONE = frozenset[str]()


class Sample(NamedTuple):
    """What is known of the beginning of a text.

    Attributes:
        text: the sample.
        size: how many letters and digits it has.
        letters: letters and digits whose script is to be told; empty for ASCII.
        rows: the high bytes of the UTF-16 of `letters`.
        han, digits: how many Han characters, and digits, there are.
        words: the words in lower case with their counts, where most words are of several letters; else of these.
        code: each word as one character; equal words, the same one.
        first_code: code point from which on the characters of `code` stand for `words`, in their order.
        common: those of `words` that are common short words of some language.
        starts: offsets in `code` of a sample of the words that is the same wherever the text is the same.
        long_words: how many words are not one Han character or kana.
        long_letters: how many code points these have.
    """

    text: str
    size: int
    letters: str = ""
    rows: bytes = b""
    han: int = 0
    digits: int = 0
    words: Mapping[str, int] = {}  # read only
    code: str = ""
    first_code: int = _FIRST_CODE
    common: frozenset[str] = _NONE
    starts: list[int] = []  # noqa: RUF012  # read only
    long_words: int = 0
    long_letters: int = 0

    def word_of(self, code: str) -> str:
        """The word that a character of `code` stands for."""
        number = ord(code) - self.first_code
        return next(islice(self.words, number, None)) if 0 <= number < len(self.words) else code


def take_sample(text: str) -> Sample:
    """Take the first 20,000 code points apart.

    >>> found = take_sample("今天，web3 和 web3。")
    >>> found.size, found.han, found.digits, found.long_words, len(found.code), found.starts
    (11, 3, 2, 2, 5, [0, 2, 3, 4, 5])
    """
    sample = text[:SAMPLE]
    if sample.isascii():
        return _ascii(sample, sample)
    plain = sample.replace("_", " ")
    rows = plain.encode("utf-16-le", "surrogatepass")[1::2]
    if 4 * (len(rows) - len(rows.translate(None, _SINGLE_ROWS))) >= len(plain):
        return _unspaced(sample, plain)
    first = _NOT_ASCII.search(plain)
    if first and not first[0].isalnum() and not any(map(str.isalnum, _NOT_ASCII.findall(plain))):
        return _ascii(sample, plain.encode("ascii", "replace").decode("ascii"))
    lower = plain.lower()
    if len(rows.translate(None, _SINGLES)) == len(rows) == len(lower):
        words = _RUN.findall(lower)
        letters = "".join(words)
        long_words = words
    else:
        letters = "".join(_MARKS.split(plain))
        long_words = _LONG_WORD.findall(plain)
        words = _WORD.findall(lower)
    digits = sum(map(len, _DIGITS.findall(letters)))
    found = _scripts(Sample(sample, len(letters), digits=digits), letters)
    found = found._replace(long_words=len(long_words), long_letters=sum(map(len, long_words)))
    return _spaced(found, words)


def _ascii(sample: str, plain: str) -> Sample:
    """The sample of a text whose letters are all ASCII, `plain` with other marks in the place of those that are not."""
    data = plain.encode()
    digits = len(data) - len(data.translate(None, _ASCII_DIGITS))
    words = plain.translate(_ASCII_WORDS).split()
    size = sum(map(len, words))
    return _spaced(Sample(sample, size, digits=digits, long_words=len(words), long_letters=size), words)


def _scripts(found: Sample, letters: str) -> Sample:
    """The sample with its letters counted."""
    rows = letters.encode("utf-16-le", "surrogatepass")[1::2]
    han = len(rows) - len(rows.translate(None, _HAN_ROWS))
    if len(rows) > len(letters):
        han += len(_RARE_HAN.findall(letters))
    return found._replace(letters=letters, rows=rows, han=han)


def _unspaced(sample: str, plain: str) -> Sample:
    """The sample of a text most of whose words are one character."""
    long_words: list[str] = []
    codes: dict[str, str] = {}

    def code_of(match: re.Match[str]) -> str:
        word = match[0]
        long_words.append(word)
        return codes.setdefault(word, chr(_FIRST_CODE_OF_LONG + len(codes)))

    pieces = _MARKS.split(_LONG_WORD.sub(code_of, plain))
    code = "".join(pieces)
    starts = list(accumulate(map(len, pieces), initial=0))
    del starts[-1]
    if not pieces[0]:
        del starts[0]
    long_letters = "".join(long_words)
    letters = _CODE_OF_LONG.sub("", code) + long_letters if long_words else code
    counts = Counter(long_words)
    found = Sample(
        sample,
        len(code) - len(long_words) + len(long_letters),
        digits=sum(map(len, _DIGITS.findall(long_letters))),
        words=counts,
        code=code,
        first_code=_FIRST_CODE_OF_LONG,
        common=frozenset(COMMON_WORDS.keys() & counts.keys()),
        starts=starts,
        long_words=len(long_words),
        long_letters=len(long_letters),
    )
    return _scripts(found, letters)


def _spaced(found: Sample, words: list[str]) -> Sample:
    """The sample with its words, where most are of several letters."""
    counts = Counter(words)
    common = frozenset(COMMON_WORDS.keys() & counts.keys())
    codes = dict(zip(counts, map(chr, range(_FIRST_CODE, _LAST_CODE)), strict=False))
    code = "".join(map(codes.__getitem__, words))
    starts: list[int] = []
    for word in sorted(common, key=lambda word: (-counts[word], word))[:4]:  # a set has no order of its own
        starts.extend(accumulate(len(piece) + 1 for piece in code.split(codes[word])[:-1]))
    return found._replace(words=counts, code=code, common=common, starts=starts)
