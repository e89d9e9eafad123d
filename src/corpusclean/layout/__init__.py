"""Unicode form, white space, paragraphs, punctuation style."""

from __future__ import annotations

from .step import LayoutStep

__all__ = ["LayoutStep"]
