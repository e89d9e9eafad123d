"""The rules of the converter's damage, each with cases of four kinds: data, run by one test."""

import tomllib
from collections import defaultdict
from importlib import resources
from pathlib import Path

import pytest

from corpusclean.config import RepairConfig
from corpusclean.repair.step import undo_converter

KINDS = {"wild", "synthetic", "negative", "failure"}
CASES = tomllib.loads((Path(__file__).parent / "cases" / "converter.toml").read_text("utf-8"))["case"]
RULES = tomllib.loads(
    (resources.files("corpusclean") / "data" / "rules" / "repair.toml").read_text("utf-8"),
)["rule"]


def names(case: dict[str, str]) -> str:
    return f"{case['rule'].removeprefix('repair/')}-{case['kind']}"


def of_kinds(*kinds: str) -> list[dict[str, str]]:
    return [case for case in CASES if case["kind"] in kinds]


def holds(case: dict[str, str]) -> bool:
    """Whether the case comes out as it says, by its rule."""
    revision = undo_converter(case["before"], RepairConfig())
    return revision.text == case["after"] and case["rule"] in {edit.rule for edit in revision.edits}


@pytest.mark.parametrize("case", of_kinds("wild", "synthetic"), ids=names)
def test_damage_is_undone(case: dict[str, str]) -> None:
    assert holds(case)


@pytest.mark.parametrize("case", of_kinds("negative"), ids=names)
def test_what_only_looks_like_it_stays(case: dict[str, str]) -> None:
    assert undo_converter(case["before"], RepairConfig()).edits == ()


@pytest.mark.parametrize("case", of_kinds("failure"), ids=names)
@pytest.mark.xfail(strict=True, reason="a known failure")
def test_known_failures(case: dict[str, str]) -> None:
    assert holds(case)


def test_every_rule_has_cases_of_every_kind() -> None:
    kinds = defaultdict(set)
    for case in CASES:
        kinds[case["rule"]].add(case["kind"])
    assert dict(kinds) == {rule["name"]: KINDS for rule in RULES}
