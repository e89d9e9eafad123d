"""The judge, and the laws of the whole step."""

import dataclasses
import math
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpusclean.boilerplate import BoilerplateStep
from corpusclean.boilerplate.features import CARDINALITY, text_columns
from corpusclean.boilerplate.judge import COLUMN_SIZES, judge_lines, judge_model
from corpusclean.boilerplate.lexicon import evidence
from corpusclean.boilerplate.sheet import read_sheet
from corpusclean.config import CleanConfig
from corpusclean.lines import LineFeatures
from corpusclean.rules import rule_named
from corpusclean.steps import Candidate, Context
from corpusclean.testing.strategies import clean_chinese, damaged_chinese, hostile_text

CONTEXT = Context(CleanConfig())
STEP = BoilerplateStep()
MENU = ["首页", "新闻", "体育", "娱乐", "财经", "登录", "注册", "收藏本站"]
FOOT = ["关于我们", "联系我们", "网站地图", "隐私政策", "Copyright © 2024 All Rights Reserved", "京ICP备12345678号"]
PROSE = [
    "春天来了，公园里的花都开了，孩子们在草地上放风筝，老人们坐在长椅上晒太阳，说着过去的事情。",
    "午后下了一场小雨，空气变得清新起来，人们收起雨伞，继续在湖边散步，谁也不愿意早早回家去。",
    "傍晚的时候，灯一盏一盏地亮了，湖面上映出点点的光，远处传来的歌声让人觉得这一天过得很有意思。",
]
any_text = st.one_of(
    st.text(alphabet=st.characters(codec=None, exclude_categories=())),
    hostile_text(),
    damaged_chinese().map(lambda damaged: damaged.text),
    st.lists(st.sampled_from([*MENU, *FOOT, *PROSE, "", "标题", "标题", "来源：某报 2024-01-01"]), max_size=40).map(
        "\n".join
    ),
)


def strip(text: str, context: Context = CONTEXT) -> str:
    return STEP.revise(text, context).revision.text


def page(lines: list[str]) -> str:
    return "\n".join([*MENU, *lines, *FOOT])


def test_menus_go_and_prose_stays() -> None:
    assert strip(page(PROSE)) == "\n".join(PROSE) + "\n"


def test_threshold_zero_keeps_what_is_judged() -> None:
    context = Context(CleanConfig.make(boilerplate={"threshold": 0.0}))
    rules = {edit.rule for edit in STEP.revise(page(PROSE), context).revision.edits}
    assert "boilerplate/judge" not in rules
    assert "boilerplate/copyright" in rules


def test_a_higher_threshold_removes_no_less() -> None:
    sizes = [
        len(strip(page(PROSE), Context(CleanConfig.make(boilerplate={"threshold": share})))) for share in (0, 0.5, 0.99)
    ]
    assert sizes == sorted(sizes, reverse=True)


def test_features_of_another_count_are_not_believed() -> None:
    context = dataclasses.replace(CONTEXT, features=(LineFeatures(),))
    assert strip(page(PROSE), context) == strip(page(PROSE))


def test_markup_is_heard() -> None:
    features = [
        LineFeatures(("html", "body", "div", "ul", "li"), frozenset({"nav"}), len(x), len(x), frozenset(), 1, 1, (0, 1))
        for x in MENU
    ]
    features += [
        LineFeatures(("html", "body", "div", "p"), frozenset({"article"}), 0, len(x), frozenset(), 0, 2, (0, 2))
        for x in PROSE
    ]
    context = dataclasses.replace(CONTEXT, features=tuple(features), is_html=True)
    assert strip("\n".join([*MENU, *PROSE]), context) == "\n".join(PROSE)


def test_lines_past_the_limit_are_kept_and_told() -> None:
    outcome = STEP.revise(page(PROSE), Context(CleanConfig.make(limits={"lines": 3})))
    assert outcome.revision.edits == ()
    assert outcome.findings.limits == ("lines",)


