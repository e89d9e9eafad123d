"""Folding: characters that are ideographs by their looks and something else by their code.

Kangxi radicals, the radicals supplement and compatibility ideographs come from fonts, PDF files and old Japanese
and Korean sets. They look like 人 or 見 and are not found by searching for them. Only these are folded: the list is
closed, and never touches ① ㈱ № ㎡ ² or full-width forms, which are what their author meant.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib import resources

from .charclass import gate

__all__ = ["FOLDABLE", "FOLDED_BLOCKS", "fold", "folds"]

FOLDED_BLOCKS = range(0x2E80, 0x2FD6), range(0xF900, 0xFADA), range(0x2F800, 0x2FA1E)
FOLDABLE = gate(chr(code) for block in FOLDED_BLOCKS for code in block)


@cache
def folds() -> Mapping[int, str]:
    """Code point to the ideograph it stands for.

    >>> folds()[ord("⼈")], folds()[ord("⻅")], folds()[0xF90A]
    ('人', '见', '金')
    """
    table: dict[int, str] = {}
    rows = resources.files("corpusclean") / "data" / "script" / "radicals.tsv"
    for line in rows.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            radical, ideograph = line.split("\t")
            table[ord(radical)] = ideograph
    for code in (*range(0xF900, 0xFADA), *range(0x2F800, 0x2FA1E)):
        ideograph = unicodedata.normalize("NFC", chr(code))
        if ideograph != chr(code):
            table[code] = ideograph
    return table


def fold(text: str) -> str:
    """`text` with every character of the list replaced; always as long as it was.

    >>> fold("⼈⺠①㈱")
    '人民①㈱'
    """
    return text.translate(folds()) if FOLDABLE.search(text) else text
