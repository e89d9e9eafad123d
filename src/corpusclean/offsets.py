"""Offsets across edits."""

from __future__ import annotations

from bisect import bisect_right

__all__ = ["map_span"]


def map_span(
    start: int, end: int, starts: list[int], ends: list[int], to_starts: list[int], to_ends: list[int]
) -> tuple[int, int]:
    """Where the span ``[start, end)`` lies on the other side of the edits.

    The edits are given by parallel lists, sorted: where each starts and ends on this side (`starts`, `ends`) and on
    the other (`to_starts`, `to_ends`). An edit that a border of the span cuts is taken whole.

    >>> map_span(2, 5, [1], [4], [1], [1])  # "a(x)b" without its "(x)"
    (1, 2)
    """
    i = bisect_right(starts, start) - 1
    if i < 0:
        new_start = start
    elif start < ends[i]:
        new_start = to_starts[i]
    else:
        new_start = start - ends[i] + to_ends[i]
    j = bisect_right(starts, end) - 1
    while j >= 0 and starts[j] == end and (j > i or starts[j] > start):
        j -= 1
    if j < 0:
        new_end = end
    elif end < ends[j]:
        new_end = to_ends[j]
    else:
        new_end = end - ends[j] + to_ends[j]
    return new_start, max(new_start, new_end)
