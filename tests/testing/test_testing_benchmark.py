"""The benchmark of damage: it scores truly, is the same everywhere, and ours keeps its figures."""

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import corpusclean
from corpusclean.testing.benchmark import benchmark, main, markdown, tool_named
from corpusclean.testing.families import FAMILIES, benchmark_lines, clean_cases
from corpusclean.testing.scoring import distance, score
from corpusclean.testing.simulate import Damaged

# What `repair` reaches, less a little: the share of lines that come back exactly, and of damage undone.
FLOORS = {"commas misfired": (0.45, 0.85), "UTF-8 read as GBK, bytes lost": (0.0, 0.85)}
texts = st.text("甲乙丙ab", max_size=12)


def plain_distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for at, char in enumerate(one, 1):
        last, row[0] = row[0], at
        for to, sign in enumerate(other, 1):
            last, row[to] = row[to], min(row[to] + 1, row[to - 1] + 1, last + (char != sign))
    return row[-1]


@given(texts, texts)
def test_distance_is_that_of_the_plain_algorithm(one: str, other: str) -> None:
    assert distance(one, other) == plain_distance(one, other) == distance(other, one)


def test_a_tool_that_knows_the_truth_scores_all_and_one_that_does_nothing_none() -> None:
    for family in FAMILIES:
        cases = family.make(benchmark_lines(), random.Random(7))
        assert len(cases) >= 5, family.name
        assert sum(case.text != case.truth for case in cases) >= 5, family.name
        truths = {case.text: case.truth for case in cases}
        knowing, idle = score(truths.__getitem__, cases), score(str, cases)
        assert (knowing.exact, knowing.undone, knowing.worst) == (1.0, 1.0, None), family.name
        assert (idle.exact, idle.undone) == (0.0, 0.0), family.name


def test_harm_counts_below_nothing() -> None:
    got = score(lambda text: "？" * 40, [Damaged("好a。", "好。", ())])
    assert got.undone is not None
    assert got.undone < -10


def test_a_tool_that_breaks_is_counted() -> None:
    def broken(text: str) -> str:
        raise RuntimeError(text)

    got = score(broken, [Damaged("a", "b", ())])
    assert (got.failed, got.exact, got.undone) == (1, 0.0, 0.0)


def test_lines_that_were_added_are_noticed() -> None:
    assert score(lambda text: text + "\n", [Damaged("a", "a", ())]).exact == 0.0


def test_the_same_seed_gives_the_same_cases() -> None:
    lines = benchmark_lines()[:12]
    assert benchmark(str, lines, seed=3) == benchmark(str, lines, seed=3)


def test_repair_keeps_its_figures() -> None:
    scores = benchmark(corpusclean.repair)
    for kind, got in scores["clean"].items():
        assert got.exact == 1.0, (kind, got.worst)
    for name, got in scores["damaged"].items():
        exact, undone = FLOORS.get(name, (0.97, 0.99))
        assert got.undone is not None
        assert (got.exact >= exact, got.undone >= undone) == (True, True), (name, got)


def test_clean_cases_are_their_own_truth() -> None:
    assert all(case.text == case.truth for cases in clean_cases().values() for case in cases)
    assert len(clean_cases()) >= 8


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = tmp_path / "lines.txt"
    lines.write_text("今天天气很好，我们去公园散步。\n\n他在看书。\n", "utf-8")
    assert main(["builtins:str", "--lines", str(lines)]) == 0
    assert "| readings injected |" in capsys.readouterr().out
    assert main(["builtins:str", "--lines", str(lines), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["builtins:str"]["clean"]["Korean"]["exact"] == 1.0
    assert main(["no_such_module:f"]) == 2
    assert "module:function" in capsys.readouterr().err
    assert main(["builtins:str", "--lines", str(tmp_path / "none")]) == 2


@pytest.mark.parametrize("name", ["os:nothing", "os", "os:sep", ""])
def test_what_is_no_tool_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"os|:"):
        tool_named(name)


def test_a_hundred_percent_means_all() -> None:
    cases = [Damaged("a", "a", ())] * 999 + [Damaged("b", "c", ())]
    table = markdown({"tool": {"damaged": {"x": score(str, cases)}, "clean": {"y": score(str, cases)}}})
    assert "0 %" in table
    cases = [Damaged("a", "b", ())] * 999 + [Damaged("c", "d", ())]
    got = score(lambda text: "b", cases)
    assert "| 99 % (99 %) |" in markdown({"tool": {"damaged": {"x": got}, "clean": {"y": got}}})
