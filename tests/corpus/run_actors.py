"""Cleaners that misbehave on purpose, and a run in a process of its own; workers import this module by name."""

import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

from corpusclean import CleanConfig, Cleaner, Document
from corpusclean.corpus import Outputs, Record, run_corpus


class Misbehaving(Cleaner):
    """Does what a document says: hang, die, run out of memory. Those that say nothing are cleaned."""

    __slots__ = ()

    def __reduce__(self) -> tuple[Any, ...]:
        return Misbehaving, (self.config,)

    def clean(self, source: bytes | str, **known: Any) -> Document:
        text = source if isinstance(source, str) else source.decode()
        if text.startswith("hang"):
            while True:
                time.sleep(0.01)
        if text.startswith("spin"):
            while True:
                pass
        if text.startswith("die once") and not Path(text.split("\n")[1]).exists():
            Path(text.split("\n")[1]).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if text.startswith("die always"):
            os.kill(os.getpid(), signal.SIGKILL)
        if text.startswith("exit"):
            os._exit(7)
        if text.startswith("memory"):
            raise MemoryError
        if text.startswith("slow"):
            time.sleep(float(os.environ.get("SLOW", "0")))
        if text.startswith("pid"):
            text = str(os.getpid())
        return Document(str(known["id"]), text)


def cleaner(**limits: float) -> Misbehaving:
    return Misbehaving(CleanConfig.make(limits=limits))


def rows(count: int, size: int = 200) -> list[Record]:
    """Documents that take as many seconds each as SLOW says, so that a batch can be interrupted."""
    return [Record(f"d{number}", f"d{number}", f"slow {number} " + "好" * size) for number in range(count)]


def main(argv: list[str]) -> None:
    """Run over `count` documents into `output`; resume if there is something to resume."""
    output, count, jobs, commit_seconds = Path(argv[0]), int(argv[1]), int(argv[2]), float(argv[3])
    outputs = Outputs(file=output, text_dir=output.parent / "texts" if "--texts" in argv else None)
    result = run_corpus(lambda: rows(count), cleaner(), outputs, jobs=jobs, resume=True, commit_seconds=commit_seconds)
    print(json.dumps({"said": result.totals.conservation, "resumed": result.resumed}))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main(sys.argv[1:])
