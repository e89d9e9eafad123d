"""Language and signals."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusclean.config import CleanConfig
from corpusclean.quality import QualityStep
from corpusclean.quality.language import language_of
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
