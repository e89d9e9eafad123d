"""Injected commas: `工作,。` and `為民,、愛民,,` on pages whose clone was to look like new text.

Why they are there: a program put an ASCII comma before marks of its list (。 、 ， ；), and a later tool may have
narrowed `，` and `；`, so that two ASCII commas, or a comma and a semicolon, stand side by side. Prose has no comma
before another mark. Tables of values have: there, empty fields, and no sentences.
"""

from __future__ import annotations

import re

from ..config import RepairConfig
from ..edits import Edit, Revision

__all__ = ["remove_commas"]

# A comma before a mark that could be on the list (match: ,。 ,, ,;; near miss: ,！ , 。).
_GATE = re.compile(",[。、，；,;]")
# Commas before a wide mark (match: 作,。; near miss: ,a。). A run of them is taken whole, once.
_BEFORE_WIDE = re.compile("(?<!,),++(?=[。、，；])")
# Two commas, or a comma and a semicolon, beside Han characters, quotes or brackets (match: 市,,外, ”,;而; near miss:
# 1,,2, 市,,,外).
_NEAR = "[\u3400-\u9fff“”‘’《》（）()％%…]"
_BEFORE_NARROW = re.compile(f"(?<={_NEAR}),(?=[,;](?![,;]))|(?<=[0-9A-Za-z]),(?=[,;][\u3400-\u9fff])")
# What sentences have and tables of values have not (match: 。, 、; near miss: ,).
_SENTENCE = re.compile("[。、；！？”]|[!?…~]$|;(?=[\u3400-\u9fff])")
# A stretch of words that is longer than most names (match: 现在正在; near miss: 在职).
_CLAUSE = re.compile("[\u3400-\u9fff]{4}")
_HAN = re.compile("[\u3400-\u9fff]")

SURE, LIKELY = 0.98, 0.9


def remove_commas(text: str, config: RepairConfig) -> Revision:
    """Remove the commas that a program put before other marks.

    Args:
        text: any text.
        config: ``min_confidence`` above 0.9 keeps those before narrow marks.

    >>> remove_commas("外貿大市,,需要把握,、謀劃工作,。", RepairConfig()).text
    '外貿大市,需要把握、謀劃工作。'
    >>> remove_commas("编号,姓名,备注,,邮箱", RepairConfig()).edits
    ()
    """
    if _GATE.search(text) is None:
        return Revision.unchanged(text)
    edits = []
    if config.min_confidence <= SURE:
        edits = [
            Edit(*match.span(), match[0], "", "repair/injected_comma", SURE) for match in _BEFORE_WIDE.finditer(text)
        ]
    if config.min_confidence <= LIKELY:
        taken = {edit.start for edit in edits}
        for match in _BEFORE_NARROW.finditer(text):
            if match.start() not in taken and _is_prose(text, match.start()):
                edits.append(Edit(*match.span(), ",", "", "repair/injected_comma", LIKELY))
    return Revision.of(text, sorted(edits))


def _is_prose(text: str, at: int) -> bool:
    """Whether the line around a place is made of sentences, judged by at most 200 characters on either side."""
    start = max(text.rfind("\n", max(0, at - 200), at) + 1, at - 200, 0)
    end = text.find("\n", at, at + 200)
    line = text[start : end if end >= 0 else at + 200]
    if len(_HAN.findall(line)) * 2 < len(line):
        return False
    return _SENTENCE.search(line) is not None or (_CLAUSE.search(line) is not None and not _in_table(text, start, line))


def _in_table(text: str, start: int, line: str) -> bool:
    """Whether a neighbour of the line has as many commas, as rows of values have."""
    before = text[text.rfind("\n", max(0, start - 400), max(0, start - 1)) + 1 : max(0, start - 1)][-400:]
    rest = text[start + len(line) + 1 : start + len(line) + 400]
    after = rest.partition("\n")[0]
    return line.count(",") in (before.count(","), after.count(","))
