"""Language and signals."""

from __future__ import annotations

import re
import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusclean.config import CleanConfig
from corpusclean.quality import QualityStep
from corpusclean.quality.language import language_of
from corpusclean.quality.sample import take_sample
from corpusclean.quality.signals import measure
from corpusclean.steps import Context

LANGUAGES = {
    "zh": "今天天气很好，我们去公园玩了一整天。",
    "zh Hant": "今天天氣很好，我們去公園玩了一整天。",
    "zh with names": "他在 Microsoft 的 Windows 部门工作，负责 Excel 的开发。",
    "ja": "今日は天気がいいので、公園へ散歩に行きました。",
    "ko": "오늘은 날씨가 좋아서 공원에 산책하러 갔습니다.",
    "ko with Hanja": "대한민국(大韓民國)은 동아시아의 한반도에 있는 나라이다.",
    "en": "The house that they had built was on the edge of the sea, and it was old.",
    "de": "Das Haus, das sie gebaut hatten, lag am Rand des Meeres und war nicht alt.",
    "fr": "La maison que les enfants ont vue est dans une rue qui mène à la mer.",
    "es": "La casa que los niños vieron está en una calle que lleva al mar, como las demás.",
    "pt": "A casa que os meninos viram não está em uma rua que leva ao mar, mas no campo.",
    "ru": "Это был не тот дом, который мы видели, и он стоял на берегу моря.",
    "uk": "Це був не той дім, який ми бачили, і він стояв на березі моря, але його знесли.",
    "ar": "هذا هو البيت الذي رأيناه على شاطئ البحر",
    "fa": "این همان خانه‌ای است که پسر بچه‌ها در کنار دریا دیدند",
    "th": "วันนี้อากาศดีมากเราไปสวนสาธารณะ",
    "el": "Αυτό είναι το σπίτι που είδαμε στη θάλασσα",
}


@pytest.mark.parametrize(("language", "text"), LANGUAGES.items(), ids=LANGUAGES.keys())
def test_language(language: str, text: str) -> None:
    found = language_of(text)
    assert found is not None
    assert found[0] == language.split()[0]


def test_numbers_are_no_words_of_another_language() -> None:
    text = "He was born on the farm in 1901. " + "1902 1903 1904 " * 40
    assert language_of(text) == language_of("He was born on the farm in 1901. ")


@pytest.mark.parametrize("text", ["", "12:30", "……", "OK", "qwz xkv bdf ghj klp mnt zzz rrr ttt"])
def test_no_language(text: str) -> None:
    assert language_of(text) is None


SIGNALS = {
    "han": ("中文ab", "han_share", 0.5),
    "digits": ("2024年", "digit_share", 0.8),
    "marks": ("好。！？", "mark_share", 0.75),
    "prose": ("一句。\n两句！\n题目", "terminal_line_share", 0.6667),
    "closing quotes": ("他说：“好。”", "terminal_line_share", 1.0),
    "bullets": ("• 一\n- 二\n三\n四", "bullet_line_share", 0.5),
    "ellipses": ("未完……\n完", "ellipsis_line_share", 0.5),
    "short lines": ("短\n" + "长" * 15, "short_line_share", 0.5),
    "Latin lines count one a letter": ("a" * 29 + "\n" + "a" * 30, "short_line_share", 0.5),
    "duplicates": ("重\n重\n重\n别", "duplicate_line_share", 0.5),
    "duplicate characters": ("重复\n重复\n别的话啊", "duplicate_character_share", 0.25),
    "no duplicates": ("一\n二", "duplicate_line_share", 0.0),
    "2-grams": ("天天天天", "top_2gram_share", 1.0),
    "no 2-grams": ("春夏秋冬", "top_2gram_share", 0.0),
    "10-grams": ("甲" * 11, "duplicate_10gram_share", 0.5),
    "words": ("ab abcd 中", "mean_word_length", 3.0),
    "hashes": ("#a #b", "symbol_word_ratio", 1.0),
    "stop words": ("我的书在这", "stopwords", 4),
    "brackets": ("{a}", "curly_brackets", 2),
    "lines": ("一\n\n二\n", "lines", 2),
    "characters": ("一 二\n三", "characters", 3),
}


@pytest.mark.parametrize(("text", "name", "value"), SIGNALS.values(), ids=SIGNALS.keys())
def test_signal(text: str, name: str, value: float) -> None:
    assert measure(text)[name] == value


def test_blank_text_has_no_signals() -> None:
    assert measure("") == measure(" \n　") == {}


def test_long_text_is_counted_whole_and_measured_by_its_beginning() -> None:
    found = measure("中" * 200_000 + "\n" + "a" * 1000)
    assert found["characters"] == 201_000
    assert found["lines"] == 2
    assert found["han_share"] == 1.0


PARAGRAPH = "春天来了，公园里的花都开了，孩子们在草地上跑来跑去，老人坐在长椅上晒太阳。"
ENGLISH = "In the spring of that year, the children of the town went to the park with all that they had. "


def distinct(template: str, count: int) -> str:
    return "".join(template.replace("，", f"，第{n}个").replace("the", f"the n{n}") for n in range(count))


