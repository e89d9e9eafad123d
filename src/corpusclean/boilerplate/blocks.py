"""What the judge sees of a line through its markup: tags, links, class words, and the blocks it lies in."""

from __future__ import annotations

import re
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
_LETTERS = re.compile(r"[\W_]+")


def markup_columns(features: Sequence[LineFeatures], body: Sequence[int], lines: Sequence[str], title: str) -> Columns:
    """The columns that markup gives: tags, links, class words, and how much text the enclosing blocks hold."""
    words = lexicon()
    n = len(features)
    titles = title_lines(lines, features, title)
    total = sum(body) or 1
    masses: Counter[int] = Counter()
    linked: Counter[int] = Counter()
    for feature, mass in zip(features, body, strict=True):
        if mass and 2 * feature.links < feature.chars:
            for block in feature.within:
                masses[block] += mass
        if feature.links:
            for block in feature.within[-6:]:
                linked[block] += feature.links
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
        tags, classes, link, chars, mine, count, _, within = feature
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
    columns["title"] = titles
    columns["since_title"] = since([value > 0 for value in titles])
    return columns


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
