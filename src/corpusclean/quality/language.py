"""Which language a text is in: by its letters, and for Latin and Cyrillic letters by the commonest short words.

No model is loaded. What is asked here is which of the languages of a web corpus a page is written in, not which of two
neighbours a tweet is; where letters and short words do not tell, nothing is said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

__all__ = ["STOPWORDS", "language_of"]

SAMPLE = 20_000
"""Code points looked at."""

MIN_LETTERS = 12
"""Fewer letters say nothing."""

_LETTERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("han", re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003347f]+")),
    ("kana", re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u30fc\uff66-\uff9d]+")),
    ("hangul", re.compile(r"[\uac00-\ud7a3\u1100-\u11ff\u3131-\u318e]+")),
    ("latin", re.compile(r"[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]+")),
    ("cyrillic", re.compile(r"[\u0400-\u052f]+")),
    ("arabic", re.compile(r"[\u0620-\u06d3\u0750-\u077f]+")),
    ("el", re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]+")),
    ("he", re.compile(r"[\u05d0-\u05ea]+")),
    ("hi", re.compile(r"[\u0900-\u097f]+")),
    ("bn", re.compile(r"[\u0980-\u09ff]+")),
    ("ta", re.compile(r"[\u0b80-\u0bff]+")),
    ("te", re.compile(r"[\u0c00-\u0c7f]+")),
    ("th", re.compile(r"[\u0e01-\u0e4e]+")),
    ("bo", re.compile(r"[\u0f40-\u0fbc]+")),
    ("my", re.compile(r"[\u1000-\u109f]+")),
    ("ka", re.compile(r"[\u10a0-\u10ff]+")),
    ("km", re.compile(r"[\u1780-\u17d3]+")),
    ("mn", re.compile(r"[\u1820-\u1878]+")),
    ("hy", re.compile(r"[\u0531-\u0587]+")),
)
"""Runs of the letters of each script; a name of two letters is the one language that is mostly written in it."""

_ASCII_LETTERS = tuple(row for row in _LETTERS if row[0] == "latin")

STOPWORDS: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in (
        (
            "en",
            "the of and to in is that for it with as was on be are this by at from or have an not you which but they",
        ),
        (
            "de",
            "der die und das in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er",
        ),
        ("fr", "de la le et les des en un du une que est pour qui dans par plus sur au avec ce pas il sont ne se aux"),
        (
            "es",
            "de la que el en y los del se las por un para con no una su al es lo como más pero sus le ya o este fue",
        ),
        (
            "it",
            "di che e la il un a per in una è non sono da del con le si dei della i al più come lo ha anche gli nel",
        ),
        (
            "pt",
            "de a o que e do da em um para com não uma os no se na por mais as dos como mas foi ao ele das tem à seu",
        ),
        (
            "nl",
            "de van het een en in is dat op te zijn voor met die niet aan er om ook als dan maar bij uit nog naar door",
        ),
        ("sv", "och i att det som en på är av för med till den har de inte om ett han men var jag sig från vi så kan"),
        (
            "da",
            "og i at det som en på er af for med til den har de ikke om et han men var jeg sig fra vi så kan der blev",
        ),
        (
            "no",
            "og i å det som en på er av for med til den har de ikke om et han men var jeg seg fra vi så kan ble etter",
        ),
        (
            "fi",
            "ja on ei se että hän oli ovat mutta myös kun niin joka mitä sen tai vain kuin ole ollut sitä nyt jo sekä",
        ),
        (
            "pl",
            "i w na z do nie się że to jest o jak po co tak za od przez ale dla czy ich był tym oraz są jego które być",
        ),
        ("cs", "a v se na je že s z do o to k i jako za ve by po ale pro od který jsou jeho být byl také nebo podle"),
        ("ro", "și de la în a cu pe nu că o un este din pentru mai care sunt se fi au ce sau fost lui prin dar după"),
        ("hu", "a az és hogy nem is egy ez meg de csak van el volt már még mint ha vagy ki lehet azt után kell minden"),
        ("tr", "ve bir bu da de için ile çok ne daha gibi o olarak en ama olan var kadar sonra her değil ki mi olduğu"),
        ("id", "yang dan di dengan untuk dari ini pada itu tidak dalam akan adalah juga ke oleh atau ada sebagai bisa"),
        ("vi", "và của là có các cho không được trong một với người những đã này khi để đến về từ như tôi ra nhiều"),
        ("ru", "и в не на что с по как это он к но из у за о все так его для от бы же она был только или мы их также"),
        (
            "uk",
            "і в не на що з та як це він до але у за про все так його для від би же вона був тільки або ми їх також є",
        ),
        ("bg", "и на да за се е от в с по не са че като до това при или но ще към след само както бе във който които"),
        ("zh", "的 了 是 在 和 有 不 我 他 这 這 中 大 来 來 上 国 國 个 個 到 说 說 们 們 为 為 与 與 也 就 对 對"),
        (
            "ja",
            "の に は を た が で て と し れ さ ある いる も する から な こと として い や など なっ ない この ため",
        ),
    )
}
"""Commonest short words, written down for this package from general knowledge of the languages (no list was copied)."""

_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> tuple[str, float] | None:
    """BCP 47 code of the main language and how sure it is, 0.0 to 1.0; ``None`` where nothing tells.

    The first 20,000 code points are looked at. Chinese is ``zh`` in either script.

    >>> language_of("今天天气很好，我们去公园玩。")
    ('zh', 0.9)
    >>> language_of("The house that they had built was on the edge of the sea.")[0], language_of("12:30")
    ('en', None)
    """
    sample = text[:SAMPLE]
    scripts = _ASCII_LETTERS if sample.isascii() else _LETTERS
    counts = dict.fromkeys(("han", "kana", "hangul"), 0)
    counts |= {script: sum(map(len, pattern.findall(sample))) for script, pattern in scripts}
    # A Han character or a Hangul syllable says as much as two or three letters.
    weighed = {script: count * (2 if script in ("han", "kana", "hangul") else 1) for script, count in counts.items()}
    total = sum(weighed.values())
    if total < MIN_LETTERS:
        return None
    cjk = weighed["han"] + weighed["kana"] + weighed["hangul"]
    script = max(weighed, key=lambda name: weighed[name])
    if cjk * 2 >= total or script in ("han", "kana", "hangul"):
        if counts["kana"] * 12 > counts["han"] + counts["kana"]:
            return "ja", 0.9
        return ("ko", 0.9) if counts["hangul"] * 3 > counts["han"] else ("zh", 0.9)
    if len(script) == 2:
        return script, 0.9
    if script == "arabic":
        return ("fa", 0.8) if re.search("[پچژگ]", sample) else ("ar", 0.8)
    return _by_words(sample, ("ru", "uk", "bg") if script == "cyrillic" else tuple(STOPWORDS)[:18])


def _by_words(sample: str, languages: tuple[str, ...]) -> tuple[str, float] | None:
    """The language most of whose short words occur, if it stands out."""
    words = Counter(_WORD.findall(sample.lower()))
    total = words.total()
    shares = sorted(
        ((sum(words[word] for word in STOPWORDS[language]) / total, language) for language in languages), reverse=True
    )
    (best, language), (second, _) = shares[:2]
    if best < 0.08 or total < 8:
        return None
    return language, round(min(0.9, 0.5 + (best - second) * 2), 2)
