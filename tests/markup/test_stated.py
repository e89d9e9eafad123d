"""Metadata that markup states: one small page for each way of saying it."""

from __future__ import annotations

import datetime

import pytest

from corpusclean.candidates import choose
from corpusclean.config import CleanConfig
from corpusclean.markup import MarkupStep, naming
from corpusclean.steps import Candidate, Context

CONTEXT = Context(CleanConfig(), today=datetime.date(2024, 6, 1))
BODY = "<p>" + "这是一段正文，写的是今天发生的事情。" * 5 + "</p>"
TITLE = "城市公园春季开放安排公布"


def said(html: str) -> dict[str, object]:
    found = MarkupStep().revise(html, CONTEXT).findings.candidates
    return {field: item.value for field, item in choose(found).items()}


def page(head: str = "", top: str = "", body: str = BODY, end: str = "") -> str:
    return f"<html><head><title>{TITLE}_晨报网</title>{head}</head><body><h1>{TITLE}</h1>{top}{body}{end}</body></html>"


CASES = {
    "title without the site": (page(), {"title": TITLE, "site": "晨报网"}),
    "title where h1 has a button": (
        f"<title>{TITLE} - 晨报网</title><h1>{TITLE}播报文章</h1>{BODY}",
        {"title": TITLE},
    ),
    "title only in a paragraph": (
        f"<title>{TITLE}-新闻频道-晨报网</title><p class=x>{TITLE}</p>{BODY}",
        {"title": TITLE},
    ),
    "site's name as h1": (f"<title>{TITLE}_晨报网</title><h1>晨报网</h1><h2>{TITLE}</h2>{BODY}", {"title": TITLE}),
    "og": (
        f'<meta property="og:title" content="{TITLE}"><meta property="og:site_name" content="晨报">{BODY}',
        {"title": TITLE, "site": "晨报"},
    ),
    "content system": (
        page('<meta name="ContentSource" content="市政府办"><meta name="PubDate" content="2024-03-01 10:20">'),
        {"source": "市政府办", "date": "2024-03-01T10:20"},
    ),
    "json-ld": (
        page(
            '<script type="application/ld+json">{"@type":"NewsArticle","headline":"' + TITLE + '","datePublished":'
            '"2024-03-01T08:00:00+08:00","author":{"@type":"Person","name":"周亮"}}</script>',
            "<div>作者：周亮</div>",
        ),
        {"date": "2024-03-01T08:00", "author": "周亮"},
    ),
    "WeChat's script, seconds": (
        page(end='<script>var biz = ""; var ct = "1714530300"; var act = "1600000000";</script>'),
        {"date": "2024-05-01T10:25"},
    ),
    "WeChat's script, day": (
        page(end='<script>var publish_time = "2024-05-01" || "";</script>'),
        {"date": "2024-05-01"},
    ),
    "WeChat's script, both": (
        page(end="<script>var ct = '1714530300'; var publish_time = '2024-05-01';</script>"),
        {"date": "2024-05-01T10:25"},
    ),
    "a script's day after today": (page(end='<script>var ct = "1893456000";</script>'), {"date": None}),
    "a script's other numbers": (page(end='<script>var ct = "17", fct = "1714530300";</script>'), {"date": None}),
    "a comment is no script": (page(end='<!-- var publish_time = "2024-05-01" -->'), {"date": None}),
    "broken json-ld": (page('<script type="application/ld+json">{"@type":"NewsArticle",</script>'), {"date": None}),
    "microdata": (page(top='<span itemprop="datePublished" content="2024-03-01">三月</span>'), {"date": "2024-03-01"}),
    "time": (page(top='<time datetime="2024-03-01T09:00">昨天</time>'), {"date": "2024-03-01T09:00"}),
    "beside the date": (
        page(top="<div><span>2024-03-01 10:20</span><a>晨报网络版</a></div>"),
        {"source": "晨报网络版"},
    ),
    "labels without colons": (
        page(top="<div>发表于2024-03-01 10:20| 1164次阅读| 来源<a>晨星网</a>| 0 条评论| 作者<a>周亮</a></div>"),
        {"source": "晨星网", "author": "周亮", "date": "2024-03-01T10:20"},
    ),
    "a label right behind a value": (
        page(top="<div>2024-03-01 12:11<span>来源：证券晨报作者：周亮</span></div>"),
        {"source": "证券晨报"},
    ),
    "an editor's name in a run of its own": (
        page(top="<div>发布日期：<!-- -->2024-03-01<!-- -->责任编辑：<!-- --><b>龙慧</b></div>"),
        {"source": None, "author": None},
    ),
    "a medium behind the date": (
        page(top="<div><span>2024-03-01 11:10 晨报网[整理]</span></div>"),
        {"source": "晨报网"},
    ),
    "author and medium above the date": (
        page(top="<p>石佳/中国青年报</p><p>2024-03-01 09:10</p>"),
        {"source": "中国青年报", "author": "石佳"},
    ),
    "a medium above the date": (page(top="<p>新华社</p><p>2024-03-01 09:10</p>"), {"source": "新华社"}),
    "a subtitle above the date": (page(top="<p>今年比去年早两周</p><p>2024-03-01 09:10</p>"), {"source": None}),
    "an author with a task": (
        page(body="<p>晨报3月1日讯（记者周亮 整合）" + "今天公园开放，游人很多，" * 5 + "</p>"),
        {"author": "周亮"},
    ),
    "authors below the text": (page(end="<p>采写：晨报见习记者 周亮 王小明</p>"), {"author": "周亮 王小明"}),
    "pen names": (page(top="<p>执笔/叨叨姐、胡一刀&amp;李小飞刀</p>"), {"author": "叨叨姐 胡一刀 李小飞刀"}),
    "a columnist": (page(top="<p>【文/晨报专栏作者 王文】</p>"), {"author": "王文"}),
    "Tencent's script": (
        page(end='<script>window.DATA = {"pubtime": "2024-03-01 19:02:26"}</script>'),
        {"date": "2024-03-01T19:02"},
    ),
    "a headline behind a section": (
        f"<title>今日行情--{TITLE}</title><h1>今日_行情_大盘 - 晨报网</h1><p>{TITLE}</p>{BODY}",
        {"title": TITLE},
    ),
    "a headline behind a flag": (
        f"<title>{TITLE}</title><p>原创{TITLE}</p><h3>别的文章也很好看</h3>{BODY}",
        {"title": TITLE},
    ),
    "a headline in two lines": (
        "<title>某某常务委员会关于公园春季开放的决定_公报_晨报网</title><p>某某常务委员会</p><p>关于公园春季开放的决定</p>"
        + BODY,
        {"title": "某某常务委员会关于公园春季开放的决定"},
    ),
    "labelled beside the date": (
        page(top="<div>2024-03-01 来源：<a>晚报</a></div>"),
        {"source": "晚报", "date": "2024-03-01"},
    ),
    "class": (page(top='<span class="author-name">管不饿</span>'), {"author": "管不饿", "source": None}),
    "organisation's account": (
        page(top='<span class="author">中国新闻网</span>'),
        {"author": None, "source": "中国新闻网"},
    ),
    "dateline": (
        page(body="<p>新华社北京3月1日电（记者王帆、李红）" + "这是一段正文，写的是今天发生的事情。" * 5 + "</p>"),
        {"author": "王帆 李红"},
    ),
    "line of its own": (page(end="<p>文/栗思</p>"), {"author": "栗思"}),
    "an editor is no author": (
        page('<meta name="author" content="倪某某">', end="<p>责任编辑：倪某某</p>"),
        {"author": None},
    ),
    "an editor with his desk": (
        page('<meta name="author" content="晨报张毅">', end="<p>责编：张毅</p>"),
        {"author": None},
    ),
    "the site is no author": (
        page('<meta name="author" content="晨报网"><meta property="og:site_name" content="晨报网">'),
        {"author": None},
    ),
    "no future date": (page('<meta name="PubDate" content="2031-03-01">'), {"date": None}),
    "no impossible date": (page('<meta name="PubDate" content="2024-02-31">'), {"date": None}),
    "no date of the body": (
        page(body="<p>2024年3月1日，" + "这是一段正文，写的是今天发生的事情。" * 12 + "</p>"),
        {"date": None},
    ),
    "no date of a comment": (
        page(end="<ul>" + "<li>甲乙丙丁 你好</li>" * 15 + "<li>2024-03-01 回复</li></ul>"),
        {"date": None},
    ),
    "canonical": (page('<link rel="canonical" href="https://a.cn/1.html">'), {"url": "https://a.cn/1.html"}),
    "relative canonical": (page('<link rel="canonical" href="/1.html">'), {"url": None}),
    "language": ("<html lang='zh-CN'>" + BODY, {"language": "zh-CN"}),
    "English": (
        "<title>How to Grow Tomatoes at Home | Garden Daily</title><h1>How to Grow Tomatoes at Home</h1>"
        "<div class=byline>By Jane Miller</div><div>March 1, 2024</div><p>" + "It is easy to grow them. " * 10 + "</p>",
        {"title": "How to Grow Tomatoes at Home", "author": "Jane Miller", "date": "2024-03-01"},
    ),
    "nothing": ("<p>甲</p>", {"title": None, "date": None, "author": None, "source": None}),
}


