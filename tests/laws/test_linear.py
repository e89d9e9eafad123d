"""Law 6: time and memory grow in proportion to the input, whatever the input is.

Every kind of hostile document is cleaned at four sizes, and the exponent of cost against size is fitted: 1 is linear,
2 is quadratic, and no kind may have more than 1.2. Processor time of the best run counts, and a kind that seems to
be past the bound is measured again, since on a busy machine a time can only be too long. Python's collector of
cycles rests meanwhile: how often it goes through all that is alive depends on what else the process holds.
"""

import gc
import math
import time
import tracemalloc
import unicodedata
from collections.abc import Callable, Sequence

import pytest

from corpusclean import BinaryInputError, Cleaner
from corpusclean.testing.hostile import HOSTILE

SIZES = (5_000, 15_000, 45_000, 135_000)
MOST = 1.2
CLEANER = Cleaner(ledger=True)
# Kinds whose memory is measured too: one for each way of growing (lines, edits, nodes, kept bytes, one long line).
GROWING = ("one long line", "empty lines", "commas", "readings", "nested divs", "attributes", "high bytes", "0xFF")


def clean(source: str | bytes) -> None:
    try:
        CLEANER.clean(source)
    except BinaryInputError:
        assert isinstance(source, bytes)


def exponent(costs: list[float], sizes: Sequence[int] = SIZES) -> float:
    """The slope of log cost over log size."""
    xs, ys = [math.log(size) for size in sizes], [math.log(cost) for cost in costs]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)


def seconds(work: Callable[[], object], runs: int) -> float:
    times = []
    for _ in range(runs):
        gc.collect()
        gc.disable()
        try:
            start = time.process_time()
            work()
            times.append(time.process_time() - start)
        finally:
            gc.enable()
    return max(min(times), 1e-4)


def measured(
    work: Callable[[str | bytes], object], make: Callable[[int], str | bytes], sizes: Sequence[int] = SIZES
) -> float:
    documents = [make(size) for size in sizes]
    costs = [math.inf] * len(sizes)
    for _ in range(4):
        for at, document in enumerate(documents):
            costs[at] = min(costs[at], seconds(lambda document=document: work(document), 1 + (at < 2)))
        if exponent(costs, sizes) <= MOST:
            break
    return exponent(costs, sizes)


@pytest.mark.slow
@pytest.mark.parametrize("kind", HOSTILE)
def test_time_is_linear(kind: str) -> None:
    clean(HOSTILE[kind](200))  # tables are loaded at the first use
    assert measured(clean, HOSTILE[kind]) <= MOST


@pytest.mark.slow
@pytest.mark.parametrize("kind", GROWING)
def test_memory_is_linear(kind: str) -> None:
    peaks = []
    clean(HOSTILE[kind](200))
    for size in SIZES:
        document = HOSTILE[kind](size)
        tracemalloc.start()
        clean(document)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert exponent(peaks) <= MOST


@pytest.mark.slow
def test_the_measure_knows_a_quadratic_cost() -> None:
    """Python puts marks in order in quadratic time; that is why towers of them are left alone."""
    work = lambda text: unicodedata.normalize("NFC", text)  # noqa: E731
    assert measured(work, lambda size: HOSTILE["unsorted combining marks"](size // 5)) > 1.6


def test_there_are_kinds_enough_and_each_has_its_size() -> None:
    assert len(HOSTILE) >= 100
    for kind, make in HOSTILE.items():
        one, two = len(make(3000)), len(make(6000))
        assert 800 <= one <= 6500, kind
        assert 1.5 <= two / one <= 2.5, kind
