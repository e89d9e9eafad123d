"""What the judge sees of a line through its markup: tags, links, class words, and the blocks it lies in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from ..lines import LineFeatures
from .features import Columns, Lexicon, bin_mass, lexicon, since
from .stretches import container_spans, template_words

__all__ = ["markup_columns", "title_lines"]

_BLOCKS = (
    "p", "h1", "h2", "h3 h4 h5 h6", "li", "td th", "dt dd", "div", "section article main", "span font", "pre code",
    "blockquote", "a", "label button option", "footer header nav aside", "figcaption figure",
)  # fmt: skip
_BLOCK_TAGS = {name: code for code, names in enumerate(_BLOCKS, 1) for name in names.split()}
_COLUMNS = (
    "links", "link_count", "tag", "list", "heading", "depth", "good", "bad", "own", "block_mass", "share1", "share2",
    "share3", "best",
)  # fmt: skip
_ASIDE = frozenset(("header", "footer", "nav", "aside"))
_RATIOS = (0.0, 0.02, 0.08, 0.2, 0.4, 0.6, 0.8, 0.95)
_MEANS = (3, 6, 10, 16, 25, 40, 70, 120)
_LETTERS = re.compile(r"[\W_]+")


def markup_columns(features: Sequence[LineFeatures], body: Sequence[int], lines: Sequence[str], title: str) -> Columns:
    """The columns that markup gives: tags, links, class words, and how much text the enclosing blocks hold."""
    words = lexicon()
    titles = title_lines(lines, features, title)
    total = sum(body) or 1
    masses: Counter[int] = Counter()
    for feature, mass in zip(features, body, strict=True):
        if mass and 2 * feature.links < feature.chars:
            for block in feature.within:
                masses[block] += mass
    best = _best_block(features, masses, total)
    where: dict[tuple[int, ...], tuple[int, ...]] = {}
    paths: dict[int, tuple[int, ...]] = {}
    said: dict[tuple[int, int], tuple[int, ...]] = {}
    rows = []
    for tags, classes, link, chars, mine, count, _, within, _ in features:
        path = paths.get(id(tags))
        if path is None:
            path = paths[id(tags)] = _read_path(tags)
        class_key = (id(classes), id(mine))
        says = said.get(class_key)
        if says is None:
            says = said[class_key] = _read_classes(classes, mine, words)
        place = where.get(within)
        if place is None:
            near = within[-1] if within else 0
            shares = [min(7, 8 * masses[block] // total) for block in within[-1:-4:-1]]
            shares += [shares[-1] if shares else 0] * (3 - len(shares))
            if best and best in within:
                level = 1 + min(3, len(within) - 1 - within.index(best))
            else:
                level = 5 if best and near > best else 6 if best else 0
            place = where[within] = (bin_mass(masses[near]), *shares, level)
        rows.append((0 if not link else min(5, 1 + 4 * link // (chars or 1)), min(3, count), *path, *says, *place))
    columns = dict(zip(_COLUMNS, map(list, zip(*rows, strict=True)), strict=True))
    columns |= _block_columns(features, body) | _path_columns(features, body)
    columns["title"] = titles
    columns["since_title"] = since([value > 0 for value in titles])
    return columns


def _read_path(tags: tuple[str, ...]) -> tuple[int, ...]:
    """What the path of elements says: tag, list, heading, depth."""
    return (
        next((_BLOCK_TAGS[name] for name in reversed(tags[-4:]) if name in _BLOCK_TAGS), 0),
        ("li" in tags) + ("table" in tags or "td" in tags),
        2 if not _ASIDE.isdisjoint(tags) else int("article" in tags or "main" in tags),
        min(5, len(tags) // 4),
    )


def _read_classes(classes: frozenset[str], own: frozenset[str], words: Lexicon) -> tuple[int, ...]:
    """What class words say: good, bad, own."""
    return (
        min(3, len(classes & words.good)),
        min(3, len(classes & words.bad)),
        2 * bool(own & words.bad) + bool(own & words.good) + (0 if own else 4),
    )


def _block_columns(features: Sequence[LineFeatures], body: Sequence[int]) -> Columns:
    """How the blocks around each line compare: running text, share of links, and where the richest block is.

    A block is rich by the running text that lies in it directly, half of what its children hold and a quarter of what
    theirs do, less its share of links: paragraphs of one article stand side by side.
    """
    plain = [
        mass if mass and 2 * feature.links < feature.chars else 0 for feature, mass in zip(features, body, strict=True)
    ]
    plain_to = list(accumulate(plain, initial=0))
    link_to = list(accumulate([feature.links for feature in features], initial=0))
    char_to = list(accumulate([feature.chars for feature in features], initial=0))
    spans = container_spans(features)
    score: Counter[int] = Counter()
    for feature, mass in zip(features, plain, strict=True):
        if mass:
            for block, share in zip(reversed(feature.within[-3:]), (4, 2, 1), strict=False):
                score[block] += share * mass

    def part(block: int, sums: Sequence[int]) -> float:
        first, stop = spans.get(block, (0, 0))
        chars = char_to[stop] - char_to[first]
        return (sums[stop] - sums[first]) / chars if chars else 0.0

    rich = {block: value * (1 - part(block, link_to)) for block, value in score.items()}
    best = max(rich, key=lambda block: (rich[block], -block), default=0)
    most = rich.get(best, 0.0) or 1.0
    chain = next((feature.within for feature in features if best and best in feature.within), ())
    parent = chain[max(0, chain.index(best) - 1)] if chain and chain[0] != best else -1
    told: dict[int, tuple[int, int, int]] = {}

    def tell(block: int) -> tuple[int, int, int]:
        """How rich a block is, its share of links, and its share of running text."""
        row = told.get(block)
        if row is None:
            row = told[block] = (
                bisect_right(_RATIOS, rich.get(block, 0.0) / most),
                bisect_right(_RATIOS, part(block, link_to)),
                bisect_right(_RATIOS, part(block, plain_to)),
            )
        return row

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
            (rank1, links1, clean1), (rank2, links2, clean2), (rank3, links3, _) = map(tell, near)
            row = known[within] = (place, rank1, rank2, rank3, links1, links2, links3, clean1, clean2)
        rows.append(row)
    names = ("pick", "rank1", "rank2", "rank3", "dens1", "dens2", "dens3", "clean1", "clean2")
    return {name: list(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)}


def _path_columns(features: Sequence[LineFeatures], body: Sequence[int]) -> Columns:
    """What the lines with the same tags and class words are like together: a template prints them alike."""
    sums: dict[tuple[tuple[str, ...], frozenset[str]], list[int]] = {}
    known: dict[tuple[int, int], list[int]] = {}
    groups = []
    for feature, mass in zip(features, body, strict=True):
        key = (id(feature.tags), id(feature.own_classes))
        group = known.get(key)
        if group is None:
            same = (feature.tags, template_words(feature.own_classes))
            group = known[key] = sums.setdefault(same, [0, 0, 0, 0])
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
