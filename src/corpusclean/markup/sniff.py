"""Whether a text is HTML: asked before anything else, and asked strictly."""

from __future__ import annotations

import re

__all__ = ["looks_like_html"]

_START = re.compile(r"[\s\ufeff]*<")
"""Gate: the first visible character opens a tag. ``\\n<p>`` does, ``a <p>`` does not."""

_PROLOGUE = re.compile(r"(?is)[\s\ufeff]*(?:<\?xml[^<>]{0,200}>\s*|<!--(?:(?!-->).){0,5000}-->\s*){0,8}")
"""What may stand before the document type: an XML declaration, comments."""

_DOCUMENT = re.compile(r"(?i)<(?:!doctype\s+html|html|head|body)\b[^<>]{0,2000}>")
"""The start of a whole page: ``<html lang="zh">`` is one, ``<htmlx>`` is not."""

_FRAGMENT = re.compile(
    r"(?i)<(?:article|blockquote|center|div|dl|font|form|h[1-6]|li|link|main|meta|ol|p|section|script|span|style|table|td|"
    r"title|tr|ul)\b[^<>]{0,2000}>"
)
"""The start of a piece of a page: ``<div class="x">`` is one, ``<T>`` and ``<name>`` are not."""

_INSIDE = re.compile(r"(?i)<(?:head|body|meta|title|link|script|div|p|table|h[1-6]|span|ul|br|frameset)[\s/>]")
"""A second piece of evidence that a page really follows its start."""

_END = re.compile(r"(?i)(?:</[a-z][a-z0-9]{0,12}\s*>|-->|<(?:br|hr)\b[^<>]{0,80}>)[\s\x00]*\Z")
"""A fragment ends in a tag as well: ``…</div>``, not ``…</div> and so on``."""

_FOREIGN = re.compile(
    r"(?m)^(?:#{1,6} \S|```|~~~|[-*+] \[|\|.*\|[ \t]*$|\[!\[|.*\]\(https?:)|\bclassName=|=\{|\{\{|\{%|<%|<\?php|=>"
    r"|[)}\]'\"];[ \t]*$|@click|v-(?:if|for|bind)|\*ng"
)
"""Markdown, or source code that makes HTML: ``# Title``, ``className=``, ``{{ name }}``; a page's ``C#`` is neither."""

_TAIL = 400
_HEAD = 20_000


def looks_like_html(text: str) -> bool:
    r"""Whether `text` as a whole is an HTML page or a piece of one.

    Plain text may speak *about* tags, Markdown may hold some, and crawled text carries remnants such as ``/p>``;
    none of these may lose a character to the markup step. So the text has to begin with a tag, and then either
    with a document's first tags, or it begins and ends with tags of blocks and shows no sign of Markdown or of
    source code. Cost: a look at the first characters; for text that begins with ``<``, at most 20,000 code
    points more.

    >>> looks_like_html("<!DOCTYPE html><html><body><p>好</p></body></html>")
    True
    >>> looks_like_html("<p>你好</p>\n<p>再见</p>"), looks_like_html("<p> is a tag, and </p> closes it")
    (True, False)
    >>> looks_like_html("# 标题\n\n<div align=center>图</div>\n")
    False
    """
    if _START.match(text) is None:
        return False
    head = text[:_HEAD]
    prologue = _PROLOGUE.match(head)
    at = prologue.end() if prologue else 0
    if (start := _DOCUMENT.match(head, at)) is not None:
        return _INSIDE.search(head, start.end()) is not None or _DOCUMENT.search(head, start.end()) is not None
    if _FRAGMENT.match(head, at) is None or _END.search(text, max(0, len(text) - _TAIL)) is None:
        return False
    return _FOREIGN.search(_without_scripts(head)) is None


_SCRIPT = re.compile(r"(?is)<(script|style)\b(?:(?!</\1).){0,20000}(?:</\1\s*>|\Z)")
"""A script or style element with its text, whose braces and semicolons say nothing about the page."""


def _without_scripts(head: str) -> str:
    return _SCRIPT.sub("", head) if "<" in head else head
