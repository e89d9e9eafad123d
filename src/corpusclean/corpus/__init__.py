"""Many documents: readers, writers, the run, totals."""

from __future__ import annotations

from .conditions import Condition
from .fields import Fields
from .folder import run_folder_of
from .formats import Format, JsonLines, format_of, json_line
from .naming import FolderNames
from .outcomes import Outcome
from .outputs import Outputs
from .parquet_format import ParquetFile
from .plan import Observer
from .readers import read
from .records import Cleaned, Record, Trouble
from .run import RunInterrupted, RunResult, clean_records, run_corpus
from .selection import Sample
from .sidecar import with_ledger
from .sources import STANDARD_INPUT, measure
from .totals import Totals
from .work import clean_record
from .writers import FileWriter, TextFolderWriter, replace_file

__all__ = [
    "STANDARD_INPUT",
    "Cleaned",
    "Condition",
    "Fields",
    "FileWriter",
    "FolderNames",
    "Format",
    "JsonLines",
    "Observer",
    "Outcome",
    "Outputs",
    "ParquetFile",
    "Record",
    "RunInterrupted",
    "RunResult",
    "Sample",
    "TextFolderWriter",
    "Totals",
    "Trouble",
    "clean_record",
    "clean_records",
    "format_of",
    "json_line",
    "measure",
    "read",
    "replace_file",
    "run_corpus",
    "run_folder_of",
    "with_ledger",
]
