"""Language, and the signals that corpus builders filter by."""

from __future__ import annotations

from .language import language_of
from .signals import measure
from .step import QualityStep

__all__ = ["QualityStep", "language_of", "measure"]
