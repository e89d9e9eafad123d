"""The repair step: the passes of the room, in the order in which each finds what it needs."""

from __future__ import annotations

from ..config import RepairConfig
from ..edits import Revision
from ..steps import Context, Outcome
from .annotation import remove_annotations
from .injected_comma import remove_commas
from .lost import mark_losses
from .misfire import undo_misfires
from .noise import remove_noise
from .wrong_codec import undo_wrong_codec

__all__ = ["RepairStep"]

PROOF = "repair/misfire/reading"


class RepairStep:
    """Undoes damage: wrong codecs, misfires of byte converters, injected readings and commas, noise."""

    name = "repair"

    def revise(self, text: str, context: Context) -> Outcome:
        """Propose a revision of `text`."""
        config = context.config.repair
        revision = Revision.unchanged(text)
        for repair in (undo_wrong_codec, undo_converter, mark_losses, remove_noise):
            revision = revision.then(repair(revision.text, config))
        return Outcome(revision)


def undo_converter(text: str, config: RepairConfig) -> Revision:
    """Undo what a converter of bytes did: its misfires first, which prove that it was there."""
    revision = undo_misfires(text, config)
    proven = any(edit.rule == PROOF for edit in revision.edits)
    revision = revision.then(remove_annotations(revision.text, config, proven=proven))
    return revision.then(remove_commas(revision.text, config))
