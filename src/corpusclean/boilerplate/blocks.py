"""What the judge sees of a line through its markup: tags, links, class words, and the blocks it lies in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from ..lines import LineFeatures
from .features import Columns, bin_mass, lexicon, since

__all__ = ["markup_columns", "title_lines"]

_BLOCKS = (
    "p", "h1", "h2", "h3 h4 h5 h6", "li", "td th", "dt dd", "div", "section article main", "span font", "pre code",
    "blockquote", "a", "label button option", "footer header nav aside", "figcaption figure",
)  # fmt: skip
_BLOCK_TAGS = {name: code for code, names in enumerate(_BLOCKS, 1) for name in names.split()}
_COLUMNS = (
    "tag", "links", "good", "bad", "own", "block_mass", "share1", "share2", "share3", "best", "list", "heading",
    "depth", "link_count",
)  # fmt: skip
_RATIOS = (0.0, 0.02, 0.08, 0.2, 0.4, 0.6, 0.8, 0.95)
_MEANS = (3, 6, 10, 16, 25, 40, 70, 120)
_LETTERS = re.compile(r"[\W_]+")


def markup_columns(features: Sequence[LineFeatures], body: Sequence[int], lines: Sequence[str], title: str) -> Columns:
    """The columns that markup gives: tags, links, class words, and how much text the enclosing blocks hold."""
    words = lexicon()
    n = len(features)
    titles = title_lines(lines, features, title)
    total = sum(body) or 1
    masses: Counter[int] = Counter()
    for feature, mass in zip(features, body, strict=True):
        if mass and 2 * feature.links < feature.chars:
            for block in feature.within:
                masses[block] += mass
    best = _best_block(features, masses, total)
    where: dict[tuple[int, ...], tuple[int, ...]] = {}
    good: dict[frozenset[str], int] = {}
    bad: dict[frozenset[str], int] = {}
    own: dict[frozenset[str], int] = {}
    columns: Columns = {name: [0] * n for name in _COLUMNS}
    tag, links, goods, bads, owns, block_mass, share1, share2, share3, bests, lists, headings, depth, counts = (
        columns.values()
    )
    for i, feature in enumerate(features):
        tags, classes, link, chars, mine, count, _, within, _ = feature
        tag[i] = next((_BLOCK_TAGS[name] for name in reversed(tags[-4:]) if name in _BLOCK_TAGS), 0)
        links[i] = 0 if not link else min(5, 1 + 4 * link // (chars or 1))
        counts[i] = min(3, count)
        if classes not in good:
            good[classes] = min(3, len(classes & words.good))
            bad[classes] = min(3, len(classes & words.bad))
        goods[i], bads[i] = good[classes], bad[classes]
        if mine not in own:
            own[mine] = 2 * bool(mine & words.bad) + bool(mine & words.good) + (0 if mine else 4)
        owns[i] = own[mine]
        if within not in where:
            near = within[-1] if within else 0
            mass = masses[near]
            shares = [min(7, 8 * masses[block] // total) for block in within[-1:-4:-1]]
            shares += [shares[-1] if shares else 0] * (3 - len(shares))
            if best and best in within:
                level = 1 + min(3, len(within) - 1 - within.index(best))
            else:
                level = 5 if best and near > best else 6 if best else 0
            where[within] = (bin_mass(mass), *shares, level)
        block_mass[i], share1[i], share2[i], share3[i], bests[i] = where[within]
        lists[i] = ("li" in tags) + ("table" in tags or "td" in tags)
        headings[i] = (
            2
            if "header" in tags or "footer" in tags or "nav" in tags or "aside" in tags
            else int("article" in tags or "main" in tags)
        )
        depth[i] = min(5, len(tags) // 4)
    columns |= _block_columns(features, body) | _path_columns(features, body)
    columns["title"] = titles
    columns["since_title"] = since([value > 0 for value in titles])
    return columns


def _block_columns(features: Sequence[LineFeatures], body: Sequence[int]) -> Columns:
    """How the blocks around each line compare: running text, share of links, and where the richest block is.

    A block is rich by the running text that lies in it directly, half of what its children hold and a quarter of what
    theirs do, less its share of links: paragraphs of one article stand side by side.
    """
    score: Counter[int] = Counter()
    linked: Counter[int] = Counter()
    chars: Counter[int] = Counter()
    masses: Counter[int] = Counter()
    for feature, mass in zip(features, body, strict=True):
        near = feature.within[-5:]
        plain = mass if 2 * feature.links < feature.chars else 0
        for block in near:
            chars[block] += feature.chars
            linked[block] += feature.links
            masses[block] += plain
        if plain:
            for block, share in zip(reversed(near), (4, 2, 1), strict=False):
                score[block] += share * plain

    def density(block: int) -> float:
        return linked[block] / chars[block] if chars[block] else 0.0

    rich = {block: value * (1 - density(block)) for block, value in score.items()}
    best = max(rich, key=lambda block: (rich[block], -block), default=0)
    most = rich.get(best, 0.0) or 1.0
    chain = next((feature.within for feature in features if best and best in feature.within), ())
    parent = chain[max(0, chain.index(best) - 1)] if chain and chain[0] != best else -1
    known: dict[tuple[int, ...], tuple[int, ...]] = {}
    rows: list[tuple[int, ...]] = []
    for feature in features:
        within = feature.within
        row = known.get(within)
        if row is None:
            near = (within or (0,))[-1:-4:-1]
            near += near[-1:] * (3 - len(near))
            if best and best in within:
                place = min(3, len(within) - within.index(best))
            elif parent in within:
                place = 4 if within[-1] == parent else 5
            else:
                place = 0 if not best else 6 if within and within[-1] > best else 7
            row = (
                place,
                *(_bin_ratio(rich.get(block, 0.0) / most) for block in near),
                *(_bin_ratio(density(block)) for block in near),
                *(_bin_ratio(masses[block] / chars[block] if chars[block] else 0.0) for block in near[:2]),
            )
            known[within] = row
        rows.append(row)
    names = ("pick", "rank1", "rank2", "rank3", "dens1", "dens2", "dens3", "clean1", "clean2")
    return {name: list(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)}


def _path_columns(features: Sequence[LineFeatures], body: Sequence[int]) -> Columns:
    """What the lines with the same tags and class words are like together: a template prints them alike."""
    sums: dict[tuple[tuple[str, ...], frozenset[str]], list[int]] = {}
    groups = []
    for feature, mass in zip(features, body, strict=True):
        key = (feature.tags, feature.own_classes)
        group = sums.get(key)
        if group is None:
            group = sums[key] = [0, 0, 0, 0]
        group[0] += 1
        group[1] += feature.chars
        group[2] += feature.links
        if 2 * feature.links < feature.chars:
            group[3] += mass
        groups.append(group)
    most = max((group[3] for group in sums.values()), default=0) or 1
    rows = {
        id(group): (
            _bin_ratio(group[3] / most),
            _bin_ratio(group[2] / group[1] if group[1] else 0.0),
            bisect_right(_MEANS, group[1] / group[0]),
        )
        for group in sums.values()
    }
    found = [rows[id(group)] for group in groups]
    names = ("path_mass", "path_links", "path_length")
    return {name: list(column) for name, column in zip(names, zip(*found, strict=True), strict=True)}


def _bin_ratio(share: float) -> int:
    return bisect_right(_RATIOS, share)


def title_lines(lines: Sequence[str], features: Sequence[LineFeatures], title: str) -> list[int]:
    """Which lines repeat the page's title: 1 in running order, 2 in a heading; 0 for the others.

    Args:
        lines: trimmed, Simplified.
        features: what the markup says of each.
        title: as the page's head states it, with or without the name of the site.
    """
    key = _LETTERS.sub("", title)
    if len(key) < 4:
        return [0] * len(lines)
    out = []
    for line, feature in zip(lines, features, strict=True):
        if 4 <= len(line) <= 120 and line[0] in title and (mine := _LETTERS.sub("", line)) and len(mine) >= 4:
            same = (mine in key and 2 * len(mine) >= len(key)) or (key in mine and 2 * len(key) >= len(mine))
            out.append((2 if "h1" in feature.tags or "h2" in feature.tags else 1) if same else 0)
        else:
            out.append(0)
    return out


def _best_block(features: Sequence[LineFeatures], masses: Counter[int], total: int) -> int:
    """The innermost block that holds most of the page's running text; 0 if none does."""
    chains = {feature.within for feature in features if feature.within and masses[feature.within[-1]]}
    best, depth = 0, -1
    for chain in chains:
        for level, block in enumerate(chain):
            if 10 * masses[block] < 6 * total:
                break
            if level > depth:
                best, depth = block, level
    return best
