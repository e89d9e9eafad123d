"""Where a page says that its text is: quoted by its description, in an element named for a text."""

from hypothesis import given
from hypothesis import strategies as st

from corpusclean import extract
from corpusclean.boilerplate.anchors import ANCHOR_CARDINALITY, ANCHORED, anchor_columns, holds_text, quoted_lines
from corpusclean.boilerplate.home import HOME_CARDINALITY, Home, find_home, home_columns, read_home, stay_home
from corpusclean.config import CleanConfig
from corpusclean.lines import LineFeatures
from corpusclean.markup import MarkupStep
from corpusclean.steps import Context

NOTE = "路透月度调查显示，企业信心保持稳定，但是原材料和电费都在上涨，利润因此受损。"
TEASER = "{}号港产片热映，好评如潮，不少人建议保留片中的场景作为旅游景点，吸引更多的游客前来参观。"
MENU = "".join(f'<li><a href="/{x}">{x}</a></li>' for x in ("首页", "新闻", "体育", "财经", "登录", "注册"))
TEASERS = "".join(
    f'<li class="item"><h3><a href="/{n}">旧城再生的{n}个办法</a></h3><p>{TEASER.format(n)}</p></li>' for n in range(40)
)
REPLIES = "".join(f'<div class="comment reply"><p>{n}楼：{TEASER.format(n)}</p></div>' for n in range(40))


def page(text: str, behind: str, description: str = "") -> str:
    head = f'<meta name="description" content="{description}">' if description else ""
    return (
        f"<html><head><title>企业信心保持稳定_某网</title>{head}</head><body><ul class=nav>{MENU}</ul>"
        f"<h1>企业信心保持稳定</h1>{text}{behind}<div class=footer>Copyright 2024 某网 版权所有</div></body></html>"
    )


def home_of(html: str) -> tuple[Home, list[str]]:
    revision, found = MarkupStep().revise(html, Context(CleanConfig(), is_html=True))
    lines = revision.text.split("\n")
    said = {item.field: str(item.value) for item in found.candidates}
    titles = [2 if line == "企业信心保持稳定" else 0 for line in lines]
    quoted = quoted_lines(lines, said.get("description", ""), said["title"], titles)
    home = find_home(found.features or (), [len(line) for line in lines], titles, quoted)
    return home, lines[home.first : home.stop]


def test_a_note_among_teasers_is_found_and_stays_alone() -> None:
    html = page(f"<div class=caas-body><p>{NOTE}</p></div>", f"<ul class=feed>{TEASERS}</ul>", NOTE)
    home, lines = home_of(html)
    assert home.kind == 1
    assert "".join(lines) == NOTE
    kept = extract(html).text
    assert NOTE in kept
    assert "港产片热映" not in kept


def test_an_element_below_the_headline_will_do() -> None:
    home, lines = home_of(page(f"<div class=TRS_Editor><p>{NOTE}</p></div>", f"<ul>{TEASERS}</ul>"))
    assert home.kind == 2
    assert "".join(lines) == NOTE


def test_a_quotation_alone_grows_over_running_text_only() -> None:
    more = "".join(f"<p>{TEASER.format(n)}</p>" for n in range(3))
    home, lines = home_of(page(f"<div><div><p>{NOTE}</p>{more}</div></div>", f"<ul>{MENU * 9}</ul>", NOTE))
    assert home.kind == 3
    assert [line for line in lines if line] == [NOTE, *(TEASER.format(n) for n in range(3))]


def test_the_replies_of_a_thread_are_not_judged_by_its_first_post() -> None:
    first = f"<div class=post-body><p>{NOTE}</p></div>"
    features = [LineFeatures(chars=40, classes=frozenset({"post"}))]
    features += [LineFeatures(chars=40, classes=frozenset({"comment", "reply"}))] * 3
    assert stay_home([3.0] * 4, [40] * 4, features, Home(0, 1, 1)) == [3.0] * 4
    assert home_of(page(first, REPLIES, NOTE))[0].kind == 1
    assert "7楼" in extract(page(first, REPLIES, NOTE)).text


def test_an_unlikely_home_is_not_believed() -> None:
    features = [LineFeatures(chars=40)] * 3
    assert stay_home([-2.0, 3.0, 3.0], [40] * 3, features, Home(0, 1, 1)) == [-2.0, 3.0, 3.0]


def test_without_a_quotation_what_is_outside_has_to_be_links() -> None:
    prose, links = LineFeatures(chars=40), LineFeatures(chars=40, links=40)
    assert stay_home([3.0, 3.0], [40, 40], [prose, prose], Home(0, 1, 2)) == [3.0, 3.0]
    assert stay_home([3.0, 3.0], [40, 40], [prose, links], Home(0, 1, 2)) == [3.0, -7.0]


def test_a_description_that_repeats_the_title_quotes_no_related_headline() -> None:
    lines = [
        "生态系统社会价值评估的实践",
        "生态系统社会价值评估的步骤如下，先把数据准备好，再按教程一步一步地运行模型就可以了。",
    ]
    assert quoted_lines(lines, "生态系统社会价值评估", "生态系统社会价值评估", [0, 0]) == [0, 0]
    assert quoted_lines(lines[1:], "生态系统社会价值评估 " + lines[1], "生态系统社会价值评估", [0]) != [0]


def test_parts_around_a_text_do_not_hold_it() -> None:
    assert holds_text(frozenset({"rich", "media", "content"}))
    assert not holds_text(frozenset({"article", "content", "related"}))
    assert not holds_text(frozenset())


@given(st.integers(1, 40), st.integers(0, 3), st.data())
def test_the_column_tells_the_home(count: int, kind: int, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, count - 1))
    home = Home(first, data.draw(st.integers(first + 1, count)), kind) if kind else Home(0, 0, 0)
    column = home_columns(home, count)["home"]
    assert read_home(column) == home
    assert len(column) == count
    assert all(0 <= value < HOME_CARDINALITY["home"] for value in column)


@given(st.lists(st.integers(0, 400), min_size=1, max_size=60))
def test_one_line_is_the_anchor(quoted: list[int]) -> None:
    columns = anchor_columns(quoted, [0] * len(quoted))
    assert columns["said_gap"].count(ANCHORED) == (1 if any(quoted) else 0)
    assert all(0 <= value < ANCHOR_CARDINALITY[name] for name, column in columns.items() for value in column)
