"""The run: documents from sources to outputs, in order, through workers; one document's trouble is never another's."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import process
from pathlib import Path
from types import FrameType
from typing import Any

from ..cleaner import Cleaner
from ..errors import ConfigError, CorpusCleanError
from ..figures import plural
from .conditions import Condition
from .course import Course
from .fields import Fields
from .outcomes import Outcome
from .outputs import Outputs
from .plan import Observer, Plan, Sources
from .records import Cleaned, Record, Trouble
from .selection import Sample
from .totals import Totals
from .work import clean_record

__all__ = ["RunInterrupted", "RunResult", "clean_records", "run_corpus"]


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run did.

    Attributes:
        totals: the sums; those of all its parts, if it was interrupted.
        folder: the run folder; ``None`` if all went to a stream.
        resumed: items that were done before it was interrupted; 0 if it never was.
        again: it was complete before, and nothing was done.
        seconds: how long it took, the parts before interruptions included.
    """

    totals: Totals
    folder: Path | None
    resumed: int = 0
    again: bool = False
    seconds: float = 0.0


class RunInterrupted(KeyboardInterrupt):
    """Someone stopped a run; what was finished is safe.

    Attributes:
        signal: the number of the signal; a command exits with 128 more.
        done: items that are safely done.
        resumable: whether ``resume=True`` goes on from there.

    >>> print(RunInterrupted(2, 1000, resumable=True))
    interrupted after 1,000 documents; --resume goes on from there
    """

    def __init__(self, number: int, done: int, *, resumable: bool) -> None:
        super().__init__(number, done)
        self.signal, self.done, self.resumable = number, done, resumable

    def __str__(self) -> str:
        if not self.resumable:
            return "interrupted"
        return f"interrupted after {plural(self.done, 'document')}; --resume goes on from there"


def run_corpus(
    sources: Sources,
    cleaner: Cleaner,
    outputs: Outputs,
    *,
    jobs: int | None = None,
    resume: bool = False,
    limit: int | None = None,
    sample: Sample | None = None,
    drop_if: Iterable[str] = (),
    observers: Iterable[Observer] = (),
    watch: Callable[[Outcome, Totals], None] | None = None,
    command: Iterable[str] = (),
    fields: Fields | None = None,
    commit_seconds: float = 1.0,
) -> RunResult:
    """Clean documents from sources to outputs.

    The output is the same to the byte for any number of workers, and for a run that was interrupted and resumed. It is
    there in full, or it is not there. Memory is bounded whatever the size of the input. A document that is over
    ``limits.seconds``, or that kills its worker, is tried again alone, then recorded as failed; the run goes on.

    Args:
        sources: paths as for :func:`read`; or a function that gives records, the same ones each time it is called.
        cleaner: how to clean; picklable.
        outputs: where to.
        jobs: worker processes; ``None`` for one on each processor, and none where the input is small; 0 to work in
            this process in any case.
        resume: go on with a run that was interrupted; one that was not is begun.
        limit: read only so many items.
        sample: read all, and clean only a part.
        drop_if: conditions; a document for which one of them holds is counted and listed, but not written.
        observers: who looks at the documents on their way.
        watch: told each outcome, in the order of the input, and the sums so far.
        command: how the run was called, for the manifest.
        fields: which fields of a row hold what.
        commit_seconds: how often what is done is made safe; a crash costs no more than that.

    Returns:
        The sums, and the folder with the papers of the run: ``manifest.json``, ``failed.jsonl``, and others.

    Raises:
        ConfigError: an option has a value it cannot take, an unfinished run is in the way, or the interrupted run
            was another one than this.
        InputError: the papers of the interrupted run were damaged.
        RunInterrupted: SIGINT or SIGTERM came (in the main thread).
        OSError: an output cannot be written, such as on a full disk; what was done until then can be resumed.
        CorpusCleanError: no worker could be started.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     source, output = Path(folder, "in.txt"), Path(folder, "out.jsonl")
    ...     _ = source.write_text("你好，世界。", "utf-8")
    ...     result = run_corpus([source], Cleaner(), Outputs(file=output))
    ...     result.totals.conservation, output.stat().st_size > 0
    ('1 in = 1 cleaned + 0 rejected + 0 failed', True)
    """
    _check_not_importing()
    if jobs is not None and jobs < 0:
        raise ConfigError(f"there cannot be {jobs} workers", remedy="give a number that is not negative")
    if process.current_process().daemon:  # such as a worker of multiprocessing.Pool
        if jobs:
            raise ConfigError("a daemonic process cannot start workers", remedy="give jobs=0, or None")
        jobs = 0
    plan = Plan(
        sources=sources if callable(sources) else tuple(map(str, sources)),
        cleaner=cleaner,
        outputs=outputs,
        conditions=tuple(map(Condition.parse, drop_if)),
        limit=limit,
        sample=sample,
        observers=tuple(observers),
        command=tuple(command),
        fields=fields or Fields(),
    )
    course = Course(plan, jobs=jobs, commit_seconds=commit_seconds, watch=watch)
    try:
        with _terminable():
            course.go(resume=resume)
    except KeyboardInterrupt as stop:
        number = stop.args[0] if isinstance(stop, _Terminated) else int(signal.SIGINT)
        raise RunInterrupted(number, course.safe, resumable=course.resumable) from None
    except OSError as error:
        if course.resumable:
            error.add_note("what was done until then is safe; --resume goes on from there")
        raise
    return RunResult(course.totals, outputs.papers, course.resumed, course.again, course.seconds)


class _Terminated(KeyboardInterrupt):
    """A SIGTERM, so that it ends a run as an interrupt does."""


@contextmanager
def _terminable() -> Iterator[None]:
    """Let SIGTERM end a run in good order; only the main thread can."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "SIGTERM"):
        yield
        return

    def end(number: int, frame: FrameType | None) -> None:  # noqa: ARG001  # the signature of a handler
        raise _Terminated(number)

    before: Any = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _check_not_importing() -> None:
    """A worker imports the script that started it; a script without a guard would then start the run once more."""
    if getattr(process.current_process(), "_inheriting", False):
        raise CorpusCleanError(
            "a run was started while a worker process was importing your script",
            remedy="put the call under `if __name__ == '__main__':`",
        )


def clean_records(records: Iterable[Record | Trouble], cleaner: Cleaner) -> Iterator[Cleaned | Trouble]:
    """Clean each record, in this process; what a reader could not read goes through as it is."""
    for record in records:
        yield record if isinstance(record, Trouble) else clean_record(record, cleaner)
