"""How Traditional text came to be: written so, or made from Simplified one character at a time."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from ..patterns import lazy_pattern
from .charclass import gate
from .conversions import Conversions
from .dictionaries import read_choices
from .differences import differences
from .engine import converter
from .evidence import first_level
from .guards import guarded

__all__ = ["Evidence", "asks_for_traditional", "naive_evidence", "naive_likelihood", "region_of"]

_SAMPLE = 20_000
_GLANCE = 1_200  # code points that are looked at at once
_PLENTY = 16  # pieces of evidence that decide, if hardly any speaks against the others
_EITHER = str.maketrans(
    "爲裏羣着衆峯牀啓綫喫麪僞纔鉢説産户溼閲脱鷄脣污蹟迹佔佈甕秘痴杯唸週鑒巖臺",
    "為裡群著眾峰床啟線吃麵偽才缽說產戶濕閱脫雞唇汙跡跡占布瓮祕癡盃念周鑑岩台",
)


_TAKEN_ANYWAY = "准划据"  # good Traditional characters too, which careless converters change all the same


_SPELLED = {chr(code): chr(standard) for code, standard in _EITHER.items()}
_DIFFERENT = re.compile(b"\1")
_SURNAMES = "于范余"
_SURNAME = lazy_pattern(
    f"[{_SURNAMES}](?=先生|小姐|女士|太太|老師|教授|委員|醫[生師]|律師|主任|經理|[部院校局科處縣市]長|董事|同學|某)"
)
"""Surnames that are written so in Traditional too. Match: ``范先生``; near miss: ``范圍``."""


@cache
def _careless() -> dict[str, str]:
    """What a careless converter makes of each character: itself where it is also a Traditional one, else the first."""
    return {char: char if char in forms else forms[0] for char, forms in read_choices("STCharacters.txt")}


@cache
def _native() -> frozenset[tuple[str, str]]:
    """Pairs of a Simplified character and a Traditional form that no careless converter writes for it.

    Real converters leave 后, 里, 干 and the like, which Big5 has among its frequent characters; those that it has
    among the rare ones (党, 确, 极) they change in spite of OpenCC's list.
    """
    pairs: set[tuple[str, str]] = set()
    for char, forms in read_choices("STCharacters.txt"):
        if char not in forms:
            pairs.update((char, form) for form in forms[1:])
        elif first_level(char, "big5") and char not in _TAKEN_ANYWAY:
            pairs.update((char, form) for form in forms if form != char)
    either = [(char, form.translate(_EITHER)) for char, form in pairs]
    return frozenset((char, form) for char, form in either if char != form)


@cache
def _native_gate() -> re.Pattern[str]:
    """The forms that no careless converter writes, however they are spelled. Match: ``裡``; near miss: ``里``."""
    forms = {form for _, form in _native()}
    spelled = {chr(code) for code, standard in _EITHER.items() if chr(standard) in forms}
    return gate((forms - {chr(code) for code in _EITHER}) | spelled)


class Evidence(NamedTuple):
    """What speaks for a careless converter, and against it.

    Attributes:
        left: characters that a careless converter would leave so, where words ask for another form.
        written: how many characters no careless converter could have made.
    """

    left: str
    written: int

    @property
    def made(self) -> int:
        """How many characters speak for a careless converter."""
        return len(self.left)

    @property
    def is_plenty(self) -> bool:
        """Whether it decides: there is enough of it, and hardly any speaks against the rest."""
        total = len(self.left) + self.written
        return total >= _PLENTY and 8 * min(len(self.left), self.written) <= total

    @property
    def likelihood(self) -> float:
        """How likely a careless converter was at work, 0.0 to 1.0."""
        likelihood = (len(self.left) + 0.3) / (len(self.left) + self.written + 1)
        distinct = set(self.left)
        if len(distinct) > 1 or not distinct.isdisjoint("后里于"):  # which hardly occur otherwise
            return likelihood
        return min(likelihood, 0.45 + min(len(self.left), 4) / 100)

    def also(self, other: Evidence) -> Evidence:
        """Both together."""
        return Evidence(self.left + other.left, self.written + other.written)


def naive_evidence(text: str, simplified: str | None = None) -> Evidence:
    """Weigh Traditional `text` for a careless converter and against it; `simplified` is what ``tw2s`` makes of it.

    The text is taken to Simplified and back by words. A character for which words give another form, while
    a careless converter gives the very one that stands there, speaks for it (里 in 心里, 發 in 頭發). One that no
    careless converter could have made speaks against it (裡, 後, 於).

    >>> naive_evidence("頭發白了以后")
    Evidence(left='發后', written=0)
    >>> naive_evidence("頭髮白了以後")
    Evidence(left='', written=2)
    """
    if simplified is None:
        simplified = converter("tw2s").convert(text)
    proper = converter("s2tw").convert(simplified)
    if len(simplified) != len(text) or len(proper) != len(text):
        return Evidence("", 0)
    native = _native()
    written = 0
    for found in _native_gate().finditer(text):
        place = found.start()
        written += (simplified[place], _SPELLED.get(found[0], found[0])) in native
    careless, left, alike = _careless(), "", True
    differs = differences(text, proper)
    spelled = _SPELLED.get
    for place in (different.start() for different in _DIFFERENT.finditer(differs)):
        stands, meant, char = text[place], proper[place], simplified[place]
        stands = spelled(stands, stands)
        if stands != spelled(meant, meant):
            alike = False
            given = careless.get(char, char)
            if spelled(given, given) == stands and not (stands in _SURNAMES and _SURNAME.match(text, place)):
                left += stands
    if alike and written and simplified.translate(_careless_table()) == text.translate(_EITHER):
        return Evidence("", 0)  # either converter gives what stands there: nothing tells
    return Evidence(left, written)


@cache
def _careless_table() -> dict[int, str]:
    """The same for ``str.translate``, with one spelling of each character."""
    return {ord(char): form.translate(_EITHER) for char, form in _careless().items()} | {
        code: chr(standard) for code, standard in _EITHER.items() if chr(code) not in _careless()
    }


def asks_for_traditional(text: str) -> bool:
    """Whether a text in which no character tells is Simplified by its words, as 里面 and 什么 are.

    >>> asks_for_traditional("什么"), asks_for_traditional("皇后"), asks_for_traditional("里程和裡面")
    (True, False, False)
    """
    text = text[:_SAMPLE]
    proper = guarded("s2tw")(text)
    return proper.translate(_EITHER) != text.translate(_EITHER) and not naive_evidence(text).written


def naive_likelihood(text: str, known: Conversions | None = None) -> float:
    """How likely Traditional `text` was made from Simplified one character at a time, 0.0 to 1.0.

    It is judged by its beginning: 1,200 code points at a time, until the evidence decides, and 20,000 at most. One kind
    of character alone does not carry the likelihood above one half, as the dictionary may be wrong about it, unless it
    is 后, 里 or 于.

    What is converted for it is remembered in `known`.

    >>> naive_likelihood("頭發白了以后") > 0.5 > naive_likelihood("頭髮白了以後")
    True
    """
    whole = known.learn(text) if known is not None else None
    if whole is not None and len(whole) != len(text):
        whole = None
    found = Evidence("", 0)
    for at in range(0, min(len(text), _SAMPLE), _GLANCE):
        end = min(at + _GLANCE, _SAMPLE)
        found = found.also(naive_evidence(text[at:end], whole if whole is None else whole[at:end]))
        if found.is_plenty:
            break
    return found.likelihood


_TAIWAN = lazy_pattern(
    "軟體|硬體|網路|程式碼|伺服器|印表機|螢幕|資料庫|計程車|行動電話|原始碼|部落格|影片|簡訊|公車|捷運|雷射|支援|作業系統"
)
_HONG_KONG = lazy_pattern("[嘅咗喺啲哋嚟嗰冇佢]|巴士|的士|港鐵|軟件|網絡|屋苑|樓宇|公屋|立法會|特首|行政長官")
"""Words of one place. Match: ``港鐵站``; near miss: ``地鐵站``."""


def region_of(text: str) -> Literal["tw", "hk"] | None:
    """Taiwan or Hong Kong, where several different words and forms of one place stand and hardly any of the other.

    >>> region_of("這個軟體在網路上，伺服器裡面"), region_of("這個軟體")
    ('tw', None)
    """
    text = text[:_SAMPLE]
    taiwan, hong_kong = _TAIWAN.findall(text), _HONG_KONG.findall(text)
    if len(set(taiwan)) > 2 and len(taiwan) > 9 * len(hong_kong):
        return "tw"
    if len(set(hong_kong)) > 2 and len(hong_kong) > 9 * len(taiwan):
        return "hk"
    return None
