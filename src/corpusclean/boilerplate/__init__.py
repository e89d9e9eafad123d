"""The judge of lines, spam headers, page furniture; bylines lifted into metadata."""

from __future__ import annotations

from .step import BoilerplateStep

__all__ = ["BoilerplateStep"]
