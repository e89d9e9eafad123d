"""The step: the passes of the room, one after the other, each on what the one before left."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from ..config import LayoutConfig
from ..edits import Edit, Revision
from ..steps import Context, Findings, Outcome, View
from .gate import is_tidy
from .unicode_form import composed, towers
from .whitespace import blank_lines, indentation, line_ends, no_break_spaces, trailing

__all__ = ["LayoutStep"]

_ROUNDS = 4

Pass = Callable[[str], Iterable[Edit]]


class LayoutStep:
    """Tidies white space and Unicode form; on request punctuation, quotation marks and hard-wrapped lines."""

    name = "layout"

    def revise(self, text: str, context: Context) -> Outcome:
        r"""Propose a revision.

        >>> from corpusclean.config import CleanConfig
        >>> text = "\u3000\u3000甲。 \r\n\r\n\r\n\u3000\u3000乙。\r\n"
        >>> LayoutStep().revise(text, Context(CleanConfig())).revision.text
        '甲。\n\n乙。\n'
        """
        japanese = _is_japanese(context)
        options = _options(context.config.layout)
        whole = Revision.unchanged(text)
        for _ in range(_ROUNDS):
            before = whole.text
            for propose in options if is_tidy(before) else (*_always(japanese), *options):
                step = Revision.of(whole.text, propose(whole.text))
                if not step.empty:
                    whole = whole.then(step)
            if whole.text == before:
                limits = ("layout.marks",) if _has_tower(text) else ()
                return Outcome(whole, Findings(limits=limits, settled=not _has_tower(whole.text)))
        return Outcome(Revision.unchanged(text))  # never at rest: leave it, so that a second time does nothing either

    def looks_alike(self, one: View, other: View) -> bool:
        """The text is looked at, and whether its document is Japanese."""
        return one.text == other.text and _is_japanese(one.context) == _is_japanese(other.context)


def _is_japanese(context: Context) -> bool:
    return context.script is not None and context.script.script == "ja"


def _has_tower(text: str) -> bool:
    return not text.isascii() and bool(towers(text))


def _always(japanese: bool) -> tuple[Pass, ...]:
    """The passes that are made whatever the configuration says."""
    return line_ends, composed, partial(indentation, japanese=japanese), no_break_spaces, trailing, blank_lines


def _options(config: LayoutConfig) -> list[Pass]:
    """The passes that `config` asks for; they come after those that are always made."""
    passes: list[Pass] = []
    # The options are rare, and their large character classes take milliseconds to compile.
    if config.join_wrapped:
        from .wrapping import join_wrapped

        passes.append(join_wrapped)
    if config.quotes != "keep":
        from .punctuation import quotation_marks

        passes.append(partial(quotation_marks, style=config.quotes))
    if config.punctuation == "fullwidth":
        from .punctuation import full_width

        passes.append(full_width)
    return passes
