"""Metadata that the markup states: head, structured data, and the elements around the headline."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..steps import Candidate, Context
from .dates import behind_date, has_date, stated_date
from .flatten import Flat
from .headline import FOREWORDS, headline_of, split_site, title_pieces
from .naming import is_organisation, presentable_name
from .reporters import named_reporters
from .structured import read_json_ld

__all__ = ["stated"]

_METAS: dict[str, tuple[str, float]] = {
    # field and confidence by name; Chinese content systems (拓尔思 TRS, 新华 and government portals) have their own
    "articletitle": ("title", 0.9), "og:title": ("title", 0.8), "twitter:title": ("title", 0.7),
    "dc.title": ("title", 0.7), "citation_title": ("title", 0.9), "headline": ("title", 0.8),
    "article:published_time": ("date", 0.8), "publishdate": ("date", 0.8), "pubdate": ("date", 0.8),
    "og:release_date": ("date", 0.8), "og:published_time": ("date", 0.8), "og:time": ("date", 0.8),
    "datepublished": ("date", 0.8), "news:published_time": ("date", 0.8), "weibo:article:create_at": ("date", 0.8),
    "publication_date": ("date", 0.8), "citation_publication_date": ("date", 0.8), "dc.date": ("date", 0.6),
    "dc.date.issued": ("date", 0.8), "dcterms.created": ("date", 0.7), "parsely-pub-date": ("date", 0.8),
    "sailthru.date": ("date", 0.7), "firstpublished": ("date", 0.8), "createdate": ("date", 0.7),
    "publishedtime": ("date", 0.8), "publish-date": ("date", 0.8), "og:article:published_time": ("date", 0.8),
    "release_date": ("date", 0.7), "date": ("date", 0.6), "article.published": ("date", 0.8),
    "contentsource": ("source", 0.9), "source": ("source", 0.8), "mediaid": ("source", 0.7),
    "articlesource": ("source", 0.9), "publishsource": ("source", 0.8), "og:article:source": ("source", 0.7),
    "author": ("author", 0.5), "article:author": ("author", 0.5), "og:article:author": ("author", 0.5),
    "dc.creator": ("author", 0.6), "citation_author": ("author", 0.8), "parsely-author": ("author", 0.7),
    "sailthru.author": ("author", 0.7), "byl": ("author", 0.7), "og:author": ("author", 0.5),
    "og:site_name": ("site", 0.9), "sitename": ("site", 0.8), "application-name": ("site", 0.5),
    "og:url": ("url", 0.8), "url": ("url", 0.5),
    "description": ("description", 0.5), "og:description": ("description", 0.6),
    "editor": ("editor", 0.9), "responsibleeditor": ("editor", 0.9),
}  # fmt: skip

_BEFORE, _AFTER = 6, 10
"""Lines before and after the headline in which a byline is looked for."""

_MAX_CLAIMS, _MAX_HEADINGS, _MAX_SEARCHED = 12, 60, 1_000_000
"""Titles and names checked against the page, headings they are checked with, code points searched: real pages have
fewer, and a page made of claims must not cost more than its size."""

_EDITED = re.compile(r"(?:编辑|編輯|责编|責編|选稿|校对|审核|编审|监制|排版|运营|初审|复审|终审)[^，。；]{0,8}$")
"""What stands before an editor's name: ``责任编辑：``; ``作者：`` does not."""

_SOURCE_LABEL = re.compile(r"(?:来源|來源|稿源|出处|出處|来自媒体|原创|原創)\s*[:：|丨]\s*|^(?:来源|來源)$")
"""A label before a source: ``来源：``, and ``来源`` that a run holds alone."""
_GLUED = re.compile(r"(?:作者|责任编辑|责编|编辑|记者|时间)\s*[:：]")
"""A label that a template set right behind a value: ``证券时报网作者：``; not ``作者王明``."""

_EDITOR_LABEL = re.compile(r"(?:编辑|編輯|责编|責編|校对|审核|录入|上传)\s*[:：]\s*$")
"""The label of a name that is no source: ``责任编辑：``; not ``责任编辑：龙慧``."""
_AUTHOR_LABEL = re.compile(r"(?:^|[\s|])作者\s*[:：]?\s*([\u4e00-\u9fff]{2,4}(?:[、 ][\u4e00-\u9fff]{2,4}){0,3})?$")
"""An author in a run of his own: ``作者魏星``, ``作者：魏星``, or the label alone: ``作者``; not ``原作者魏星``."""

