"""The sums of an output, counted from its rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ..document import Document, Metadata
from ..errors import InputError
from .records import Cleaned
from .rows import rows_of
from .totals import Totals

__all__ = ["count_output"]


def count_output(source: str | Path, problem: Callable[[str], None]) -> Totals:
    """Sums over the documents of an output, as the run that wrote it had them for what came out.

    Args:
        source: an output, see :func:`rows_of`.
        problem: told each row that is no document.

    Raises:
        InputError: it cannot be read.
    """
    totals = Totals()
    for row in rows_of(source):
        if row.values is None:
            problem(f"{row.place}: {row.problem}")
            continue
        try:
            document = _document(row.values)
        except InputError as error:
            problem(f"{row.place}: {error}")
            continue
        totals.read += 1
        totals.add(Cleaned(document.id, _size(document), document))
    return totals


def _document(values: Mapping[str, Any]) -> Document:
    """A row as a document; metadata that another program added is passed over."""
    text, name = values.get("text"), values.get("id", "")
    if not isinstance(text, str):
        raise InputError("the row has no 'text' that is a string")
    given = values.get("metadata")
    known = given if isinstance(given, dict) else {}
    metadata = Metadata(**{name: value for name, value in known.items() if name in Metadata.__dataclass_fields__})
    if not isinstance(metadata.clean, dict) or not isinstance(metadata.quality, dict):
        raise InputError("the row's metadata is not what corpusclean writes")
    return Document(str(name), text, metadata)


def _size(document: Document) -> int:
    return len(document.text.encode("utf-8", "surrogatepass"))
