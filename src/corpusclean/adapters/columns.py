"""Which columns hold what, and which columns come out: the schema of the batch kernel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..cleaner import Cleaner
from ..errors import ConfigError
from ..tabular import AS_JSON, METADATA, metadata_type
from .extras import require

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = [
    "AS_JSON",
    "DEFAULT_COLUMNS",
    "METADATA",
    "Columns",
    "dropped_columns",
    "made_fields",
    "made_names",
    "output_schema",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which columns hold what. A column that is named must exist; those left ``None`` are found by their usual name.

    Attributes:
        text: the documents: (large) string or binary, views and dictionaries of them too.
        id: names, of any type that ``str`` can write (else ``id`` where there is one, else a hash of the input).
        url, http_charset, media_type: what :meth:`corpusclean.Cleaner.clean` takes (else the columns of these names,
            where there are such columns); ``media_type`` may be a whole ``Content-Type`` value.
        prefix: put before the name of every column that comes out, for tables whose own columns have these names.
        keep_source: carry the column `text` through, instead of dropping it.
    """

    text: str = "text"
    id: str | None = None
    url: str | None = None
    http_charset: str | None = None
    media_type: str | None = None
    prefix: str = ""
    keep_source: bool = False

    def found_in(self, names: Iterable[str]) -> dict[str, str]:
        """Role → column, for the roles that have a column among `names`.

        Raises:
            ConfigError: a column that is asked for is not there, or is there twice.

        >>> Columns(text="html").found_in(["html", "url", "n"])
        {'text': 'html', 'url': 'url'}
        """
        names = list(names)
        found = {}
        for role in ("text", "id", "url", "http_charset", "media_type"):
            asked = getattr(self, role)
            if names.count(asked or role) == 1:
                found[role] = asked or role
            elif asked is not None:
                fault = "there is more than one column" if asked in names else "there is no column"
                raise ConfigError(
                    f"{fault} {asked!r}",
                    where=f"columns: {', '.join(names)}",
                    remedy=f"name it: Columns({role}=...)",
                )
        return found


DEFAULT_COLUMNS = Columns()


def output_schema(schema: pa.Schema, cleaner: Cleaner, columns: Columns = DEFAULT_COLUMNS) -> pa.Schema:
    """The schema that :func:`clean_batch` gives for batches of `schema`.

    First the user's columns that are carried through, then (each with ``columns.prefix``):

    ========  ========================  ==================================================================
    id        string                    the name given, else the library's hash of the input
    text      string or large_string    clean text; large where the input column is large or a view
    metadata  struct                    title, subtitle, author, source, date, url, site, language, script,
                                        encoding: string; views: int64; quality, clean: string holding JSON
    status    string                    ``cleaned``, ``rejected`` or ``failed``
    reason    string                    why it was rejected or failed, one sentence
    removed   large_string              JSON, only with ``ledger=True``
    ledger    large_string              JSON, only with ``ledger=True``
    ========  ========================  ==================================================================

    Where ``status`` is not ``cleaned``, ``text`` and ``metadata`` are null.

    Raises:
        ConfigError: a column is missing, holds no text, or one of the user's has the name of one that comes out.
    """
    text = columns.found_in(schema.names)["text"]
    dropped = dropped_columns(schema.names, cleaner, columns)
    carried = [field for field in schema if field.name not in dropped]
    return require("pyarrow").schema(carried + made_fields(schema.field(text).type, cleaner, columns))


def made_names(cleaner: Cleaner, columns: Columns) -> list[str]:
    """The names of the columns that come out, in order.

    >>> made_names(Cleaner(), Columns(prefix="clean_"))
    ['clean_id', 'clean_text', 'clean_metadata', 'clean_status', 'clean_reason']
    """
    names = ["id", "text", "metadata", "status", "reason", *(("removed", "ledger") if cleaner.config.ledger else ())]
    return [columns.prefix + name for name in names]


def dropped_columns(names: Iterable[str], cleaner: Cleaner, columns: Columns) -> set[str]:
    """Those of the user's columns that do not come out: the text, and the id where the new one replaces it.

    Raises:
        ConfigError: a column is missing, or one that is carried through has the name of one that comes out.

    >>> sorted(dropped_columns(["id", "text", "n"], Cleaner(), Columns()))
    ['id', 'text']
    """
    names = list(names)
    found = columns.found_in(names)
    dropped = set() if columns.keep_source else {found["text"]}
    if not columns.prefix and "id" in found:
        dropped.add(found["id"])
    if clash := sorted(set(made_names(cleaner, columns)).intersection(names) - dropped):
        raise ConfigError(
            f"the table has columns of its own called {', '.join(clash)}, as the cleaned ones are",
            remedy="rename or drop them, or put a prefix before the cleaned ones: Columns(prefix='clean_')",
        )
    return dropped


def made_fields(text_type: pa.DataType, cleaner: Cleaner, columns: Columns) -> list[pa.Field]:
    """The fields that the kernel makes, for a text column of this type."""
    pa = require("pyarrow")
    kind = text_type.value_type if pa.types.is_dictionary(text_type) else text_type
    small = (pa.types.is_string, pa.types.is_binary, pa.types.is_fixed_size_binary, pa.types.is_null)
    large = (
        pa.types.is_large_string,
        pa.types.is_large_binary,
        pa.types.is_string_view,
        pa.types.is_binary_view,
    )
    is_large = any(test(kind) for test in large)
    if not is_large and not any(test(kind) for test in small):
        raise ConfigError(
            f"the column {columns.text!r} holds {text_type}, not text or bytes",
            remedy="name another: Columns(text=...)",
        )
    types = {"text": pa.large_string() if is_large else pa.string(), "metadata": metadata_type()}
    types |= {"removed": pa.large_string(), "ledger": pa.large_string()}
    return [
        pa.field(name, types.get(name[len(columns.prefix) :], pa.string())) for name in made_names(cleaner, columns)
    ]
