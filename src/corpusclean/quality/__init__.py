"""Language, and the signals that corpus builders filter by."""

from __future__ import annotations

from ..edits import Revision
from ..steps import Context, Outcome


class QualityStep:
    """PLACEHOLDER to be replaced by the room."""

    name = "quality"

    def revise(self, text: str, context: Context) -> Outcome:
        """Propose a revision."""
        return Outcome(Revision.unchanged(text))
