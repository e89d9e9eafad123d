"""Spark: a function for ``mapInArrow``, the schema it gives, and both together for a data frame."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from ..cleaner import Cleaner
from .arrow import clean_batch
from .columns import DEFAULT_COLUMNS, Columns, dropped_columns, made_fields
from .extras import require

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType

__all__ = ["batch_function", "clean_dataframe", "spark_schema"]


def batch_function(
    cleaner: Cleaner, columns: Columns = DEFAULT_COLUMNS
) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """The function for ``mapInArrow``. It keeps nothing between tasks, so a task that runs again gives the same rows.

    >>> import pyarrow
    >>> clean = batch_function(Cleaner())
    >>> [batch.num_rows for batch in clean([pyarrow.record_batch({"text": ["好", None]})])]
    [2]
    """
    return partial(_clean, cleaner=cleaner, columns=columns)


def _clean(batches: Iterable[pa.RecordBatch], *, cleaner: Cleaner, columns: Columns) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        yield clean_batch(batch, cleaner, columns)


def spark_schema(schema: StructType, cleaner: Cleaner, columns: Columns = DEFAULT_COLUMNS) -> StructType:
    """The Spark schema of what :func:`batch_function` gives for data frames of `schema`.

    Raises:
        ConfigError: a column is missing, holds no text, or one of the user's has the name of one that comes out.
    """
    convert, types = require("pyspark.sql.pandas.types"), require("pyspark.sql.types")
    dropped = dropped_columns(schema.names, cleaner, columns)
    text = convert.to_arrow_type(schema[columns.found_in(schema.names)["text"]].dataType)
    made = [
        types.StructField(field.name, convert.from_arrow_type(field.type))
        for field in made_fields(text, cleaner, columns)
    ]
    return types.StructType([field for field in schema.fields if field.name not in dropped] + made)


def clean_dataframe(frame: DataFrame, cleaner: Cleaner, columns: Columns = DEFAULT_COLUMNS) -> DataFrame:
    """Clean the documents of a data frame, partition by partition; the user's other columns are carried through.

    Rows a batch: ``spark.sql.execution.arrow.maxRecordsPerBatch`` (Spark's default is 10,000).

    Raises:
        ConfigError: a column is missing, holds no text, or one of the user's has the name of one that comes out.
    """
    return frame.mapInArrow(batch_function(cleaner, columns), spark_schema(frame.schema, cleaner, columns))
