"""What the report says went wrong: reasons with their remedies, warnings and limits, and nothing where nothing did."""

import json
import re
from pathlib import Path

import pytest
from example_runs import ordinary_records, write_run

from corpusclean import InputError
from corpusclean.corpus import Record, Trouble
from corpusclean.report import RunPapers, report_page
from corpusclean.report.charts import bar_table
from corpusclean.report.elements import link
from corpusclean.report.run_folder import TROUBLES

GBK = "今天天气很好，我们去公园散步。".encode("gb18030")
LOST = Record("lost", "lost", GBK * 3 + b"\xff\xff\n" + GBK)
PROBLEMS = re.compile(r'<section id="problems">.*?</section>', re.DOTALL)


def problems(folder: Path) -> str:
    found = PROBLEMS.search(report_page(RunPapers.read(folder)))
    assert found is not None
    return found[0]


def test_no_problem_is_said_to_be_none(tmp_path: Path) -> None:
    said = problems(write_run(tmp_path / "a.run", ordinary_records(3)))
    assert "None. Every document that went in came out" in said
    assert "<table" not in said


def test_warnings_and_limits_are_counted_without_any_failure(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "a.run", [*ordinary_records(2), LOST], limits={"depth": 3, "nodes": 7})
    said = problems(folder)
    assert "Warnings in documents that came out" in said
    assert "could not be decoded" in said
    assert said.index("limit hit: nodes") < said.index("limit hit: depth")
    assert "Documents that did not come out" not in said


def test_reasons_have_remedies_and_the_commonest_is_first(tmp_path: Path) -> None:
    rare = Trouble("x", "rejected", "it is empty")
    often = [Trouble(f"y{at}", "failed", "it is torn", f"line {at}", "mend it") for at in range(3)]
    said = problems(write_run(tmp_path / "a.run", [rare, *often]))
    assert said.index("it is torn") < said.index("it is empty")
    assert "mend it" in said
    assert "line 2" in said
    assert "Warnings in documents" not in said


def test_many_reasons_are_summed_up(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "a.run", [Trouble(f"x{at}", "failed", f"reason {at}") for at in range(TROUBLES + 20)])
    papers = RunPapers.read(folder)
    assert papers.reasons[("failed", "other reasons")] == 20
    assert sum(papers.reasons.values()) == TROUBLES + 20
    assert f"of {TROUBLES + 20}; all are in failed.jsonl" in problems(folder)


@pytest.mark.parametrize("row", ["[1]", "{torn", "7"])
def test_a_damaged_paper_is_named_with_its_line(row: str, tmp_path: Path) -> None:
    folder = write_run(tmp_path / "a.run", [Trouble("x", "failed", "why")])
    with (folder / "failed.jsonl").open("a") as stream:
        stream.write(f"\n{row}\n")
    with pytest.raises(InputError, match="this paper of a run is damaged"):
        RunPapers.read(folder)


def test_a_run_without_a_manifest_has_a_page(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "a.run", ordinary_records(2))
    (folder / "manifest.json").unlink()
    assert "The run left no manifest.json." in report_page(RunPapers.read(folder))


def test_more_inputs_than_are_listed(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "a.run", ordinary_records(2))
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["inputs"] = {"files": 1234}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    page = report_page(RunPapers.read(folder))
    assert "Inputs: 1,234 files" in page
    assert "1,233 more are in inputs.jsonl." in page


def test_what_is_no_address_is_no_link() -> None:
    assert str(link("http://[::1")).startswith("<span")
    assert str(link("http://a.cn/")).startswith("<a ")


def test_the_rarest_of_many_are_summed_up() -> None:
    drawn = str(bar_table("x", {f"name {at}": 100 - at for at in range(60)}))
    assert "others" in drawn
    assert "name 0" in drawn
    assert "name 59" not in drawn
