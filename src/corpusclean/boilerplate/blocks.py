"""What the judge sees of a line through its markup: tags, links, class words, and the blocks it lies in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, chain, repeat
from operator import sub

from ..lines import LineFeatures
from .anchors import anchor_columns, quoted_lines, text_holders
from .containers import Containers, read_containers
from .features import Columns, bin_mass, line_units, since
from .home import find_home, home_columns
from .lexicon import Lexicon, lexicon
from .stretches import template_words

__all__ = ["markup_columns", "title_lines"]

_BLOCKS = (
    "p", "h1", "h2", "h3 h4 h5 h6", "li", "td th", "dt dd", "div", "section article main", "span font", "pre code",
    "blockquote", "a", "label button option", "footer header nav aside", "figcaption figure",
)  # fmt: skip
_BLOCK_TAGS = {name: code for code, names in enumerate(_BLOCKS, 1) for name in names.split()}
_BLOCK_COLUMNS = (
    "block_mass", "share1", "share2", "share3", "best", "pick", "rank1", "rank2", "rank3", "dens1", "dens2", "dens3",
    "clean1", "clean2",
)  # fmt: skip
_ASIDE = frozenset(("header", "footer", "nav", "aside"))
_RATIOS = (0.0, 0.02, 0.08, 0.2, 0.4, 0.6, 0.8, 0.95)
_MEANS = (3, 6, 10, 16, 25, 40, 70, 120)
_LETTERS = re.compile(r"[\W_]+")


def markup_columns(
    features: Sequence[LineFeatures],
    body: Sequence[int],
    lines: Sequence[str],
    title: str,
    description: str = "",
    containers: Containers | None = None,
) -> Columns:
    """The columns that markup gives: tags, links, class words, and how much text the enclosing blocks hold.

    Each is worked out once for what lines share (a path of tags, class words, a block), and then looked up.
    """
    containers = containers or read_containers(features)
    paths, classes, links, chars, own, counts, _, withins, _ = map(list, zip(*features, strict=True))
    plain = [mass if mass and 2 * link < size else 0 for mass, link, size in zip(body, links, chars, strict=True)]
    columns: Columns = {
        "links": [min(5, 1 + 4 * link // (size or 1)) if link else 0 for link, size in zip(links, chars, strict=True)],
        "link_count": [min(3, count) if count else 0 for count in counts],
    }
    path_keys, own_keys = list(map(id, paths)), list(map(id, own))
    told = {key: _read_path(path) for key, path in dict(zip(path_keys, paths, strict=True)).items()}
    columns |= _transposed(("tag", "list", "heading", "depth"), map(told.__getitem__, path_keys))
    words = lexicon()
    class_keys = list(zip(map(id, classes), own_keys, strict=True))
    pairs = dict(zip(class_keys, zip(classes, own, strict=True), strict=True))
    said = {key: _read_classes(*pair, words) for key, pair in pairs.items()}
    columns |= _transposed(("good", "bad", "own"), map(said.__getitem__, class_keys))
    template_keys = list(zip(path_keys, own_keys, strict=True))
    templates = dict(zip(template_keys, zip(paths, own, strict=True), strict=True))
    columns |= _template_columns(template_keys, templates, chars, links, plain)
    columns |= _block_columns(containers, withins, sum(body) or 1, plain, links, chars)
    columns["title"] = titles = title_lines(lines, features, title)
    quoted = quoted_lines(lines, description, title, titles)
    columns |= anchor_columns(quoted, text_holders(containers, len(lines)))
    columns |= home_columns(find_home(features, line_units(lines), titles, quoted, containers), len(lines))
    columns["since_title"] = since([value > 0 for value in columns["title"]])
    return columns


def _transposed(names: Sequence[str], rows: Iterable[Sequence[int]]) -> Columns:
    """The columns of `rows`, which have a value for each of `names`."""
    return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))


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
    good, bad = words.good, words.bad
    mine = 2 * (not own.isdisjoint(bad)) + (not own.isdisjoint(good)) if own else 4
    return min(3, len(classes & good)), min(3, len(classes & bad)), mine


def _block_columns(
    containers: Containers,
    withins: Sequence[tuple[int, ...]],
    total: int,
    plain: Sequence[int],
    links: Sequence[int],
    chars: Sequence[int],
) -> Columns:
    """How the blocks around each line compare: running text, share of links, and where the richest block is.

    A block is rich by the running text that lies in it directly, half of what its children hold and a quarter of what
    theirs do, less its share of links: paragraphs of one article stand side by side.

    Args:
        containers: those of the page.
        withins: the numbers of the blocks around each line.
        total: how much running text there is.
        plain: how much running text that is not mostly links each line has.
        links: code points of each line that lie inside links.
        chars: code points of each line.
    """
    turns, spans = containers
    plain_to = list(accumulate(plain, initial=0))
    link_to = list(accumulate(links, initial=0))
    char_to = list(accumulate(chars, initial=0))
    score: dict[int, int] = {}
    for within, mass in zip(withins, plain, strict=True):
        if mass:
            for block, share in zip(reversed(within[-3:]), (4, 2, 1), strict=False):
                score[block] = score.get(block, 0) + share * mass

    def part(block: int, sums: Sequence[int]) -> float:
        first, stop = spans.get(block, (0, 0))
        chars = char_to[stop] - char_to[first]
        return (sums[stop] - sums[first]) / chars if chars else 0.0

    rich = {block: value * (1 - part(block, link_to)) for block, value in score.items()}
    best = max(rich, key=lambda block: (rich[block], -block), default=0)
    most = rich.get(best, 0.0) or 1.0
    around = withins[spans[best][0]] if best else ()
    parent = around[max(0, around.index(best) - 1)] if around and around[0] != best else -1
    main = _best_block(withins, plain_to, spans, total)
    told: dict[int, tuple[int, int, int, int]] = {}

    def tell(block: int) -> tuple[int, int, int, int]:
        """A block's share of the page's running text, how rich it is, its shares of links and of running text."""
        row = told.get(block)
        if row is None:
            first, stop = spans.get(block, (0, 0))
            size, mass, link = char_to[stop] - char_to[first], plain_to[stop] - plain_to[first], link_to[stop]
            link -= link_to[first]
            row = told[block] = (
                min(7, 8 * mass // total) if mass else 0,
                bisect_right(_RATIOS, rich[block] / most) if block in rich else 1,
                bisect_right(_RATIOS, link / size) if link else 1,
                bisect_right(_RATIOS, mass / size) if mass else 1,
            )
        return row

    rows: list[tuple[int, ...]] = []
    for _, _, within, _ in turns:
        near = (within or (0,))[-1:-4:-1]
        near += near[-1:] * (3 - len(near))
        block = near[0]
        if best and best in within:
            place = min(3, len(within) - within.index(best))
        elif parent in within:
            place = 4 if block == parent else 5
        else:
            place = 0 if not best else 6 if within and block > best else 7
        if main and main in within:
            level = 1 + min(3, len(within) - 1 - within.index(main))
        else:
            level = 5 if main and block > main else 6 if main else 0
        first, stop = spans.get(block, (0, 0))
        (share1, rank1, links1, clean1), (share2, rank2, links2, clean2), (share3, rank3, links3, _) = map(tell, near)
        rows.append((
            bin_mass(plain_to[stop] - plain_to[first]), share1, share2, share3, level, place, rank1, rank2, rank3,
            links1, links2, links3, clean1, clean2,
        ))  # fmt: skip
    # Each row is that of the lines up to the next turn.
    sizes = map(sub, [*[turn.line for turn in turns[1:]], len(plain)], [turn.line for turn in turns])
    return _transposed(_BLOCK_COLUMNS, chain.from_iterable(map(repeat, rows, sizes)))


def _template_columns(
    keys: Sequence[tuple[int, int]],
    templates: Mapping[tuple[int, int], tuple[tuple[str, ...], frozenset[str]]],
    chars: Sequence[int],
    links: Sequence[int],
    plain: Sequence[int],
) -> Columns:
    """What the lines with the same tags and class words are like together: a template prints them alike.

    Args:
        keys: of the template of each line.
        templates: the tags and class words of each; those that differ by numbers are one.
        chars: code points of each line.
        links: those inside links.
        plain: those that are running text.
    """
    sums: dict[tuple[tuple[str, ...], frozenset[str]], list[int]] = {}
    groups = {key: sums.setdefault((path, template_words(own)), [0] * 4) for key, (path, own) in templates.items()}
    for key, size, link, mass in zip(keys, chars, links, plain, strict=True):
        group = groups[key]
        group[0] += 1
        group[1] += size
        if link:
            group[2] += link
        if mass:
            group[3] += mass
    most = max((group[3] for group in sums.values()), default=0) or 1
    rows = {
        id(group): (
            bisect_right(_RATIOS, group[3] / most),
            bisect_right(_RATIOS, group[2] / group[1] if group[1] else 0.0),
            bisect_right(_MEANS, group[1] / group[0]),
        )
        for group in sums.values()
    }
    by_key = {key: rows[id(group)] for key, group in groups.items()}
    return _transposed(("path_mass", "path_links", "path_length"), map(by_key.__getitem__, keys))


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


def _best_block(
    withins: Sequence[tuple[int, ...]],
    plain_to: Sequence[int],
    spans: Mapping[int, tuple[int, int]],
    total: int,
) -> int:
    """The innermost block that holds most (six tenths) of the page's running text; 0 if none does.

    Such blocks lie in each other, and all hold the line in the middle of the text.
    """
    best, enough = 0, 6 * total
    middle = bisect_right(plain_to, plain_to[-1] // 2) - 1
    for block in withins[middle] if plain_to[-1] else ():
        first, stop = spans[block]
        if 10 * (plain_to[stop] - plain_to[first]) < enough:
            break
        best = block
    return best
