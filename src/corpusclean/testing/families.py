"""The families of damage that Chinese web text carries, as cases with their truth: what a repair can be scored on.

Each family says how the damage comes about and makes cases from clean lines. What is drawn at random is drawn from the
seed, so a family gives the same cases everywhere.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable, Sequence
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from . import simulate
from .simulate import Damaged

__all__ = ["FAMILIES", "Family", "benchmark_lines", "clean_cases"]

DOCUMENT_LINES = 12
_CHANCE = re.compile("[\u00c2-\u00df][\u0080-\u00bf]")  # bytes that are UTF-8: Ä±, not Äã


class Family(NamedTuple):
    """One kind of damage.

    Attributes:
        name: what it is called in tables.
        cause: how text comes to be damaged so, in one sentence.
        make: from clean Simplified lines and a generator, the cases of one round.
    """

    name: str
    cause: str
    make: Callable[[Sequence[str], random.Random], list[Damaged]]


@cache
def _data() -> dict[str, Any]:
    path = resources.files("corpusclean") / "data" / "testing" / "benchmark.toml"
    return tomllib.loads(path.read_text("utf-8"))


def benchmark_lines() -> tuple[str, ...]:
    """The clean Simplified lines that the benchmark damages unless it is given others.

    >>> len(benchmark_lines()) > 70
    True
    """
    return tuple(_data()["damaged"])


def clean_cases() -> dict[str, list[Damaged]]:
    """Undamaged text by kind, as cases whose truth is the text itself: nothing may change.

    >>> "Japanese" in clean_cases()
    True
    """
    cases = {"Simplified Chinese": [Damaged(line, line, ()) for line in benchmark_lines()]}
    return cases | {kind: [Damaged(text, text, ()) for text in texts] for kind, texts in _data()["clean"].items()}


def _documents(lines: Sequence[str], rng: random.Random, count: int = 6) -> list[str]:
    """Documents of a dozen lines."""
    return ["\n".join(rng.sample(list(lines), min(DOCUMENT_LINES, len(lines)))) for _ in range(count)]


def _converted(text: str, rng: random.Random) -> tuple[str, list[str]]:
    """The text in naive Traditional, and six in ten of the characters that changed and have a reading."""
    traditional = simulate.naive_traditional(text)
    changed = sorted({new for old, new in zip(text, traditional, strict=True) if old != new and simulate.reading(new)})
    return traditional, sorted(char for char in changed if rng.random() < 0.6)


def _readings(lines: Sequence[str], rng: random.Random) -> list[Damaged]:
    cases = []
    for text in _documents(lines, rng):
        truth, chosen = _converted(text, rng)
        cases.append(Damaged(simulate.inject_readings(truth, chosen), truth, ("readings",)))
    return cases


def _misfired_readings(lines: Sequence[str], rng: random.Random) -> list[Damaged]:
    """Pages on whose list stands a character whose bytes lie across two others, somewhere in the page."""
    whole, _ = _converted("\n".join(lines), rng)
    common = sorted({char for char in whole if simulate.reading(char) and char not in "".join(lines)})
    cases = []
    for text in _documents(lines, rng, 16):
        truth, chosen = _converted(text, rng)
        stray = [char for char in common if "?" in simulate.misfire_readings(truth, [char])]
        if stray:
            chosen = sorted({*chosen, rng.choice(stray)})
            cases.append(Damaged(simulate.misfire_readings(truth, chosen), truth, ("misfired readings",)))
    return cases


def _commas(lines: Sequence[str], rng: random.Random) -> list[Damaged]:
    truths = [rng.choice((line, simulate.naive_traditional(line))) for line in lines]
    return [Damaged(simulate.inject_commas(truth, rng, 0.5), truth, ("commas",)) for truth in truths]


def _misfired_commas(lines: Sequence[str], rng: random.Random) -> list[Damaged]:
    """Two sentences in a row, where a mark's bytes lie across two characters: mostly at the full stop between them."""
    cases = []
    for one in lines:
        for other in rng.sample(list(lines), min(30, len(lines))):
            truth = simulate.naive_traditional(one + other)
            damaged = simulate.misfire_commas(truth, rng.choice("！？；，"))
            if "?" in damaged and "?" not in truth:
                cases.append(Damaged(damaged, truth, ("misfired commas",)))
                break
    return cases


