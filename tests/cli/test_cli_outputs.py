"""`report` and `diff`: what is made of what a run wrote."""

import json
from pathlib import Path

import pytest

from corpusclean.cli import main

ROOT = Path(__file__).parent.parent.parent
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def two(tmp_path: Path) -> tuple[str, str]:
    """Two outputs: the seeds with and without boilerplate."""
    paths = str(tmp_path / "a.jsonl"), str(tmp_path / "b.jsonl")
    assert main(["clean", str(ROOT / "seeds"), "-q", "-o", paths[0]]) == 0
    assert main(["clean", str(ROOT / "seeds"), "-q", "--no-boilerplate", "-o", paths[1]]) == 0
    return paths


class TestDiff:
    def test_the_same_is_the_same(self, two: tuple[str, str], capsys: Captured) -> None:
        assert main(["diff", two[0], two[0]]) == 0
        assert capsys.readouterr().out == "5 documents, all the same\n"

    def test_what_differs(self, two: tuple[str, str], capsys: Captured) -> None:
        assert main(["diff", *two]) == 1
        said = capsys.readouterr().out
        assert "5 documents in both" in said
        assert "text      4 differ" in said
        assert "+当前位置: 首页" in said
        assert "-2  boilerplate/breadcrumb" in said
        assert main(["diff", *two, "-n", "0"]) == 1
        assert "当前位置" not in capsys.readouterr().out

    def test_for_programs(self, two: tuple[str, str], capsys: Captured) -> None:
        assert main(["diff", *two, "--json"]) == 1
        told = json.loads(capsys.readouterr().out)
        assert (told["same"], told["text_differs"]) == (1, 4)
        assert told["edits"]["boilerplate/breadcrumb"] < 0

    def test_nothing_in_a_document_reaches_the_terminal(self, tmp_path: Path, capsys: Captured) -> None:
        for name, evil in (("a", "\x1b[2Jx\u202e\x9b"), ("b", "y\x07\r")):
            row = {"id": "\x1b]0;owned\x07", "text": evil, "metadata": {"title": evil}}
            (tmp_path / f"{name}\x1b.jsonl").write_text(json.dumps(row), "utf-8")
        paths = [str(tmp_path / f"{name}\x1b.jsonl") for name in "ab"]
        assert main(["diff", *paths]) == 1
        assert main(["diff", paths[0], str(ROOT / "tests")]) == 1
        said = capsys.readouterr()
        assert not set("\x1b\x07\x9b\u202e\r") & set(said.out + said.err)

    def test_what_cannot_be_compared(self, two: tuple[str, str], tmp_path: Path, capsys: Captured) -> None:
        assert main(["diff", two[0], str(tmp_path / "missing")]) == 2
        assert "cannot read" in capsys.readouterr().err
        (tmp_path / "x.jsonl").write_text("{\n" * 30)
        assert main(["diff", two[0], str(tmp_path / "x.jsonl")]) == 1
        said = capsys.readouterr().err.splitlines()
        assert said[0].startswith(f"failed: {tmp_path / 'x.jsonl'}:1: the row is not JSON")
        assert said[-1] == "failed: 10 more rows"


class TestReport:
    def test_a_run_that_is_nowhere(self, tmp_path: Path, capsys: Captured) -> None:
        assert main(["report", str(tmp_path / "x.jsonl"), "-o", str(tmp_path / "r.html")]) == 2
        assert "give the output of a run, or its .run folder" in capsys.readouterr().err
        assert main(["report", str(tmp_path), "-o", str(tmp_path)]) == 2
        assert "is a folder" in capsys.readouterr().err

    @pytest.mark.parametrize("name", ["clean.run", "clean.jsonl.gz", "clean.parquet", "clean"])
    def test_a_run_becomes_a_page(self, name: str, tmp_path: Path, capsys: Captured) -> None:
        out = tmp_path / ("clean.jsonl.gz" if name == "clean.run" else name)
        where = ["--text-dir" if name == "clean" else "-o", str(out)]
        assert main(["clean", str(ROOT / "seeds"), "-q", *where]) == 0
        page = tmp_path / "deep" / "report.html"
        assert main(["report", str(tmp_path / name), "-o", str(page)]) == 0
        assert "厚植新时代民政事业改革发展的根基" in page.read_text("utf-8")
        assert f"written to {page}" in capsys.readouterr().err
        assert main(["report", str(tmp_path / name), "-o", "-"]) == 0
        assert capsys.readouterr().out == page.read_text("utf-8")
