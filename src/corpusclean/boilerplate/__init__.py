"""The judge of lines, spam headers, page furniture; bylines lifted into metadata."""

from __future__ import annotations

from ..edits import Revision
from ..steps import Context, Outcome


class BoilerplateStep:
    """PLACEHOLDER to be replaced by the room."""

    name = "boilerplate"

    def revise(self, text: str, context: Context) -> Outcome:
        """Propose a revision."""
        return Outcome(Revision.unchanged(text))
