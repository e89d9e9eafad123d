"""Faults of the world around: full disks, closed pipes, signals, clocks, memory, forks, damaged files.

Each must end in a sentence and an exit code, never in a traceback, a half-written file or a lost document. What a run
does when its workers die, when it is killed and when its journal is damaged is tested in ``tests/corpus``.
"""

import json
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpusclean import Cleaner
from corpusclean.corpus import Outputs, Record, run_corpus

ACTORS = Path(__file__).with_name("fault_actors.py")
CLI = [sys.executable, "-c", "import sys; from corpusclean.cli import main; sys.exit(main())"]
TEXT = "今天天气很好，我们去公园。" * 40


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "in.jsonl"
    path.parent.mkdir()
    path.write_text("".join(json.dumps({"id": f"d{i}", "text": TEXT}) + "\n" for i in range(100)), "utf-8")
    return path


def small_disk() -> None:
    """The largest file that the process may write: what a full disk looks like to it."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))


def one_sentence(error: bytes) -> str:
    said = error.decode()
    assert "Traceback" not in said
    assert said.startswith("corpusclean: ")
    return said


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*"))


def test_a_full_disk_leaves_no_half_file(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    command = [*CLI, "clean", str(source), "-o", str(out / "clean.jsonl")]
    done = subprocess.run(command, capture_output=True, preexec_fn=small_disk, check=False)
    assert done.returncode == 4
    assert "cannot write the output: File too large" in one_sentence(done.stderr)
    assert not [name for name in left(out) if name.endswith((".jsonl", ".part"))]


def test_a_full_disk_below_text_files(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    source.write_text(json.dumps({"id": "big", "text": TEXT * 40}) + "\n", "utf-8")
    command = [*CLI, "clean", str(source), "--text-dir", str(out)]
    done = subprocess.run(command, capture_output=True, preexec_fn=small_disk, check=False)
    assert done.returncode == 4
    assert "cannot write the output" in one_sentence(done.stderr)
    assert not [path for path in out.rglob("*.txt") if path.stat().st_size in range(1, len(TEXT) * 40)]


def test_a_full_disk_behind_standard_output(source: Path) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run([*CLI, "clean", str(source)], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 4
    assert "No space left on device" in one_sentence(done.stderr)


def test_a_folder_that_cannot_be_written(source: Path) -> None:
    done = subprocess.run([*CLI, "clean", str(source), "-o", "/proc/clean.jsonl"], capture_output=True, check=False)
    assert done.returncode == 4
    assert "/proc" in one_sentence(done.stderr)


def test_a_closed_pipe_is_no_error_to_speak_of(source: Path) -> None:
    process = subprocess.Popen([*CLI, "clean", str(source)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr is not None
    said = process.stderr.read()
    assert process.wait(timeout=60) == 141
    assert said == b""
    process.stderr.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_leaves_nothing_behind(number: int, source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out" / "clean.jsonl"
    command = [*CLI, "clean", str(source), "-", "-o", str(out)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 60
    while not list(out.parent.rglob("*.part")) and time.monotonic() < deadline:
        time.sleep(0.02)  # it is at work once its output has been begun
    time.sleep(0.1)
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert process.returncode in (128 + number, -number)
    assert b"Traceback" not in said
    assert not out.exists()


def test_a_clock_that_jumps_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def rows() -> list[Record]:
        return [Record(f"d{i}", f"d{i}", f"{i}：{TEXT}") for i in range(30)]

    def jumps(at: float) -> Iterator[float]:
        while True:
            at += 86_400 * 400
            yield at
            at -= 86_400 * 900
            yield max(at, 1.0)

    run_corpus(rows, Cleaner(), Outputs(file=tmp_path / "straight.jsonl"), jobs=0)
    clock = jumps(time.time())
    monkeypatch.setattr(time, "time", lambda: next(clock))
    run_corpus(rows, Cleaner(), Outputs(file=tmp_path / "jumping.jsonl"), jobs=0, commit_seconds=0)
    assert (tmp_path / "jumping.jsonl").read_bytes() == (tmp_path / "straight.jsonl").read_bytes()


def acted(name: str, output: Path) -> str:
    command = [sys.executable, str(ACTORS), name, str(output)]
    done = subprocess.run(command, capture_output=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().strip()


def test_workers_of_a_program_with_threads(tmp_path: Path) -> None:
    assert acted("threads_and_workers", tmp_path / "out.jsonl") == "40 in = 40 cleaned + 0 rejected + 0 failed"


def test_a_child_forked_beside_threads_cleans(tmp_path: Path) -> None:
    assert acted("fork_with_threads", tmp_path / "out.jsonl") == "forked"
    texts = {path.read_text("utf-8") for path in tmp_path.glob("child*.txt")}
    assert len(list(tmp_path.glob("child*.txt"))) == 9
    assert len(texts) == 1


def test_a_document_that_needs_more_memory_than_there_is_fails_alone(tmp_path: Path) -> None:
    assert json.loads(acted("little_memory", tmp_path)) == ["Cleaned", "Trouble", "Cleaned"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"check": "', '"check": "0', "its checksum does not fit"),
        ('"data": "c', '"data": "d', "the ledger was damaged"),
        ('"format": 1', '"format": 9', "not a ledger of a format that this version reads"),
        ("公园", "公館", "restored"),
        ('"metadata": {', '"metadata": {"nonsense": 1, ', "not a metadata field: nonsense"),
    ],
)
def test_a_damaged_ledger_is_refused_with_a_sentence(old: str, new: str, said: str, tmp_path: Path) -> None:
    stored = json.dumps(Cleaner(ledger=True).clean(TEXT).to_dict(), ensure_ascii=False)
    assert old in stored
    path = tmp_path / "damaged.jsonl"
    path.write_text(stored.replace(old, new, 1) + "\n", "utf-8")
    command = [*CLI, "restore", str(path), "-o", str(tmp_path / "back")]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 4
    assert said in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert not [path for path in (tmp_path / "back").rglob("*") if path.is_file()]
