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


# What a document has of that which a bound counts: a bound of as much is not hit, and one less is.
EXACT = {
    "nodes": ("<html><p>甲<p>乙", 5),
    "lines": ("今天天气很好。\n" * 3 + "明天也很好。", 4),
    "line_chars": ("今天天气很好。\n明天的天气也很好。\n", 9),
    "edits": ("國家，\n會議，\n圖書，\n", 3),
    "depth": ("<html><body><div><p>字。</p></div></body></html>", 4),
}


@pytest.mark.parametrize("name", EXACT)
def test_a_bound_is_hit_past_it_and_not_at_it(name: str) -> None:
    source, held = EXACT[name]

    def hits(bound: int) -> list[str]:
        return [hit.split(":")[0] for hit in Cleaner(limits={name: bound}).clean(source).metadata.clean["limits"]]

    assert hits(held) == hits(held + 1) == hits(0) == []
    assert hits(held - 1) == [name]


@pytest.mark.parametrize("source", [b"x" * 100, "x" * 100, "字" * 33 + "x"])
def test_an_input_of_as_many_bytes_as_the_bound_is_taken(source: str | bytes) -> None:
    assert corpusclean.clean(source, limits={"input_bytes": 100}).text
    with pytest.raises(LimitExceeded, match="the input has 100 bytes"):
        corpusclean.clean(source, limits={"input_bytes": 99})
    if isinstance(source, bytes):
        assert corpusclean.decode(source, limits=Limits(input_bytes=100)).text


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
    with pytest.raises(ConfigError) as caught:
        Limits(**{name: 0.5})
    assert str(caught.value) == (
        f"limits.{name} must be a whole number that is not negative, not 0.5; 0 lifts the bound"
    )


def test_seconds_may_be_a_part_of_one() -> None:
    assert Limits(seconds=0.5).seconds == 0.5
    with pytest.raises(ConfigError) as caught:
        Limits(seconds=-0.5)
    assert str(caught.value) == "limits.seconds must be a number that is not negative, not -0.5; 0 lifts the bound"


def test_the_bounds_are_those_that_are_documented() -> None:
    """A bound that nobody set is part of what is promised: another one is a change to be told."""
    assert dataclasses.asdict(Limits()) == {
        "input_bytes": 268_435_456,
        "decompressed_bytes": 1_073_741_824,
        "decompressed_ratio": 1000,
        "depth": 512,
        "nodes": 2_000_000,
        "lines": 1_000_000,
        "line_chars": 1_000_000,
        "edits": 20_000_000,
        "seconds": 60,
    }
