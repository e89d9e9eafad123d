"""Letters of languages by frequency: ``python tools/make_alphabets.py`` writes ``data/decoding/alphabets.json``.

Counted are the names that CLDR has in each language (of languages, countries, currencies, scripts, variants, time
zones, units, days and months), read through Babel. Only letters beyond ASCII are kept, with what each costs in nats
among them; letters of other scripts, which foreign names bring in, are left out.
Needs ``pip install 'corpusclean[train]'``.
"""

from __future__ import annotations

import json
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from babel import Locale

TARGET = Path(__file__).parents[1] / "src/corpusclean/data/decoding/alphabets.json"
LANGUAGES = (
    "af ar be bg ca cs cy da de el eo es et eu fa fi fo fr fy ga gd gl he hr hu is it kk lt lv mk mt nb nl pl pt ro ru "
    "sk sl sq sr sv th tr uk"
)
FIELDS = ("languages", "territories", "currencies", "variants", "scripts", "days", "months", "time_zones", "meta_zones")
MORE = ("unit_display_names", "unit_patterns", "date_fields")
ALPHABETS = {  # letters beyond ASCII that a language writes, for those that too few names have
    "ca": "àçéèíïóòúü", "cs": "áčďéěíňóřšťúůýž", "cy": "âêîôûŵŷëïö", "da": "æøåé", "de": "äöüß", "eo": "ĉĝĥĵŝŭ",
    "es": "áéíñóúü", "et": "äõöüšž", "fi": "äöåšž", "fo": "áðíóúýæø", "fr": "àâæçéèêëîïôœùûüÿ", "hr": "čćđšž",
    "hu": "áéíóöőúüű", "is": "áðéíóúýþæö", "it": "àèéìòù", "lt": "ąčęėįšųūž", "lv": "āčēģīķļņšūž", "mt": "ċġħżàèìòù",
    "nb": "æøåéòôó", "nl": "éëïóöè", "pl": "ąćęłńóśźż", "pt": "ãáâàçéêíóôõúü", "ro": "ăâîșțşţ", "ru": "ёъщ",
    "sk": "áäčďéíĺľňóôŕšťúýž", "sl": "čšž", "sv": "åäöé", "tr": "çğıöşüâîû", "uk": "єґщїі", "be": "ёіў", "bg": "щъьюя",
    "mk": "ѓќѕ", "sr": "ђћџљњј", "el": "ΐΰϊϋάέήίόύώς", "he": "ץף", "sq": "ëç", "gl": "áéíñóúü", "kk": "ёщъ",
}  # fmt: skip
LEAST = 0.002  # share of the letters beyond ASCII that a letter needs
PRIOR = 60  # sightings that are spread over the letters of a language, since names are few


def strings(value: Any) -> Iterator[str]:
    """All strings in nested mappings and sequences."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping) or hasattr(value, "values"):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from strings(item)


def script(char: str) -> str:
    """The first word of a character's name, such as ``LATIN``."""
    return unicodedata.name(char, "?").split()[0]


def letters(language: str) -> dict[str, float]:
    """What each lower-case letter beyond ASCII costs in a language, in nats."""
    locale = Locale.parse(language)
    sources = [getattr(locale, name) for name in FIELDS] + [locale._data.get(name, {}) for name in MORE]
    counts = Counter(
        char
        for text in strings(sources)
        for char in text.lower()
        if char > "\x7f" and (char.isalpha() or unicodedata.combining(char))
    )
    own = Counter(map(script, counts.elements())).most_common(1)[0][0] if language in NOT_LATIN else "LATIN"
    counts = Counter({char: count for char, count in counts.items() if script(char) == own and char not in "ªº"})
    total = counts.total()
    for char in ALPHABETS.get(language, ""):
        counts[char] = max(counts[char], 2, math.ceil(LEAST * total))
    kept = {char: count for char, count in counts.items() if count >= max(2, LEAST * total)}
    if language == "ro":  # encodings older than Unicode 3.0 write commas as cedillas
        kept |= {"ş": kept["ș"], "ţ": kept["ț"]}
    even = PRIOR / len(kept)
    whole = sum(kept.values()) + PRIOR
    return {char: round(-math.log((count + even) / whole), 2) for char, count in sorted(kept.items())}


NOT_LATIN = frozenset(("ar", "be", "bg", "el", "fa", "he", "kk", "mk", "ru", "sr", "th", "uk"))


def main() -> None:
    table = {language: letters(language) for language in LANGUAGES.split()}
    TARGET.write_text(json.dumps(table, ensure_ascii=False, indent=0, separators=(",", ":")) + "\n", "utf-8")
    print(TARGET, TARGET.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
