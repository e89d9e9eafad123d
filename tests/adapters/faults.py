"""Faults for real engines: the first task that reaches a row is killed, once."""

import os
import signal
from pathlib import Path
from typing import Any

from corpusclean import Cleaner
from corpusclean.adapters.arrow import clean_batch
from corpusclean.adapters.ray import CleanBatches


def die_once(flag: str) -> None:
    """Kill this process, the first time that anyone calls with this flag file."""
    try:
        Path(flag).touch(exist_ok=False)
    except FileExistsError:
        return
    os.kill(os.getpid(), signal.SIGKILL)


class DyingBatches(CleanBatches):
    """An actor that is killed after it has cleaned the batch that holds row `at`, before it hands it over."""

    def __init__(self, flag: str, at: int, **options: Any) -> None:
        super().__init__(**options)
        self.flag, self.at = flag, at

    def __call__(self, table: Any) -> Any:
        """Clean, and perhaps die."""
        cleaned = super().__call__(table)
        if self.at in table["n"].to_pylist():
            die_once(self.flag)
        return cleaned


def failing_batches(flag: str, at: int) -> Any:
    """A function for ``mapInArrow`` that yields batches, and then fails once in the task that holds row `at`."""

    def clean(batches: Any) -> Any:
        cleaner = Cleaner()
        for batch in batches:
            yield clean_batch(batch, cleaner)
            if at in batch.column("n").to_pylist() and not os.path.exists(flag):
                open(flag, "w").close()
                raise RuntimeError("a fault, on purpose, after rows were handed over")

    return clean
