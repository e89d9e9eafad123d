"""What the Arrow kernel costs over the library, and how fast one core is: run ``python benchmarks/kernel_overhead.py``.

The same documents go through ``Cleaner.clean`` and through ``clean_batch``, in turns of one batch, so that both see the
same weather on the machine. Ratios are medians over the batches; MB are those of the input as UTF-8 (or as it is).
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable

import pyarrow as pa

from corpusclean import Cleaner
from corpusclean.adapters.arrow import clean_batch
from corpusclean.testing import SENTENCES, inject_readings, misfire_commas, naive_traditional, wrap_page

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


def measure(kind: str, docs: int, batch_rows: int) -> tuple[float, float, float]:
    """Overhead of the kernel (ratio - 1), MB/s through the library, MB/s through the kernel."""
    rng = random.Random(8)
    sources = [KINDS[kind](rng) for _ in range(docs)]
    size = sum(len(source.encode() if isinstance(source, str) else source) for source in sources)
    cleaner = Cleaner()
    cleaner.clean(sources[0])  # tables are loaded
    ratios, by_library, by_kernel = [], 0.0, 0.0
    for at in range(0, docs, batch_rows):
        part = sources[at : at + batch_rows]
        batch = pa.record_batch({"text": part, "id": [str(n) for n in range(len(part))]})

        def library(part: list[str | bytes] = part) -> None:
            for number, source in enumerate(part):
                cleaner.clean(source, id=str(number))

        def kernel(batch: pa.RecordBatch = batch) -> None:
            clean_batch(batch, cleaner)

        times = {}
        turns = [library, kernel] if at // batch_rows % 2 else [kernel, library]
        for turn in turns:
            begun = time.process_time()
            turn()
            times[turn] = time.process_time() - begun
        ratios.append(times[kernel] / times[library])
        by_library += times[library]
        by_kernel += times[kernel]
    return statistics.median(ratios) - 1, size / 1e6 / by_library, size / 1e6 / by_kernel


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--docs", type=int, default=10_000, help="documents of 5 KB of each kind")
    parser.add_argument("--batch-rows", type=int, default=100)
    parser.add_argument("--kind", choices=KINDS, action="append", help="only this kind; may be repeated")
    options = parser.parse_args()
    print(f"{options.docs} documents of 5 KB of each kind, batches of {options.batch_rows}; CPU seconds of one core")
    print(f"{'kind':24}{'library':>12}{'kernel':>12}{'overhead':>10}")
    for kind in options.kind or KINDS:
        overhead, library, kernel = measure(kind, options.docs, options.batch_rows)
        print(f"{kind:24}{library:>7.2f} MB/s{kernel:>7.2f} MB/s{overhead:>+10.1%}", flush=True)


if __name__ == "__main__":
    main()
