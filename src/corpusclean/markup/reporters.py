"""Authors that the text itself names: in the dateline, above the text, and in the closing line.

Chinese news carries its reporters in running text (``新华社深圳5月12日电（记者戴小河、印朋）``), magazines and
accounts in a line of their own (``文/栗思``, ``作者 王之言 高孜然``). These wordings are conventions, so that few
patterns read most pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

__all__ = ["named_reporters"]

_NAME = r"[\u4e00-\u9fff]{2,4}(?:·[\u4e00-\u9fff]{2,6})?"
_NAMES = rf"{_NAME}(?:[、，,&＆ \u3000]{{1,2}}{_NAME}){{0,5}}"

_DATELINE = re.compile(
    r"(?:电|電|讯|訊|报道|報道|消息)\s?[（(](?:[^（）()\s]{0,12}?)(?:记者|記者)[:：]?\s?"
    rf"({_NAMES})(?:[，,、 ]?(?:通讯员|实习生)[^（）()]{{0,20}})?[）)]"
)
"""Reporters in a dateline: ``5月12日电（记者戴小河、印朋）``; ``（记者注）`` after no dateline is none."""

_REPORTS = re.compile(
    rf"^\s*(?:[^\s，。]{{0,10}})(?:记者|記者)\s?({_NAMES})\s?"
    r"(?:\d{1,2}月)?\d{1,2}日(?:[^，。]{0,8})(?:报道|報道|电|電)"
)
"""A dateline that begins with its reporter: ``东方网记者曹磊5月13日报道``; ``记者昨日获悉`` names nobody."""

_LINE = re.compile(
    r"^\s*[（(【]?(?:(?:《[^》]{1,12}》)?(?:作者|撰文|撰稿|采写|采寫|执笔|執筆)\s?[:：|｜丨/\s]|文\s?[/|｜丨]"
    r"|(?:[^\s，。：:]{0,14})(?:记者|記者|评论员|評論員|撰稿人)[ \u3000:：]{1,2})\s?"
    r"(?:[^\s，。：:]{2,14}(?:评论员|特约撰稿人|記者|记者|作者|编译)[ \u3000]{1,2})?"
    rf"({_NAMES})(?=$|[）)】]|\s|[/|｜丨])"
)
"""A line for the author alone: ``文/栗思``, ``文丨政能亮特约评论员 韩涵``, ``中青网记者 魏其濛``,
``【文/专栏作者 王文】``, ``《棱镜》作者 周纯``; not ``作者认为``."""

_CLOSING_LINE = re.compile(
    r"^\s*[（(【]?(?:采写|采寫|执笔|執筆|撰文|撰稿)\s?[:：|｜丨/]\s?"
    rf"(?:[^\s，。：:]{{0,14}}(?:记者|記者)[ \u3000]{{1,2}})?({_NAMES})(?=$|[）)】]|\s|[/|｜丨])"
)
"""A line for the author that stands below the text: ``采写：南都见习记者 林子沛``; ``采写：本报`` names nobody."""

_CREDIT = re.compile(
    r"(?:作者|撰文)\s?[:：]\s?"
    r"(?:[^（）()：:]{0,80}(?:研究员|教授|部长|主任|院长|所长|主席|会长|博士|记者|评论员|学者|专家))?\s?"
    rf"({_NAMES})\s?[）)]"
)
"""A credit in brackets: ``（本文来源：经济日报 作者：…研究员徐占忱）``; not ``（作者：见文末）``."""

_NOT_PEOPLE = re.compile(
    r"佚名|匿名|未知|不详|本报|本网|本刊|编辑|记者|通讯|摄影|来源|见文末|网络|整理|小编|综合|报道|转载|作者|原创"
)
_TASK = re.compile(r"(?:综合|整合|编译|整理|摄影|报道|通讯员|实习生|文并?图|图文|编辑|校对)(?:报道|整理|编译)?")
"""What stands behind a name and says what its bearer did: ``陈智 整合``."""
_SPLIT = re.compile(r"[、，,&＆\s\u3000]+")

_HEAD_CHARS, _HEAD_LINES, _REACH, _SHORT = 160, 12, 8, 40


def named_reporters(lines: Sequence[str], body: range) -> Iterator[tuple[str, float]]:
    """Names, joined by spaces, and how sure each is.

    Args:
        lines: the lines of the page.
        body: the numbers of those from the headline on.

    >>> list(named_reporters(["新华社5月12日电（记者戴小河、印朋）我国的平台，" + "启运" * 20], range(1)))
    [('戴小河 印朋', 0.85)]
    >>> [list(named_reporters([line], range(1))) for line in ("文/栗思", "作者 王之言 高孜然", "记者从会上获悉，今年")]
    [[('栗思', 0.8)], [('王之言 高孜然', 0.8)], []]
    >>> list(named_reporters(["长江网10月4日讯（记者陈智 整合）国庆长假过半，" + "武汉" * 20], range(1)))
    [('陈智', 0.85)]
    """
    texts, reach = 0, body.start + _HEAD_LINES
    for number in body:
        line = lines[number]
        if len(line) < _SHORT or ("，" not in line and "。" not in line and "," not in line):
            if len(line) < 2 * _SHORT:
                found = _LINE.match(line) if number <= reach else _CLOSING_LINE.match(line)
                if found and (names := _people(found[1])):
                    yield names, 0.8
            continue
        texts += 1
        reach = max(reach, number + _REACH)
        if texts <= 3:
            start = line[:_HEAD_CHARS]
            found = _DATELINE.search(start) or _REPORTS.search(start)
            if found and (names := _people(found[1])):
                yield names, 0.85
        end = line[-_HEAD_CHARS:]
        if "作者" in end and (found := _CREDIT.search(end)) and (names := _people(found[1])):
            yield names, 0.75


def _people(text: str) -> str:
    """The names in `text` joined by spaces, up to what their bearers did; ``""`` if one of them is none."""
    names = [name for name in _SPLIT.split(text) if name]
    names = names[: next((i for i, name in enumerate(names) if i and _TASK.fullmatch(name)), len(names))]
    if not names or any(_NOT_PEOPLE.search(name) for name in names):
        return ""
    return " ".join(names)
