"""Parquet: each row is a document. Row groups are read one after the other, a few rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from ..extras import require
from ..tabular import column_values
from .fields import Place
from .parquet_footer import FooterError, RowGroupSizes, row_groups
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
        groups = row_groups(file)
        size = file.seek(0, 2)
        file.seek(0)
        table = parquet.ParquetFile(file, pre_buffer=False)
        names = table.schema_arrow.names
        if table.num_row_groups != len(groups):
            raise FooterError(f"it has {len(groups)} row groups, and pyarrow finds {table.num_row_groups}")
    except Exception as error:  # pyarrow raises OSError, ArrowException, ValueError and more for damaged files
        yield _unusable(place, f"it cannot be read as Parquet: {_first_line(error)}")
        return
    if reading.fields.source not in names:
        yield reading.fields.missing_column(names, place)
        return
    number = 0
    for group, about in enumerate(groups):
        first, number = number, number + about.rows
        if lie := _lie(about, size, reading):
            yield Trouble(place.label, "rejected", f"its row group {group} {lie}", remedy=MEND)
            continue
        try:
            yield from _rows(table, group, about, first, place, reading)
        except GeneratorExit:
            raise
        except Exception as error:
            what = f"its row group {group} (rows {first + 1} to {number}) cannot be read: {_first_line(error)}"
            yield _unusable(place, what)
    if not number:
        yield Trouble(place.label, "rejected", "it holds no rows")


def _rows(
    table: pq.ParquetFile, group: int, about: RowGroupSizes, first: int, place: Place, reading: Reading
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


def _batch_rows(about: RowGroupSizes) -> int:
    """Rows that can be held at once. A value that stands once in a dictionary may be in each of them."""
    rows = BATCH_ROWS
    for column in about.columns:
        held = column.uncompressed / max(about.rows, 1)
        held = max(held, column.dictionary * column.uncompressed / max(column.compressed, 1))
        rows = min(rows, int(BATCH_BYTES / max(held, 1)))
    return max(rows, 1)


def _lie(about: RowGroupSizes, size: int, reading: Reading) -> str:
    """What the footer says of a row group that cannot be, or should not."""
    most, ratio = reading.limits.decompressed_bytes, reading.limits.decompressed_ratio
    for column in about.columns:
        if min(column) < 0 or column.start + column.compressed > size:
            return "says that it lies outside of the file"
        if most and ratio and column.uncompressed > max(most, ratio * column.compressed):
            return f"decompresses to more than limits.decompressed_bytes = {most} and limits.decompressed_ratio allow"
    return ""


def _unusable(place: Place, what: str) -> Trouble:
    return Trouble(place.label, "failed", what, remedy=MEND)


def _first_line(error: Exception) -> str:
    return (str(error).partition("\n")[0] or type(error).__name__)[:300]
