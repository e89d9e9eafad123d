"""What the judge sees of each line: columns of small whole numbers, one row for a line.

Every feature is binned at once, so that the judge only has to look weights up. All columns are made for the whole
document in a few passes; the only regular expressions are four plain character or word scans.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate
from operator import add, sub
from typing import TypeVar

from .lexicon import BETWEEN

__all__ = [
    "CARDINALITY",
    "Columns",
    "bin_mass",
    "line_units",
    "since",
    "text_columns",
    "window_columns",
]

Columns = dict[str, list[int]]
Number = TypeVar("Number", int, float)

_MARKS = "。！？；，、：…!?;,:."
"""Marks of sentences and clauses, full or half width."""
_DIGITS = "0123456789"
_GRAMMAR = "的了是在和有不这我他也就都而及与着或对为她它你们把被让のはをがにでと"
"""Words of one character that carry grammar, of which menus have none: 的, は."""
_LETTERS = bytes(i | 32 if chr(i).isalpha() and i < 128 else i if i == 10 else 32 for i in range(256))
"""Of bytes: Latin letters as small ones, line ends as they are, all else as blanks."""
_UNLIKELY = re.compile("[\u0130\u212a]")  # characters beyond ASCII whose small letter is in it; not `é`
_ENGLISH = {b"|": b"|"} | dict.fromkeys(
    (b"the", b"of", b"and", b"to", b"in", b"is", b"that", b"for", b"with", b"was", b"as", b"it", b"are", b"this",
     b"have", b"not", b"be", b"from", b"you", b"we"), b"x"
)  # fmt: skip
_KOREAN = re.compile("[은는을를이가에][^\\S\n]|\n")  # matches `나는 `; near miss `은행`
_TOKENS_OR_END = re.compile(
    f"[\n{BETWEEN} \u3000](?:(?<=[^ \u3000])|[ \u3000]+|(?<=[\u4e00-\u9fff].)(?=[\u4e00-\u9fff]))"
)
"""What stands between items, and line ends; it begins with one class, and the engine skips to where that is met."""
_KOREAN_LETTER = re.compile("[은는을를이가에]")  # matches `는`; not `나`
_COUNTED = f"\0\n{_MARKS}{_DIGITS}{_GRAMMAR}"
_NOTHING = "\ufffe"  # what a table of characters has where a byte means none
_CODES = codecs.charmap_build(_COUNTED + _NOTHING * (256 - len(_COUNTED)))
"""The characters that are counted, as a code page of their own: to encode a text in it drops all others, in C."""
_END = b"\1"  # a newline in that code page
_ALL_CODES = bytes(range(256))
_TIME = re.compile(r"\d(?:(?:(?<=1)9|(?<=2)0)\d\d[-/.年]\s?\d|:\d\d|\s?(?:天|小时|分钟|月|年|周)前|-\d{1,2}\b)")
"""A date or a clock, as far as it takes to tell: 2019-04-01, 10:20, 3天前, 04-01; near miss 2019."""
_LENGTHS = (0, 1, 2, 3, 4, 6, 8, 11, 15, 20, 27, 36, 50, 70, 100, 160)
_MASSES = (0, 20, 60, 120, 200, 320, 500, 800, 1300, 2500)
_GAPS = (0, 1, 2, 3, 5, 8, 13, 25, 60)
_COUNTS = (0, 1, 2, 3, 5, 8, 13, 25, 60)
_TERMINAL = {
    char: code
    for code, chars in enumerate(("。！？…!?.", "”」』\"'’", "：:", "，,、；;", "）)】]》>"), 1)
    for char in chars
}
_INITIAL = {
    char: code
    for code, chars in enumerate(("“「『\"'‘", "（(【[《<", "·•-*●■◆▪○※▲★", "一二三四五六七八九十第"), 1)
    for char in chars
}
SHORT_BODY = 20
"""A line of at least so many units, with marks, is running text: the judge's landmarks."""

