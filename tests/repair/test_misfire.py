"""Misfires: real cases, cases made by spoiling bytes, and text that must stay as it is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpusclean.config import CleanConfig, RepairConfig
from corpusclean.repair import RepairStep, misfire
from corpusclean.repair.misfire import undo_misfires
from corpusclean.repair.misfire_beam import NEVER, Ending, Hypothesis, keep
from corpusclean.repair.step import undo_converter
from corpusclean.steps import Context

CONFIG = RepairConfig()
CONTEXT = Context(config=CleanConfig())

# Damaged pages print these; (printed, meant).
IN_THE_WILD = [
    ("打造忠誠干凈擔當?shù)母咚刭|(zhì)專業化干部隊伍", "打造忠誠干凈擔當的高素質(zhì)專業化干部隊伍"),
    ("持續優化部?jī)?nèi)議事協調機制", "持續優化部內議事協調機制"),
    ("是近年來部黨組持續推進的首要工作?！渡钊雽W習習近平關于民政工作的重要論述》", None),
    ("體現在百姓越來越好的日子之中??h級困難群眾基本生活保障", "體現在百姓越來越好的日子之中。縣級困難群眾基本生活保障"),
    ("更公平惠及全體人民?！眻猿忠匀嗣駷橹行牡陌l展思想", "更公平惠及全體人民。”堅持以人民為中心的發展思想"),
    ("不斷聚焦自身?xiàng)l件和實際可能", "不斷聚焦自身條件和實際可能"),
    ("是總?cè)蝿?wù)總要求", "是總任務總要求"),
]


def shifted(meant: str, hit: str, insertion: str) -> str:
    """`meant` as a converter prints it that put `insertion` where the bytes of `hit` stand across two characters."""
    stream = meant.encode("gbk")
    found = stream.index(hit.encode("gbk"))
    cut = found + (2 if insertion.startswith("(") else 0)
    stream = stream[:cut] + insertion.encode("gbk") + stream[cut:]
    out, at = "", 0
    while at < len(stream):
        if stream[at] < 0x80:
            out += chr(stream[at])
            at += 1
        elif at + 1 == len(stream) or stream[at + 1] < 0x40:
            out += "?"
            at += 2
        else:
            out += stream[at : at + 2].decode("gbk", "ignore")
            at += 2
    return out


# (meant, what was hit, what was put in)
SYNTHETIC = [
    ("經濟發展進入新階段。回望歷史，我們走過了漫長的道路。", "；", ","),
    ("各部門要加強領導。現在開始討論第二個問題。", "，", ","),
    ("這是大家共同努力的結果。縣級以上人民政府應當負責。", "？", ","),
    ("會議指出，要深入學習。《條例》自公布之日起施行。", "！", ","),
    ("他認為這個變為產品的過程很重要。", "優", "(yōu)"),
]

# Nothing here may change: genuine marks, readings in lessons, code.
KEPT = [
    "你要走了?!他说。",
    "真的吗??！我不信?！你呢",
    "什么?；没有?，对吧",
    "吗?!?!?!",
    "这是啥??",
    "為什麼?！我不知道",
    "print('?,') # 是吗?;",
    "SELECT * FROM t WHERE id IN (?,?,?) 中文",
    "拽(zhuài)：用力拉",
    "the ?shù) of 中文",
    "?",
    "?！",
    "中?！",
]


@pytest.mark.parametrize(("printed", "meant"), IN_THE_WILD)
def test_wild(printed: str, meant: str | None) -> None:
    repaired = undo_misfires(printed, CONFIG)
    assert repaired.text == (meant or printed.replace("?！渡钊雽W", "。《深入學"))


@pytest.mark.parametrize(("meant", "hit", "insertion"), SYNTHETIC)
def test_synthetic(meant: str, hit: str, insertion: str) -> None:
    printed = shifted(meant, hit, insertion)
    assert printed != meant
    assert undo_misfires(printed, CONFIG).text == meant


@pytest.mark.parametrize("text", KEPT)
def test_kept(text: str) -> None:
    assert undo_misfires(text, CONFIG).edits == ()


def test_narrow_marks_are_read_as_wide_ones() -> None:
    printed = (
        shifted("經濟發展進入新階段。回望歷史，我們走過了漫長的道路。", "；", ",").replace("；", ";").replace("，", ",")
    )
    assert undo_misfires(printed, CONFIG).text == "經濟發展進入新階段。回望歷史,我們走過了漫長的道路。"


def test_a_loss_before_a_cut_tag_is_marked_and_not_guessed() -> None:
    revision = undo_misfires("主任(司長) 李???/p>\n黨的十八大以來", CONFIG)
    (edit,) = revision.edits
    assert edit.is_mark
    assert (edit.before, edit.rule) == ("???", "repair/misfire/lost")


def test_a_swallowed_digit_is_lost_and_not_guessed() -> None:
    printed = shifted("愛不釋手。可以從7歲媽媽給解讀，一直到18歲", "？", ",")
    assert printed == "愛不釋手?？梢詮?歲媽媽給解讀，一直到18歲"
    revision = RepairStep().revise(printed, CONTEXT).revision
    assert revision.text == "愛不釋手。可以從\ufffd歲媽媽給解讀，一直到18歲"
    assert any("repair/lost/replacement_character" in edit.rule for edit in revision.edits)
    assert RepairStep().revise(revision.text, CONTEXT).revision.text == revision.text


@pytest.mark.parametrize("date", ["10月開始", "1959年開始", "2008年開始"])
def test_a_digit_that_a_date_tells_is_put_back(date: str) -> None:
    meant = "愛不釋手。可以從" + date
    printed = shifted(meant, "？", ",")
    assert date[0] not in printed
    assert undo_misfires(printed, CONFIG).text == meant


def test_a_closed_quote_survives_a_cheaper_reading() -> None:
    meant = "這足以讓它移動。《世界爲戰爭做好了準備》在一份直接來自聯合國的信息中，幾位領導人說。"
    assert undo_misfires(shifted(meant, "！", ","), CONFIG).text.startswith(meant[:19])


def test_hypotheses_with_other_marks_are_kept_apart() -> None:
    best: dict[Ending, Hypothesis] = {}
    for cost, text, marks in (50, "備。樂在", ""), (60, "備》在", "》"), (70, "備》字在", "》"):
        keep(best, [], 9, Hypothesis(cost, 0xB1, 7, 8, text, marks=marks))
    assert [(one.text, one.ahead) for one in best.values()] == [("備。樂在", NEVER), ("備》在", 10)]


def test_min_confidence_keeps_what_is_guessed() -> None:
    printed = "體現在百姓越來越好的日子之中??h級困難群眾基本生活保障"
    assert undo_misfires(printed, RepairConfig(min_confidence=1.0)).text == printed


def test_past_its_bound_the_search_leaves_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "中??h級困難群眾" * 3
    monkeypatch.setattr(misfire, "BUDGET_START", 10)
    monkeypatch.setattr(misfire, "BUDGET", 0)
    limits: list[str] = []
    assert undo_misfires(text, CONFIG, limits).edits == ()
    assert limits == ["repair.misfire"]


def test_a_search_within_its_bound_says_nothing() -> None:
    limits: list[str] = []
    assert undo_misfires("日子之中??h級困難群眾", CONFIG, limits).text == "日子之中。縣級困難群眾"
    assert limits == []


DAMAGED = st.lists(
    st.sampled_from(
        [
            "當?shù)母咚刭|(zhì)",
            "?！渡钊雽W",
            "??h級",
            "?",
            "？",
            ",",
            "。",
            "中",
            "时",
            "\ufffd",
            "(shí)",
            "a",
            "\ue000",
            "€",
            "\n",
        ]
    ),
    max_size=5,
).map("".join)


@settings(deadline=None, max_examples=12)
@given(DAMAGED)
def test_repairs_settle_and_are_undone(text: str) -> None:
    once = RepairStep().revise(text, CONTEXT).revision
    assert RepairStep().revise(once.text, CONTEXT).revision.text == once.text
    for edit in once.edits:
        assert once.before[edit.start : edit.end] == edit.before
    assert once.inverse().text == text


@settings(deadline=None, max_examples=100)
@given(st.text())
def test_any_text_is_taken(text: str) -> None:
    assert undo_converter(text, CONFIG).before == text
