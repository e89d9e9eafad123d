"""The quick ways give what the plain ways give."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpusclean.boilerplate.furniture import find_furniture, furniture_rules
from corpusclean.boilerplate.sheet import _traditional, fold_script, read_sheet
from corpusclean.config import RepairConfig
from corpusclean.repair.noise import remove_noise
from corpusclean.script.engine import Stage

_MIXED = st.text(st.sampled_from("漢字漢字們這個大人人人 ab。𠀀儻\n\ud800"), max_size=400)


@given(_MIXED, st.integers(1, 40))
def test_folding_all_at_once_is_folding_one_by_one(text: str, times: int) -> None:
    _, table = _traditional()
    text *= times
    assert fold_script(text) == "".join(table.get(char, char) for char in text)


_FEW = {"a": "b", "c": "d", "e": "e", "甲": "e", **{chr(code): "丙" for code in range(0x4E10, 0x4E30)}}
_STAGE = Stage(_FEW)


@given(st.text(st.sampled_from("".join(_FEW) + "bd丙丁𠀀"), max_size=60))
def test_a_stage_of_few_characters_translates_each(text: str) -> None:
    assert _STAGE._rarely is not None
    assert _STAGE.convert(text) == "".join(_FEW.get(char, char) for char in text)


def test_a_stage_whose_values_are_keys_translates_all_at_once() -> None:
    assert Stage({"甲": "乙", "乙": "丙"}).convert("甲乙丙") == "乙丙丙"


@given(
    st.lists(
        st.sampled_from(["", "掃一掃在手機端打開當前頁", "正文。" * 400, "首頁 > 新聞", "版权所有 市报"]), max_size=8
    )
)
def test_long_lines_hide_no_furniture(lines: list[str]) -> None:
    sheet = read_sheet("\n".join(lines))
    found = find_furniture(sheet, furniture_rules())
    for number in found:
        assert lines[number]
        assert not lines[number].startswith("正文")
    without = [line if len(line) < 600 else "" for line in lines]
    assert found == find_furniture(read_sheet("\n".join(without)), furniture_rules())
    assert all(n in found for n, line in enumerate(lines) if line.startswith("掃一掃"))


def test_spaced_text_behind_latin_is_joined() -> None:
    spaced = "文 件 适 用 于 前 言 本 文 件"
    for before in ("", " ", "plain English’s words\n", "\u3000", "x" * 50 + "\n"):
        after = remove_noise(before + spaced, RepairConfig()).text
        assert after.replace(" ", "").endswith("文件适用于前言本文件")
        assert " 件" not in after
