"""Spam headers go; lists, contents and news about the trade stay."""

import pytest

import corpusclean
from corpusclean.boilerplate.spam import find_spam_header, find_spam_prefix

SPAM = [
    "日韩精品电影一区亚洲,1000部毛片A片免费视频偷拍,伺候含尿皇上h,欧美精品欧美激情在线观看",
    "澳门娱乐城开户-真人百家乐平台-皇冠体育投注官网-威尼斯人棋牌注册",
    "北京赛车计划群|六合彩特码资料|时时彩走势图软件|幸运飞艇开奖直播",
    "代开餐饮发票_代开住宿费发票_正规代开增值税专用发票",
    "手机兼职日结 淘宝刷单佣金秒结 在家打字员招聘",
]
KEPT = [
    "关键词：语料清洗, 正文抽取, 网页去噪, 编码识别, 繁简转换",
    "国产, 日本, 韩国, 印度, 欧美, 港台, 纪录片, 动画片",
    "亚洲 欧洲 非洲 美洲 大洋洲",
    "北京西 | 石家庄 | 郑州 | 武昌 | 长沙 | 衡阳 | 韶关 | 广州",
    "语文 数学 英语 物理 化学 生物 历史 地理 政治 体育",
    "警方打掉一个网络赌博团伙，查处百家乐、老虎机、体育投注等项目。",
    "第一章 绪论 1",
    "网络游戏 体育新闻 视频直播 官方网站",
    "Keywords: casino, poker, online, games",
    "",
]


@pytest.mark.parametrize("line", SPAM)
def test_spam_goes(line: str) -> None:
    assert set(find_spam_header([line, "正文从这里开始。"])) == {0}


@pytest.mark.parametrize("line", KEPT)
def test_lists_stay(line: str) -> None:
    assert find_spam_header([line, "正文从这里开始。"]) == {}


def test_several_lines_and_blanks() -> None:
    assert set(find_spam_header(["", *SPAM[:3], "", SPAM[3], "正文从这里开始。", SPAM[4]])) == {1, 2, 3, 5}


PROSE = "春天来了，公园里的花都开了，孩子们在草地上放风筝。"


@pytest.mark.parametrize("header", SPAM[:3])
@pytest.mark.parametrize("joint", [" ", "\u3000", "  "])
def test_a_header_before_the_text_of_its_line_goes(header: str, joint: str) -> None:
    line = header + joint + PROSE
    assert line[find_spam_prefix(line) :] == PROSE


@pytest.mark.parametrize("line", [*SPAM, *KEPT])
def test_a_line_that_is_all_of_one_kind_has_no_prefix(line: str) -> None:
    assert find_spam_prefix(line) == 0


@pytest.mark.parametrize(
    "line",
    [
        "毛片、赌博、彩票 都是警方要查的，他说。",
        "百家乐 老虎机 是赌场里最常见的两种玩法，本文讲它们的历史。",
        f"{SPAM[3]} {PROSE}",  # three items: too few to tell from a sentence
        "语文 数学 英语 物理 化学 是必修课，其余可以自选。",
    ],
)
def test_a_sentence_that_begins_with_names_keeps_them(line: str) -> None:
    assert find_spam_prefix(line) == 0


def test_a_prefix_leaves_by_an_edit_of_its_own() -> None:
    text = f"{SPAM[0]}\n  {SPAM[1]} {PROSE}\n{PROSE}"
    revision = corpusclean.strip_boilerplate(text)
    assert revision.text == f"{PROSE}\n{PROSE}"
    assert {edit.rule for edit in revision.edits} == {"boilerplate/spam_header"}
    assert revision.inverse().text == text
    assert corpusclean.strip_boilerplate(revision.text).text == revision.text
