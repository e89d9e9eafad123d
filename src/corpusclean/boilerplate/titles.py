"""The headline in the text: found by what stands around it, and kept once."""

from __future__ import annotations

from ..patterns import lazy_pattern
from ..steps import Candidate
from .byline import BODY_LENGTH
from .sheet import Verdict

__all__ = ["find_titles"]

RULE = "boilerplate/title_repeated"
HEAD_LINES = 12
_CLAUSE_END = "。；，,;"  # headlines may call and ask
_NOT_LETTERS = lazy_pattern(r"[\W_]+")
_SUBTITLE = lazy_pattern(r"[—－-]{2,}\s?\S.{3,60}$")
"""A subtitle of its own line: `——近年来工作综述`; near miss `-5` (one stroke)."""
_CRUMB_TAIL = lazy_pattern(r"[>＞»›→≫]\s{0,3}([^>＞»›→≫]{4,80})$")


def find_titles(
    lines: list[str], gone: dict[int, Verdict], known: str | None, *, anywhere: bool = False
) -> tuple[dict[int, Verdict], list[Candidate]]:
    """Repeats of the headline to remove, and what the headline is.

    A headline is believed if the metadata or a breadcrumb name it, or a subtitle, a byline or a breadcrumb are its
    neighbours; a line that merely comes first is not. `known` is a headline that the markup states. Neighbours are
    looked for among the first lines, or `anywhere` above the text, where much of a page's menus comes first.

    >>> gone = {0: Verdict("boilerplate/breadcrumb", 1.0)}
    >>> find_titles(["首页 > 工作会议上的讲话", "工作会议上的讲话", "工作会议上的讲话", "同志们："], gone, None)[0]
    {2: Verdict(rule='boilerplate/title_repeated', confidence=0.9)}
    """
    shown = [number for number, line in enumerate(lines[: 4 * HEAD_LINES + len(gone)]) if line][: 2 * HEAD_LINES]
    named = {_NOT_LETTERS.sub("", known)} if known else set()
    for number in shown:
        if number in gone and gone[number].rule == "boilerplate/breadcrumb":
            tail = _CRUMB_TAIL.search(lines[number])
            if tail:
                named.add(_NOT_LETTERS.sub("", tail[1]))
    candidates: list[Candidate] = []
    verdicts: dict[int, Verdict] = {}
    head = [number for number in shown if number not in gone]
    title = None
    if named:
        title = next((number for number in head[:HEAD_LINES] if _NOT_LETTERS.sub("", lines[number]) in named), None)
    if title is not None and not known:
        candidates.append(Candidate("title", lines[title], 0.82, "breadcrumb"))
    if title is None:
        title = _between(lines if anywhere else lines[: shown[HEAD_LINES] if len(shown) > HEAD_LINES else None], gone)
        if title is not None:
            candidates.append(Candidate("title", lines[title], 0.7, "line above the byline"))
    if title is None:
        return verdicts, candidates
    after = [number for number in head if number > title]
    if after and _SUBTITLE.match(lines[after[0]]):
        candidates.append(Candidate("subtitle", lines[after[0]].lstrip("—－- "), 0.8, "line below the title"))
    key = _NOT_LETTERS.sub("", lines[title])
    for number in after[:HEAD_LINES]:
        if len(key) >= 4 and _NOT_LETTERS.sub("", lines[number]) == key:
            verdicts[number] = Verdict(RULE, 0.9)
    return verdicts, candidates


def _between(lines: list[str], gone: dict[int, Verdict]) -> int | None:
    """The line above the first labelled byline or a subtitle, if no running text stands before them."""
    above: list[int] = []
    for number, line in enumerate(lines):
        is_byline = number in gone and gone[number].rule == "boilerplate/byline"
        if above and (is_byline or _SUBTITLE.match(line)):
            title = lines[above[-1]]
            if 5 <= len(title) <= 80 and title[-1] not in _CLAUSE_END:
                return above[-1]
        if is_byline or (len(line) >= BODY_LENGTH and any(mark in line for mark in _CLAUSE_END)):
            return None
        if line and number not in gone:
            above.append(number)
    return None
