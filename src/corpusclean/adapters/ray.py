"""Ray Data: a pool of actors, each with a cleaner that was built once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..cleaner import Cleaner
from ..config import CleanConfig
from .arrow import clean_table
from .columns import DEFAULT_COLUMNS, Columns
from .extras import require

if TYPE_CHECKING:
    import pyarrow as pa
    import ray

__all__ = ["CleanBatches", "clean_dataset"]


class CleanBatches:
    """The class for ``map_batches(batch_format="pyarrow")``; Ray makes one object an actor.

    >>> import pyarrow
    >>> CleanBatches()(pyarrow.table({"text": ["你好，世界。"]}))["status"].to_pylist()
    ['cleaned']
    """

    def __init__(self, config: CleanConfig | None = None, columns: Columns = DEFAULT_COLUMNS) -> None:
        self.cleaner, self.columns = Cleaner(config), columns

    def __call__(self, table: pa.Table) -> pa.Table:
        """Clean one batch."""
        return clean_table(table, self.cleaner, self.columns)


def clean_dataset(
    dataset: ray.data.Dataset,
    cleaner: Cleaner,
    columns: Columns = DEFAULT_COLUMNS,
    *,
    actors: int | tuple[int, int] = (1, 8),
    batch_size: int = 256,
    **options: Any,
) -> ray.data.Dataset:
    """Clean the documents of a dataset on a pool of actors; every row comes out once, also when an actor dies.

    Args:
        dataset: with the columns that `columns` names.
        cleaner: how to clean; its configuration is what travels.
        columns: which columns hold what.
        actors: how many actors, or the least and the most of them; each takes one CPU. Leave some for reading: a pool
            that takes all CPUs can wait for its input for ever.
        batch_size: rows a batch.
        **options: passed to ``map_batches``, such as ``num_cpus``, ``memory`` or ``runtime_env``.
    """
    pool = (actors, actors) if isinstance(actors, int) else actors
    return dataset.map_batches(
        CleanBatches,
        fn_constructor_kwargs={"config": cleaner.config, "columns": columns},
        batch_format="pyarrow",
        batch_size=batch_size,
        compute=require("ray.data").ActorPoolStrategy(min_size=pool[0], max_size=pool[1]),
        **options,
    )
