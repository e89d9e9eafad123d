"""The page: one file, no network, nothing that runs but its own few lines."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any

from .._version import __version__
from .charts import number
from .documents_section import documents_section
from .elements import Html, tag, whole
from .overview import counts_of, makeup, overview
from .rules_section import rules_section
from .run_folder import RunPapers

__all__ = ["report_page"]

SECTIONS = (
    ("overview", "Overview"),
    ("makeup", "Contents"),
    ("rules", "Rules"),
    ("documents", "Sample"),
    ("problems", "Problems"),
    ("provenance", "Provenance"),
)
TOLD = frozenset({"inputs", "outputs", "totals", "conservation", "balanced"})  # of the manifest, elsewhere on the page


def report_page(papers: RunPapers) -> str:
    """The report as one HTML file: styles and script inside, nothing fetched, everything from the run escaped.

    A content security policy allows the file's own style and script by their hashes and nothing else, so that
    even markup that got past the escaping could do nothing.
    """
    style, script = _asset("style.css"), _asset("page.js")
    allowed = f"style-src '{_hash(style)}'; script-src '{_hash(script)}'"
    policy = f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"
    title = f"{papers.name} · corpusclean report"
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("meta", name="generator", content=f"corpusclean {__version__}"),
        tag("title", title),
        Html(f"<style>{style}</style>"),
    )
    body = tag(
        "body",
        tag("a", "Skip to the report", href="#main", class_="skip"),
        _header(papers),
        tag(
            "main",
            overview(papers),
            makeup(papers),
            rules_section(papers),
            documents_section(papers),
            _problems(papers),
            _provenance(papers),
            id="main",
        ),
        tag("footer", f"Made by corpusclean {__version__}. This page is one file and fetches nothing."),
        Html(f"<script>{script}</script>"),
    )
    return f"<!doctype html>\n{tag('html', head, body, lang='en')}\n"


def _asset(name: str) -> str:
    return (resources.files("corpusclean") / "data" / "report" / name).read_text("utf-8")


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _header(papers: RunPapers) -> Html:
    manifest = papers.manifest
    plan = manifest.get("plan", {})
    facts = [
        str(manifest.get("ended") or manifest.get("started") or "").replace("T", " ")[:16],
        *(
            f"{name} {value}"
            for name, value in (("corpusclean", plan.get("version")), ("configuration", plan.get("config")))
            if value
        ),
    ]
    return tag(
        "header",
        tag(
            "div",
            tag("p", "corpusclean report", class_="kicker"),
            tag("h1", tag("bdi", papers.name)),
            tag("p", " · ".join(fact for fact in facts if fact), class_="faint"),
        ),
        tag("button", "Dark", type="button", id="theme", aria_pressed="false", class_="quiet"),
        tag(
            "nav", tag("ul", [tag("li", tag("a", name, href=f"#{at}")) for at, name in SECTIONS]), aria_label="Sections"
        ),
    )


def _problems(papers: RunPapers) -> Html:
    heading = tag("h2", "Problems")
    notes = {**counts_of(papers, "warnings"), **{f"limit hit: {k}": v for k, v in counts_of(papers, "limits").items()}}
    if not papers.reasons and not notes:
        return tag(
            "section",
            heading,
            tag("p", "None. Every document that went in came out, without a warning."),
            id="problems",
        )
    return tag("section", heading, _reasons(papers), _troubles(papers), _notes(notes), id="problems")


def _reasons(papers: RunPapers) -> Html | None:
    if not papers.reasons:
        return None
    remedies = {(str(row.get("kind")), str(row.get("what"))): str(row.get("remedy") or "") for row in papers.troubles}
    rows = [
        tag(
            "tr",
            tag("td", number(count), class_="number"),
            tag("td", tag("span", key[0], class_=f"chip {'bad' if key[0] == 'failed' else 'warn'}")),
            tag("td", key[1]),
            tag("td", remedies.get(key) or "–"),
        )
        for key, count in sorted(papers.reasons.items(), key=lambda item: (-item[1], item[0]))
    ]
    head = tag("thead", tag("tr", [tag("th", name, scope="col") for name in ("documents", "", "why", "what to do")]))
    caption = tag("caption", "Documents that did not come out, by reason")
    return tag("div", tag("table", caption, head, tag("tbody", rows), class_="plain"), class_="scroll", tabindex=0)


def _troubles(papers: RunPapers) -> Html | None:
    if not papers.troubles:
        return None
    rows = [
        tag(
            "tr",
            tag("th", tag("bdi", str(row.get("id", ""))), scope="row", class_="mono"),
            tag("td", str(row.get("kind", "failed"))),
            tag("td", str(row.get("what", "")), tag("small", f" ({row['where']})") if row.get("where") else None),
        )
        for row in papers.troubles
    ]
    total = sum(papers.reasons.values())
    said = f"Which ones: {len(rows):,}" + (f" of {number(total)}; all are in failed.jsonl" if total > len(rows) else "")
    head = tag("thead", tag("tr", [tag("th", name, scope="col") for name in ("document", "", "why")]))
    table = tag("div", tag("table", head, tag("tbody", rows), class_="plain"), class_="scroll", tabindex=0)
    return tag("details", tag("summary", said), table, class_="box")


def _notes(notes: Mapping[str, int]) -> Html | None:
    if not notes:
        return None
    rows = [
        tag("tr", tag("td", number(count), class_="number"), tag("td", said))
        for said, count in sorted(notes.items(), key=lambda item: (-item[1], item[0]))
    ]
    head = tag("thead", tag("tr", tag("th", "documents", scope="col"), tag("th", "warning", scope="col")))
    caption = tag("caption", "Warnings in documents that came out")
    return tag("table", caption, head, tag("tbody", rows), class_="plain")


def _provenance(papers: RunPapers) -> Html:
    manifest = papers.manifest
    if not manifest:
        return tag("section", tag("h2", "Provenance"), tag("p", "The run left no manifest.json."), id="provenance")
    files = manifest.get("inputs", {}).get("files") or len(papers.inputs)
    left_out = files - len(papers.inputs)
    inputs = tag(
        "details",
        tag("summary", f"Inputs: {files:,} file{'s' * (files != 1)}"),
        _files("Inputs", papers.inputs),
        tag("p", f"{left_out:,} more are in inputs.jsonl.", class_="faint") if left_out > 0 else None,
        class_="box",
    )
    rest = {name: value for name, value in manifest.items() if name not in TOLD}
    said = json.dumps(rest, ensure_ascii=False, indent=2)
    return tag(
        "section",
        tag("h2", "Provenance"),
        _files("Outputs", manifest.get("outputs", ())),
        inputs,
        tag(
            "details",
            tag("summary", "Configuration, versions, command"),
            tag("pre", whole(said), tabindex=0),
            class_="box",
        ),
        id="provenance",
    )


def _files(caption: str, files: Sequence[Mapping[str, Any]]) -> Html | None:
    """Files with their sizes and hashes."""
    rows = [
        tag(
            "tr",
            tag("th", tag("bdi", str(row.get("path", ""))), scope="row", class_="mono"),
            tag("td", f"{row['bytes']:,} bytes" if isinstance(row.get("bytes"), int) else "", class_="number"),
            tag("td", str(row.get("sha256") or ""), class_="mono faint hash"),
        )
        for row in files
    ]
    if not rows:
        return None
    table = tag("table", tag("caption", caption), tag("tbody", rows), class_="plain")
    return tag("div", table, class_="scroll", tabindex=0)
