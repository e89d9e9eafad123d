"""The batch kernel: an Arrow record batch in, an Arrow record batch out, one row for every row.

All tabular engines go through :func:`clean_batch`, so that they cannot differ. The columns that come out are
listed in :func:`output_schema`; other columns of the user are carried through untouched.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ..cleaner import Cleaner
from ..tabular import column_values
from .columns import AS_JSON, DEFAULT_COLUMNS, Columns, dropped_columns, made_fields, output_schema
from .extras import require
from .rows import clean_row
from .storage import storable_arrays, stored_values

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Columns", "clean_batch", "clean_batches", "clean_table", "document_of", "output_schema"]


def clean_batch(batch: pa.RecordBatch, cleaner: Cleaner, columns: Columns = DEFAULT_COLUMNS) -> pa.RecordBatch:
    """Clean the documents of one record batch; the rows stay in order, and every row stays.

    A document that cannot be cleaned is a row with a status and a reason; see :func:`output_schema`. A string column
    whose bytes are not UTF-8 is read as bytes. Memory: the batch, its clean copy, and one document at work.

    Raises:
        ConfigError: as :func:`output_schema`; nothing that the documents hold can raise.

    >>> import pyarrow
    >>> batch = pyarrow.record_batch({"text": ["你好，世界。", None], "n": [1, 2]})
    >>> clean_batch(batch, Cleaner()).select(["n", "text", "status"]).to_pylist()
    [{'n': 1, 'text': '你好，世界。', 'status': 'cleaned'}, {'n': 2, 'text': None, 'status': 'rejected'}]
    """
    pa = require("pyarrow")
    found = columns.found_in(batch.schema.names)
    dropped = dropped_columns(batch.schema.names, cleaner, columns)
    carried = [at for at, name in enumerate(batch.schema.names) if name not in dropped]
    made = made_fields(batch.schema.field(found["text"]).type, cleaner, columns)
    given = {role: column_values(batch.column(name)) for role, name in found.items()}
    texts = given.pop("text")
    rows = [
        clean_row(cleaner, text, **{role: values[at] for role, values in given.items()})
        for at, text in enumerate(texts)
    ]
    ledger = cleaner.config.ledger
    arrays = storable_arrays([stored_values(row, ledger=ledger) for row in rows], made)
    return pa.RecordBatch.from_arrays(
        [batch.column(at) for at in carried] + arrays,
        schema=pa.schema([batch.schema.field(at) for at in carried] + made),
    )


def clean_batches(
    batches: Iterable[pa.RecordBatch], cleaner: Cleaner, columns: Columns = DEFAULT_COLUMNS
) -> Iterator[pa.RecordBatch]:
    """Clean record batches one after the other, as they come."""
    for batch in batches:
        yield clean_batch(batch, cleaner, columns)


def clean_table(
    table: pa.Table, cleaner: Cleaner, columns: Columns = DEFAULT_COLUMNS, *, batch_rows: int = 1000
) -> pa.Table:
    """Clean a table in batches of at most `batch_rows` rows; the rows stay in order, and every row stays."""
    schema = output_schema(table.schema, cleaner, columns)
    batches = clean_batches(table.to_batches(max_chunksize=batch_rows), cleaner, columns)
    return require("pyarrow").Table.from_batches(batches, schema=schema)


def document_of(row: Mapping[str, Any], *, prefix: str = "") -> dict[str, Any] | None:
    """What :meth:`corpusclean.Document.to_dict` gave, from one row that came out; ``None`` if it is not ``cleaned``.

    >>> import pyarrow
    >>> rows = clean_batch(pyarrow.record_batch({"text": ["好"]}), Cleaner()).to_pylist()
    >>> document_of(rows[0]) == Cleaner().clean("好").to_dict()
    True
    """
    if row[f"{prefix}status"] != "cleaned":
        return None
    metadata = {name: value for name, value in row[f"{prefix}metadata"].items() if value is not None}
    values = {"id": row[f"{prefix}id"], "text": row[f"{prefix}text"], "metadata": metadata}
    metadata |= {name: json.loads(metadata[name]) for name in AS_JSON if name in metadata}
    return values | {name: json.loads(row[prefix + name]) for name in ("removed", "ledger") if row.get(prefix + name)}
