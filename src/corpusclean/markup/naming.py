"""Which elements promise metadata by their attributes, and what their text must look like to be believed."""

from __future__ import annotations

import re

__all__ = ["is_organisation", "may_promise", "named_field", "presentable_name"]

_PROPERTIES = {
    "headline": "title",
    "author": "author",
    "creator": "author",
    "datepublished": "date",
    "datecreated": "date",
    "sourceorganization": "source",
    "isbasedon": "source",
}
"""Properties of schema.org that a page may mark up its text with (microdata)."""

_WORDS = (
    # field, words that are enough, sets of words that are enough together
    ("", {"editor", "edit", "bianji", "comment", "comments", "related", "recommend", "copyright", "hot", "rank"}, ()),
    ("date", {"time", "date", "pubtime", "pubdate", "publishtime", "datetime", "timestamp", "shijian", "riqi"}, ()),
    (
        "source",
        {"source", "laiyuan", "origin", "ly"},
        ({"media", "name"}, {"wemedia", "name"}, {"account", "name"}, {"js", "name"}),
    ),
    ("author", {"author", "authors", "writer", "byline", "zuozhe", "nickname"}, ({"nick", "name"}, {"user", "name"})),
    ("title", {"title", "headline", "biaoti", "tit", "titulo"}, ()),
)
"""Words of class and id that pages in Chinese and English give the parts of a headline block; the first row denies."""

_TELLING = frozenset().union(*(enough for _, enough, _ in _WORDS), *(some for _, _, sets in _WORDS for some in sets))
"""Every word of the table, to pass over most tags at once."""

_SIGNS = frozenset(
    word.encode()
    for field, enough, together in _WORDS
    if field
    for word in (*enough, *["name"][: len(together)], "published")
)
"""Of these words a tag has one if its words make :func:`named_field` promise something."""

_LETTERS = bytes(i if 97 <= i <= 122 else 32 for i in range(256))
"""Of bytes: small letters as they are, all else as blanks."""

_LABEL = re.compile(
    r"(?i)^\s*(?:(?:本文)?(?:来源|來源|稿源|出处|出處|作者|原创|原創|撰文|文|记者|記者|by|author|source)\s*[:：|丨/]\s*"
    r"|(?:(?:written|posted|published|recipe|words|text|story) )?by\s+)"
)
"""A label before a name: ``来源：``, ``By ``; ``文化`` is none."""

_JUNK = re.compile(
    r"编辑|編輯|责编|責編|校对|审核|评论|評論|关注|關注|登录|登錄|注册|分享|收藏|订阅|更多|阅读|浏览|点击|回复|举报"
    r"|首页|搜索|推荐|下载|字号|打印|版权|赞赏|收听|朗读|播报|放大|缩小|默认|繁体|简体|参与|点赞|纠错|手机|扫一扫|微信|微博|返回|专题|栏目|正文|转发|客服"
    r"|[：:<>|{}=\n\t，。！？]|https?|www\.|\d{4}|@",
    re.IGNORECASE,
)
"""Signs that a text is no name: ``责编 王``, ``关注``, ``2024``; ``管不饿`` shows none."""

_ORGANISATION = re.compile(
    r"(?:[网網报報社台刊]|新闻|新聞|财经|財經|频道|頻道|客户端|传媒|傳媒|媒体|电视|電視|在线|編輯部|编辑部|日报|杂志|公司|集团|中心"
    r"|委员会|协会|研究院|政府|出版社|发布|官方账号|网络版|电子版|News|Times|Daily|Press|Media|Magazine|Journal)(?:$|[-·\s（(])"
    r"|电台|電台|电视台|日报社|通讯社|人民政府",
)
"""A name of a publisher, not of a person: ``39健康网``, ``香港電台-財經``; ``王帆`` and ``管不饿`` are none."""

_MAX_NAME = 40


def named_field(name: str, words: frozenset[str], prop: str | None, rel: str | None) -> tuple[str, str]:
    """Field and evidence that a start tag promises by its name, class words, ``itemprop`` and ``rel``.

    >>> named_field("span", frozenset({"article", "source"}), None, None)
    ('source', 'class')
    >>> named_field("time", frozenset(), None, None), named_field("p", frozenset({"editor"}), None, None)
    (('date', 'time'), ('', ''))
    """
    if prop is not None:
        for word in prop.lower().split()[:4]:
            if word in _PROPERTIES:
                return _PROPERTIES[word], "microdata"
    if name == "time" or (name == "abbr" and "published" in words):
        return "date", "time"
    if name in ("h1", "h2", "h3"):
        return "title", name
    if rel is not None and "author" in rel.lower().split():
        return "author", "rel"
    if not words.isdisjoint(_TELLING):
        for field, enough, together in _WORDS:
            if not words.isdisjoint(enough) or any(some <= words for some in together):
                return (field, "class") if field else ("", "")
    return "", ""


def may_promise(attributes: str) -> bool:
    """Whether class and id words may promise metadata: :func:`named_field` need not be told of them if not.

    Words of mixed case always may.

    >>> may_promise("article-source2"), may_promise("row col-md-6"), may_promise("Row")
    (True, False, True)
    """
    if not attributes.islower():
        return True
    return not _SIGNS.isdisjoint(attributes.encode("ascii", "replace").translate(_LETTERS).split())


def presentable_name(text: str) -> str:
    """A name without its label, or ``""`` if it does not look like one.

    >>> presentable_name("来源：新华网 "), presentable_name("责编：王某"), presentable_name("作者：周亮")
    ('新华网', '', '周亮')
    """
    name = " ".join(_LABEL.sub("", text[:200]).split())
    if not 2 <= len(name) <= _MAX_NAME or _JUNK.search(name) or not any(char.isalpha() for char in name):
        return ""
    return name


def is_organisation(name: str) -> bool:
    """Whether a name is a publisher's rather than a person's.

    >>> is_organisation("中国青年报"), is_organisation("魏其濛")
    (True, False)
    """
    return _ORGANISATION.search(name) is not None
