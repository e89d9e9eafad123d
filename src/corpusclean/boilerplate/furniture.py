"""Furniture: lines that templates print on every page, found by a table of rules.

The table is data (``data/boilerplate/furniture.toml``), and users add tables of their own in the same format
(``boilerplate.rules``). A rule says which words to look for and what a whole line has to look like, so that the cost
follows the words found: without one of the words no regular expression runs. All is matched on the line trimmed and
folded to Simplified, so that one rule serves both scripts.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from functools import cache, cached_property, lru_cache
from importlib import resources
from itertools import accumulate
from operator import attrgetter
from typing import Any, NamedTuple

from ..errors import ConfigError
from ..patterns import lazy_pattern
from .sheet import Sheet, Verdict, fold_script

__all__ = ["FurnitureRule", "FurnitureRules", "all_rules", "find_furniture", "furniture_rules", "user_rules"]

_KEYS = {"name", "what", "words", "patterns", "longest", "confidence", "company"}
_NAME = lazy_pattern(r"[a-z][a-z0-9_]{0,40}")  # matches qr_prompt; not QR-prompt
_NESTED = lazy_pattern(r"[+*}]\)[+*{]")  # matches (a+)+ and (a*){2}; not (?:a+)?
_LONGEST = 2000


class FurnitureRule(NamedTuple):
    """One kind of furniture.

    Attributes:
        path: the rule of the edits, such as ``boilerplate/qr_prompt``.
        words: a line must hold one of these (folded to Simplified; upper and lower case as printed).
        rare: of each word the two neighbours (of one character, it alone) that are likeliest to be missing from a
            text; they are looked for first.
        pattern: and match this from its beginning (give ``$`` to match to its end).
        longest: and have at most as many code points.
        confidence: how sure the rule is.
        company: whether it takes a line only where other furniture was found, or the page has markup.
    """

    path: str
    words: tuple[str, ...]
    rare: tuple[str, ...]
    pattern: re.Pattern[str]
    longest: int
    confidence: float
    company: bool = False


class FurnitureRules(tuple[FurnitureRule, ...]):
    """Rules in the order in which they are asked, with the table by which their words are looked for all at once.

    >>> [(rule.path, words) for rule, words in furniture_rules().speaking("扫一扫下载，看完就走")]
    [('boilerplate/qr_prompt', ['扫一扫'])]
    """

    @cached_property
    def _gate(self) -> re.Pattern[str]:
        """What a word's rare pair may be: matches the ``扫`` of ``扫一扫``; a near miss is that of ``打扫``."""
        pairs = [rare for rule in self for rare in rule.rare if len(rare) == 2]
        first, second = (re.escape("".join(sorted({pair[at] for pair in pairs}))) for at in (0, 1))
        return re.compile(f"([{first}])(?=([{second}]))" if pairs else "(?!)()()")

    @cached_property
    def longest(self) -> int:
        """Code points of the longest line that any of them takes."""
        return max((rule.longest for rule in self), default=0)

    @cached_property
    def _alone(self) -> tuple[str, ...]:
        """Words of one character, which are looked for by themselves."""
        return tuple({rare for rule in self for rare in rule.rare if len(rare) == 1})

    @cached_property
    def _asked(self) -> tuple[tuple[FurnitureRule, frozenset[str]], ...]:
        """The rules that need no company, then the others; with the rare parts of their words."""
        return tuple((rule, frozenset(rule.rare)) for rule in sorted(self, key=attrgetter("company")))

    def speaking(self, text: str) -> list[tuple[FurnitureRule, list[str]]]:
        """The rules of which words may stand in `text`, and these; rules that need company last. One scan for all."""
        parts = set(map("".join, self._gate.findall(text)))
        parts.update([char for char in self._alone if char in text])
        return [
            (rule, [word for word, part in zip(rule.words, rule.rare, strict=True) if part in parts])
            for rule, rare in self._asked
            if not parts.isdisjoint(rare)
        ]


@cache
def furniture_rules() -> FurnitureRules:
    """The rules that come with the package.

    >>> furniture_rules()[0].path
    'boilerplate/breadcrumb'
    """
    text = (resources.files("corpusclean") / "data" / "boilerplate" / "furniture.toml").read_text("utf-8")
    return FurnitureRules(_rules(tomllib.loads(text), "boilerplate/"))


@lru_cache(8)
def all_rules(user: str | None) -> FurnitureRules:
    """The rules of a user's table, if there is one, before those that come with the package.

    Raises:
        ConfigError: as :func:`user_rules`.
    """
    return furniture_rules() if user is None else FurnitureRules((*user_rules(user), *furniture_rules()))