_TASK_BEHIND = re.compile(r"\s*[\[【（(](?:整理|原创|编译|综合|编辑|转载)[\]】）)](?:\s*\d+)?$")
"""What a medium did to a text, behind its name: ``[整理]``, ``（转载） 3``; not ``（北京）``."""
_AUTHOR_AND_MEDIUM = re.compile(r"([\u4e00-\u9fff]{2,4}(?:[、 ][\u4e00-\u9fff]{2,4}){0,3})\s?[/／]\s?(\S{3,20})")
"""A line of author and medium: ``石佳/中国青年报``; not ``文/石佳``."""

_TIME_LABEL = re.compile(r"\s*(?:发布|發布|发表|發表|发稿|上传|添加)?(?:时间|時間|日期)\s*[:：]")
"""A label that says that a date is the page's: ``时间：2019-09-24``, ``发稿时间：``; not ``截止时间：``."""

_NOT_NAMES = re.compile(
    r"^(?:来自|發佈|发布|发表于|IP属地|更新|修改|举报|于|已|最后)|^(?:北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江"
    r"|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|内蒙古|广西|西藏|宁夏|新疆|台湾|香港|澳门)"
    r"(?:省|市|自治区)?$"
)
"""What stands beside a date and is no name: ``发布于北京``, ``广东``; ``广东台`` may be one."""

_HAN = re.compile(r"[㐀-鿿]")
_SURROGATES = re.compile(r"[\ud800-\udfff\x00]")


def stated(flat: Flat, text: str, context: Context) -> tuple[Candidate, ...]:
    """What the markup of a page proposes as its metadata.

    Args:
        flat: the page as lines.
        text: their text.
        context: gives the latest possible day.
    """
    return tuple(
        Candidate(field, value, confidence, evidence, True)
        for field, said, confidence, evidence in _Page(flat, text, context).say()
        if (value := _tidy(said))
    )


Said = tuple[str, str, float, str]


