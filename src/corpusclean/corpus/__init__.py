"""Many documents: readers, writers, the run, totals."""

from __future__ import annotations

from .naming import FolderNames
from .readers import STANDARD_INPUT, measure, read
from .records import Cleaned, Record, Totals, Trouble
from .run import clean_records, run
from .writers import JsonLinesWriter, TextFolderWriter, Writer, json_line, replace_file

__all__ = [
    "STANDARD_INPUT",
    "Cleaned",
    "FolderNames",
    "JsonLinesWriter",
    "Record",
    "TextFolderWriter",
    "Totals",
    "Trouble",
    "Writer",
    "clean_records",
    "json_line",
    "measure",
    "read",
    "replace_file",
    "run",
]
