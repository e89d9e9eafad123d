"""Rows as Arrow arrays: what Arrow cannot hold fails its row, and only its row."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ..tabular import metadata_values
from .extras import require
from .rows import Row

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["MAX_ARRAY_BYTES", "storable_arrays", "stored_values"]

MAX_ARRAY_BYTES = 2**31 - 1  # what the 32-bit offsets of a string column can count


def stored_values(row: Row, *, ledger: bool) -> list[Any]:
    """A row's values in the order of the made fields."""
    values: list[Any] = [row.id, None, None, row.status, row.reason]
    removed = kept = None
    if row.document is not None:
        values[1:3] = [row.document.text, metadata_values(row.document.metadata)]
        if ledger:
            stored = row.document.to_dict()
            removed, kept = json.dumps(stored["removed"]), json.dumps(stored["ledger"])
    return [*values, removed, kept] if ledger else values


def storable_arrays(records: list[list[Any]], fields: list[pa.Field]) -> list[pa.Array]:
    """The made columns. Where Arrow cannot hold a value, its row fails, and only its row."""
    pa = require("pyarrow")
    arrays = []
    for at, field in enumerate(fields):
        try:
            array = pa.array([record[at] for record in records], field.type)
        except (pa.ArrowException, ValueError, OverflowError, TypeError):
            array = None
        if array is None or isinstance(array, pa.ChunkedArray):
            return storable_arrays(_fail_unstorable(records, at, field), fields)
        arrays.append(array)
    return arrays


def _fail_unstorable(records: list[list[Any]], at: int, field: pa.Field) -> list[list[Any]]:
    """The records, those failed whose value in column `at` Arrow cannot hold (a lone surrogate, a number too big)."""
    pa = require("pyarrow")
    out, size = [], 0
    for record in records:
        try:
            size += pa.array([record[at]], field.type).nbytes
            reason = f"the batch has more than 2 GiB of {field.name}" if size >= MAX_ARRAY_BYTES else None
        except (pa.ArrowException, ValueError, OverflowError, TypeError) as error:
            reason = f"its {field.name} cannot be stored ({type(error).__name__}: {str(error)[:100]})"
        if reason is not None:
            record = [record[0], None, None, "failed", reason, *[None] * (len(record) - 5)]
        out.append(record)
    return out
