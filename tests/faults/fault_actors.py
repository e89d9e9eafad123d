"""Programs that meet a fault; tests start them as processes of their own."""

import faulthandler
import json
import os
import resource
import sys
import threading
from pathlib import Path

from corpusclean import Cleaner
from corpusclean.corpus import Outputs, Record, clean_records, run_corpus

TEXT = "今天天气很好，我们去公园。" * 20


def rows(count: int) -> list[Record]:
    return [Record(f"d{number}", f"d{number}", f"{number}：{TEXT}") for number in range(count)]


def threads_and_workers(output: Path) -> None:
    """Workers are started while threads of the program are cleaning."""
    stop = threading.Event()

    def clean() -> None:
        cleaner = Cleaner()
        while not stop.is_set():
            cleaner.clean(TEXT)

    threads = [threading.Thread(target=clean) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        result = run_corpus(lambda: rows(40), Cleaner(), Outputs(file=output), jobs=2)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    print(result.totals.conservation)


def fork_with_threads(output: Path) -> None:
    """A child that was forked while threads were cleaning cleans as its parent does.

    One document is cleaned first: modules and tables load at their first use, and a child that is forked while a
    thread imports a module can never import it (the locks of Python's imports do not survive a fork).
    """
    cleaner = Cleaner(ledger=True)
    first = cleaner.clean(TEXT.encode("gb18030")).text
    output.with_name("child.txt").write_text(first, "utf-8")
    stop = threading.Event()

    def clean() -> None:
        while not stop.is_set():
            cleaner.clean(TEXT.encode("gb18030"))

    threads = [threading.Thread(target=clean) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(8):
        child = os.fork()
        if not child:
            faulthandler.dump_traceback_later(60, exit=True)
            (output.parent / f"child{number}.txt").write_text(cleaner.clean(TEXT.encode("gb18030")).text, "utf-8")
            os._exit(0)
        os.waitpid(child, 0)
    stop.set()
    for thread in threads:
        thread.join()
    print("forked")


def little_memory(output: Path) -> None:
    """A document that needs more memory than there is, between two that do not."""
    cleaner = Cleaner(ledger=True)
    cleaner.clean("當(dāng)時的國家。<p>&amp;".encode("gb18030"))
    large = "\n".join(["當(dāng)時的國家，很好。"] * 1_500_000)
    documents = [Record("small", "small", TEXT), Record("large", "large", large), Record("last", "last", TEXT)]
    used = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + 150 * 2**20, resource.RLIM_INFINITY))
    said = [type(result).__name__ for result in clean_records(documents, cleaner)]
    print(json.dumps(said))


if __name__ == "__main__":
    globals()[sys.argv[1]](Path(sys.argv[2]))
