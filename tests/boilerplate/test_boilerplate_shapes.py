"""Lines that look alike."""

from hypothesis import given
from hypothesis import strategies as st

from corpusclean.boilerplate.features import line_units
from corpusclean.boilerplate.shapes import SHAPE_CARDINALITY, shape_columns


def test_a_template_is_told_by_how_its_lines_end() -> None:
    blogs = [f"{name}的博客" for name in "甲乙丙丁戊己庚辛"]
    text = ["春天来了，公园里的花都开了。", "午后下了一场小雨。"]
    columns = shape_columns([*blogs, *text], line_units([*blogs, *text]))
    assert min(columns["shape"][:8]) > max(columns["shape"][8:])
    assert columns["shapes6"][0] > 0


def test_digits_are_all_the_same() -> None:
    lines = ["05-19 08:30", "12-07 23:59", "06-01 10:00"]
    assert len(set(shape_columns(lines, line_units(lines))["shape"])) == 1
    assert shape_columns(["甲乙丙", "丁戊己"], [3, 3])["shape"] == [2, 2]


def test_paragraphs_are_of_no_template() -> None:
    lines = ["长" * 60 + "。"] * 5
    assert shape_columns(lines, line_units(lines)) == {"shape": [0] * 5, "shapes6": [0] * 5}


@given(st.lists(st.text(min_size=1, max_size=50), min_size=1, max_size=40))
def test_columns_stay_within_their_bounds(lines: list[str]) -> None:
    for name, column in shape_columns(lines, line_units(lines)).items():
        assert len(column) == len(lines)
        assert 0 <= min(column) <= max(column) < SHAPE_CARDINALITY[name]
