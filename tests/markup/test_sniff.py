"""What is taken for HTML, and above all what is not."""

from __future__ import annotations

import time

import pytest

from corpusclean.markup import looks_like_html

HTML = {
    "page": "<!DOCTYPE html>\n<html lang='zh'><head><title>题</title></head><body><p>好</p></body></html>",
    "page without doctype": "<HTML><BODY>好<P>",
    "byte-order mark and space": "\ufeff \n<!doctype html><html><body>好",
    "XHTML": '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html PUBLIC "x"><html><head></head></html>',
    "comment first": "<!-- saved from url -->\n<html><head><meta charset=gbk></head>",
    "head alone": "<head><title>题</title></head><body>好",
    "body alone": "<body class=x><p>好</p>",
    "truncated": "<!DOCTYPE html><html><head><meta charset=utf-8><title>题",
    "paragraphs": "<p>你好，世界。今天天气很好，我们去公园。</p>",
    "several": "<div class='a'><h1>题</h1>\n<p>好</p>\n</div>\n",
    "fragment with a script": "<div><script>if (a) { b(); }</script><p>好</p></div>",
    "fragment that ends in a comment": "<table><tr><td>好</td></tr></table><!-- end -->",
}

NOT_HTML = {
    "empty": "",
    "plain": "今天天气很好。",
    "a tag in the middle": "用 <p> 标签写段落，</p> 结束。",
    "begins with a tag": "<p> 标签是段落，</p> 是结束",
    "begins with html": "<html> is the root element of a page.",
    "angle quotes": "<红楼梦>是一部小说。",
    "less-than": "< 5",
    "remnant": "/p>接着",
    "Markdown": "# 标题\n\n<div align=center>图</div>\n\n正文",
    "Markdown after a tag": "<p align=center><img src=x></p>\n\n# 标题\n\n正文\n\n</p>",
    "Markdown list": "<p>a</p>\n\n- [目录](#a)\n- [二](#b)\n<br>",
    "fenced code": "```html\n<!DOCTYPE html><html><body></body></html>\n```",
    "code after a tag": "<div>\n```\nx\n```\n</div>",
    "JSX": '<div className="a"><p>{x}</p></div>',
    "template": "<ul>{% for x in y %}<li>{{ x }}</li>{% endfor %}</ul>",
    "PHP": "<?php echo '<p>好</p>'; ?>",
    "XML": '<?xml version="1.0"?><rss><channel><title>题</title></channel></rss>',
    "other XML": "<note><to>x</to></note>",
    "generic": "<T extends Foo> void bar(List<T> x) {}",
    "mail": "<a@b.com> schrieb: hallo",
    "irc": "<user> hello everybody",
    "stage direction": "<i>sighs</i> and goes on to speak for a while.",
    "quote": "<<他说>>",
}


@pytest.mark.parametrize("text", HTML.values(), ids=HTML.keys())
def test_html(text: str) -> None:
    assert looks_like_html(text)


@pytest.mark.parametrize("text", NOT_HTML.values(), ids=NOT_HTML.keys())
def test_not_html(text: str) -> None:
    assert not looks_like_html(text)


@pytest.mark.parametrize("unit", ["<", "<!--", "<html", "<p ", " ", "<script>", "<?xml ", "<div>|", "<p>;", "-->"])
def test_sniffing_is_cheap(unit: str) -> None:
    started = time.process_time()
    looks_like_html(unit * 1_000_000)
    looks_like_html("<div>" + unit * 1_000_000 + "</div>")
    assert time.process_time() - started < 1.0
