"""Fits the weights of the judge of lines: ``python tools/train_judge.py --data DIR --more DIR [--folds 5] [--write]``.

Each DIR holds labelled pages: ``labels.json`` (NAME -> ``url``, ``lang``, ``kind``, ``text``: the main text) and
``pages/NAME.html.gz``. Those of ``--more`` are written by ``more_pages.py``; figures are given for each DIR. A page
goes through the markup step; a line is content if its letters and digits occur in the main text. Two looks are fitted
by logistic regression over one-hot features, the second on what the first says of pages it has not seen. Figures are
cross-validated by host: no site is in both halves. No text of a page enters the weights. Needs the extra ``train``
(scikit-learn); the same data and versions give the same file.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
from collections.abc import Iterable
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import numpy as np
from fit_looks import Extra, Sample, fit, index, merge, written
from fit_ranking import Candidates, find_candidates, fit_ranking, rank
from label_pages import f1, grams, label_lines, letters, rewrap, thin
from sklearn.model_selection import GroupKFold

from corpusclean.boilerplate.blocks import markup_columns
from corpusclean.boilerplate.features import line_units, text_columns, window_columns
from corpusclean.boilerplate.furniture import find_furniture, furniture_rules
from corpusclean.boilerplate.home import read_home, stay_home
from corpusclean.boilerplate.judge import (
    NEAR_ANY,
    NEAR_BEST,
    Look,
    Ranking,
    likely_bar,
    place_columns,
    take_look,
)
from corpusclean.boilerplate.lexicon import evidence
from corpusclean.boilerplate.regions import region_columns
from corpusclean.boilerplate.runs import piece_columns, run_columns
from corpusclean.boilerplate.shapes import shape_columns
from corpusclean.boilerplate.sheet import fold_script, read_sheet
from corpusclean.boilerplate.textures import texture_columns
from corpusclean.config import CleanConfig
from corpusclean.lines import LineFeatures
from corpusclean.markup import MarkupStep
from corpusclean.steps import Candidate, Context

OUT = Path(__file__).parents[1] / "src" / "corpusclean" / "data" / "boilerplate" / "judge.json"

TEXT = [
    "length", "marks", "mark_rate", "end", "start", "function", "word", "tokens", "digits", "script", "repeats",
    "position", "zone", "before", "after", "mass2", "mass6", "words6", "evidence", "page", "shorts", "since_date",
    "until_word", "since_word", "length*end", "length*marks", "zone*length", "mass6*length", "words6*length",
    "cjk*length", "cjk*marks", "cjk*function",
]  # fmt: skip
SHAPES = [
    "shape", "shapes6", "since_list", "since_talk", "until_date", "cut6", "lone6", "even6", "closed6", "grammar6",
]  # fmt: skip
"""Without markup, also these."""
PAIRED = ["since_list*length", "since_talk*length", "lone6*length", "cut6*length"]
"""Without markup, at the first look also these."""
MARKUP = [
    *(name for name in TEXT if "*" not in name), "tag", "links", "good", "bad", "own", "block_mass", "share1", "share2",
    "share3", "best", "list", "heading", "depth", "link_count", "title", "since_title", "pick", "rank1", "rank2",
    "rank3", "dens1", "dens2", "dens3", "clean1", "clean2", "path_mass", "path_links", "path_length", "pick*length",
    "pick*tag", "path_mass*length", "path_links*length", "dens1*length", "rank1*length", "since_title*length",
    "said", "said_gap", "holder", "said*length", "said_gap*length", "holder*length", "home", "home*length",
]  # fmt: skip
WINDOW = [
    "p0", "p-1", "p+1", "p-2", "p+2", "mean3", "mean8", "region", "span", "word", "zone", "repeats", "digits",
    "p0*mean3", "p0*length",
]  # fmt: skip
RUNS = ["run", "run_place", "p0*run", "run*length", "piece", "piece_share", "p0*piece"]
"""Without markup, also these."""
WINDOW_MARKUP = [
    *(name for name in WINDOW if "*" not in name), "title", "share1", "share3", "own", "pick",
    "rank1", "path_mass", "pick*p0", "path_mass*p0", "alike", "named", "inside", "spot", "p0*alike", "p0*inside",
    "spot*p0", "inside*length", "said", "said_gap", "holder", "home", "said_gap*p0", "home*p0", "home*inside",
]  # fmt: skip
REGULARISE = {"text": (0.0007, 0.0005), "markup": (0.01, 0.005)}
DEARER = 1.2
"""Without markup, by how much a line lost is worse than one kept for nothing."""
VIEWS = (1.0, 1.0, 0.5)
"""Weights of the views of a page without markup: as it is, laid out anew, half cleaned."""


class Trained(NamedTuple):
    """What :func:`train` finds."""

    first: Look
    second: Look
    ranking: Ranking | None


def sample_page(
    meta: dict[str, Any], raw: list[str], features: list[LineFeatures] | None, label: list[bool], *stated: str
) -> Sample | None:
    sheet = read_sheet("\n".join(raw))
    lines = sheet.lines
    if not lines or not all(lines):
        return None
    hits, _ = evidence(lines)
    for number in find_furniture(sheet, furniture_rules()):
        hits[number] = 3
    columns, body = text_columns(lines, hits)
    sizes = line_units(lines)
    if features is None:
        columns |= shape_columns(lines, sizes)
        columns |= texture_columns(lines, sizes, columns)
    else:
        columns |= markup_columns(features, body, lines, *map(fold_script, stated))
    weight = np.sqrt(np.minimum(sizes, 400)) if features is None else np.minimum(sizes, 300) + 4.0
    share = 0.6 if features is None else 1.0  # long pages count less than their size
    if features is None:
        weight = weight * np.where(label, DEARER, 1.0)
    weight = weight * (1000 / weight.sum()) ** share * (3.0 if meta["lang"] != "en" else 1.0)
    host = ".".join(urlsplit(meta["url"]).netloc.split(".")[-2:])
    return Sample(
        host, meta["lang"], meta["kind"], meta["text"], raw, lines, columns, label, list(weight), features, body
    )


def load(folder: Path) -> tuple[list[Sample], list[Sample]]:
    """The pages without and with what their markup says; without it in several views."""
    labels = json.loads((folder / "labels.json").read_bytes())
    context = Context(CleanConfig(), is_html=True)
    rng = random.Random(5)
    plain, marked = [], []
    for name, meta in labels.items():
        html = gzip.decompress((folder / "pages" / f"{name}.html.gz").read_bytes()).decode("utf-8", "replace")
        revision, found = MarkupStep().revise(html, context)
        pairs = [(x.strip(), y) for x, y in zip(revision.text.split("\n"), found.features or (), strict=True)]
        pairs = [(x, y) for x, y in pairs if x and read_sheet(x).lines[0]]
        raw, features = [x for x, _ in pairs], [y for _, y in pairs]
        label = label_lines(raw, meta["text"])
        stated = [_surest(found.candidates, field) for field in ("title", "description")]
        page = sample_page(meta, raw, features, label, *stated)
        if page is None:
            continue
        marked.append(page)
        views = [(raw, label), rewrap(raw, label, rng), thin(raw, label, rng)]
        for share, (lines, wanted) in zip(VIEWS, views, strict=True):
            view = sample_page(meta, lines, None, wanted) or sample_page(meta, raw, None, label)
            plain.append(view._replace(weight=[share * one for one in view.weight]))
    return plain, marked


def _surest(candidates: Iterable[Candidate], field: str) -> str:
    """What the markup is surest of, as it stands there."""
    stated = [one for one in candidates if one.field == field]
    return str(max(stated, key=lambda one: one.confidence).value) if stated else ""


def windows(scored: list[list[float]], samples: list[Sample]) -> list[Extra]:
    extra = []
    for row, sample in zip(scored, samples, strict=True):
        sizes = line_units(sample.lines)
        more = window_columns(row, sizes)
        if sample.features is None:
            more |= run_columns(chances(row), sizes) | piece_columns(chances(row), sizes, sample.columns)
        extra.append(more)
    return extra


def look_at(look: Look, samples: list[Sample]) -> list[list[float]]:
    return [take_look(look, s.columns, len(s.lines)) for s in samples]


def chances(scores: list[float]) -> list[float]:
    return [1 / (1 + math.exp(-max(-30.0, min(30.0, score)))) for score in scores]


def candidates(sample: Sample, scores: list[float]) -> Candidates:
    return find_candidates(
        sample.host, sample.lang, sample.features or [], sample.lines, sample.label, chances(scores), sample.body,
        sample.columns,
    )  # fmt: skip


def train(samples: list[Sample], kind: str, folds: int) -> Trained:
    """The two looks and, with markup, the ranking between them; each learns from what the one before says unseen."""
    names, later = ([*TEXT, *SHAPES, *PAIRED], [*WINDOW, *RUNS, *SHAPES]) if kind == "text" else (MARKUP, WINDOW_MARKUP)
    strength = REGULARISE[kind]
    rows = index(samples, names)
    bounds = np.cumsum([0, *(len(s.lines) for s in samples)])
    scored: list[list[float]] = [[]] * len(samples)
    splits = list(GroupKFold(folds).split(samples, groups=[s.host for s in samples]))
    for known, unseen in splits:
        chosen = np.concatenate([np.arange(bounds[i], bounds[i + 1]) for i in known])
        look = fit(rows[chosen], [samples[i] for i in known], names, strength[0])
        for i, row in zip(unseen, look_at(look, [samples[i] for i in unseen]), strict=True):
            scored[i] = row
    extra, ranking = windows(scored, samples), None
    if kind == "markup":
        pages = [candidates(sample, row) for sample, row in zip(samples, scored, strict=True)]
        for known, unseen in splits:
            ranking = fit_ranking([pages[i] for i in known])
            for i in unseen:
                ranks, sizes = rank(ranking, pages[i]), line_units(samples[i].lines)
                extra[i] |= region_columns(
                    pages[i].stretches, ranks, samples[i].features or [], chances(scored[i]), sizes
                )
        ranking = fit_ranking(pages)
    second = fit(index(samples, later, extra), samples, later, strength[1])
    return Trained(fit(rows, samples, names, strength[0]), second, ranking)


def scores(trained: Trained, samples: list[Sample]) -> list[list[float]]:
    first = look_at(trained.first, samples)
    extra = windows(first, samples)
    if trained.ranking is not None:
        for s, row, more in zip(samples, first, extra, strict=True):
            sizes = line_units(s.lines)
            more |= place_columns(row, sizes, s.body, s.features or [], s.columns, trained.ranking)
    out = []
    for s, more in zip(samples, extra, strict=True):
        row = take_look(trained.second, {**s.columns, **more}, len(s.lines))
        if s.features is not None:
            row = stay_home(row, line_units(s.lines), s.features, read_home(s.columns["home"]))
        out.append(row)
    return out


def report(samples: list[Sample], scored: list[list[float]]) -> None:
    """Figures by language and kind: mean 4-gram F1 of pages, and F1 of characters and of lines over all pages."""
    for lang, kind in (("zh", "article"), ("zh", "forum"), ("zh", ""), ("en", "article"), ("en", "forum"), ("en", "")):
        pages, counts = [], np.zeros((2, 3))
        for sample, row in zip(samples, scored, strict=True):
            if sample.lang != lang or (kind and sample.kind != kind):
                continue
            likely = chances(row)
            bar = likely_bar(likely, line_units(sample.lines), 0.5, NEAR_ANY if sample.features is None else NEAR_BEST)
            kept = [chance >= bar for chance in likely]
            text, gold = grams("\n".join(x for x, k in zip(sample.raw, kept, strict=True) if k)), grams(sample.gold)
            pages.append(f1((text & gold).total(), text.total(), gold.total()))
            whole = letters(sample.gold)
            for line, k in zip(sample.raw, kept, strict=True):
                y = len(letters(line)) >= 4 and letters(line) in whole
                counts += np.outer((len(letters(line)), 1), (k and y, k, y))
        if pages:
            print(f"  {lang} {kind or 'all':8s} n={len(pages):3d} F1 {fmean(pages):.4f}"
                  f"  chars {f1(*counts[0]):.4f}  lines {f1(*counts[1]):.4f}", flush=True)  # fmt: skip


def describe(head: str, kind: str, samples: list[Sample], scored: list[list[float]]) -> None:
    """The figures of some pages; without markup for each view of them."""
    views = ("", ", lines laid out anew", ", half cleaned") if kind == "text" else ("",)
    for number, view in enumerate(views):
        print(head + view)
        report(samples[number :: len(views)], scored[number :: len(views)])


def cross_validate(samples: list[Sample], kind: str, folds: int) -> list[list[float]]:
    """What models fitted without a sample's host say of its lines."""
    scored: list[list[float]] = [[]] * len(samples)
    for known, unseen in GroupKFold(folds).split(samples, groups=[s.host for s in samples]):
        found = train([samples[i] for i in known], kind, 4)
        for i, row in zip(unseen, scores(found, [samples[i] for i in unseen]), strict=True):
            scored[i] = row
    return scored


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--more", type=Path)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--kind", choices=["text", "markup"])
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    pages = {folder: load(folder) for folder in (options.data, options.more) if folder}
    out = json.loads(OUT.read_text("utf-8")) if OUT.exists() else {}
    for number, kind in enumerate(("text", "markup")):
        if options.kind not in (None, kind):
            continue
        samples = [sample for found in pages.values() for sample in found[number]]
        known = samples if kind == "text" else pages[options.data][number]
        trained = train(known, kind, 5)
        said = [("fitted", scores(trained, samples))]
        if options.folds > 1:
            said.append((f"cross-validated by host, {options.folds} folds", cross_validate(known, kind, options.folds)))
        for name, scored in said:
            at = 0
            for folder, found in pages.items():
                stop = at + len(found[number])
                if stop <= len(scored):
                    head = f"{kind}: {folder.name}, {name if at < len(known) else 'never seen'}"
                    describe(head, kind, samples[at:stop], scored[at:stop])
                at = stop
        out[kind] = [written(merge(look)) for look in trained[:2]]
        if trained.ranking is not None:
            out["ranking"] = {**written(merge(trained.ranking.look)), "words": dict(trained.ranking.words)}
    if options.write:
        OUT.write_text(json.dumps(out, separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    main()
