"""Hugging Face ``datasets``: ``map`` over Arrow batches, cached under the cleaner's configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..cleaner import Cleaner
from .arrow import clean_table
from .columns import DEFAULT_COLUMNS, Columns, dropped_columns

if TYPE_CHECKING:
    import pyarrow as pa
    from datasets import Dataset, IterableDataset

__all__ = ["CleanTable", "clean_dataset"]


class CleanTable:
    """The function for ``map(batched=True)`` over a dataset in Arrow format. Picklable, so ``num_proc`` works.

    Two of the same configuration and columns pickle to the same bytes, which is what ``datasets`` caches by.
    """

    def __init__(self, cleaner: Cleaner, columns: Columns = DEFAULT_COLUMNS) -> None:
        self.cleaner, self.columns = cleaner, columns

    def __call__(self, table: pa.Table) -> pa.Table:
        """Clean one batch."""
        return clean_table(table, self.cleaner, self.columns)


def clean_dataset(
    dataset: Dataset | IterableDataset,
    cleaner: Cleaner,
    columns: Columns = DEFAULT_COLUMNS,
    *,
    batch_size: int = 1000,
    **options: Any,
) -> Dataset | IterableDataset:
    """Clean the documents of a dataset; the order and the user's other columns stay.

    Args:
        dataset: a split, in memory or streaming.
        cleaner: how to clean.
        columns: which columns hold what.
        batch_size: rows a batch.
        **options: passed to ``dataset.map``, such as ``num_proc=8``.

    Raises:
        ConfigError: a column is missing, or one of the user's has the name of one that comes out.

    >>> from datasets import Dataset
    >>> clean_dataset(Dataset.from_dict({"text": ["你好，世界。"]}), Cleaner())["text"][0]
    '你好，世界。'
    """
    if dataset.column_names is not None:
        dropped_columns(dataset.column_names, cleaner, columns)  # a clear error here, not from a worker
    arrow = dataset.with_format("arrow")  # a function that returns a table replaces all columns
    cleaned = arrow.map(
        CleanTable(cleaner, columns),
        batched=True,
        batch_size=batch_size,
        **options,
    )
    return cleaned.with_format(None)
