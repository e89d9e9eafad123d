"""Pieces: what stands between lines of furniture, dates and headings stays or goes together."""

from hypothesis import given
from hypothesis import strategies as st

from corpusclean.boilerplate.features import Columns
from corpusclean.boilerplate.runs import RUN_CARDINALITY, piece_columns

FAR = 9


def seen(count: int, *, word: int = -1, date: int = -1, heading: int = -1) -> Columns:
    """Columns of the first look with one line of furniture, one date and one heading, where asked for."""
    lines = range(count)
    return {
        "word": [3 * (i == word) for i in lines],
        "digits": [3 * (i == date) for i in lines],
        "since_list": [0 if i == heading else FAR for i in lines],
        "since_talk": [FAR] * count,
    }


def test_a_long_text_is_one_piece_to_its_end() -> None:
    falling = [0.9, 0.8, 0.7, 0.5, 0.4, 0.3]
    columns = piece_columns(falling, [30] * 6, seen(6))
    assert columns == {"piece": [7] * 6, "piece_share": [6] * 6}


def test_furniture_dates_and_headings_each_end_a_piece() -> None:
    for mark in ("word", "date", "heading"):
        columns = piece_columns([0.9, 0.9, 0.1, 0.2, 0.2], [30] * 5, seen(5, **{mark: 2}))
        assert columns["piece_share"] == [6, 6, 0, 1, 1], mark
        assert columns["piece"][0] > columns["piece"][4], mark


def test_without_a_line_of_text_there_is_no_piece() -> None:
    assert piece_columns([0.1], [2], seen(1, word=0)) == {"piece": [1], "piece_share": [0]}


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 500), st.booleans()), min_size=1, max_size=40))
def test_columns_of_pieces_stay_within_their_bounds(rows: list[tuple[float, int, bool]]) -> None:
    chances, sizes, furniture = map(list, zip(*rows, strict=True))
    marks = seen(len(rows)) | {"word": [3 * mark for mark in furniture]}
    for name, column in piece_columns(chances, sizes, marks).items():
        assert len(column) == len(rows)
        assert 0 <= min(column) <= max(column) < RUN_CARDINALITY[name]
