"""Markup against a second parser, lexbor, which builds the tree of WHATWG's standard (see fuzz/second_parser.py)."""

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpusclean.testing.hostile import HOSTILE

sys.path.insert(0, str(Path(__file__).parents[2]))

from fuzz import second_parser  # the folder lies beside the package, not in it
from fuzz.second_parser import CLASSES, differs, in_class, lines_of, page_of, parsers, shown

# Kinds of hostile page that fall into no class of difference, and are not so deep that the second parser gives up.
PAGES = [
    kind for kind, make in HOSTILE.items() if str(page := make(2000)).startswith("<") and in_class(str(page)) is None
]


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=120))
def test_lines_of_well_formed_pages_are_those_of_the_tree(data: bytes) -> None:
    assert differs(page_of(data), lines=True) is None


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=60).map(b"\x80".__add__))
def test_text_of_broken_pages_is_that_of_the_tree(data: bytes) -> None:
    parsers(data)


@pytest.mark.parametrize("kind", PAGES)
def test_text_of_hostile_pages_is_that_of_the_tree(kind: str) -> None:
    assert differs(str(HOSTILE[kind](2000)), lines=False) is None


def test_there_are_hostile_pages() -> None:
    assert len(PAGES) >= 8


@pytest.mark.parametrize(
    ("html", "name"),
    [
        ("<p>甲<video><p>乙", "hidden"),
        ("<p hidden>甲", "hidden"),
        ("<frameset>甲", "frameset"),
        ("<select><b>甲", "select"),
        ("<b><plaintext>甲", "plaintext"),
        ('<a href="x>甲<p>乙', "open tag"),
        ("<p>甲</p><b", "open tag"),
        ("<p>甲<table>乙<td>丙", None),
    ],
)
def test_classes_of_difference(html: str, name: str | None) -> None:
    assert in_class(html) == name
    assert name is None or name == "open tag" or CLASSES[name][1]


def test_a_difference_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison can fail: a parser that loses a word, a line end, or swaps two words is found out."""
    html = page_of(bytes([10, 2, 4, 0, 9, 0, 4, 1])) + "<p>丙</p>"
    assert differs(html, lines=True) is None
    for spoil in (("丙", ""), ("\n", ""), ("甲", "丙")):
        monkeypatch.setattr(second_parser, "shown", lambda html, spoil=spoil: shown(html).replace(*spoil))
        assert differs(html, lines=True) is not None
    monkeypatch.setattr(second_parser, "shown", lambda html: shown(html).replace("丙", "丁"))
    assert differs("<p>丙", lines=False) is not None


def test_lines() -> None:
    assert lines_of(shown("<p>甲 <b>乙</b>\n丙<br>丁<ul><li>戊<script>x</script></ul>")) == ["甲 乙 丙", "丁", "戊"]
