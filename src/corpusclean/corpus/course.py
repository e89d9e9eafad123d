"""The course of one run, from an empty or an interrupted run folder to a complete one."""

from __future__ import annotations

import dataclasses
import datetime
import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from ..errors import ConfigError, InputError
from ..figures import plural
from .batches import Batch, Batches
from .folder import RunFolder
from .inline import in_this_process, may_work_here
from .inputs import changed_input, inventory, write_inventory
from .journal import Journal
from .manifest import Facts, write_papers
from .ordered import in_order
from .outcomes import Outcome
from .outputs import OpenOutputs, finish_outputs
from .plan import Plan
from .records import Record
from .staging import Staged, json_row
from .totals import Totals
from .work import BatchResult, Job
from .workers import Pool, processors

__all__ = ["Course"]

SMALL_BATCHES = 2  # an input that fits into so many is done sooner here than a worker starts
Watch = Callable[[Outcome, Totals], None]


class Course:
    """The course of one run.

    Args:
        plan: what it is asked to do.
        jobs: as of :func:`~corpusclean.corpus.run_corpus`, as the others.

    Attributes:
        totals: the sums so far.
        safe: items that an interruption can no longer undo.
        resumed: items that were done before it was interrupted.
        again: it was complete before, and nothing was done.
        resumable: whether there is something to go on with.
    """

    def __init__(self, plan: Plan, *, jobs: int | None, commit_seconds: float, watch: Watch | None) -> None:
        self.totals = Totals()
        self.safe = self.resumed = 0
        self.again = False
        self._plan, self._jobs, self._watch = plan, jobs, watch
        self._commit_seconds = commit_seconds
        self._formats = plan.outputs.formats(ledger=plan.cleaner.config.ledger)
        self._committed = 0.0
        self._began = time.monotonic()
        self._seconds_before = 0.0
        self._papers: dict[str, Staged] = {}
        self._entry: dict[str, Any] = {}
        self._fresh = False

    @property
    def resumable(self) -> bool:
        """Whether there is something to go on with."""
        return self._plan.outputs.papers is not None and self.safe > 0

    @property
    def seconds(self) -> float:
        """How long it has taken, the parts before interruptions included."""
        return self._seconds_before + time.monotonic() - self._began

    def go(self, *, resume: bool) -> None:
        """Run it to the end."""
        papers = self._plan.outputs.papers
        if papers is None:
            if resume:
                raise ConfigError("a run that writes to a stream cannot go on", remedy="write to a file")
            self._flow(None, None, {}, None)
            self._finish_keepers(None)
            return
        with RunFolder(papers) as folder:
            if resume and self._is_complete(folder):
                self.again = True
                return
            try:
                self._go_in(folder, resume=resume)
            except BaseException:
                if self._fresh and not self.safe:
                    folder.remove()  # nothing was done that one could go on with
                raise

    def _go_in(self, folder: RunFolder, *, resume: bool) -> None:
        """Begin or go on, and finish."""
        head, entry = self._begin(folder, resume)
        with Journal(folder.journal, head) as journal:
            if entry is not None:
                self._restore(entry)
                journal.append(entry)
            if entry is None or not entry["complete"]:
                self._flow(folder, journal, head, entry)
            elif not entry["kept"]:
                self._start_keepers(folder.path, resumed=True)
            finish_outputs(self._formats, folder)
            if entry is None or not entry["kept"]:
                self._finish_keepers(folder.path)
                journal.append(self._entry | {"kept": True})
        write_papers(folder, self._plan, head, self.totals, Facts(self.resumed, self.seconds))
        folder.journal.unlink()
        folder.forget()

    def _is_complete(self, folder: RunFolder) -> bool:
        """Whether the same run is complete; then its totals are known.

        Raises:
            ConfigError: another run is complete there, or the input has changed since.
            InputError: its manifest is damaged.
        """
        outputs = self._plan.outputs.paths.values()
        if folder.journal.exists() or not folder.manifest.exists() or not all(path.exists() for path in outputs):
            return False
        try:
            manifest = json.loads(folder.manifest.read_bytes())
            plan, config = dict(manifest["plan"]), dict(manifest["config"])
            totals, seconds = Totals.from_dict(manifest["totals"]), float(manifest["seconds"])
        except (ValueError, TypeError, KeyError) as error:
            raise InputError(
                f"the manifest is damaged ({type(error).__name__}: {error}), so that nobody can tell what was done",
                where=str(folder.manifest),
                remedy="delete the run folder, and run it again",
            ) from error
        self._plan.check_same(plan, config, folder.path)
        self._check_inputs(folder)
        self.totals = totals
        self._seconds_before = seconds
        return True

    def _start_keepers(self, folder: Path | None, *, resumed: bool) -> None:
        for observer in self._plan.observers:
            observer.keeper.start(folder, resumed)

    def _finish_keepers(self, folder: Path | None) -> None:
        for observer in self._plan.observers:
            observer.keeper.finish(folder)

    def _begin(self, folder: RunFolder, resume: bool) -> tuple[dict[str, Any], dict[str, Any] | None]:
        """The head of the journal, and the entry to go on from."""
        before = folder.unfinished()
        entry = before[1] if before is not None else None
        paths = self._plan.paths
        if before is not None and entry is not None:
            head = before[0]
            if not resume:
                raise ConfigError(
                    f"an unfinished run is there, {plural(entry['read'], 'document')} far",
                    where=str(folder.path),
                    remedy="go on with it (--resume), or delete that folder to run from the beginning",
                )
            self._plan.check_same(head, head["options"], folder.path)
            if not entry["complete"]:
                self._check_inputs(folder)
            return head | {"times": head["times"] + 1}, entry
        folder.set_aside()
        self._fresh = True
        if paths is not None:
            write_inventory(folder.inputs, inventory(paths, leave_out=self._plan.leave_out))
        started = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        today = datetime.date.today().isoformat()
        options = self._plan.cleaner.config.to_dict()
        return self._plan.identity() | {"options": options, "started": started, "today": today, "times": 1}, None

    def _check_inputs(self, folder: RunFolder) -> None:
        if self._plan.paths is None:
            return
        changed = changed_input(folder.inputs, inventory(self._plan.paths, leave_out=self._plan.leave_out))
        if changed is not None:
            raise ConfigError(
                f"the run there cannot be resumed, since its input is different now: {changed}",
                where=str(folder.path),
                remedy="put the input back as it was, or delete that folder and run from the beginning",
            )

    def _flow(
        self, folder: RunFolder | None, journal: Journal | None, head: dict[str, Any], entry: dict[str, Any] | None
    ) -> None:
        """Clean what is left to be cleaned."""
        today = datetime.date.fromisoformat(head["today"]) if head else datetime.date.today()
        job = self._plan.job(self._formats.values(), today)
        batches = Batches(self._plan.items(), self._plan.selection())
        lengths = {} if entry is None else entry["lengths"]
        with ExitStack() as stack:
            opened = OpenOutputs(self._plan.outputs, self._formats, folder, lengths)
            stack.callback(opened.close)
            if folder is not None:
                for path in (folder.failed, folder.dropped):
                    self._papers[path.name] = Staged(path, lengths.get(path.name, 0))
                    stack.callback(self._papers[path.name].close)
            if entry is not None and folder is not None:
                self._pass_over(batches, opened, entry, folder)
            self._start_keepers(None if folder is None else folder.path, resumed=entry is not None)
            self._committed = time.monotonic()
            last: Batch | None = None
            for batch, result in self._results(batches, job, stack):
                self._take(batch, result, opened, job)
                last = batch
                if time.monotonic() - self._committed >= self._commit_seconds:
                    self._commit(journal, opened, batch)
            if journal is not None:
                self._commit(journal, opened, last, complete=True)

    def _restore(self, entry: dict[str, Any]) -> None:
        self._entry = entry
        self.totals = Totals.from_dict(entry["totals"])
        self._seconds_before = entry["seconds"]
        self.resumed = self.safe = entry["read"]

    def _pass_over(self, batches: Batches, opened: OpenOutputs, entry: dict[str, Any], folder: RunFolder) -> None:
        """Read again what was done before, to know that it is the same, and to hand out the same file names."""
        absent: set[int] = set()
        for paper in (folder.failed, folder.dropped):
            with paper.open("rb") as stream:
                absent.update(json.loads(line)["number"] for line in stream)

        def place(number: int, item: object) -> None:
            if isinstance(item, Record) and number not in absent:
                opened.place_again(item.name)

        if batches.pass_over(entry["read"], place) != entry["digest"]:
            raise InputError(
                f"the first {plural(entry['read'], 'document')} are not what the interrupted run has read",
                where=str(folder.path),
                remedy="put the input back as it was, or delete that folder and run from the beginning",
            )

    def _results(self, batches: Batches, job: Job, stack: ExitStack) -> Iterator[tuple[Batch, BatchResult]]:
        """Each batch with its result: from this process if the input is small, else from workers."""
        seconds = self._plan.cleaner.config.limits.seconds
        if self._jobs == 0:
            return in_this_process(batches, job, seconds if may_work_here(seconds) else 0)
        first: list[Batch] = []
        if self._jobs is None and may_work_here(seconds):
            for batch in batches:
                first.append(batch)
                if len(first) > SMALL_BATCHES:
                    break
            else:
                return in_this_process(iter(first), job, seconds)
        workers = self._jobs or processors()
        pool = stack.enter_context(Pool(job, workers, seconds))
        return in_order(_chained(first, batches), pool, workers)

    def _take(self, batch: Batch, result: BatchResult, opened: OpenOutputs, job: Job) -> None:
        """Write what a batch gave, and count it."""
        places: dict[int, Path] = {}
        while refused := opened.refused(result, places):
            items = tuple(refused.get(at, item) for at, item in enumerate(batch.items))
            batch = dataclasses.replace(batch, items=items)
            result = job.work(batch.items, batch.numbers)
        opened.write(result, places)
        for which, note in result.notes:
            self._plan.observers[which].keeper.take(note)
        before = self.totals.read - self.totals.skipped
        passed = batch.skipped - self.totals.skipped
        self.totals.skipped = batch.skipped
        self.totals.read += passed
        for outcome in result.outcomes:
            self.totals.read += 1
            self.totals.add(outcome)
            self._put_down(outcome)
            if self._watch is not None:
                self._watch(outcome, self.totals)
        if self.totals.read - self.totals.skipped != before + len(batch.items) or self.totals.read != batch.read:
            raise AssertionError(f"{batch.read} items were read, {self.totals.read} came back")

    def _put_down(self, outcome: Outcome) -> None:
        """List a document that did not come out."""
        if not self._papers or outcome.kind == "cleaned":
            return
        row = {"number": outcome.number, "id": outcome.id, "name": outcome.name}
        if outcome.kind == "dropped":
            self._papers["dropped.jsonl"].append(json_row(row | {"condition": outcome.condition}))
            return
        row |= {"kind": outcome.kind, "what": outcome.what, "where": outcome.where, "remedy": outcome.remedy}
        self._papers["failed.jsonl"].append(json_row(row))

    def _commit(
        self, journal: Journal | None, opened: OpenOutputs, batch: Batch | None, *, complete: bool = False
    ) -> None:
        """Make what was done safe."""
        self._committed = time.monotonic()
        self.totals.passed_over = dict(sorted(self._plan.passed_over.items()))
        if journal is None:
            return
        opened.sync()
        for paper in self._papers.values():
            paper.sync()
        lengths = opened.lengths | {name: paper.length for name, paper in self._papers.items()}
        self._entry = {
            "read": self.totals.read,
            "digest": batch.digest if batch is not None else "",
            "lengths": lengths,
            "seconds": round(self.seconds, 3),
            "complete": complete,
            "kept": False,
            "totals": self.totals.to_dict(),
        }
        journal.append(self._entry)
        self.safe = self.totals.read


def _chained(first: list[Batch], rest: Iterator[Batch]) -> Iterator[Batch]:
    """What was read ahead, forgotten once it is taken, then the rest."""
    while first:
        yield first.pop(0)
    yield from rest
