"""What becomes of markup: cases as data, features, bounds, hostile input."""

from __future__ import annotations

import time

import pytest

from corpusclean.config import CleanConfig
from corpusclean.markup import MarkupStep
from corpusclean.rules import rule_table
from corpusclean.steps import Context, Outcome


def revise(html: str, **limits: int) -> Outcome:
    return MarkupStep().revise(html, Context(CleanConfig.make(limits=limits)))


def text_of(html: str) -> str:
    return revise(html).revision.text


CASES = {
    "blocks end lines": ("<p>甲</p><p>乙</p>", "甲\n乙\n"),
    "white space between blocks goes": ("<div>\n  <p> 甲 </p>\n\n <p>乙</p></div>\n", "甲\n乙\n"),
    "inline tags leave no trace": ("<p>甲<b>乙</b><span>丙</span></p>", "甲乙丙\n"),
    "a space between inline elements stays": ("<p><b>a</b> <i>b</i></p>", "a b\n"),
    "spaces on both sides of a tag are one": ("<p>a <b> b</b></p>", "a b\n"),
    "runs of white space are one": ("<p>a\n \tb</p>", "a b\n"),
    "space before a comment": ("<p>a <!-- x --> b</p>", "a b\n"),
    "no-break spaces in a line stay": ("<p>a&nbsp;b</p>", "a\xa0b\n"),
    "no-break spaces that indent go": ("<p>&nbsp;&nbsp;甲</p>", "甲\n"),
    "br ends the line": ("<p>甲<br>乙<br/><br>丙</p>", "甲\n乙\n丙\n"),
    "omitted end tags": ("<ul><li>甲<li>乙</ul><p>丙<p>丁", "甲\n乙\n丙\n丁"),
    "cells are lines": ("<table><tr><td>甲<td>乙<tr><td>丙</table>", "甲\n乙\n丙\n"),
    "references": ("<p>&lt;&amp;&#x4e2d;&hellip;</p>", "<&中…\n"),
    "a reference without its semicolon": ("<p>a&ampb &copy2</p>", "a&b ©2\n"),
    "an unknown reference stays": ("<p>&foo; AT&T</p>", "&foo; AT&T\n"),
    "pre keeps its white space": ("<pre>a\n  b\n\nc</pre>", "a\n  b\n\nc\n"),
    "scripts and styles go": ("<script>a<b</script><style>p{}</style><p>甲</p>", "甲\n"),
    "comments go": ("<p>甲<!-- 乙 <p> -->丙</p>", "甲丙\n"),
    "the window's title is not in the page": ("<head><title>题</title></head><p>甲</p>", "甲\n"),
    "hidden attribute": ("<p>甲<span hidden>乙</span>丙</p>", "甲丙\n"),
    "display none": ('<p>甲</p><div style="Display : none"><p>乙</p></div><p>丙</p>', "甲\n丙\n"),
    "display block is shown": ('<div style="display:block">甲</div>', "甲\n"),
    "visibility is left alone, pages show such text later": ('<div style="visibility:hidden">甲</div>', "甲\n"),
    "noscript and template": ("<noscript>请开启</noscript><template>模板</template><p>甲</p>", "甲\n"),
    "noscript with a whole text": ("<noscript><p>" + "帖子。" * 100 + "</p></noscript>", "帖子。" * 100 + "\n"),
    "noscript with a text that the page shows": (
        "<p>" + "帖子。" * 100 + "</p><noscript><p>" + "帖子。" * 100 + "</p></noscript>",
        "帖子。" * 100 + "\n",
    ),
    "noscript with pictures": ("<noscript>" + "<img src=x alt=y>" * 50 + "</noscript>甲", "甲"),
    "noscript in noscript": ("<noscript>" * 3 + "长" * 400 + "</noscript>乙", "乙"),
    "parts that React sends hidden": ('<div hidden id="S:0"><p>甲</p></div><div hidden>乙</div>', "甲\n"),
    "an element hidden within an element that is not closed": ("<td><div hidden>乙</td><td>丙</td>", "丙\n"),
    "options without end tags in a list of suggestions": (
        "<datalist id=a><option>甲<option>乙</datalist><p>正文</p>",
        "正文\n",
    ),
    "a template whose elements are not closed": ("<template><ul><li>甲</template><p>正文</p>", "正文\n"),
    "a drawing that is never closed": ("甲<svg><path d=x><p>正文</p>", "甲\n正文\n"),
    "a drawing in a drawing": ("<svg><g><svg><text>图</text></svg></g><div>正文</div>", "正文\n"),
    "HTML within a drawing is of the drawing": (
        "<svg><foreignObject><div><p>标</p></div></foreignObject><desc><p>注</p></desc></svg>正文",
        "正文",
    ),
    "white space within a drawing is none of the line": ("<p>甲<svg>\n <path/>\n</svg>乙</p>", "甲乙\n"),
    "a lone less-than": ("<p>1 < 2 <3</p>", "1 < 2 <3\n"),
    "a tag that never ends": ("<p>甲</p><a href=", "甲\n"),
    "an attribute whose quote never ends": ('<p>甲</p><a href="x>乙</a><p>丙</p>', "甲\n乙\n丙\n"),
    "an empty end tag": ("甲</>乙<p>丙</>", "甲乙\n丙"),
    "cloned tags with random ids": ("<p>甲<tt id='q8x2k'></tt>乙<sup id=a1></sup></p>", "甲乙\n"),
    "carriage returns": ("<p>a\r\nb\rc</p>\r\n", "a b c\n"),
    "nothing": ("", ""),
    "no markup": ("甲 < 乙", "甲 < 乙"),
}


