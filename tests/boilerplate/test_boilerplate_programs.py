"""Programs, licences and manuals use words that menus use too; none of their lines may go."""

import sysconfig
from pathlib import Path

import pytest

from corpusclean import extract, strip_boilerplate

STDLIB = Path(sysconfig.get_path("stdlib"))
PROGRAMS = sorted(
    str(path.relative_to(STDLIB))
    for folder in (".", "email", "http", "json", "logging", "xml/dom", "unittest", "importlib", "asyncio", "wsgiref")
    for path in (STDLIB / folder).glob("*.py")
    if path.stat().st_size < 60_000
)
MANUAL = """NAME
    search - look for things

DESCRIPTION
    Looks for things in all places.

OPTIONS
    help
    version
    search
    download
    update
    news

COPYRIGHT
    Copyright (C) 2013 A. Author
    All rights reserved. See the licence.

AUTHOR
    A. Author <a@example.org>
"""


def test_there_are_programs() -> None:
    assert len(PROGRAMS) > 150


@pytest.mark.parametrize("first", range(0, len(PROGRAMS), 20))
def test_programs_stay(first: int) -> None:
    for name in PROGRAMS[first : first + 20]:
        assert strip_boilerplate((STDLIB / name).read_text("utf-8")).edits == (), name


def test_a_manual_stays() -> None:
    assert strip_boilerplate(MANUAL).edits == ()


def test_the_licence_of_this_package_stays() -> None:
    licence = Path(__file__).parents[2] / "LICENSE"
    assert strip_boilerplate(licence.read_text("utf-8")).edits == ()


def test_a_page_in_english_is_still_told() -> None:
    menu = ["Home", "News", "Sport", "Contact us", "Log in", "Subscribe", "Privacy Policy", "Cookie Policy"]
    story = ["The river rose by two metres in the night, and people left their houses with what they could carry."] * 4
    text = "\n".join([*menu, *story, "All rights reserved.", "© 2024 The Daily Example"])
    kept = strip_boilerplate(text).text
    assert story[0] in kept
    assert "Privacy Policy" not in kept
    assert "© 2024" not in kept


TABLE = "| 列1 | 列2 |\n| --- | --- |\n| 首页 | /index |\n| 登录 | /login |\n| 注册 | /new |\n| 联系我们 | /us |\n"


@pytest.mark.parametrize(
    "text",
    [
        "网站设计指南\n\n" + TABLE + "\n首页是用户看到的第一个页面。\n登录按钮放在右上角。\n",
        "安装\n```python\nprint(1)\n```\n首页\n登录\n注册\n联系我们\n关于我们\n网站地图\n",
        "版权所有一行通常在页面底部。",
    ],
)
def test_what_is_written_about_pages_is_no_page(text: str) -> None:
    assert strip_boilerplate(text).edits == ()


@pytest.mark.parametrize(
    ("words", "apart"), [("Home Search Help About Contact Login Privacy", 60), ("首页 登录 搜索 注册", 110)]
)
def test_a_manual_with_such_words_here_and_there_is_no_page(words: str, apart: int) -> None:
    lines = []
    for word in words.split():
        lines.append(word)
        lines += [f"{word} {number}: {line}" for number in range(apart) for line in ("options", "-v", "选项")][:apart]
    lines.append("This option makes the program say what it does while it does it, which is slow but of use.")
    text = "\n".join(lines)
    assert strip_boilerplate(text).text == text
    menu = "\n".join([*words.split(), *lines])
    assert strip_boilerplate(menu).text != menu


def test_a_sentence_over_several_lines_stays_or_goes_as_one() -> None:
    menu = ["Home", "News", "Sport", "Contact us", "Log in", "Subscribe", "Privacy Policy", "Cookie Policy"]
    wrapped = [
        "The following gives some practical guidelines to help you write efficient",
        "code for the project, and to tell which parts of it are",
        "slow: measure first, and change only what a profile has shown to be worth it.",
    ]
    for story in (wrapped, [*wrapped, "", *wrapped]):
        kept = strip_boilerplate("\n".join([*menu, "", *story, "", *menu])).text.split("\n")
        assert len({line in kept for line in wrapped}) == 1


def test_a_list_of_words_is_no_page() -> None:
    words = [
        "about",
        "contact",
        "help",
        "home",
        "login",
        "more",
        "news",
        "privacy",
        "search",
        "share",
        "subscribe",
        "the",
        "this",
        "would",
        "she",
        "most",
        "only",
    ]
    text = "\n".join(words * 3)
    assert strip_boilerplate(text).text == text


@pytest.mark.parametrize(
    "line", ["责任编辑：郭明煜", "(责编：汤诗瑶、丁涛)", "【編輯：姚昊】", "【1】【2】【3】下一页"]
)
def test_lines_for_the_editor_and_numbers_of_pages_go_from_a_page(line: str) -> None:
    story = "国庆中秋长假过半，各地公园里的花都开了，孩子们在草地上放风筝，老人们坐在长椅上晒太阳，说着过去的事情。"
    page = f"<html><body><h1>公园里的花</h1><p>{story}</p><p>{story}</p><p>{line}</p><div>相关</div></body></html>"
    assert line not in extract(page).text
    assert story in extract(page).text
    assert strip_boilerplate(f"{story}\n{line}").text.startswith(story)
