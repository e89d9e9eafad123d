"""Polars: a data frame or a lazy frame in, the same out, through the Arrow kernel."""

from __future__ import annotations

import dataclasses
from functools import partial
from typing import TYPE_CHECKING

from ..cleaner import Cleaner
from .arrow import clean_table
from .columns import DEFAULT_COLUMNS, Columns, dropped_columns, made_names
from .extras import require

if TYPE_CHECKING:
    import polars as pl

__all__ = ["clean_frame", "clean_lazy"]


def clean_frame(frame: pl.DataFrame, cleaner: Cleaner, columns: Columns = DEFAULT_COLUMNS) -> pl.DataFrame:
    """Clean the documents of a data frame; the order and the user's other columns stay as they are.

    Only the columns that the cleaner needs are handed to Arrow. ``metadata`` is a struct.

    Raises:
        ConfigError: a column is missing, or one of the user's has the name of one that comes out.

    >>> import polars as pl
    >>> clean_frame(pl.DataFrame({"text": ["你好，世界。"]}), Cleaner())["text"].to_list()
    ['你好，世界。']
    """
    pl = require("polars")
    dropped = dropped_columns(frame.columns, cleaner, columns)
    needed = list(dict.fromkeys(columns.found_in(frame.columns).values()))
    # A prefix that no column has keeps the kernel's columns apart from those it was given.
    inner = dataclasses.replace(columns, prefix="\0", keep_source=False)
    made = clean_table(frame.select(needed).to_arrow(), cleaner, inner).select(made_names(cleaner, inner))
    cleaned = pl.from_arrow(made.rename_columns(made_names(cleaner, columns)))
    return pl.concat([frame.drop(dropped), cleaned], how="horizontal")


def clean_lazy(frame: pl.LazyFrame, cleaner: Cleaner, columns: Columns = DEFAULT_COLUMNS) -> pl.LazyFrame:
    """Clean the documents of a lazy frame when it is collected; each batch on its own, so that it can be streamed.

    >>> import polars as pl
    >>> lazy = clean_lazy(pl.LazyFrame({"text": ["你好，世界。"]}), Cleaner())
    >>> lazy.select("text").collect().item()
    '你好，世界。'
    """
    pl = require("polars")
    clean = partial(clean_frame, cleaner=cleaner, columns=columns)
    schema = clean(pl.DataFrame(schema=frame.collect_schema())).schema
    return frame.map_batches(
        clean,
        schema=schema,
        streamable=True,
        predicate_pushdown=False,
        projection_pushdown=False,
        slice_pushdown=False,
    )
