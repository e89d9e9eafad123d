"""What a character says about the script of its text, as one letter for each character.

Nobody types Simplified and Traditional by chance: 3,800 characters exist in one of the two only. Which ones, the
dictionaries know (a character that its own list of Traditional forms does not contain is Simplified only), and
the national character sets of 1980 and 1984 confirm it: no Traditional form stands among the 3,755 characters of
GB 2312's first level, no Simplified one among the 5,401 of Big5's first.

The letters are Latin-1, so ``text.translate`` with this table is a pass in C, and what follows can count letters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from .charclass import gate
from .dictionaries import read_choices, read_dictionary

__all__ = [
    "HAN",
    "HANGUL",
    "JAPANESE",
    "KANA",
    "SIMPLIFIED",
    "SIMPLIFIED_SHARED",
    "TRADITIONAL",
    "TRADITIONAL_SHARED",
    "east_asian",
    "first_level",
    "gate_of",
    "letters",
    "unlisted",
]

SIMPLIFIED = "s"
"""Simplified only, and not used in Japan: 这 们."""
SIMPLIFIED_SHARED = "S"
"""Simplified only among the Chinese, and the modern form in Japan: 国 学."""
TRADITIONAL = "t"
"""Traditional only, and not common in Japan: 這 們."""
TRADITIONAL_SHARED = "T"
"""Traditional only among the Chinese, and common in Japan: 東 時."""
JAPANESE = "j"
"""Japanese only: 円 駅 込."""
HAN = "c"
"""An ideograph that says nothing: 大."""
KANA = "k"
HANGUL = "h"

_EAST_ASIAN = (
    "[\u1100-\u11ff\u2e80-\u2fd5\u3005\u3007\u3041-\u30ff\u3131-\u318e\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\ua960-\ua97c\uac00-\ud7fb\uf900-\ufaff\uff66-\uff9d\uffa1-\uffdc\U00020000-\U0003347f]"
)

_HAN_RANGES = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x20000, 0x33480), (0x2E80, 0x2FD6))
_KANA_RANGES = ((0x3041, 0x3097), (0x309D, 0x30A0), (0x30A1, 0x30FB), (0x30FD, 0x3100), (0x31F0, 0x3200))
_HALF_KANA_RANGES = ((0xFF66, 0xFF70), (0xFF71, 0xFF9E))
_HANGUL_RANGES = ((0x1100, 0x1200), (0x3131, 0x318F), (0xA960, 0xA97D), (0xAC00, 0xD7FC), (0xFFA1, 0xFFDD))
_RARE_IN_TAIWAN = "拚捱摺榘醣麴"  # Traditional by the dictionary, but good in Simplified text too


@cache
def east_asian() -> re.Pattern[str]:
    """Any letter of East Asia, radicals included. Match: ``日``; near miss: ``。``.

    Compiled when first needed: large classes take milliseconds, which an import should not.

    >>> east_asian().search("a。日").start()
    2
    """
    return re.compile(_EAST_ASIAN)


@cache
def letters() -> str:
    """The letter of each code point up to the last ideograph, by position; a blank for what says nothing at all.

    >>> "说說。の".translate(letters())
    'st k'
    """
    table = bytearray(b" " * 0x33480)
    table[10:11] = b"\n"
    for ranges, letter in (
        (_HAN_RANGES, HAN),
        (_KANA_RANGES, KANA),
        (_HALF_KANA_RANGES, KANA),
        (_HANGUL_RANGES, HANGUL),
    ):
        for low, high in ranges:
            table[low:high] = letter.encode() * (high - low)
    known = set(read_dictionary("TSCharacters.txt")) | set(read_dictionary("STCharacters.txt"))
    for char in read_dictionary("JPShinjitaiCharacters.txt"):
        if char not in known and not first_level(char, "big5") and not _in(char, "gb2312"):
            table[ord(char)] = ord(JAPANESE)
    for chars, alone, shared in (
        (simplified_only(), SIMPLIFIED, SIMPLIFIED_SHARED),
        (traditional_only(), TRADITIONAL, TRADITIONAL_SHARED),
    ):
        for char in chars:
            table[ord(char)] = ord(shared if first_level(char, "euc_jp") else alone)
    return table.decode("latin-1")


@cache
def gate_of(kinds: str) -> re.Pattern[str]:
    """A pattern that finds the characters whose letter is one of `kinds`.

    >>> gate_of("tT").search("说說").start()
    1
    """
    wanted = re.compile(f"[{kinds}]")
    return gate(chr(found.start()) for found in wanted.finditer(letters()))


@cache
def simplified_only() -> frozenset[str]:
    """Characters that only Simplified Chinese has.

    Hong Kong's standard has some of the forms that Simplified took up (户 税 脱).

    >>> "这" in simplified_only(), "里" in simplified_only(), "群" in simplified_only(), "税" in simplified_only()
    (True, False, False, False)
    """
    traditional = {*read_dictionary("TSCharacters.txt"), *read_dictionary("HKVariants.txt").values()}
    return frozenset(
        char
        for char, forms in read_choices("STCharacters.txt")
        if char not in forms and char not in traditional and not first_level(char, "big5")
    )


@cache
def traditional_only() -> frozenset[str]:
    """Characters that only Traditional Chinese has.

    >>> "這" in traditional_only(), "著" in traditional_only(), "乾" in traditional_only()
    (True, False, False)
    """
    return frozenset(
        char
        for char, forms in read_choices("TSCharacters.txt")
        if char not in forms and char not in _RARE_IN_TAIWAN and not first_level(char, "gb2312")
    ) | frozenset(chr(code) for code in unlisted())


@cache
def unlisted() -> Mapping[int, str]:
    """Traditional characters that OpenCC's list to Simplified does not know, and what they become.

    Hong Kong's and Taiwan's own forms are lists apart, which the configurations for the other region do not read;
    and converters that work character by character write 茍 for 苟.

    >>> unlisted()[ord("衞")], unlisted()[ord("茍")]
    ('卫', '苟')
    """
    simplified = read_dictionary("TSCharacters.txt")
    table = {ord("茍"): "苟"}
    for name in ("HKVariantsRev.txt", "TWVariantsRev.txt"):
        for char, standard in read_dictionary(name).items():
            plain = simplified.get(standard, standard)
            if char not in simplified and char != plain and not char.encode("gb2312", "ignore"):
                table[ord(char)] = plain
    return table


def _in(char: str, codec: str) -> bool:
    return bool(char.encode(codec, "ignore"))


_FREQUENT = {"big5": (0xA4, 0xC6), "gb2312": (0xB0, 0xD7), "euc_jp": (0xB0, 0xCF)}
"""Lead bytes of the first level of each national set: the frequent characters."""


def first_level(char: str, codec: str) -> bool:
    """Whether `char` is one of the frequent characters of a national set: ``big5``, ``gb2312`` or ``euc_jp``.

    >>> first_level("后", "big5"), first_level("党", "big5")
    (True, False)
    """
    data = char.encode(codec, "ignore")
    low, high = _FREQUENT[codec]
    return len(data) == 2 and low <= data[0] <= high