@pytest.mark.parametrize(("html", "text"), CASES.values(), ids=CASES.keys())
def test_case(html: str, text: str) -> None:
    revision, findings = revise(html)
    assert revision.text == text
    assert revision.inverse().text == html
    assert findings.features is not None
    assert len(findings.features) == text.count("\n") + 1
    for edit in revision.edits:
        assert all(rule in rule_table() for rule in edit.rule.split("+"))


def test_rules_are_named() -> None:
    html = "<!DOCTYPE html><p>甲 \n<b>乙</b>&amp;<br><span hidden>丙</span><script>1</script><!--x--> 丁"
    assert set(revise(html).revision.tally) == {
        "markup/tag", "markup/whitespace", "markup/reference", "markup/break", "markup/hidden", "markup/script",
        "markup/comment",
    }  # fmt: skip
    assert set(revise(html).revision.tally) <= set(rule_table())


def test_tally_sums_the_edits() -> None:
    revision = revise("<p>a  b &amp; <i>c</i></p>\n<p>d</p>").revision
    promised = dict(revision.tally)
    edits = revision.edits
    assert sum(row.edits for row in promised.values()) == len(edits)
    assert sum(row.removed - row.added for row in promised.values()) == len(revision.before) - len(revision.text)


def test_features_of_lines() -> None:
    html = (
        '<html><body class="page-article"><div id="mainContent"><h1>题目</h1><p>甲 <a href=x>乙丙</a></p></div>'
        "<ul><li><a>丁</a><li>戊</ul></body></html>"
    )
    title, text, first, second, end = revise(html).findings.features or ()
    assert title.tags == ("html", "body", "div", "h1")
    assert title.classes == {"page", "article", "main", "content"}
    assert (text.links, text.chars, text.link_count) == (2, 3, 1)
    assert text.link_density == pytest.approx(2 / 3)
    assert text.tags[-1] == "p"
    assert title.block == text.block != first.block != second.block
    assert title.within[-1] == title.block
    assert first.link_density == 1.0
    assert end.chars == 0


def test_own_classes_are_those_of_the_nearest_block() -> None:
    features = revise('<div class="outer"><p class="inner"><b class="deep">甲</b></p>乙</div>').findings.features or ()
    assert features[0].own_classes == {"inner"}
    assert features[1].own_classes == {"outer"}


