"""Noise: what goes, and what only looks like it."""

import pytest

from corpusclean.config import RepairConfig
from corpusclean.repair.noise import remove_noise
from corpusclean.rules import rule_table

CONFIG = RepairConfig()

GOES = [
    ("你\u200b好\ufeff，\u2060世\xad界", "你好，世界", "invisible"),
    ("中\u200c文\u200d字", "中文字", "invisible"),
    ("co\u200bop\xaderate", "cooperate", "invisible"),
    ("\ufeff标题", "标题", "invisible"),
    ("你\x00好\x07\x1b[31m红\x1b[0m", "你好红", "control"),
    ("你\x8f好", "你好", "control"),
    ("&#x4f60;&#22909;&amp;#x3002;", "你好。", "escape"),
    ("甲&amp;nbsp;乙&nbsp;丙&amp;amp;ldquo;丁", "甲 乙 丙“丁", "escape"),
    ("他说&ldo;好&rdo;", "他说“好”", "escape"),
    ("How to optimize for speed &#8212; scikit-learn", "How to optimize for speed — scikit-learn", "escape"),
    ('"It&#8217;s fine," he said.', '"It’s fine," he said.', "escape"),
    ("    价格=&#165;5", "    价格=¥5", "escape"),
    ("完了。&lt;/p&gt;", "完了。", "escaped_tag"),
    ("&amp;lt;br/&amp;gt;下一行", "下一行", "escaped_tag"),
    ("目标?/p>", "目标?", "tag_remnant"),
    ("目标。/p>", "目标。", "tag_remnant"),
    ("甲<kbd id='x8f3k'></kbd>乙", "甲乙", "random_tag"),
    ("前 言 本 文 件 适 用 于 所 有 单 位", "前言本文件适用于所有单位", "spaced"),
    ("本 文 件 适 用 于 学 校，工 厂", "本文件适用于学校，工厂", "spaced"),
]

STAYS = [
    '    return "&#233;"',
    "el.innerHTML = 'a&nbsp;b'",
    "//   - U+02C7  ˇ &#711;  Caron",
    "# some sites escape the content (“&lt;p&gt;…”)",
    "<td>&nbsp;</td> is an empty cell",
    "می‌خواهم کتاب‌های تازه",
    "ශ්‍රී ලංකාව",
    "हिन्दी में क्‍ष",
    "👨‍👩‍👧‍👦👩🏽‍🌾❤️‍🔥🏳️‍🌈",
    "ภาษา\u200bไทย ភាសា\u200bខ្មែរ",
    "השלום\u200f!",
    "制表\t换行\n",
    "写 `&nbsp;` 可以得到空格，“&lt;p&gt;” 是段落",
    "https://a.cn/?x=1&copy=2&lt=3&reg=cn",
    "A & B; C&D; &foo; &#65; &#x1f;",
    "AT&amp;T",
    "&quot;好&quot;",
    "路径 a/p>b 和 </p> 与 x/p>",
    "<kbd>Ctrl</kbd> <a id='top'>",
    "张 三、李 四、王小明",
    "我 喜欢 自然 语言",
    "一 二 三 四 五 六 日",
    "甲 乙 丙 丁 戊 己 庚 辛",
    "赵 钱 孙",
    "床前明月光 疑是地上霜",
    "GBK 读成 Latin-1：¾\xad¾\x8f",  # bytes of text that is still to be repaired
]


@pytest.mark.parametrize(("dirty", "clean", "rule"), GOES)
def test_noise_goes(dirty, clean, rule):
    revision = remove_noise(dirty, CONFIG)
    assert revision.text == clean
    assert {part for edit in revision.edits for part in edit.rule.split("+")} == {f"repair/noise/{rule}"}


@pytest.mark.parametrize("text", STAYS)
def test_text_stays(text):
    assert remove_noise(text, CONFIG).edits == ()


def test_noise_within_noise_is_followed_up():
    assert remove_noise("你&#x200b;好&am\u200bp;nbsp;吗", CONFIG).text == "你好 吗"


@pytest.mark.parametrize("name", [name for name in rule_table() if name.startswith("repair/noise/")])
def test_the_example_of_each_rule_is_true(name):
    rule = rule_table()[name]
    if rule.before.isascii() and not rule.after:
        return
    revision = remove_noise(rule.before, CONFIG)
    assert revision.text == rule.after or name not in {edit.rule for edit in revision.edits}


def test_disabled():
    assert remove_noise("你\u200b好", RepairConfig(enabled=False)).edits == ()
