"""The repair step: the passes of the room, in the order in which each finds what it needs."""

from __future__ import annotations

from ..config import RepairConfig
from ..edits import Revision
from ..steps import Context, Findings, Outcome, View
from .annotation import remove_annotations
from .gate import holds_signs
from .injected_comma import remove_commas
from .lost import mark_losses
from .misfire import undo_misfires
from .noise import remove_noise
from .wrong_codec import Hopeless, undo_wrong_codec

__all__ = ["RepairStep"]

ROUNDS = 5  # what is repaired is context for the next place; nearly always the second round finds nothing
PROOF = "repair/misfire/reading"


class RepairStep:
    """Undoes damage: wrong codecs, misfires of byte converters, injected readings and commas, noise."""

    name = "repair"

    def revise(self, text: str, context: Context) -> Outcome:
        """Propose a revision of `text`."""
        config = context.config.repair
        revision = Revision.unchanged(text)
        limits: list[str] = []
        hopeless = Hopeless()
        known, signs = text, holds_signs(text)
        for _ in range(ROUNDS):
            before = revision.text
            if before is not known:
                known, signs = before, holds_signs(before)
            if signs:
                revision = revision.then(undo_wrong_codec(before, config, limits, hopeless))
            revision = revision.then(undo_converter(revision.text, config, limits))
            if revision.text is not known:
                known, signs = revision.text, holds_signs(revision.text)
            if signs:
                revision = revision.then(mark_losses(known, config, marks=False))
            if signs or "&" in known or ">" in known:
                revision = revision.then(remove_noise(revision.text, config, plain=not signs))
            if revision.text == before:
                break
        settled = revision.text == before
        if signs:
            marked = mark_losses(revision.text, config)
            settled = settled and marked.empty  # else it would be marked again
            revision = revision.then(marked)
        return Outcome(revision, Findings(limits=tuple(dict.fromkeys(limits)), settled=settled))

    def looks_alike(self, one: View, other: View) -> bool:
        """Only the text is looked at."""
        return one.text == other.text


def undo_converter(text: str, config: RepairConfig, limits: list[str] | None = None) -> Revision:
    """Undo what a converter of bytes did: its misfires first, which prove that it was there.

    >>> undo_converter("自身?xiàng)l件和實(shí)際,。", RepairConfig()).text
    '自身條件和實際。'
    """
    revision = undo_misfires(text, config, limits)
    proven = any(edit.rule == PROOF for edit in revision.edits)
    revision = revision.then(remove_annotations(revision.text, config, proven=proven))
    return revision.then(remove_commas(revision.text, config))
