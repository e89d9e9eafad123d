"""What can be done to a stretch of Chinese text, by name; each is a function from text to text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from .backends import conversion
from .charclass import gate
from .conversions import Conversions
from .evidence import letters, unlisted
from .guards import guarded

__all__ = ["TARGETS", "Treatments", "treatments"]

TARGETS = {"hans": "t2s", "hant": "s2t", "hant-tw": "s2tw", "hant-hk": "s2hk"}
"""Each target, and the configuration that takes the other script there."""

_ZHU = (
    "(?<=[原專专巨拙遺遗撰卓土昭彰所])著|(?<![討讨議议談谈爭争辯辩評评][論论])(?<=[論论])著|(?<!翻[譯译])(?<=[譯译])著"
    "|(?<=[編编])著(?![辮辫花織织])|(?<=合)著(?=者|《|的《)|(?<=[曾等主他她，。；：、])著有|(?<=主要)著[作述]|著(?=《|書立|书立)"
)
"""著 that is no 着. Match: ``原著``, ``他著有``; near miss: ``討論著``, ``穿著``."""

_YU = "(?<=[\u4e00-\u9fff])於(?=[倫單則坦邑琳敖潛]|其一|惟一)|於(?=倫敦|單位|單一|則)"
"""於 that is no surname, though the dictionary knows a person by the next character. Match: ``位於倫敦``; near miss:
``於則家``."""


def to_hans(text: str, backend: str = "corpusclean", known: Conversions | None = None) -> str:
    """Traditional text in Simplified; 著 becomes 着 where it is the particle.

    Traditional text of the mainland kind writes 着, that of Taiwan and of careless converters 著 for both. Taiwan's
    configuration knows most words where 著 stays; a few more are added here. What is in `known` is not converted again.

    >>> to_hans("隨著原著"), to_hans("討論著茍且"), to_hans("位於倫敦")
    ('随着原著', '讨论着苟且', '位于伦敦')
    """
    after = _listed((conversion("tw2s", backend) if known is None else known.convert)(text))
    if len(after) != len(text) or ("著" not in text and "於" not in after):
        return after
    spots = [
        (place, "著") for place in _places(text, "著") if after[place] == "着" and _pattern(_ZHU).match(text, place)
    ]
    spots += [
        (place, "于") for place in _places(after, "於") if text[place] == "於" and _pattern(_YU).match(text, place)
    ]
    if not spots:
        return after
    chars = list(after)
    for place, right in spots:
        chars[place] = right
    return "".join(chars)


@cache
def _unlisted() -> re.Pattern[str]:
    """Characters of :func:`.evidence.unlisted`. Match: ``衞``; near miss: ``衛``."""
    return gate(map(chr, unlisted()))


def _listed(text: str) -> str:
    return text.translate(unlisted()) if _unlisted().search(text) else text


@cache
def _pattern(source: str) -> re.Pattern[str]:
    """The compiled pattern; made when first needed, as one with a large class takes milliseconds."""
    return re.compile(source)


def _places(text: str, char: str) -> Iterator[int]:
    place = text.find(char)
    while place >= 0:
        yield place
        place = text.find(char, place + 1)


def only(text: str, after: str, wanted: str) -> str:
    """`text`, with the characters that say `wanted` taken from `after`.

    >>> only("東西里", "东西裏", "tT")
    '东西里'
    """
    if len(after) != len(text):
        return text
    marks = text.translate(letters())
    return "".join(b if mark in wanted else a for a, b, mark in zip(text, after, marks, strict=True))


class Treatments(NamedTuple):
    """The treatments for one target; ``rules`` names the rule of each.

    Attributes:
        own: takes lines of the other script to the target, with the help of what is known of them.
        naive: takes naively converted lines to the target, likewise.
        stray: takes single characters of the other script in a line that is in the target already.
        other: the script that `own` is for.
        telling: the letters of evidence that speak for the other script.
        rule: the last word of the rule of `own`.
    """

    own: Callable[[str, Conversions | None], str]
    naive: Callable[[str, Conversions | None], str]
    stray: Callable[[str], str]
    other: str
    telling: str
    rule: str


@cache
def treatments(target: str, backend: str = "corpusclean", word_guards: bool = False) -> Treatments:
    """The treatments for `target`."""
    if target == "hans":
        plain = conversion("t2s", backend)

        def simplified(text: str, known: Conversions | None) -> str:
            return to_hans(text, backend, known)

        return Treatments(
            simplified, simplified, lambda text: only(text, _listed(plain(text)), "tT"), "hant", "tT", "t2s"
        )
    exact = conversion(TARGETS[target], backend)
    by_words = guarded(TARGETS[target]) if backend == "corpusclean" else exact
    proper = by_words if word_guards else exact
    return Treatments(
        lambda text, _: proper(text),
        lambda text, known: by_words(to_hans(text, backend, known)),  # repair goes by words in any case
        lambda text: only(text, proper(text), "sS"),
        "hans",
        "sS",
        "s2t",
    )
