"""Parquet as an output format: batches are staged as Arrow messages, and become row groups at the end."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .._version import __version__
from ..errors import InputError
from ..extras import require
from ..tabular import metadata_type, metadata_values
from .records import Cleaned

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["ParquetFile", "output_columns"]

ROW_GROUP_BYTES = 64 * 2**20
ROW_GROUP_ROWS = 50_000
INT64 = range(-(2**63), 2**63)


def output_columns(*, with_ledger: bool) -> pa.Schema:
    """The columns of a Parquet output.

    ========  ============  ==============================================================================
    id        string        the document's name
    text      large_string  the clean text
    metadata  struct        as the Arrow adapter makes it, see :mod:`corpusclean.adapters.arrow`
    extra     large_string  JSON: what the container knew besides; null where it knew nothing
    removed   large_string  JSON, only with a ledger
    ledger    large_string  JSON, only with a ledger
    ========  ============  ==============================================================================
    """
    pa = require("pyarrow")
    fields = [("id", pa.string()), ("text", pa.large_string()), ("metadata", metadata_type())]
    fields += [(name, pa.large_string()) for name in ("extra", *(("removed", "ledger") if with_ledger else ()))]
    return pa.schema(fields, metadata={"corpusclean": __version__})


@dataclass(frozen=True, slots=True, kw_only=True)
class ParquetFile:
    """A Parquet file, Zstandard inside; needs the extra ``arrow`` (``io`` has it too).

    Attributes:
        with_ledger: add the columns ``removed`` and ``ledger``.
    """

    with_ledger: bool = False

    def refusal(self, cleaned: Cleaned) -> InputError | None:
        r"""Arrow's strings are UTF-8, which has no lone surrogates.

        In names and metadata they are written out (``\udcff``); a text with one is refused: it would not be the same.
        """
        document = cleaned.document
        if not document.text.isascii():
            try:
                document.text.encode()
            except UnicodeEncodeError as error:
                return InputError(
                    "the text holds a lone surrogate, which Parquet cannot hold",
                    where=f"code point {error.start}",
                    remedy="write JSON lines instead (-o OUT.jsonl)",
                )
        if document.metadata.views is not None and document.metadata.views not in INT64:
            return InputError("metadata.views does not fit 64 bits", remedy="write JSON lines instead (-o OUT.jsonl)")
        return None

    def encode(self, batch: Sequence[Cleaned]) -> bytes:
        """A batch as one Arrow message."""
        if not batch:
            return b""
        pa = require("pyarrow")
        schema = output_columns(with_ledger=self.with_ledger)
        rows = [self._row(cleaned) for cleaned in batch]
        arrays = [pa.array([row[field.name] for row in rows], field.type) for field in schema]
        made: bytes = pa.RecordBatch.from_arrays(arrays, schema=schema).serialize().to_pybytes()
        return made

    def finish(self, staged: Path, target: Path) -> None:
        """Write the staged messages as row groups, beside it, and move the file to its place."""
        parquet = require("pyarrow.parquet")
        schema = output_columns(with_ledger=self.with_ledger)
        part = staged.with_name(f"{staged.name}.rows")
        try:
            with parquet.ParquetWriter(part, schema, compression="zstd") as writer:
                for group in _row_groups(staged, schema):
                    writer.write_table(group, row_group_size=max(group.num_rows, 1))
            with part.open("rb") as stream:
                os.fsync(stream.fileno())
            os.replace(part, target)
        finally:
            part.unlink(missing_ok=True)
        staged.unlink()

    def _row(self, cleaned: Cleaned) -> dict[str, Any]:
        stored = cleaned.document.to_dict()
        metadata = {
            name: _encodable(value) if isinstance(value, str) else value
            for name, value in metadata_values(stored["metadata"]).items()
        }
        row = {"id": _encodable(stored["id"]), "text": stored["text"], "metadata": metadata}
        row["extra"] = json.dumps(cleaned.extra) if cleaned.extra else None
        if self.with_ledger:
            row |= {name: json.dumps(stored.get(name)) for name in ("removed", "ledger")}
        return row


def _row_groups(staged: Path, schema: pa.Schema) -> Iterator[pa.Table]:
    """The staged messages, joined until they make a row group."""
    pa = require("pyarrow")
    waiting: list[Any] = []
    size = rows = 0
    with pa.memory_map(str(staged)) if staged.stat().st_size else pa.BufferReader(b"") as stream:
        while stream.tell() < stream.size():
            batch = pa.ipc.read_record_batch(pa.ipc.read_message(stream), schema)
            waiting.append(batch)
            size, rows = size + batch.nbytes, rows + batch.num_rows
            if size >= ROW_GROUP_BYTES or rows >= ROW_GROUP_ROWS:
                yield pa.Table.from_batches(waiting, schema)
                waiting, size, rows = [], 0, 0
        if waiting:
            yield pa.Table.from_batches(waiting, schema)


def _encodable(text: str) -> str:
    r"""`text`, its lone surrogates written out.

    >>> _encodable("a\udcff")
    'a\\udcff'
    """
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()
