"""`clean` as a run: only looking, choosing, going on, telling programs."""

import base64
import gzip
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import corpusclean
from corpusclean.cli import main
from corpusclean.cli.messages import Pace
from corpusclean.cli.progress import Lines
from corpusclean.corpus import Totals
from corpusclean.corpus.rows import rows_of

ROOT = Path(__file__).parent.parent.parent
SEEDS = str(ROOT / "seeds")
CLEAN = "今天天气很好，我们一起去公园散步。\n"
DIRTY = "當(dāng)時(shí)，天氣很好，老師們都來了。\r\n我們一起去公園散步。\n"
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A clean document, a dirty one, and one that is clean but for its encoding."""
    made = tmp_path / "in"
    made.mkdir()
    (made / "clean.txt").write_text(CLEAN, "utf-8")
    (made / "dirty.txt").write_bytes(DIRTY.encode())
    (made / "gbk.txt").write_bytes((CLEAN * 5).encode("gb18030"))
    return made


@pytest.fixture
def many(tmp_path: Path) -> Path:
    made = tmp_path / "many.jsonl"
    rows = [{"id": f"d{n}", "text": f"{CLEAN}Number {n}, {'word ' * n}"} for n in range(200)]
    made.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return made


class TestOnlyLooking:
    """Nothing is written, and the exit status tells."""

    def test_check_names_what_would_change(self, folder: Path, capsys: Captured) -> None:
        before = sorted(folder.parent.rglob("*"))
        assert main(["clean", str(folder), "--check"]) == 1
        said = capsys.readouterr()
        lines = said.out.splitlines()
        assert [line.split(" (")[0] for line in lines] == [
            f"would change: {folder / n}" for n in ("dirty.txt", "gbk.txt")
        ]
        assert "layout/newline" in lines[0]
        assert "gb18030 → utf-8" in lines[1]
        assert "2 documents would change" in said.err
        assert sorted(folder.parent.rglob("*")) == before

    def test_check_of_what_was_cleaned(self, folder: Path, capsys: Captured) -> None:
        assert main(["clean", str(folder / "clean.txt"), "--check"]) == 0
        said = capsys.readouterr()
        assert said.out == ""
        assert "nothing would change" in said.err

    def test_check_of_what_cannot_be_cleaned(self, folder: Path) -> None:
        assert main(["clean", str(folder), str(folder / "missing"), "--check", "-q"]) == 3
        assert main(["clean", str(folder / "missing"), "--check", "-q"]) == 4

    def test_dry_run_counts_and_writes_nothing(self, folder: Path, capsys: Captured) -> None:
        before = sorted(folder.parent.rglob("*"))
        assert main(["clean", str(folder), "--dry-run"]) == 0
        said = capsys.readouterr()
        assert said.out == ""
        assert "3 in = 3 cleaned" in said.err
        assert sorted(folder.parent.rglob("*")) == before

    def test_diff_shows_lines_with_their_rules(self, folder: Path, capsys: Captured) -> None:
        assert main(["clean", str(folder), "--diff", "--color", "never"]) == 0
        said = capsys.readouterr().out
        assert f"--- {folder / 'dirty.txt'}\n+++ {folder / 'dirty.txt'} (clean)\n@@ 1 @@ " in said
        assert "\n-當(dāng)時(shí)，天氣很好，老師們都來了。‹0D›" in said
        assert "\n+当" in said
        assert "script/t2s" in said
        assert str(folder / "clean.txt") not in said
        assert "@@ gb18030 → utf-8 @@" in said

    def test_diff_beside_an_output(self, folder: Path, tmp_path: Path, capsys: Captured) -> None:
        out = tmp_path / "o.jsonl"
        assert main(["clean", str(folder), "--diff", "-q", "-o", str(out)]) == 0
        assert "@@ 1 @@" in capsys.readouterr().out
        assert len(list(rows_of(out))) == 3

    def test_the_difference_is_that_of_the_texts(self, capsys: Captured) -> None:
        """Every line that is shown stands in the input or in the output."""
        seed = ROOT / "seeds" / "003_1f830687829b298f.txt"
        assert main(["clean", str(seed), "--diff", "--color", "never"]) == 0
        clean = corpusclean.clean(seed.read_bytes()).text
        shown = capsys.readouterr().out.splitlines()[2:]
        assert len(shown) > 10
        for line in shown:
            if line.startswith("+") and "…" not in line:
                assert line[1:] in clean

    def test_colours(self, folder: Path, capsys: Captured) -> None:
        assert main(["clean", str(folder), "--diff", "--color", "always"]) == 0
        assert "\x1b[" in capsys.readouterr().out

    def test_nothing_in_a_document_reaches_the_terminal(self, tmp_path: Path, capsys: Captured) -> None:
        source = tmp_path / "rows.jsonl"
        evil = "\x1b]0;owned\x07\x9b2J\u202e"
        row = {"id": f"x{evil}", "text": f"{CLEAN}\r\n{evil}好{evil}"}
        source.write_text("\n".join(json.dumps(row) for _ in range(2)) + f"\n{{{evil}\n", "utf-8")
        for options in (
            ["--check"],
            ["--diff"],
            ["--dry-run"],
            ["--diff", "--color", "never"],
            ["--dry-run", "--log-format", "json"],
        ):
            assert main(["clean", str(source), *options]) in (1, 3)
            said = capsys.readouterr()
            assert not set("\x1b\x07\x9b\u202e\r") & set(re.sub(r"\x1b\[[0-9;]*m", "", said.out + said.err))

    @pytest.mark.parametrize(
        ("options", "sentence"),
        [
            (["--check", "-o", "x.jsonl"], "--check writes nothing, so -o x.jsonl can't be"),
            (["--dry-run", "--text-dir", "d"], "--dry-run writes nothing, so --text-dir d can't be"),
            (["--diff", "-o", "-"], "--diff shows changes on standard output"),
            (["--ledger-file", "l.jsonl"], "--ledger-file goes with a file or a folder"),
            (["--text-dir", "d", "--ledger"], "add -o OUT.jsonl, or --ledger-file FILE"),
            (["--sample", "lots"], "a sample cannot be 'lots'"),
            (["--drop-if", "han_share <", "--dry-run"], "column 12 of 'han_share <'"),
            (["-o", "x.csv"], "cannot write .csv files"),
            (["--resume"], "cannot go on"),
        ],
    )
    def test_what_does_not_go_together(
        self, options: list[str], sentence: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
    ) -> None:
        monkeypatch.chdir(folder)
        assert main(["clean", "clean.txt", *options]) == 2
        said = capsys.readouterr()
        assert sentence in said.err
        assert said.err.count("\n") == 1
        assert said.out == ""


class TestChoosing:
    """Which documents, and where they go."""

    @pytest.mark.parametrize("name", ["o.jsonl", "o.jsonl.gz", "o.jsonl.zst", "o.parquet"])
    def test_every_format_holds_the_same(self, name: str, folder: Path, tmp_path: Path) -> None:
        out = tmp_path / name
        assert main(["clean", str(folder), "-q", "-o", str(out)]) == 0
        texts = [row.values["text"] for row in rows_of(out) if row.values is not None]
        assert texts == [corpusclean.clean(path.read_bytes()).text for path in sorted(folder.iterdir())]

    def test_limit_and_sample(self, many: Path, tmp_path: Path, capsys: Captured) -> None:
        def ids(*options: str) -> list[str]:
            out = tmp_path / "o.jsonl"
            assert main(["clean", str(many), "-o", str(out), *options]) == 0
            return [json.loads(line)["id"] for line in out.read_bytes().splitlines()]

        assert ids("--limit", "3") == ["d0", "d1", "d2"]
        some = ids("--sample", "10%")
        assert 5 < len(some) < 40
        assert ids("--sample", "10%") == some
        assert len(ids("--sample", "7")) == 7
        assert "200 in = 7 cleaned + 0 rejected + 0 failed + 193 skipped" in capsys.readouterr().err

    def test_drop_if(self, many: Path, tmp_path: Path, capsys: Captured) -> None:
        out = tmp_path / "o.jsonl"
        options = ["--drop-if", "chars < 100", "--drop-if", "id == 'd199'"]
        assert main(["clean", str(many), "-o", str(out), *options]) == 0
        kept = [row.values for row in rows_of(out) if row.values is not None]
        assert all(len(row["text"]) >= 100 for row in kept)
        said = capsys.readouterr().err
        assert f"200 in = {len(kept)} cleaned + 0 rejected + 0 failed + {200 - len(kept)} dropped" in said
        assert "id == 'd199' ×1" in said

    def test_any_number_of_jobs_gives_the_same_bytes(self, many: Path, tmp_path: Path) -> None:
        made = []
        for jobs in ("0", "2"):
            out = tmp_path / f"o{jobs}.jsonl"
            assert main(["clean", str(many), "-q", "-j", jobs, "-o", str(out)]) == 0
            samples = tmp_path / f"o{jobs}.run" / "samples.jsonl"
            made.append((out.read_bytes(), samples.read_bytes()))
        assert made[0] == made[1]
        assert made[0][1]

    def test_a_finished_run_is_not_done_again(self, folder: Path, tmp_path: Path, capsys: Captured) -> None:
        arguments = ["clean", str(folder), "-o", str(tmp_path / "o.jsonl"), "--resume"]
        assert main(arguments) == 0
        assert main(arguments) == 0
        said = capsys.readouterr().err
        assert said.count("this run was complete already") == 1
        assert main([*arguments, "--script", "hant"]) == 2
        assert "script.target: was hans, is hant" in capsys.readouterr().err

    def test_an_interrupted_run_goes_on(self, many: Path, tmp_path: Path, capsys: Captured) -> None:
        whole, out = tmp_path / "whole.jsonl", tmp_path / "o.jsonl"
        assert main(["clean", str(many), "-q", "-o", str(whole)]) == 0
        clean = corpusclean.Cleaner.clean

        def stops(self: Any, source: Any, **given: Any) -> corpusclean.Document:
            if given.get("id") == "d150":
                raise KeyboardInterrupt
            return clean(self, source, **given)

        arguments = ["clean", str(many), "-j", "0", "-o", str(out)]
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(corpusclean.Cleaner, "clean", stops)
            patched.setattr("corpusclean.corpus.course.time.monotonic", iter(range(0, 10**6, 10)).__next__)
            assert main(arguments) == 130
        assert "interrupted after 128 documents; --resume goes on from there" in capsys.readouterr().err
        assert not out.exists()
        assert main(arguments) == 2
        assert "go on with it (--resume)" in capsys.readouterr().err
        assert main([*arguments, "--resume"]) == 0
        assert "went on after 128 documents" in capsys.readouterr().err
        assert out.read_bytes() == whole.read_bytes()
        samples = [tmp_path / name / "samples.jsonl" for name in ("whole.run", "o.run")]
        assert samples[0].read_bytes() == samples[1].read_bytes()


class TestConfiguration:
    """Where it is from, and that it is told."""

    def test_it_is_found_and_named(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
        (folder.parent / "pyproject.toml").write_text('[tool.corpusclean]\nscript = "hant"\n')
        deep = folder.parent / "a" / "b"
        deep.mkdir(parents=True)
        (deep.parent / "pyproject.toml").write_text("[tool.other]\n")
        monkeypatch.chdir(deep)
        assert main(["clean", str(folder / "clean.txt")]) == 0
        said = capsys.readouterr()
        assert "今天天氣很好" in json.loads(said.out)["text"]
        assert f"configuration: {folder.parent / 'pyproject.toml'}" in said.err
        (deep / "corpusclean.toml").write_text('script = "hant-tw"\n')
        assert main(["clean", "--show-config"]) == 0
        said = capsys.readouterr()
        assert re.search(r'script\.target = "hant-tw" +# .*corpusclean\.toml', said.out)

    def test_it_can_be_given_back(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
        monkeypatch.chdir(tmp_path)
        given = ["--script", "none", "--no-boilerplate", "--set", "repair=false", "--set", 'decoding.encoding="gbk"']
        assert main(["clean", "--show-config", *given]) == 0
        shown = capsys.readouterr().out
        for name, origin in (
            ("script.target", "--script"),
            ("boilerplate.enabled", "--no-boilerplate"),
            ("repair.enabled", "--set"),
            ("decoding.encoding", "--set"),
            ("limits.depth", "default"),
        ):
            assert re.search(rf"^{re.escape(name)} = .* # {origin}$", shown, re.MULTILINE), name
        (tmp_path / "again.toml").write_text(shown)
        assert main(["clean", "--show-config", "--config", "again.toml"]) == 0
        again = capsys.readouterr().out
        assert again.splitlines()[0] == shown.splitlines()[0]
        assert "# again.toml" in again


class TestForPrograms:
    """`--log-format json`: every message is an object."""

    def events(self, said: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in said.splitlines()]

    def test_every_message_is_an_object(self, folder: Path, tmp_path: Path, capsys: Captured) -> None:
        (folder / "empty.txt").write_bytes(b"")
        out = str(tmp_path / "o.jsonl")
        assert main(["clean", str(folder), "-o", out, "--log-format", "json"]) == 3
        events = self.events(capsys.readouterr().err)
        assert [event["event"] for event in events] == ["rejected", "done", "written", "papers"]
        assert events[0]["id"] == str(folder / "empty.txt")
        assert events[0]["what"] == "it is empty"
        assert events[1]["totals"]["cleaned"] == 3
        assert all({"time", "level", "event", "message"} <= set(event) for event in events)

    def test_errors_too(self, folder: Path, capsys: Captured) -> None:
        assert main(["clean", str(folder), "--log-format", "json", "--script", "klingon"]) == 2
        (event,) = self.events(capsys.readouterr().err)
        assert (event["level"], event["event"]) == ("error", "usage")
        assert main(["clean", str(folder), "--log-format", "json", "-o", "/proc/no/o.jsonl"]) == 4
        assert self.events(capsys.readouterr().err)[-1]["event"] == "output"

    def test_quiet_says_what_went_wrong_only(self, folder: Path, capsys: Captured) -> None:
        arguments = ["clean", str(folder), str(folder / "missing"), "-q", "--log-format", "json"]
        assert main(arguments) == 3
        assert {event["level"] for event in self.events(capsys.readouterr().err)} == {"error"}


class TestProgress:
    def test_a_line_every_ten_seconds(self) -> None:
        said: list[tuple[str, dict[str, Any]]] = []

        class Heard:
            def note(self, text: str, **fields: Any) -> None:
                said.append((text, fields))

            def trouble(self, trouble: object) -> None:
                raise AssertionError

        now = [0.0]
        lines = Lines(Heard(), lambda: 2_000_000, clock=lambda: now[0])
        with lines:
            for second in range(31):
                now[0] = float(second)
                lines.update(Totals(read=1000 + second, bytes_in=1_000_000 + second * 1000))
        assert [fields["documents"] for _, fields in said] == [1010, 1020, 1030]
        assert said[0][0] == "1,010 documents, 1.0 MB, 1.0 kB/s, 16 min 30 s left"  # what was resumed is no speed
        assert all(fields["event"] == "progress" for _, fields in said)

    def test_what_was_done_before_is_not_speed(self) -> None:
        pace = Pace(None, start=0.0, clock=lambda: 10.0)
        pace.before = 90_000_000
        assert "1.0 MB/s" in pace.told(Totals(read=1, bytes_in=100_000_000))


class TestStats:
    def test_of_a_run_and_of_its_output(self, tmp_path: Path, capsys: Captured) -> None:
        out = tmp_path / "o.parquet"
        assert main(["clean", SEEDS, str(tmp_path / "missing"), "-q", "-o", str(out)]) == 3
        capsys.readouterr()
        assert main(["stats", str(tmp_path / "o.run"), "--json"]) == 0
        run = json.loads(capsys.readouterr().out)
        assert main(["stats", str(out), "--json"]) == 0
        output = json.loads(capsys.readouterr().out)
        assert (run["read"], run["failed"], output["read"], output["failed"]) == (6, 1, 5, 0)
        for name in ("chars_in", "chars_out", "edits", "chars_removed", "encodings", "scripts", "languages", "lengths"):
            assert run[name] == output[name] != {}
        assert main(["stats", str(tmp_path / "o.run")]) == 0
        said = capsys.readouterr().out
        assert "6 in = 5 cleaned + 0 rejected + 1 failed" in said
        assert re.search(r"utf-8 +5 +100 % +━+", said)
        assert "there is no such file" in said

    def test_rows_that_are_no_documents(self, tmp_path: Path, capsys: Captured) -> None:
        source = tmp_path / "x.jsonl"
        rows = [
            '{"text": "a", "metadata": {"other": 1}}',
            "{",
            '{"id": "b"}',
            '{"text": "c", "metadata": {"clean": 3}}',
        ]
        source.write_text("\n".join(rows))
        assert main(["stats", str(source), "--json"]) == 3
        said = capsys.readouterr()
        assert json.loads(said.out)["cleaned"] == 1
        assert [line.split(": ")[1].rpartition(":")[2] for line in said.err.splitlines()] == ["2", "3", "4"]
        assert main(["stats", str(tmp_path / "missing")]) == 2

    def test_of_a_run_that_is_not_finished(self, tmp_path: Path, capsys: Captured) -> None:
        folder = tmp_path / "o.run"
        folder.mkdir()
        (folder / "journal.jsonl").write_text("{}")
        assert main(["stats", str(folder)]) == 2
        assert "not finished" in capsys.readouterr().err


class TestRestoreFromALedgerFile:
    @pytest.mark.parametrize("where", ["-o", "--text-dir"])
    @pytest.mark.parametrize("ledgers", ["l.jsonl", "l.jsonl.zst"])
    def test_gives_every_byte_back(
        self, where: str, ledgers: str, folder: Path, tmp_path: Path, capsys: Captured
    ) -> None:
        (folder / "sub").mkdir()
        (folder / "sub" / "dirty.txt").write_bytes(DIRTY.encode("big5", "replace"))
        out, kept = str(tmp_path / "out.jsonl"), str(tmp_path / ledgers)
        assert main(["clean", str(folder), "-q", where, out, "--ledger-file", kept]) == 0
        assert main(["restore", out, "--ledger-file", kept, "-o", str(tmp_path / "back")]) == 0
        back = tmp_path / "back" / str(folder).lstrip("/")
        for path in folder.rglob("*.txt"):
            assert (back / path.relative_to(folder)).read_bytes() == path.read_bytes()

    def test_what_does_not_belong_together_is_named(self, folder: Path, tmp_path: Path, capsys: Captured) -> None:
        out, kept = tmp_path / "o.jsonl", tmp_path / "l.jsonl"
        assert main(["clean", str(folder), "-q", "-o", str(out), "--ledger-file", str(kept)]) == 0
        rows = kept.read_text("utf-8").splitlines(keepends=True)
        kept.write_text("".join(rows[1:]), "utf-8")
        assert main(["restore", str(out), "--ledger-file", str(kept), "-o", str(tmp_path / "b")]) == 4
        said = capsys.readouterr().err
        assert said.count("give the sidecar that the same run wrote") == 2
        assert "its ledger is not there" in said


def test_completion_is_printed() -> None:
    for shell in ("bash", "zsh", "fish"):
        done = subprocess.run(
            [str(Path(sys.executable).parent / "corpusclean")],
            env={"_CORPUSCLEAN_COMPLETE": f"source_{shell}", "PATH": "/usr/bin:/bin"},
            capture_output=True,
            timeout=120,
            check=False,
        )
        assert b"_CORPUSCLEAN_COMPLETE" in done.stdout


def test_help_tells_the_exit_status(capsys: Captured) -> None:
    assert main(["--help"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    for told in ("0 fine", "1 something", "2 wrong usage", "3 some", "4 all", "130 interrupted"):
        assert told in said


def test_compressed_output_is_the_same_every_time(folder: Path, tmp_path: Path) -> None:
    made = []
    for name in ("a", "b"):
        assert main(["clean", str(folder), "-q", "-o", str(tmp_path / name / "o.jsonl.gz")]) == 0
        made.append((tmp_path / name / "o.jsonl.gz").read_bytes())
    assert made[0] == made[1]
    assert gzip.decompress(made[0]).count(b"\n") == 3


def test_fields_of_rows_can_be_named(tmp_path: Path) -> None:
    rows = [{"name": "a", "content": CLEAN, "link": "https://example.org/a"}]
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    out = tmp_path / "o.jsonl"
    named = ["--text-field", "content", "--id-field", "name", "--url-field", "link"]
    assert main(["clean", str(tmp_path / "rows.jsonl"), "-q", "-o", str(out), *named]) == 0
    (row,) = (row.values for row in rows_of(out) if row.values is not None)
    assert (row["id"], row["text"], row["metadata"]["url"]) == ("a", corpusclean.clean(CLEAN).text, rows[0]["link"])
    coded = {"id": "b", "raw": base64.b64encode(CLEAN.encode("gb18030") * 5).decode()}
    (tmp_path / "rows.jsonl").write_text(json.dumps(coded))
    assert main(["clean", str(tmp_path / "rows.jsonl"), "-q", "-o", str(out), "--bytes-field", "raw"]) == 0
    (row,) = (row.values for row in rows_of(out) if row.values is not None)
    assert row["metadata"]["encoding"] == "gb18030"
