"""What is shown of a text and its edits where there is no room for all of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..changes import NEWLINE, LineChange, line_changes
from ..edits import Edit, Revision

__all__ = ["examples_of", "excerpt", "line_rows"]

LINES = 12  # changed lines of one document
PIECES = 40  # stretches of one line
KEPT = 80  # characters of an unchanged stretch
CHANGED = 240  # characters of a changed one
CONTEXT = 24  # characters on each side of an example
EXAMPLE = 160  # characters of an example's text before, and after
OF_A_RULE = 3  # examples of one rule in one document


def excerpt(text: str, length: int) -> str:
    """`text`, or its beginning and an ellipsis.

    >>> excerpt("abcdef", 3), excerpt("abc", 3)
    ('abc…', 'abc')
    """
    return text if len(text) <= length else f"{text[:length]}…"


def _middle_out(text: str, length: int) -> str:
    """`text`, or its two ends and how much lies between them.

    >>> _middle_out("x" * 2000, 20)
    'xxxxxxxxxx … 1,980 characters … xxxxxxxxxx'
    """
    if len(text) <= length + 20:
        return text
    half = length // 2
    return f"{text[:half]} … {len(text) - 2 * half:,} characters … {text[-half:]}"


def examples_of(revisions: Iterable[Revision]) -> dict[str, list[list[Any]]]:
    """Up to three examples of each rule: text left of the edit, before, after, right of it, confidence.

    The first edits of a rule that differ from one another are taken, then the first of those that are like them; each
    stands in the text as its step saw it.

    >>> examples_of([Revision.of("a(x)b(x)", [Edit(1, 4, "(x)", "", "demo"), Edit(5, 8, "(x)", "", "demo")])])
    {'demo': [['a', '(x)', '', 'b(x)', 1.0], ['a(x)b', '(x)', '', '', 1.0]]}
    """
    found: dict[str, list[list[Any]]] = {}
    alike: dict[str, list[list[Any]]] = {}
    seen: set[tuple[str, str, str]] = set()
    for revision in revisions:
        before = revision.before
        for edit in revision.edits:
            for rule in edit.rule.split("+"):  # an edit of two rules in one place is an example of each
                what = (rule, edit.before, edit.after)
                shown = (alike if what in seen else found).setdefault(rule, [])
                if len(shown) < OF_A_RULE:
                    seen.add(what)
                    shown.append(_example(before, edit))
    return {rule: [*shown, *alike.get(rule, ())][:OF_A_RULE] for rule, shown in found.items()}


def _example(text: str, edit: Edit) -> list[Any]:
    """An edit with a little of its line on each side."""
    left = text[max(0, edit.start - CONTEXT) : edit.start].rpartition("\n")[2]
    right = text[edit.end : edit.end + CONTEXT].partition("\n")[0]
    return [
        left,
        _middle_out(edit.before, EXAMPLE),
        _middle_out(edit.after, EXAMPLE),
        right,
        round(edit.confidence, 4),
    ]


def line_rows(revision: Revision, most: int = LINES, pieces: int = PIECES) -> tuple[list[dict[str, Any]], int]:
    r"""Some changed lines of a document, and how many more there are.

    A line that shows a rule not yet shown goes before one that does not, and an empty line is not worth the room
    again. They stand in the order of the text, at most `most` of them, each of at most so many `pieces`.

    >>> rows, left_out = line_rows(Revision.of("a\nb", [Edit(2, 3, "b", "c", "demo")]))
    >>> rows[0]["pieces"], left_out
    ([['deleted', 'b'], ['inserted', 'c']], 0)
    """
    news: list[LineChange] = []
    more: list[LineChange] = []
    changed = 0
    shown: set[str] = set()
    for line in line_changes(revision):
        if not line.changed:
            continue
        changed += 1
        if len(news) < most and not shown.issuperset(line.rules):
            shown.update(line.rules)
            news.append(line)
        elif len(more) < most and any(piece.text.strip(f"{NEWLINE} ") for piece in line.pieces):
            more.append(line)
    chosen = sorted([*news, *more[: most - len(news)]], key=lambda line: line.number)
    return [_row(line, pieces) for line in chosen], changed - len(chosen)


def _row(line: LineChange, most: int) -> dict[str, Any]:
    pieces = [[piece.kind, _middle_out(piece.text, KEPT if piece.kind == "kept" else CHANGED)] for piece in line.pieces]
    if len(pieces) > most:
        pieces[most:] = [["kept", f" … {len(pieces) - most:,} more pieces …"]]
    return {"number": line.number, "removed": line.removed, "rules": dict(line.rules), "pieces": pieces}
