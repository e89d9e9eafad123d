"""Script detection, the OpenCC-exact converter, naive-conversion repair, variant folding."""

from __future__ import annotations

from ..edits import Revision
from ..steps import Context, Outcome


class ScriptStep:
    """PLACEHOLDER to be replaced by the room."""

    name = "script"

    def revise(self, text: str, context: Context) -> Outcome:
        """Propose a revision."""
        return Outcome(Revision.unchanged(text))


def unify_script(text: str, target: str = "hans") -> Revision:
    """PLACEHOLDER."""
    return Revision.unchanged(text)


def convert_script(text: str, config: str = "s2twp") -> str:
    """PLACEHOLDER."""
    return text


def detect_script(text: str):  # type: ignore[no-untyped-def]
    """PLACEHOLDER."""