def test_past_the_depth_bound_text_is_flattened_not_lost() -> None:
    outcome = revise("<div>" * 50 + "甲" + "</div>" * 50 + "<p>乙</p>", depth=10)
    assert outcome.findings.limits == ("depth",)
    assert outcome.revision.text.split() == ["甲", "乙"]
    features = outcome.findings.features or ()
    assert len(features[0].tags) == 10


def test_empty_end_tags_before_white_space() -> None:
    assert revise("</></><!doctype html>甲 </>\n乙").revision.text == "甲 乙"


def test_past_the_bound_on_nodes_empty_end_tags_shift_nothing() -> None:
    # the tokenizer skips `</>` without a token; up to 0.1 the text behind it was cut in the middle of tags
    outcome = revise("<p>one</><p>two</p><p>three</p>" * 2, nodes=6)
    assert outcome.findings.limits == ("nodes",)
    assert outcome.revision.text == "one\ntwo\n<p>three</p><p>one</><p>two</p><p>three</p>"


def test_past_the_bound_on_nodes_the_rest_is_kept() -> None:
    outcome = revise("<p>甲</p>" * 10, nodes=7)
    assert outcome.findings.limits == ("nodes",)
    assert outcome.revision.text.startswith("甲\n甲\n")
    assert outcome.revision.text.count("甲") == 10
    assert len(outcome.findings.features or ()) == outcome.revision.text.count("\n") + 1


def test_no_bounds() -> None:
    assert revise("<div>" * 700 + "甲", depth=0, nodes=0).findings.limits == ()


N = 60_000
HOSTILE = {
    "open tags": "<div>" * N,
    "open spans": "<span class=author>" * N,
    "classes": "".join(f"<div class='a{i} b'>" for i in range(N // 4)),
    "end tags": "<table><td>" + "</div>" * N,
    "mismatched": "<b><div>" * 200 + "</b></i>" * N,
    "less-than": "<" * N * 4,
    "tag starts": "<a" * N,
    "quotes": '<a b="' * N,
    "comments": "<!--" * N,
    "brackets": "(" * N * 4,
    "ampersands": "&" * N * 4,
    "references": "&nbsp;" * N,
    "spaces": "<p>" + " " * N * 8,
    "spaces and tags": " <b> " * N,
    "items": "<ul>" + "<li>a" * N,
    "cells": "<table>" + "<tr><td>" * N,
    "pre": "<pre>" + "a\n" * N,
    "headings": "<h1>a" * N,
    "empty end tags": "</>" * N,
    "one long class": f"<p class='{'x ' * N}'>a" * 3,
    "metas": "<meta name=author content=a>" * N,
    "claims": "".join(f"<meta name=author content=名{i}><meta property=og:title content=题目{i}>" for i in range(300))
    + "".join(f"<h1>题目标题{i}</h1><i class=author>作者{i}</i>" for i in range(5000))
    + "好" * N,
    "names on a line": "<h1>题</h1>" + "".join(f"<i class=author>人名{i}</i>" for i in range(5000)),
    "dates": "<p>2024-01-01 a</p>" * N,
    "title": "<title>" + "a-" * N,
    "json": "<script type='application/ld+json'>" + "[" * N + "</script>",
}


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_input_costs_no_more_than_its_size(html: str) -> None:
    started = time.process_time()
    outcome = revise(html)
    assert time.process_time() - started < 8.0
    assert len(outcome.findings.features or ()) == outcome.revision.text.count("\n") + 1


@pytest.mark.parametrize(
    "odd", ["\ud800", "\x00", "a\x00<p>\udfff</p>", "<p \x00=\ud800>", "<script>\x00</script>\x00"]
)
def test_odd_code_points(odd: str) -> None:
    outcome = revise(odd)
    assert outcome.revision.inverse().text == odd
