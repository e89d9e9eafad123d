"""Character classes for gates: one compiled regular expression that is fast for any set of characters."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["gate"]


def gate(characters: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of `characters`; it may also find others beyond the Basic Multilingual Plane.

    Python's engine looks a character of the first 65,536 up in a bitmap, but compares one beyond with each
    listed one in turn. Those are therefore joined to one range: a gate may let too much through, never too little.

    >>> found = gate("著乾")
    >>> found.search("看著") is not None, found.search("看着") is not None
    (True, False)
    """
    chosen = sorted(set(characters))
    near = [char for char in chosen if char <= "\uffff"]
    far = [char for char in chosen if char > "\uffff"]
    ranges: list[list[str]] = []
    for char in near:
        if ranges and ord(char) == ord(ranges[-1][1]) + 1:
            ranges[-1][1] = char
        else:
            ranges.append([char, char])
    if far:
        ranges.append([far[0], far[-1]])
    if not ranges:
        return re.compile(r"(?!)")
    parts = [low if low == high and low > "\x7f" else f"{re.escape(low)}-{re.escape(high)}" for low, high in ranges]
    return re.compile(f"[{''.join(parts)}]")
