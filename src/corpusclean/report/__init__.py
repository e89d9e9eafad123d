"""What a run did, as one HTML file."""

from __future__ import annotations

from .page import report_page
from .run_folder import RunPapers

__all__ = ["RunPapers", "report_page"]
