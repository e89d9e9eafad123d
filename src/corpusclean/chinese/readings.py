"""Readings of characters: what a converter that annotates `時` would write behind it."""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from importlib.util import find_spec
from pathlib import Path

__all__ = ["characters_read", "readings", "toneless"]


@cache
def _table() -> dict[int, str]:
    """The table of characters of pypinyin, read from its file.

    Importing the package would load its 47,000 phrases as well: 50 MB and a good part of a second.
    """
    package = find_spec("pypinyin")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("pypinyin is not installed: pip install pypinyin", name="pypinyin")
    rows = json.loads((Path(package.origin).parent / "pinyin_dict.json").read_text("utf-8"))
    return {int(code): row for code, row in rows.items()}


def readings(char: str) -> tuple[str, ...]:
    """The readings of one character with tone marks, the usual one first; empty if it has none.

    >>> readings("長")[:2], readings("x")
    (('zhǎng', 'cháng'), ())
    """
    row = _table().get(ord(char))
    return tuple(row.split(",")) if row else ()


def toneless(reading: str) -> str:
    """A reading without its tone mark, ü kept.

    >>> toneless("lǜ"), toneless("shì")
    ('lü', 'shi')
    """
    marked = unicodedata.normalize("NFD", reading)
    bare = "".join(char for char in marked if char not in "\u0300\u0301\u0304\u030c")
    return unicodedata.normalize("NFC", bare)


@cache
def _by_reading() -> dict[str, str]:
    table: dict[str, list[str]] = {}
    for code, row in _table().items():
        if 0x4E00 <= code <= 0x9FA5:
            for reading in row.split(","):
                table.setdefault(reading, []).append(chr(code))
    return {reading: "".join(chars) for reading, chars in table.items()}


def characters_read(reading: str) -> str:
    """The characters of GBK that have this reading among theirs.

    >>> "數" in characters_read("shù")
    True
    """
    return _by_reading().get(reading, "")
