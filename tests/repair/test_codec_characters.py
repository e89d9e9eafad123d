"""The table of common characters: what is shipped is what the tool makes, as far as its sources are at hand."""

import importlib.util
from pathlib import Path

import pytest

from corpusclean.repair.wrong_codec_score import log_likelihood, suspicious_characters

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "src/corpusclean/data/codec/characters.txt"


def shipped():
    rows = (row.split(" ", 1) for row in TABLE.read_text("utf-8").splitlines())
    return {char: int(level) for level, chars in rows for char in chars}


def test_the_table_is_sorted_and_says_each_character_once():
    rows = [row.split(" ", 1) for row in TABLE.read_text("utf-8").splitlines()]
    assert [int(level) for level, _ in rows] == sorted({int(level) for level, _ in rows})
    everything = "".join(chars for _, chars in rows)
    assert len(everything) == len(set(everything)) > 8000


def test_the_chinese_part_is_what_the_tool_makes():
    pytest.importorskip("jieba")
    path = ROOT / "tools/make_codec_characters.py"
    spec = importlib.util.spec_from_file_location("make_codec_characters", path)
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    made, table = tool.levels(tool.chinese_counts()), shipped()
    assert all(table[char] <= level for char, level in made.items())  # Japanese may know it better
    assert sum(table[char] == level for char, level in made.items()) > 0.9 * len(made)


@pytest.mark.parametrize(
    "text", ["的一是不了人我在有他", "這個國家的時間", "これはペンです", "이 사용자는 모든 페이지를 선택할 수 있습니다"]
)
def test_common_characters_are_not_suspicious(text):
    assert suspicious_characters().search(text) is None
    assert log_likelihood(text) > -8.0 * len(text)
