"""Words of furniture: what menus are made of, and how much of it speaks for a page."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

from .sheet import fold_script

__all__ = ["BETWEEN", "Lexicon", "evidence", "lexicon"]

BETWEEN = "|｜·•/»›>＞‹«\t"
"""Marks that stand between the items of a menu on one line."""

_TOKENS = re.compile(f"[{BETWEEN}]|[ \u3000](?:[ \u3000]+|(?<=[\u4e00-\u9fff].)(?=[\u4e00-\u9fff]))")
"""What stands between the items of a menu on one line: `首页 | 新闻`; not the blank in `the news`."""

_TRIM = " :：()（）[]【】<>«»‹›|·•-—+…0123456789."
_REACH, _LATIN_REACH = 100, 50  # lines within which a page's menus have their words


class Lexicon(NamedTuple):
    """Words of furniture; words of class and id attributes for and against content, of texts and of replies.

    Last, how long the longest word of furniture is.
    """

    words: frozenset[str]
    good: frozenset[str]
    bad: frozenset[str]
    holders: tuple[frozenset[str], ...]
    replies: frozenset[str]
    longest: int


@cache
def lexicon() -> Lexicon:
    """The lexicon that comes with the package (Simplified, lower case).

    >>> "首页" in lexicon().words
    True
    """
    text = (resources.files("corpusclean") / "data" / "boilerplate" / "lexicon.json").read_text("utf-8")
    table = json.loads(text)
    return Lexicon(
        frozenset(map(fold_script, table["words"])),
        frozenset(table["content_classes"]),
        frozenset(table["furniture_classes"]),
        tuple(frozenset(name.split()) for name in table["text_holders"]),
        frozenset(table["reply_classes"]),
        max(map(len, table["words"])),
    )


def evidence(lines: Sequence[str]) -> tuple[list[int], int]:
    """How much of each line is words of furniture, and how many different ones, close together, speak for a page.

    Of a line: 0 none, 1 some of its items, 2 most of its items, 3 the whole line. Words in Latin letters are also
    headings, and names in programs: they count where they are most of a line or two of its items, and two fewer if
    there are no others. Menus come in bulk, while a manual or a novel has such words here and there: only those
    within 100 lines count, and within 50 if all are in Latin letters.

    >>> evidence(["首页", "首页 | 新闻 | 天气", "今天天气很好。", "评论 13", "Contact us"])
    ([3, 2, 0, 3, 3], 4)
    >>> evidence(["Home", "Search", "Contact us", "About"])
    ([3, 3, 3, 3], 2)
    """
    words, longest = lexicon().words, lexicon().longest
    parted = _lines_of_items(lines)
    seen: list[tuple[int, str]] = []
    out: list[int] = []
    for line in lines:
        found = 0
        if len(line) <= 200:
            word = line.strip(_TRIM)
            if len(word) <= longest and (word := word.lower()) in words:
                seen.append((len(out), word))
                found = 3
            elif len(line) > 4 and len(out) in parted:
                items = _TOKENS.split(line)
                if len(items) > 1:
                    known = words.intersection([item.strip(_TRIM).lower() for item in items])
                    if known:
                        found = 2 if 2 * len(known) >= len(items) else 1
                        strong = found == 2 or len(known) > 1
                        seen += [(len(out), word) for word in known if strong or not word.isascii()]
        out.append(found)
    is_latin = all(word.isascii() for _, word in seen)
    most = _most_within(_LATIN_REACH if is_latin else _REACH, seen)
    return out, max(most - 2 * is_latin, 0)


def _most_within(reach: int, seen: Sequence[tuple[int, str]]) -> int:
    """How many different words there are at most within `reach` lines; `seen` are words by line.

    >>> _most_within(10, [(0, "a"), (5, "b"), (9, "a"), (12, "c")]), _most_within(10, [])
    (3, 0)
    """
    if not seen or seen[-1][0] - seen[0][0] < reach:
        return len({word for _, word in seen})
    counts: Counter[str] = Counter()
    most = behind = 0
    for line, word in seen:
        counts[word] += 1
        while line - seen[behind][0] >= reach:
            old = seen[behind][1]
            counts[old] -= 1
            if not counts[old]:
                del counts[old]
            behind += 1
        most = max(most, len(counts))
    return most


def _lines_of_items(lines: Sequence[str]) -> set[int]:
    """The numbers of the lines, of up to 200 code points, that hold what stands between items; one scan for all.

    >>> _lines_of_items(["首页 | 新闻", "今天天气很好。", "a  b"])
    {0, 2}
    """
    joined = "\n".join([line if len(line) <= 200 else "" for line in lines])
    numbers: set[int] = set()
    number = at = 0
    for found in _TOKENS.finditer(joined):
        number += joined.count("\n", at, found.start())
        at = found.start()
        numbers.add(number)
    return numbers
