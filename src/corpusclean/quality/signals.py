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

from .language import STOPWORDS

__all__ = ["SAMPLE", "measure"]

SAMPLE = 200_000
"""Code points that shares are measured on: the beginning of a longer text stands for all of it."""

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003347f]+")
_KANA_HANGUL = re.compile(r"[\u3041-\u30ff\uac00-\ud7a3]+")
_DIGITS = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\W\d_]+")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(
    r"[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003347f]|[^\W_]+?(?=[\u3041-\u9fff]|\b|_)"
)
"""A word: each of ``好`` ``天`` ``web3``; no mark is one."""

_TERMINAL = tuple("。！？…；：.!?;:”’」』）)》\"'〉】]")
"""What a line of prose ends with (C4, FineWeb), closing quotes and brackets included."""

_BULLETS = tuple("•·●○■□◆◇▪▫►▶‣⁃★☆※-*–—")
_ELLIPSES = ("…", "...", "。。。")
_SYMBOLS = re.compile(r"#|…|\.\.\.")
_SHORT = 30


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
    sample = text[:SAMPLE]
    visible = _SPACE.sub("", sample)
    size = len(visible)
    if not size:
        return {}
    characters = size if len(sample) == len(text) else len(text) - sum(map(len, _SPACE.findall(text)))
    lines = [line for line in map(str.strip, sample.split("\n")) if line]
    all_lines = len(lines) if len(sample) == len(text) else sum(1 for line in text.split("\n") if line.strip())
    words = _WORD.findall(sample)
    han, letters, digits = (sum(map(len, kind.findall(visible))) for kind in (_HAN, _LETTERS, _DIGITS))
    long_words = [len(word) for word in words if len(word) > 1 or word.isascii()]
    signals: dict[str, float] = {
        "characters": characters,
        "lines": all_lines,
        "mean_line_length": sum(map(len, lines)) / len(lines),
        "han_share": han / size,
        "letter_share": letters / size,
        "digit_share": digits / size,
        "mark_share": max(0.0, 1.0 - (letters + digits) / size),
        "mean_word_length": sum(long_words) / len(long_words) if long_words else 0.0,
        "symbol_word_ratio": len(_SYMBOLS.findall(sample)) / max(1, len(words)),
        "stopwords": _stopwords(words),
        "curly_brackets": sample.count("{") + sample.count("}"),
    }
    signals.update(_of_lines(lines))
    signals.update(_of_runs(words))
    return {name: value if isinstance(value, int) else round(value, 4) for name, value in signals.items()}


def _stopwords(words: list[str]) -> int:
    """Different common words of the language that has most of them."""
    seen = set(map(str.lower, set(words)))
    return max(len(seen & common) for common in STOPWORDS.values())


def _of_lines(lines: list[str]) -> Mapping[str, float]:
    """Shares of lines."""
    total = len(lines)
    counts = Counter(lines)
    again = [(line, count - 1) for line, count in counts.items() if count > 1]
    short = sum(1 for line in lines if len(line) < _SHORT and len(line) + sum(map(len, _wide(line))) < _SHORT)
    return {
        "terminal_line_share": sum(line.endswith(_TERMINAL) for line in lines) / total,
        "short_line_share": short / total,
        "bullet_line_share": sum(line.startswith(_BULLETS) for line in lines) / total,
        "ellipsis_line_share": sum(line.endswith(_ELLIPSES) for line in lines) / total,
        "duplicate_line_share": sum(count for _, count in again) / total,
        "duplicate_character_share": sum(len(line) * count for line, count in again) / sum(map(len, lines)),
    }


def _wide(line: str) -> list[str]:
    return _HAN.findall(line) + _KANA_HANGUL.findall(line)


def _of_runs(words: list[str]) -> Mapping[str, float]:
    """Shares of repeated runs of words."""
    size = max(1, sum(map(len, words)))
    shares: dict[str, float] = {}
    for length in (2, 4):
        runs = Counter(zip(*(words[start:] for start in range(length)), strict=False))
        share = 0.0
        if runs:
            run, count = runs.most_common(1)[0]
            share = min(1.0, count * sum(map(len, run)) / size) if count > 1 else 0.0
        shares[f"top_{length}gram_share"] = share
    total = max(0, len(words) - 9)
    # Hashes instead of the runs themselves: a tenth of the memory, and two of 200,000 runs never share one.
    distinct = len(set(map(hash, zip(*(words[start:] for start in range(10)), strict=False)))) if total else 0
    shares["duplicate_10gram_share"] = (total - distinct) / total if total else 0.0
    return shares
