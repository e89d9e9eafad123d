"""The report's first screens: what went in, what came out, what went on the way, and what the documents are."""

from __future__ import annotations

from collections.abc import Mapping

from ..figures import duration, plural, share, size
from .charts import bar, bar_table, histogram, number, stacked_bar
from .elements import Html, tag
from .run_folder import RunPapers

__all__ = ["STEPS", "counts_of", "makeup", "overview"]

# What each family of rules does, in the order of the road.
STEPS = {
    "decoding": "bytes that are no text",
    "markup": "HTML tags, scripts, styles",
    "repair": "damage undone",
    "boilerplate": "page furniture, spam, bylines",
    "script": "Chinese script unified",
    "layout": "white space, line ends",
}
SCRIPTS = {
    "hans": "Simplified Chinese",
    "hant": "Traditional Chinese",
    "mixed": "Chinese, mixed",
    "ja": "Japanese",
    "ko": "Korean",
    "none": "other scripts",
}
FATES = (
    ("cleaned", "good", "came out"),
    ("dropped", "quiet", "left out by --drop-if"),
    ("rejected", "warn", "no text, or past a limit"),
    ("failed", "bad", "could not be read or written"),
    ("skipped", "quiet", "passed over by --sample"),
)
ALWAYS = frozenset({"cleaned", "rejected", "failed"})  # which are told even if there are none


def counts_of(papers: RunPapers, name: str) -> dict[str, int]:
    """A table of counts of the totals; empty if it is not there."""
    table = papers.totals.get(name)
    return {str(key): int(value) for key, value in table.items()} if isinstance(table, Mapping) else {}


def count_of(papers: RunPapers, name: str) -> int:
    """A count of the totals; 0 if it is not there."""
    value = papers.totals.get(name)
    return int(value) if isinstance(value, int | float) else 0


def overview(papers: RunPapers) -> Html:
    """Totals, and the two flows: documents, and characters."""
    return tag(
        "section",
        tag("h2", "Overview"),
        _headline(papers),
        tag("h3", "Documents"),
        _documents(papers),
        tag("h3", "Characters"),
        _characters(papers),
        id="overview",
    )


def _headline(papers: RunPapers) -> Html:
    read, cleaned = count_of(papers, "read"), count_of(papers, "cleaned")
    chars_in, chars_out = count_of(papers, "chars_in"), count_of(papers, "chars_out")
    edits = sum(counts_of(papers, "edits").values())
    facts = [
        ("documents in", number(read), ""),
        ("came out", share(cleaned, read), plural(cleaned, "document")),
        ("of the text kept", share(chars_out, chars_in), plural(chars_out, "character")),
        ("edits", number(edits), f"by {plural(len(counts_of(papers, 'edits')), 'rule')}"),
        ("bytes read", size(count_of(papers, "bytes_in")), _pace(papers)),
    ]
    return tag("dl", [_fact(*fact) for fact in facts], class_="headline")


def _fact(name: str, value: str, more: str) -> Html:
    return tag("div", tag("dt", name), tag("dd", value), tag("dd", more, class_="more") if more else None)


def _pace(papers: RunPapers) -> str:
    seconds = papers.seconds
    if seconds < 1:  # the clock of the papers shows whole seconds
        return ""
    return f"in {duration(seconds)}, {size(count_of(papers, 'bytes_in') / seconds)}/s"


def _documents(papers: RunPapers) -> Html:
    read = count_of(papers, "read")
    parts = [(name, count_of(papers, name), kind) for name, kind, _ in FATES]
    legend = [
        tag(
            "li",
            tag("i", class_=f"key {kind}"),
            tag("b", number(count_of(papers, name))),
            f" {name} ",
            tag("small", f"{share(count_of(papers, name), read)} · {what}"),
        )
        for name, kind, what in FATES
        if count_of(papers, name) or name in ALWAYS
    ]
    balance = sum(count for _, count, _ in parts)
    if balance == read:
        told = [f"{number(count)} {name}" for name, count, _ in parts if count or name in ALWAYS]
        note = tag("p", f"{number(read)} in = {' + '.join(told)}", class_="balance")
    else:
        said = f"The counts do not add up: {number(read)} in, {number(balance)} accounted for."
        note = tag("p", said, class_="alarm")
    dropped = counts_of(papers, "conditions")
    table = tag("div", bar_table("Dropped by condition", dropped, names="mono"), class_="narrow") if dropped else None
    return tag("div", stacked_bar(parts, "Documents"), tag("ul", legend, class_="legend"), note, table)


def _characters(papers: RunPapers) -> Html:
    """How the decoded text becomes the clean text: what each family of rules takes, and what comes in."""
    chars_in, chars_out = count_of(papers, "chars_in"), count_of(papers, "chars_out")
    if not chars_in:
        return tag("p", "Nothing was read.", class_="faint")
    taken: dict[str, int] = dict.fromkeys(STEPS, 0)
    for rule, count in counts_of(papers, "chars_removed").items():
        family = rule.partition("/")[0]
        taken[family] = taken.get(family, 0) + count
    added = chars_out - chars_in + sum(taken.values())
    full = max(chars_in, chars_out)
    rows = [_waterfall("decoded", "text as it was read", chars_in, 0.0, chars_in / full, "whole", full=chars_in)]
    left = chars_in
    for family, count in taken.items():
        if count:
            left -= count
            start = max(0.0, left / full)
            rows.append(_waterfall(family, STEPS.get(family, ""), -count, start, count / full, "taken", full=chars_in))
    if added > 0:
        rows.append(
            _waterfall("added", "put in by edits", added, max(0.0, left / full), added / full, "added", full=chars_in)
        )
    rows.append(_waterfall("clean", "text that came out", chars_out, 0.0, chars_out / full, "whole", full=chars_in))
    return tag(
        "table",
        tag("caption", "From decoded text to clean text", class_="hidden"),
        tag("tbody", rows),
        class_="counts waterfall",
    )


def _waterfall(name: str, what: str, count: int, start: float, length: float, kind: str, *, full: int) -> Html:
    sign = "−" if count < 0 else "+" if kind == "added" else ""
    return tag(
        "tr",
        tag("th", name, tag("small", what), scope="row"),
        tag("td", bar(start, length, f"bar-{kind}"), class_="bars"),
        tag("td", f"{sign}{number(abs(count))}", class_="number"),
        tag("td", share(abs(count), full), class_="number faint"),
        class_=kind,
    )


def makeup(papers: RunPapers) -> Html:
    """What the documents are: encodings, scripts, languages, lengths."""
    scripts = {SCRIPTS.get(name, name): count for name, count in counts_of(papers, "scripts").items()}
    tables = [
        bar_table("Encodings", counts_of(papers, "encodings")),
        bar_table("Chinese scripts before cleaning" if set(scripts) - {"other scripts"} else "Scripts", scripts),
        bar_table("Languages", counts_of(papers, "languages")),
    ]
    lengths = {int(step): count for step, count in counts_of(papers, "lengths").items()}
    return tag(
        "section",
        tag("h2", "Contents"),
        tag("p", "What the documents that came out are.", class_="lead"),
        tag("div", tables, histogram(lengths, "Characters in a clean document"), class_="grid"),
        id="makeup",
    )