def _misread(written: str, read: str, *, rounds: int = 1, lossy: bool = False) -> Callable[..., list[Damaged]]:
    """Whole lines, or where those lose bytes (and `lossy` is false) stretches of them that lose none."""

    def make(lines: Sequence[str], rng: random.Random) -> list[Damaged]:
        cases = []
        for line in lines:
            whole = simulate.naive_traditional(line) if written == "big5" else line
            for truth in (whole, *(_stretch(whole, rng) for _ in range(20))):
                text = truth
                for _ in range(rounds):
                    text = simulate.misread(text, written, read)
                if lossy == ("\ufffd" in text) and "?" not in text:
                    cases.append(Damaged(text, truth, ("wrong codec",)))
                    break
        return cases

    return make


def _stretch(line: str, rng: random.Random) -> str:
    """Eight characters or more of a line."""
    start = rng.randrange(max(1, len(line) - 8))
    return line[start : start + rng.randrange(8, 41)]


def _mixed(lines: Sequence[str], rng: random.Random) -> list[Damaged]:
    """Documents of which every fourth line was read wrongly, without loss."""
    broken = _misread("utf-8", "gb18030")(lines, rng)
    cases = []
    for text in _documents(lines, rng):
        rows = [(line, line) for line in text.split("\n")]
        for at in range(0, len(rows) if broken else 0, 4):
            rows[at] = rng.choice(broken)[:2]
        cases.append(Damaged("\n".join(row[0] for row in rows), "\n".join(row[1] for row in rows), ("mixed",)))
    return cases


def _invisible(lines: Sequence[str], rng: random.Random) -> list[Damaged]:
    return [Damaged(simulate.scatter_invisible(line, rng, 0.1), line, ("invisible",)) for line in lines]


def _spaced(lines: Sequence[str], _rng: random.Random) -> list[Damaged]:
    return [Damaged(simulate.space_out(line), line, ("spaced",)) for line in lines]


def _escaped(lines: Sequence[str], rng: random.Random) -> list[Damaged]:
    def escape(char: str) -> str:
        form = rng.choice(("{0}",) * 12 + ("&#{1};", "&#x{1:x};", "&amp;#{1};"))
        return form.format(char, ord(char)) if "\u4e00" <= char <= "\u9fff" else char

    return [Damaged("".join(map(escape, line)), line, ("escaped",)) for line in lines]


def _half_decoded(lines: Sequence[str], _rng: random.Random) -> list[Damaged]:
    """GBK read as Latin-1, in which runs that are UTF-8 by chance were decoded already."""
    cases = []
    for line in lines:
        text = simulate.misread(line, "gbk", "latin-1")
        made = _CHANCE.sub(lambda run: run[0].encode("latin-1").decode("utf-8"), text)
        if made != text:
            cases.append(Damaged(made, line, ("half decoded",)))
    return cases


FAMILIES = (
    Family("readings injected", "A converter puts its reading behind each character on a list: 時(shí).", _readings),
    Family(
        "readings misfired",
        "The same converter searches bytes, so that readings also fall between two characters: 當?shù)母?.",
        _misfired_readings,
    ),
    Family("commas injected", "A comma is put before marks: ,。", _commas),
    Family(
        "commas misfired",
        "The same, searching bytes: 。回望 becomes ?；赝, and all that follows is read a byte late.",
        _misfired_commas,
    ),
    Family("UTF-8 read as GBK", "浣犲ソ for 你好.", _misread("utf-8", "gb18030")),
    Family(
        "UTF-8 read as GBK, bytes lost",
        "The same, where pairs had no character: what is lost can't come back, the rest can.",
        _misread("utf-8", "gb18030", lossy=True),
    ),
    Family("UTF-8 read as Latin-1", "ä½ å¥½ for 你好.", _misread("utf-8", "latin-1")),
    Family(
        "UTF-8 read as Latin-1 twice", "The same, saved and read wrongly again.", _misread("utf-8", "latin-1", rounds=2)
    ),
    Family("GBK read as Latin-1", "ÄãºÃ for 你好.", _misread("gbk", "latin-1")),
    Family("GBK read as Latin-1, half decoded", "What a repair for UTF-8 leaves of it: ¿ªÌⱨ¸æ.", _half_decoded),
    Family("Big5 read as GBK", "Traditional pages without a declared charset.", _misread("big5", "gb18030")),
    Family("some lines UTF-8 read as GBK", "Pages put together from sources in two encodings.", _mixed),
    Family("invisible characters", "Zero-width characters and soft hyphens between characters.", _invisible),
    Family("a space between all characters", "Text taken from a layout: 前 言 本 文.", _spaced),
    Family("escaped characters", "References that were escaped once more: &amp;#22269;.", _escaped),
)
