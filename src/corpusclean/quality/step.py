"""The quality step: it measures and changes nothing."""

from __future__ import annotations

from ..edits import Revision
from ..steps import Candidate, Context, Findings, Outcome

__all__ = ["QualityStep"]


class QualityStep:
    """Language, and the signals that corpus builders filter by.

    >>> from corpusclean.config import CleanConfig
    >>> findings = QualityStep().revise("今天天气很好，我们去公园玩。", Context(CleanConfig())).findings
    >>> findings.candidates[0].value, findings.signals["lines"]
    ('zh', 1)
    """

    name = "quality"

    def revise(self, text: str, context: Context) -> Outcome:  # noqa: ARG002  # nothing known changes what is measured
        """Measure `text`."""
        from .language import language_of_sample  # tables of words, not loaded by those who switch this step off
        from .sample import take_sample
        from .signals import measure_sample

        sample = take_sample(text)
        language = language_of_sample(sample)
        candidates = () if language is None else (Candidate("language", *language, "text"),)
        return Outcome(Revision.unchanged(text), Findings(candidates, signals=measure_sample(text, sample)))
