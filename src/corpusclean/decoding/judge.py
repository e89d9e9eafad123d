r"""The judge of encodings: which one makes the likeliest text of some bytes.

Every East Asian encoding reads a bounded sample. An error is dear but does not disqualify, so that a lost byte does not
decide. The cheapest reading wins; a label makes its encoding cheaper, by less than a few characters of real text. Of
what no East Asian reading makes sense of, the alphabets of languages are asked (:mod:`.alphabets`), then chardet.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ..patterns import lazy_pattern
from .alphabets import Alphabetic, best_alphabet
from .binary import without_controls
from .plausibility import price
from .whatwg import encoding, escape, is_single_byte, name_of

__all__ = ["EAST_ASIAN", "Opinion", "Verdict", "east_asian_price", "judge", "take_sample"]

GLANCE = 100  # bytes that are looked at first
SAMPLE = 900  # bytes of lines with non-ASCII text that statistics look at
_WINDOW = 1 << 16  # bytes at the start, in the middle and at the end from which they are taken
CREDIBLE = 9.6  # nats per character: real text is cheaper, misread text is dearer (few characters get more room)
_HIGH_BYTES = bytes(range(0x80, 0x100))
_ESCAPED = lazy_pattern("[\udc80-\udcff]+")
_A_FEW = 8  # bytes beyond ASCII that are looked at word by word
_BEYOND_ASCII = lazy_pattern("[^\0-\x7f]+")
_SMALL = re.compile("[a-z]")
_LONELY_KANA = lazy_pattern("(?<![^\0-\x7f])[\uff61-\uff9f]{1,2}(?![^\0-\x7f])")  # matches `ｩ 2020`; not `ｶﾀｶﾅ`
_LONELY = 6.0  # nats: half-width kana that are alone are signs of Latin-1: ``©``, ``«``
_HIGH = re.compile(rb"[\x80-\xff]")

# encoding, languages, what an encoding costs for being rarer than GBK
_EAST = (
    ("gb18030", ("hans", "hant"), 0.0),
    ("big5", ("hant",), 0.5),
    ("shift_jis", ("ja",), 1.0),
    ("euc-kr", ("ko",), 1.5),
    ("euc-jp", ("ja",), 3.0),
)


_NO_MATCH = 0.1  # the confidence with which chardet says that it knows nothing
_CLEAR = 12.0  # nats by which an alphabet leads where it needs no second opinion
_AHEAD = 5.0  # nats by which it leads where chardet, unsure, gives way
_FITS = 4.6  # nats for each byte beyond ASCII, that words of a language cost at most
_UNLIKELY = 5.6  # nats from which on they are no words
_GUESSING = 0.3  # confidence below which chardet is guessing
_MODEST = 0.7  # confidence below which chardet gives way to a declared single-byte encoding
_LITTLE = 24  # bytes that windows-1252 is heard on too
_LATIN = 3.0
_WIDE = 7.0  # nats: UTF-16 without a mark and without a NUL is rare

EAST_ASIAN = frozenset(name for name, _, _ in _EAST)


class Opinion(NamedTuple):
    """What the judge holds of one encoding: nats (less is better), nats per character, language, and errors."""

    name: str
    cost: float
    mean: float
    language: str
    errors: int


class Verdict(NamedTuple):
    """The winning encoding with the probability that it is right, who decided, and every opinion heard."""

    name: str
    confidence: float
    source: str
    opinions: tuple[Opinion, ...]
    guess: str | None


def take_sample(data: bytes, size: int = SAMPLE) -> bytes:
    r"""Lines of `data` that are not ASCII: from its start, its middle and its end, about `size` bytes.

    A line starts on a character in every encoding; of a very long line only a part from its first non-ASCII byte on
    is taken.

    >>> take_sample(b"<html>\n\xc4\xe3\xba\xc3\n", 8)
    b'\xc4\xe3\xba\xc3'
    """
    if len(data) <= size:
        return data
    windows = [data]
    if len(data) > 3 * _WINDOW:
        middle = data.find(b"\n", len(data) // 2) + 1 or len(data) // 2
        end = data.find(b"\n", len(data) - _WINDOW) + 1 or len(data) - _WINDOW
        windows = [data[:_WINDOW], data[middle : middle + _WINDOW], data[end:]]
    share = size // len(windows)
    parts: list[bytes] = []
    for window in windows:
        taken = 0
        at = 0
        while taken < share and (found := _HIGH.search(window, at)):
            stop = window.find(b"\n", found.start())
            stop = len(window) if stop < 0 else stop
            start = max(at, window.rfind(b"\n", 0, found.start()) + 1)
            if found.start() - start > 80:
                start = found.start()
            line = window[start : min(stop, start + max(share - taken, 64))]
            parts.append(line)
            taken += len(line)
            at = stop
    return b"\n".join(parts)


def _hear(sample: bytes, credit: Mapping[str, float]) -> list[Opinion]:
    """The opinions on the East Asian encodings, the best first."""
    heard: list[Opinion] = []
    for name, languages, prior in _EAST:
        text = escape(sample, encoding(name).codec).replace("\udc80", "€" if name == "gb18030" else "\udc80")
        if text and "\udc80" <= text[-1] <= "\udcff" and not text[:-1].isascii():
            text = text[:-1]  # the sample may end within a character; a byte that is alone is no character cut short
        cost, mean, language = price(text, languages)
        errors = len(text) - len(_ESCAPED.sub("", text))
        if name == "shift_jis" and (lonely := len(_LONELY_KANA.findall(text))):
            cost += _LONELY * lonely
            mean += _LONELY * lonely / _count_high(sample)
        heard.append(Opinion(name, cost + prior - credit.get(name, 0.0), mean, language, errors))
    return sorted(heard, key=lambda opinion: opinion.cost)


def _unicode_opinions(sample: bytes) -> Iterable[Opinion]:
    """The opinions on UTF-16 in both byte orders."""
    even = sample[: len(sample) & ~1]
    for name in ("utf-16le", "utf-16be"):
        text = even.decode("utf-16-" + name[-2:], "replace")
        cost, mean, language = price(text, ("any",))
        yield Opinion(name, cost + _WIDE, mean, language, text.count("\ufffd"))


def _latin_opinion(data: bytes) -> Opinion:
    """The opinion on windows-1252 for a few bytes, which are too few to ask chardet about."""
    text = escape(data, "cp1252")
    cost, mean, language = price(text, ("any",))
    return Opinion("windows-1252", cost + _LATIN, mean, language, len(text) - len(_ESCAPED.sub("", text)))


def judge(data: bytes, credit: Mapping[str, float], *, utf16: bool = False) -> Verdict:
    """Judge bytes that are not UTF-8.

    Args:
        data: bytes, some of them not ASCII.
        credit: nats that labels give their encodings.
        utf16: whether UTF-16 is to be heard too.
    """
    sample = data[:SAMPLE] if utf16 else without_controls(take_sample(data, GLANCE))
    heard = _hear(sample, credit)
    if not utf16 and len(data) > GLANCE and not _plain_case(heard, _count_high(sample)):
        sample = without_controls(take_sample(data))
        heard = _hear(sample, credit)
    if len(data) <= _LITTLE:
        heard = sorted([*heard, _latin_opinion(data)], key=lambda opinion: opinion.cost)
    if utf16:
        heard = sorted([*heard, *_unicode_opinions(sample)], key=lambda opinion: opinion.cost)
    best = heard[0]
    count = _count_high(sample)
    few = count * 3 > len(sample) and not best.errors
    room = CREDIBLE + (8.0 / max(1, count / 4) if few else -1.0 if best.errors and count < 40 else 0.0)
    certainty = _certainty(heard)
    fit: Alphabetic | None = None
    if count <= _A_FEW and best.name not in credit and _lie_in_words(sample, best.name):
        fit = best_alphabet(data, credit)
        if fit is not None and fit.mean < _FITS:
            return Verdict(fit.name, 0.9 / (1 + math.exp(-fit.lead / 4)), "alphabet", tuple(heard), None)
    if best.mean <= room:
        return Verdict(best.name, certainty, "plausibility", tuple(heard), None)
    fit = fit or best_alphabet(data, credit)
    if fit is not None and fit.lead >= _CLEAR and fit.mean < _FITS:
        return Verdict(fit.name, 1 / (1 + math.exp(-fit.lead / 4)), "alphabet", tuple(heard), None)
    guess, trust = _ask_chardet(without_controls(data))
    weak = trust < _GUESSING or (fit is not None and fit.lead >= _AHEAD and trust < _MODEST and guess not in EAST_ASIAN)
    if fit is not None and weak and fit.mean < _UNLIKELY:
        return Verdict(fit.name, 0.95 / (1 + math.exp(-fit.lead / 4)), "alphabet", tuple(heard), guess)
    if trust < _GUESSING and count * 3 < len(sample):
        guess, trust = "windows-1252", 0.5  # a few signs say little; this is where most of them come from
    if guess is not None:
        trust += (0.98 - trust) * min(1.0, count / 40)  # chardet is too modest about text of some length
    single = guess is not None and guess not in EAST_ASIAN
    label = max(credit, key=lambda name: credit[name], default=None)
    if guess is not None and single:
        if label is not None and label != guess and trust < _MODEST and is_single_byte(label) and credit[label] > 1.0:
            return Verdict(label, 0.6, "label", tuple(heard), guess)
        return Verdict(guess, trust, "chardet", tuple(heard), guess)
    if guess is not None and best.mean < 13.5:
        return Verdict(best.name if best.name == guess else guess, trust * 0.9, "chardet", tuple(heard), guess)
    if best.mean < 11.5:
        return Verdict(best.name, certainty * 0.5, "plausibility", tuple(heard), guess)
    known = label is not None and is_single_byte(label)
    return Verdict(label if label and known else "windows-1252", 0.1, "fallback", tuple(heard), guess)


def _lie_in_words(sample: bytes, name: str) -> bool:
    """Whether all that East Asian encoding `name` sees are single characters within words of Latin letters.

    >>> _lie_in_words("Kraków".encode("iso8859-2"), "gb18030"), _lie_in_words("K歌, app下载".encode("gbk"), "gb18030")
    (True, False)
    """
    if name not in EAST_ASIAN:
        return False
    codec = encoding(name).codec
    text = _ESCAPED.sub("", escape(sample, codec))
    for run in _BEYOND_ASCII.finditer(text):
        char = run[0]
        if len(char) > 1:
            return False
        letters = text[run.start() - 1 : run.start()] + text[run.end() : run.end() + 1]
        if not (_SMALL.search(letters) or _SMALL.search(char.encode(codec, "ignore").decode("ascii", "ignore"))):
            return False
    return True


def east_asian_price(data: bytes) -> float:
    """What bytes cost in the East Asian encoding that makes most of them; give a few hundred bytes at most."""
    return _hear(data, {})[0].cost


def _count_high(sample: bytes) -> int:
    return len(sample) - len(sample.translate(None, _HIGH_BYTES))


def _plain_case(heard: list[Opinion], count: int) -> bool:
    """Whether a glance is enough: one encoding far ahead with likely text, or none anywhere near it."""
    first, second = heard[0], heard[1]
    return (count >= 30 and (first.mean < 8.5 and second.cost - first.cost > 60)) or first.mean > 11.5


def _certainty(heard: list[Opinion]) -> float:
    """Probability of the best of several opinions; each nat of text is worth a little less than a nat of evidence."""
    best = heard[0].cost
    return 1 / sum(math.exp(max(-60.0, (best - other.cost) * 0.7)) for other in heard)


def _ask_chardet(data: bytes) -> tuple[str | None, float]:
    """Chardet's encoding by WHATWG's name, and its confidence."""
    import chardet

    found = chardet.detect(data[:200_000], compat_names=False, include_encodings=_HEARD)
    label = found["encoding"]
    if found["confidence"] <= _NO_MATCH:
        return None, 0.0
    name = name_of(_ALIASES.get(label, label).replace("_", "-")) if label else None
    return name or (name_of(label) if label else None), float(found["confidence"])


# What chardet is asked about, by its names: asking about fewer encodings is what makes it twice as fast.
_HEARD = (
    *("gb18030", "big5hkscs", "cp932", "cp949", "euc_kr", "euc_jis_2004", "shift_jis_2004"),
    *("cp874", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258"),
    *("iso8859-1", "iso8859-2", "iso8859-3", "iso8859-4", "iso8859-5", "iso8859-6", "iso8859-7", "iso8859-8"),
    *("iso8859-9", "iso8859-10", "iso8859-13", "iso8859-14", "iso8859-15", "iso8859-16"),
    *("koi8-r", "koi8-u", "tis-620", "cp866", "mac-cyrillic", "mac-roman"),
)
_ALIASES = {
    "gb2312": "gb18030",
    "big5hkscs": "big5",
    "cp932": "shift_jis",
    "shift_jis_2004": "shift_jis",
    "euc_jis_2004": "euc-jp",
    "cp949": "euc-kr",
    "tis-620": "windows-874",
    "cp874": "windows-874",
    "mac-roman": "macintosh",
    "mac-cyrillic": "x-mac-cyrillic",
    "kz1048": "windows-1251",
    "iso8859-1": "windows-1252",
}
