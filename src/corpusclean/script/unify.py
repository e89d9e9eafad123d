"""Unifying: every line of a document in one script, by what the line and the document say of themselves.

Plain conversion does harm where the text is not what the converter expects: t2s leaves 著 for 着 in Taiwanese and
in naively converted text, tw2s spoils Simplified lines (显著 → 显着), either ruins Japanese. So each line is judged,
and gets the conversion that it needs, or none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from ..edits import Edit, Revision, RuleTally
from ..errors import ConfigError
from ..patterns import lazy_pattern
from ..steps import Script
from .conversions import Conversions
from .detection import Survey, survey
from .differences import differences
from .evidence import letters
from .folding import fold
from .naive import asks_for_traditional, naive_evidence, naive_likelihood
from .treatments import TARGETS, Treatments, treatments

__all__ = ["unify", "unify_script"]

_ROUNDS = 4
_CLAUSE = lazy_pattern(r"[，。！？；：、,.!?;:\s「」『』“”‘’（）()《》〈〉【】—…]+")
_FOREIGN: tuple[Script, ...] = ("ja", "ko")
_CHINESE: tuple[Script, ...] = ("hans", "hant", "mixed")


class Piece(NamedTuple):
    """A stretch that was converted: where it stood, where it stands, and by which rule."""

    start: int
    end: int
    new_start: int
    new_end: int
    rule: str


class Unified(NamedTuple):
    """A text in one script, and whether it is known that nothing would be proposed for it in the same context."""

    revision: Revision
    settled: bool


def unify_script(text: str, target: str = "hans") -> Revision:
    """Take every Chinese line of `text` to one script, and leave what is in it already.

    Args:
        text: any text; lines end with a newline.
        target: ``hans``, ``hant`` (OpenCC's standard), ``hant-tw`` or ``hant-hk``.

    Returns:
        The revision. Unifying its text again changes nothing.

    Raises:
        ConfigError: an unknown target.

    >>> unify_script("這個顯著的著作，他看著").text
    '这个显著的著作，他看着'
    >>> unify_script("日本語の漢字と仮名").edits
    ()
    """
    return unify(text, target).revision


def unify(
    text: str,
    target: str,
    *,
    backend: str = "corpusclean",
    word_guards: bool = False,
    found: Survey | None = None,
    prior: Script | None = None,
    known: Conversions | None = None,
) -> Unified:
    """:func:`unify_script` with all its choices.

    Args:
        text: any text.
        target: the script to take it to.
        backend: the engine that converts.
        word_guards: whether word evidence may overrule the dictionary.
        found: the survey of `text`, if there is one.
        prior: the script of the document that `text` is a part of, for text that says nothing itself.
        known: what was converted already, for the target ``hans`` and our engine.
    """
    if target not in TARGETS:
        raise ConfigError(f"unknown script: {target!r}", remedy=f"known: {', '.join(TARGETS)}")
    if text.isascii():
        return Unified(Revision.unchanged(text), True)
    chosen = treatments(target, backend, word_guards)
    whole = _folded(text) if found is None or found.folds else Revision.unchanged(text)
    first = whole
    if whole.changed:
        found = None
    for _ in range(_ROUNDS):
        seen = found or survey(whole.text)
        step = _once(whole.text, chosen, seen, prior, known)
        if step.empty:
            return Unified(whole, not seen.folds)
        whole = whole.then(step)
        found = None
    return Unified(
        first, False
    )  # a text that never comes to rest is left as it is, so that a second time does nothing either


def _folded(text: str) -> Revision:
    after = fold(text)
    if after is text:
        return Revision.unchanged(text)
    return _revision(text, after, [Piece(0, len(text), 0, len(after), "script/variant")])


def _once(text: str, chosen: Treatments, found: Survey, prior: Script | None, known: Conversions | None) -> Revision:
    """One round: each stretch of lines that need the same gets it."""
    plan = _plan(text, chosen, found, prior)
    if plan is None:
        return Revision.unchanged(text)
    parts: list[str] = []
    pieces: list[Piece] = []
    at = new_at = 0
    for treatment, rows in groupby(zip(plan, text.split("\n"), strict=True), key=itemgetter(0)):
        before = "\n".join(line for _, line in rows)
        after = _treated(before, treatment, chosen, known)
        if after != before:
            rule = treatment if treatment in ("naive", "stray") else chosen.rule
            pieces.append(Piece(at, at + len(before), new_at, new_at + len(after), f"script/{rule}"))
        parts.append(after)
        at += len(before) + 1
        new_at += len(after) + 1
    if not pieces:
        return Revision.unchanged(text)
    return _revision(text, "\n".join(parts), pieces)


def _plan(text: str, chosen: Treatments, found: Survey, prior: Script | None) -> list[str] | None:
    """The name of the treatment for each line; ``None`` if there is nothing to do."""
    own = found.lines
    script = found.script
    if not found.tells:
        if script in _FOREIGN or script == "none":
            return None
        script = prior or ("none" if chosen.other == "hant" or not asks_for_traditional(text) else "hans")
        if script not in _CHINESE:
            return None
    other = chosen.other
    if other == "hant" and not found.shares.get("hant"):
        return None if script == "hans" else _lines(text, own, script, chosen, naive=False)
    naive = False
    if other == "hans" and found.shares.get("hant"):
        lines = zip(text.split("\n"), own, strict=True)
        naive = naive_likelihood("\n".join(line for line, verdict in lines if verdict in ("hant", "mixed"))) > 0.5
        if not naive and not found.shares.get("hans"):
            return None
    return _lines(text, own, script, chosen, naive=naive)


def _lines(text: str, own: list[Script], script: Script, chosen: Treatments, *, naive: bool) -> list[str]:
    return [_line(line, verdict, script, chosen, naive) for line, verdict in zip(text.split("\n"), own, strict=True)]


def _line(line: str, verdict: Script, script: Script, chosen: Treatments, naive: bool) -> str:
    """The treatment of one line: its own verdict, or the document's where it has none."""
    if not line or verdict in _FOREIGN:
        return "keep"
    if script in _FOREIGN or script == "none":
        marks = line.translate(letters())
        told = marks.count("s") + marks.count("t")
        if script == "none" and verdict in _CHINESE and 2 * (len(marks) - marks.count(" ")) > len(line):
            pass
        elif told < 3 or marks.count("k") or marks.count("h"):
            return "keep"
    if verdict == "mixed":
        return "clauses"
    if verdict == chosen.other:
        return "own"
    if verdict == "none":
        if naive and script in ("hant", "mixed"):
            return "naive"
        return "own" if script == chosen.other else "keep"
    if naive and verdict == "hant":
        evidence = naive_evidence(line)
        if evidence.written < 2 or evidence.made:
            return "naive"
    return "stray"


def _treated(text: str, treatment: str, chosen: Treatments, known: Conversions | None) -> str:
    if treatment == "keep":
        return text
    if treatment == "own":
        return chosen.own(text, known)
    if treatment == "naive":
        return chosen.naive(text, known)
    if treatment == "stray":
        return chosen.stray(text) if any(letter in text.translate(letters()) for letter in chosen.telling) else text
    return "\n".join(_by_clause(line, chosen) for line in text.split("\n"))


def _by_clause(line: str, chosen: Treatments) -> str:
    """A line in both scripts: each clause by what it says itself, or what the one before it said."""
    parts: list[str] = []
    at, convert = 0, False
    for start, end in _clauses(line):
        clause = line[start:end]
        marks = clause.translate(letters())
        simplified = marks.count("s") + marks.count("S")
        traditional = marks.count("t") + marks.count("T")
        if simplified or traditional:
            ours = traditional if chosen.other == "hant" else simplified
            convert = 2 * ours >= simplified + traditional
            own = convert
        else:
            own = convert or (chosen.other == "hans" and asks_for_traditional(clause))
        parts += line[at:start], chosen.own(clause, None) if own else chosen.stray(clause)
        at = end
    parts.append(line[at:])
    return "".join(parts)


def _clauses(line: str) -> Iterator[tuple[int, int]]:
    at = 0
    for gap in _CLAUSE.finditer(line):
        if gap.start() > at:
            yield at, gap.start()
        at = gap.end()
    if at < len(line):
        yield at, len(line)


# -- edits ----------------------------------------------------------------------------------------------------


def _revision(before: str, after: str, pieces: list[Piece]) -> Revision:
    """The revision of these pieces; its edits, one for each run of changed characters, are made when asked for."""
    tally: dict[str, RuleTally] = {}
    for piece in pieces:
        row = _tally(before[piece.start : piece.end], after[piece.new_start : piece.new_end])
        tally[piece.rule] = tally[piece.rule] + row if piece.rule in tally else row
    return Revision.lazy(before, after, _maker(before, after, pieces), tally)


def _maker(before: str, after: str, pieces: list[Piece]) -> Callable[[], list[Edit]]:
    def made() -> list[Edit]:
        edits: list[Edit] = []
        for start, end, new_start, new_end, rule in pieces:
            for a, b, c, d in _runs(before[start:end], after[new_start:new_end]):
                a, b, c, d = start + a, start + b, new_start + c, new_start + d
                edits.append(Edit(a, b, before[a:b], after[c:d], rule))
        return edits

    return made


_CHANGED = re.compile(rb"\x01+")


def _runs(before: str, after: str) -> Iterator[tuple[int, int, int, int]]:
    """Where two texts differ: run by run if they are of one length, else as one stretch."""
    if len(before) == len(after):
        for run in _CHANGED.finditer(differences(before, after)):
            yield run.start(), run.end(), run.start(), run.end()
        return
    low, high = 0, min(len(before), len(after))
    while low < high and before[low] == after[low]:
        low += 1
    tail = 0
    while tail < high - low and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    yield low, len(before) - tail, low, len(after) - tail


def _tally(before: str, after: str) -> RuleTally:
    if len(before) == len(after):
        mask = differences(before, after)
        return RuleTally(mask.count(b"\0\1") + mask.startswith(b"\1"), 0, 0)
    grown = len(after) - len(before)
    return RuleTally(1, max(0, -grown), max(0, grown))
