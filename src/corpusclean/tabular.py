"""A document's metadata as one column: the struct that every table holds, whoever writes it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .extras import require

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["AS_JSON", "METADATA", "column_values", "metadata_type", "metadata_values"]

METADATA = ("title", "subtitle", "author", "source", "date", "url", "site", "language", "script", "encoding", "views")
AS_JSON = ("quality", "clean")  # their keys differ from document to document, so no struct fits them
_as_json = json.JSONEncoder(ensure_ascii=False, default=dict).encode  # made once; `json.dumps` makes one a call


def metadata_type() -> pa.DataType:
    """The Arrow type of the column ``metadata``: a struct of strings, and ``views`` an int64.

    Raises:
        MissingExtraError: pyarrow is not installed.

    >>> metadata_type().field("views").type
    DataType(int64)
    """
    pa = require("pyarrow")
    return pa.struct([(name, pa.int64() if name == "views" else pa.string()) for name in (*METADATA, *AS_JSON)])


def metadata_values(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """Metadata, or what its ``to_dict`` gave, as the struct holds it: ``quality`` and ``clean`` are JSON text.

    >>> metadata_values({"title": "根基", "quality": {"chars": 2}})
    {'title': '根基', 'quality': '{"chars": 2}'}
    """
    return {name: _as_json(value) if name in AS_JSON else value for name, value in metadata.items()}


def column_values(column: pa.Array) -> list[Any]:
    """A column's values as Python objects; strings that are not UTF-8, which Arrow never checks, as bytes."""
    try:
        values: list[Any] = column.to_pylist()
    except UnicodeDecodeError:
        pa = require("pyarrow")
        plain = column.dictionary_decode() if pa.types.is_dictionary(column.type) else column
        return [_decoded(value) for value in plain.cast(pa.large_binary()).to_pylist()]
    return values


def _decoded(value: bytes | None) -> bytes | str | None:
    try:
        return value if value is None else value.decode()
    except UnicodeDecodeError:
        return value
