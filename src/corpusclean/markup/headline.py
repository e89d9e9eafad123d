"""The headline: what ``<title>`` says without the site's name, checked against what stands on the page."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["FOREWORDS", "headline_of", "split_site", "title_pieces"]

_CUT = re.compile(r"\s*(?:[_|｜丨»«·•]|--|——|\s[-–—/:：]\s|(?<=[^\x00-\x7f])[-–—](?=[^\x00-\x7f\s])|(?<=\W)-(?=\w))\s*")
"""Where a title may end and the site's name begin: ``题_某网``, ``题 - 某网``, ``题-某网``; not ``COVID-19``."""

_SITE = re.compile(
    r"(?i)[网網站报報社台]$|论坛|博客|频道|頻道|百科|新闻|资讯|首页|平台|\.(?:com|cn|net|org)\b|blog|news|wiki"
)
"""What the name of a site or of its parts looks like: ``新华网``, ``饮食频道``."""

FOREWORDS = ("原创", "原創", "转载", "轉載", "置顶")
"""What platforms write before a headline in its own element: ``原创今天天气``."""

_FOREWORDS = re.compile(f"^(?:{'|'.join(FOREWORDS)})\\s*")  # matches ``原创今天天气``; not ``今天天气，原创``

_AFTERWORDS = re.compile(r"\s*(?:\[(?:编辑|編輯|edit)\]|播报文章.*|编辑$)$")
"""What templates write behind a headline in its own element: ``雄安新区[编辑]``."""


def split_site(title: str) -> tuple[str, str]:
    """The headline and the site's name in the text of ``<title>``.

    >>> split_site("煮一碗好吃的腊八粥，请记好这几个小窍门_39健康网_饮食")
    ('煮一碗好吃的腊八粥，请记好这几个小窍门', '39健康网')
    >>> split_site("李强在新疆调研-新华网"), split_site("The COVID-19 vaccine | BBC News")
    (('李强在新疆调研', '新华网'), ('The COVID-19 vaccine', 'BBC News'))
    >>> split_site("凉州词 - 王之涣")
    ('凉州词 - 王之涣', '')
    """
    title = " ".join(title.split())
    pieces, at = [], 0
    for cut in _CUT.finditer(title[:500]):
        pieces.append((at, cut.start()))
        at = cut.end()
    pieces.append((at, len(title)))
    texts = [title[start:end] for start, end in pieces]
    sites = [
        text
        for text in texts[1:]
        if text and len(text) <= 30 and (_SITE.search(text) or _is_short_western(text, texts[0]))
    ]
    if not sites or len(texts) < 2:
        return title, ""
    site = next((text for text in reversed(sites) if text[-1] in "网網"), sites[-1])
    head = texts[0]
    if "_" not in title and "|" not in title:  # a dash may be the headline's own: cut the site's piece only
        last = max(index for index, text in enumerate(texts) if text in sites)
        head = title[: pieces[last - 1][1]] if last else title
        first = min(index for index, text in enumerate(texts) if text in sites and index)
        head = title[: pieces[first - 1][1]]
    return (head, site) if head else (title, site)


def _is_short_western(text: str, head: str) -> bool:
    """Whether a piece is a brand behind an English headline: at most three words, and the headline has more."""
    return text.isascii() and len(text.split()) <= 3 and len(head.split()) >= 3


def _fold(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def headline_of(stated: str, seen: list[str]) -> str:
    """The wording on the page (`seen`: its heading lines, likeliest first) that a stated title begins with.

    Pages put the site's name behind the headline in ``<title>``, and play buttons behind it in ``<h1>``; what both
    begin with is the headline. ``""`` if none fits.

    >>> headline_of("题目在此处_某网", ["推荐", "题目在此处"]), headline_of("题目在此处", ["题目在此处播报文章"])
    ('题目在此处', '题目在此处')
    >>> headline_of("股市预测--全球经济增长率降至新低", ["股市", "原创全球经济增长率降至新低"])
    '全球经济增长率降至新低'
    >>> headline_of("某某常务委员会关于批准发行特别国债的决议_公报_某网", ["某某常务委员会", "关于批准发行特别国债的"])
    '某某常务委员会关于批准发行特别国债的决议'
    """
    whole = _fold(stated)
    head, _ = split_site(stated)
    for line in seen:
        line = _AFTERWORDS.sub("", line)
        folded = _fold(line)
        if len(folded) >= 2 and whole.startswith(folded) and (len(folded) >= 6 or _is_cut(whole[len(folded) :])):
            return head if _goes_on(head, line, seen) else line
    folded = _fold(head)
    if len(folded) >= 6 and any(_fold(line).startswith(folded) for line in seen):
        return head
    pieces = {_fold(piece): piece for piece in title_pieces(stated)}
    found = (pieces.get(_fold(_FOREWORDS.sub("", line))) for line in seen)
    return next(filter(None, found), "")


def title_pieces(stated: str) -> list[str]:
    """The parts of a stated title that are long enough to be a headline.

    >>> title_pieces("股市预测--全球经济增长率降至新低")
    ['全球经济增长率降至新低']
    """
    return [piece for piece in _CUT.split(stated[:500]) if len(piece) >= 8][:8]


def _goes_on(head: str, line: str, seen: list[str]) -> bool:
    """Whether a line is only the first of a headline that is set in several: another goes on as `head` does."""
    rest = _fold(head)[len(_fold(line)) :]
    if len(rest) < 6 or _is_cut(rest):
        return False
    return any(len(folded) >= 6 and rest.startswith(folded) for folded in map(_fold, seen))


def _is_cut(rest: str) -> bool:
    return not rest or rest[0] in "_|-–—｜丨·"
