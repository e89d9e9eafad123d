"""How fast corpusclean is, beside what users would put together by hand: ``python benchmarks/run.py``.

Contenders take turns, and ratios come with the range of the rounds. ``--write`` writes ``docs/benchmarks.md``,
with ``--only`` that table of it; ``--quick`` is small enough for a check that it runs; ``--pages DIR`` adds your own
HTML pages (``*.html``, ``*.gz``). Needs the extra ``bench``.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from clock import race
from mixes import HTML, MIXES, TEXT_MIXES, make
from peers import HAND_MADE, OURS, WITH_LEDGER, html_contenders, step_contenders, text_contenders, versions
from processes import memory, scaling, start_up, stored
from shares import STEPS, shares
from tables import Table, machine, page, plain

import corpusclean

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
SIZES = (500, 5_000, 50_000, 500_000)


class Extent(NamedTuple):
    """How much is measured.

    Attributes:
        rounds: turns of the contenders.
        sizes: bytes a document.
        total: bytes of each sample.
        documents: how many the process cleans whose memory is measured.
        longest: bytes of the longest document.
        pages: a folder of the caller's own pages.
    """

    rounds: int
    sizes: Sequence[int]
    total: int
    documents: int
    longest: int
    pages: Path | None


def text_table(extent: Extent) -> Table:
    contenders = text_contenders()
    rows = []
    for mix, size in itertools.product(TEXT_MIXES, extent.sizes):
        found = race(contenders, make(mix, size, extent.total), extent.rounds)
        speeds = [f"{found.speed(name):.2f}" for name in contenders]
        rows.append([mix, _kb(size), *speeds, found.ratio(OURS, HAND_MADE), found.ratio(WITH_LEDGER, HAND_MADE)])
    note = (
        "Whole path from bytes to a document, in MB a second. *Hand-made* is chardet, then ftfy, then OpenCC (`t2s`) "
        "in Python: it removes no boilerplate, undoes no misfire and knows no ledger."
    )
    head = ["mix", "KB", OURS, WITH_LEDGER, HAND_MADE, "ratio", "ratio with ledger"]
    return Table("Text", note, head, rows)


def html_table(extent: Extent) -> Table:
    contenders = html_contenders()
    samples = {f"made, {_kb(size)} KB": make(HTML, size, extent.total) for size in extent.sizes if size >= 5000}
    if extent.pages is not None:
        samples[f"your own, {extent.pages.name}"] = [
            gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            for path in sorted(extent.pages.iterdir())
            if path.suffix in (".gz", ".html")
        ]
    rows = []
    for name, documents in samples.items():
        found = race(contenders, documents, extent.rounds)
        rate = len(documents) / found.megabytes
        speeds = [f"{found.speed(contender) * rate:.0f}" for contender in contenders]
        rows.append([name, *speeds, found.ratio(OURS, "trafilatura"), found.ratio(OURS, "resiliparse")])
    note = (
        "Whole path from the bytes of a page to a document, in pages a second, beside two extractors of main content. "
        "*Resiliparse* is written in C++ and keeps no metadata, no removed text and no offsets."
    )
    head = ["pages", OURS, WITH_LEDGER, "trafilatura", "resiliparse", "to trafilatura", "to resiliparse"]
    return Table("HTML", note, head, rows)


def steps_table(extent: Extent) -> Table:
    rows = []
    for step, (mix, contenders) in step_contenders().items():
        found = race(contenders, make(mix, 5_000, extent.total), extent.rounds)
        for peer in list(contenders)[1:]:
            speeds = [f"{found.speed(name):.2f}" for name in (OURS, peer)]
            rows.append([step, mix, peer, *speeds, found.ratio(OURS, peer)])
    note = "A step alone beside the library that comes nearest to it, in MB a second, on documents of 5 KB."
    return Table("Each step beside its peer", note, ["step", "mix", "peer", OURS, "peer's", "ratio"], rows)


def shares_table(extent: Extent) -> Table:
    rows = []
    for mix in MIXES:
        found = shares(make(mix, 5_000, extent.total), extent.rounds)
        rows.append([mix, *(f"{found[step]:.0%}" for step in STEPS)])
    note = "Where the time of a whole clean goes, documents of 5 KB. *The road* is what the cleaner does between steps."
    return Table("Share of each step", note, ["mix", *STEPS], rows)


def process_table(extent: Extent) -> Table:
    """Start-up, memory, scaling."""
    with stored(itertools.islice(_everything(), extent.documents)) as path:
        imported, first = start_up(path, max(3, extent.rounds))
        sizes = memory(path)
    with stored(make("naive Traditional", 5_000, extent.total * 5)) as path:
        ratios = scaling(path, extent.rounds)
    rows = [
        ["`import corpusclean`", f"{imported * 1e3:.0f} ms", "150 ms"],
        ["first document after that", f"{first * 1e3:.0f} ms", "400 ms"],
        [f"resident memory after {extent.documents:,} documents of all mixes", f"{sizes[-1]:.0f} MB", "150 MB"],
        ["of which since the middle of these", f"{sizes[-1] - sizes[len(sizes) // 2]:+.1f} MB", "none"],
        ["two processes beside one", f"{ratios[len(ratios) // 2]:.2f} ({ratios[0]:.2f}-{ratios[-1]:.2f})", "1.9"],
    ]
    return Table(
        "Processes",
        "Fresh processes; the last row is wall-clock time, the others CPU time.",
        ["what", "measured", "goal"],
        rows,
    )


def growth_table(extent: Extent) -> Table:
    subject = corpusclean.Cleaner()
    rows = []
    for mix in MIXES:
        usual, long = make(mix, 50_000, 20 * 50_000), make(mix, extent.longest, 1)[:1]
        costs = []
        for documents in (usual, long):
            begin = time.process_time()
            for document in documents:
                subject.clean(document)
            costs.append((time.process_time() - begin) / sum(map(len, documents)) * 1e6)
        rows.append([mix, f"{costs[0]:.3f}", f"{costs[1]:.3f}", f"{costs[1] / costs[0]:.2f}"])
    note = (
        f"CPU seconds for each MB, in documents of 50 KB and in one of {extent.longest / 1e6:.0f} MB. The goal is 1.2."
    )
    return Table("Growth with size", note, ["mix", "50 KB", f"{extent.longest / 1e6:.0f} MB", "growth"], rows)


def _everything() -> Iterator[bytes]:
    """Documents of 5 KB of all mixes in turns, no two alike."""
    for number in itertools.count():
        for mix in MIXES:
            yield from make(mix, 5_000, 10_000, start=number)


def _kb(size: int) -> str:
    return f"{size / 1000:g}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5, help="turns of the contenders (default: 5)")
    parser.add_argument("--quick", action="store_true", help="little of everything, in less than a minute")
    parser.add_argument("--pages", type=Path, help="a folder of HTML pages of your own, as another row")
    parser.add_argument("--only", choices=SECTIONS, action="append", help="only this table; may be repeated")
    parser.add_argument("--write", action="store_true", help=f"write the tables to {PAGE.parent.name}/{PAGE.name}")
    options = parser.parse_args()
    if options.write and options.quick:
        parser.error("--write takes the whole: leave out --quick")
    extent = Extent(options.rounds, SIZES, 250_000, 10_000, 50_000_000, options.pages)
    if options.quick:
        extent = extent._replace(sizes=(5_000,), total=25_000, documents=200, longest=500_000)

    print(f"corpusclean {corpusclean.__version__}, Python {sys.version.split()[0]}, {machine()}")
    print("MB/s and pages/s of one core; ratios are medians of the rounds, with the least and the greatest")
    tables = []
    for name in options.only or SECTIONS:
        table = SECTIONS[name](extent)
        print(plain(table), flush=True)
        tables.append(table)
    if options.write:
        arguments = " ".join(["python benchmarks/run.py", *_shown(sys.argv[1:])])
        former = PAGE.read_text("utf-8") if PAGE.exists() else ""
        PAGE.write_text(page(tables, versions(), arguments, former), "utf-8")
        print(f"\nwrote {PAGE}")
    return 0


def _shown(arguments: Sequence[str]) -> list[str]:
    """The arguments, a folder by its name alone."""
    return [Path(argument).name if "/" in argument else argument for argument in arguments]


SECTIONS: dict[str, Callable[[Extent], Table]] = {
    "text": text_table,
    "html": html_table,
    "steps": steps_table,
    "shares": shares_table,
    "processes": process_table,
    "growth": growth_table,
}

if __name__ == "__main__":
    sys.exit(main())
