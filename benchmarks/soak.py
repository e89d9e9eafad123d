"""A long run over mixed documents, one in ten of them hostile: ``python benchmarks/soak.py --documents 200000``.

What must hold: as many documents come out as went in; none fails, for nothing in them is the machine's fault; memory in
the last half of the run is what it was after the first tenth. Most documents have 40 to 240 code points, hostile ones
as well, so that there can be many; one in a thousand has 20,000. Exit code 1 if any of it does not hold.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from corpusclean import Cleaner
from corpusclean.corpus import Outputs, Record, run_corpus
from corpusclean.testing import (
    SENTENCES,
    inject_commas,
    inject_readings,
    misfire_commas,
    misread,
    naive_traditional,
    wrap_page,
)
from corpusclean.testing.hostile import HOSTILE

CODECS = ("utf-8", "gb18030", "big5", "utf-16-le")
FLAT = 1.15  # memory of the last half over memory after the first tenth, at most
SLACK = 24 * 2**20  # bytes that are let pass whatever the ratio


def documents(count: int, seed: int) -> Iterator[Record]:
    """Mixed documents, the same ones each time."""
    rng = random.Random(seed)
    kinds = list(HOSTILE)
    for number in range(count):
        size = rng.randrange(40, 240) if number % 1000 else 20_000
        if number % 10 == 7:
            kind = kinds[number // 10 % len(kinds)]
            yield Record(f"{number} {kind}", f"h{number}", HOSTILE[kind](size))
        else:
            yield Record(str(number), f"d{number}", ordinary(size, rng))


def ordinary(size: int, rng: random.Random) -> str | bytes:
    """A document as the web has them: clean or damaged, plain or a page, text or bytes."""
    lines: list[str] = []
    while sum(map(len, lines)) < size:
        lines.append("".join(rng.sample(SENTENCES, 3)))
    text = "\n".join(lines)
    match rng.randrange(64):  # wrong codecs and misfires are rarer than the rest
        case 0:
            return misread(text, "utf-8", "gb18030")
        case 1:
            return misfire_commas(naive_traditional(text))
        case 2 | 3 | 4 | 5:
            return inject_commas(inject_readings(text, "时国个会"), rng, 0.3)
        case 6 | 7 | 8 | 9:
            return "<html><body><h1>题</h1>" + "".join(f"<p>{line}</p>" for line in lines)
        case 10 | 11 | 12 | 13:
            return wrap_page(lines, rng)
        case 14 | 15 | 16 | 17:
            return text.encode(rng.choice(CODECS), "ignore")
        case _:
            return text


def resident() -> int:
    """Bytes of memory that this process and its children hold."""
    pages = 0
    own = os.getpid()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text("utf-8", "replace").rpartition(")")[2].split()[1])
            if own in (parent, int(stat.parent.name)):
                pages += int((stat.parent / "statm").read_text("ascii").split()[1])
        except (OSError, IndexError):  # it has just ended
            continue
    return pages * os.sysconf("SC_PAGE_SIZE")


def soak(count: int, jobs: int, seed: int, folder: Path) -> dict[str, object]:
    """Run it, and measure."""
    taken: list[int] = []
    slowest = (0.0, "")
    at = time.monotonic()

    def watch(outcome: object, totals: object) -> None:
        nonlocal at, slowest
        now = time.monotonic()
        slowest = max(slowest, (now - at, str(getattr(outcome, "id", ""))))
        at = now
        seen = totals.read if hasattr(totals, "read") else 0
        if seen % max(1, count // 100) == 0:
            taken.append(resident())
            if len(taken) % 10 == 0:
                print(f"{seen:>9,} documents, {taken[-1] / 2**20:.0f} MiB", file=sys.stderr, flush=True)

    start = time.monotonic()
    outputs = Outputs(file=folder / "clean.jsonl")
    totals = run_corpus(lambda: documents(count, seed), Cleaner(), outputs, jobs=jobs, watch=watch).totals
    with (folder / "clean.jsonl").open("rb") as stream:
        rows = sum(1 for _ in stream)
    early = max(taken[: max(1, len(taken) // 10)])
    late = max(taken[len(taken) // 2 :])
    return {
        "documents": count,
        "read": totals.read,
        "cleaned": totals.cleaned,
        "rejected": totals.rejected,
        "failed": totals.failed,
        "rows written": rows,
        "seconds": round(time.monotonic() - start, 1),
        "slowest wait": [round(slowest[0], 2), slowest[1]],
        "memory after a tenth": early,
        "memory in the last half": late,
        "balanced": totals.balanced and rows == totals.cleaned and totals.read == count,
        "memory flat": late <= max(early * FLAT, early + SLACK),
    }


def main() -> int:
    """Soak, and say what was seen."""
    parser = argparse.ArgumentParser(description="A long run over mixed documents, one in ten of them hostile.")
    parser.add_argument("--documents", type=int, default=200_000)
    parser.add_argument("--jobs", type=int, default=1, help="worker processes; 0 to work in this process")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        seen = soak(given.documents, given.jobs, given.seed, Path(folder))
    print(json.dumps(seen, ensure_ascii=False, indent=1))
    held = seen["balanced"] and seen["memory flat"] and not seen["failed"]
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
