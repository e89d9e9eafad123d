"""How a run uses the machine: speed by workers, and memory on an input of any size.

Run it as ``python benchmarks/scaling.py``, and ``python benchmarks/scaling.py --memory 5`` for 5 GB of input. The
input is made by repetition while it is read, so no disk is needed for it. A run with N workers has N cores to itself
and its parent (Linux), so that two cores are compared with one, and not two workers with one worker and a free core.
Memory is the largest resident size that the system has seen of each process (Linux). Where other work shares the
machine the seconds say little; the processor time of parent and workers still does: with two workers on two free
processors a run can be ``2 * workers / (workers + parent)`` times as fast as with one.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from multiprocessing import active_children
from pathlib import Path

from corpusclean import Cleaner
from corpusclean.corpus import Outputs, Record, run_corpus

MIB = 2**20
PARENT_BOUND, WORKER_BOUND = 400, 300  # MiB
SEEDS = Path(__file__).parent.parent / "seeds"


def pages() -> list[bytes]:
    """Pages like those of the web: the seeds, and clean text beside them."""
    found = [path.read_bytes() for path in sorted(SEEDS.iterdir()) if path.is_file()]
    clean = "今天天气很好，我们去公园玩。春天来了，花都开了，孩子们在草地上放风筝。\n" * 60
    return [*found, clean.encode(), clean.encode("gb18030"), f"<html><body><p>{clean}</p></body></html>".encode()]


def repeated(size: int, *, long: bool) -> Iterator[Record]:
    """Pages over and over, until they have `size` bytes together; with `long`, pages of 120 KB of clean text."""
    told = 0
    given = [("今天天气很好，我们去公园玩。\n" * 2800).encode()] if long else pages()
    for number, page in enumerate(itertools.cycle(given)):
        if told >= size:
            return
        told += len(page)
        yield Record(f"page-{number}", f"page-{number}", page)


def resident(pid: int) -> float:
    """The largest resident size that a process has had, in MiB; 0 if it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text("ascii")
    except OSError:
        return 0.0
    line = next((line for line in status.splitlines() if line.startswith("VmHWM")), "VmHWM: 0 kB")
    return int(line.split()[1]) / 1024


class Watch(threading.Thread):
    """Looks at the memory of the workers every now and then."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.worker = 0.0
        self._ended = threading.Event()

    def run(self) -> None:
        """Look, until it is ended."""
        while not self._ended.wait(0.2):
            sizes = [resident(child.pid) for child in active_children() if child.pid is not None]
            self.worker = max([self.worker, *sizes])

    def end(self) -> None:
        """Look no more."""
        self._ended.set()
        self.join()


def light() -> Cleaner:
    """A cleaner that does next to nothing, to see what the run itself takes."""
    off = dict.fromkeys(("markup", "repair", "boilerplate", "layout", "quality"), False)
    return Cleaner(script=None, decoding="utf-8", **off)


def timed(size: int, jobs: int, folder: Path, *, is_light: bool) -> dict[str, float]:
    """Seconds, MB/s and memory of one run."""
    cleaner = light() if is_light else Cleaner()
    watch = Watch()
    watch.start()
    output = folder / f"{jobs}.jsonl"
    before, began = os.times(), time.monotonic()
    result = run_corpus(lambda: repeated(size, long=is_light), cleaner, Outputs(file=output), jobs=jobs)
    seconds, after = time.monotonic() - began, os.times()
    watch.end()
    parent = after.user + after.system - before.user - before.system
    workers = after.children_user + after.children_system - before.children_user - before.children_system
    if not result.totals.balanced or result.totals.troubles:
        raise SystemExit(f"not what was expected: {result.totals.conservation}")
    return {
        "jobs": jobs,
        "bytes": result.totals.bytes_in,
        "seconds": round(seconds, 2),
        "processor seconds of parent": round(parent, 2),
        "of workers": round(workers, 2),
        "at best two are": round(2 * workers / (workers + parent), 2),
        "MB/s": round(result.totals.bytes_in / 1e6 / seconds, 2),
        "parent MiB": round(resident(os.getpid())),
        "worker MiB": round(watch.worker),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=20, help="input for the speed (default: 20)")
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2], help="numbers of workers (default: 1 2)")
    parser.add_argument("--rounds", type=int, default=1, help="rounds; the best of each counts (default: 1)")
    parser.add_argument(
        "--light", action="store_true", help="long clean pages, and a cleaner that does next to nothing"
    )
    parser.add_argument("--memory", type=float, metavar="GB", help="input for the memory; only that is measured")
    args = parser.parse_args()
    available = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    if available and max(args.jobs) > len(available):
        parser.error(f"--jobs {max(args.jobs)} needs as many cores; there are {len(available)}")
    with tempfile.TemporaryDirectory() as name:
        if args.memory:
            row = timed(int(args.memory * 1e9), max(args.jobs), Path(name), is_light=args.light)
            print(json.dumps(row))
            within = row["parent MiB"] <= PARENT_BOUND and row["worker MiB"] <= WORKER_BOUND
            raise SystemExit(0 if within else f"more than {PARENT_BOUND} MiB for the parent or {WORKER_BOUND} a worker")
        best: dict[int, dict[str, float]] = {}
        for _ in range(args.rounds):
            for jobs in args.jobs:
                if available:
                    os.sched_setaffinity(0, available[:jobs])
                row = timed(int(args.megabytes * 1e6), jobs, Path(name), is_light=args.light)
                if jobs not in best or row["seconds"] < best[jobs]["seconds"]:
                    best[jobs] = row
        for row in best.values():
            ratio = best[args.jobs[0]]["seconds"] / row["seconds"]
            print(json.dumps(row | {f"times as fast as {args.jobs[0]}": round(ratio, 2)}))


if __name__ == "__main__":
    main()
