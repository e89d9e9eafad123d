"""What commands say and return where little leads: defects, interrupts, damaged totals, many troubles, a real bar."""

import importlib
import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from corpusclean.cli import Exit, main
from corpusclean.cli import progress as progress_module
from corpusclean.cli.progress import Bar
from corpusclean.corpus import Totals

APP = importlib.import_module("corpusclean.cli.app")  # the room calls the command itself `app`
DOCTOR = importlib.import_module("corpusclean.cli.doctor")
Captured = pytest.CaptureFixture[str]
BROKEN_ROWS = 25  # more than a command names one by one


class TestWhatEndsACommand:
    def test_a_defect_has_no_traceback(self, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
        monkeypatch.setattr(APP, "app", _raising(ZeroDivisionError("by zero")))
        monkeypatch.delenv("CORPUSCLEAN_TRACEBACK", raising=False)
        code = main(["doctor"])
        said = capsys.readouterr().err
        assert code == Exit.DEFECT != 0
        assert "ZeroDivisionError: by zero" in said
        assert "defect of corpusclean" in said
        assert "Traceback" not in said

    def test_a_defect_has_one_if_asked_for(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(APP, "app", _raising(ZeroDivisionError("by zero")))
        monkeypatch.setenv("CORPUSCLEAN_TRACEBACK", "1")
        with pytest.raises(ZeroDivisionError, match="by zero"):
            main(["doctor"])

    def test_an_interrupt(self, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
        monkeypatch.setattr(APP, "app", _raising(KeyboardInterrupt()))
        assert main(["doctor"]) == 130
        assert capsys.readouterr().err == "corpusclean: interrupted\n"

    def test_the_version(self, capsys: Captured) -> None:
        assert main(["--version"]) == 0
        name, version = capsys.readouterr().out.split()
        assert (name, version[0].isdigit()) == ("corpusclean", True)


class TestManyTroubles:
    """The first are named and the rest are counted, so that no terminal is flooded."""

    @pytest.fixture
    def broken(self, tmp_path: Path) -> Path:
        source = tmp_path / "broken.jsonl"
        source.write_text("{\n" * BROKEN_ROWS)
        return source

    def test_stats(self, broken: Path, capsys: Captured) -> None:
        assert main(["stats", str(broken)]) == Exit.ALL_FAILED
        self.holds(capsys.readouterr().err)

    def test_diff(self, broken: Path, tmp_path: Path, capsys: Captured) -> None:
        other = tmp_path / "other.jsonl"
        other.write_text('{"id": "a", "text": "好"}\n', "utf-8")
        assert main(["diff", str(broken), str(other)]) == Exit.DIFFERENT
        said = capsys.readouterr()
        self.holds(said.err)
        assert f"1 only in {other}" in said.out.replace("\n  ", "\n")

    def holds(self, said: str) -> None:
        named = [line for line in said.splitlines() if "broken.jsonl:" in line]
        (rest,) = [line for line in said.splitlines() if line.endswith(" more rows")]
        assert 0 < len(named) < BROKEN_ROWS
        assert len(named) + int(rest.split()[1]) == BROKEN_ROWS


class TestDiff:
    def test_many_lines_and_many_documents(self, tmp_path: Path, capsys: Captured) -> None:
        first, second = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
        texts = ["\n".join(f"第{line}行{word}" for line in range(60)) for word in ("前", "后")]
        alone = [{"id": f"alone-{number}", "text": "好"} for number in range(7)]
        first.write_text("\n".join(map(json.dumps, [{"id": "both", "text": texts[0]}, *alone])))
        second.write_text(json.dumps({"id": "both", "text": texts[1]}))
        assert main(["diff", str(first), str(second)]) == Exit.DIFFERENT
        said = capsys.readouterr().out
        assert "more lines differ" in said
        assert "7 only in " in said
        assert "… and 2 more" in said
        assert said.count("alone-") == 5


class TestDamagedTotals:
    @pytest.mark.parametrize("stored", ["{", "\x00", "[]", '{"read": "many"}', '{"edits": 3}', '{"edits": {"a": "b"}}'])
    def test_stats_refuses_them(self, stored: str, tmp_path: Path, capsys: Captured) -> None:
        folder = tmp_path / "o.jsonl.run"
        folder.mkdir()
        (folder / "totals.json").write_text(stored)
        assert main(["stats", str(folder)]) == Exit.USAGE
        said = capsys.readouterr().err
        assert "the totals are damaged" in said
        assert "run it again" in said


def test_restore_into_a_file_is_refused(tmp_path: Path, capsys: Captured) -> None:
    kept, target = tmp_path / "kept.jsonl", tmp_path / "file"
    kept.write_text('{"id": "a", "text": "好"}\n', "utf-8")
    target.write_text("mine")
    assert main(["restore", str(kept), "-o", str(target)]) == Exit.USAGE
    assert "is a file" in capsys.readouterr().err
    assert target.read_text() == "mine"


def test_restore_of_no_rows_is_refused(tmp_path: Path, capsys: Captured) -> None:
    kept = tmp_path / "kept.jsonl"
    kept.write_bytes(b"")
    assert main(["restore", str(kept), "-o", str(tmp_path / "out")]) == Exit.USAGE
    assert "nothing to restore" in capsys.readouterr().err


def test_doctor_names_a_wheel_that_hides_another(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    known = DOCTOR._version
    monkeypatch.setattr(DOCTOR, "_version", lambda name: "1.1.9" if name == "opencc" else known(name))
    assert main(["doctor"]) == Exit.ALL_FAILED
    said = capsys.readouterr().out
    assert "✗" in said
    assert "hides" in said


def test_damage_is_counted_for_people(tmp_path: Path, capsys: Captured) -> None:
    page = tmp_path / "page.txt"
    page.write_bytes("今天天气很好，我们一起去公园散步。".encode() * 20 + b"\xff\xfe\xff" + "好的。".encode() * 20)
    assert main(["detect", str(page), "--http-charset", "utf-8"]) == 0
    said = capsys.readouterr().out
    assert "damaged" in said
    assert "3 bytes in " in said


class TestBar:
    @pytest.mark.parametrize("total", [None, 2_000_000])
    def test_it_tells_the_state_and_goes(self, total: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(progress_module, "FAST", 0.0)
        shown = io.StringIO()
        console = Console(file=shown, force_terminal=True, width=110, _environ={})
        with Bar(console, total) as bar:
            bar.update(Totals(read=1, bytes_in=10))
            bar.update(Totals(read=1234, bytes_in=1_000_000))
            bar._bar.refresh()
        said = shown.getvalue()
        assert "1,234 documents" in said
        assert "1.0 MB" in said
        assert said.rstrip().endswith("\x1b[2K")  # the line is taken away

    def test_not_before_it_is_shown(self) -> None:
        bar = Bar(Console(file=io.StringIO(), force_terminal=True), 100)
        bar.update(Totals(read=1, bytes_in=10))
        assert bar._bar.tasks == []


def _raising(error: BaseException):  # type: ignore[no-untyped-def]
    def command(**options: object) -> None:
        raise error

    return command
