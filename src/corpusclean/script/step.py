"""The step: detect, report, and unify if a target is set."""

from __future__ import annotations

from ..edits import Revision
from ..steps import Context, Findings, Outcome, View
from .conversions import Conversions
from .detection import detect_script, survey
from .unify import unify

__all__ = ["ScriptStep"]


class ScriptStep:
    """Takes Chinese text to the script that ``config.script.target`` names; without one it only reports."""

    name = "script"

    def revise(self, text: str, context: Context) -> Outcome:
        """Propose a revision; the findings say what `text` was written in before it.

        >>> from corpusclean.config import CleanConfig
        >>> outcome = ScriptStep().revise("這個", Context(CleanConfig()))
        >>> outcome.revision.text, outcome.findings.script.script
        ('这个', 'hant')
        """
        wanted, known = context.config.script, context.script
        found = survey(text)
        shared = Conversions() if wanted.target == "hans" and wanted.backend == "corpusclean" else None
        report = detect_script(text, found=found, known=shared) if known is None else None
        if wanted.target is None:
            return Outcome(Revision.unchanged(text), Findings(script=report))
        revision, settled = unify(
            text,
            wanted.target,
            backend=wanted.backend,
            word_guards=wanted.word_guards,
            found=found,
            prior=known.script if known is not None else None,
            known=shared,
        )
        return Outcome(revision, Findings(script=report, settled=settled))

    def looks_alike(self, one: View, other: View) -> bool:
        """The text is looked at, and the script of what it is a part of."""
        return one.text == other.text and one.context.script == other.context.script
