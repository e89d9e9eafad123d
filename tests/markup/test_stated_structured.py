"""What structured data states: each shape of JSON-LD that pages use, and each that says nothing about the text."""

from __future__ import annotations

import datetime
import json

import pytest

from corpusclean.candidates import choose
from corpusclean.config import CleanConfig
from corpusclean.markup import MarkupStep
from corpusclean.markup.dates import stated_date
from corpusclean.markup.naming import named_field, presentable_name
from corpusclean.markup.reporters import named_reporters
from corpusclean.markup.structured import read_json_ld
from corpusclean.steps import Context

TODAY = datetime.date(2024, 6, 1)
ARTICLE = {"@type": "NewsArticle"}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({**ARTICLE, "author": "王帆"}, [("author", "王帆")]),
        ({**ARTICLE, "author": ["王帆", {"name": "李明"}]}, [("author", "王帆 李明")]),
        ({**ARTICLE, "creator": {"@type": ["Person"], "name": "王帆"}}, [("author", "王帆")]),
        ({**ARTICLE, "author": {"@type": "Organization", "name": "晨报"}}, [("publisher", "晨报")]),
        ({**ARTICLE, "author": {"@type": "Person"}}, []),
        ({**ARTICLE, "author": [7, None]}, []),
        ({**ARTICLE, "publisher": {"name": "晨报"}}, [("publisher", "晨报")]),
        ({**ARTICLE, "publisher": "晨报"}, []),
        ({**ARTICLE, "headline": ["题"], "datePublished": 2024}, []),
        ({**ARTICLE, "dateCreated": "2024-03-01", "headline": "题"}, [("date", "2024-03-01"), ("title", "题")]),
        ({"@type": "WebPage", "headline": "题", "datePublished": "2024-03-01"}, [("date", "2024-03-01")]),
        ({"@type": ["Thing", "BlogPosting"], "headline": "题"}, [("title", "题")]),
        ({"@type": "WebSite", "name": "晨报网"}, [("site", "晨报网")]),
        ({"@type": "WebSite", "name": None}, []),
        ({"@type": "Product", "name": "锅", "headline": "题"}, []),
        (
            {"@graph": [{"@type": "WebSite", "name": "晨报网"}, {**ARTICLE, "headline": "题"}]},
            [("site", "晨报网"), ("title", "题")],
        ),
        ([{**ARTICLE, "headline": "甲"}, 3, "x"], [("title", "甲")]),
        ({"@type": "x", "mainEntity": {**ARTICLE, "headline": "甲"}}, [("title", "甲")]),
        (
            {"@context": "https://ziyuan.baidu.com/contexts/cambrian.jsonld", "title": "题_晨报"},
            [("page title", "题_晨报")],
        ),
        ({"@context": "https://ziyuan.baidu.com/contexts/cambrian.jsonld", "pubDate": 3}, []),
        ("text", []),
        (None, []),
    ],
)
def test_shapes(data: object, said: list[tuple[str, str]]) -> None:
    assert read_json_ld([json.dumps(data)]) == said


def test_a_flood_of_nodes_is_read_as_far_as_a_bound() -> None:
    nodes: list[object] = [7] * 3000
    nodes.append({**ARTICLE, "headline": "题"})
    assert read_json_ld([json.dumps(nodes)]) == []
    assert read_json_ld([json.dumps(nodes[-100:])]) == [("title", "题")]


def test_structured_data_becomes_metadata() -> None:
    data = {
        "@graph": [
            {"@type": "WebSite", "name": "晨报网"},
            {**ARTICLE, "author": {"@type": "Organization", "name": "晨报社"}, "datePublished": "2024-03-01"},
        ]
    }
    html = f'<script type="application/ld+json">{json.dumps(data)}</script><p>这是一段正文，写的是今天的事情。</p>'
    found = choose(MarkupStep().revise(html, Context(CleanConfig(), today=TODAY)).findings.candidates)
    assert found["site"].value == "晨报网"
    assert found["date"].value == "2024-03-01"
    assert "author" not in found


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024年3月1日 下午3:20", "2024-03-01T15:20"),
        ("2024年3月1日 下午13:20", "2024-03-01T13:20"),
        ("20240301102000", "2024-03-01T10:20"),
        ("20241301", None),
        ("20250301", None),
        ("March 1, 2024", "2024-03-01"),
        ("1 March 2024 10:20", "2024-03-01T10:20"),
        ("March 2024", None),
        ("March 35, 2024, then April 2, 2024", "2024-04-02"),
        ("2024-02-31, 2024-03-01", "2024-03-01"),
        ("", None),
    ],
)
def test_dates(text: str, date: str | None) -> None:
    said = stated_date(text, TODAY)
    assert (said[0] if said else None) == date


