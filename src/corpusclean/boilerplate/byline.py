"""Bylines: what a page prints around its headline is lifted into the metadata, and leaves the text.

A byline is recognised by its labels (来源, 时间, 作者, 浏览 …), each followed by a short value, and by where it stands:
near the headline, or at the very end. Editors are not authors. A line with one label alone has to be near the
headline and to have a value of the right kind, since `时间：上午九点` may as well be the minutes of a meeting.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..patterns import lazy_pattern
from ..steps import Candidate
from .dates import DATE, find_date
from .names import NAME, NAMES, OFFICE, read_names
from .sheet import Verdict

__all__ = ["Byline", "read_bylines"]

RULE = "boilerplate/byline"
HEAD_LINES = 16
TAIL_LINES = 8
BODY_LENGTH = 40

_FIELDS = {
    "source": "文章来源|信息来源|新闻来源|稿件来源|来源于|来源|稿源|转自|摘自|出处|来自|供稿单位|发布机构|发布单位",
    "date": (
        "发布时间|发表时间|发布日期|发文日期|更新时间|更新日期|发表日期|日期|时间"
        "|发布于|发表于|成文日期|Posted on|Published"
    ),
    "author": "文章作者|作者|撰文|撰稿|本报记者|本网记者|见习记者|记者|文",
    "views": (
        "浏览量|浏览次数|浏览数|浏览|阅读量|阅读次数|阅读数|阅读|点击量|点击数|点击率|点击次数"
        "|点击|访问量|访问次数|人气|查看"
    ),
    "other": (
        "责任编辑|责编|编辑|选稿|编审|审核|校对|初审|复审|终审|发布者|发布人|录入|通讯员|摄影|摄像|供稿|字体|字号|评论|回复"
        "|评论数|标签|关键字|分类|栏目|所属栏目|发布|浏览字体|视力保护色|监制|排版|值班编辑|一审|二审|三审|主编|翻译|译者|我要评论"
    ),
}
_FIELD_OF = {word: field for field, words in _FIELDS.items() for word in words.split("|")}
_LABEL = lazy_pattern(
    r"(?<![\u4e00-\u9fffA-Za-z])(?P<label>"
    + "|".join(sorted(_FIELD_OF, key=len, reverse=True))
    + r")\s{0,4}(?:[:：]|/(?=\s?[\u4e00-\u9fff])|(?<=于)|(?<=on)|(?<=Published))\s{0,4}"
)
"""A label and its colon: `来源：`, `作 者:` is not read, `文/张三`; near miss `据来源：` (a character before)."""
_LABEL_END = lazy_pattern("[:：/于]|Posted on|Published")
"""What every label ends with, or is followed by. Match: ``来源：``; near miss: ``来源``."""
_LATIN_LABEL = lazy_pattern("Posted on|Published")
"""The labels in ASCII. Match: ``Posted on``; near miss: ``posted``."""

_GLUED = lazy_pattern(
    "(?<=[\u4e00-\u9fff])(?P<label>文章作者|作者|责任编辑|责编|编辑|来源|稿源|本报记者|记者)\\s{0,4}[:：]\\s{0,4}"
)
"""A label that a template set right behind a value: ``证券时报网作者：``; not ``作者：`` at the beginning."""

_OPENING = "([（【〔 \u3000|"
_CLOSING = ")]）】〕 \u3000|,，;；"
_NOBODY = ("佚名", "未知", "匿名", "无名氏", "网络", "admin")
_SENTENCE = lazy_pattern("[。！？；!?]|，.{12}")
"""What a value cannot hold. Matches `他说。`; not `中国社会报`."""
_NUMBER = lazy_pattern(r"(\d[\d,]{0,11})(\.\d+)?\s{0,2}(万|千|亿)?")
_COUNT_ONLY = lazy_pattern(r"\s{0,3}\d[\d,.]{0,11}\s{0,2}(?:万|千)?\s{0,2}(?:次|人次|人)?\s{0,3}")
_REPORTERS = lazy_pattern(
    rf"[（(【]?(?:\S{{2,12}}(?=(?:全媒体|见习|特约)?记者))?(?:全媒体|见习|特约)?(?:记者|通讯员)"
    rf"[ \u3000]{{1,4}}({NAMES})"
    rf"(?:[ \u3000]{{0,3}}(?:通讯员|实习生|摄影报道|报道|文/?图|摄影|摄)[ \u3000]{{0,3}}(?:{NAMES})?)?[）)】]?"
)
"""A line of reporters: `本报记者 周 亮`, `新华社记者 王明 李红`; near miss `记者在现场看到` (no blank)."""
_OFFICE_AND_NAME = lazy_pattern(
    rf"[\u4e00-\u9fff（）()、，, \u3000·]{{2,50}}?{OFFICE}(?:[（(][\u4e00-\u9fff]{{1,8}}[)）])?"
    rf"[ \u3000]{{1,4}}({NAME})"
)
"""A line of office and name: `佛山市民政局局长 赖洪健`; near miss `佛山市民政局局长赖洪健`."""
_NAME_ALONE = lazy_pattern(NAME)
_DATE_ALONE = lazy_pattern(rf"[（(【]?\s?(?:{DATE.pattern})\s?[)）】]?\s{{0,3}}(?:星期[一二三四五六日天])?")
_TITLE_END = lazy_pattern(
    r"[\u4e00-\u9fff\d“”《》（）()·、：— ]{6,60}(?:讲话|发言|致辞|报告|讲稿|演讲|讲解|贺词|贺信|谈话|说明|汇报|述职)"
)
"""The headline of a speech: `在工作点评会上的讲话`; near miss `讲话` alone."""


class Byline(NamedTuple):
    """What the bylines of a document say, and which lines they are."""

    verdicts: dict[int, Verdict]
    candidates: list[Candidate]


def read_bylines(lines: list[str], gone: Iterable[int], today: datetime.date) -> Byline:
    """The bylines among `lines` (trimmed, Simplified); lines in `gone` are taken already.

    >>> lines = ["标题", "时间:2019-04-01 来源:中国社会报 浏览量:128 次", "正" * 50 + "。"]
    >>> found = read_bylines(lines, (), datetime.date(2024, 1, 1))
    >>> [(item.field, item.value) for item in found.candidates]
    [('date', '2019-04-01'), ('source', '中国社会报'), ('views', 128)]
    """
    lines = [line.replace("\xa0", " ") for line in lines]  # pages set names wide with no-break spaces
    taken = set(gone)
    shown = [number for number, line in enumerate(lines) if line and number not in taken]
    result = Byline({}, [])
    authors = sum([line.startswith(("作者", "作 者")) for line in lines])
    body = next((i for i, number in enumerate(shown) if _is_body(lines[number])), None)
    if body is None:
        return result
    head = shown[: min(body + 2, len(shown))][-HEAD_LINES:]
    last = next((i for i in range(len(shown) - 1, max(body, len(shown) - 200), -1) if _is_body(lines[shown[i]])), body)
    tail = shown[max(last, len(shown) - TAIL_LINES) :] if len(shown) > body + 1 else []
    for zone, confidence in ((head, 0.86), (tail, 0.7)):
        for number in zone:
            if number in result.verdicts or len(lines[number]) > 160:
                continue
            found = _labelled(lines[number], today, confidence)
            if found is not None and authors > 1 and all(item.field == "author" for item in found):
                continue  # an anthology names the author of each piece
            if found is not None:
                result.verdicts[number] = Verdict(RULE, 0.9)
                result.candidates.extend(found)
    _unlabelled(lines, [number for number in head if number not in result.verdicts], result, today)
    return result


def _is_body(line: str) -> bool:
    """Whether a line is running text for certain."""
    return len(line) >= BODY_LENGTH and any(mark in line for mark in "，。,.、") and not _LABEL.match(line)


def _labelled(line: str, today: datetime.date, confidence: float) -> list[Candidate] | None:
    """The values of a line of labels, or None if it is something else."""
    if not (_LATIN_LABEL if line.isascii() else _LABEL_END).search(line):
        return None
    line = line.strip(_OPENING + _CLOSING)
    found = list(_LABEL.finditer(line))
    lead = line[: found[0].start()].strip(_OPENING + _CLOSING) if found else line
    values: list[tuple[str, str, str]] = []
    if lead:
        if not _DATE_ALONE.match(lead) or len(lead) > 40:
            return None
        values.append(("date", "", lead))
    for i, label in enumerate(found):
        end = found[i + 1].start() if i + 1 < len(found) else len(line)
        for name, value in _split_glued(label["label"], line[label.end() : end]):
            if len(value) > 40 or _SENTENCE.search(value):
                return None
            values.append((_FIELD_OF[name], name, value))
    kinds = {field for field, _, value in values if value and _fits(field, value)}
    if not found or not kinds or (len(values) == 1 and not _stands_alone(values[0])):
        return None
    return [item for field, label, value in values for item in _candidates(field, label, value, today, confidence)]


def _split_glued(label: str, text: str) -> Iterator[tuple[str, str]]:
    """What stands behind a label, as labels and values: a template may have set another label right behind a value.

    >>> list(_split_glued("来源", "证券时报网作者：李在山"))
    [('来源', '证券时报网'), ('作者', '李在山')]
    """
    at = 0
    for inner in _GLUED.finditer(text):
        yield label, text[at : inner.start()].strip(_OPENING + _CLOSING)
        label, at = inner["label"], inner.end()
    yield label, text[at:].strip(_OPENING + _CLOSING)


def _fits(field: str, value: str) -> bool:
    if field == "date":
        return DATE.search(value) is not None
    return field != "views" or _COUNT_ONLY.fullmatch(value) is not None


def _stands_alone(item: tuple[str, str, str]) -> bool:
    """Whether a single label is enough for a byline."""
    field, label, value = item
    if field == "date":
        return (label not in ("时间", "日期") and _DATE_ALONE.fullmatch(value) is not None) or label.startswith("发布")
    if field == "author":
        return label != "文" and len(value) <= 20
    return len(value) <= 24 and (field != "other" or label in ("责任编辑", "责编", "选稿", "编审", "值班编辑"))


def _candidates(field: str, label: str, value: str, today: datetime.date, confidence: float) -> Iterable[Candidate]:
    if field == "date" and (date := find_date(value, today)):
        yield Candidate("date", date, confidence - 0.1 * label.startswith("更新"), "byline")
    elif field == "views" and (count := _NUMBER.match(value)):
        scale = {"千": 1_000, "万": 10_000, "亿": 100_000_000}.get(count[3], 1)
        yield Candidate("views", round(float(count[1].replace(",", "") + (count[2] or "")) * scale), 0.9, "byline")
    elif field == "source" and value:
        named = DATE.split(value, 1)[0].strip(_OPENING + _CLOSING)
        if named and not named.isdigit():
            yield Candidate("source", re.split(r"[ \u3000]{1,}", named)[0], confidence, "byline")
        if date := find_date(value, today):
            yield Candidate("date", date, confidence - 0.2, "byline")
    elif field == "author" and value and value not in _NOBODY:
        yield Candidate("author", read_names(value), confidence, "byline")


def _unlabelled(lines: list[str], head: list[int], result: Byline, today: datetime.date) -> None:
    """Bylines without labels: reporters, office and name, a speaker's name above the date in brackets."""

    def lift(number: int, field: str, value: str, confidence: float) -> None:
        result.verdicts[number] = Verdict(RULE, 0.8)
        result.candidates.append(Candidate(field, value, confidence, "byline"))

    dates: list[int] = []
    for i, number in enumerate(head):
        line = lines[number]
        if len(line) > 60:
            continue
        if found := _REPORTERS.fullmatch(line):
            lift(number, "author", read_names(found[1]), 0.84)
        elif i == 0 and (found := _OFFICE_AND_NAME.fullmatch(line)):
            lift(number, "author", read_names(found[1]), 0.8)
        elif _DATE_ALONE.fullmatch(line) and find_date(line, today):
            dates.append(i)
    bracketed = [i for i in dates if lines[head[i]][0] in "（(" and i > 0]
    for i in bracketed:
        date = find_date(lines[head[i]], today)
        name = _NAME_ALONE.fullmatch(lines[head[i - 1]])
        title = i - 2 if name else i - 1
        if date is None or title < 0 or not _TITLE_END.fullmatch(lines[head[title]]):
            continue
        lift(head[i], "date", date, 0.85)
        result.candidates.append(Candidate("title", lines[head[title]], 0.8, "byline"))
        if name:
            lift(head[i - 1], "author", read_names(name[0]), 0.82)
        for other in dates:
            if other < title:
                result.verdicts[head[other]] = Verdict(RULE, 0.7)
