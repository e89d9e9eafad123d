"""Sentences that run over several lines: their lines stay or go together.

Mail, old pages and tag-stripping converters break lines inside of sentences. A judge of lines, unsure of each, may
take one out of the middle. Where a line breaks off and the next goes on in small letters, both are one sentence.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["chances_of_sentences"]

_BROKEN = 40
"""A line that was broken at a margin has at least so many code points: no item of a menu, and no line of verse."""
_ENDS = ".!?:;。！？：；…\"'”’)|"


def chances_of_sentences(
    numbers: Sequence[int], lines: Sequence[str], chances: Sequence[float], sizes: Sequence[int]
) -> list[float]:
    """The chances of lines, those of one sentence made alike: the mean, by length.

    Args:
        numbers: where each line stands; a sentence does not run over a blank line.
        lines: trimmed, none of them empty.
        chances: of being content.
        sizes: length of each line.

    >>> lines = ["The river rose in the night, and people left all", "their houses behind and fled.", "home"]
    >>> chances_of_sentences([4, 5, 6], lines, [0.9, 0.4, 0.1], [30, 20, 2])
    [0.7, 0.7, 0.1]
    """
    out = list(chances)
    start = 0
    for at in range(1, len(lines) + 1):
        if at < len(lines) and numbers[at] == numbers[at - 1] + 1 and _goes_on(lines[at - 1], lines[at]):
            continue
        if at - start > 1:
            weight = sum(sizes[start:at])
            mean = sum(chance * size for chance, size in zip(chances[start:at], sizes[start:at], strict=True)) / weight
            out[start:at] = [round(mean, 4)] * (at - start)
        start = at
    return out


def _goes_on(line: str, following: str) -> bool:
    """Whether a sentence goes on from one line to the next."""
    return len(line) >= _BROKEN and line[-1] not in _ENDS and following[0].islower()
