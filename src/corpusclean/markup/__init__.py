"""HTML to lines with features, and what the head and structured data say about the document."""

from __future__ import annotations

from ..edits import Revision
from ..steps import Context, Outcome


class MarkupStep:
    """PLACEHOLDER to be replaced by the room."""

    name = "markup"

    def revise(self, text: str, context: Context) -> Outcome:
        """Propose a revision."""
        return Outcome(Revision.unchanged(text))


def looks_like_html(text: str) -> bool:
    """PLACEHOLDER."""
    return False
