"""The whole text path beside a stack made by hand: chardet, then ftfy, then OpenCC.

``python benchmarks/run.py [--files DIR] [--rounds N]``. Each round times every contender on every sample in turn, so
that a slow moment of the machine falls on all; the table shows the median of the rounds, in MB of input a second, and
how many times as fast as the stack. Needs the extra ``bench``.

The stack does less (it knows no boilerplate, no misfires, no ledger), so a ratio of 1 is a good one.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import corpusclean
from corpusclean import testing

ROOT = Path(__file__).parent.parent
MIN_BYTES = 200_000  # a sample is repeated up to this, so that the clock has something to measure

Contender = Callable[[bytes], object]


def hand_made_stack() -> Contender:
    import chardet
    import ftfy
    from opencc import OpenCC

    converter = OpenCC("t2s")

    def clean(data: bytes) -> str:
        encoding = chardet.detect(data)["encoding"] or "utf-8"
        return str(converter.convert(ftfy.fix_text(data.decode(encoding, "replace"))))

    return clean


def samples(folder: Path) -> dict[str, bytes]:
    """Inputs by name: real pages as they are, and the same text clean, re-encoded, and in a language without Han."""
    pages = [path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()]
    damaged = b"\n".join(pages)
    clean = "\n".join(corpusclean.clean(page).text for page in pages)
    english = "The quick brown fox jumps over the lazy dog, again and again, until the evening comes.\n" * 40
    return {
        "damaged pages": damaged,
        "clean Chinese": clean.encode(),
        "the same in GB 18030": clean.encode("gb18030"),
        "naive Traditional": testing.naive_traditional(clean).encode(),
        "English": english.encode(),
    }


def measure(contenders: dict[str, Contender], data: bytes, rounds: int) -> dict[str, float]:
    """Median seconds of each contender, rounds interleaved; one unmeasured round first."""
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for round_ in range(rounds + 1):
        for name, contender in contenders.items():
            begin = time.perf_counter()
            contender(data)
            if round_:
                times[name].append(time.perf_counter() - begin)
    return {name: statistics.median(taken) for name, taken in times.items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=Path, default=ROOT / "seeds", help="folder of pages (default: seeds)")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()

    cleaner, keeper = corpusclean.Cleaner(), corpusclean.Cleaner(ledger=True)
    contenders: dict[str, Contender] = {
        "corpusclean": cleaner.clean,
        "with ledger": keeper.clean,
        "hand-made": hand_made_stack(),
    }
    print(f"corpusclean {corpusclean.__version__}, Python {sys.version.split()[0]}, median of {options.rounds} rounds")
    head = "".join(f"{name + ' MB/s':>18}" for name in contenders)
    print(f"{'sample':<24}{'MB':>7}{head}{'ratio':>9}")
    for name, data in samples(options.files).items():
        data *= max(1, -(-MIN_BYTES // len(data)))
        size = len(data) / 1e6
        seconds = measure(contenders, data, options.rounds)
        row = "".join(f"{size / seconds[contender]:>18.2f}" for contender in contenders)
        print(f"{name:<24}{size:>7.2f}{row}{seconds['hand-made'] / seconds['corpusclean']:>9.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