@pytest.mark.parametrize(("html", "wanted"), CASES.values(), ids=CASES.keys())
def test_stated(html: str, wanted: dict[str, object]) -> None:
    found = said(html)
    assert {field: found.get(field) for field in wanted} == wanted


def test_values_can_be_written() -> None:
    html = '<title>甲\ud800\x00 乙\n丙</title><meta property="og:title" content="&#xd800;x">' + BODY
    for item in MarkupStep().revise(html, CONTEXT).findings.candidates:
        str(item.value).encode("utf-8")
        assert "\n" not in str(item.value)


def test_independent_witnesses_add_up() -> None:
    alone = Candidate("source", "甲报", 0.7, "meta")
    together = [Candidate("source", "乙报", 0.5, "class"), Candidate("source", "乙 报", 0.5, "near title")]
    assert choose([alone, *together])["source"].value == "乙报"
    assert choose([alone, together[0], together[0]])["source"].value == "甲报"


def test_doubtful_values_are_not_told() -> None:
    assert choose([Candidate("source", "甲报", 0.2, "meta")]) == {}
    assert choose([Candidate("author", "佚名", 0.9, "byline")]) == {}


def test_a_month_bears_witness_for_a_day() -> None:
    said = [
        Candidate("date", "2024-03", 0.6, "byline"),
        Candidate("date", "2024-03-01", 0.5, "meta"),
        Candidate("date", "2024-04-02", 0.7, "time"),
    ]
    assert choose(said)["date"].value == "2024-03-01"


def test_a_date_behind_an_author_is_no_part_of_the_name() -> None:
    said = [
        Candidate("author", "涅阳城 2020年01月12日18:32", 0.86, "byline"),
        Candidate("author", "路人2020", 0.5, "class"),
    ]
    assert choose(said)["author"].value == "涅阳城"


def test_what_class_words_promise_shows_in_their_letters() -> None:
    for field, enough, together in naming._WORDS:
        for words in [{word} for word in enough] + list(together):
            promised, _ = naming.named_field("p", frozenset(words), None, None)
            assert promised == field
            assert not field or naming.may_promise("-".join(sorted(words)))
    assert naming.may_promise("published")  # of which named_field asks an <abbr>