def test_address_and_source_of_furniture_become_metadata() -> None:
    text = "\n".join(
        [*PROSE, "来源:网络整理 免责声明:本文仅供学习,如有侵权请联系删除。", "本文地址:http://a.cn/1.html"]
    )
    found = STEP.revise(text, CONTEXT).findings.candidates
    assert Candidate("url", "http://a.cn/1.html", 0.9, "own address") in found
    assert ("source", "网络整理") in [item[:2] for item in found]


def test_a_users_table_is_read_from_the_configuration() -> None:
    table = '[[rule]]\nname = "club"\nwords = ["俱乐部"]\npatterns = ["加入我们的俱乐部$"]'
    config = dataclasses.replace(
        CleanConfig(), boilerplate=dataclasses.replace(CleanConfig().boilerplate, rules_text=table)
    )
    edits = STEP.revise("加入我们的俱乐部\n" + PROSE[0], Context(config)).revision.edits
    assert [edit.rule for edit in edits] == ["boilerplate/user/club"]


def test_both_scripts_are_judged_alike() -> None:
    simplified = "首页\n登录\n注册\n关于我们\n这里写的是国家发展的历史，还有人们的生活，内容很多。\n热门评论\n网站地图"
    traditional = "首頁\n登錄\n註冊\n關於我們\n這裡寫的是國家發展的歷史，還有人們的生活，內容很多。\n熱門評論\n網站地圖"
    removed = [[edit.start for edit in STEP.revise(text, CONTEXT).revision.edits] for text in (simplified, traditional)]
    assert removed[0] == removed[1]
    assert removed[0]


def test_weights_fit_the_columns() -> None:
    model = judge_model()
    for look in (*model.text, *model.markup, model.ranking.look):
        for first, second, weights in look.tables:
            assert len(weights) == COLUMN_SIZES[first] * (COLUMN_SIZES[second] if second else 1)


@given(any_text)
@settings(max_examples=150, deadline=None)
def test_columns_stay_within_their_bounds(text: str) -> None:
    lines = [line for line in read_sheet(text).lines if line]
    if lines:
        columns, _ = text_columns(lines, evidence(lines)[0])
        for name, column in columns.items():
            assert len(column) == len(lines)
            assert 0 <= min(column) <= max(column) < CARDINALITY[name]


@given(any_text)
@settings(max_examples=200, deadline=None)
def test_stripping_twice_is_stripping_once(text: str) -> None:
    once = strip(text)
    assert strip(once) == once


@given(any_text)
@settings(max_examples=200, deadline=None)
def test_edits_remove_whole_lines_by_listed_rules(text: str) -> None:
    revision = STEP.revise(text, CONTEXT).revision
    assert revision.inverse().text == text
    kept = iter(text.split("\n"))
    assert all(line in kept for line in revision.text.split("\n")[:-1])
    for edit in revision.edits:
        assert not edit.after
        assert all(rule_named(rule) is not None for rule in edit.rule.split("+"))


@given(clean_chinese())
@settings(max_examples=100, deadline=None)
def test_clean_text_is_left_alone(text: str) -> None:
    assert strip(text) == text


@given(any_text)
@settings(max_examples=60, deadline=None)
def test_chances_are_chances(text: str) -> None:
    lines = [line for line in read_sheet(text).lines if line]
    assert all(0 <= chance <= 1 for chance in judge_lines(lines))


@pytest.mark.parametrize(
    "piece",
    [
        "(",
        "首页 > ",
        "首页\n",
        "来源：",
        "2019-",
        "收藏   ",
        "日韩精品,",
        "字体：",
        "扫一扫\n",
        "一",
        " ",
        "登录|",
        "记者 王",
        "\n",
    ],
)
def test_time_is_linear(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        start = time.process_time()
        strip(text)
        return time.process_time() - start

    strip(piece)
    small = large = math.inf
    for _ in range(4):  # on a busy machine a time can only be too long: the best ones count
        small, large = min(small, seconds(20_000) + 0.02), min(large, seconds(160_000))
        if large < 30 * small:
            break
    assert large < 30 * small
