"""A sample of documents that can be searched, each with its metadata and what was changed in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .charts import number
from .elements import Html, link, tag
from .overview import SCRIPTS, count_of
from .rules_section import shown
from .run_folder import RunPapers

__all__ = ["documents_section"]

ELEMENTS = {"deleted": "del", "inserted": "ins", "marked": "mark"}
LANGUAGES = {"hans": "zh-Hans", "hant": "zh-Hant", "ja": "ja", "ko": "ko"}
FIELDS = ("title", "subtitle", "author", "source", "date", "site", "url", "views")


def documents_section(papers: RunPapers) -> Html:
    """The sampled documents, with the form that filters them."""
    rows = [row for row in papers.samples if row.get("sampled")]
    cleaned = count_of(papers, "cleaned")
    heading = tag("h2", "Sample")
    if not rows:
        said = "The run kept no sample of its documents." if cleaned else "No document came out."
        return tag("section", heading, tag("p", said), id="documents")
    if len(rows) < cleaned:
        said = (
            f"{len(rows):,} of {number(cleaned)} documents, chosen by a hash of their ids: the same ones whenever "
            "and however the run is made."
        )
    else:
        said = "All of the run's documents."
    return tag(
        "section",
        heading,
        tag("p", said, class_="lead"),
        _form(rows),
        tag("p", f"{len(rows):,} shown", id="shown", role="status", aria_live="polite"),
        tag("div", [_document(row) for row in rows], id="list"),
        id="documents",
    )


def _form(rows: Sequence[Mapping[str, Any]]) -> Html:
    return tag(
        "form",
        tag(
            "label",
            "Text",
            tag(
                "input",
                type="search",
                id="f-text",
                placeholder="any word in it",
                autocomplete="off",
                spellcheck="false",
            ),
            class_="wide",
        ),
        _choice("rule", "Rule", sorted({rule for row in rows for rule in row["rules"]})),
        _choice("script", "Script", sorted({_script(row) for row in rows}), SCRIPTS),
        _choice("encoding", "Encoding", sorted({_encoding(row) for row in rows})),
        tag("button", "Clear", type="reset", class_="quiet"),
        id="filter",
        role="search",
        aria_label="Filter the documents",
    )


def _choice(name: str, label: str, values: Sequence[str], names: Mapping[str, str] | None = None) -> Html:
    options = [tag("option", (names or {}).get(value, value), value=value) for value in values]
    return tag("label", label, tag("select", tag("option", "all", value=""), options, id=f"f-{name}"))


def _script(row: Mapping[str, Any]) -> str:
    return str(row["metadata"].get("script") or "none")


def _encoding(row: Mapping[str, Any]) -> str:
    return str(row["metadata"].get("encoding") or "text")


def _document(row: Mapping[str, Any]) -> Html:
    metadata = row["metadata"]
    before, after = row["chars"]
    edits = sum(row["rules"].values())
    title = metadata.get("title")
    summary = tag(
        "summary",
        tag("span", tag("bdi", title or row["id"]), class_="title" if title else "title mono"),
        tag("span", tag("bdi", row["id"]), class_="mono faint id") if title else None,
        tag(
            "span",
            tag("span", SCRIPTS.get(_script(row), _script(row))),
            tag("span", _encoding(row)),
            tag("span", f"{number(before)} → {number(after)} characters"),
            tag("span", f"{number(edits)} edit{'s' * (edits != 1)}"),
            tag("span", "warning", class_="warn") if row["warnings"] else None,
            class_="chips",
        ),
    )
    return tag(
        "details",
        summary,
        tag("div", _metadata(row), _warnings(row), _changes(row), _excerpts(row), class_="body"),
        class_="document",
        data_rules=" ".join(row["rules"]),
        data_script=_script(row),
        data_encoding=_encoding(row),
        lang=LANGUAGES.get(_script(row), metadata.get("language")),
    )


def _metadata(row: Mapping[str, Any]) -> Html:
    metadata = row["metadata"]
    items: list[tuple[str, Html | str]] = [("id", str(row["id"]))]
    for name in FIELDS:
        if metadata.get(name) not in (None, ""):
            value = str(metadata[name])
            items.append((name, link(value) if name == "url" else value))
    if metadata.get("language"):
        items.append(("language", str(metadata["language"])))
    return tag(
        "dl", [tag("div", tag("dt", name), tag("dd", tag("bdi", value))) for name, value in items], class_="meta"
    )


def _warnings(row: Mapping[str, Any]) -> Html | None:
    return tag("ul", [tag("li", str(said)) for said in row["warnings"]], class_="warnings") if row["warnings"] else None


def _changes(row: Mapping[str, Any]) -> Html:
    if not row["lines"]:
        return tag("p", "Nothing was changed.", class_="faint")
    rows = [
        tag(
            "tr",
            tag("td", f"{line['number']:,}", class_="number faint line"),
            tag("td", tag("bdi", [_piece(kind, text) for kind, text in line["pieces"]]), class_="text"),
            tag("td", [tag("span", rule) for rule in line["rules"]], class_="mono by"),
        )
        for line in row["lines"]
    ]
    left_out = row["lines_left_out"]
    head = tag("thead", tag("tr", tag("th", "line"), tag("th", "change"), tag("th", "by rule")))
    return tag(
        "div",
        tag("h4", "What was changed"),
        tag("table", head, tag("tbody", rows), class_="changes"),
        tag("p", f"{left_out:,} more lines with changes are not shown.", class_="faint") if left_out else None,
    )


def _piece(kind: str, text: str) -> Html | str:
    return tag(ELEMENTS[kind], shown(text)) if kind in ELEMENTS else text


def _excerpts(row: Mapping[str, Any]) -> Html:
    return tag(
        "div",
        tag("div", tag("h4", "Before"), tag("pre", tag("bdi", row["before"]), tabindex=0)),
        tag("div", tag("h4", "After"), tag("pre", tag("bdi", row["after"] or "(nothing is left)"), tabindex=0)),
        class_="sides",
    )
