"""pandas: a data frame in, a data frame out, through the Arrow kernel."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from ..cleaner import Cleaner
from ..errors import InputError
from .arrow import clean_table
from .columns import DEFAULT_COLUMNS, Columns, dropped_columns, made_names
from .extras import require

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["clean_frame"]


def clean_frame(frame: pd.DataFrame, cleaner: Cleaner, columns: Columns = DEFAULT_COLUMNS) -> pd.DataFrame:
    """Clean the documents of a data frame; the index, the order and the user's other columns stay as they are.

    Only the columns that the cleaner needs are copied to Arrow. ``metadata`` holds dictionaries. A missing value
    (``None``, ``NaN``, ``NA``) is a rejected row.

    Raises:
        ConfigError: a column is missing, or one of the user's has the name of one that comes out.
        InputError: a column mixes ``str`` with ``bytes`` or other things, or holds lone surrogates.

    >>> import pandas as pd
    >>> clean_frame(pd.DataFrame({"text": ["你好，世界。"]}, index=["a"]), Cleaner()).loc["a", "text"]
    '你好，世界。'
    """
    pa, pd = require("pyarrow"), require("pandas")
    dropped = dropped_columns(frame.columns, cleaner, columns)
    needed = list(dict.fromkeys(columns.found_in(frame.columns).values()))
    arrays = {}
    for name in needed:
        try:
            arrays[name] = pa.Array.from_pandas(frame[name])
        except (pa.ArrowException, UnicodeEncodeError) as error:
            raise InputError(
                f"Arrow cannot hold the column {name!r}: {error}", remedy="give it one type: all str or all bytes"
            ) from error
    table = pa.table(arrays)
    # A prefix that no column has keeps the kernel's columns apart from those it was given.
    inner = dataclasses.replace(columns, prefix="\0", keep_source=False)
    made = clean_table(table, cleaner, inner).select(made_names(cleaner, inner))
    cleaned = made.rename_columns(made_names(cleaner, columns)).to_pandas().set_index(frame.index)
    return pd.concat([frame[[name for name in frame.columns if name not in dropped]], cleaned], axis=1)
