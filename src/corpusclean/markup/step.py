"""The markup step: a page becomes lines by edits alone, so that it can be had back byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..edits import Edit, Revision, RuleTally
from ..steps import Context, Findings, Outcome, View

if TYPE_CHECKING:
    from .flatten import Flat

__all__ = ["MarkupStep"]

_CARRIAGE = re.compile(r"\r\n?")
"""A line end with a carriage return, which HTML reads as a newline: ``\\r\\n`` and ``\\r``, not ``\\n``."""

_RUN = re.compile(r"[ \t\n\f\r]+")
"""A run of white space within a line."""

Change = tuple[int, int, str, str]


class MarkupStep:
    r"""HTML to lines with features, and metadata that markup states.

    >>> from corpusclean.config import CleanConfig
    >>> outcome = MarkupStep().revise("<ul><li>甲 <b>乙</b>&amp;<li>丙</ul>", Context(CleanConfig()))
    >>> outcome.revision.text
    '甲 乙&\n丙\n'
    >>> [line.tags[-1] for line in outcome.findings.features[:2]]
    ['li', 'li']
    """

    name = "markup"

    def revise(self, text: str, context: Context) -> Outcome:
        """Take the page `text` apart; every change is an edit with a rule under ``markup/``."""
        from .flatten import flatten  # with all that reads HTML, which plain text never needs
        from .stated import stated

        folded = _fold_lines(text) if "\r" in text else None
        html = text if folded is None else folded.text
        flat = flatten(html, context.config.limits)
        revision = _revision(html, flat)
        candidates = stated(flat, revision.text, context)
        if folded is not None:
            revision = folded.then(revision)
        return Outcome(revision, Findings(candidates, flat.features, limits=flat.limits))

    def looks_alike(self, one: View, other: View) -> bool:  # noqa: ARG002  # a page that is still one is read again
        """No two pages look alike."""
        return False


def _fold_lines(text: str) -> Revision:
    """The revision that makes every line end a newline, as HTML reads it."""
    html = text.replace("\r\n", "\n").replace("\r", "\n")
    tally = {"markup/newline": RuleTally(text.count("\r"), len(text) - len(html), 0)}

    def edits() -> Iterator[Edit]:
        return (Edit(m.start(), m.end(), m[0], "\n", "markup/newline") for m in _CARRIAGE.finditer(text))

    return Revision.lazy(text, html, edits, tally)


def _revision(html: str, flat: Flat) -> Revision:
    """The revision that keeps the parts of `html` and drops the rest."""
    tally = _tally(html, flat)
    text = "".join([part[2] for part in flat.parts])

    def edits() -> Iterator[Edit]:
        return (Edit(start, end, html[start:end], after, rule) for start, end, after, rule in _changes(html, flat))

    return Revision.lazy(html, text, edits, tally)


def _tally(html: str, flat: Flat) -> dict[str, RuleTally]:
    """What :func:`_changes` sums to by rule, without making the changes."""
    counts: dict[str, list[int]] = {}
    find, starts_with, at = html.find, html.startswith, 0
    tags = tags_size = spaces = spaces_size = 0
    for start, end, text, rule in flat.parts:
        if start > at:
            if find("<", at, start) >= 0:
                tags += 1
                tags_size += start - at
            else:
                spaces += 1
                spaces_size += start - at
        at = end
        if rule:
            if len(text) == end - start and starts_with(text, start):
                continue
            row = counts.get(rule)
            if row is None:
                row = counts[rule] = [0, 0, 0]
            row[0] += 1
            grown = len(text) - end + start
            row[1 if grown < 0 else 2] += abs(grown)
        elif len(text) != end - start or not starts_with(text, start):
            runs = list(_collapsed(html, start, end))
            spaces += len(runs)
            spaces_size += sum(run[1] - run[0] - 1 for run in runs)
    if at < len(html):
        if find("<", at) >= 0:
            tags += 1
            tags_size += len(html) - at
        else:
            spaces += 1
            spaces_size += len(html) - at
    if tags:
        counts["markup/tag"] = [tags, tags_size, 0]
    if spaces:
        row = counts.setdefault("markup/whitespace", [0, 0, 0])
        row[0] += spaces
        row[1] += spaces_size
    return {rule: RuleTally(*row) for rule, row in counts.items()}


def _changes(html: str, flat: Flat) -> Iterator[Change]:
    """What differs between the source and the text, in order: ``(start, end, after, rule)``."""
    at = 0
    for start, end, text, rule in flat.parts:
        if start > at:
            yield at, start, "", _rule_of_gap(html, at, start)
        if rule:
            if text != html[start:end]:
                yield start, end, text, rule
        elif end - start != len(text) or text != html[start:end]:
            yield from _collapsed(html, start, end)
        at = end
    if at < len(html):
        yield at, len(html), "", _rule_of_gap(html, at, len(html))


def _rule_of_gap(html: str, start: int, end: int) -> str:
    return "markup/tag" if html.find("<", start, end) >= 0 else "markup/whitespace"


def _collapsed(html: str, start: int, end: int) -> Iterator[Change]:
    """The runs of white space that were collapsed in a part."""
    for run in _RUN.finditer(html, start, end):
        if run[0] != " ":
            yield run.start(), run.end(), " ", "markup/whitespace"
