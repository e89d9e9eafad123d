"""GBK read as Latin-1 that ftfy has then taken apart."""

import ftfy
import pytest

from corpusclean.config import RepairConfig
from corpusclean.repair.ftfy_damage import undo_ftfy_damage
from corpusclean.repair.wrong_codec import undo_wrong_codec

LINES = [
    "他说这本书还没有看完，过几天再还给图书馆。",
    "我们去年夏天到海边住了一个星期，每天早上都去游泳。",
    "这家饭馆的菜做得很好吃，就是价钱贵了一点。",
    "会议从上午九点开始，到中午十二点才结束。",
    "老师让大家把作业交上来，明天上课的时候再发下去。",
    "今年的雨水特别多，地里的庄稼长得比往年都好。",
    "小王的妹妹在北京上大学，她学的是中国历史。",
    "请把窗户关上，外面的风太大了，桌上的纸都吹跑了。",
    "医生说他的病已经好了，下个星期就可以出院回家。",
    "新修的公路从山脚下通过，到县城只要半个小时。",
    "开题报告写完以后，请发到我的邮箱。",
    "中国经济的发展离不开世界，世界的繁荣也离不开中国。",
]


def damaged(line):
    return ftfy.fix_encoding(line.encode("gbk").decode("latin-1"))


def test_the_cases_are_damaged():
    assert sum(damaged(line) != line.encode("gbk").decode("latin-1") for line in LINES) >= 10


@pytest.mark.parametrize("line", LINES)
def test_comes_back(line):
    assert undo_wrong_codec(damaged(line), RepairConfig()).text == line


def test_a_dropped_soft_hyphen_is_put_back():
    spoiled = "我们已经知道了".encode("gbk").decode("latin-1")
    assert "\xad" in spoiled
    assert undo_wrong_codec(spoiled.replace("\xad", ""), RepairConfig()).text == "我们已经知道了"


@pytest.mark.parametrize(
    "text",
    [
        "déjà vu à côté",
        "Größe ändern",
        "Łódź, Kraków",
        "Ωμέγα",
        "ÄãºÃ" * 2000 + "ⱨ",
        "¤¦¨´¸¼½¾ ƒ ˆ˜",
        "ÿþýüûúùø",
        "\ud800Ã",
    ],
)
def test_what_is_not_it_is_left_alone(text):
    assert undo_ftfy_damage(text) is None
