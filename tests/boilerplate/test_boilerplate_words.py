"""Words of furniture are looked for by a character that few texts have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusclean.boilerplate.furniture import find_furniture, furniture_rules
from corpusclean.boilerplate.lexicon import evidence
from corpusclean.boilerplate.sheet import fold_script, read_sheet


def test_each_word_is_looked_for_by_a_part_of_it() -> None:
    for rule in furniture_rules():
        assert len(rule.words) == len(rule.rare)
        assert all(rare in word for word, rare in zip(rule.words, rule.rare, strict=True))


def test_frequent_characters_are_not_what_is_looked_for() -> None:
    rare = {word: part for rule in furniture_rules() for word, part in zip(rule.words, rule.rare, strict=True)}
    assert rare["不代表"] == "代表"
    assert rare["opyright"] == "yr"
    assert rare["页"] == "页"
    assert rare["^ "] == "^"


@pytest.mark.parametrize("word", sorted({word for rule in furniture_rules() for word in rule.words}))
@pytest.mark.parametrize("around", ["{}", "一{}一", "的一下{}没看更", "ek{}yr"])
def test_every_word_is_seen_wherever_it_stands(word: str, around: str) -> None:
    """Neighbours may begin other words: the scan must not pass over what it found the beginning of."""
    expected = [rule.path for rule in furniture_rules() if word in rule.words]
    seen = [rule.path for rule, words in furniture_rules().speaking(around.format(word)) if word in words]
    assert sorted(seen) == sorted(expected)


def test_a_word_is_found_in_either_script() -> None:
    found = find_furniture(read_sheet("正文。\n掃一掃在手機端打開當前頁"), furniture_rules())
    assert list(found) == [1]


def test_characters_beyond_the_basic_plane_are_folded_too() -> None:
    assert fold_script("當前𠁞") == "当前𠀾"
    assert fold_script("𠮷野家") == "𠮷野家"


_PIECES = [
    "首页",
    " | ",
    "新闻",
    "  ",
    "天 气",
    "今天天气很好，我们去公园。",
    "Home",
    "/",
    "a b",
    "İ",
    "关于我们",
    "好" * 201,
]


@given(st.lists(st.lists(st.sampled_from(_PIECES), max_size=6).map("".join).map(str.strip), max_size=8))
def test_a_page_is_read_as_its_lines_are(lines: list[str]) -> None:
    lines = [line for line in lines if line]
    assert evidence(lines)[0] == [evidence([line])[0][0] for line in lines]
    assert all(not hit for hit, line in zip(evidence(lines)[0], lines, strict=True) if len(line) > 200)
