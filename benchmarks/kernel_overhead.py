"""What the Arrow kernel costs over the library, and the cores a crawl needs: ``python benchmarks/kernel_overhead.py``.

The same documents go through ``Cleaner.clean`` and through ``clean_batch``, in turns of one batch, so that both see
the same weather on the machine. Times are CPU seconds of one core. The overhead is the median over the batches; MB are
those of the input as UTF-8 (or as it is). ``--write`` puts the figures into docs/engines/sizing.md, with the core-hours
of a crawl calculated from them.
"""

from __future__ import annotations

import argparse
import datetime
import platform
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from corpusclean import Cleaner, __version__
from corpusclean.adapters.arrow import clean_batch
from corpusclean.testing import SENTENCES, inject_readings, misfire_commas, naive_traditional, wrap_page

PAGE = Path(__file__).parent.parent / "docs" / "engines" / "sizing.md"
BEGIN, END = "<!-- figures: begin (benchmarks/kernel_overhead.py --write) -->", "<!-- figures: end -->"
CRAWL_MB = 100_000_000
MIXTURE = {"clean Chinese text": 0.98, "damaged Chinese text": 0.02}
SIZE = 5_000
ENGLISH = ("the", "library", "opened", "new", "people", "water", "under", "river", "small", "green", "house")


def _text(rng: random.Random) -> str:
    lines: list[str] = []
    size = 0
    while size < SIZE:
        lines.append("".join(rng.choices(SENTENCES, k=5)))
        size += len(lines[-1].encode())
    return "\n".join(lines)


def _damaged(rng: random.Random) -> str:
    return misfire_commas(inject_readings(naive_traditional(_text(rng)), "時們這個來對說"))


def _html(rng: random.Random) -> bytes:
    lines = wrap_page(_text(rng).split("\n"), rng).split("\n")
    menu = "".join(f'<li class="nav"><a href="/{n}">栏目{n}</a></li>' for n in range(20))
    body = f"<ul>{menu}</ul><div>{''.join(f'<p>{line}</p>' for line in lines)}</div>"
    return f'<!DOCTYPE html><html><head><meta charset="gbk"><title>页</title></head><body>{body}</body></html>'.encode(
        "gbk"
    )


