"""The installed command, as a shell runs it: streams, colours, pipes, signals."""

import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import corpusclean

ROOT = Path(__file__).parent.parent.parent
COMMAND = str(Path(sys.executable).parent / "corpusclean")
SEED = str(ROOT / "seeds" / "003_1f830687829b298f.txt")


def start(
    *arguments: str, given: bytes | None = None, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **(env or {})}
    return subprocess.run(
        [COMMAND, *arguments], input=given, capture_output=True, env=environment, timeout=120, check=False
    )


def test_version() -> None:
    done = start("--version")
    assert (done.returncode, done.stdout.decode()) == (0, f"corpusclean {corpusclean.__version__}\n")


def test_data_on_standard_output_messages_on_standard_error() -> None:
    done = start("clean", SEED)
    assert done.returncode == 0
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [SEED]
    assert b"1 in = 1 cleaned" in done.stderr
    assert b"\x1b" not in done.stdout + done.stderr


def test_standard_input_in_a_poor_locale() -> None:
    done = start("clean", "-", given="天气很好，€。".encode("gb18030"), env={"LANG": "C", "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0
    assert "天气很好" in json.loads(done.stdout)["text"]
    assert b"Traceback" not in done.stderr


def test_exit_codes_of_the_process(tmp_path: Path) -> None:
    assert start("clean", str(tmp_path / "missing")).returncode == 4
    assert start("clean", str(tmp_path / "missing"), SEED).returncode == 3
    assert start("clean", "--nonsense").returncode == 2


def test_a_reader_that_leaves_is_no_error(tmp_path: Path) -> None:
    big = tmp_path / "rows.jsonl"
    big.write_text('{"text": "The quick brown fox jumps over the lazy dog."}\n' * 3000, "utf-8")
    for arguments in (["clean", "-q", str(big)], ["rules"], ["explain", SEED]):
        with subprocess.Popen([COMMAND, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.close()
            assert process.stderr.read() == b""
            assert process.wait(60) in (0, 141)


def test_interrupt_is_quiet_and_leaves_nothing(tmp_path: Path) -> None:
    out = tmp_path / "out" / "clean.jsonl"
    arguments = [COMMAND, "clean", "-", "-o", str(out)]
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # in a shell's background it is ignored
    try:
        process = subprocess.Popen(arguments, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    finally:
        signal.signal(signal.SIGINT, before)
    with process:
        try:
            while not out.with_name("clean.run").exists():
                assert process.poll() is None
            process.send_signal(signal.SIGINT)
            assert process.wait(60) == 130
        finally:
            process.kill()  # else a command that does not hear it is waited for without end
        assert process.stderr is not None
        assert b"Traceback" not in process.stderr.read()
    assert not out.exists()


def on_a_terminal(arguments: list[str], **environment: str) -> bytes:
    """What a terminal is sent."""
    main, terminal = pty.openpty()
    given = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TERM": "xterm-256color", **environment}
    with subprocess.Popen(
        [COMMAND, *arguments], stdin=terminal, stdout=terminal, stderr=terminal, env=given, close_fds=True
    ) as process:
        os.close(terminal)
        sent = b""
        while True:
            try:
                part = os.read(main, 65536)
            except OSError:  # Linux says so when the other end is closed
                break
            if not part:
                break
            sent += part
        process.wait(60)
    os.close(main)
    return sent


def test_json_on_a_terminal_is_not_acted_on(tmp_path: Path) -> None:
    source = tmp_path / "rows.jsonl"
    source.write_text(json.dumps({"id": "x\x9b2J\u202e\x1b]0;owned\x07", "text": "今天天气很好。"}))
    sent = on_a_terminal(["clean", str(source), "-q"]).decode()
    assert not set("\x1b\x07\x9b\u202e") & set(sent)
    assert json.loads(sent)["id"] == "x\x9b2J\u202e\x1b]0;owned\x07"


def test_colours_on_a_terminal_unless_unwanted() -> None:
    assert b"\x1b[" in on_a_terminal(["explain", SEED])
    plain = on_a_terminal(["explain", SEED], NO_COLOR="1")
    assert b"\x1b[3" not in plain
    assert b"\x1b[9" not in plain


def test_nothing_to_clean_on_a_terminal() -> None:
    assert b"nothing to clean" in on_a_terminal(["clean"])
