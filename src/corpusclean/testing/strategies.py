"""Hypothesis strategies: clean Chinese documents, damaged ones with their truth, and hostile text.

Needs `hypothesis`: ``pip install 'corpusclean[test]'``.
"""

from __future__ import annotations

import random

from ..errors import MissingExtraError

try:
    from hypothesis import strategies as st
except ImportError as error:
    raise MissingExtraError(
        "corpusclean.testing.strategies needs hypothesis", remedy="pip install 'corpusclean[test]'"
    ) from error

from . import simulate
from .sentences import SENTENCES
from .simulate import Damaged

__all__ = ["DAMAGES", "clean_chinese", "damaged_bytes", "damaged_chinese", "hostile_text", "html_soup"]

DAMAGES = ("readings", "misfired readings", "commas", "misfired commas", "wrong codec", "invisible", "spaced", "page")
_CODECS = ("utf-8", "gb18030", "big5", "shift_jis", "euc-kr", "latin-1", "cp1252")
_WRITTEN = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be", "utf-8-sig", "hz", "iso2022_jp")
_PIECES = (
    *"?？!！,，。、；：“”《》()（）\u00a0\u3000\ufffd\ue000\u200b\u200d\u00ad\x00\x1b\r\n\n\n\t -|_<>&;/",
    *(
        "(shí)",
        "(dāng)",
        "?shù)",
        "&amp;nbsp;",
        "/p>",
        "锟斤拷",
        "烫烫",
        "浣犲ソ",
        "锛",
        "ÄãºÃ",
        "Ã©",
        "â€™",
        "??!",
        ",,",
    ),
    *(
        "當",
        "時",
        "里",
        "著",
        "干",
        "后",
        "的",
        "了",
        "國",
        "国",
        "あ",
        "カ",
        "한",
        "a",
        "7",
        "é",
        "я",
        "ע",
        "ا",
        "ไ",
        "😀",
    ),
    *(
        "首页 > 新闻",
        "来源：",
        "2019-04-01",
        "上一篇：",
        "版权所有",
        "【打印】",
        "扫一扫",
        "\ud800",
        "\udfff",
        "e\u0301",
        "⼀",
        "丽",
    ),
)


@st.composite
def clean_chinese(draw: st.DrawFn, *, traditional: bool | None = None, most: int = 8) -> str:
    """One to `most` clean lines of one to four sentences, Simplified or naive Traditional."""
    lines = draw(st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4), min_size=1, max_size=most))
    text = "\n".join("".join(line) for line in lines)
    return simulate.naive_traditional(text) if (draw(st.booleans()) if traditional is None else traditional) else text


@st.composite
def damaged_chinese(draw: st.DrawFn) -> Damaged:
    """A clean document with one to three kinds of damage on top of one another."""
    rng = draw(st.randoms(use_true_random=False))
    truth = text = draw(clean_chinese())
    names = draw(st.lists(st.sampled_from(DAMAGES), min_size=1, max_size=3, unique=True))
    for name in names:
        text = _damage(name, text, rng, draw)
    return Damaged(text, truth, tuple(names))


def _damage(name: str, text: str, rng: random.Random, draw: st.DrawFn) -> str:
    """`text` with the damage of that name, one of :data:`DAMAGES`."""
    chars = sorted({char for char in text if "\u4e00" <= char <= "\u9fff"})
    match name:
        case "readings":
            return simulate.inject_readings(text, rng.sample(chars, len(chars) // 3))
        case "misfired readings":
            return simulate.misfire_readings(text, rng.sample(chars, len(chars) // 3))
        case "commas":
            return simulate.inject_commas(text, rng, 0.5)
        case "misfired commas":
            return simulate.misfire_commas(text)
        case "wrong codec":
            return simulate.misread(text, draw(st.sampled_from(_CODECS[:4])), draw(st.sampled_from(_CODECS)))
        case "invisible":
            return simulate.scatter_invisible(text, rng)
        case "spaced":
            return simulate.space_out(text)
        case _:
            return simulate.wrap_page(text.split("\n"), rng)


@st.composite
def damaged_bytes(draw: st.DrawFn) -> bytes:
    """A clean or damaged document in some encoding, with or without bytes lost, inserted, or from another encoding."""
    rng = draw(st.randoms(use_true_random=False))
    text = draw(st.one_of(clean_chinese(), damaged_chinese().map(lambda damaged: damaged.text)))
    data = text.encode(draw(st.sampled_from(_WRITTEN)), "replace")
    change = draw(st.sampled_from(("none", "drop", "insert", "mix", "cut")))
    if change == "drop":
        return simulate.drop_bytes(data, rng, draw(st.integers(1, 3)))
    if change == "insert":
        at = draw(st.integers(0, len(data)))
        return data[:at] + draw(st.binary(min_size=1, max_size=4)) + data[at:]
    if change == "mix":
        return data + b"\n" + draw(clean_chinese()).encode(draw(st.sampled_from(_WRITTEN[:3])), "replace")
    return data[: draw(st.integers(0, len(data)))] if change == "cut" else data


def hostile_text(max_size: int = 40) -> st.SearchStrategy[str]:
    """Text made of the pieces that rules look for, in any order, with lone surrogates and controls between."""
    pieces = st.one_of(st.sampled_from(_PIECES), st.sampled_from(SENTENCES), st.characters())
    return st.lists(pieces, max_size=max_size).map("".join)


def html_soup(max_size: int = 30) -> st.SearchStrategy[str]:
    """Tags, references, comments and text in any order, closed or not, with an ``<html>`` in front."""
    tags = (
        "p",
        "div",
        "br",
        "script",
        "style",
        "table",
        "tr",
        "td",
        "pre",
        "a href='x'",
        "li",
        "title",
        "h1",
        "b",
        "textarea",
    )
    pieces = st.one_of(
        st.sampled_from([f"<{tag}>" for tag in tags] + [f"</{tag.split()[0]}>" for tag in tags]),
        st.sampled_from(
            ("<!--", "-->", "<![CDATA[", "]]>", "&amp;", "&#x4e2d;", "&nbsp", "&bogus;", "<", ">", '"', "\n", "  ")
        ),
        st.sampled_from(SENTENCES),
        st.text(max_size=4),
    )
    return st.lists(pieces, max_size=max_size).map(lambda parts: "<!DOCTYPE html><html>" + "".join(parts))
