"""GBK as the damaged pages were written and printed: which pairs are characters, which vanish, what was put in."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

__all__ = ["ANNOTATION", "FOLDED", "READING", "Pairs", "gbk_bytes", "gbk_pairs"]

READING = "[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿê]{1,8}"
# A reading in parentheses (match: (shù); near miss: (Shu), (shù shì), （shù）).
ANNOTATION = re.compile(rf"\({READING}\)")

FOLDED = dict(zip(",!?;:()", "，！？；：（）", strict=True))
"""Marks that later tools narrow, and what they were."""


class Pairs(NamedTuple):
    """What pairs of bytes mean.

    Attributes:
        char: the character of each pair of bytes, by lead and trail.
        leads: for each trail byte, the leads that make a character with it.
        trails: for each lead byte, the trails that make a character with it.
        gone: for each first byte, the second bytes of pairs that print as nothing (unassigned or user-defined).
    """

    char: dict[tuple[int, int], str]
    leads: dict[int, list[int]]
    trails: dict[int, list[int]]
    gone: dict[int, list[int]]


@cache
def gbk_pairs() -> Pairs:
    """The tables, made once (about 20 ms).

    >>> pairs = gbk_pairs()
    >>> pairs.char[0x94, 0xB5], 0xA1 in pairs.leads[0xA3], 0xA1 in pairs.gone[0xAA]
    ('數', True, True)
    """
    char: dict[tuple[int, int], str] = {}
    leads: dict[int, list[int]] = {}
    trails: dict[int, list[int]] = {}
    gone: dict[int, list[int]] = {}
    for lead in range(0x80, 0xFF):
        for trail in (*range(0x40, 0x7F), *range(0x80, 0xFF)):
            try:
                decoded = bytes((lead, trail)).decode("gbk")
            except UnicodeDecodeError:
                gone.setdefault(lead, []).append(trail)
                continue
            char[lead, trail] = decoded
            leads.setdefault(trail, []).append(lead)
            trails.setdefault(lead, []).append(trail)
    return Pairs(char, leads, trails, gone)


def gbk_bytes(char: str) -> tuple[int, int] | None:
    r"""The two bytes that print as `char`, user-defined pairs among them; ``None`` for what is not two bytes.

    >>> gbk_bytes("數"), gbk_bytes("\ue000"), gbk_bytes("a"), gbk_bytes("\ud800")
    ((148, 181), (170, 161), None, None)
    """
    if char <= "\x7f":
        return None
    data = char.encode("gb18030", "ignore")
    return (data[0], data[1]) if len(data) == 2 else None
