"""Unicode form, white space, paragraphs, punctuation style."""

from __future__ import annotations

from ..edits import Revision
from ..steps import Context, Outcome


class LayoutStep:
    """PLACEHOLDER to be replaced by the room."""

    name = "layout"

    def revise(self, text: str, context: Context) -> Outcome:
        """Propose a revision."""
        return Outcome(Revision.unchanged(text))
