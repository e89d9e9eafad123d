"""HTML to lines with features, and what the head and structured data say about the document."""

from __future__ import annotations

from .sniff import looks_like_html
from .step import MarkupStep

__all__ = ["MarkupStep", "looks_like_html"]