_GAP_BINS, _MASS_BINS = len(_GAPS) + 1, len(_MASSES) + 1
CARDINALITY = {
    "length": len(_LENGTHS) + 1, "marks": 6, "mark_rate": 6, "end": 8, "start": 8, "function": 6, "word": 4,
    "tokens": 8, "digits": 5, "script": 4, "repeats": 4, "position": 10, "zone": 9, "before": _GAP_BINS,
    "after": _GAP_BINS, "mass2": _MASS_BINS, "mass6": _MASS_BINS, "words6": 7, "evidence": len(_COUNTS) + 1,
    "page": 8, "shorts": 8, "cjk": 2, "since_date": _GAP_BINS, "until_word": _GAP_BINS, "since_word": _GAP_BINS,
    "since_title": _GAP_BINS, "title": 3, "tag": 20, "links": 6, "good": 4, "bad": 4, "own": 5,
    "block_mass": _MASS_BINS, "share1": 8, "share2": 8, "share3": 8, "best": 7, "list": 3, "heading": 3, "depth": 6,
    "link_count": 4, "p0": 12, "p-1": 13, "p+1": 13, "p-2": 13, "p+2": 13, "mean3": 12, "mean8": 12, "region": 8,
    "span": 8, "pick": 8, "rank1": 9, "rank2": 9, "rank3": 9, "dens1": 9, "dens2": 9, "dens3": 9, "clean1": 9,
    "clean2": 9, "path_mass": 9, "path_links": 9, "path_length": 9,
}  # fmt: skip
"""How many values each column can take."""


