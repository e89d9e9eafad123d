"""Text read in the wrong codec: what comes back, and what is left alone."""

import random
import sys

import pytest

from corpusclean.config import RepairConfig
from corpusclean.repair.wrong_codec import undo_wrong_codec
from corpusclean.rules import rule_table

CONFIG = RepairConfig()

HANS = "学校门口新开了一家书店，里面的书又多又便宜，同学们放学以后都喜欢去看看。"
HANT = "學校門口新開了一家書店，裡面的書又多又便宜，同學們放學以後都喜歡去看看。"
JA = "学校の前に新しい本屋ができたので、みんな放課後によく立ち寄っている。"
KO = "학교 앞에 새로운 서점이 생겨서 학생들이 수업이 끝나면 자주 들른다."

RECIPES = [
    (HANS, "utf-8 gb18030"),
    (HANS, "utf-8 latin-1"),
    (HANS, "utf-8 latin-1 utf-8 latin-1"),
    (HANS, "utf-8 latin-1 utf-8 latin-1 utf-8 latin-1"),
    (HANS, "gbk latin-1"),
    (HANS, "gbk latin-1 utf-8 latin-1"),
    (HANS, "gbk big5hkscs"),
    (HANT, "utf-8 gb18030"),
    (HANT, "big5 gb18030"),
    (HANT, "big5 latin-1"),
    (JA, "shift_jis gb18030"),
    (JA, "shift_jis latin-1"),
    (JA, "utf-8 gb18030"),
    (KO, "euc-kr gb18030"),
    (KO, "euc-kr latin-1"),
    (KO, "utf-8 latin-1"),
]


def windows(text, size):
    return [text[at : at + size] for at in range(len(text) - size + 1)]


def misread(text, recipe):
    """`text` written in one codec and read in another, and so on; ``None`` where that loses something."""
    codecs = recipe.split()
    for written, read in zip(codecs[::2], codecs[1::2], strict=True):
        try:
            data = text.encode(written)
            text = data.decode(read)
            if text.encode(read) != data:
                return None
        except UnicodeError:
            return None
    return text


@pytest.mark.parametrize(("text", "recipe"), RECIPES, ids=[f"{text[:2]}-{recipe}" for text, recipe in RECIPES])
@pytest.mark.parametrize("size", [12, 24])
def test_comes_back_exactly(text, recipe, size):
    cases = [(spoiled, part) for part in windows(text, size) if (spoiled := misread(part, recipe))]
    assert cases or recipe == "gbk big5hkscs" or (recipe, size) == ("utf-8 gb18030", 24), "no window can be written so"
    wrong = [(spoiled, part) for spoiled, part in cases if undo_wrong_codec(spoiled, CONFIG).text != part]
    assert len(wrong) <= 0.04 * len(cases), wrong[:3]


@pytest.mark.parametrize(("text", "recipe"), RECIPES, ids=[f"{text[:2]}-{recipe}" for text, recipe in RECIPES])
def test_what_does_not_come_back_stays_as_it_is(text, recipe):
    for part in windows(text, 3):
        if spoiled := misread(part, recipe):
            assert undo_wrong_codec(spoiled, CONFIG).text in (part, spoiled)


CLEAN = [
    *(HANS, HANT, JA, KO),
    "涓滴归公",  # valid UTF-8 in its GBK bytes, and a phrase
    "饕餮、魑魅魍魉，皆怪兽之名。",
    "鄱阳湖、洮南、濮阳、沅陵、亳州、郓城",
    "氢氦锂铍硼碳氮氧氟氖钠镁铝硅磷硫氯氩钾钙",
    "劉邦、項羽、韓信、蕭何、樊噲、灌嬰、酈食其",
    "L’été dernier, nous avons mangé des crêpes à la crème brûlée.",
    "Größe: 1,80 m; ÄÖÜ äöüß; Århus, Ærø, Øresund",
    "Їжак і ґава: “Ёлка”, №5 — 20 °C",
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏ",
    "3½ × ¾ = 2⅝, ±0,5 %, µm², §§ 1–3",
    "┌──┬──┐ │是│否│ └──┴──┘",
    "ㄅㄆㄇㄈ，注音：ㄓㄨˋ ㄧㄣ",
    "Việt Nam đã phát triển rất nhanh",
    "Türkçe: ğüşiöç ĞÜŞİÖÇ; Čeština: ěščřžýáíé",
]


