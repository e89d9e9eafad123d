"""`corpusclean clean`: what goes in comes out, or is named, and the exit status tells."""

import io
import json
import os
from pathlib import Path
from types import SimpleNamespace

import pytest

import corpusclean
from corpusclean.cli import main

ROOT = Path(__file__).parent.parent.parent
TEXT = "今天天气很好，我们一起去公园散步。\n"
Captured = pytest.CaptureFixture[str]


def rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two good documents, one of them in a folder below, and a hidden one."""
    made = tmp_path / "in"
    (made / "sub").mkdir(parents=True)
    (made / "a.txt").write_text(TEXT, "utf-8")
    (made / "sub" / "b.txt").write_bytes(TEXT.encode("gb18030"))
    (made / ".hidden").write_text("x", "utf-8")
    return made


def test_a_folder_becomes_json_lines(folder: Path, tmp_path: Path, capsys: Captured) -> None:
    out = tmp_path / "out" / "clean.jsonl"
    assert main(["clean", str(folder), "-o", str(out)]) == 0
    got = rows(out)
    assert [row["id"] for row in got] == [str(folder / "a.txt"), str(folder / "sub" / "b.txt")]
    assert [row["text"] for row in got] == [corpusclean.clean(TEXT).text] * 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "documents: 2 in = 2 cleaned + 0 rejected + 0 failed" in said.err
    assert sorted(path.name for path in out.parent.iterdir()) == ["clean.jsonl", "clean.run"]


def test_the_command_line_gives_what_the_library_gives(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert main(["clean", str(ROOT / "seeds"), "-q", "--script", "hant-tw", "-o", str(out)]) == 0
    for row in rows(out):
        data = Path(str(row["id"])).read_bytes()
        assert row["text"] == corpusclean.clean(data, script="hant-tw").text


def test_the_table_names_each_of_few_documents_and_many_give_totals(tmp_path: Path, capsys: Captured) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(21):
        (folder / f"doc{number:02}.txt").write_text(TEXT, "utf-8")
    assert main(["clean", *(str(path) for path in sorted(folder.iterdir())[:20]), "-o", str(tmp_path / "o")]) == 0
    few = capsys.readouterr().err
    assert "doc07.txt" in few
    assert main(["clean", str(folder), "-o", str(tmp_path / "o")]) == 0
    many = capsys.readouterr().err
    assert "doc07.txt" not in many
    assert "utf-8 ×21" in many
    assert "21 in = 21 cleaned" in many


def test_standard_input_to_standard_output(monkeypatch: pytest.MonkeyPatch, capsysbinary: Captured) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(TEXT.encode()), isatty=lambda: False))
    assert main(["clean", "-q", "-"]) == 0
    said = capsysbinary.readouterr()
    assert json.loads(said.out)["text"] == corpusclean.clean(TEXT).text
    assert not said.err


def test_rows_of_a_json_lines_file_are_documents(tmp_path: Path, capsys: Captured) -> None:
    source = tmp_path / "rows.jsonl"
    good = [{"id": "one", "text": TEXT, "url": "http://example.org/1"}, {"text": "x\ud800y"}]
    lines = [json.dumps(row) for row in good]
    source.write_text("\n".join([lines[0], "", "{broken", '{"id": 3}', lines[1]]), "utf-8")
    out = tmp_path / "out.jsonl"
    assert main(["clean", str(source), "-o", str(out)]) == 3
    got = rows(out)
    assert [row["id"] for row in got] == ["one", f"{source}:5"]
    assert got[0]["metadata"]["url"] == "http://example.org/1"
    said = capsys.readouterr().err
    assert f"failed: {source}:3: the row is not JSON" in said
    assert f"failed: {source}:4: the row's 'text' is missing; it has 'id'" in said


class TestTextFolder:
    """`--text-dir`: names kept, none twice, none outside."""

    def test_names_are_kept(self, folder: Path, tmp_path: Path) -> None:
        (folder / "page.html").write_text(f"<p>{TEXT}</p>", "utf-8")
        out = tmp_path / "texts"
        assert main(["clean", str(folder), "-q", "--text-dir", str(out)]) == 0
        names = sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())
        assert names == ["a.txt", "page.html.txt", "sub/b.txt"]
        assert (out / "a.txt").read_text("utf-8") == corpusclean.clean(TEXT).text

    def test_no_name_is_used_twice(self, folder: Path, tmp_path: Path) -> None:
        out = tmp_path / "texts"
        sources = [str(folder / "a.txt"), str(folder), str(folder / "a.txt")]
        assert main(["clean", *sources, "-q", "--text-dir", str(out)]) == 0
        assert len([path for path in out.rglob("*") if path.is_file()]) == 4

    def test_no_name_leaves_the_folder(self, tmp_path: Path) -> None:
        source = tmp_path / "rows.jsonl"
        names = ["../../evil", "/etc/evil", "..", "a/../../evil", "x\x00\x1b[2Jy", "..\\evil", "", "a" * 400]
        source.write_text("".join(json.dumps({"id": name, "text": "好"}) + "\n" for name in names), "utf-8")
        out = tmp_path / "deep" / "texts"
        assert main(["clean", str(source), "-q", "--text-dir", str(out)]) == 0
        papers = out.with_name("texts.run")
        made = (path for path in tmp_path.rglob("*") if path.is_file() and path != source)
        files = [path for path in made if not path.is_relative_to(papers)]
        assert len(files) == len(names)
        assert all(path.is_relative_to(out) and path.name.isprintable() for path in files)

    def test_a_link_out_of_the_folder_is_not_followed(self, tmp_path: Path, capsys: Captured) -> None:
        (tmp_path / "outside").mkdir()
        out = tmp_path / "texts"
        out.mkdir()
        (out / "sub").symlink_to(tmp_path / "outside")
        source = tmp_path / "rows.jsonl"
        source.write_text('{"id": "sub/x", "text": "a"}\n{"id": "y", "text": "a"}\n', "utf-8")
        assert main(["clean", str(source), "--text-dir", str(out)]) == 3
        assert list((tmp_path / "outside").iterdir()) == []
        assert "leads out of the output folder" in capsys.readouterr().err

    def test_a_text_that_utf8_cannot_write_is_refused(self, tmp_path: Path, capsys: Captured) -> None:
        source = tmp_path / "rows.jsonl"
        source.write_text('{"id": "x", "text": "a\\ud800b"}\n', "utf-8")
        assert main(["clean", str(source), "--text-dir", str(tmp_path / "t"), "--set", "repair=false"]) == 4
        assert "lone surrogate" in capsys.readouterr().err

    def test_a_ledger_needs_json_lines(self, folder: Path, tmp_path: Path, capsys: Captured) -> None:
        assert main(["clean", str(folder), "--ledger", "--text-dir", str(tmp_path / "t")]) == 2
        assert "add -o OUT.jsonl" in capsys.readouterr().err


class TestBadInput:
    """Each bad input is one clear sentence, everything else is cleaned, and the exit status tells."""

    def make(self, kind: str, tmp_path: Path) -> str:
        path = tmp_path / kind
        match kind:
            case "empty":
                path.write_bytes(b"")
            case "binary":
                path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 8)
            case "no-files":
                path.mkdir()
            case "no-text":
                path.mkdir()
                (path / "x.zip").write_bytes(b"PK\x03\x04" + os.urandom(64) + b"\x00" * 64)
            case "unreadable":
                path = Path("/proc/self/mem")
            case "loop":
                path.symlink_to(path)
            case "no-rows":
                path = path.with_suffix(".jsonl")
                path.write_bytes(b"\n")
        return str(path)

    CASES = (
        ("empty", "rejected", "it is empty"),
        ("binary", "rejected", ""),
        ("no-files", "rejected", "the folder holds no files"),
        ("no-text", "failed", "it cannot be read as zip"),
        ("unreadable", "failed", "it cannot be read"),
        ("missing", "failed", "there is no such file or folder"),
        ("loop", "failed", "it cannot be read"),
        ("no-rows", "rejected", "it holds no rows"),
    )

    @pytest.mark.parametrize(("kind", "verdict", "sentence"), CASES, ids=[case[0] for case in CASES])
    def test_alone(self, kind: str, verdict: str, sentence: str, tmp_path: Path, capsys: Captured) -> None:
        source = self.make(kind, tmp_path)
        assert main(["clean", source, "-o", str(tmp_path / "out.jsonl")]) == 4
        said = capsys.readouterr().err
        problems = [line for line in said.splitlines() if line.startswith(f"{verdict}: {source}")]
        assert len(problems) == 1
        assert sentence in problems[0]
        assert "Traceback" not in said

    def test_beside_good_documents(self, folder: Path, tmp_path: Path, capsys: Captured) -> None:
        bad = [self.make(kind, tmp_path) for kind, _, _ in self.CASES]
        out = tmp_path / "out.jsonl"
        assert main(["clean", *bad, str(folder), "-o", str(out)]) == 3
        assert len(rows(out)) == 2
        said = capsys.readouterr().err
        assert "documents: 10 in = 2 cleaned + 4 rejected + 4 failed" in said

    def test_a_defect_in_one_document_is_not_the_others(
        self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
    ) -> None:
        real = corpusclean.Cleaner.clean

        def broken(self: corpusclean.Cleaner, source: bytes, **given: object) -> corpusclean.Document:
            if str(given["id"]).endswith("a.txt"):
                raise IndexError("oops")
            return real(self, source, **given)

        monkeypatch.setattr(corpusclean.Cleaner, "clean", broken)
        out = tmp_path / "out.jsonl"
        assert main(["clean", str(folder), "-o", str(out)]) == 3
        assert len(rows(out)) == 1
        assert "corpusclean broke on it (IndexError: oops)" in capsys.readouterr().err

    def test_too_large(self, folder: Path, tmp_path: Path, capsys: Captured) -> None:
        settings = ["--set", "limits.input_bytes=40"]
        assert main(["clean", str(folder), *settings, "-o", str(tmp_path / "o")]) == 3
        assert "larger than limits.input_bytes = 40" in capsys.readouterr().err


class TestWrongUsage:
    """Exit status 2 and one sentence: what, where, what to do."""

    @pytest.mark.parametrize(
        ("options", "sentence"),
        [
            (["--script", "klingon"], "script.target cannot be 'klingon'; give 'hans' or 'hant'"),
            (["--set", "repair.min_confidnce=1"], "did you mean 'min_confidence'?"),
            (["--set", "boilerplate.threshold=7"], "must lie between 0.0 and 1.0"),
            (["--set", "script"], "--set takes KEY=VALUE, not 'script'"),
            (["--config", "missing.toml"], "cannot read the configuration: No such file or directory (missing.toml)"),
            (["-o", "."], "-o . is a folder"),
            (["--text-dir", "plain"], "--text-dir plain is a file"),
        ],
    )
    def test_options(
        self, options: list[str], sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
    ) -> None:
        monkeypatch.chdir(tmp_path)
        Path("plain").write_text(TEXT, "utf-8")
        assert main(["clean", "plain", *options]) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert said.err.startswith("corpusclean: ")
        assert sentence in said.err
        assert said.err.count("\n") == 1

    def test_broken_toml(self, tmp_path: Path, capsys: Captured) -> None:
        config = tmp_path / "clean.toml"
        config.write_text("[script\n", "utf-8")
        assert main(["clean", "--config", str(config), "x"]) == 2
        said = capsys.readouterr().err
        assert "not valid TOML" in said
        assert str(config) in said

    def test_config_and_options_that_win_over_it(self, folder: Path, tmp_path: Path, capsys: Captured) -> None:
        config = tmp_path / "clean.toml"
        config.write_text('script = "hant"\n[limits]\ninput_bytes = 1\n', "utf-8")
        out = str(tmp_path / "o")
        assert main(["clean", str(folder), "--config", str(config), "-o", out]) == 4
        assert main(["clean", str(folder), "--config", str(config), "--set", "limits.input_bytes=0", "-o", out]) == 0

    @pytest.mark.parametrize(
        "arguments", [["clean", "--nonsense"], ["nonsense"], ["restore"], ["detect", "--color", "x"]]
    )
    def test_what_the_parser_refuses(self, arguments: list[str], capsys: Captured) -> None:
        assert main(arguments) == 2
        assert "Traceback" not in capsys.readouterr().err


def test_the_output_is_never_half_there(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out" / "clean.jsonl"
    assert main(["clean", str(folder), "-q", "-o", str(out)]) == 0
    before = out.read_bytes()

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(corpusclean.Cleaner, "clean", interrupted)
    assert main(["clean", str(folder), "-q", "-o", str(out)]) == 130
    assert out.read_bytes() == before
    assert not list(out.parent.rglob("*.part"))


def test_the_output_of_the_last_run_is_no_input(folder: Path, capsys: Captured) -> None:
    arguments = ["clean", str(folder), "-o", str(folder / "out.jsonl"), "--text-dir", str(folder / "texts")]
    for _ in range(2):
        assert main(arguments) == 0
        assert "2 in = 2 cleaned" in capsys.readouterr().err


def test_a_full_disk_is_one_sentence(folder: Path, capsys: Captured) -> None:
    full = Path("/dev/full").open("w")  # noqa: SIM115  # closing it fails, as it should
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("sys.stdout", full)
        code = main(["clean", str(folder), "-q"])
    assert code == 4
    assert "cannot write the output: No space left on device" in capsys.readouterr().err
    with pytest.raises(OSError, match="No space left"):
        full.close()