@lru_cache(8)
def user_rules(text: str) -> FurnitureRules:
    r"""The rules of a user's table (TOML), under ``boilerplate/user/``.

    Raises:
        ConfigError: the table is not TOML or a rule is not well made; names the key and what to do.

    >>> table = '[[rule]]\nname = "ad"\nwords = ["广告"]\npatterns = ["广告.{0,20}$"]'
    >>> user_rules(table)[0].path
    'boilerplate/user/ad'
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"boilerplate.rules is not valid TOML: {error}") from error
    return FurnitureRules(_rules(table, "boilerplate/user/"))


def _rules(table: Mapping[str, Any], prefix: str) -> Iterable[FurnitureRule]:
    rows = table.get("rule")
    if not isinstance(rows, list) or not rows or set(table) != {"rule"}:
        raise ConfigError("boilerplate.rules has no list of rules", remedy="write each rule under [[rule]]")
    for number, row in enumerate(rows, 1):
        yield _rule(row, prefix, f"rule {number} of boilerplate.rules")


def _rule(row: Any, prefix: str, where: str) -> FurnitureRule:
    if not isinstance(row, dict):
        raise ConfigError("a rule must be a table", where=where, remedy="write each rule under [[rule]]")
    for key in row:
        if key not in _KEYS:
            raise ConfigError(f"unknown key: {key!r}", where=where, remedy=f"known: {', '.join(sorted(_KEYS))}")
    name, longest, confidence = row.get("name"), row.get("longest", 200), row.get("confidence", 0.9)
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise ConfigError(f"name cannot be {name!r}", where=where, remedy="give lower-case letters, digits and _")
    for key in ("words", "patterns"):
        values = row.get(key)
        if not isinstance(values, list) or not values or not all(isinstance(x, str) and x for x in values):
            raise ConfigError(f"{key} cannot be {values!r}", where=where, remedy=f"give {key} a list of strings")
    if isinstance(longest, bool) or not isinstance(longest, int) or not 1 <= longest <= _LONGEST:
        raise ConfigError(f"longest cannot be {longest!r}", where=where, remedy=f"give a number from 1 to {_LONGEST}")
    if isinstance(confidence, bool) or not isinstance(confidence, int | float) or not 0 <= confidence <= 1:
        raise ConfigError(f"confidence cannot be {confidence!r}", where=where, remedy="give a number from 0.0 to 1.0")
    company = row.get("company", False)
    if not isinstance(company, bool):
        raise ConfigError(f"company cannot be {company!r}", where=where, remedy="give true or false")
    for pattern in row["patterns"]:
        if _NESTED.search(pattern):
            raise ConfigError(f"pattern repeats a repetition: {pattern!r}", where=where, remedy="write it without")
    try:
        compiled = re.compile("|".join(f"(?:{fold_script(pattern)})" for pattern in row["patterns"]))
    except re.error as error:
        raise ConfigError(f"not a regular expression: {error}", where=where) from error
    words = tuple(map(fold_script, row["words"]))
    return FurnitureRule(
        prefix + name, words, tuple(map(_rarest, words)), compiled, longest, float(confidence), company
    )


_FREQUENT = (
    "里其事着对能后会自生年你可得下就于要而出说道时子也和国个上来大中这他我有人在了不是一的vbygpfwmucdlrhsniaote "
)
"""Frequent characters and small letters, the most frequent last."""


def _rarest(word: str) -> str:
    """The two neighbours in `word` that are likeliest to be missing from a text."""
    ranks = [(char < "\u2e80", _FREQUENT.find(char)) for char in word]
    at = min(range(len(word) - 1), key=ranks.__getitem__, default=0)
    return word[at : at + 2].strip()  # nearly every letter stands before a blank somewhere


def find_furniture(sheet: Sheet, rules: FurnitureRules, *, company: bool = False) -> dict[int, Verdict]:
    r"""The lines that a rule takes, by line number; the first rule wins.

    Args:
        sheet: the document.
        rules: in the order in which they are asked.
        company: whether other furniture is known of.

    >>> from .sheet import read_sheet
    >>> find_furniture(read_sheet("正文。\n掃一掃在手機端打開當前頁"), furniture_rules())
    {1: Verdict(rule='boilerplate/qr_prompt', confidence=0.95)}
    """
    longest = rules.longest
    lines = [line if len(line) <= longest else "" for line in sheet.lines]
    joined = "\n".join(lines)
    starts: list[int] = []
    found: dict[int, Verdict] = {}
    for rule, words in rules.speaking(joined):
        if rule.company and not (found or company):
            continue
        seen: set[int] = set()
        for word in words:
            at = joined.find(word)
            if at >= 0 and not starts:
                starts = list(accumulate([len(line) + 1 for line in lines[:-1]], initial=0))
            while at >= 0:
                number = bisect_right(starts, at) - 1
                line = lines[number]
                if len(line) <= rule.longest and number not in seen and number not in found:
                    seen.add(number)
                    if rule.pattern.match(line):
                        found[number] = Verdict(rule.path, rule.confidence)
                at = joined.find(word, starts[number] + len(line) + 1)
    return found