@pytest.mark.parametrize("template", [PARAGRAPH, ENGLISH], ids=["zh", "en"])
def test_repeated_runs_are_found_by_a_sample(template: str) -> None:
    text = distinct(template, 40)
    once, twice = measure(text), measure(text[:6000] * 2)
    assert once["duplicate_10gram_share"] < 0.2
    assert 0.4 < twice["duplicate_10gram_share"] - once["duplicate_10gram_share"] < 0.6


@pytest.mark.parametrize("text", ["买鞋" * 2000, "buy shoes " * 2000, "好的。" * 2000, "a" * 5000 + "中" * 5000])
def test_floods_repeat(text: str) -> None:
    found = measure(text)
    assert found["duplicate_10gram_share"] > 0.9
    assert found["top_2gram_share"] > 0.3


@pytest.mark.parametrize("flood", ["买鞋", "buy shoes "], ids=["zh", "en"])
@pytest.mark.parametrize("where", ["before", "behind"])
def test_a_flood_at_either_end_is_measured_whole(flood: str, where: str) -> None:
    prose = distinct(PARAGRAPH if flood == "买鞋" else ENGLISH, 30)
    keywords = flood * 600
    found = measure(f"{keywords}\n{prose}" if where == "before" else f"{prose}\n{keywords}")
    sample = take_sample(f"{keywords}\n{prose}")
    letters = len("".join(flood.split()))
    assert abs(found["top_2gram_share"] - 600 * letters / sample.size) < 0.001
    assert found["top_4gram_share"] > 0.16


WORDS = st.lists(st.sampled_from(["好", "天", "web3", "ab", "か", "𠀀", "9", "é"]), min_size=1, max_size=120)


@given(WORDS)
def test_runs_agree_with_counting_them_one_by_one(words: list[str]) -> None:
    found = measure(" ".join(words))
    size = sum(map(len, words))
    for length in (2, 4):
        runs = Counter(zip(*(words[n:] for n in range(length)), strict=False))
        top = max(runs.values(), default=0)
        shares = {min(1.0, top * sum(map(len, run)) / size) for run, count in runs.items() if count == top}
        assert any(abs(found[f"top_{length}gram_share"] - share) < 0.0001 for share in (shares if top > 1 else {0.0}))
    runs = Counter(zip(*(words[n:] for n in range(10)), strict=False))
    repeated = (runs.total() - len(runs)) / runs.total() if runs else 0.0
    assert abs(found["duplicate_10gram_share"] - repeated) < 0.0001


@given(st.text(max_size=80))
def test_letters_digits_and_marks_are_told_apart(text: str) -> None:
    found = measure(text)
    visible = "".join(text.split())
    if visible:
        digits = sum(map(str.isdecimal, visible)) / len(visible)
        letters = sum(map(str.isalnum, visible)) / len(visible) - digits
        assert found["digit_share"] == pytest.approx(digits, abs=0.0001)
        assert found["letter_share"] == pytest.approx(letters, abs=0.0001)


@given(st.text(max_size=80))
def test_every_share_is_a_share(text: str) -> None:
    for name, value in measure(text).items():
        assert value >= 0
        if name.endswith("_share"):
            assert value <= 1.0


@given(st.text(max_size=60))
def test_the_step_changes_nothing(text: str) -> None:
    outcome = QualityStep().revise(text, Context(CleanConfig()))
    assert outcome.revision.text is text
    assert outcome.revision.edits == ()


@pytest.mark.parametrize("unit", ["a", "中", "(", " ", "\n", "a ", "a1中", "…", "_", "가"])
def test_cost_is_bounded(unit: str) -> None:
    started = time.process_time()
    measure(unit * (2_000_000 // len(unit)))
    assert time.process_time() - started < 3.0


@given(
    st.lists(st.sampled_from(["The", "house", "3rd", "don", "t", "a_b", " ", "'", "\n", "-"]), max_size=40).map("".join)
)
def test_marks_of_any_kind_part_words_alike(text: str) -> None:
    plain, typeset = take_sample(text), take_sample(text.replace("'", "’").replace("-", "—"))
    assert (plain.words, plain.code, plain.size, plain.digits) == (
        typeset.words,
        typeset.code,
        typeset.size,
        typeset.digits,
    )
    assert (plain.long_words, plain.long_letters, plain.starts) == (
        typeset.long_words,
        typeset.long_letters,
        typeset.starts,
    )


@pytest.mark.parametrize(
    "text", ["Élève à l’école — naïve.", "Привет, мир! Это_не 5 слов?", "İstanbul’da 3 ev", "x² №5 ⅷ"]
)
def test_words_of_other_alphabets(text: str) -> None:
    found = take_sample(text)
    words = re.findall(r"[^\W_]+", text.lower())
    assert Counter(map(found.word_of, found.code)) == Counter(words)
    assert found.long_words == len(re.findall(r"[^\W_]+", text))


def test_all_white_space_is_invisible() -> None:
    blanks = "".join(char for char in map(chr, range(0x110000)) if char.isspace())
    assert measure(f"中{blanks}文{blanks}")["characters"] == 2
