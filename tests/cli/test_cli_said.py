"""What commands say of files that are damaged, gone or of another run, in words and in lines of JSON."""

import json
from pathlib import Path

import pytest

from corpusclean.cli import Exit, main

Captured = pytest.CaptureFixture[str]
TEXT = "當(dāng)時(shí)，天氣很好，老師們都來了。"


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a", "b", "c"):
        (folder / f"{name}.txt").write_text(f"{name}：{TEXT}\n", "utf-8")
    return folder


class TestRestoreFromALedgerFile:
    @pytest.fixture
    def apart(self, sources: Path, tmp_path: Path) -> tuple[Path, Path]:
        texts, ledgers = tmp_path / "texts", tmp_path / "ledgers.jsonl"
        assert main(["clean", str(sources), "--text-dir", str(texts), "--ledger-file", str(ledgers), "-q"]) == 0
        return texts, ledgers

    def restored(self, cleaned: Path, ledgers: Path, tmp_path: Path) -> tuple[int, dict[str, str]]:
        out = tmp_path / "out"
        code = main(["restore", str(cleaned), "--ledger-file", str(ledgers), "-o", str(out)])
        return code, {path.name: path.read_text("utf-8") for path in sorted(out.rglob("*.txt"))}

    def test_all_is_there(self, apart: tuple[Path, Path], sources: Path, tmp_path: Path) -> None:
        code, found = self.restored(*apart, tmp_path)
        assert code == 0
        assert found == {path.name: path.read_text("utf-8") for path in sources.iterdir()}

    def test_a_text_is_gone_and_another_is_no_text(
        self, apart: tuple[Path, Path], tmp_path: Path, capsys: Captured
    ) -> None:
        texts, ledgers = apart
        gone, broken = sorted(texts.rglob("*.txt"))[:2]
        gone.unlink()
        broken.write_bytes(b"\xff\xfe")
        code, found = self.restored(texts, ledgers, tmp_path)
        said = capsys.readouterr().err
        assert code == Exit.SOME_FAILED
        assert list(found) == ["c.txt"]
        assert said.count("its text cannot be read") == 2
        assert "No such file" in said

    def test_a_text_was_changed(self, apart: tuple[Path, Path], tmp_path: Path, capsys: Captured) -> None:
        texts, ledgers = apart
        path = min(texts.rglob("*.txt"))
        path.write_text(path.read_text("utf-8") + "多", "utf-8")
        code, found = self.restored(texts, ledgers, tmp_path)
        assert (code, list(found)) == (Exit.SOME_FAILED, ["b.txt", "c.txt"])

    def test_rows_and_ledgers_that_are_not_of_one_number(self, sources: Path, tmp_path: Path, capsys: Captured) -> None:
        out, ledgers = tmp_path / "out.jsonl", tmp_path / "ledgers.jsonl"
        assert main(["clean", str(sources), "-o", str(out), "--ledger-file", str(ledgers), "-q"]) == 0
        rows, kept = out.read_text("utf-8").splitlines(), ledgers.read_text("utf-8").splitlines()
        out.write_text("\n".join(rows[:2]) + "\n", "utf-8")
        assert self.restored(out, ledgers, tmp_path)[0] == Exit.SOME_FAILED
        assert "its document is not there" in capsys.readouterr().err
        out.write_text("\n".join(rows) + "\n", "utf-8")
        ledgers.write_text("\n".join([*kept[:1], "{torn"]) + "\n", "utf-8")
        assert self.restored(out, ledgers, tmp_path)[0] == Exit.SOME_FAILED
        assert "its ledger is not there" in capsys.readouterr().err
        ledgers.write_text("\n".join([kept[1], kept[0], kept[2]]) + "\n", "utf-8")
        code, found = self.restored(out, ledgers, tmp_path)
        assert code == Exit.SOME_FAILED
        assert "c.txt" in found


class TestMessagesAsJson:
    def lines(self, capsys: Captured) -> list[dict[str, str]]:
        return [json.loads(line) for line in capsys.readouterr().err.splitlines()]

    def test_an_option_that_cannot_be(self, sources: Path, tmp_path: Path, capsys: Captured) -> None:
        args = ["clean", str(sources), "--ledger-file", str(tmp_path / "l.jsonl"), "--log-format", "json"]
        assert main(args) == Exit.USAGE
        (line,) = self.lines(capsys)
        assert (line["level"], line["event"]) == ("error", "usage")
        assert "--ledger-file goes with" in line["message"]

    def test_an_output_that_cannot_be_made(self, sources: Path, tmp_path: Path, capsys: Captured) -> None:
        (tmp_path / "file").touch()
        args = ["clean", str(sources), "-o", str(tmp_path / "file" / "out.jsonl"), "--log-format", "json"]
        assert main(args) != 0
        assert self.lines(capsys)[-1]["level"] == "error"

    def test_a_trouble_in_fields(self, sources: Path, tmp_path: Path, capsys: Captured) -> None:
        (sources / "b.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
        args = ["clean", str(sources), "-o", str(tmp_path / "out.jsonl"), "--log-format", "json"]
        assert main(args) == Exit.SOME_FAILED
        said = [line for line in self.lines(capsys) if line["event"] == "rejected"]
        assert [Path(line["id"]).name for line in said] == ["b.txt"]
        assert "PNG" in said[0]["what"]


def test_detect_says_what_cannot_be_read_and_what_is_damaged(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "a.txt").write_bytes(
        ("今天天气很好，我们去公园。" * 4).encode("gb18030") + b"\xff" + "好的".encode("gb18030")
    )
    (tmp_path / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    assert main(["detect", str(tmp_path / "a.txt"), str(tmp_path / "b.png")]) == Exit.SOME_FAILED
    told = capsys.readouterr()
    assert "1 bytes in 1 places" in told.out
    assert "PNG image" in told.err
    (tmp_path / "c.jsonl").write_text(json.dumps({"text": "你好，世界。"}), "utf-8")
    assert main(["detect", "--json", str(tmp_path / "c.jsonl")]) == 0
    assert "encoding" not in json.loads(capsys.readouterr().out)
    assert main(["detect", str(tmp_path / "c.jsonl")]) == 0
    assert "evidence" not in capsys.readouterr().out


def test_diff_tells_documents_that_differ_in_metadata_alone(sources: Path, tmp_path: Path, capsys: Captured) -> None:
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    assert main(["clean", str(sources), "-o", str(one), "-q"]) == 0
    rows = [json.loads(line) for line in one.read_text("utf-8").splitlines()]
    rows[0]["metadata"]["title"] = "另一题"
    two.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    capsys.readouterr()
    main(["diff", str(one), str(two)])
    said = capsys.readouterr().out
    assert "1 differ in nothing else" in said
    assert "title differs" in said


def test_explain_tells_what_was_changed_and_what_was_not(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "a.txt").write_text(f"{TEXT}\n", "utf-8")
    (tmp_path / "b.txt").write_text("今天天气很好，我们去公园。\n", "utf-8")
    (tmp_path / "c.bin").write_bytes(b"\x7fELF" + bytes(40))
    assert main(["explain", *(str(tmp_path / name) for name in ("a.txt", "b.txt", "c.bin"))]) == Exit.SOME_FAILED
    told = capsys.readouterr()
    assert "script/" in told.out
    assert "nothing was changed" in told.out
    assert "ELF" in told.err
