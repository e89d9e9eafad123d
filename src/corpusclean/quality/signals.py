"""Signals that corpus builders filter by, adapted to text without spaces.

Sources: *Gopher* is Rae et al. 2021, appendix A1.1; *C4* is Raffel et al. 2020, section 2.2; *FineWeb* is Penedo et
al. 2024, section 3.6. Their units are words and English punctuation; here a word is a Han character, a kana, or a
run of other letters and digits, a line is a paragraph (which is what clean text has), and marks of both widths count.
Nothing is dropped: thresholds are the user's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from itertools import chain
from operator import itemgetter

from .runs import shares_of_runs
from .sample import Sample, count_visible, take_sample
from .stopwords import COMMON_WORDS, STOPWORDS

__all__ = ["LINES_SAMPLE", "measure", "measure_sample"]

LINES_SAMPLE = 200_000
"""Code points that shares of lines are measured on: the beginning of a longer text stands for all of it."""

_WIDE = re.compile(r"[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003347f]+")
"""What is as wide as two letters: ``中``, ``가``; not ``a``."""

_TERMINAL = frozenset("。！？…；：.!?;:”’」』）)》\"'〉】]")
"""What a line of prose ends with (C4, FineWeb), closing quotes and brackets included."""

_BULLETS = frozenset("•·●○■□◆◇▪▫►▶‣⁃★☆※-*–—")
_ELLIPSES = ("…", "...", "。。。")
_SHORT = 30

_SINGLE_STOPWORDS = tuple(word for word in sorted(STOPWORDS["zh"] | STOPWORDS["ja"]) if len(word) == 1)
"""Common words that are one character: all that can occur among words of one character."""

_HAN_STOPWORDS = tuple(word for word in _SINGLE_STOPWORDS if word >= "\u4e00")
"""Those that are no kana."""


def measure(text: str) -> Mapping[str, float]:
    r"""The signals of `text`, by name; empty for a text without visible characters.

    ============================  =====================================================================================
    ``characters``                code points that are not white space (of the whole text)
    ``lines``                     lines that are not blank (of the whole text)
    ``mean_line_length``          code points a line
    ``han_share``                 Han characters among the characters
    ``letter_share``              letters of any script among the characters (Gopher: words with a letter, >= 0.8)
    ``digit_share``               digits among the characters
    ``mark_share``                everything else: punctuation, symbols
    ``mean_word_length``          code points of a word that is not Han or kana (Gopher: 3 to 10); 0.0 without any
    ``symbol_word_ratio``         ``#`` and ellipses to words (Gopher: <= 0.1)
    ``stopwords``                 different commonest words of the language that occur (Gopher: at least 2)
    ``terminal_line_share``       lines that end in terminal punctuation (FineWeb: > 0.12; C4 keeps only these)
    ``short_line_share``          lines of fewer than 30 code points, a Han character counting two (FineWeb: < 0.67)
    ``bullet_line_share``         lines that begin with a bullet (Gopher: <= 0.9)
    ``ellipsis_line_share``       lines that end in an ellipsis (Gopher: <= 0.3)
    ``duplicate_line_share``      lines that occurred before (Gopher: <= 0.3)
    ``duplicate_character_share`` characters in such lines (Gopher: <= 0.2; FineWeb: < 0.1)
    ``top_2gram_share``           characters in the commonest run of two words (Gopher: <= 0.2)
    ``top_4gram_share``           characters in the commonest run of four words (Gopher: <= 0.16)
    ``duplicate_10gram_share``    runs of ten words that occurred before (Gopher: <= 0.1)
    ``curly_brackets``            curly brackets (C4: none)
    ============================  =====================================================================================

    >>> found = measure("今天天气很好，我们去公园玩。\n好。\n好。")
    >>> found["lines"], found["han_share"], round(found["duplicate_line_share"], 2), found["terminal_line_share"]
    (3, 0.7778, 0.33, 1.0)
    """
    return measure_sample(text, take_sample(text))


def measure_sample(text: str, sample: Sample) -> Mapping[str, float]:
    """The signals of `text`, of which `sample` was taken."""
    begin = sample.text
    characters = sample.visible if len(begin) == len(text) else count_visible(text)
    if not characters:
        return {}
    size = max(1, sample.visible)
    head = text[:LINES_SAMPLE]
    lines = list(filter(None, map(str.strip, head.split("\n"))))
    all_lines = len(lines) if len(head) == len(text) else sum(map(bool, map(str.strip, text.split("\n"))))
    length = sum(map(len, lines))
    word_count = len(sample.code)
    wordy = sample.size
    signals: dict[str, float] = {
        "characters": characters,
        "lines": all_lines,
        "mean_line_length": length / max(1, len(lines)),
        "han_share": sample.han / size,
        "letter_share": (wordy - sample.digits) / size,
        "digit_share": sample.digits / size,
        "mark_share": max(0.0, 1.0 - wordy / size),
        "mean_word_length": sample.long_letters / sample.long_words if sample.long_words else 0.0,
        "symbol_word_ratio": (begin.count("#") + begin.count("…") + begin.count("...")) / max(1, word_count),
        "stopwords": _stopwords(sample),
        "curly_brackets": begin.count("{") + begin.count("}"),
    }
    signals.update(_of_lines(lines, length))
    signals.update(shares_of_runs(sample))
    # rounding takes long, and many values are 0 or 1
    return {
        name: value if value in (0.0, 1.0) or isinstance(value, int) else round(value, 4)
        for name, value in signals.items()
    }


def _stopwords(sample: Sample) -> int:
    """Different common words of the language that has most of them."""
    seen = frozenset(sample.common)
    letters = sample.letters
    if sample.han:
        singles = _SINGLE_STOPWORDS if b"\x30" in sample.rows else _HAN_STOPWORDS
        seen |= frozenset([word for word in singles if word in letters])
    found = Counter(chain.from_iterable(map(COMMON_WORDS.__getitem__, seen)))
    return max(found.values(), default=0)


def _of_lines(lines: list[str], length: int) -> Mapping[str, float]:
    """Shares of lines that have `length` code points in all."""
    total = max(1, len(lines))
    again = again_size = 0
    if len(set(lines)) < len(lines):
        counts = [(line, count - 1) for line, count in Counter(lines).items() if count > 1]
        again = sum(count for _, count in counts)
        again_size = sum(len(line) * count for line, count in counts)
    ends = sum([line.endswith(_ELLIPSES) for line in lines])
    return {
        "terminal_line_share": sum(map(_TERMINAL.__contains__, map(itemgetter(-1), lines))) / total,
        "short_line_share": _short_lines(lines) / total,
        "bullet_line_share": sum(map(_BULLETS.__contains__, map(itemgetter(0), lines))) / total,
        "ellipsis_line_share": ends / total,
        "duplicate_line_share": again / total,
        "duplicate_character_share": again_size / max(1, length),
    }


def _short_lines(lines: list[str]) -> int:
    """Lines that are less wide than 30 letters."""
    short = [line for line in lines if len(line) < _SHORT]
    if not short:
        return 0
    joined = "\n".join(short)
    if joined.isascii():
        return len(short)
    narrow = _WIDE.sub("", joined).split("\n")
    return sum(2 * len(line) - len(rest) < _SHORT for line, rest in zip(short, narrow, strict=True))
