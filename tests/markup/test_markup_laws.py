"""Laws of the markup step on arbitrary markup, and agreement with a second parser."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from corpusclean.config import CleanConfig
from corpusclean.markup import MarkupStep, looks_like_html
from corpusclean.markup.elements import HIDDEN_ELEMENTS
from corpusclean.rules import rule_table
from corpusclean.steps import Context

CONTEXT = Context(CleanConfig())
TAGS = ["p", "div", "b", "a", "li", "ul", "td", "tr", "table", "span", "h1", "pre", "br", "title", "script", "template"]

_word = st.sampled_from(
    ["甲", "乙", "好。", "x", " ", "\n", "a b", "\xa0", "　", "&amp;", "&lt;", "&#20013;", "&", "<", ">"]
)
_tag = st.builds(
    lambda name, form, attribute: form.format(name, attribute),
    st.sampled_from(TAGS),
    st.sampled_from(["<{0}{1}>", "</{0}>", "<{0}{1}/>", "<{0}", "</{0}", "<{0} {1}"]),
    st.sampled_from(
        ["", " class=author", ' id="x y"', " hidden", ' style="display:none"', " href='>", ' title="', " a=b"]
    ),
)
_odd = st.sampled_from(
    ["<!--", "-->", "<!doctype html>", "</>", "<?x", "\r\n", "\r", "\x00", "\ud800", "]]>", "<![CDATA["]
)
soup = st.lists(st.one_of(_word, _tag, _odd, st.text(max_size=3)), max_size=24).map("".join)


@settings(max_examples=300, deadline=None)
@given(soup)
def test_every_page_is_restored_and_every_line_has_features(html: str) -> None:
    revision, findings = MarkupStep().revise(html, CONTEXT)
    assert revision.inverse().text == html
    lines = revision.text.split("\n")
    assert findings.features is not None
    assert len(findings.features) == len(lines)
    for line, features in zip(lines, findings.features, strict=True):
        assert features.chars == len("".join(line.split()))
        assert 0 <= features.links <= features.chars
    for edit in revision.edits:
        assert all(rule in rule_table() for rule in edit.rule.split("+"))


_inner = st.recursive(
    st.text(st.sampled_from("甲乙。ab <&\"' \n"), max_size=6).map(
        lambda text: text.replace("&", "&amp;").replace("<", "&lt;")
    ),
    lambda inner: st.builds(
        lambda name, attribute, children: f"<{name}{attribute}>{''.join(children)}</{name}>",
        st.sampled_from(["p", "div", "b", "a", "ul", "span", "h1", "section", "template", "video"]),
        st.sampled_from(["", " class='a b'", " id=x", " title='a>b'"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)


class _Reader(HTMLParser):
    """What a second parser takes for shown text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.hidden = 0
        self.shown: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.hidden += tag in HIDDEN_ELEMENTS

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in HIDDEN_ELEMENTS

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.shown.append(data)


@settings(max_examples=200, deadline=None)
@given(st.lists(_inner, max_size=5).map("".join))
def test_a_second_parser_reads_the_same_text(html: str) -> None:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    text = MarkupStep().revise(html, CONTEXT).revision.text
    assert "".join(text.split()) == "".join("".join(reader.shown).split())


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_sniffing_never_raises_and_needs_a_tag(text: str) -> None:
    if looks_like_html(text):
        assert text.lstrip("\ufeff \t\n\r\f\v\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2028\u2029\u3000").startswith("<")
