"""Shares of runs of words that repeat: what lists, spun pages and floods of keywords have and prose has not."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from itertools import islice
from typing import TypeVar

from .sample import Sample

__all__ = ["COMMON", "ENDS", "MAX_RUNS", "shares_of_runs"]

ENDS = 128
"""Words at the beginning and words at the end in which the commonest runs are looked for first: floods of keywords
stand at either end of a page, or all over it."""

COMMON = 0.08
"""Where a run has a larger share than this in these, all words are looked at. It is half of the lower threshold; in
prose one text in fifty has such a run, as shares fall with length: from some 0.025 here to 0.01 in twenty pages."""

MAX_RUNS = 2_000
"""Runs of ten words looked at where the text gives no places to begin them at."""

_SHORT = 200
_RUN = 10
_OFTEN = re.compile(rb"[^\x01]{3,}")
"""Three or more pairs in a row that all occur more than once, by their counts: matches 2, 2, 3; near miss 2, 1, 2."""

_REMAINDERS = (4).__rmod__
_Key = TypeVar("_Key", int, bytes)


def shares_of_runs(sample: Sample) -> Mapping[str, float]:
    """Shares of the commonest runs of two and four words, and of runs of ten that occurred before.

    The commonest runs are looked for in 128 words at either end, and where one of these seems common, in all words.
    A text of up to 200 words is looked at whole for runs of ten. Of a longer one, the runs that begin a clause (or,
    where words are spaced, that follow one of its four commonest short words) are looked at; these are the same
    wherever the text is the same, so that what is repeated is found repeated.

    >>> from corpusclean.quality.sample import take_sample
    >>> shares_of_runs(take_sample("天天天天"))["top_2gram_share"]
    1.0
    """
    code = sample.code
    some = code if len(code) <= 2 * ENDS else code[:ENDS] + code[-ENDS:]
    pair, four = _top_shares(sample, some)
    if some is not code and max(pair, four) > COMMON:
        pair, four = _top_shares(sample, code)
    shares = {"top_2gram_share": pair, "top_4gram_share": four}
    last = len(code) - _RUN
    starts: range | list[int] = sample.starts[: bisect_right(sample.starts, last)]
    if len(code) <= _SHORT or len(starts) * 40 < len(code):
        starts = range(min(MAX_RUNS, last + 1))
    distinct = len({code[start : start + _RUN] for start in starts})
    shares["duplicate_10gram_share"] = (len(starts) - distinct) / len(starts) if starts else 0.0
    return shares


def _top_shares(sample: Sample, words: str) -> tuple[float, float]:
    """The shares of the commonest runs of two and of four in some `words` of the sample; 0.0 if none repeats."""
    data = words.encode("utf-16-le")
    pairs = _pairs(data)
    counts = Counter(pairs)
    top, pair = _commonest(counts, 0)
    if top < 2:
        return 0.0, 0.0
    share = _share(sample, words, pair.to_bytes(4, "little"), top)
    top, run = _commonest(Counter(_repeating(data, pairs, counts)), b"")
    return share, _share(sample, words, run, top) if top > 1 else 0.0


def _pairs(data: bytes) -> list[int]:
    """All runs of two words as numbers; those at even places, which do not overlap, come first."""
    count = len(data) // 4
    pairs: list[int] = memoryview(data)[: 4 * count].cast("I").tolist()
    count = (len(data) - 2) // 4
    if count > 0:
        pairs += memoryview(data)[2 : 4 * count + 2].cast("I").tolist()
    return pairs


def _repeating(data: bytes, pairs: list[int], counts: Mapping[int, int]) -> list[bytes]:
    """The runs of four words whose three pairs all occur more than once: no other can occur more than once.

    Those that do not overlap, from the first on, come first.
    """
    often = list(map(counts.__getitem__, pairs))
    try:
        packed = bytes(often)
    except ValueError:  # more than a byte holds; all that counts is whether it is one
        packed = bytes([min(count, 2) for count in often])
    even = (len(often) + 1) // 2
    in_order = bytearray(len(often))
    in_order[::2], in_order[1::2] = packed[:even], packed[even:]
    places = [at for found in _OFTEN.finditer(in_order) for at in range(found.start(), found.end() - 2)]
    return [data[2 * at : 2 * at + 8] for at in sorted(places, key=_REMAINDERS)]


def _commonest(counts: Counter[_Key], none: _Key) -> tuple[int, _Key]:
    """How often the commonest run occurs, and the first that occurs so often; `none` if there is no run."""
    values = list(counts.values())
    top = max(values, default=0)
    return top, next(islice(counts, values.index(top), None)) if top else none


def _share(sample: Sample, words: str, run: bytes, count: int) -> float:
    """Share of the letters of `words` that `count` runs have; of a part, its size is that of the average."""
    letters = sum(len(sample.word_of(code)) for code in run.decode("utf-16-le"))
    return min(1.0, count * letters * len(sample.code) / (len(words) * sample.size))