def text_columns(
    lines: Sequence[str], hits: Sequence[int], sizes: Sequence[int] | None = None
) -> tuple[Columns, list[int]]:
    """The columns that need no markup, and how many code points of running text each line has.

    Args:
        lines: trimmed, Simplified, none of them empty.
        hits: :func:`evidence` of each.
        sizes: :func:`line_units` of each, if it is known.
    """
    n = len(lines)
    sizes = sizes or line_units(lines)
    heads = [line[:1000] for line in lines]
    joined = "\n".join(heads)
    counted = codecs.charmap_encode(joined, "ignore", _CODES)[0]
    marks, numbers, grammar = (_count(counted, chars) for chars in (_MARKS, _DIGITS, _GRAMMAR))
    functions = _functions(joined, grammar)
    tokens = _per_line(_TOKENS_OR_END.findall(joined))
    latin = [line.isascii() for line in heads]
    mostly_latin = 2 * sum([size for size, ascii_ in zip(sizes, latin, strict=True) if ascii_]) > sum(sizes)
    body = [
        size if mark and size >= SHORT_BODY and not hit else 0
        for size, mark, hit in zip(sizes, marks, hits, strict=True)
    ]
    ends = {char: _TERMINAL.get(char, 6 if char.isdigit() else 0) for char in {line[-1] for line in lines}}
    starts = {
        char: _INITIAL.get(char, 5 if char.isdigit() else 6 if char < "\x7f" else 0) for char in {x[0] for x in lines}
    }
    repeats = {line: min(3, count) for line, count in Counter(lines).items()}
    furniture = [hit > 1 for hit in hits]
    columns: Columns = {
        "length": [bisect_right(_LENGTHS, size) for size in sizes],
        "marks": [min(5, mark) if mark else 0 for mark in marks],
        "mark_rate": [
            min(5, mark * 40 // min(size, 600)) if mark else 0 for mark, size in zip(marks, sizes, strict=True)
        ],
        "end": [ends[line[-1]] for line in lines],
        "start": [starts[line[0]] for line in lines],
        "function": [
            min(5, (count * 20 + size - 1) // min(size, 600)) if count else 0
            for count, size in zip(functions, sizes, strict=True)
        ],
        "word": list(hits),
        "tokens": [min(7, count) if count else 0 for count in tokens],
        "digits": [_digits(line, count) if count else 0 for line, count in zip(heads, numbers, strict=True)],
        "script": [(2 if mostly_latin else 1) if ascii_ != mostly_latin else 0 for ascii_ in latin],
        "repeats": [repeats[line] for line in lines],
        "position": [10 * i // n for i in range(n)],
        "cjk": [int(not mostly_latin)] * n,
        "until_word": since(furniture[::-1])[::-1],
        "since_word": since(furniture),
    }
    columns["since_date"] = since([value == 3 for value in columns["digits"]])
    columns["before"], columns["after"], columns["zone"] = _landmarks(body)
    masses = [0, *accumulate(body)]
    total = masses[-1]
    columns["mass2"] = [bisect_right(_MASSES, mass) for mass in _windows(masses, 2)]
    columns["mass6"] = [bisect_right(_MASSES, mass) for mass in _windows(masses, 6)]
    found = [0, *accumulate([hit > 0 for hit in hits])]
    columns["words6"] = [min(6, count) if count else 0 for count in _windows(found, 6)]
    columns["evidence"] = [bisect_right(_COUNTS, found[-1])] * n
    size = sum(sizes)
    columns["page"] = [min(7, 8 * total // size)] * n
    columns["shorts"] = [min(7, 8 * sum([length < 10 for length in sizes]) // n)] * n
    return columns, body


def _windows(sums: list[int], reach: int) -> Iterator[int]:
    """What lies within `reach` lines of each line, from the running sums, of which there is one more than lines."""
    return map(sub, *_borders(sums, reach))


def _borders(sums: list[Number], reach: int) -> tuple[list[Number], list[Number]]:
    """The running sums `reach` lines behind each line, and before it."""
    count = len(sums) - 1
    return (sums[reach + 1 :] + sums[-1:] * reach)[:count], (sums[:1] * reach + sums)[:count]


def _count(counted: bytes, chars: str) -> list[int]:
    """How many of `chars` each line has, in a text encoded by :data:`_CODES`."""
    codes = codecs.charmap_encode(chars, "strict", _CODES)[0] + _END
    return list(map(len, counted.translate(None, _ALL_CODES.translate(None, codes)).split(_END)))


def line_units(lines: Sequence[str]) -> list[int]:
    """How much each line says, in Chinese characters; three Latin letters are as much as one.

    >>> line_units(["首页", "Home page"])
    [2, 3]
    """
    return [(len(line.encode("utf-8", "surrogatepass")) + 2) // 3 for line in lines]


def bin_mass(mass: int) -> int:
    """The bin of an amount of running text.

    >>> bin_mass(0), bin_mass(10**6)
    (1, 10)
    """
    return bisect_right(_MASSES, mass)


def since(marked: Sequence[bool]) -> list[int]:
    """Binned distance back to the last marked line.

    >>> since([False, True, False])
    [9, 0, 1]
    """
    if True not in marked:
        return [len(_GAPS)] * len(marked)
    out, gap = [], 10**6
    for mark in marked:
        gap = 0 if mark else gap + 1
        out.append(gap if gap < 4 else bisect_right(_GAPS, gap))
    return out


def _per_line(found: list[str]) -> list[int]:
    """How many of `found` there are in each line, line ends being among them."""
    return list(map(len, "".join(["\n" if x == "\n" else "x" for x in found]).split("\n")))


def _functions(joined: str, grammar: list[int]) -> list[int]:
    """How many words that carry grammar each line has: 的, the, は, 는; `grammar` counts those of one character."""
    plain = joined if _UNLIKELY.search(joined) is None else joined.lower()
    words = plain.encode("ascii", "replace").translate(_LETTERS).replace(b"\n", b" | ").split()
    counts = list(map(len, b"".join(filter(None, map(_ENGLISH.get, words))).split(b"|")))
    if not joined.isascii():
        counts = list(map(add, counts, grammar))
        if _KOREAN_LETTER.search(joined):
            counts = list(map(add, counts, _per_line(_KOREAN.findall(joined))))
    return counts


def _digits(line: str, count: int) -> int:
    """Of a line with digits: 1 some, 2 a date or clock in a long line, 3 mostly a date or clock, 4 a number."""
    if count == len(line):
        return 4
    if count < 2 and "前" not in line:
        return 1
    return 1 if _TIME.search(line) is None else 3 if len(line) < 30 else 2


def _landmarks(body: Sequence[int]) -> tuple[list[int], list[int], list[int]]:
    """Distance back and on to the next line of running text, and where the line lies among them."""
    n = len(body)
    places = [i for i, mass in enumerate(body) if mass]
    if not places:
        return [len(_GAPS)] * n, [len(_GAPS)] * n, [8] * n
    before, after = [0] * n, [0] * n
    gap = 10**6
    for i in range(n):
        gap = 0 if body[i] else gap + 1
        before[i] = bisect_right(_GAPS, gap)
    gap = 10**6
    for i in range(n - 1, -1, -1):
        gap = 0 if body[i] else gap + 1
        after[i] = bisect_right(_GAPS, gap)
    first, last = places[0], places[-1]
    zone = [
        (0 if first - i > 8 else 1 if first - i > 2 else 2) if i < first else
        (7 if i - last > 8 else 6 if i - last > 2 else 5) if i > last else
        3 if body[i] else 4
        for i in range(n)
    ]  # fmt: skip
    return before, after, zone


def window_columns(scores: Sequence[float], sizes: Sequence[int]) -> Columns:
    """The columns of the second look: what the first look said of the line and of its neighbours.

    Args:
        scores: log-odds of being content, from the first look.
        sizes: length of each line.
    """
    n = len(scores)
    bins = [
        0 if s <= -5 else 11 if s >= 6 else int(s) + 5 if s >= 0 else int(s - 1) + 5 + (s == int(s)) for s in scores
    ]
    chances = [0.0 if s < -30 else 1 / (1 + 2.718281828**-s) if s < 30 else 1.0 for s in scores]
    weights = [min(size, 200) + 5 for size in sizes]
    mass = [0.0, *accumulate(c * w for c, w in zip(chances, weights, strict=True))]
    weight = [0, *accumulate(weights)]

    def mean(reach: int) -> list[int]:
        around = zip(*_borders(mass, reach), *_borders(weight, reach), strict=True)
        return [int(11.99 * (high - low) / (heavy - light)) for high, low, heavy, light in around]

    padded = [12, 12, *bins, 12, 12]
    total = mass[-1] or 1.0
    best_low, best_high = _best_span(chances, weights)
    return {
        "p0": bins,
        "p-1": padded[1 : n + 1],
        "p+1": padded[3 : n + 3],
        "p-2": padded[:n],
        "p+2": padded[4 : n + 4],
        "mean3": mean(3),
        "mean8": mean(8),
        "region": [min(7, int(8 * mass[i + 1] / total)) for i in range(n)],
        "span": [
            (0 if best_low - i > 5 else 1 if best_low - i > 1 else 2) if i < best_low else
            (7 if i - best_high > 5 else 6 if i - best_high > 1 else 5) if i > best_high else
            3 if chances[i] > 0.5 else 4
            for i in range(n)
        ],
    }  # fmt: skip


def _best_span(chances: Sequence[float], weights: Sequence[int]) -> tuple[int, int]:
    """The run of lines with the greatest sum of weight times (chance - 0.4): where the main text lies."""
    best, low, high, total, start = 0.0, 0, -1, 0.0, 0
    for i, (chance, weight) in enumerate(zip(chances, weights, strict=True)):
        if total <= 0:
            total, start = 0.0, i
        total += weight * (chance - 0.4)
        if total > best:
            best, low, high = total, start, i
    return low, high
