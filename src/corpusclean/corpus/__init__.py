"""Many documents: readers, writers, the run, totals."""

from __future__ import annotations

from .formats import Format, JsonLines, format_of, json_line
from .naming import FolderNames
from .parquet_format import ParquetFile
from .readers import STANDARD_INPUT, measure, read
from .records import Cleaned, Record, Totals, Trouble
from .run import clean_records, run
from .sidecar import with_ledger
from .writers import FileWriter, TextFolderWriter, Writer, replace_file

__all__ = [
    "STANDARD_INPUT",
    "Cleaned",
    "FileWriter",
    "FolderNames",
    "Format",
    "JsonLines",
    "ParquetFile",
    "Record",
    "TextFolderWriter",
    "Totals",
    "Trouble",
    "Writer",
    "clean_records",
    "format_of",
    "json_line",
    "measure",
    "read",
    "replace_file",
    "run",
    "with_ledger",
]
