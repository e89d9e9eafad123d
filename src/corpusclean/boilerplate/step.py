"""The step: spam headers, furniture, bylines and the judge, walked until nothing more goes."""

from __future__ import annotations

import re
from itertools import accumulate

from ..config import BoilerplateConfig
from ..edits import Edit, Revision
from ..lines import LineFeatures, line_spans
from ..steps import Candidate, Context, Findings, Outcome, View
from .byline import read_bylines
from .features import line_units
from .furniture import all_rules, find_furniture
from .judge import NEAR_ANY, NEAR_BEST, judge_lines, likely_bar
from .sentences import chances_of_sentences
from .sheet import Sheet, Verdict, fold_script, read_sheet
from .spam import RULE as SPAM_RULE
from .spam import find_spam_header, find_spam_prefix
from .titles import find_titles

__all__ = ["BoilerplateStep"]

MAX_ROUNDS = 6
FEW_LINES = 8
"""With fewer lines than this, and no link among them, a page has nothing that the judge could go by."""
INDENTED = 4
"""If one line of so many is indented, the layout is the author's own: of a program, a manual, a table. (Chinese
paragraphs begin with blanks as well.)"""
_MARKDOWN = re.compile(r"^(?:```|[ \t]*\|?(?: ?:?-{3,}:? ?\|)+)", re.MULTILINE)  # matches `| --- |`; not `----`
_INDENTED = re.compile(r"^(?: {2}|\t)[ \t]*\S", re.MULTILINE)  # matches `  x`; not ` x`
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # matches `中`; not `é`
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+")


class BoilerplateStep:
    r"""Takes out the lines that are no part of what was written.

    Rules come first (spam headers, furniture, bylines, repeated titles), then the judge weighs what is left. Lines
    only ever go, so the walk over what remains comes to rest; cleaning clean text changes nothing.

    >>> from ..config import CleanConfig
    >>> text = "當前位置: 首頁 > 新聞\n大家好。今天天氣很好，我們去公園。"
    >>> BoilerplateStep().revise(text, Context(CleanConfig())).revision.text
    '大家好。今天天氣很好，我們去公園。'
    """

    name = "boilerplate"

    def revise(self, text: str, context: Context) -> Outcome:
        """Propose the removal of lines, and the metadata that they stated."""
        if not text or text.isspace():
            return Outcome(Revision.unchanged(text))
        limits = context.config.limits
        if limits.lines and text.count("\n") >= limits.lines:
            return Outcome(Revision.unchanged(text), Findings(limits=("lines",)))
        whole = Revision.unchanged(text)
        seen: list[str] = []
        plain = context.features is None
        candidates: list[Candidate] = []
        hit: tuple[str, ...] = ()
        ruled = False  # whether each line has been seen by all rules of furniture, which look at nothing else
        left: list[str] | None = None  # the lines that remain, where none was cut
        for walked in range(MAX_ROUNDS):
            sheet = read_sheet(whole.text) if left is None else Sheet(whole.text, left)
            seen = sheet.lines
            sheet, long = _shortened(sheet, limits.line_chars)
            verdicts, found = _judge_sheet(
                sheet, context, None if walked else context.features, judged=not walked or plain, ruled=ruled
            )
            candidates.extend(found)
            if long:
                hit = ("line_chars",)
                verdicts = {number: verdict for number, verdict in verdicts.items() if number not in long}
            cut = _prefix(sheet, verdicts)
            edits = sorted([*cut, *_remove(sheet, verdicts)], key=lambda edit: edit.start)
            if not edits:
                break
            ruled = not (plain or cut or long)
            whole = whole.then(Revision.of(sheet.text, edits))
            left = None if cut else _remaining(seen, verdicts)
        return Outcome(whole, Findings(candidates=tuple(candidates), limits=hit, glimpse=seen))

    def looks_alike(self, one: View, other: View) -> bool:
        """Plain lines are looked at without the white space around them and in one script; and titles."""
        if one.context.features is not None or other.context.features is not None:
            return False
        if any(item.field == "title" for item in (*one.context.candidates, *other.context.candidates)):
            return False
        return one.text == other.text or one.glimpse == read_sheet(other.text).lines


def _remaining(lines: list[str], verdicts: dict[int, Verdict]) -> list[str]:
    """The lines of a document from which those with a verdict were removed: behind the last newline stays a line."""
    left = [line for number, line in enumerate(lines) if number not in verdicts]
    return [*left, ""] if len(lines) - 1 in verdicts else left


def _shortened(sheet: Sheet, bound: int) -> tuple[Sheet, set[int]]:
    """The sheet with lines cut at `bound` code points (0: none is), and the numbers of those that were cut."""
    if not bound or len(sheet.text) <= bound:
        return sheet, set()
    long = {number for number, line in enumerate(sheet.lines) if len(line) > bound}
    return (sheet._replace(lines=[line[:bound] for line in sheet.lines]) if long else sheet), long


