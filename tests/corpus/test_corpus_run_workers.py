"""Workers: the same output for any number of them, and no document takes another with it."""

import json
import multiprocessing
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from run_actors import cleaner, rows

from corpusclean import Cleaner
from corpusclean.corpus import Outputs, Record, RunResult, run_corpus
from corpusclean.errors import ConfigError, CorpusCleanError


def record(name: str, text: str) -> Record:
    return Record(name, f"{name}.txt", text)


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def misbehave(
    tmp_path: Path, records: list[Record], *, jobs: int | None = 2, seconds: float = 0.5
) -> tuple[RunResult, list[dict[str, object]], list[dict[str, object]]]:
    output = tmp_path / "out.jsonl"
    result = run_corpus(lambda: records, cleaner(seconds=seconds), Outputs(file=output), jobs=jobs)
    assert result.folder is not None
    assert result.totals.balanced
    return result, lines(output), lines(result.folder / "failed.jsonl")


@pytest.mark.parametrize(("suffix", "several"), [("jsonl", (0, 1, 2, 4)), ("jsonl.gz", (0, 2)), ("parquet", (0, 2))])
def test_the_output_is_the_same_for_any_number_of_workers(
    suffix: str, several: tuple[int, ...], tmp_path: Path
) -> None:
    source = tmp_path / "in.jsonl"
    texts = ["你好，世界。", "<p>這是一個<b>測試</b>。</p>", "\ud800x", "plain", "caf\u00e9" * 50]
    source.write_text(
        "".join(json.dumps({"text": f"{texts[n % 5]} {n}", "id": f"i{n % 7}"}) + "\n" for n in range(400))
    )
    seen = {}
    for jobs in several:
        output = tmp_path / f"{jobs}" / f"out.{suffix}"
        result = run_corpus([source], Cleaner(), Outputs(file=output), jobs=jobs)
        assert result.totals.read == 400
        assert result.totals.balanced
        seen[jobs] = (output.read_bytes(), (output.parent / "out.run" / "failed.jsonl").read_bytes())
    assert len(set(seen.values())) == 1
    assert bool(seen[0][1]) == (suffix == "parquet")  # which can't hold a lone surrogate


def test_a_document_that_hangs_is_tried_alone_and_then_left_out(tmp_path: Path) -> None:
    records = [record("a", "a"), record("b", "hang"), record("c", "c"), record("d", "spin"), record("e", "e")]
    result, out, failed = misbehave(tmp_path, records)
    assert [row["id"] for row in out] == ["a", "c", "e"]
    assert [(row["id"], row["kind"]) for row in failed] == [("b", "failed"), ("d", "failed")]
    assert failed[0]["what"] == "it took longer than limits.seconds = 0.5, also alone"
    assert result.totals.conservation == "5 in = 3 cleaned + 0 rejected + 2 failed"


def test_a_document_that_hangs_in_a_small_run_is_left_out_too(tmp_path: Path) -> None:
    """Without workers first: the alarm rings, and a worker takes over."""
    records = [record("a", "a"), record("b", "spin"), record("c", "c")]
    _, out, failed = misbehave(tmp_path, records, jobs=None)
    assert [row["id"] for row in out] == ["a", "c"]
    assert [row["id"] for row in failed] == ["b"]


def test_a_document_that_kills_its_worker_is_tried_alone_and_then_left_out(tmp_path: Path) -> None:
    records = [record("a", "a"), record("b", "die always"), record("c", "exit"), record("d", "d")]
    _, out, failed = misbehave(tmp_path, records)
    assert [row["id"] for row in out] == ["a", "d"]
    assert [row["what"] for row in failed] == [
        "it killed its worker (signal 9), also alone",
        "it killed its worker (exit status 7), also alone",
    ]


def test_a_worker_that_was_killed_from_outside_costs_nothing(tmp_path: Path) -> None:
    records = [record("a", "a"), record("b", f"die once\n{tmp_path / 'mark'}"), record("c", "c")]
    _, out, failed = misbehave(tmp_path, records)
    assert [row["id"] for row in out] == ["a", "b", "c"]
    assert failed == []


def test_memory_that_is_not_there_fails_one_document(tmp_path: Path) -> None:
    _, out, failed = misbehave(tmp_path, [record("a", "memory"), record("b", "b")])
    assert [row["id"] for row in out] == ["b"]
    assert failed[0]["what"] == "there is not enough memory to clean its 6 bytes"


def test_no_limit_is_no_limit(tmp_path: Path) -> None:
    _, out, _ = misbehave(tmp_path, rows(20, 5), seconds=0, jobs=1)
    assert len(out) == 20


def test_workers_are_processes_of_their_own_and_end_with_the_run(tmp_path: Path) -> None:
    _, out, _ = misbehave(tmp_path, [record("a", "pid")], jobs=1)
    worker = int(str(out[0]["text"]))
    assert worker != os.getpid()
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)
    assert not multiprocessing.active_children()


def test_a_small_run_needs_no_worker_in_the_main_thread(tmp_path: Path) -> None:
    _, out, _ = misbehave(tmp_path, [record("a", "pid")], jobs=None)
    assert int(str(out[0]["text"])) == os.getpid()


