"""Spam headers: hacked sites carry lines of pornographic, gambling or other keywords above the page.

The header is one line or several, its items joined by one separator, in Simplified even on a Traditional page, and it
says nothing: no sentence marks, no function words, only nouns of the trade. An article *about* the trade has
sentences; a keyword list or a table of contents lacks the trade's words in most of its items.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources

from ..patterns import lazy_pattern
from .sheet import Verdict

__all__ = ["find_spam_header", "find_spam_prefix"]

RULE = "boilerplate/spam_header"
HEAD_LINES = 12
LONGEST = 4000
MIN_ITEMS = 3
MIN_PREFIX_ITEMS = 4
"""Before text on the same line a header needs more items: a sentence may well begin with three."""

_BLANK = lazy_pattern(r"\s+")
_SPLIT = lazy_pattern(r"[,，、_|｜\-—~·;；/\s]+")
_PROSE = lazy_pattern(
    "[。！？：；“”《》「」『』]|(?:在(?![家线])|[的了是和与为被将对从就这那我你他她它们])[^,，、_|\\-\\s]{4}"
)
"""Sentence marks or grammar: `他在公司上班。`; near miss `在家兼职日结` (a spam item)."""


_EAST_ASIAN = lazy_pattern("[\u2e80-\U0010ffff]")
"""What every word that is the trade's own holds: ``彩``; near miss ``é``."""


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """All words of the trades, those that are theirs above all, and those that no innocent list has."""
    text = (resources.files("corpusclean") / "data" / "boilerplate" / "spam.json").read_text("utf-8")
    table = json.loads(text)
    words = [word for group in table["words"].values() for word in group]
    return _any_of(words), _any_of(table["trade"]), _any_of(table["sure"])


def _any_of(words: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


def find_spam_header(lines: list[str]) -> dict[int, Verdict]:
    """Lines of a spam header, which can only stand above everything else.

    >>> find_spam_header(["日韩精品电影一区,毛片免费视频,国产无码在线观看,成人高清", "正文。"])
    {0: Verdict(rule='boilerplate/spam_header', confidence=0.95)}
    >>> find_spam_header(["国产, 日本, 韩国, 印度, 欧美, 港台", "馆藏影片按产地编目。"])
    {}
    """
    found: dict[int, Verdict] = {}
    seen = 0
    for number, line in enumerate(lines):
        if not line:
            continue
        seen += 1
        if seen > HEAD_LINES or not _is_spam(line):
            break
        found[number] = Verdict(RULE, 0.95)
    return found


def find_spam_prefix(line: str) -> int:
    """How many code points of a spam header stand before the text of this line; 0 if none do.

    The header ends at a blank, and what follows has to be prose: a heading of the trade above its own list is none.

    >>> line = "毛片免费视频,国产无码在线,成人高清,日韩精品电影一区 春天来了，花开了。"
    >>> line[find_spam_prefix(line):]
    '春天来了，花开了。'
    >>> find_spam_prefix("赌博、彩票、毛片 都是警方要查的，他说。")
    0
    """
    if line.isascii() or not _words()[1].search(line[:200]) or not _PROSE.search(line):
        return 0
    at = stop = 0
    for blank in _BLANK.finditer(line, 0, LONGEST):
        items = [item for item in _SPLIT.split(line[at : blank.start()]) if item]
        if any(2 * sum(map(len, _words()[0].findall(item))) < len(item) for item in items):
            break
        at = stop = blank.end()
    head = line[:stop].strip()
    if len([item for item in _SPLIT.split(head) if item]) < MIN_PREFIX_ITEMS or not _PROSE.search(line, stop):
        return 0
    return stop if _is_spam(head) else 0


def _is_spam(line: str) -> bool:
    if len(line) > LONGEST or line.isascii() or not _EAST_ASIAN.search(line) or _PROSE.search(line):
        return False
    items = [item for item in _SPLIT.split(line) if item]
    if len(items) < MIN_ITEMS:
        return False
    words, trade, sure = _words()
    covered = [sum(map(len, words.findall(item))) for item in items]
    hits = sum(1 for count, item in zip(covered, items, strict=True) if 2 * count >= len(item))
    size = sum(map(len, items))
    # A list of regions or products has single words; spam puts two or more words of the trade into an item.
    rich = sum(1 for item in items if len(words.findall(item)) >= 2)
    certain = sum(1 for item in items if sure.search(item))
    if hits < 0.5 * len(items) or sum(covered) < 0.4 * size:
        return False
    enough = max(2, 0.3 * len(items))
    return certain >= enough or (rich >= enough and any(map(trade.search, items)))
