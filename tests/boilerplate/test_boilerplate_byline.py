"""Bylines, dates, names, titles: what is lifted, and what only resembles them."""

import datetime

import pytest

from corpusclean.boilerplate.byline import _FIELD_OF, _LABEL, _LABEL_END, _LATIN_LABEL, read_bylines
from corpusclean.boilerplate.dates import find_date
from corpusclean.boilerplate.sheet import Verdict, read_sheet
from corpusclean.boilerplate.titles import find_titles

TODAY = datetime.date(2024, 6, 1)
BODY = "这是一段足够长的正文，说明了事情的来龙去脉，也交代了时间、地点和人物，读者一看便知其中的道理何在。"


def lifted(*head: str, tail: tuple[str, ...] = ()) -> dict[str, object]:
    lines = read_sheet("\n".join([*head, BODY, BODY, *tail])).lines
    found = read_bylines(lines, (), TODAY)
    values: dict[str, object] = {}
    for item in sorted(found.candidates, key=lambda item: -item.confidence):
        values.setdefault(item.field, item.value)
    return values


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2019年4月1日", "2019-04-01"),
        ("2019-04-01 10:20", "2019-04-01T10:20"),
        ("2019-04-01T10:20:30", "2019-04-01T10:20"),
        ("2019/4/1", "2019-04-01"),
        ("2019.4.1", "2019-04-01"),
        ("2019 年 4 月 1 日", "2019-04-01"),
        ("二〇一九年四月", "2019-04"),
        ("二零二四年二月二十九日", "2024-02-29"),
        ("一九九八年十二月三十一日", "1998-12-31"),
        ("2022年10月", "2022-10"),
        ("May 20, 2024", "2024-05-20"),
        ("20 May 2024", "2024-05-20"),
        ("2024-06-02", None),
        ("2023-02-29", None),
        ("1.2.3", None),
        ("12019-04-01", None),
        ("2019", None),
        ("2030年1月1日，实为2020年1月1日", "2020-01-01"),
    ],
)
def test_dates(text: str, date: str | None) -> None:
    assert find_date(text, TODAY) == date


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        (
            ("标题", "时间:2019-04-01 \u00a0浏览量:128 次 来源:中国社会报"),
            {"date": "2019-04-01", "views": 128, "source": "中国社会报"},
        ),
        (
            ("标题", "2024-05-20 16:25:01  来源:上海奉贤 选稿：许文杰"),
            {"date": "2024-05-20T16:25", "source": "上海奉贤"},
        ),
        (("標題", "來源：新華網", "作者：鄒偉"), {"source": "新华网", "author": "邹伟"}),
        (("标题", "阅读：1.2万"), {"views": 12000}),
        (("标题", "　本报记者 周 亮"), {"author": "周亮"}),
        (("标题", "本报记者\u00a0周\u00a0亮"), {"author": "周亮"}),
        (("标题", "新华社记者 王明 李红霞"), {"author": "王明 李红霞"}),
        (("某市民政局党组书记、局长 赖洪健",), {"author": "赖洪健"}),
        (
            ("2022年10月", "在工作点评会上的讲话", "陈昌宏", "（2022年10月10日）"),
            {"title": "在工作点评会上的讲话", "author": "陈昌宏", "date": "2022-10-10"},
        ),
        (("标题", "责任编辑：王頔"), {}),
        (("标题", "发布时间：2099-01-01"), {}),
        (("标题", "作者：佚名"), {}),
    ],
)
def test_bylines(head: tuple[str, ...], wanted: dict[str, object]) -> None:
    assert lifted(*head) == wanted


def test_a_source_at_the_end() -> None:
    assert lifted("标题", tail=("(来源:中国社会报2019.4.1)",)) == {"source": "中国社会报", "date": "2019-04-01"}


@pytest.mark.parametrize(
    "lines",
    [
        ["时间：上午九点", "地点：三楼会议室", BODY],
        ["他说：来源：不明，去向：不明。", BODY],
        ["2024年5月13日 星期一 晴", BODY],
        ["据来源：某报道", BODY],
        ["记者在现场看到大家都很高兴", BODY],
        ["床前明月光，", "疑是地上霜。"],
        ["作者：甲某某", "作者：乙某某", BODY],
        [BODY, "女儿", "三月五日"],
    ],
)
def test_no_byline(lines: list[str]) -> None:
    assert read_bylines(lines, (), TODAY).verdicts == {}


def test_a_repeated_headline_is_kept_once() -> None:
    lines = ["当前位置:公文 > 会议上的讲话", "会议上的讲话", "", "会议上的讲话", BODY]
    verdicts, candidates = find_titles(lines, {0: Verdict("boilerplate/breadcrumb", 1.0)}, None)
    assert list(verdicts) == [3]
    assert [item[:2] for item in candidates] == [("title", "会议上的讲话")]


def test_lines_repeated_without_a_headline_stay() -> None:
    assert find_titles(["啦啦啦啦", "啦啦啦啦", "唱一首歌"], {}, None) == ({}, [])


@pytest.mark.parametrize("label", sorted(_FIELD_OF))
def test_every_label_passes_the_gate_before_it(label: str) -> None:
    for line in (f"{label}：甲", f"甲 {label} : 乙", f"{label}/张三", f"{label}2019-04-01", f"{label} on: x"):
        if _LABEL.search(line):
            assert (_LATIN_LABEL if line.isascii() else _LABEL_END).search(line)
