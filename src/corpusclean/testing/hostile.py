"""Hostile documents of any size: what the web sends to those who read all of it.

Each generator takes a size in bytes or code points and gives a document of about that size, made to cost a careless
reader more than its share: deep nesting, floods of one sign, damage everywhere, payloads against detectors. For
tests of linear cost, for soaks, and for your own pipeline.

>>> make = HOSTILE["nested divs"]
>>> len(make(1000)) > 900
True
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from .sentences import SENTENCES
from .simulate import inject_readings, misfire_commas, misfire_readings, misread, naive_traditional, space_out

__all__ = ["HOSTILE", "Generator"]

Generator = Callable[[int], "str | bytes"]

_PROSE = "".join(SENTENCES)
_HANT = naive_traditional(_PROSE)
_HTML = "<!DOCTYPE html><html><body>"


def _fill(piece: str, size: int) -> str:
    """`piece` again and again, `size` code points in all."""
    return (piece * (size // len(piece) + 1))[:size]


def _rounds(size: int) -> str:
    """Text misread three times over, each round of which hides the next."""
    text = _PROSE[:400]
    for _ in range(3):
        text = text.encode("utf-8").decode("latin-1")
    return _fill(text, size)


def _noise(size: int, low: int, high: int) -> bytes:
    """Bytes drawn from one range, the same each time."""
    rng = random.Random(size)
    return bytes(rng.choices(range(low, high), k=size))


def _torn(size: int) -> bytes:
    """GB18030 text with one byte in seven gone, so that every lead byte stands beside a wrong trail."""
    data = _fill(_PROSE, size).encode("gb18030")
    return bytes(byte for at, byte in enumerate(data) if at % 7)[:size]


def _tails(size: int) -> bytes:
    """Lines that each end in the middle of a character, as chunks cut by length do."""
    rows = [_PROSE[at : at + 20].encode("utf-8")[:-1] for at in range(0, 400, 20)]
    data = b"\n".join(rows) + b"\n"
    return (data * (size // len(data) + 1))[:size]


def _patchwork(size: int) -> bytes:
    """Every line in another encoding than the line before it."""
    codecs = ("utf-8", "gb18030", "big5", "shift_jis", "euc_kr")
    rows = [sentence.encode(codecs[at % 5], "ignore") for at, sentence in enumerate(SENTENCES)]
    data = b"\n".join(rows) + b"\n"
    return (data * (size // len(data) + 1))[:size]


def _json(size: int) -> str:
    """Structured data nested deeper than any stack."""
    deep = size // 2
    return f'{_HTML}<script type="application/ld+json">{"[" * deep}{"]" * deep}</script><p>正文在这里。</p>'


def _many_json(size: int) -> str:
    """Structured data in a flood of small blocks."""
    return _HTML + _fill('<script type="application/ld+json">{"@type":"NewsArticle","headline":"题"}</script>', size)


HOSTILE: Mapping[str, Generator] = {
    # plain text
    "one long line": lambda n: _fill(_PROSE, n),
    "one long line without marks": lambda n: _fill("汉字文章", n),
    "question marks": lambda n: "?" * n,
    "wide question marks": lambda n: _fill("？?", n),
    "open parentheses": lambda n: "(" * n,
    "wide open parentheses": lambda n: "（" * n,
    "nested parentheses": lambda n: "(" * (n // 2) + ")" * (n // 2),
    "Han and open parentheses": lambda n: _fill("時(", n),
    "unclosed readings": lambda n: _fill("時(shí", n),
    "commas": lambda n: "," * n,
    "dots": lambda n: _fill("。.", n),
    "quotation marks": lambda n: _fill("“\"'‘", n),
    "empty lines": lambda n: "\n" * n,
    "spaces": lambda n: " " * n + "x",
    "ideographic spaces": lambda n: "\u3000" * n + "x",
    "spaces and newlines": lambda n: _fill(" \n", n) + "x",
    "carriage returns": lambda n: "\r" * n,
    "spaces between Han": lambda n: space_out("字" * (n // 2)),
    "digits": lambda n: _fill("2019-", n),
    "dates": lambda n: _fill("2019-04-01 10:20 ", n),
    "addresses": lambda n: _fill("http://a.cn/", n),
    "backslashes": lambda n: _fill("\\u4e2", n),
    "percents": lambda n: _fill("%E4%BD", n),
    "readings": lambda n: _fill("時(shí)", n),
    "readings on a page": lambda n: _fill(inject_readings(_HANT, "時國個會來們對發"), n),
    "readings between bytes": lambda n: _fill(misfire_readings(_HANT, "時國個會來們對發數"), n),
    "misfires": lambda n: _fill(misfire_commas(_HANT), n),
    "misfires and short lines": lambda n: _fill("?；赝?\n", n),
    "user-defined": lambda n: "\ue000" * n,
    "surrogates": lambda n: "\ud800" * n,
    "combining marks": lambda n: "e" + "\u0301" * n,
    "unsorted combining marks": lambda n: "e" + _fill("\u0301\u0323", n),
    "bidirectional controls": lambda n: _fill("\u202e\u2066a\u2069", n),
    "joiners": lambda n: _fill("👨\u200d", n),
    "variation selectors": lambda n: _fill("葛\U000e0100", n),
    "invisible": lambda n: _fill("字\u200b\ufeff", n),
    "controls": lambda n: _fill("字\x1b[2J\x07", n),
    "compatibility forms": lambda n: _fill("㍿⼀ﬁ", n),
    "one ligature of eighteen letters": lambda n: "\ufdfa" * n,
    "mojibake": lambda n: _fill(misread(_PROSE, "utf-8", "gb18030"), n),
    "mojibake of Latin": lambda n: _fill(misread(_PROSE, "gb18030", "latin-1"), n),
    "mojibake of Big5": lambda n: _fill(misread(_HANT, "big5", "gb18030"), n),
    "mojibake and prose by turns": lambda n: _fill(misread(_PROSE[:40], "utf-8", "gb18030") + _PROSE[40:60], n),
    "rounds of mojibake": _rounds,
    "lost characters": lambda n: _fill("锟斤拷烫\ufffd", n),
    "scripts by turns": lambda n: _fill("國国あ한a", n),
    "scripts by lines": lambda n: _fill("國家圖書館\n国家图书馆\nとしょかん\n도서관\n", n),
    "phrases that overlap": lambda n: _fill("皇后后面面条条干干后", n),
    "short lines": lambda n: _fill("首页\n", n),
    "breadcrumb": lambda n: _fill("首页 > ", n),
    "furniture": lambda n: _fill("上一篇：没有了\n来源：本站 作者：王\n【打印】【关闭】\n", n),
    "bylines in one line": lambda n: _fill("来源：作者：时间：2019-04-01 浏览：", n),
    "references": lambda n: _fill("&amp;", n),
    "references in references": lambda n: _fill("&amp;amp;nbsp;#", n),
    "signs of noise": lambda n: _fill("\u0080\u0081é", n),
    # markup
    "nested divs": lambda n: _HTML + "<div>" * (n // 5),
    "nested and closed divs": lambda n: _HTML + "<div>" * (n // 11) + "</div>" * (n // 11),
    "nested tables": lambda n: _HTML + "<table><tr><td>" * (n // 15),
    "nested formatting": lambda n: _HTML + "<b><i><u><a>" * (n // 12) + "<p>" * 20,
    "misnested formatting": lambda n: _HTML + _fill("<b><p></b></p><i>", n),
    "closing tags": lambda n: _HTML + "</div>" * (n // 6),
    "lone <": lambda n: _HTML + "<" * n,
    "lone </": lambda n: _HTML + _fill("</ ", n),
    "broken tags": lambda n: _HTML + _fill("<a <p ", n),
    "empty end tags": lambda n: _HTML + _fill("</>", n),
    "attributes": lambda n: _HTML + "<p " + "a=b " * (n // 4) + ">",
    "different attributes": lambda n: _HTML + "<p " + " ".join(f"a{i}=b" for i in range(n // 8)) + ">",
    "classes": lambda n: _HTML + '<p class="' + " ".join(f"c{i}" for i in range(n // 7)) + '">x',
    "classes on every level": lambda n: _HTML + "".join(f"<div class=c{i}>" for i in range(n // 17)),
    "one open quote": lambda n: _HTML + '<p title="' + "a" * n,
    "open quotes": lambda n: _HTML + _fill('<p title="a>', n),
    "comments": lambda n: _HTML + "<!--" * (n // 4),
    "dashes in a comment": lambda n: _HTML + "<!--" + "-" * n,
    "character data": lambda n: _HTML + _fill("<![CDATA[", n),
    "open scripts": lambda n: _HTML + _fill("<script><!--<script>", n),
    "text areas": lambda n: _HTML + _fill("<textarea></text", n),
    "entities": lambda n: _HTML + _fill("&#x4e2d;&nbsp", n),
    "long entity": lambda n: _HTML + "&" + "a" * n,
    "long number": lambda n: _HTML + "&#" + "9" * n + ";",
    "links": lambda n: _HTML + _fill("<a href=x>甲</a>", n),
    "list items": lambda n: _HTML + "<ul>" + _fill("<li>甲", n),
    "titles": lambda n: _HTML + _fill("<title>甲_乙</title>", n),
    "long title": lambda n: "<html><title>" + _fill("甲_-|", n) + "</title>",
    "meta": lambda n: _HTML + _fill('<meta name="author" content="王">', n),
    "times": lambda n: _HTML + _fill("<time datetime=2019-04-01>", n),
    "nested JSON": _json,
    "many JSON": _many_json,
    # bytes
    "torn GB18030": _torn,
    "torn characters": _tails,
    "patchwork": _patchwork,
    "one long word in Latin-1": lambda n: b"a" * n + b" caf\xe9 caf\xe9",
    "high bytes": lambda n: _noise(n, 0x80, 0x100),
    "trail bytes": lambda n: b"\x80" * n,
    "lead bytes": lambda n: b"\xe4" * n,
    "0xFF": lambda n: b"\xff" * n,
    "letters of every page": lambda n: _noise(n, 0xA0, 0x100).replace(b"\xff", b"\n"),
    "one high byte in ASCII": lambda n: b"a" * (n // 2) + b"\xe9" + b"b" * (n // 2),
    "escapes of ISO-2022-JP": lambda n: b"\x1b$B$\x1b(B" * (n // 8),
    "escapes of HZ": lambda n: b"~{VP~}" * (n // 6),
    "open HZ": lambda n: b"~{" + b"VP" * (n // 2),
    "UTF-16 with lone halves": lambda n: b"\xff\xfe" + b"\x00\xd8\x2d\x4e" * (n // 4),
    "four-byte GB18030": lambda n: b"\x81\x30\x81\x30\x90\x30" * (n // 6),
    "declarations": lambda n: b"<meta charset=" * (n // 14) + b"\xe9",
    "open comment before a declaration": lambda n: b"<!--" * (n // 4) + b"<meta charset=gbk>\xd6\xd0",
}
"""Name of each hostile kind, and what makes a document of that kind and of about that size."""
