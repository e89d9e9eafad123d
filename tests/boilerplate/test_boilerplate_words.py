"""Words of furniture are looked for by a character that few texts have."""

from corpusclean.boilerplate.furniture import find_furniture, furniture_rules
from corpusclean.boilerplate.sheet import fold_script, read_sheet


def test_each_word_is_looked_for_by_one_of_its_characters() -> None:
    for rule in furniture_rules():
        assert len(rule.words) == len(rule.rare)
        assert all(rare in word for word, rare in zip(rule.words, rule.rare, strict=True))


def test_frequent_characters_are_not_what_is_looked_for() -> None:
    rare = {word: char for rule in furniture_rules() for word, char in zip(rule.words, rule.rare, strict=True)}
    assert rare["没有"] == "没"
    assert rare["一页"] == "页"


def test_a_word_is_found_in_either_script() -> None:
    found = find_furniture(read_sheet("正文。\n掃一掃在手機端打開當前頁"), furniture_rules())
    assert list(found) == [1]


def test_characters_beyond_the_basic_plane_are_folded_too() -> None:
    assert fold_script("當前𠁞") == "当前𠀾"
    assert fold_script("𠮷野家") == "𠮷野家"
