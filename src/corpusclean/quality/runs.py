"""Shares of runs of words that repeat: what lists, spun pages and floods of keywords have and prose has not."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from itertools import islice
from typing import Literal

from .sample import Sample

__all__ = ["MAX_RUNS", "TOP_WORDS", "shares_of_runs"]

TOP_WORDS = 500
"""Words at the beginning in which the commonest runs are looked for. In prose their share falls with length, from some
0.04 there to 0.01 in twenty pages; in what the thresholds are for it does not."""

MAX_RUNS = 2_000
"""Runs of ten words looked at where the text gives no places to begin them at."""

_FORMATS: tuple[tuple[int, Literal["I", "Q"]], ...] = ((2, "I"), (4, "Q"))
"""Words of a run, and the machine's integer of as many halves of UTF-16."""

_SHORT = 200
_RUN = 10


def shares_of_runs(sample: Sample) -> Mapping[str, float]:
    """Shares of the commonest runs of two and four words, and of runs of ten that occurred before.

    A text of up to 200 words is looked at whole for runs of ten. Of a longer one, the runs that begin a clause (or,
    where words are spaced, that follow one of its four commonest short words) are looked at; these are the same
    wherever the text is the same, so that what is repeated is found repeated.

    >>> from corpusclean.quality.sample import take_sample
    >>> shares_of_runs(take_sample("天天天天"))["top_2gram_share"]
    1.0
    """
    code = sample.code
    begin = code[:TOP_WORDS]
    data = begin.encode("utf-16-le")
    shares: dict[str, float] = {}
    top = 2
    for length, form in _FORMATS:
        share = 0.0
        if top > 1:
            top, run = _commonest(_numbers(data, 2 * length, form))
            if top > 1:
                share = _share(sample, begin, run.to_bytes(2 * length, "little").decode("utf-16-le"), top)
        shares[f"top_{length}gram_share"] = share
    last = len(code) - _RUN
    starts: range | list[int] = sample.starts[: bisect_right(sample.starts, last)]
    if len(code) <= _SHORT or len(starts) * 40 < len(code):
        starts = range(min(MAX_RUNS, last + 1))
    distinct = len({code[start : start + _RUN] for start in starts})
    shares["duplicate_10gram_share"] = (len(starts) - distinct) / len(starts) if starts else 0.0
    return shares


def _numbers(data: bytes, size: int, form: Literal["I", "Q"]) -> list[int]:
    """All runs of `size` bytes of UTF-16 as numbers; those that do not overlap, from the first on, come first."""
    numbers: list[int] = []
    for start in range(0, size, 2):
        numbers += memoryview(data[start : len(data) - (len(data) - start) % size]).cast(form).tolist()
    return numbers


def _commonest(numbers: list[int]) -> tuple[int, int]:
    """How often the commonest number occurs, and the first that occurs so often."""
    counts = Counter(numbers)
    values = list(counts.values())
    top = max(values, default=0)
    return top, next(islice(counts, values.index(top), None)) if top else 0


def _share(sample: Sample, begin: str, run: str, count: int) -> float:
    """Share of the letters of the words `begin` that `count` runs have; of a part, its size is that of the average."""
    letters = sum(len(sample.word_of(code)) for code in run)
    return min(1.0, count * letters * len(sample.code) / (len(begin) * sample.size))
