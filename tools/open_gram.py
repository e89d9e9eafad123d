"""What open-gram says of Chinese: its model of words, turned into expected counts of characters.

Debian's sunpinyin-data holds it in two files: ``pydict_sc.bin`` lists the words, ``lm_sc.t3g`` the probabilities of
72,000 words, 2.5 million pairs and 1.0 million triples of them, as a tree of packed nodes with quantized values.
"""

from __future__ import annotations

import struct
import subprocess
import tempfile
from array import array
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from corpusclean.chinese.symbols import model_table

__all__ = ["expected_counts"]

FIRST_WORD = 70  # smaller numbers stand for what is no word: the unknown one, where a text begins and ends
PROBABILITIES, WEIGHTS = 1 << 16, 1 << 14  # values in the tables that nodes point into
FURNITURE = frozenset(("作者：", "日期：", "回复日期", "顶顶", "。。"))
"""Pairs of words that stood around the texts it was counted from, or are a habit of forums."""


class Level(NamedTuple):
    """The nodes of one depth of the tree, one more than there are.

    Attributes:
        words: the number of each node's word.
        shares: its probability behind the words above it.
        below: where the nodes below it begin.
    """

    words: array[int]
    shares: array[float]
    below: array[int]


def expected_counts(package: Path, size: float) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Expected counts of one, two and three characters in a text of so many words.

    What the model has not seen adds nothing: its share is left to what was not seen.
    """
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["dpkg-deb", "-x", package, folder], check=True)
        names = _names(next(Path(folder).rglob("pydict_sc.bin")).read_bytes())
        first, second, third = _tree(next(Path(folder).rglob("lm_sc.t3g")).read_bytes())
    one: Counter[str] = Counter()
    two: Counter[str] = Counter()
    three: Counter[str] = Counter()
    for at in range(len(first.words) - 1):
        word, count = names[first.words[at]], first.shares[at] * size
        for char in word:
            one[char] += count
        for start in range(len(word) - 1):
            two[word[start : start + 2]] += count
        for start in range(len(word) - 2):
            three[word[start : start + 3]] += count
        for behind in range(first.below[at], first.below[at + 1]) if word else ():
            other, both = names[second.words[behind]], count * second.shares[behind]
            if not other or word + other in FURNITURE:
                continue
            two[word[-1] + other[0]] += both
            if len(word) > 1:
                three[word[-2:] + other[0]] += both
            if len(other) > 1:
                three[word[-1] + other[:2]] += both
                continue
            for last in range(second.below[behind], second.below[behind + 1]):
                end = names[third.words[last]]
                if end and other + end not in FURNITURE:
                    three[word[-1] + other + end[0]] += both * third.shares[last]
    return one, two, three


def _names(data: bytes) -> list[str]:
    """The words by number; empty for what is no word."""
    (start,) = struct.unpack_from("<I", data, 8)
    words = data[start:].decode("utf-32-le").translate(model_table()).split("\0")
    return [word if at >= FIRST_WORD else "" for at, word in enumerate(words)]


def _tree(data: bytes) -> tuple[Level, Level, Level]:
    """The levels of words, pairs and triples; a node has a number of 18 bits and a probability of 16."""
    *_, firsts, seconds, thirds = struct.unpack_from("<6I", data)
    shares = array("f", data[24 : 24 + 4 * PROBABILITIES])
    at = 24 + 4 * (PROBABILITIES + WEIGHTS) + 12 * 2  # behind the root and the node that ends its level
    levels = []
    for count, below in (firsts, seconds), (seconds, thirds):
        nodes = array("I", data[at : at + 12 * count])
        at += 12 * count
        children = array("I", ((b >> 16) | (c >> 25) << 16 for b, c in zip(nodes[1::3], nodes[2::3], strict=True)))
        children[-1] = below - 1
        levels.append(
            Level(
                array("I", (a & 0x3FFFF for a in nodes[::3])),
                array("f", (shares[b & 0xFFFF] for b in nodes[1::3])),
                children,
            )
        )
    leaves = array("Q", data[at : at + 8 * thirds])
    last = Level(
        array("I", (leaf & 0x3FFFF for leaf in leaves)),
        array("f", (shares[leaf >> 18 & 0x3FFF | (leaf >> 57 & 3) << 14] for leaf in leaves)),
        array("I"),
    )
    return levels[0], levels[1], last
