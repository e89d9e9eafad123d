"""DuckDB: a relation through the Arrow kernel, and a function for use inside SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ..cleaner import Cleaner
from .arrow import clean_batch, clean_batches, output_schema
from .columns import DEFAULT_COLUMNS, METADATA, Columns
from .extras import require

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

__all__ = ["clean_relation", "register"]


def clean_relation(
    relation: duckdb.DuckDBPyRelation,
    cleaner: Cleaner,
    columns: Columns = DEFAULT_COLUMNS,
    *,
    batch_rows: int = 1000,
) -> pa.RecordBatchReader:
    """Clean what a relation yields, as it is read: an Arrow reader, to be read once.

    DuckDB reads it by its variable's name (``FROM cleaned``); do so on another cursor (``connection.cursor()``), since
    the connection that feeds the relation is at work until the reader is empty.

    Raises:
        ConfigError: a column is missing, or one of the user's has the name of one that comes out.

    >>> import duckdb
    >>> with duckdb.connect() as connection:
    ...     clean_relation(connection.sql("SELECT '你好，世界。' AS text"), Cleaner()).read_all()["text"].to_pylist()
    ['你好，世界。']
    """
    read = getattr(relation, "to_arrow_reader", None) or relation.fetch_record_batch  # DuckDB 2, and before
    reader = read(batch_rows)
    schema = output_schema(reader.schema, cleaner, columns)
    return require("pyarrow").RecordBatchReader.from_batches(schema, clean_batches(reader, cleaner, columns))


def register(
    connection: duckdb.DuckDBPyConnection,
    cleaner: Cleaner,
    name: str = "corpusclean",
    *,
    source: Literal["VARCHAR", "BLOB"] = "VARCHAR",
) -> None:
    """Make `name` a function of SQL: one column of text (or of bytes) in, a struct with the columns of the kernel out.

    >>> import duckdb
    >>> with duckdb.connect() as connection:
    ...     register(connection, Cleaner())
    ...     connection.sql("SELECT corpusclean('你好，世界。').text").fetchall()
    [('你好，世界。',)]
    """
    pa = require("pyarrow")

    def clean(texts: Any) -> Any:  # DuckDB evaluates the annotations of a function it is given
        chunks = texts.chunks if isinstance(texts, pa.ChunkedArray) else [texts]
        structs = [clean_batch(pa.record_batch({"text": chunk}), cleaner).to_struct_array() for chunk in chunks]
        return pa.chunked_array(structs) if len(structs) > 1 else structs[0]

    fields = ", ".join(f'"{field}" {"BIGINT" if field == "views" else "VARCHAR"}' for field in METADATA)
    metadata = f"STRUCT({fields}, quality VARCHAR, clean VARCHAR)"
    ledger = ", removed VARCHAR, ledger VARCHAR" if cleaner.config.ledger else ""
    made = f"STRUCT(id VARCHAR, text VARCHAR, metadata {metadata}, status VARCHAR, reason VARCHAR{ledger})"
    connection.create_function(name, clean, [source], made, type="arrow", null_handling="special")
