"""Which language a text is in: by its letters, and for Latin and Cyrillic letters by the commonest short words.

No model is loaded. What is asked here is which of the languages of a web corpus a page is written in, not which of two
neighbours a tweet is; where letters and short words do not tell, nothing is said.
"""

from __future__ import annotations

import re

from .sample import Sample, take_sample
from .stopwords import COMMON_WORDS, STOPWORDS

__all__ = ["STOPWORDS", "language_of", "language_of_sample"]

MIN_LETTERS = 12
"""Fewer letters say nothing."""

_KANA_LETTER = r"[\u3041-\u3096\u30a1-\u30fa\u30fc\uff66-\uff9d]"
_KANA = re.compile(f"{_KANA_LETTER}{_KANA_LETTER}*")
"""Kana: ``の``, not ``・``; beginning with a class, it is searched for in a tight loop."""

_HANGUL_LETTER = r"[\uac00-\ud7a3\u1100-\u11ff\u3131-\u318e]"
_HANGUL = re.compile(f"{_HANGUL_LETTER}{_HANGUL_LETTER}*")
"""Hangul: ``한``, not ``〮``."""

_LETTERS: tuple[tuple[str, bytes, re.Pattern[str]], ...] = (
    ("latin", b"\x00\x01\x02\x1e", re.compile(r"[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]+")),
    ("cyrillic", b"\x04\x05", re.compile(r"[\u0400-\u052f]+")),
    ("arabic", b"\x06\x07", re.compile(r"[\u0620-\u06d3\u0750-\u077f]+")),
    ("el", b"\x03\x1f", re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]+")),
    ("he", b"\x05", re.compile(r"[\u05d0-\u05ea]+")),
    ("hi", b"\x09", re.compile(r"[\u0900-\u097f]+")),
    ("bn", b"\x09", re.compile(r"[\u0980-\u09ff]+")),
    ("ta", b"\x0b", re.compile(r"[\u0b80-\u0bff]+")),
    ("te", b"\x0c", re.compile(r"[\u0c00-\u0c7f]+")),
    ("th", b"\x0e", re.compile(r"[\u0e01-\u0e4e]+")),
    ("bo", b"\x0f", re.compile(r"[\u0f40-\u0fbc]+")),
    ("my", b"\x10", re.compile(r"[\u1000-\u109f]+")),
    ("ka", b"\x10", re.compile(r"[\u10a0-\u10ff]+")),
    ("km", b"\x17", re.compile(r"[\u1780-\u17d3]+")),
    ("mn", b"\x18", re.compile(r"[\u1820-\u1878]+")),
    ("hy", b"\x05", re.compile(r"[\u0531-\u0587]+")),
)
"""Runs of the letters of each alphabet, and the high bytes of its UTF-16; a name of two letters is the one language
that is mostly written in it."""

_PERSIAN = re.compile("[پچژگ]")
"""Letters that Persian adds to the Arabic ones: ``گ``, not ``ك``."""

_LATIN_LANGUAGES = tuple(STOPWORDS)[:18]
_CYRILLIC_LANGUAGES = ("ru", "uk", "bg")


def language_of(text: str) -> tuple[str, float] | None:
    """BCP 47 code of the main language and how sure it is, 0.0 to 1.0; ``None`` where nothing tells.

    The first 20,000 code points are looked at. Chinese is ``zh`` in either script.

    >>> language_of("今天天气很好，我们去公园玩。")
    ('zh', 0.9)
    >>> language_of("The house that they had built was on the edge of the sea.")[0], language_of("12:30")
    ('en', None)
    """
    return language_of_sample(take_sample(text))


def language_of_sample(sample: Sample) -> tuple[str, float] | None:
    """The language of a text of which a sample was taken."""
    letters = sample.letters
    if not letters:
        return _by_words(sample, _LATIN_LANGUAGES) if sample.size - sample.digits >= MIN_LETTERS else None
    seen = frozenset(sample.rows)
    kana = sum(map(len, _KANA.findall(letters))) if not seen.isdisjoint(b"\x30\xff") else 0
    hangul = 0
    if not seen.isdisjoint(b"\x11\x31") or max(seen, default=0) >= 0xAC:
        hangul = sum(map(len, _HANGUL.findall(letters)))
    # A Han character or a Hangul syllable says as much as two or three letters.
    cjk = 2 * (sample.han + kana + hangul)
    rest = sample.size - sample.digits - cjk // 2
    counts: dict[str, int] = {}
    if cjk < rest or cjk < MIN_LETTERS:
        for script, own, pattern in _LETTERS:
            if not seen.isdisjoint(own):
                counts[script] = sum(map(len, pattern.findall(letters)))
        rest = sum(counts.values())
        if cjk + rest < MIN_LETTERS:
            return None
    if cjk >= rest or 2 * max(sample.han, kana, hangul) >= max(counts.values(), default=0):
        if kana * 12 > sample.han + kana:
            return "ja", 0.9
        return ("ko", 0.9) if hangul * 3 > sample.han else ("zh", 0.9)
    script = max(counts, key=counts.__getitem__)
    if len(script) == 2:
        return script, 0.9
    if script == "arabic":
        return ("fa", 0.8) if _PERSIAN.search(letters) else ("ar", 0.8)
    return _by_words(sample, _CYRILLIC_LANGUAGES if script == "cyrillic" else _LATIN_LANGUAGES)


def _by_words(sample: Sample, languages: tuple[str, ...]) -> tuple[str, float] | None:
    """The language most of whose short words occur, if it stands out."""
    total = sample.word_count - sample.decimals
    if total < 8:
        return None
    found = dict.fromkeys(languages, 0)
    for word, count in sample.common.items():
        for language in COMMON_WORDS[word]:
            if language in found:
                found[language] += count
    (best, language), (second, _) = sorted(((count, language) for language, count in found.items()), reverse=True)[:2]
    if best < 0.08 * total:
        return None
    return language, round(min(0.9, 0.5 + (best - second) / total * 2), 2)
