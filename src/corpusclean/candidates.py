"""Which of the proposed metadata values to believe.

A page says the same thing in several places, and some of them lie: the headline stands in ``<title>`` with the
site's name behind it, ``<meta name=author>`` names the editor, a template prints today's date. So values are not
ranked one by one: equal values from independent places support each other, and what the page itself calls an
editor or the name of the site is no author.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from .patterns import lazy_pattern
from .steps import Candidate

__all__ = ["choose"]

MIN_CONFIDENCE = 0.3
"""A value that is believed less than this is not told at all."""

_SEPARATORS = lazy_pattern(r"[\s,，、;；/|]+")
"""What parts the names of several authors: ``王帆、李四`` and ``王帆 李四`` are one value."""


_DATE_BEHIND = lazy_pattern(r"(?<!\s)\s+(?:19|20)\d\d[-/.年]\d[^\n]{0,80}$")
"""A date at the end of a value: `` 2020年01月12日18:32``; ``路人2020`` ends in none."""

_NOBODY = frozenset(
    (
        "佚名",
        "匿名",
        "未知",
        "不详",
        "不詳",
        "网络",
        "網絡",
        "admin",
        "administrator",
        "小编",
        "本站",
        "原创",
        "unknown",
    )
)
"""What templates write where nobody is named."""

_NO_AUTHOR = frozenset(("网络整理", "系统管理员"))
"""What may be a source, and is no author."""


def choose(candidates: Iterable[Candidate]) -> dict[str, Candidate]:
    """The believed candidate of each field.

    Equal values (by NFKC, without white space; dates by their day) of different evidence add up as independent
    witnesses do, ``1 - (1 - a)(1 - b)``; the surest value wins, the first among equals. Of one value the surest
    wording is told, of one day the most precise. Candidates of the field ``editor`` are witnesses against an
    author, and an author who is the source or the site is left out.

    >>> said = [Candidate("author", "倪某", 0.6, "meta"), Candidate("author", "王帆", 0.5, "byline"),
    ...         Candidate("editor", "倪某", 0.9, "byline"), Candidate("date", "2024-05-20", 0.6, "json-ld"),
    ...         Candidate("date", "2024-05-20T16:25", 0.6, "time"), Candidate("date", "2024-05-22", 0.8, "meta")]
    >>> {field: found.value for field, found in choose(said).items()}
    {'author': '王帆', 'date': '2024-05-20T16:25'}
    """
    fields: dict[str, dict[str, dict[str, Candidate]]] = {}
    for candidate in candidates:
        if candidate.field == "author":
            candidate = _without_date(candidate)
        key = _key(candidate)
        if candidate.field == "author" and key in _NO_AUTHOR:
            continue
        if key and not (candidate.field in ("author", "source") and key in _NOBODY):
            witnesses = fields.setdefault(candidate.field, {}).setdefault(key, {})
            known = witnesses.get(candidate.evidence)
            if known is None or candidate.confidence > known.confidence:
                witnesses[candidate.evidence] = candidate
    editors = fields.pop("editor", {})
    fields.pop("description", None)  # told to the judge of lines alone
    chosen: dict[str, Candidate] = {}
    for field, values in fields.items():
        if field == "date":
            _merge_vague_dates(values)
        if field == "author":
            values = {key: value for key, value in values.items() if not any(_same_name(key, one) for one in editors)}
        best, surest = None, MIN_CONFIDENCE
        for witnesses in values.values():
            doubt = 1.0
            for candidate in witnesses.values():
                doubt *= 1.0 - candidate.confidence
            if 1.0 - doubt > surest:
                best, surest = witnesses, 1.0 - doubt
        if best is not None:
            chosen[field] = max(best.values(), key=_precision if field == "date" else _confidence)
    if "author" in chosen:
        author = _key(chosen["author"])
        if any(other in chosen and _key(chosen[other]) == author for other in ("source", "site")):
            del chosen["author"]
    return chosen


def _without_date(candidate: Candidate) -> Candidate:
    """An author without the date that stood behind the name: ``涅阳城 2020年01月12日``."""
    name = _DATE_BEHIND.sub("", str(candidate.value))
    return candidate if name == candidate.value else candidate._replace(value=name)


def _confidence(candidate: Candidate) -> float:
    return candidate.confidence


def _precision(candidate: Candidate) -> tuple[int, float]:
    return len(str(candidate.value)), candidate.confidence


def _key(candidate: Candidate) -> str:
    """What makes two values of a field the same."""
    text = unicodedata.normalize("NFKC", str(candidate.value))
    if candidate.field == "date":
        return text[:10]
    return _SEPARATORS.sub("", text).casefold()


def _same_name(author: str, editor: str) -> bool:
    """Whether an author is a page's editor; pages put the desk's name before the person's in one of both places."""
    return author == editor or (
        min(len(author), len(editor)) >= 2 and (author.endswith(editor) or editor.endswith(author))
    )


def _merge_vague_dates(values: dict[str, dict[str, Candidate]]) -> None:
    """Let a month bear witness for the day within it that is believed most."""
    for vague in [key for key in values if len(key) < 10]:
        exact = [key for key in values if len(key) == 10 and key.startswith(vague)]
        if exact:
            best = max(exact, key=lambda key: max(found.confidence for found in values[key].values()))
            for evidence, candidate in values.pop(vague).items():
                values[best].setdefault(f"{evidence} (vague)", candidate)
