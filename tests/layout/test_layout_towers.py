"""Towers of combining marks are found wherever they stand."""

from hypothesis import given
from hypothesis import strategies as st

from corpusclean.layout.unicode_form import TOWER, towers


@given(st.integers(0, 450), st.integers(TOWER, TOWER + 30), st.integers(0, 450))
def test_a_tower_is_found_at_any_place(before: int, size: int, behind: int) -> None:
    text = "文" * before + "\u0301" * size + "a" * behind
    assert towers(text) == [(before, before + size)]


@given(st.integers(0, 450), st.integers(0, TOWER - 1))
def test_a_lower_one_is_none(before: int, size: int) -> None:
    assert towers("文" * before + "\u0301" * size + "文" * 400) == []
