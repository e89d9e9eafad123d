"""Hard-wrapped paragraphs: lines cut at a fixed width, joined on request."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ..edits import Edit
from ..patterns import lazy_pattern

__all__ = ["join_wrapped"]

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003347f"
_GOES_ON = lazy_pattern(f"[{_HAN}，、；：“‘「『《（—…]\\Z")
"""The end of a line in mid-sentence. Match: ``…因为，``; near miss: ``…好。``."""
_BEGINS = lazy_pattern(f"[{_HAN}“‘「『《（”’」』》），。、；：！？0-9A-Za-z]")
_LEAST, _MOST = 16, 80  # code points of a line that a program or a typist would wrap at


def join_wrapped(text: str) -> Iterator[Edit]:
    r"""Newlines inside paragraphs of Chinese that are wrapped at a fixed width go.

    A block of lines counts as wrapped if at least two of its lines, the last one aside, are of the greatest width,
    less up to two characters, and that width is from 16 to 80 characters. A full line is joined to the next if it
    ends in mid-sentence and the next one is not indented.

    >>> text = "这是一段固定宽度的文字每一行都是一\n样长的所以可以看出换行的地方不是段\n落。\n第二段。"
    >>> [edit.start for edit in join_wrapped(text)]
    [17, 35]
    """
    at = 0
    for filled, block in groupby(text.split("\n"), key=bool):
        lines = list(block)
        size = sum(map(len, lines)) + len(lines)
        if filled:
            for place in _wraps(lines):
                yield Edit(at + place, at + place + 1, "\n", "", "layout/join")
        at += size


def _wraps(lines: list[str]) -> Iterator[int]:
    """Which newlines of a block of lines only wrap it, as places in the block."""
    width = max(map(len, lines))
    if not _LEAST <= width <= _MOST:
        return
    full = [width - len(line) <= 2 for line in lines]
    if sum(full[:-1]) < 2:
        return
    place = 0
    for line, is_full, following in zip(lines, full, lines[1:], strict=False):
        place += len(line)
        if is_full and _GOES_ON.search(line) and _BEGINS.match(following):
            yield place
        place += 1
