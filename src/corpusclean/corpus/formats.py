"""Output formats: how a batch of clean documents becomes bytes, and how those become a finished file.

A format is a small frozen value that can be pickled. Workers call :meth:`Format.encode`; whoever writes the file
appends what comes back to a *staged* file, one piece after the other, and calls :meth:`Format.finish` at the end.
Pieces depend on their batch alone, so a run that was interrupted can cut the staged file back to a piece it trusts and
go on, and the file is the same to the byte.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

from ..document import Document
from ..errors import ConfigError, InputError
from ..extras import require
from .parquet_format import ParquetFile
from .records import Cleaned

__all__ = ["Compression", "Format", "Holds", "JsonLines", "format_of", "json_line", "sync_into_place"]

Compression = Literal["gzip", "zstd"]
Holds = Literal["all", "text", "ledger"]
COMPRESSIONS: dict[str, Compression] = {".gz": "gzip", ".gzip": "gzip", ".zst": "zstd", ".zstd": "zstd"}
GZIP_LEVEL, ZSTD_LEVEL = 6, 6
# Suffixes whose readers would be misled if JSON lines were written under them.
OTHER_FORMATS = frozenset(
    {".7z", ".arrow", ".avro", ".br", ".bz2", ".csv", ".feather", ".lz4", ".orc", ".rar", ".snappy", ".tar", ".tgz"}
    | {".tsv", ".warc", ".xlsx", ".xz", ".zip"}
)


class Format(Protocol):
    """How one output file is made of batches."""

    def refusal(self, cleaned: Cleaned) -> InputError | None:
        """Why this document cannot be written in this format; ``None`` where it can. To be asked before `encode`."""
        ...

    def encode(self, batch: Sequence[Cleaned]) -> bytes:
        """The piece of the staged file that holds a batch; ``b""`` for an empty one."""
        ...

    def finish(self, staged: Path, target: Path) -> None:
        """Make the staged file the finished one, in one step; the staged file is gone afterwards.

        Raises:
            OSError: it cannot be written; the staged file is still there.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonLines:
    r"""One JSON object a line, plain or compressed; each batch is a gzip member or a zstd frame of its own.

    Attributes:
        compression: ``None``, ``"gzip"`` (no time and no name in its header, so the bytes are always the same) or
            ``"zstd"`` (needs the extra ``io``).
        holds: ``"all"`` that is known of a document, its ``"text"`` and metadata without the ledger, or its
            ``"ledger"`` alone: a sidecar, from which and the text :func:`with_ledger` makes the whole again.

    >>> JsonLines(holds="ledger").encode([Cleaned("a.txt", 3, Document("a", "好"))])
    b'{"id": "a", "name": "a.txt", "removed": [], "ledger": null}\n'
    """

    compression: Compression | None = None
    holds: Holds = "all"

    def refusal(self, cleaned: Cleaned) -> InputError | None:  # noqa: ARG002  # the signature of every format
        """JSON can hold every document."""
        return None

    def encode(self, batch: Sequence[Cleaned]) -> bytes:
        """The lines of a batch."""
        lines = b"".join(self._line(cleaned) for cleaned in batch)
        return _compressed(lines, self.compression) if lines else b""

    def finish(self, staged: Path, target: Path) -> None:
        """Move the staged file to its place; one without a document becomes a valid empty file."""
        if self.compression and not staged.stat().st_size:
            staged.write_bytes(_compressed(b"", self.compression))
        sync_into_place(staged, target)

    def _line(self, cleaned: Cleaned) -> bytes:
        document = cleaned.document
        if self.holds == "ledger":
            values = document.to_dict()
            kept = {"removed": values.get("removed", []), "ledger": values.get("ledger")}
            return json_bytes({"id": document.id, "name": cleaned.name, **kept})
        if self.holds == "text" and document.ledger is not None:
            document = Document(document.id, document.text, document.metadata)
        return json_line(document, cleaned.extra)


def json_line(document: Document, extra: dict[str, Any] | None = None) -> bytes:
    r"""A document as one line of JSON in UTF-8; a text with lone surrogates is escaped, since UTF-8 has none.

    Args:
        document: the document.
        extra: what its container knew besides (:attr:`Record.extra`); left out where there is nothing.

    >>> json_line(Document("a", "好"), {"stars": 4})
    b'{"id": "a", "text": "\xe5\xa5\xbd", "metadata": {}, "extra": {"stars": 4}}\n'
    """
    values = document.to_dict()
    return json_bytes(values | {"extra": extra} if extra else values)


def json_bytes(values: dict[str, Any]) -> bytes:
    r"""One line of JSON in UTF-8.

    >>> json_bytes({"text": "好"}), json_bytes({"text": "\ud800"})
    (b'{"text": "\xe5\xa5\xbd"}\n', b'{"text": "\\ud800"}\n')
    """
    try:
        return json.dumps(values, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(values).encode() + b"\n"


def format_of(path: Path, *, holds: Holds = "all") -> Format:
    """The format that a file's name asks for.

    ``.parquet`` is Parquet; ``.gz`` and ``.zst`` are compressed JSON lines, and every other name is plain ones.

    Raises:
        ConfigError: the name asks for a format that is not written.
        MissingExtraError: the format needs an optional library that is not installed.

    >>> format_of(Path("out/clean.jsonl.gz"))
    JsonLines(compression='gzip', holds='all')
    >>> format_of(Path("clean.csv"))
    Traceback (most recent call last):
    ...
    corpusclean.errors.ConfigError: cannot write .csv files (clean.csv); give a name that ends in .jsonl, .jsonl.gz, \
.jsonl.zst or .parquet
    """
    suffix = path.suffix.lower()
    if suffix == ".parquet" and holds != "ledger":
        require("pyarrow")
        return ParquetFile(with_ledger=holds == "all")
    if suffix in OTHER_FORMATS or suffix == ".parquet":
        what = f"{suffix} files" if suffix != ".parquet" else "ledgers as Parquet"
        raise ConfigError(
            f"cannot write {what}",
            where=str(path),
            remedy="give a name that ends in .jsonl, .jsonl.gz, .jsonl.zst or .parquet",
        )
    compression = COMPRESSIONS.get(suffix)
    if compression == "zstd":
        require("zstandard")
    return JsonLines(compression=compression, holds=holds)


def sync_into_place(staged: Path, target: Path) -> None:
    """Move a finished file to its place, its bytes on the disk before its name.

    Raises:
        OSError: the disk is full, or the place cannot be written.
    """
    with staged.open("rb") as stream:
        os.fsync(stream.fileno())
    os.replace(staged, target)


def _compressed(data: bytes, compression: Compression | None) -> bytes:
    if compression == "gzip":
        return gzip.compress(data, GZIP_LEVEL, mtime=0)
    if compression == "zstd":
        packed: bytes = require("zstandard").ZstdCompressor(level=ZSTD_LEVEL, write_checksum=True).compress(data)
        return packed
    return data
