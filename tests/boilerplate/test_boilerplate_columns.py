"""The fast ways by which the judge's columns are made give what the plain ways give."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpusclean.boilerplate.containers import container_spans
from corpusclean.boilerplate.features import _DIGITS, _GRAMMAR, _MARKS, text_columns
from corpusclean.boilerplate.furniture import find_furniture, user_rules
from corpusclean.boilerplate.judge import COLUMN_SIZES, Look, take_look
from corpusclean.boilerplate.lexicon import evidence
from corpusclean.boilerplate.sheet import read_sheet
from corpusclean.config import CleanConfig
from corpusclean.edits import tally_edits
from corpusclean.lines import LineFeatures
from corpusclean.markup import MarkupStep
from corpusclean.markup.tags import MAX_ATTRIBUTE
from corpusclean.steps import Context

LINES = st.lists(
    st.text(st.sampled_from("的了はがword 12，。！?:;甲乙é은\x00\ufffe\U00020000A.—"), min_size=1, max_size=30)
    .map(str.strip)
    .filter(bool),
    min_size=1,
    max_size=12,
)


@given(LINES)
def test_marks_and_windows_are_those_of_the_lines(lines: list[str]) -> None:
    hits = evidence(lines)[0]
    columns, body = text_columns(lines, hits)
    count = len(lines)
    assert columns["marks"] == [min(5, sum(map(line.count, _MARKS))) for line in lines]
    assert columns["repeats"] == [min(3, lines.count(line)) for line in lines]
    assert columns["words6"] == [min(6, sum(hit > 0 for hit in hits[max(0, i - 6) : i + 7])) for i in range(count)]
    for line, digits, function in zip(lines, columns["digits"], columns["function"], strict=True):
        assert bool(digits) == any(char in _DIGITS for char in line)
        assert function or not any(char in _GRAMMAR for char in line)
    assert {len(column) for column in columns.values()} == {count} == {len(body)}
    assert all(0 <= value < COLUMN_SIZES[name] for name, column in columns.items() for value in column)


def tree(draw: st.DrawFn) -> list[LineFeatures]:
    """Lines of a page: each leaves some containers and enters others."""
    opened, number, features = [0], 0, []
    for closes, opens in draw(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), min_size=1, max_size=20)):
        del opened[max(1, len(opened) - closes) :]
        for _ in range(opens):
            number += 1
            opened.append(number)
        features.append(LineFeatures(within=tuple(opened)))
    return features


@given(st.composite(tree)())
def test_spans_hold_just_the_lines_of_their_container(features: list[LineFeatures]) -> None:
    spans = container_spans(features)
    assert spans.keys() == {number for feature in features for number in feature.within}
    for number, (first, stop) in spans.items():
        assert [i for i, feature in enumerate(features) if number in feature.within] == list(range(first, stop))


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 4)), max_size=9))
def test_a_look_is_the_sum_of_its_weights(rows: list[tuple[int, int]]) -> None:
    single, pair = [7, -300, 41], list(range(-9, 3 * COLUMN_SIZES["function"]))
    look = Look(50, (("word", None, single), ("word", "function", pair)))
    columns = {"word": [first for first, _ in rows], "function": [second for _, second in rows]}
    expected = [(50 + single[a] + pair[a * COLUMN_SIZES["function"] + b]) / 100 for a, b in rows]
    assert take_look(look, columns, len(rows)) == expected


def test_a_rule_takes_no_line_that_is_too_long_for_it() -> None:
    rules = user_rules('[[rule]]\nname = "ad"\nwords = ["广告"]\npatterns = ["广告"]\nlongest = 5')
    sheet = read_sheet("广告广告广告\n广告\n又一行\n广告位招租\n广告位招租吗")
    assert list(find_furniture(sheet, rules)) == [1, 3]


@given(st.text(st.sampled_from("甲 <p>\r\n"), max_size=40))
def test_line_ends_are_counted_as_they_are_edited(html: str) -> None:
    revision = MarkupStep().revise(html, Context(CleanConfig())).revision
    edits = sum(row.edits for rule, row in tally_edits(revision.edits).items() if "markup/newline" in rule)
    assert ("\r" in html) == ("markup/newline" in revision.tally)
    assert edits <= html.count("\r")
    assert revision.inverse().text == html


def test_a_tag_means_the_same_on_every_page() -> None:
    long = "x" * MAX_ATTRIBUTE
    for tag in ('<div class="a B2">', "<div hidden>", f'<div class="{long} nav">', f'<a href="{long}" rel="author">'):
        page = f"<body>{tag}甲</div><p>乙"
        first, again = (MarkupStep().revise(page, Context(CleanConfig())) for _ in range(2))
        assert first.revision == again.revision
        assert first.findings == again.findings
