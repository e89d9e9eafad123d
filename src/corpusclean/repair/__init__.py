"""Wrong codecs, byte-level misfires, injected annotations, noise."""

from __future__ import annotations

from ..edits import Revision
from ..steps import Context, Outcome


class RepairStep:
    """PLACEHOLDER to be replaced by the room."""

    name = "repair"

    def revise(self, text: str, context: Context) -> Outcome:
        """Propose a revision."""
        return Outcome(Revision.unchanged(text))
