"""Stretches, their ranking, and what lines hear of them."""

import itertools

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpusclean.boilerplate.home import Home, home_of_stretches
from corpusclean.boilerplate.judge import COLUMN_SIZES, judge_model, likely_bar, place_columns, take_look
from corpusclean.boilerplate.regions import region_columns
from corpusclean.boilerplate.step import BoilerplateStep
from corpusclean.boilerplate.stretches import Stretch, find_stretches, rank_stretches, stretch_columns
from corpusclean.config import CleanConfig
from corpusclean.lines import LineFeatures
from corpusclean.markup import MarkupStep
from corpusclean.steps import Context

WORDS = st.frozensets(st.sampled_from(["content", "nav", "post", "12"]), max_size=2)


@st.composite
def trees(draw: st.DrawFn) -> list[LineFeatures]:
    """Lines as a walk through a tree leaves them: containers open and close, and are never met again."""
    stack: list[tuple[int, str, frozenset[str]]] = [(0, "", frozenset())]
    numbers = itertools.count(1)
    lines = []
    for move in draw(st.lists(st.sampled_from("odcll"), max_size=40)):
        if move in "od" and len(stack) < 12:
            stack.append((next(numbers), draw(st.sampled_from(["div", "li", "article"])), draw(WORDS)))
        elif move == "c" and len(stack) > 1:
            stack.pop()
        elif move == "l":
            chars = draw(st.integers(0, 90))
            lines.append(
                LineFeatures(
                    tags=tuple(name for _, name, _ in stack[1:]),
                    own_classes=stack[-1][2],
                    links=draw(st.integers(0, chars)),
                    chars=chars,
                    within=tuple(number for number, _, _ in stack),
                    blocks=tuple((name, words) for _, name, words in stack),
                )
            )
    return lines


def columns_of(lines: list[LineFeatures], chances: list[float]) -> tuple[list[Stretch], dict[str, list[int]]]:
    sizes = [line.chars for line in lines]
    found = find_stretches(lines, sizes)
    columns = stretch_columns(found, lines, chances, sizes, sizes, [2] + [0] * (len(lines) - 1))
    return found, columns | home_of_stretches(found, Home(0, (len(lines) + 1) // 2, 1))


@given(trees().filter(bool))
@settings(max_examples=200, deadline=None)
def test_stretches_are_the_lines_of_elements(lines: list[LineFeatures]) -> None:
    sizes = [line.chars for line in lines]
    found = find_stretches(lines, sizes)
    assert (found[0].first, found[0].stop, found[0].parent) == (0, len(lines), -1)
    assert len({(one.first, one.stop) for one in found}) == len(found)
    spans = set()
    for number in {number for line in lines for number in line.within}:
        mine = [i for i, line in enumerate(lines) if number in line.within]
        if sum(sizes[i] for i in mine) >= 12:
            spans.add((mine[0], mine[-1] + 1))
    assert {(one.first, one.stop) for one in found[1:]} == spans - {(0, len(lines))}
    for index, one in enumerate(found[1:], 1):
        above = found[one.parent]
        assert one.parent < index
        assert above.first <= one.first < one.stop <= above.stop


@given(trees().filter(bool), st.data())
@settings(max_examples=200, deadline=None)
def test_columns_stay_within_their_bounds(lines: list[LineFeatures], data: st.DataObject) -> None:
    chances = data.draw(st.lists(st.floats(0, 1), min_size=len(lines), max_size=len(lines)))
    found, columns = columns_of(lines, chances)
    ranking = judge_model().ranking
    ranks = rank_stretches(take_look(ranking.look, columns, len(found)), found, ranking.words)
    assert sum(ranks) == pytest.approx(1)
    columns_of_lines = region_columns(found, ranks, lines, chances, [line.chars for line in lines])
    for count, table in ((len(found), columns), (len(lines), columns_of_lines)):
        for name, column in table.items():
            assert len(column) == count
            assert 0 <= min(column) <= max(column) < COLUMN_SIZES[name]


def test_lines_hear_where_the_text_lies() -> None:
    blocks = [("nav", 2), ("article", 3), ("footer", 2)]
    lines = [
        LineFeatures(
            ("body", name),
            frozenset(),
            0,
            40,
            frozenset(),
            0,
            number,
            (0, number),
            (("", frozenset()), (name, frozenset())),
        )
        for number, (name, count) in enumerate(blocks, 1)
        for _ in range(count)
    ]
    scores = [-2.0, -2.0, 3.0, 3.0, 3.0, -2.0, -2.0]
    seen = dict.fromkeys(("title", "said_gap", "home"), [0] * 7)
    columns = place_columns(scores, [40] * 7, [40] * 7, lines, seen, judge_model().ranking)
    assert columns["spot"] == [4, 4, 0, 0, 0, 5, 5]
    assert min(columns["inside"][2:5]) > max(columns["inside"][:2] + columns["inside"][5:])


def test_lines_of_one_template_speak_for_each_other() -> None:
    own = [frozenset({"post", str(number)}) for number in range(3)]
    lines = [LineFeatures(("body", "div"), frozenset(), 0, 20, words, 0, 0, (0,)) for words in own]
    found = find_stretches(lines, [20] * 3)
    columns = region_columns(found, [1.0], lines, [0.9, 0.9, 0.2], [20] * 3)
    assert columns["alike"] == [6, 6, 10]
    assert region_columns(find_stretches(lines[:1], [20]), [1.0], lines[:1], [0.9], [20])["alike"] == [12]


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(1, 300)), min_size=1, max_size=40), st.floats(0, 1))
@example(rows=[(0.0, 1)], bar=1.0)
def test_the_bar_is_only_lowered_and_leaves_something(rows: list[tuple[float, int]], bar: float) -> None:
    chances, sizes = [chance for chance, _ in rows], [size for _, size in rows]
    chosen = likely_bar(chances, sizes, bar)
    assert chosen <= bar
    assert any(chance >= chosen for chance in chances)


def test_replies_of_a_thread_stay_together() -> None:
    posts = [
        "这台相机我用了三年，白天拍得很好，夜里噪点多，想请教大家怎么设置才好。",
        "我也用这台，夜里用三脚架，感光度调低一些就行了，快门放慢，效果好很多。",
        "谢谢分享",
        "楼上说得对，另外镜头也要擦干净，我上次就是忘了擦，拍出来全是雾蒙蒙的。",
    ]
    menu = "".join(f"<li><a href=/{word}>{word}</a></li>" for word in ("首页", "版块", "登录", "注册", "搜索", "帮助"))
    body = "".join(
        f'<div class="post" id="p{i}"><div class="name"><a href=/u{i}>用户{i}</a></div>'
        f'<div class="postmessage" id="postmessage_{i}">{text}</div></div>'
        for i, text in enumerate(posts)
    )
    parts = [f'<ul class="nav">{menu}</ul>', f'<div class="postlist">{body}</div>', f'<div class="footer">{menu}</div>']
    html = f"<html><body>{''.join(parts)}</body></html>"
    context = Context(CleanConfig(), is_html=True)
    revision, found = MarkupStep().revise(html, context)
    assert found.features is not None
    context = Context(CleanConfig(), is_html=True, features=found.features)
    kept = BoilerplateStep().revise(revision.text, context).revision.text.split("\n")
    assert [line for line in kept if line in posts] == posts
    assert not {"首页", "登录", "帮助"} & set(kept)
