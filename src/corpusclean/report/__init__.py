"""What a run did, as one HTML file."""

from __future__ import annotations

from .page import report_page
from .run_folder import RunPapers, run_folder_of

__all__ = ["RunPapers", "report_page", "run_folder_of"]
