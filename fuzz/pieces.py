"""Bytes from the fuzzer become text and markup: one byte picks one piece, so that a mutated byte is a mutated piece.

A fuzzer that draws code points at random never meets ``（shí）`` or ``</textarea>``. Here it draws from what rules,
codecs and parsers look for; the bytes behind `RAW` are a code point of its own choice, so nothing is out of reach.
"""

from __future__ import annotations

from corpusclean.testing import SENTENCES, misread, naive_traditional

__all__ = ["MARKUP", "TEXT", "codec_of", "markup_of", "text_of"]

RAW = 0xFF  # the next three bytes are a code point

_SIGNS = list("?？!！,，。、；：“”‘’《》()（）[]【】·…—-|_<>&;/#*=+.:'\"\\0123456789aZ%$")
_BLANKS = [
    "\n",
    "\n",
    "\n\n",
    " ",
    "  ",
    "\t",
    "\u3000",
    "\u3000\u3000",
    "\r\n",
    "\r",
    "\u00a0",
    "\u2028",
    "\x0b",
    "\x85",
]
_ODD = [
    *"\ufffd\ue000\ue5e5\u200b\u200d\u200c\u00ad\ufeff\u2060\x00\x1b\x07\u202e\u2066\ud800\udfff\udc80\U000f0000\U0010ffff",
    *("e\u0301", "\u0301", "⼀", "丽", "ｱ", "Ａ", "ﬁ", "㍿", "①", "👨‍👩‍👧‍👦", "👍🏽", "❤️", "Å", "𠮷", "\ufe0f"),
]
_DAMAGE = [
    *("(shí)", "(dāng)", "?shù)", "（guó）", "(lí,)", "&amp;nbsp;", "&nbsp;", "&#20013;", "&#x4e2d", "/p>", "<br>"),
    *(
        "锟斤拷",
        "烫烫烫",
        "屯屯",
        "浣犲ソ",
        "锛",
        "ÄãºÃ",
        "Ã©",
        "â€™",
        "ä½ å¥½",
        "??!",
        ",,",
        "?；赝",
        "數母?",
        "\\u4e2d",
    ),
    *("%E4%BD%A0", "=E4=BD", "\\n", "□", "█", "…………", "。。。", "，，"),
    misread("今天天气很好，我们去公园。", "utf-8", "gb18030"),
    misread("今天天气很好，我们去公园。", "gb18030", "latin-1"),
    misread("今天天气很好，我们去公园。", "utf-8", "cp1252"),
    misread("我们一起学习", "gb18030", "big5"),
    misread("歷史的長河", "big5", "gb18030"),
]
_FURNITURE = [
    *(
        "首页 > 新闻",
        "当前位置：首页",
        "来源：新华社",
        "作者：王小明",
        "2019-04-01 10:20",
        "上一篇：",
        "下一篇：没有了",
    ),
    *(
        "版权所有",
        "【打印】【关闭】",
        "扫一扫在手机打开当前页",
        "浏览量：128次",
        "责任编辑：李",
        "http://a.cn/",
        "Copyright © 2019",
    ),
]
_LETTERS = list("的了當时時里裏著着干幹后後發髮面麵國国你好一二十あカ한éяעاไ😀")
_FOREIGN = [
    "Où êtes-vous né\u00a0? «\u00a0Voilà\u00a0»",
    "Schöne Grüße aus Österreich.",
    "吾輩は猫である。名前はまだ無い。",
    "나라의 말이 중국과 달라",
    "Все счастливые семьи похожи.",
    "می‌خواهم به کتابخانه بروم",
    "Trăm năm trong cõi người ta",
]


def _table(*groups: list[str]) -> list[str]:
    pieces = [piece for group in groups for piece in group]
    assert len(pieces) <= RAW, len(pieces)
    return pieces + SENTENCES_HERE[: RAW - len(pieces)]


SENTENCES_HERE = [*SENTENCES, *map(naive_traditional, SENTENCES)]
TEXT = _table(_SIGNS, _BLANKS, _ODD, _DAMAGE, _FURNITURE, _LETTERS, _FOREIGN)

_NAMES = [
    "p",
    "div",
    "span",
    "b",
    "a",
    "ul",
    "li",
    "table",
    "tr",
    "td",
    "th",
    "tbody",
    "br",
    "hr",
    "h1",
    "h2",
    "pre",
    "code",
    "script",
    "style",
    "title",
    "head",
    "body",
    "html",
    "textarea",
    "select",
    "option",
    "template",
    "noscript",
    "iframe",
    "svg",
    "math",
    "button",
    "form",
    "input",
    "img",
    "section",
    "nav",
    "footer",
    "article",
    "article",
    "time",
    "meta",
    "link",
    "object",
    "video",
    "caption",
    "frameset",
    "plaintext",
    "xmp",
    "ruby",
    "rt",
    "rp",
    "details",
    "summary",
    "dl",
    "dd",
    "q",
]
_ATTRIBUTES = [
    *(" class=author", ' class="nav menu"', ' id="x y"', " hidden", ' style="display:none"', " href='/a'", ' title="'),
    *(
        " a=b",
        " =",
        ' content="2019-04-01"',
        ' property="og:title"',
        ' name="author"',
        " datetime=2019",
        ' charset="gbk"',
    ),
    *(' type="application/ld+json">{"@type":"NewsArticle","headline":"题"}', " a='", " /", " \n", " href", " lang=ja"),
]
MARKUP = [
    *(f"<{name}>" for name in _NAMES),
    *(f"</{name}>" for name in _NAMES),
    *(
        "<p",
        "<div",
        "<a",
        "<meta",
        "<script",
        "<time",
        "<!--",
        "-->",
        "--!>",
        "<![CDATA[",
        "]]>",
        "<!",
        "</",
        "</>",
        "<?x",
    ),
    *(
        "<",
        ">",
        "&",
        "&amp;",
        "&#x4e2d;",
        "&nbsp",
        "&lt;",
        "&#0;",
        "&#xD800;",
        "&bogus;",
        "<!doctype html>",
        "\n",
        " ",
        "\t",
    ),
    *(
        "\r\n",
        "\x00",
        "\ud800",
        '"',
        "'",
        "=",
        "甲",
        "乙。",
        "x",
        "首页",
        "正文",
        "作者：王",
        "2019-04-01",
        "{",
        "}",
        "[",
        "\\",
    ),
    *_ATTRIBUTES,
]
MARKUP = [*MARKUP, *SENTENCES_HERE[: RAW - len(MARKUP)]]
assert len(MARKUP) <= RAW, len(MARKUP)


def _spell(data: bytes, table: list[str]) -> str:
    parts: list[str] = []
    at, size = 0, len(data)
    while at < size:
        byte = data[at]
        at += 1
        if byte == RAW:
            parts.append(chr(int.from_bytes(data[at : at + 3], "big") % 0x110000))
            at += 3
        else:
            parts.append(table[byte % len(table)])
    return "".join(parts)


def text_of(data: bytes) -> str:
    """Plain text spelled by `data`."""
    return _spell(data, TEXT)


def markup_of(data: bytes, table: list[str] = MARKUP) -> str:
    """Markup spelled by `data`, one piece of `table` for each byte."""
    return _spell(data, table)


_CODECS = (
    "utf-8",
    "gb18030",
    "big5hkscs",
    "utf-16-le",
    "utf-16-be",
    "utf-8-sig",
    "hz",
    "iso2022_jp",
    "shift_jis",
    "euc_kr",
)


def codec_of(byte: int) -> str:
    """A codec to write text in."""
    return _CODECS[byte % len(_CODECS)]
