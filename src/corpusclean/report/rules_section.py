"""What the rules did, each with examples before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..figures import plural
from ..rules import rule_named
from .charts import bar, number
from .elements import Html, tag, whole
from .overview import counts_of
from .run_folder import RunPapers

__all__ = ["examples_by_rule", "rules_section", "shown"]

EXAMPLES = 5  # of one rule
# What is written for characters that are seen only by what they do.
SIGNS = str.maketrans({"\n": "⏎\n", "\r": "␍", "\t": "⇥", "\u00a0": "⍽", "\u3000": "□"})


def shown(text: str) -> str:
    r"""A changed stretch, with the white space in it made visible.

    >>> shown("a\r\n\u3000"), shown("a\n")
    ('a␍⏎\n□', 'a⏎')
    """
    return text.translate(SIGNS).removesuffix("\n")


def examples_by_rule(samples: Sequence[Mapping[str, Any]]) -> dict[str, list[tuple[str, list[Any]]]]:
    """Up to five examples of each rule, each with its document; different ones, from many documents if possible."""
    found: dict[str, list[tuple[str, list[Any]]]] = {}
    seen: set[tuple[str, ...]] = set()
    turns = [(turn, alike) for alike in (False, True) for turn in range(EXAMPLES)]
    for turn, alike in turns:  # the first of every document, then the second of every document, …
        for row in samples:
            for rule, examples in row.get("examples", {}).items():
                kept = found.setdefault(rule, [])
                if turn >= len(examples) or len(kept) >= EXAMPLES:
                    continue
                left, before, after, right = map(str, examples[turn][:4])
                change, place = (rule, before, after), (rule, left, before, after, right)
                if place not in seen and (alike or change not in seen):
                    seen |= {change, place}
                    kept.append((str(row.get("id", "")), examples[turn]))
    return found


def rules_section(papers: RunPapers) -> Html:
    """A row for each rule that did something, with its examples to unfold."""
    edits = counts_of(papers, "edits")
    if not edits:
        return tag("section", tag("h2", "Rules"), tag("p", "No rule found anything to do."), id="rules")
    removed, documents = counts_of(papers, "chars_removed"), counts_of(papers, "documents")
    examples = examples_by_rule(papers.samples)
    in_sample = {rule for row in papers.samples if row.get("sampled") for rule in row["rules"]}
    most = max(edits.values())
    rows = [
        _rule(
            rule,
            (count, documents.get(rule, 0), removed.get(rule, 0)),
            count / most,
            examples.get(rule, []),
            findable=rule in in_sample,
        )
        for rule, count in sorted(edits.items(), key=lambda item: (-item[1], item[0]))
    ]
    return tag(
        "section",
        tag("h2", "Rules"),
        tag(
            "p",
            f"{plural(len(edits), 'rule')} made {plural(sum(edits.values()), 'edit')}. Open a rule to see "
            "what it does, with examples from this run: ",
            tag("del", "what went"),
            " and ",
            tag("ins", "what came"),
            ".",
            class_="lead",
        ),
        tag("div", rows, class_="rules"),
        id="rules",
    )


def _rule(
    rule: str,
    counts: tuple[int, int, int],
    length: float,
    examples: Sequence[tuple[str, list[Any]]],
    *,
    findable: bool,
) -> Html:
    """A rule; `counts` are its edits, the documents they are in, and the characters that went."""
    edits, documents, removed = counts
    known = rule_named(rule)
    what = known.what if known else "A rule of your own."
    certainty = None
    if known:
        certainty = (
            "The damage is undone exactly." if known.reversible else "This is a judgement; the ledger can take it back."
        )
    body = [
        tag("p", what, " ", tag("small", certainty) if certainty else None),
        tag("p", _button(rule)) if findable else None,
        _examples(examples) if examples else tag("p", "There is no example in the sample.", class_="faint"),
    ]
    family, _, name = rule.partition("/")
    return tag(
        "details",
        tag(
            "summary",
            tag("span", tag("span", f"{family}/" if name else "", class_="faint"), name or family, class_="rule mono"),
            bar(0.0, length, f"bar-{family if family in FAMILIES else 'count'}"),
            tag("span", number(edits), tag("small", " edits" if edits != 1 else " edit"), class_="number"),
            tag(
                "span",
                tag("small", f"{number(documents)} document{'s' * (documents != 1)}" if documents else ""),
                class_="number faint",
            ),
            tag(
                "span",
                tag("small", f"−{number(removed)} character{'s' * (removed != 1)}" if removed else "–"),
                class_="number faint",
            ),
        ),
        tag("div", body, class_="body"),
    )


def _side(label: str, left: str, changed: Html | None, right: str) -> Html:
    empty = changed is None and not (left + right).strip()
    inside = tag("span", "nothing", class_="faint") if empty else tag("bdi", left, changed, right)
    return tag("td", inside, data_label=label, class_="text")


FAMILIES = frozenset({"markup", "repair", "boilerplate", "script", "layout"})


def _button(rule: str) -> Html:
    return tag("button", "Show documents with this rule", type="button", data_show_rule=rule, class_="quiet")


def _examples(examples: Sequence[tuple[str, list[Any]]]) -> Html:
    rows = []
    for name, (left, before, after, right, confidence) in examples:
        mark = before == after
        gone = tag("mark" if mark else "del", shown(before)) if before else None
        come = tag("mark" if mark else "ins", shown(after)) if after else None
        origin = whole(tag("span", name, class_="mono"), f" · confidence {confidence:.2f}" if confidence < 1.0 else "")
        rows.append(tag("tr", _side("before", left, gone, right), _side("after", left, come, right)))
        rows.append(tag("tr", tag("td", origin, colspan=2, class_="origin")))
    head = tag("thead", tag("tr", tag("th", "before", scope="col"), tag("th", "after", scope="col")))
    return tag("table", tag("caption", "Examples", class_="hidden"), head, tag("tbody", rows), class_="examples")
