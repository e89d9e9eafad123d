"""Text that is lost for good: mark where it was, keep its neighbours, invent nothing.

A byte that a program could not decode becomes U+FFFD. Saved as UTF-8 and read as GBK, two of these become 锟斤拷: what
stood there is gone. Memory that a program printed without filling it reads 烫烫烫 (CC) or 屯屯屯 (CD). Each such run
becomes one U+FFFD, or is only marked where it may be meant: 烫烫烫 is also what one says of hot soup, and articles
about mojibake quote 锟斤拷. Before a mark the run just goes: U+FFFD there would read like the trace of a misfire.
"""

from __future__ import annotations

from ..config import RepairConfig
from ..edits import Edit, Revision
from ..patterns import lazy_pattern

__all__ = ["FIVE_QUESTIONS", "LOST_GATE", "mark_losses"]

REPLACEMENT = "\ufffd"

# 锟斤拷 in any phase, once or over and over: matches ``锟斤拷锟斤拷``, ``斤拷锟``; a near miss is ``一斤``.
_KUN_JIN_KAO = lazy_pattern("(?:斤拷|拷)?(?:锟斤拷)+(?:锟斤|锟)?|斤拷锟|拷锟斤")
# Memory filled with CC or CD: matches ``烫烫烫``; a near miss is ``烫烫``.
_FILLED = lazy_pattern("烫{3,}|屯{3,}")
# Replacement characters: matches a run of U+FFFD; a near miss is ``?``.
_REPLACED = lazy_pattern(REPLACEMENT + "+")
# Question marks for a whole word of lost letters: matches ``?????``; a near miss is ``???``.
_QUESTIONS = lazy_pattern(r"\?{5,}")
# What all but the last have; begins with one class of rare characters, so that clean text is passed over at full speed.
LOST_GATE = lazy_pattern("[锟拷\ufffd烫屯](?:(?<=[锟\ufffd])|(?<=斤拷)|(?<=拷)锟|(?<=烫)烫烫|(?<=屯)屯屯)")
FIVE_QUESTIONS = "?????"

_MARKS = "！？；，。、,!?;"
_SURE = 8  # so many of 烫 in a row are no exclamation
_TOPIC = lazy_pattern("乱码|亂碼|编码|編碼|字符集|字元|mojibake|encoding|Unicode|UTF|GBK")


def mark_losses(text: str, config: RepairConfig, *, marks: bool = True) -> Revision:
    """Replace or mark what stands where text was lost; every place is recorded by an edit.

    Args:
        text: any text.
        config: whether anything is repaired, and how sure a repair must be.
        marks: whether what stays is marked too; else only what is replaced is recorded.

    >>> mark_losses("我们锟斤拷锟斤拷公园", RepairConfig()).text
    '我们\ufffd公园'
    >>> revision = mark_losses("好烫烫烫！", RepairConfig())
    >>> revision.text, revision.edits[0].is_mark
    ('好烫烫烫！', True)
    """
    if not config.enabled or not (FIVE_QUESTIONS in text or LOST_GATE.search(text)):
        return Revision.unchanged(text)
    quoted = bool(_TOPIC.search(text))
    edits: list[Edit] = []
    for found in _KUN_JIN_KAO.finditer(text):
        after = found[0] if quoted else _stand_in(text, found.end())
        edits.append(Edit(*found.span(), found[0], after, "repair/lost/replacement_as_gbk", 0.99))
    for found in _FILLED.finditer(text):
        after = found[0] if quoted or len(found[0]) < _SURE else _stand_in(text, found.end())
        edits.append(Edit(*found.span(), found[0], after, "repair/lost/unfilled_memory", 0.9))
    standing = (_REPLACED, "replacement_character", 1.0), (_QUESTIONS, "question_marks", 0.6)
    for marked, rule, confidence in standing if marks else ():
        edits += [Edit(*run.span(), run[0], run[0], f"repair/lost/{rule}", confidence) for run in marked.finditer(text)]
    edits = [edit for edit in edits if (marks if edit.is_mark else edit.confidence >= config.min_confidence)]
    return Revision.of(text, sorted(edits))


def _stand_in(text: str, end: int) -> str:
    """What stands for a loss that ends at `end`: U+FFFD, but nothing before a mark."""
    return "" if text[end : end + 1] and text[end] in _MARKS else REPLACEMENT
