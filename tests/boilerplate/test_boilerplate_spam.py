"""Spam headers go; lists, contents and news about the trade stay."""

import pytest

from corpusclean.boilerplate.spam import find_spam_header

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
