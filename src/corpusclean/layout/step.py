"""The step: the passes of the room, one after the other, each on what the one before left."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from ..config import LayoutConfig
from ..edits import Edit, Revision
from ..steps import Context, Findings, Outcome
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
        japanese = context.script is not None and context.script.script == "ja"
        passes = _passes(context.config.layout, japanese)
        whole = Revision.unchanged(text)
        for _ in range(_ROUNDS):
            before = whole.text
            for propose in passes:
                step = Revision.of(whole.text, propose(whole.text))
                if not step.empty:
                    whole = whole.then(step)
            if whole.text == before:
                return Outcome(whole, Findings(limits=("layout.marks",) if _has_tower(text) else ()))
        return Outcome(Revision.unchanged(text))  # never at rest: leave it, so that a second time does nothing either


def _has_tower(text: str) -> bool:
    return not text.isascii() and bool(towers(text))


def _passes(config: LayoutConfig, japanese: bool) -> list[Pass]:
    """The passes that `config` asks for, in order."""
    passes: list[Pass] = [line_ends, composed, partial(indentation, japanese=japanese), no_break_spaces]
    passes += [trailing, blank_lines]
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
