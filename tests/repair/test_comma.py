"""Commas before marks go from prose; tables and code keep theirs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusclean.config import RepairConfig
from corpusclean.repair.injected_comma import remove_commas

CONFIG = RepairConfig()

INJECTED = [
    ("推動全市民政事業高質量發展,。", "推動全市民政事業高質量發展。"),
    ("全面學習,、全面把握,、全面落實", "全面學習、全面把握、全面落實"),
    ("毗鄰港澳,,是改革開放的前沿地帶。", "毗鄰港澳,是改革開放的前沿地帶。"),
    ("东西不错,,发货很快也很好", "东西不错,发货很快也很好"),
    ("才好辦,;只有這樣。", "才好辦;只有這樣。"),
    ("结束了,，好", "结束了，好"),
    ("结束了,,。", "结束了。"),
]

KEPT = [
    "编号,姓名,备注,,邮箱\n1,张三,,,zs@example.cn\n2,李四,在职,,ls@example.cn",
    '{"tags": ["a,b", ",,", "？"], "ok": null}',
    "a,,b,,c",
    "不错,,,真的不错。",
    "你好, 。",
    "好,！",
    ",,",
    ",",
    "甲,乙,丙",
]


@pytest.mark.parametrize(("printed", "meant"), INJECTED)
def test_injected(printed: str, meant: str) -> None:
    assert remove_commas(printed, CONFIG).text == meant


@pytest.mark.parametrize("text", KEPT)
def test_kept(text: str) -> None:
    assert remove_commas(text, CONFIG).edits == ()


@given(st.text(alphabet=",;。、，；中国a1\n”"))
def test_twice_is_once(text: str) -> None:
    once = remove_commas(text, CONFIG).text
    assert remove_commas(once, CONFIG).text == once


def test_confidence_bounds_it() -> None:
    assert remove_commas("毗鄰港澳,,是。", RepairConfig(min_confidence=0.95)).edits == ()
