"""The tables that are shipped are those that their tools make."""

import importlib.util
from importlib import resources
from pathlib import Path

import pytest

TOOLS = Path(__file__).parent.parent.parent / "tools"
DATABASE = Path("/usr/share/unicode/EquivalentUnifiedIdeograph.txt")  # Debian's package unicode-data


def tool(name):
    spec = importlib.util.spec_from_file_location(name, TOOLS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def shipped(name):
    return (resources.files("corpusclean") / "data" / "script" / name).read_text("utf-8")


@pytest.mark.slow
def test_word_guards():
    pytest.importorskip("jieba")
    assert tool("make_word_guards").table() == shipped("guards.tsv")


@pytest.mark.skipif(not DATABASE.exists(), reason="needs Debian's package unicode-data")
def test_radicals():
    assert tool("make_script_tables").table(DATABASE.read_text("utf-8")) == shipped("radicals.tsv")


def test_radicals_from_rows_of_the_database():
    made = tool("make_script_tables").table("2E81 ; 5382 # CJK RADICAL CLIFF\n2E8C..2E8D ; 5C0F\n2E95 ; 2B739\n")
    rows = dict(line.split("\t") for line in made.splitlines()[1:])
    assert rows["⺁"] == "厂"
    assert rows["⺌"] == rows["⺍"] == "小"
    assert rows["⺕"] == "彐"
    assert rows["⼀"] == "一"
    assert len(rows) == 4 + 214 + 2  # of the supplement, two have decompositions of their own
