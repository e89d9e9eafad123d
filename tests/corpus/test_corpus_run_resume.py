"""Resuming: whatever ends a run, going on gives the same bytes; and nothing goes on that is not the same run."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from run_actors import cleaner, rows

from corpusclean import Cleaner
from corpusclean.corpus import Observer, Outputs, Record, RunInterrupted, Sample, Trouble, run_corpus
from corpusclean.corpus.folder import RunFolder
from corpusclean.corpus.journal import read_journal
from corpusclean.corpus.samples import SampleKeeper, Sampler
from corpusclean.errors import ConfigError, InputError

DOCUMENTS = 2500
ACTORS = Path(__file__).with_name("run_actors.py")


class StopError(Exception):
    """Ends a run from within, as a power cut would: nothing after it is written."""


def interrupted(count: int, after: int) -> Iterator[Record]:
    """The first documents of a run, and then its end."""
    yield from rows(count)[:after]
    raise StopError


def contents(folder: Path) -> dict[str, bytes]:
    """All files but the papers that tell when they were written."""
    told = ("manifest.json", "croissant.json", "totals.json")
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in told
    }


def begin(tmp_path: Path, *, count: int = 600, after: int = 400, **options: Any) -> Path:
    """A run that came to an end too early; where its output would be."""
    output = tmp_path / "out" / "clean.jsonl"
    with pytest.raises(StopError):
        run_corpus(
            lambda: interrupted(count, after), cleaner(), Outputs(file=output), jobs=0, commit_seconds=0, **options
        )
    assert not output.exists()
    return output


Starter = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def started() -> Iterator[Starter]:
    """Starts runs in process groups of their own; none of them outlives the test."""
    runners: list[subprocess.Popen[bytes]] = []

    def start(output: Path, *more: str, jobs: int = 2) -> subprocess.Popen[bytes]:
        command = [sys.executable, str(ACTORS), str(output), str(DOCUMENTS), str(jobs), "0.05", *more]
        environment = os.environ | {"SLOW": "0.004"}
        pipe = subprocess.PIPE
        runners.append(subprocess.Popen(command, stdout=pipe, stderr=pipe, start_new_session=True, env=environment))
        return runners[-1]

    yield start
    for runner in runners:
        if runner.poll() is None:
            os.killpg(runner.pid, signal.SIGKILL)
            runner.communicate()


def alive_in_group(group: int) -> list[int]:
    """Processes of a group, those left out that have ended and wait for someone to hear of it."""
    alive = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, pgrp = path.read_text("utf-8").rpartition(")")[2].split()[:3]
        except OSError:  # it has just ended
            continue
        if int(pgrp) == group and state != "Z":
            alive.append(int(path.parent.name))
    return alive


def done(journal: Path) -> int:
    """How many documents a journal says are safely done."""
    found = read_journal(journal)
    return found[1]["read"] if found is not None and found[1] is not None else 0


def outlived(runner: subprocess.Popen[bytes], journal: Path, seconds: float, *, further: bool = False) -> bool:
    """Whether a run is still going on so many seconds after it has begun its journal, or got `further` in it."""
    before, already = journal.stat().st_mtime_ns if journal.exists() else 0, done(journal)
    deadline = time.monotonic() + 60
    while runner.poll() is None and time.monotonic() < deadline:
        if journal.exists() and journal.stat().st_mtime_ns != before and (not further or done(journal) > already):
            break
        time.sleep(0.01)
    try:
        runner.wait(seconds)
    except subprocess.TimeoutExpired:
        return True
    return False


@pytest.mark.slow
@pytest.mark.parametrize(("whom", "times"), [("group", 20), ("parent", 5)])
def test_kills_and_the_output_is_the_same(whom: str, times: int, tmp_path: Path, started: Starter) -> None:
    """SIGKILL at random points, to the parent alone or to all its workers too; each time the run goes on."""
    whole = tmp_path / "whole" / "clean.jsonl.gz"
    runner = started(whole, "--texts", jobs=1)
    runner.communicate(timeout=120)
    assert runner.returncode == 0
    output = tmp_path / "killed" / "clean.jsonl.gz"
    journal = output.parent / "clean.run" / "journal.jsonl"
    draw = random.Random(7)
    kills = halfway = 0
    while kills < times:
        runner = started(output, "--texts")
        if outlived(runner, journal, draw.uniform(0, 1.5), further=kills % 2 == 1):
            kills += 1
            if whom == "group":
                os.killpg(runner.pid, signal.SIGKILL)
            else:
                runner.kill()
            runner.communicate(timeout=20)
            halfway += done(journal) > 0
        else:  # it was complete too soon: once more, from the beginning
            _, err = runner.communicate()
            assert runner.returncode == 0, err.decode()
            shutil.rmtree(output.parent)
    runner = started(output, "--texts")
    out, err = runner.communicate(timeout=120)
    assert runner.returncode == 0, err.decode()
    assert json.loads(out)["said"] == f"{DOCUMENTS} in = {DOCUMENTS} cleaned + 0 rejected + 0 failed"
    assert halfway >= times // 5  # kills that came when something was done already
    assert contents(tmp_path / "killed") == contents(tmp_path / "whole")


def test_a_run_that_ended_too_early_goes_on(tmp_path: Path) -> None:
    whole = tmp_path / "whole" / "clean.jsonl"
    run_corpus(lambda: rows(600), cleaner(), Outputs(file=whole), jobs=0)
    output = begin(tmp_path)
    result = run_corpus(lambda: rows(600), cleaner(), Outputs(file=output), jobs=2, resume=True)
    assert result.resumed == 384  # three batches of 128
    assert result.totals.conservation == "600 in = 600 cleaned + 0 rejected + 0 failed"
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")
    assert not (tmp_path / "out" / "clean.run" / "journal.jsonl").exists()


@pytest.mark.parametrize("suffix", ["jsonl.gz", "jsonl.zst", "parquet"])
def test_every_format_goes_on(suffix: str, tmp_path: Path) -> None:
    for name, after in (("whole", 300), ("broken", 200)):
        outputs = Outputs(file=tmp_path / name / f"o.{suffix}", ledger_file=tmp_path / name / "l.jsonl")
        if after < 300:
            with pytest.raises(StopError):
                run_corpus(lambda: interrupted(300, 200), cleaner(), outputs, jobs=0, commit_seconds=0)
        run_corpus(lambda: rows(300), cleaner(), outputs, jobs=0, resume=True)
    assert contents(tmp_path / "broken") == contents(tmp_path / "whole")


def test_a_text_folder_keeps_its_names(tmp_path: Path) -> None:
    """Documents of one name, some of which do not come out: the numbers of the files must not move."""

    def items(until: int) -> Iterator[Record | Trouble]:
        for number in range(400):
            if number == until:
                raise StopError
            if number % 10 == 3:
                yield Trouble(f"{number}", "failed", "no reader could read it")
            else:
                yield Record(f"{number}", "same.txt", b"\x7fELF\0\0" if number % 7 == 5 else f"text {number}")

    for name in ("whole", "broken"):
        outputs = Outputs(text_dir=tmp_path / name / "texts")
        if name == "broken":
            with pytest.raises(StopError):
                run_corpus(lambda: items(300), Cleaner(), outputs, jobs=0, commit_seconds=0)
        run_corpus(lambda: items(-1), Cleaner(), outputs, jobs=0, resume=True)
    assert contents(tmp_path / "broken") == contents(tmp_path / "whole")
    assert (tmp_path / "whole" / "texts.run" / "manifest.json").exists()


def test_conditions_and_samples_go_on(tmp_path: Path) -> None:
    asked: dict[str, Any] = {"drop_if": ["chars > 205"], "sample": Sample(share=0.7), "limit": 550}
    run_corpus(lambda: rows(600), cleaner(), Outputs(file=tmp_path / "whole" / "clean.jsonl"), jobs=0, **asked)
    output = begin(tmp_path, **asked)
    result = run_corpus(lambda: rows(600), cleaner(), Outputs(file=output), jobs=0, resume=True, **asked)
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")
    assert result.totals.read == 550
    assert result.totals.skipped > 100
    assert result.totals.conditions == {"chars > 205": result.totals.dropped}
    assert result.totals.dropped > 100


def test_an_unfinished_run_is_not_written_over(tmp_path: Path) -> None:
    output = begin(tmp_path)
    with pytest.raises(ConfigError, match=r"an unfinished run is there, 384 documents far .*--resume"):
        run_corpus(lambda: rows(600), cleaner(), Outputs(file=output))


def complete(tmp_path: Path, count: int = 20) -> Path:
    """The output of a complete run."""
    output = tmp_path / "out" / "clean.jsonl"
    run_corpus(lambda: rows(count), cleaner(), Outputs(file=output), jobs=0)
    return output


def papers(folder: Path) -> dict[str, bytes]:
    """All papers."""
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_run_that_came_to_nothing_leaves_the_papers_of_the_one_before(tmp_path: Path) -> None:
    output = complete(tmp_path)
    before = papers(output.parent)

    def nothing() -> Iterator[Record]:
        raise StopError
        yield

    for _ in range(2):
        with pytest.raises(StopError):
            run_corpus(nothing, cleaner(), Outputs(file=output), jobs=0)
        assert papers(output.parent) == before
    assert not (output.parent / "clean.run" / "before").exists()


def test_the_papers_of_the_run_before_stay_as_long_as_its_output(tmp_path: Path) -> None:
    output = complete(tmp_path)
    folder = output.parent / "clean.run"
    before = {name: data for name, data in papers(folder).items() if name != "clean.jsonl"}
    with pytest.raises(StopError):
        run_corpus(lambda: interrupted(600, 400), cleaner(), Outputs(file=output), jobs=0, commit_seconds=0)
    assert papers(folder / "before") == before
    assert not (folder / "manifest.json").exists()
    run_corpus(lambda: rows(600), cleaner(), Outputs(file=output), jobs=0, resume=True)
    assert not (folder / "before").exists()
    assert json.loads((folder / "manifest.json").read_bytes())["totals"]["read"] == 600


def test_a_run_that_died_at_once_leaves_the_papers_of_the_one_before(tmp_path: Path) -> None:
    output = complete(tmp_path)
    folder = RunFolder(output.parent / "clean.run")
    before = papers(folder.path)
    with folder:
        folder.set_aside()  # and then the power is cut
        folder.journal.write_bytes(b"torn")
    assert papers(folder.before) == before
    with folder:
        folder.set_aside()
        folder.remove()
    assert papers(folder.path) == before


def test_a_run_that_came_to_nothing_is_no_obstacle(tmp_path: Path) -> None:
    output = begin(tmp_path, after=5)
    assert run_corpus(lambda: rows(5), cleaner(), Outputs(file=output), jobs=0).totals.cleaned == 5


def test_what_is_complete_is_not_done_again(tmp_path: Path) -> None:
    outputs = Outputs(file=tmp_path / "o.jsonl")
    run_corpus(lambda: rows(3), cleaner(), outputs, jobs=0)
    stamp = (tmp_path / "o.jsonl").stat().st_mtime_ns
    result = run_corpus(lambda: rows(3), cleaner(), outputs, jobs=0, resume=True)
    assert result.again
    assert result.totals.cleaned == 3
    assert (tmp_path / "o.jsonl").stat().st_mtime_ns == stamp


def test_a_complete_run_with_more_input_says_so(tmp_path: Path) -> None:
    """Someone who always gives --resume must not believe that new files were cleaned."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("a", "utf-8")
    outputs = Outputs(file=tmp_path / "o.jsonl")
    run_corpus([folder], cleaner(), outputs, jobs=0)
    (folder / "b.txt").write_text("b", "utf-8")
    with pytest.raises(ConfigError, match=r"its input is different now: .*b\.txt is new"):
        run_corpus([folder], cleaner(), outputs, jobs=0, resume=True)
    (tmp_path / "o.jsonl").unlink()  # nothing is complete any more
    assert run_corpus([folder], cleaner(), outputs, jobs=0, resume=True).totals.cleaned == 2