def _english(rng: random.Random) -> str:
    return "\n".join(" ".join(rng.choices(ENGLISH, k=60)).capitalize() + "." for _ in range(SIZE // 340))


KINDS: dict[str, Callable[[random.Random], str | bytes]] = {
    "clean Chinese text": _text,
    "clean English text": _english,
    "damaged Chinese text": _damaged,
    "Chinese HTML, GBK": _html,
}


class Measured(NamedTuple):
    """One kind of documents: how many, the kernel's overhead (ratio - 1), and MB/s of one core both ways."""

    kind: str
    docs: int
    overhead: float
    library: float
    kernel: float


def measure(kind: str, docs: int, batch_rows: int, most_seconds: float) -> Measured:
    """Both ways over the same documents, until there are no more or `most_seconds` of CPU are used."""
    rng = random.Random(8)
    cleaner = Cleaner()
    cleaner.clean(KINDS[kind](rng))  # tables are loaded
    ratios, spent, size, done = [], {"library": 0.0, "kernel": 0.0}, 0, 0
    while done < docs and sum(spent.values()) < most_seconds:
        part = [KINDS[kind](rng) for _ in range(min(batch_rows, docs - done))]
        batch = pa.record_batch({"text": part, "id": [str(n) for n in range(len(part))]})

        def library(part: list[str | bytes] = part) -> None:
            for number, source in enumerate(part):
                cleaner.clean(source, id=str(number))

        def kernel(batch: pa.RecordBatch = batch) -> None:
            clean_batch(batch, cleaner)

        times = {}
        for turn in (library, kernel) if len(ratios) % 2 else (kernel, library):
            begun = time.process_time()
            turn()
            times[turn.__name__] = time.process_time() - begun
        ratios.append(times["kernel"] / times["library"])
        spent = {name: spent[name] + times[name] for name in spent}
        size += sum(len(source.encode() if isinstance(source, str) else source) for source in part)
        done += len(part)
    rates = {name: size / 1e6 / seconds for name, seconds in spent.items()}
    return Measured(kind, done, statistics.median(ratios) - 1, rates["library"], rates["kernel"])


def page_part(rows: list[Measured], batch_rows: int) -> str:
    """The part of the page that is figures."""
    lines = [
        f"Measured on {datetime.date.today()} with corpusclean {__version__}, Python {platform.python_version()}, "
        f"pyarrow {pa.__version__}, on one core of {machine()}; batches of {batch_rows} documents.",
        "",
        "| documents of 5 KB | how many | library, MB/s | Arrow kernel, MB/s | overhead of the kernel |",
        "|---|---|---|---|---|",
        *(
            f"| {row.kind} | {row.docs:,} | {row.library:.2f} | {row.kernel:.2f} | {row.overhead:+.1%} |"
            for row in rows
        ),
        "",
        "What a crawl of 100 TB would need if all of it were of one kind, calculated from the column of the kernel:",
        "",
        "| documents | core-hours | on 1,000 cores | storage must deliver |",
        "|---|---|---|---|",
    ]
    for row in rows:
        hours = CRAWL_MB / row.kernel / 3600
        span = f"{hours / 1000:.0f} hours" if hours < 48_000 else f"{hours / 24_000:.1f} days"
        lines.append(f"| {row.kind} | {round(hours, -2):,.0f} | {span} | {row.kernel:.2g} GB/s |")
    shares = {row.kind: row for row in rows}
    mixture = [share * CRAWL_MB / shares[kind].kernel / 3600 for kind, share in MIXTURE.items() if kind in shares]
    if len(mixture) == len(MIXTURE):
        parts = ", ".join(f"{share:.0%} {kind}" for kind, share in MIXTURE.items())
        sums = " + ".join(f"{round(hours, -2):,.0f}" for hours in mixture)
        lines += ["", f"A mixture is the sum of its parts. For {parts}:", ""]
        lines += [f"    {sums} = {round(sum(mixture), -2):,.0f} core-hours"]
    return "\n".join(lines)


def machine() -> str:
    """The processor as the system names it."""
    cpuinfo = Path("/proc/cpuinfo")
    names = (
        [line for line in cpuinfo.read_text().splitlines() if line.startswith("model name")] if cpuinfo.exists() else []
    )
    return names[0].partition(":")[2].strip() if names else platform.processor() or platform.machine()


def write_page(part: str) -> None:
    """Put the figures between the two marks of the page."""
    text = PAGE.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        sys.exit(f"{PAGE} lacks the marks {BEGIN} and {END}")
    PAGE.write_text(f"{before}{BEGIN}\n\n{part}\n\n{END}{after}", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--docs", type=int, default=10_000, help="documents of 5 KB of each kind (default: 10000)")
    parser.add_argument("--batch-rows", type=int, default=100)
    parser.add_argument("--most-seconds", type=float, default=60, help="CPU seconds for each kind (default: 60)")
    parser.add_argument("--kind", choices=KINDS, action="append", help="only this kind; may be repeated")
    parser.add_argument("--write", action="store_true", help=f"put the figures into {PAGE.name}")
    options = parser.parse_args()
    print(f"{'kind':24}{'documents':>10}{'library':>12}{'kernel':>12}{'overhead':>10}")
    rows = []
    for kind in options.kind or KINDS:
        rows.append(row := measure(kind, options.docs, options.batch_rows, options.most_seconds))
        print(
            f"{kind:24}{row.docs:>10}{row.library:>7.2f} MB/s{row.kernel:>7.2f} MB/s{row.overhead:>+10.1%}", flush=True
        )
    if options.write:
        write_page(page_part(rows, options.batch_rows))


if __name__ == "__main__":
    main()