def _judge_sheet(
    sheet: Sheet, context: Context, features: tuple[LineFeatures, ...] | None, *, judged: bool, ruled: bool
) -> tuple[dict[int, Verdict], list[Candidate]]:
    """What goes in one walk, and what it says about the document."""
    config: BoilerplateConfig = context.config.boilerplate
    lines = sheet.lines
    verdicts = find_spam_header(lines)
    if not ruled:
        rules = all_rules(config.rules_text or None)
        for number, verdict in find_furniture(sheet, rules, company=features is not None or bool(verdicts)).items():
            verdicts.setdefault(number, verdict)
    byline = read_bylines(lines, verdicts, context.today)
    verdicts |= byline.verdicts
    candidates = list(byline.candidates)
    for number, verdict in verdicts.items():
        candidates.extend(_addresses(lines[number], verdict))
    known = next((str(item.value) for item in context.candidates if item.field == "title" and not item.raw), None)
    vague = features is not None and _sureness(context, "title") < 0.5
    repeated, titles = find_titles(lines, verdicts, known, anywhere=vague)
    verdicts |= repeated
    if not judged:  # markup was heard in the first walk; the cleaner walks the road again without it
        return verdicts, candidates + titles
    headline = {str(item.value) for item in titles} if features is None else set()
    stated = {field: _stated(context, field) for field in ("title", "description")}
    _judge_rest(sheet, verdicts, features, stated, config.threshold, headline)
    return verdicts, candidates + titles


def _sureness(context: Context, field: str) -> float:
    """How sure the markup is of a field."""
    return max((item.confidence for item in context.candidates if item.field == field), default=0.0)


def _stated(context: Context, field: str) -> str:
    """What the markup is surest of, as it stands there."""
    stated = [item for item in context.candidates if item.field == field]
    return str(max(stated, key=lambda item: item.confidence).value) if stated else ""


def _judge_rest(
    sheet: Sheet,
    verdicts: dict[int, Verdict],
    features: tuple[LineFeatures, ...] | None,
    stated: dict[str, str],
    threshold: float,
    headline: set[str],
) -> None:
    """Let the judge decide on the lines that no rule took; without markup the headline stays."""
    if features is not None and len(features) != len(sheet.lines):
        features = None
    shown = [number for number, line in enumerate(sheet.lines) if line]
    if features is None and _is_laid_out(sheet.text, len(shown)):
        return
    if features is not None and len(shown) < FEW_LINES and not any(item.link_count for item in features):
        return  # too little to tell a page's parts by: a bare document, or a fragment
    chances = judge_lines(
        [sheet.lines[number] for number in shown],
        None if features is None else [features[number] for number in shown],
        title=fold_script(stated["title"]),
        description=fold_script(stated["description"]),
        taken=[number in verdicts for number in shown],
    )
    left = [(number, chance) for number, chance in zip(shown, chances, strict=True) if number not in verdicts]
    if not left or min([chance for _, chance in left]) >= threshold:
        return
    lines = [sheet.lines[number] for number, _ in left]
    sizes = line_units(lines)
    if features is None:
        numbers, chances = [number for number, _ in left], [chance for _, chance in left]
        left = list(zip(numbers, chances_of_sentences(numbers, lines, chances, sizes), strict=True))
    near = NEAR_ANY if features is None else NEAR_BEST
    bar = likely_bar([chance for _, chance in left], sizes, min(threshold, 0.5), near)
    threshold = bar if bar < min(threshold, 0.5) else threshold
    verdicts |= {
        number: Verdict("boilerplate/judge", round(1 - chance, 3))
        for number, chance in left
        if chance < threshold and sheet.lines[number].lstrip("—－- ") not in headline
    }


def _is_laid_out(text: str, lines: int) -> bool:
    """Whether the author arranged the lines: as Markdown with code or tables, or by indents if none is Chinese."""
    # one character is looked for far faster than three
    if (("`" in text and "```" in text) or ("-" in text and "---" in text)) and _MARKDOWN.search(text):
        return True
    count = text.count("\n  ") + (text.count("\n\t") if "\t" in text else 0)
    return (
        INDENTED * count >= lines and not _EAST_ASIAN.search(text) and INDENTED * len(_INDENTED.findall(text)) >= lines
    )


def _addresses(line: str, verdict: Verdict) -> list[Candidate]:
    """What a removed line of furniture says about the document: its address, its source."""
    found = []
    if verdict.rule == "boilerplate/own_address" and (address := _ADDRESS.search(line)):
        found.append(Candidate("url", address[0].rstrip(".,;)"), 0.9, "own address"))
    if verdict.rule == "boilerplate/disclaimer" and (source := re.match(r"来源\s?[:：]\s?(\S{1,20})\s", line)):
        found.append(Candidate("source", source[1], 0.8, "disclaimer"))
    return found


def _prefix(sheet: Sheet, verdicts: dict[int, Verdict]) -> list[Edit]:
    """The removal of a spam header that stands on one line with the first text that stays."""
    number = next((n for n, line in enumerate(sheet.lines) if line and n not in verdicts), None)
    if number is None or any(verdict.rule != SPAM_RULE for n, verdict in verdicts.items() if n < number):
        return []
    size = find_spam_prefix(sheet.lines[number])
    if not size:
        return []
    start, end = line_spans(sheet.text)[number]
    stop = end - len(sheet.text[start:end].lstrip()) + size
    return [Edit(start, stop, sheet.text[start:stop], "", SPAM_RULE, 0.9)]


def _remove(sheet: Sheet, verdicts: dict[int, Verdict]) -> list[Edit]:
    """The removal of whole lines, each with its newline (the last line with the newline before it, if that stays)."""
    if not verdicts:
        return []
    edits = []
    starts = list(accumulate([len(line) + 1 for line in sheet.text.split("\n")], initial=0))
    for number in sorted(verdicts):
        rule, confidence = verdicts[number]
        start, end = starts[number], min(starts[number + 1], len(sheet.text))
        if start < end:
            edits.append(Edit(start, end, sheet.text[start:end], "", rule, confidence))
    return edits