@pytest.mark.parametrize("text", CLEAN)
def test_clean_text_is_left_alone(text):
    assert undo_wrong_codec(text, CONFIG).edits == ()
    assert undo_wrong_codec(f"{text}\n{text}", CONFIG).edits == ()


def test_each_line_is_judged_on_its_own():
    rng = random.Random(7)
    clean = [part for text in (HANS, HANT, JA, KO) for part in windows(text, 16)]
    spoiled = [(misread(part, "utf-8 gb18030") or part) if rng.random() < 0.3 else part for part in clean]
    revision = undo_wrong_codec("\n".join(spoiled), CONFIG)
    got = revision.text.split("\n")
    assert sum(a != b for a, b in zip(got, clean, strict=True)) <= 0.01 * len(clean)
    assert all(a == c for a, b, c in zip(got, spoiled, clean, strict=True) if b == c)


@pytest.mark.parametrize(
    ("spoiled", "meant", "rule"),
    [
        ("标题：浣犲ソ涓栫晫，很好。", "标题：你好世界，很好。", "utf_8_as_gbk"),
        ("标题：ÄãºÃ£¬ÊÀ½ç。完", "标题：你好，世界。完", "gbk_as_latin"),
        ("浣犲ソ锛屼笘鐣屻€\ufffd", "你好，世界\ufffd", "utf_8_as_gbk_cut"),
        ("璇疯緭鍏ョ敤鎴峰悕!\n", "请输入用户名!\n", "utf_8_as_gbk"),
        ("縺薙ｓ縺ｫ縺｡縺ｯ荳也阜", "こんにちは世界", "utf_8_as_shift_jis"),
        ("¿ªÌⱨ¸æ", "开题报告", "ftfy_damage"),
        ("Tiáº¿ng Viá»‡t", "Tiếng Việt", "single_byte"),
    ],
)
def test_runs_within_a_line(spoiled, meant, rule):
    revision = undo_wrong_codec(spoiled, CONFIG)
    assert revision.text == meant
    assert [edit.rule for edit in revision.edits] == [f"repair/wrong_codec/{rule}"]


def test_a_repair_less_sure_than_asked_for_is_not_made():
    spoiled = "¿ªÌⱨ¸æ"
    assert undo_wrong_codec(spoiled, RepairConfig(min_confidence=0.99)).edits == ()
    assert undo_wrong_codec(spoiled, RepairConfig(enabled=False)).edits == ()


def test_every_pair_of_codecs_has_a_rule_whose_example_is_true():
    rows = [rule for name, rule in rule_table().items() if name.startswith("repair/wrong_codec/")]
    assert len(rows) > 20
    for rule in rows:
        revision = undo_wrong_codec(rule.before, CONFIG)
        assert revision.text == rule.after, rule
        assert {edit.rule for edit in revision.edits} == {rule.name}, rule


def test_searches_that_fail_are_bounded_and_the_bound_is_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(1)
    noise = "\n".join("".join(map(chr, rng.choices(range(0xA0, 0xFF), k=60))) for _ in range(60))
    spoiled = "开题报告写完以后，请发到我的邮箱。".encode("gbk").decode("latin-1").replace("\xad", "")
    limits: list[str] = []
    undo_wrong_codec(noise, CONFIG, limits)
    assert limits == ["repair.wrong_codec"]
    limits.clear()
    undo_wrong_codec(spoiled, CONFIG, limits)
    assert limits == []
    monkeypatch.setattr(sys.modules[undo_wrong_codec.__module__], "PATIENCE", 10_000)
    undo_wrong_codec(noise, CONFIG, limits)
    assert limits == []