class _Page:
    """One page, read for metadata."""

    def __init__(self, flat: Flat, text: str, context: Context) -> None:
        self.flat = flat
        self.text = text
        self.today = context.today
        self.lines = text.split("\n")
        self.trimmed = [line.strip() for line in self.lines]
        self.seen = frozenset(self.trimmed)
        self.page_title = _tidy("".join(flat.head.titles))
        self.cut_title, self.site = split_site(self.page_title)
        self.headings = [named for named in flat.named if named.field == "title" and 2 <= len(named.text) <= 200]
        self.headings.sort(key=lambda named: ("h1", "microdata", "class", "h2", "h3").index(named.evidence))
        del self.headings[_MAX_HEADINGS:]
        self.heads = {named.text.strip() for named in self.headings} | {self.cut_title}
        self.asked = 0
        self.data = read_json_ld(flat.head.data) if flat.head.data else []
        self.is_han = len(_HAN.findall(text[:5000])) > 50 or _HAN.search(self.page_title) is not None

    def say(self) -> Iterator[Said]:
        """Everything the page says."""
        yield from self.say_head()
        titles = list(self.say_title())
        yield from titles
        near = self.region(max(titles, key=lambda said: said[2])[1] if titles else "")
        people: list[Said] = []
        if self.is_han and near:
            below = range(near.start, min(len(self.lines), near.start + 400))
            people += [("author", names, sure, "reporter") for names, sure in named_reporters(self.lines, below)]
        people += self.say_named(near)
        yield from people
        yield from self.say_labelled_dates()
        authors = [said[1] for said in people if said[0] == "author"]
        yield from self.say_beside_date(near, {*authors, *" ".join(authors).split()})

    def say_head(self) -> Iterator[Said]:
        """Language, address, site, and the names and dates in metas and JSON-LD."""
        head = self.flat.head
        if head.language and head.language[0]:
            yield "language", head.language[0].replace("_", "-"), 0.4, "html lang"
        for address in head.canonical:
            if address.startswith(("http://", "https://")):
                yield "url", address, 0.9, "canonical"
        if self.site:
            yield "site", self.site, 0.5, "title"
        for key, content in head.metas:
            field, confidence = _METAS.get(key, ("", 0.0))
            if field == "date":
                yield from self.say_date(content, confidence, f"meta {key}")
            elif field in ("author", "source", "editor"):
                yield from self.say_name(field, content, confidence, f"meta {key}")
            elif field == "url":
                if content.startswith(("http://", "https://")):
                    yield field, content, confidence, f"meta {key}"
            elif field in ("site", "description"):
                yield field, content, confidence, f"meta {key}"
        for day in head.dates:
            yield from self.say_date(day, 0.7, "script")
        for field, value in self.data:
            if field == "date":
                yield from self.say_date(value, 0.8, "json-ld")
            elif field == "author":
                yield from self.say_name(field, value, 0.6, "json-ld")
            elif field == "site":
                yield field, value, 0.6, "json-ld"
            elif field == "publisher":
                yield "site", value, 0.4, "json-ld publisher"

    def say_title(self) -> Iterator[Said]:
        """The headline, as head, structured data and headings give it."""
        seen = [named.text for named in self.headings]
        metas = [(content, _METAS[key]) for key, content in self.flat.head.metas if key in _METAS]
        claims = [(_tidy(content), confidence, "meta") for content, (field, confidence) in metas if field == "title"]
        claims += [(_tidy(value), 0.8, "json-ld") for field, value in self.data if field == "title"]
        if self.page_title:
            claims.insert(0, (self.page_title, 0.7, "title"))
        for claim, confidence, evidence in claims[:_MAX_CLAIMS]:
            if not claim:
                continue
            line = headline_of(claim, seen) or headline_of(claim, self.lines_like(claim))
            if line:
                yield "title", line, confidence + 0.15, evidence
            else:
                head, _ = split_site(claim)
                yield "title", head, confidence / 2, evidence
        tops = list(dict.fromkeys(named.text for named in self.headings if named.evidence in ("h1", "microdata")))
        if tops:
            is_site = tops[0] in (self.site, self.page_title[-len(tops[0]) :])
            yield "title", tops[0], 0.31 if len(tops) > 1 or is_site else 0.8, "h1"
        elif self.headings:
            yield "title", self.headings[0].text, 0.4, self.headings[0].evidence

    def lines_like(self, title: str) -> list[str]:
        """Lines of the page that begin as a title does, those below them, and those that are one of its parts."""
        start, lines, found = title[:4], self.trimmed, []
        for number, line in enumerate(lines):
            if line[:4] == start and len(line) < 300:
                found += [line, next(filter(None, lines[number + 1 : number + 4]), "")]
                if len(found) >= 40:
                    break
        parts = title_pieces(title)
        return found + [word + part for part in parts for word in ("", *FOREWORDS) if word + part in self.seen]

    def region(self, title: str) -> range:
        """Numbers of the lines around the headline, in which what describes the page stands."""
        at = next((named.line for named in self.headings if title and named.text.startswith(title)), -1)
        if at < 0 and title:
            found = (n for n, line in enumerate(self.trimmed) if title in line[: len(title) + 4])
            at = next(found, -1)
        if at < 0 and title:  # a headline that is set in several lines
            found = (n for n, line in enumerate(self.trimmed) if len(line) >= 6 and title.startswith(line))
            at = next(found, -1)
        if at < 0:
            return range(0)
        return range(max(0, at - _BEFORE), min(len(self.lines), at + 1 + _AFTER))

    def say_labelled_dates(self) -> Iterator[Said]:
        """Dates on lines that say of themselves that they tell the page's, wherever they stand."""
        for line in self.lines:
            if len(line) < 60 and ":" in line and _TIME_LABEL.match(line):
                yield from self.say_date(line, 0.4, "label")

    def say_named(self, near: range) -> Iterator[Said]:
        """What elements near the headline are named for."""
        elsewhere = []
        for named in self.flat.named:
            inside = named.line in near
            if named.field == "date":
                if inside or named.evidence == "microdata":
                    yield from self.say_date(named.text, 0.6, named.evidence)
                elif named.evidence == "time":
                    elsewhere += list(self.say_date(named.text, 0.31, "time elsewhere"))
            elif named.field != "title" and (inside or named.evidence in ("microdata", "rel")):
                if len(named.text) > 60 or has_date(named.text) or _EDITED.search(named.text):
                    continue
                yield from self.say_name(named.field, named.text, 0.6 if inside else 0.35, named.evidence)
        if len({said[1][:10] for said in elsewhere}) == 1:
            yield elsewhere[0]

    def say_beside_date(self, near: range, authors: set[str]) -> Iterator[Said]:
        """The date in a line near the headline, and the name of an account or medium beside it."""
        for number in near:
            line = self.lines[number]
            if len(line) > 160 or not has_date(line):
                continue
            yield from self.say_date(line, 0.6, "near title")
            yield from self.say_above_date(number, near)
            label = ""
            for piece, dated in self.pieces(number):
                known, label = label, ""
                if _SOURCE_LABEL.search(piece):
                    rest = _GLUED.split(_SOURCE_LABEL.split(piece)[-1])[0].split()
                    label = "" if rest else "source"
                    yield from self.say_name("source", rest[0] if rest else "", 0.5, "near title")
                elif found := _AUTHOR_LABEL.search(piece):
                    label = "" if found[1] else "author"
                    yield from self.say_name("author", found[1] or "", 0.5, "near title")
                elif _EDITOR_LABEL.search(piece):
                    label = "editor"
                elif known in ("author", "source"):
                    yield from self.say_name(known, piece, 0.6, "near title")
                elif not known:
                    yield from self.say_unlabelled(piece, dated, authors)

    def say_unlabelled(self, piece: str, dated: bool, authors: set[str]) -> Iterator[Said]:
        """The name of an account or medium that stands beside a date without a label."""
        name = presentable_name(_TASK_BEHIND.sub("", piece))
        if not name or name in authors or _NOT_NAMES.search(name):
            return
        if not dated or is_organisation(name) or self.page_title.endswith(name):
            yield from self.say_name("source", name, 0.45 if is_organisation(name) else 0.34, "near title")

    def say_above_date(self, number: int, near: range) -> Iterator[Said]:
        """The medium, or the author and the medium, in the line between the headline and the date."""
        above = [self.trimmed[at] for at in range(near.start, number) if self.trimmed[at]][-2:]
        if len(above) < 2 or above[0] not in self.heads or len(above[1]) > 40:
            return
        if found := _AUTHOR_AND_MEDIUM.fullmatch(above[1]):
            if is_organisation(found[2]):
                yield from self.say_name("author", found[1], 0.5, "near title")
                yield from self.say_name("source", found[2], 0.5, "near title")
        elif is_organisation(above[1]):
            yield from self.say_name("source", above[1], 0.4, "near title")

    def pieces(self, number: int) -> Iterator[tuple[str, bool]]:
        """The text runs of a line as the inline elements part them, and whether a date stood before in the run."""
        first = self.flat.first
        stop = first[number + 1] if number + 1 < len(first) else len(self.flat.parts)
        for part in self.flat.parts[first[number] : stop][:40]:
            text = part[2].strip(" \t\n\xa0\u3000|")
            dated = has_date(text)
            if dated:
                text = behind_date(text)
            if text:
                yield text, dated

    def say_date(self, text: str, confidence: float, evidence: str) -> Iterator[Said]:
        """A date, if it is a possible one; told in universal time, its day may be another than the page's."""
        found = stated_date(text[:300], self.today)
        if found is not None:
            date, universal = found
            yield "date", date, confidence - 0.2 if universal and self.is_han else confidence, evidence

    def say_name(self, field: str, text: str, confidence: float, evidence: str) -> Iterator[Said]:
        """An author or a source, if it looks like a name and the page does not call it something else."""
        name = presentable_name(text)
        if not name:
            return
        if field == "author":
            if is_organisation(name):
                yield "source", name, min(confidence, 0.5), evidence
                return
            if not self.is_han:
                yield field, name, confidence, evidence
                return
            standing = self.standing(name)
            if standing is None:
                yield "editor", name, 0.9, evidence
            elif standing:
                yield field, name, confidence, evidence
            return
        yield field, name, confidence, evidence

    def standing(self, name: str) -> bool | None:
        """Whether a name stands on the page as more than a part of the site's name; ``None`` if it is an editor's.

        Chinese content systems write the editor into ``<meta name=author>``, often with the desk's name before it.
        """
        self.asked += 1
        if self.asked > _MAX_CLAIMS:
            return False
        text = self.text[:_MAX_SEARCHED]
        for wording in dict.fromkeys((name, name[-3:], name[-2:])):
            at, found = text.find(wording), False
            for _ in range(20):
                if at < 0:
                    break
                before = text[max(0, at - 14) : at]
                if _EDITED.search(before.rpartition("\n")[2]):
                    return None
                found = found or wording == name
                at = text.find(wording, at + 1)
            if found:
                return name not in self.page_title[len(self.cut_title) :] and name not in self.page_title[-12:]
        return False


def _tidy(text: str) -> str:
    """A value in one line, without what no text file can hold."""
    return " ".join(_SURROGATES.sub("", text).split())[:500]
