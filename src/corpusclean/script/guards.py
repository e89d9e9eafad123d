"""Word guards: places where OpenCC's longest key cuts a word in two, and word counts say so.

The table holds longer keys (国历史 → 國歷史, against 国历 → 國曆), which win by OpenCC's own rule. It is an option,
for a conversion with guards is no longer OpenCC's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources

from .engine import Converter

__all__ = ["guarded", "word_guards"]


@cache
def word_guards() -> Mapping[str, str]:
    """The table: what would be cut in two, and what is meant.

    >>> word_guards()["国历史"]
    '國歷史'
    """
    rows = resources.files("corpusclean") / "data" / "script" / "guards.tsv"
    lines = rows.read_text("utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines if not line.startswith("#"))


@cache
def guarded(config: str) -> Callable[[str], str]:
    """The conversion `config`, from Simplified, with word guards.

    >>> guarded("s2t")("美国历史"), guarded("s2tw")("新理论被发明了")
    ('美國歷史', '新理論被發明了')
    """
    return Converter(config, word_guards()).convert
