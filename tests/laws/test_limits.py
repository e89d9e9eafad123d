"""Every bound bites: set low it is hit and says so; lifted, the same document passes without a word.

A bound that is taken out of a step fails the first half of its case; one that always bites fails the second.
"""

import dataclasses
import math
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

import corpusclean
from corpusclean import Cleaner, ConfigError, Document, LimitExceeded, Limits
from corpusclean.config import CleanConfig
from corpusclean.markup import MarkupStep
from corpusclean.steps import Context

LOW = 5


class Case(NamedTuple):
    """A document that passes the bound of `LOW`, and what is different in it then."""

    document: str | bytes
    is_bounded: Callable[[Document], bool]


DEEP = "<html><body>" + "<div>" * 20 + "<p>深处的字。</p>" + "</div>" * 20 + "<p>浅处的字。</p>"
CASES = {
    "depth": Case(DEEP, lambda document: "深处的字。" in document.text and "浅处的字。" in document.text),
    "nodes": Case("<html><p>甲<p>乙<p>丙<p>丁<p>戊", lambda document: "甲" in document.text and "戊" in document.text),
    "lines": Case("首页 > 新闻\n" * 3 + "今天天气很好。\n" * 3, lambda document: "首页 > 新闻" in document.text),
    "line_chars": Case("今天天气很好。\n上一篇：没有了 下一篇：没有了", lambda document: "上一篇" in document.text),
    "edits": Case("國家，\n會議，\n圖書，\n學校，\n說話，\n時間，\n", lambda document: "國家" in document.text),
}
REFUSING = {"input_bytes"}
# Held by a run or a reader, not by a step; the test that shows that it bites.
_RUN, _BOUNDS = "corpus/test_corpus_run_workers.py", "corpus/test_corpus_bounds.py"
ELSEWHERE = {
    "seconds": (_RUN, "test_a_document_that_hangs_is_tried_alone_and_then_left_out"),
    "decompressed_bytes": (_BOUNDS, "test_a_line_without_end"),
    "decompressed_ratio": (_BOUNDS, "test_a_compressed_file"),
}


def cleaned(name: str, bound: int) -> Document:
    return Cleaner(ledger=True, limits={name: bound}).clean(CASES[name].document)


def test_every_bound_has_a_case() -> None:
    assert {field.name for field in dataclasses.fields(Limits)} == CASES.keys() | REFUSING | ELSEWHERE.keys()
    for file, test in ELSEWHERE.values():
        assert f"def {test}(" in (Path(__file__).parents[1] / file).read_text("utf-8")


@pytest.mark.parametrize("name", CASES)
def test_a_low_bound_is_hit_recorded_and_loses_nothing(name: str) -> None:
    document = cleaned(name, LOW)
    assert any(hit.split(":")[0] == name for hit in document.metadata.clean["limits"])
    assert CASES[name].is_bounded(document)
    source = CASES[name].document
    assert document.restore() == (source.encode() if isinstance(source, str) else source)
    assert Cleaner(limits={name: LOW}).clean(document.text).text == document.text


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("bound", [0, 10_000])
def test_a_lifted_or_high_bound_is_not_hit(name: str, bound: int) -> None:
    document = cleaned(name, bound)
    assert document.metadata.clean["limits"] == []
    if name != "depth":
        assert document.metadata.clean["edits"] != cleaned(name, LOW).metadata.clean["edits"]


@pytest.mark.parametrize(("bound", "deepest"), [(5, 5), (0, 23), (512, 23)])
def test_no_more_elements_are_open_than_the_bound_allows(bound: int, deepest: int) -> None:
    context = Context(CleanConfig.make(limits={"depth": bound}))
    features = MarkupStep().revise(DEEP, context).findings.features
    assert features is not None
    assert max(line.depth for line in features) == deepest


def test_the_last_node_within_the_bound_is_taken_apart() -> None:
    """A bound of as many tags and runs of text as there are is not hit; one less is."""
    html = "<html><p>甲<p>乙"
    assert Cleaner(limits={"nodes": 6}).clean(html).metadata.clean["limits"] == []
    assert Cleaner(limits={"nodes": 4}).clean(html).metadata.clean["limits"] == ["nodes"]


@pytest.mark.parametrize("source", [b"x" * 100, "x" * 100, "字" * 34])
def test_an_input_past_the_bound_is_refused(source: str | bytes) -> None:
    with pytest.raises(LimitExceeded, match=r"more than limits\.input_bytes = 99; raise limits\.input_bytes"):
        corpusclean.clean(source, limits={"input_bytes": 99})
    corpusclean.clean(source, limits={"input_bytes": 102})
    corpusclean.clean(source, limits={"input_bytes": 0})
    if isinstance(source, bytes):
        with pytest.raises(LimitExceeded, match="has 100 bytes"):
            corpusclean.decode(source, limits=Limits(input_bytes=99))


@pytest.mark.parametrize("name", [field.name for field in dataclasses.fields(Limits)])
@pytest.mark.parametrize("value", [-1, math.nan, True, "9", None, -math.inf])
def test_nonsense_is_no_bound(name: str, value: object) -> None:
    with pytest.raises(ConfigError, match=rf"limits\.{name} "):
        Limits(**{name: value})
    with pytest.raises(ConfigError):
        Cleaner(limits={name: value})


@pytest.mark.parametrize("name", [field.name for field in dataclasses.fields(Limits) if field.type == "int"])
def test_half_a_node_is_no_bound(name: str) -> None:
    with pytest.raises(ConfigError, match="whole number"):
        Limits(**{name: 0.5})
