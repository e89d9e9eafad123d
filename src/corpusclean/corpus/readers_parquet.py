"""Parquet: each row is a document. Row groups are read one after the other, a few rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any

from ..extras import require
from ..tabular import column_values
from .fields import Place
from .reading import Reading, too_large
from .records import Record, Trouble

if TYPE_CHECKING:
    import pyarrow.parquet as pq

__all__ = ["read_parquet"]

BATCH_BYTES = 32 * 2**20
BATCH_ROWS = 256
MEND = "fetch the file again, or mend it"


def read_parquet(file: IO[bytes], place: Place, reading: Reading) -> Iterator[Record | Trouble]:
    """The rows of a Parquet file; a row group that cannot be read is a trouble, and the next one is read.

    Args:
        file: the file; must be able to seek.
        place: where it is; a row is named by its number, from 1.
        reading: how to read.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    parquet = require("pyarrow.parquet")
    try:
        size = file.seek(0, 2)
        file.seek(0)
        table = parquet.ParquetFile(file, pre_buffer=False)
        names = table.schema_arrow.names
        groups = table.metadata.num_row_groups
    except Exception as error:  # pyarrow raises OSError, ArrowException, ValueError and more for damaged files
        yield _unusable(place, f"it cannot be read as Parquet: {_first_line(error)}")
        return
    if reading.fields.source not in names:
        yield reading.fields.missing_column(names, place)
        return
    number = 0
    for group in range(groups):
        first = number
        try:
            about = table.metadata.row_group(group)
            number += about.num_rows
            if lie := _lie(about, size, reading):
                yield Trouble(place.label, "rejected", f"its row group {group} {lie}", remedy=MEND)
                continue
            yield from _rows(table, group, about, first, place, reading)
        except GeneratorExit:
            raise
        except Exception as error:
            what = f"its row group {group} (rows {first + 1} to {number}) cannot be read: {_first_line(error)}"
            yield _unusable(place, what)
    if not number:
        yield Trouble(place.label, "rejected", "it holds no rows")


def _rows(
    table: pq.ParquetFile, group: int, about: Any, first: int, place: Place, reading: Reading
) -> Iterator[Record | Trouble]:
    number = first
    for batch in table.iter_batches(_batch_rows(about), row_groups=[group], use_threads=False):
        columns = [column_values(column) for column in batch.columns]
        for values in zip(*columns, strict=True):
            number += 1
            row = dict(zip(batch.schema.names, values, strict=True))
            source = row.get(reading.fields.source)
            here = place.row(number)
            if isinstance(source, str | bytes) and len(source) > reading.bound:
                yield too_large(here, reading.bound)
            else:
                yield reading.fields.record(row, here)


def _batch_rows(about: Any) -> int:
    """Rows that can be held at once. A value that stands once in a dictionary may be in each of them."""
    rows = BATCH_ROWS
    for at in range(about.num_columns):
        column = about.column(at)
        held = column.total_uncompressed_size / max(about.num_rows, 1)
        if column.has_dictionary_page:
            packed = (column.data_page_offset or 0) - (column.dictionary_page_offset or 0)
            held = max(held, packed * column.total_uncompressed_size / max(column.total_compressed_size, 1))
        rows = min(rows, int(BATCH_BYTES / max(held, 1)))
    return max(rows, 1)


def _lie(about: Any, size: int, reading: Reading) -> str:
    """What the metadata says of a row group that cannot be, or should not."""
    for at in range(about.num_columns):
        column = about.column(at)
        packed, unpacked = column.total_compressed_size, column.total_uncompressed_size
        start = column.dictionary_page_offset if column.has_dictionary_page else column.data_page_offset
        if min(packed, unpacked, start) < 0 or start + packed > size:
            return "says that it lies outside of the file"
        most = reading.limits.decompressed_bytes
        ratio = reading.limits.decompressed_ratio
        if most and ratio and unpacked > max(most, ratio * packed):
            return f"decompresses to more than limits.decompressed_bytes = {most} and limits.decompressed_ratio allow"
    return ""


def _unusable(place: Place, what: str) -> Trouble:
    return Trouble(place.label, "failed", what, remedy=MEND)


def _first_line(error: Exception) -> str:
    return (str(error).partition("\n")[0] or type(error).__name__)[:300]