def test_another_configuration_does_not_go_on(tmp_path: Path) -> None:
    output = begin(tmp_path)
    with pytest.raises(ConfigError, match=r"now: limits\.depth: was 512, is 3 \(") as caught:
        run_corpus(lambda: rows(600), cleaner(depth=3), Outputs(file=output), resume=True)
    assert "delete that folder" in caught.value.remedy
    with pytest.raises(ConfigError, match=r"--limit: was none, is 7; --drop-if: was none, is chars < 3"):
        run_corpus(lambda: rows(600), cleaner(), Outputs(file=output), resume=True, limit=7, drop_if=["chars < 3"])


def test_another_input_does_not_go_on(tmp_path: Path) -> None:
    output = begin(tmp_path)
    with pytest.raises(InputError, match="the first 384 documents are not what"):
        run_corpus(lambda: rows(600, size=7), cleaner(), Outputs(file=output), resume=True)
    with pytest.raises(InputError, match="the first 384 documents are not what"):
        run_corpus(lambda: rows(10), cleaner(), Outputs(file=output), resume=True)


@pytest.mark.parametrize("how", ["grown", "written", "gone", "new"])
def test_changed_files_do_not_go_on(how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(150):
        (folder / f"{number:03}.txt").write_text(f"slow {number}", "utf-8")
    outputs = Outputs(file=tmp_path / "o.jsonl")
    seen: list[object] = []

    def watch(outcome: object, totals: object) -> None:
        seen.append(outcome)
        if len(seen) == 140:
            raise StopError

    with pytest.raises(StopError):
        run_corpus([folder], cleaner(), outputs, jobs=0, commit_seconds=0, watch=watch)
    target = folder / "007.txt"
    if how == "grown":
        target.write_text("longer than before", "utf-8")
    elif how == "written":
        os.utime(target, (1, 1))
    elif how == "gone":
        target.unlink()
    else:
        (folder / "007a.txt").write_text("x", "utf-8")
    says = {"grown": "had 6 bytes and has 18 now", "written": "was written since", "gone": "007.txt was", "new": "007a"}
    with pytest.raises(ConfigError, match="its input is different now") as caught:
        run_corpus([folder], cleaner(), outputs, resume=True)
    assert says[how] in str(caught.value)
    assert "007" in str(caught.value)


def test_a_torn_last_line_of_the_journal_is_passed_over(tmp_path: Path) -> None:
    output = begin(tmp_path)
    journal = tmp_path / "out" / "clean.run" / "journal.jsonl"
    journal.write_bytes(journal.read_bytes()[:-9])
    result = run_corpus(lambda: rows(600), cleaner(), Outputs(file=output), jobs=0, resume=True)
    assert result.resumed == 256
    assert result.totals.cleaned == 600


def test_a_damaged_journal_is_refused(tmp_path: Path) -> None:
    output = begin(tmp_path)
    journal = tmp_path / "out" / "clean.run" / "journal.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(lines[0] + lines[1].replace(b'"read":128', b'"read":129') + b"".join(lines[2:]))
    with pytest.raises(InputError, match=r"the journal of the run was damaged, .*line 2"):
        run_corpus(lambda: rows(600), cleaner(), Outputs(file=output), resume=True)


@pytest.mark.parametrize("stored", ["{", "[]", '{"plan": 1}', '{"plan": {}, "config": {}, "totals": [], "seconds": 1}'])
def test_a_damaged_manifest_is_refused(stored: str, tmp_path: Path) -> None:
    outputs = Outputs(file=tmp_path / "out.jsonl")
    run_corpus([Record("a", "a", "好")], Cleaner(), outputs)
    (tmp_path / "out.run" / "manifest.json").write_text(stored)
    with pytest.raises(InputError, match="the manifest is damaged"):
        run_corpus([Record("a", "a", "好")], Cleaner(), outputs, resume=True)
    assert (tmp_path / "out.jsonl").exists()


def test_an_output_shorter_than_the_journal_says_is_refused(tmp_path: Path) -> None:
    output = begin(tmp_path)
    part = tmp_path / "out" / "clean.run" / "clean.jsonl.part"
    part.write_bytes(part.read_bytes()[:100])
    with pytest.raises(InputError, match="the file is shorter"):
        run_corpus(lambda: rows(600), cleaner(), Outputs(file=output), resume=True)


@pytest.mark.parametrize("where", ["finish_outputs", "write_papers"])
def test_a_crash_after_the_last_document(where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cleaner = Cleaner()
    for name in ("whole", "broken"):
        outputs = Outputs(file=tmp_path / name / "o.jsonl")
        observers = [Observer(Sampler(cleaner), SampleKeeper())]
        if name == "broken":
            monkeypatch.setattr(f"corpusclean.corpus.course.{where}", crash)
            with pytest.raises(StopError):
                run_corpus(lambda: rows(20), cleaner, outputs, jobs=0, observers=observers)
            monkeypatch.undo()
            observers = [Observer(Sampler(cleaner), SampleKeeper())]
        result = run_corpus(lambda: rows(20), cleaner, outputs, jobs=0, resume=True, observers=observers)
        assert result.totals.cleaned == 20
    assert contents(tmp_path / "broken") == contents(tmp_path / "whole")
    assert (tmp_path / "broken" / "o.run" / "manifest.json").exists()
    assert (tmp_path / "broken" / "o.run" / "samples.jsonl").stat().st_size > 1000


def crash(*_: object) -> None:
    raise StopError


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_it_in_good_order(number: int, tmp_path: Path) -> None:
    output = tmp_path / "o.jsonl"
    with pytest.raises(RunInterrupted) as caught:
        run_corpus(
            lambda: rows(600),
            cleaner(),
            Outputs(file=output),
            jobs=0,
            commit_seconds=0,
            watch=lambda _, totals: os.kill(os.getpid(), number) if totals.read == 200 else None,
        )
    assert caught.value.signal == number
    assert str(caught.value) == "interrupted after 128 documents; --resume goes on from there"
    result = run_corpus(lambda: rows(600), cleaner(), Outputs(file=output), jobs=0, resume=True)
    assert result.resumed == 128
    assert result.totals.cleaned == 600


@pytest.mark.parametrize("seconds", [0.05, 0.3, 1.5])
def test_a_signal_to_the_whole_group_leaves_no_worker_and_no_noise(
    seconds: float, tmp_path: Path, started: Starter
) -> None:
    """As Ctrl-C in a terminal does it; the workers must not speak up."""
    runner = started(tmp_path / "o.jsonl")
    journal = tmp_path / "o.run" / "journal.jsonl"
    assert outlived(runner, journal, seconds)
    os.killpg(runner.pid, signal.SIGINT)
    _, err = runner.communicate(timeout=30)
    assert runner.returncode != 0
    assert err.decode().count("Traceback") <= 1
    assert "RunInterrupted: interrupted" in err.decode()
    deadline = time.monotonic() + 10
    while left := alive_in_group(runner.pid):
        assert time.monotonic() < deadline, left
        time.sleep(0.05)


def test_two_runs_do_not_write_in_one_place(tmp_path: Path) -> None:
    outputs = Outputs(file=tmp_path / "o.jsonl")

    def watch(_: object, __: object) -> None:
        run_corpus(lambda: rows(1), cleaner(), outputs, jobs=0)

    with pytest.raises(ConfigError, match="another run is writing there just now"):
        run_corpus(lambda: rows(1), cleaner(), outputs, jobs=0, watch=watch)


def test_a_full_disk_can_be_gone_on_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import errno

    from corpusclean.corpus.staging import Staged

    output = tmp_path / "o.jsonl"
    append = Staged.append

    def full(self: Staged, data: bytes) -> None:
        if self.path.name == "o.jsonl.part" and self.length > 100_000:
            append(self, data[:10])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.path))
        append(self, data)

    monkeypatch.setattr(Staged, "append", full)
    with pytest.raises(OSError, match="No space left") as caught:
        run_corpus(lambda: rows(600), cleaner(), Outputs(file=output), jobs=0, commit_seconds=0)
    assert caught.value.__notes__ == ["what was done until then is safe; --resume goes on from there"]
    monkeypatch.undo()
    result = run_corpus(lambda: rows(600), cleaner(), Outputs(file=output), jobs=0, resume=True)
    assert result.resumed > 0
    assert len(output.read_bytes().splitlines()) == 600


def test_a_long_journal_is_begun_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpusclean.corpus.journal.MAX_SIZE", 3000)
    output = begin(tmp_path, count=900, after=850)
    path = tmp_path / "out" / "clean.run" / "journal.jsonl"
    assert path.stat().st_size < 3000
    found = read_journal(path)
    assert found is not None
    assert found[1] is not None
    assert found[1]["read"] == 768
    assert run_corpus(lambda: rows(900), cleaner(), Outputs(file=output), jobs=0, resume=True).totals.cleaned == 900
