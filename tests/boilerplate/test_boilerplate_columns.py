"""The fast ways by which the judge's columns are made give what the plain ways give."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from corpusclean.boilerplate.containers import container_spans
from corpusclean.boilerplate.features import _DIGITS, _GRAMMAR, _MARKS, text_columns
from corpusclean.boilerplate.furniture import find_furniture, user_rules
from corpusclean.boilerplate.judge import COLUMN_SIZES, Look, take_look
from corpusclean.boilerplate.lexicon import evidence
from corpusclean.boilerplate.sheet import Verdict, read_sheet
from corpusclean.boilerplate.step import _remaining, _remove
from corpusclean.config import CleanConfig
from corpusclean.edits import Revision, tally_edits
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


@given(st.lists(st.tuples(st.integers(0, 19), st.integers(0, 16)), min_size=1, max_size=9))
def test_a_look_adds_tables_that_are_too_wide_or_too_heavy_for_a_lane(rows: list[tuple[int, int]]) -> None:
    size = COLUMN_SIZES["length"]
    wide, heavy = [(7 * i) % 301 - 150 for i in range(20 * size)], [(-1) ** i * 40_000 * i for i in range(20)]
    assert len(wide) > 256 >= max(COLUMN_SIZES.values())
    look = Look(-3, (("tag", "length", wide), ("tag", None, heavy), ("length", None, list(range(size)))))
    columns = {"tag": [first for first, _ in rows], "length": [second for _, second in rows]}
    assert take_look(look, columns, len(rows)) == [(wide[a * size + b] + heavy[a] + b - 3) / 100 for a, b in rows]


@given(st.lists(st.text(st.sampled_from("甲當 x\r"), max_size=4), min_size=1, max_size=8), st.randoms())
def test_the_lines_that_remain_are_those_of_the_text_that_remains(lines: list[str], rng: random.Random) -> None:
    sheet = read_sheet("\n".join(lines))
    gone = {number: Verdict("demo", 1.0) for number, line in enumerate(sheet.lines) if line and rng.random() < 0.5}
    left = Revision.of(sheet.text, _remove(sheet, gone)).text
    assert read_sheet(left).lines == _remaining(sheet.lines, gone)


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
