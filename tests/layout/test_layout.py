"""Layout: what is tidied, what stays, and the laws."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusclean.config import CleanConfig
from corpusclean.layout import LayoutStep
from corpusclean.layout.unicode_form import TOWER, towers
from corpusclean.rules import rule_named, rule_table
from corpusclean.steps import Context, ScriptReport

NBSP, WIDE = "\u00a0", "\u3000"
FULL = {"punctuation": "fullwidth"}
ALL = {"punctuation": "fullwidth", "join_wrapped": True, "quotes": "curly"}


def revise(text, script=None, **layout):
    report = ScriptReport(script) if script else None
    return LayoutStep().revise(text, Context(CleanConfig.make(layout=layout), script=report)).revision


BECOMES = [
    ("甲\r\n乙\r丙\r\n", "甲\n乙\n丙\n"),
    ("甲\u2028乙\u2029丙\x85丁\v戊\f己", "甲\n乙\n丙\n丁\n戊\n己"),
    ("cafe\u0301 \u212b", "caf\u00e9 \u00c5"),
    ("\uf90a", "金"),
    (f"{WIDE}{WIDE}甲乙。\n{NBSP}{NBSP} {NBSP}丙", "甲乙。\n丙"),
    (f"  {NBSP}甲", "甲"),
    (f"{WIDE}甲", "甲"),
    (f"{WIDE}{WIDE}これは", "これは"),  # two of them is not how Japanese is written
    (f"周{NBSP}{NBSP}亮", "周 亮"),
    ("甲  \n乙 \t\nabc   \n", "甲\n乙\nabc\n"),
    ("\n\n甲\n\n\n\n乙\n\n\n", "甲\n\n乙\n"),
    ("甲\n \n\t\n乙", "甲\n\n乙"),
    (f" {WIDE}\n\n", ""),
    ("\n", ""),
]

STAYS = [
    "",
    "甲\n\n乙",
    "甲\n",
    "甲",
    "def f():\n    return 1\n\n\ndef g():\n\treturn 2\n",
    "# Title\n\n- one\n    - two\n\nline  \nbroken\n\n    code\n",
    "  The sea is calm tonight.\n    The tide is full\n",
    f"«{NBSP}Voilà{NBSP}» dit-il{NBSP}; 10{NBSP}000{NBSP}km",
    f"{WIDE}吾輩は猫である。\n{WIDE}名前はまだ無い。",
    f"第一章{WIDE}总则",
    "    四个空格的缩进",
    "ｆｕｌｌ　ｗｉｄｔｈ １２３，！①㈱²",
    "\u0627\u0644\u0639\u0631\u0628\u064a\u0629 हिन्दी ไทย עברית Tiếng Việt 한국어 👩\u200d🚀",
    "你好,世界!(好)",
    "他说“好”，「好」",
]


@pytest.mark.parametrize(("before", "after"), BECOMES)
def test_becomes(before, after):
    assert revise(before).text == after


@pytest.mark.parametrize("text", STAYS)
def test_stays(text):
    assert revise(text).edits == ()


def test_japanese_indentation_stays_before_kanji_alone_in_a_japanese_document():
    assert revise(f"{WIDE}吾輩", script="ja").edits == ()
    assert revise(f"{WIDE}吾輩", script="hant").text == "吾輩"


PUNCTUATION = [
    ("你好,世界!", "你好，世界！"),
    ("你好, 世界", "你好，世界"),
    ("他说:“好”;我说?", "他说：“好”；我说？"),
    ("“好”,他说", "“好”，他说"),
    ("民政部(国际司)主任", "民政部（国际司）主任"),
    ("好(很好(真的))吗", "好（很好（真的））吗"),
    ("时间:12:30", "时间:12:30"),
    ("共1,000人,12:30到", "共1,000人,12:30到"),
    ("见https://a.cn/b?c,d:e!", "见https://a.cn/b?c,d:e!"),
    ("国内生产总值(GDP)增长", "国内生产总值(GDP)增长"),
    ("f(x), ok! (中文)", "f(x), ok! (中文)"),
    ("if (甲):\n  f(乙,丙)", "if (甲):\n  f(乙，丙)"),
    ("(未闭合的括号", "(未闭合的括号"),
    ("你好,world", "你好,world"),
]


@pytest.mark.parametrize(("before", "after"), PUNCTUATION)
def test_full_width(before, after):
    assert revise(before, **FULL).text == after
    assert revise(before).edits == ()


QUOTES = [
    ("curly", "他說：「她說『好』。」", "他說：“她說‘好’。”"),
    ("corner", "他说：“她说‘好’。”", "他说：「她说『好』。」"),
    ("corner", "他说：‘好’。", "他说：「好」。"),  # alone, it is the outer pair
    ("curly", "他说：「没关上", "他说：「没关上"),
    ("curly", "「日本語の」引用", "「日本語の」引用"),
    ("corner", "他说“it’s fine”吧", "他说「it’s fine」吧"),
    ("corner", "He said “yes”.", "He said “yes”."),
    ("curly", "「一」\n没关上「\n「二」", "“一”\n没关上「\n“二”"),
]


@pytest.mark.parametrize(("style", "before", "after"), QUOTES)
def test_quotes(style, before, after):
    assert revise(before, quotes=style).text == after


WRAPPED = (
    "这是一段固定宽度的文字每一行都是一\n样长的所以可以看出换行的地方不是段\n落。\n"
    "第二段也是固定宽度的文字每一行一样\n长。"
)


def test_wrapped_lines_are_joined():
    assert revise(WRAPPED, join_wrapped=True).text == (
        "这是一段固定宽度的文字每一行都是一样长的所以可以看出换行的地方不是段落。\n第二段也是固定宽度的文字每一行一样长。"
    )


@pytest.mark.parametrize(
    "text",
    [
        "床前明月光，\n疑是地上霜。\n举头望明月，\n低头思故乡。",
        "一行很长的文字没有换行的地方，一直写到底，写到底，写到底。\n短的一行\n又一行",
        "The quick brown fox jumps over the\nlazy dog and the quick brown fox j\numps over the lazy dog again and a\n",
        "第一条\n第二条\n第三条",
    ],
)
def test_unwrapped_lines_stay(text):
    assert revise(text, join_wrapped=True).edits == ()


LAYOUT_TEXT = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            f"甲乙丙の \t\n\n\r{NBSP}{WIDE}\u2028\f,:;!?()“”‘’「」『』。，ae\u0301\u3099\u1100\u1161\uf90a\ud800"
        ),
        st.characters(),
    ),
    max_size=80,
)
WRAPPED_TEXT = st.lists(st.text("甲乙丙。，一", min_size=14, max_size=18), max_size=8).map("\n".join)


@pytest.mark.parametrize("options", [{}, ALL, {"quotes": "corner"}])
@given(text=LAYOUT_TEXT | WRAPPED_TEXT)
def test_laws(options, text):
    revision = revise(text, **options)
    assert revise(revision.text, **options).text == revision.text
    assert revision.inverse().text == text
    assert {rule for edit in revision.edits for rule in edit.rule.split("+")} <= set(rule_table())
    assert unicodedata.is_normalized("NFC", revision.text)
    assert "\r" not in revision.text
    assert not revision.text.startswith("\n")
    assert not revision.text.endswith("\n\n")


@given(st.text(alphabet="甲乙丙abc ,.\n", max_size=60))
def test_only_white_space_goes_by_default(text):
    assert "".join(revise(text).text.split()) == "".join(text.split())


def test_every_rule_of_the_room_is_listed_and_used():
    listed = {name for name in rule_table() if name.startswith("layout/")}
    used = set()
    for before, _ in BECOMES:
        used |= set(revise(before).tally)
    used |= set(revise("你好,世界", **FULL).tally) | set(revise(QUOTES[0][1], quotes="curly").tally)
    used |= set(revise(WRAPPED, join_wrapped=True).tally)
    assert used == listed
    assert all(rule_named(name) for name in listed)


FLOODS = [
    " ",
    "\n",
    "\r",
    WIDE,
    NBSP,
    "(",
    "甲(",
    "“",
    "’",
    "甲,",
    " \n",
    "甲\n",
    "\u0301",
    f"\n{WIDE}",
    " 甲",
    "乙\n\n\n",
]


@pytest.mark.parametrize("flood", FLOODS)
@pytest.mark.parametrize("options", [{}, ALL])
def test_time_is_linear(flood, options):
    def seconds(size):
        text = flood * (size // len(flood))
        start = time.perf_counter()
        revise(text, **options)
        return time.perf_counter() - start

    seconds(1000)
    small = min(seconds(20_000) for _ in range(3))
    assert seconds(160_000) < 40 * small + 0.5  # eight times the size; quadratic would be sixty-four times


def test_a_tower_of_marks_stays_and_what_stands_beside_it_is_composed():
    tower = "x" + "\u0301\u0323" * 100
    outcome = LayoutStep().revise(f"e\u0301 {tower} e\u0301\n", Context(CleanConfig()))
    assert outcome.revision.text == f"é {tower} é\n"
    assert outcome.findings.limits == ("layout.marks",)
    shorter = "x" + "\u0301\u0323" * 99
    outcome = LayoutStep().revise(shorter, Context(CleanConfig()))
    assert outcome.revision.text == unicodedata.normalize("NFC", shorter)
    assert outcome.findings.limits == ()


def test_every_mark_may_be_in_a_tower():
    marks = [char for char in map(chr, range(0x110000)) if unicodedata.combining(char)]
    assert len(marks) > 900
    assert all(towers(mark * TOWER) == [(0, TOWER)] for mark in marks)