def test_names_of_elements() -> None:
    assert named_field("span", frozenset(), "headline other", None) == ("title", "microdata")
    assert named_field("span", frozenset(), "unknown words author", None) == ("author", "microdata")
    assert named_field("span", frozenset(), "a b c d author", None) == ("", "")
    assert named_field("abbr", frozenset({"published"}), None, None) == ("date", "time")
    assert named_field("a", frozenset(), None, "nofollow author") == ("author", "rel")
    assert named_field("a", frozenset(), None, "nofollow") == ("", "")


@pytest.mark.parametrize("text", ["", "王", "x" * 200, "12345", "——", "责编：王某"])
def test_what_is_no_name(text: str) -> None:
    assert presentable_name(text) == ""


SENTENCE = "我国的平台从今天起开始启运，沿线的居民都来观看，现场十分热闹。"


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        ([SENTENCE * 2, SENTENCE * 2 + "（作者：王之言）"], ["王之言"]),
        ([SENTENCE * 2, SENTENCE * 2 + "（作者系某大学教授）"], []),
        (["文/记者团"], []),
        (["文/栗思"] + [SENTENCE * 2] * 2, ["栗思"]),
        ([SENTENCE * 2] * 40 + ["文/栗思"], ["栗思"]),
    ],
)
def test_reporters(lines: list[str], names: list[str]) -> None:
    assert [name for name, _ in named_reporters(lines, range(len(lines)))] == names


TITLE = "城市公园春季开放安排公布"
BODY = "<p>" + "这是一段正文，写的是今天发生的事情。" * 5 + "</p>"


@pytest.mark.parametrize(
    ("html", "field", "value"),
    [
        (f'<meta property="og:url" content="https://a.cn/1">{BODY}', "url", "https://a.cn/1"),
        (f'<meta property="og:url" content="/1">{BODY}', "url", None),
        (f'<meta property="og:title" content=" "><h1>{TITLE}</h1>{BODY}', "title", TITLE),
        (f"<h2>{TITLE}</h2>{BODY}", "title", TITLE),
        (f"{BODY}<p>甲</p><time datetime=2024-03-01>三月</time>", "date", "2024-03-01"),
        (f"{BODY}<time datetime=2024-03-01>a</time><time datetime=2024-03-02>b</time>", "date", None),
        (f'<h1>{TITLE}</h1><span class="author">2024-03-01</span>{BODY}', "author", None),
        (f"<h1>{TITLE}</h1><div>2024-03-01 <span>来源：晨报</span></div>{BODY}", "source", "晨报"),
        (f"<h1>{TITLE}</h1><div>2024-03-01 <i>来源：</i><span>晨报</span></div>{BODY}", "source", "晨报"),
        (f'<meta name="author" content="晨报社"><h1>{TITLE}</h1>{BODY}', "author", None),
        (f'<meta name="author" content="王帆"><h1>{TITLE}</h1><p>责任编辑：王帆</p>{BODY}', "author", None),
        (f'<meta name="author" content="王帆"><h1>{TITLE}</h1><p>王帆</p>{BODY}', "author", "王帆"),
        ('<meta name="author" content="Jane Doe"><h1>News</h1><p>Some text.</p>', "author", "Jane Doe"),
    ],
)
def test_what_pages_say(html: str, field: str, value: str | None) -> None:
    found = choose(MarkupStep().revise(html, Context(CleanConfig(), today=TODAY)).findings.candidates)
    assert (found[field].value if field in found else None) == value
