"""Language, and the signals that corpus builders filter by."""

from __future__ import annotations

from .step import QualityStep

__all__ = ["QualityStep"]
