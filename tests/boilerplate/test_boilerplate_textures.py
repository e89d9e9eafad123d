"""What the surroundings of a line are like."""

from hypothesis import given
from hypothesis import strategies as st

from corpusclean.boilerplate.features import Columns, line_units, text_columns
from corpusclean.boilerplate.lexicon import evidence
from corpusclean.boilerplate.textures import TEXTURE_CARDINALITY, texture_columns

PROSE = ["春天来了，公园里的花都开了，孩子们在草地上放风筝，老人们坐在长椅上晒太阳。"] * 6
TEASER = "春天来了，公园里的花都开了，孩子们在草地上放风筝，老人们坐在长椅上晒太"


def read(lines: list[str]) -> Columns:
    seen, _ = text_columns(lines, evidence(lines)[0])
    return texture_columns(lines, line_units(lines), seen)


def test_teasers_stand_alone_and_break_off() -> None:
    prose, teasers = read(PROSE), read([x for _ in range(4) for x in ("某某的博客", "05-19", TEASER)])
    assert max(prose["lone6"]) < min(teasers["lone6"])
    assert max(prose["cut6"]) < min(teasers["cut6"])
    assert min(prose["closed6"]) > max(teasers["closed6"])


def test_headings_say_what_follows() -> None:
    columns = read(["正文的一行。", "相关阅读", "另一页", "最新评论（12）", "说得好"])
    assert columns["since_list"] == [9, 0, 1, 0, 1]
    assert columns["since_talk"] == [9, 9, 9, 0, 1]


def test_a_long_line_is_no_heading() -> None:
    assert read(["他把相关的文章都推荐给了大家，评论也很多。"])["since_list"] == [9]


def test_the_next_date_is_seen_from_above() -> None:
    assert read(["一个标题", "某某", "2024-05-19 08:30"])["until_date"] == [2, 1, 0]


def test_lines_of_one_length_are_told_from_others() -> None:
    even, uneven = read(["十二个字长的标题一共几个"] * 8), read(["短", "十二个字长的标题一共几个" * 2] * 4)
    assert even["even6"][4] % 5 < uneven["even6"][4] % 5


@given(st.lists(st.text(min_size=1, max_size=50).filter(lambda line: "\n" not in line), min_size=1, max_size=40))
def test_columns_of_surroundings_stay_within_their_bounds(lines: list[str]) -> None:
    for name, column in read(lines).items():
        assert len(column) == len(lines)
        assert 0 <= min(column) <= max(column) < TEXTURE_CARDINALITY[name]
