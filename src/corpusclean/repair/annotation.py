"""Injected readings."""

from __future__ import annotations

import re

from ..config import RepairConfig
from ..edits import Edit, Revision
from .misfire_search import ANNOTATION, READING

__all__ = ["remove_annotations"]


def remove_annotations(text: str, config: RepairConfig) -> Revision:
    """Remove."""
    found = list(ANNOTATION.finditer(text))
    if len(found) < 4:
        return Revision.unchanged(text)
    return Revision.of(text, [Edit(*m.span(), m[0], "", "repair/annotation") for m in found])