def test_in_another_thread_even_a_small_run_uses_a_worker(tmp_path: Path) -> None:
    """No alarm rings there, and a document that hangs must not hold the thread for ever."""
    found: list[int] = []

    def go() -> None:
        _, out, _ = misbehave(tmp_path, [record("a", "pid")], jobs=None)
        found.append(int(str(out[0]["text"])))

    thread = threading.Thread(target=go)
    thread.start()
    thread.join()
    assert found
    assert found[0] != os.getpid()


@pytest.mark.slow
def test_workers_killed_at_random_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty SIGKILLs, each at another moment of another worker."""
    monkeypatch.setenv("SLOW", "0.003")
    stop = threading.Event()
    killed: list[int] = []
    made: list[Record] = []

    def endless() -> Iterator[Record]:
        while len(killed) < 20:
            made.append(record(f"d{len(made)}", f"slow {len(made)}"))
            yield made[-1]

    def kill() -> None:
        draw = random.Random(3)
        while len(killed) < 20 and not stop.wait(draw.uniform(0.2, 2.5)):
            children = multiprocessing.active_children()
            if children:
                victim = draw.choice(children)
                if victim.pid is not None:
                    os.kill(victim.pid, signal.SIGKILL)
                    killed.append(victim.pid)

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        result = run_corpus(endless, cleaner(), Outputs(file=tmp_path / "killed.jsonl"), jobs=2)
    finally:
        stop.set()
        thread.join()
    assert len(killed) == 20
    assert result.totals.cleaned == len(made) > 1000
    monkeypatch.delenv("SLOW")
    run_corpus(lambda: made, cleaner(), Outputs(file=tmp_path / "whole.jsonl"), jobs=0)
    assert (tmp_path / "killed.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


@pytest.mark.slow
def test_memory_does_not_grow_with_the_input(tmp_path: Path) -> None:
    """Half a gigabyte, made while it is read, through workers that do little: what counts is what is held."""
    page = "今天天气很好，我们去公园玩。春天来了，花都开了。\n" * 700  # 50 KB

    def records() -> Iterator[Record]:
        for number in range(10_000):
            yield Record(f"{number}", f"{number}", page)

    largest = [0.0]
    stop = threading.Event()

    def look() -> None:
        while not stop.wait(0.1):
            largest.append(max((resident(child.pid) for child in multiprocessing.active_children()), default=0.0))

    thread = threading.Thread(target=look)
    resident_before = resident(None)
    thread.start()
    try:
        result = run_corpus(records, cleaner(), Outputs(file=tmp_path / "o.jsonl"), jobs=2)
    finally:
        stop.set()
        thread.join()
    assert result.totals.cleaned == 10_000
    assert (tmp_path / "o.jsonl").stat().st_size > 500e6
    assert resident(None) - resident_before < 200
    assert 10 < max(largest) < 300


def resident(pid: int | None) -> float:
    """The largest resident size that a process (or this one) has had, in MiB."""
    try:
        status = Path(f"/proc/{pid or 'self'}/status").read_text("ascii")
    except OSError:
        return 0.0
    found = re.search(r"VmHWM:\s+(\d+)", status)
    return int(found[1]) / 1024 if found else 0.0


def test_one_slow_document_leaves_no_one_idle(tmp_path: Path) -> None:
    """While one worker is at a slow document, the other goes on with later batches."""
    records = [record("a", "hang"), *rows(400, 5)]
    began = time.monotonic()
    _, out, failed = misbehave(tmp_path, records, seconds=3)
    assert len(out) == 400
    assert len(failed) == 1
    assert time.monotonic() - began < 30


def test_a_daemonic_process_works_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as a worker of multiprocessing.Pool, which may have no children."""
    monkeypatch.setitem(multiprocessing.current_process()._config, "daemon", True)  # type: ignore[attr-defined]
    assert run_corpus(lambda: rows(500, 5), cleaner(), Outputs(file=tmp_path / "o.jsonl")).totals.cleaned == 500
    _, out, failed = misbehave(tmp_path, [record("a", "a"), record("b", "hang"), record("c", "c")], jobs=None)
    assert [row["id"] for row in out] == ["a", "c"]
    assert [row["what"] for row in failed] == ["it took longer than limits.seconds = 0.5"]
    with pytest.raises(ConfigError, match="a daemonic process cannot start workers"):
        run_corpus(list, cleaner(), Outputs(file=tmp_path / "p.jsonl"), jobs=2)


def test_what_cannot_be_asked(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there cannot be -1 workers"):
        run_corpus(list, Cleaner(), Outputs(file=tmp_path / "x.jsonl"), jobs=-1)
    with pytest.raises(ConfigError, match="nothing says where the documents go"):
        run_corpus(list, Cleaner(), Outputs())


def test_a_script_without_a_guard_is_told_so(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "from pathlib import Path\n"
        "from corpusclean import Cleaner\n"
        "from corpusclean.corpus import Outputs, Record, run_corpus\n"
        f"outputs = Outputs(file=Path({str(tmp_path / 'o.jsonl')!r}))\n"
        "run_corpus(lambda: [Record('a', 'a', 'x')], Cleaner(), outputs, jobs=1)\n"
    )
    ended = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 1
    assert "worker processes end before they begin" in ended.stderr
    assert "__main__" in ended.stderr
    assert CorpusCleanError.__name__ in ended.stderr
