"""The laws of revisions: they apply, invert, compose, and map offsets both ways."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies_ground import TEXT, chains, edits_of, revisions

from corpusclean import Edit, Revision
from corpusclean.edits import RuleTally, tally_edits


def slow_apply(text: str, edits: list[Edit]) -> str:
    """What applying means, said another way: from the end, so that offsets stay true."""
    for edit in reversed(edits):
        text = text[: edit.start] + edit.after + text[edit.end :]
    return text


@given(st.data(), TEXT)
def test_applies_as_replacing_from_the_end_does(data: st.DataObject, text: str) -> None:
    edits = data.draw(edits_of(text))
    assert Revision.of(text, edits).text == slow_apply(text, edits)


@given(revisions())
def test_inverse_gives_the_text_back_and_is_its_own_inverse(revision: Revision) -> None:
    inverse = revision.inverse()
    assert Revision.of(revision.text, inverse.edits).text == revision.before
    assert inverse.inverse() == revision


@given(chains())
def test_composition_goes_from_the_first_text_to_the_last(chain: list[Revision]) -> None:
    whole = chain[0]
    for revision in chain[1:]:
        whole = whole.then(revision)
    assert whole.before == chain[0].before
    assert whole.text == chain[-1].text
    assert Revision.of(whole.before, whole.edits).text == whole.text


@given(chains(most=3))
def test_composition_is_associative_in_what_it_does(chain: list[Revision]) -> None:
    chain += [Revision.unchanged(chain[-1].text)] * (3 - len(chain))
    a, b, c = chain[:3]
    left, right = a.then(b).then(c), a.then(b.then(c))
    assert left.text == right.text
    assert left.tally == right.tally


@given(chains(most=2))
def test_composition_counts_each_rule_as_its_own_step_did(chain: list[Revision]) -> None:
    whole = chain[0] if len(chain) == 1 else chain[0].then(chain[1])
    counted: dict[str, RuleTally] = {}
    for revision in chain:
        for rule, row in tally_edits(revision.edits).items():
            counted[rule] = counted.get(rule, RuleTally(0, 0, 0)) + row
    assert dict(whole.tally) == counted


@given(revisions())
def test_unedited_code_points_map_to_themselves(revision: Revision) -> None:
    covered = {i for edit in revision.edits for i in range(edit.start, edit.end)}
    for i, char in enumerate(revision.before):
        if i not in covered:
            start, end = revision.to_after(i, i + 1)
            assert revision.text[start:end] == char
            assert revision.to_before(start, end) == (i, i + 1)


@given(revisions(), st.data())
def test_mapped_spans_hold_what_the_span_became(revision: Revision, data: st.DataObject) -> None:
    a, b = sorted(data.draw(st.tuples(*[st.integers(0, len(revision.before))] * 2)))
    start, end = revision.to_after(a, b)
    assert 0 <= start <= end <= len(revision.text)
    for edit in revision.edits:
        if a < b and edit.start < b and edit.end > a and edit.after:
            inner = revision.to_after(edit.start, edit.end)
            assert start <= inner[0]
            assert inner[1] <= end


def test_span_map_of_the_whole_text_is_the_whole_text() -> None:
    revision = Revision.of("a(x)b", [Edit(0, 0, "", ">", "r"), Edit(1, 4, "(x)", "", "r"), Edit(5, 5, "", "<", "r")])
    assert revision.text == ">ab<"
    assert revision.to_after(1, 4) == (2, 2)
    assert revision.to_before(1, 2) == (0, 1)
    assert revision.to_before(2, 3) == (4, 5)


@given(revisions())
def test_lazy_revision_equals_the_plain_one(revision: Revision) -> None:
    edits = revision.edits
    lazy = Revision.lazy(revision.before, revision.text, lambda: edits, tally_edits(edits))
    assert lazy == revision
    assert lazy.tally == revision.tally
    assert pickle.loads(pickle.dumps(lazy)) == revision


def test_lazy_edits_that_do_not_give_the_text_are_refused() -> None:
    lazy = Revision.lazy("ab", "xb", lambda: [Edit(0, 1, "a", "y", "r")], {"r": RuleTally(1, 0, 0)})
    assert lazy.tally == {"r": RuleTally(1, 0, 0)}
    with pytest.raises(ValueError, match="do not give the text"):
        _ = lazy.edits


@pytest.mark.parametrize(
    ("edits", "message"),
    [
        ([Edit(0, 2, "ab", "", "r"), Edit(1, 3, "bc", "", "r")], "overlaps"),
        ([Edit(2, 3, "c", "", "r"), Edit(0, 1, "a", "", "r")], "overlaps"),
        ([Edit(2, 4, "c", "", "r")], "leaves the text"),
        ([Edit(2, 1, "", "x", "r")], "overlaps"),
        ([Edit(0, 1, "z", "", "r")], "does not match"),
        ([Edit(1, 1, "", "", "r")], "empty edit"),
    ],
)
def test_wrong_edits_are_refused_and_named(edits: list[Edit], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Revision.of("abc", edits)


def test_composing_with_a_revision_of_another_text_is_refused() -> None:
    with pytest.raises(ValueError, match="does not start"):
        Revision.unchanged("a").then(Revision.unchanged("b"))


def test_overlapping_edits_become_one_with_both_rules() -> None:
    first = Revision.of("abcd", [Edit(1, 3, "bc", "XYZ", "one")])
    both = first.then(Revision.of("aXYZd", [Edit(2, 5, "YZd", "!", "two", 0.5)]))
    assert both.edits == (Edit(1, 4, "bcd", "X!", "one+two", 0.5),)


def test_an_edit_taken_back_is_no_edit() -> None:
    first = Revision.of("abc", [Edit(1, 2, "b", "X", "one")])
    both = first.then(Revision.of("aXc", [Edit(1, 2, "X", "b", "two")]))
    assert both.edits == ()
    assert both.text == "abc"


def test_marks_change_nothing_and_stay() -> None:
    revision = Revision.of("a\ufffdb", [Edit(1, 2, "\ufffd", "\ufffd", "repair/lost")])
    assert revision
    assert not revision.changed
    assert revision.edits[0].is_mark
    assert revision.then(Revision.of("a\ufffdb", [Edit(0, 1, "a", "", "two")])).edits[-1].is_mark


def test_composition_is_linear() -> None:
    """Twice the edits cost about twice the items walked, not four times; counted by the edits made."""
    size = 20_000
    text = "ab" * size
    first = Revision.of(text, [Edit(2 * i, 2 * i + 1, "a", "", "one") for i in range(size)])
    second = Revision.of("b" * size, [Edit(i, i + 1, "b", "c", "two") for i in range(size)])
    assert len(first.then(second).edits) == 2 * size


def test_a_deletion_that_closes_over_another_leaves_each_its_own() -> None:
    first = Revision.of("a123b", [Edit(2, 3, "2", "", "one")])
    both = first.then(Revision.of("a13b", [Edit(1, 3, "13", "", "two")]))
    assert [(edit.before, edit.rule) for edit in both.edits] == [("1", "two"), ("2", "one"), ("3", "two")]
    assert both.text == "ab"
