"""Writers: where cleaned documents go. A file is there in full, or it is not there."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from types import TracebackType
from typing import IO, Protocol, Self

from ..document import Document
from ..errors import InputError
from .naming import FolderNames
from .records import Cleaned

__all__ = ["JsonLinesWriter", "TextFolderWriter", "Writer", "json_line", "replace_file"]

# A lone surrogate, which UTF-8 cannot write: "\ud800"; not "😀".
SURROGATE = re.compile(r"[\ud800-\udfff]")


class Writer(Protocol):
    """Takes cleaned documents in order; a context manager, since it holds a file."""

    def write(self, cleaned: Cleaned) -> None:
        """Write one document.

        Raises:
            OSError: the disk is full, the reader of a pipe is gone.
            InputError: this one document cannot be written; the run may go on.
        """
        ...

    def __enter__(self) -> Self:
        """Start writing."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Finish what was written; after an error, leave no half file behind."""
        ...


def json_line(document: Document) -> bytes:
    r"""A document as one line of JSON in UTF-8; a text with lone surrogates is escaped, since UTF-8 has none.

    >>> json_line(Document("a", "好"))
    b'{"id": "a", "text": "\xe5\xa5\xbd", "metadata": {}}\n'
    """
    values = document.to_dict()
    try:
        return json.dumps(values, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(values).encode() + b"\n"


class JsonLinesWriter:
    """One JSON object a line, to a path (written beside it first, and moved there when complete) or a stream."""

    def __init__(self, target: Path | IO[bytes]) -> None:
        self._target = target
        self._stream: IO[bytes] | None = None

    def __enter__(self) -> Self:
        """Open the file.

        Raises:
            OSError: it cannot be made.
        """
        if isinstance(self._target, Path):
            self._target.parent.mkdir(parents=True, exist_ok=True)
            self._stream = _part(self._target).open("wb")
        else:
            self._stream = self._target
        return self

    def write(self, cleaned: Cleaned) -> None:
        """Write one document."""
        if self._stream is None:
            raise ValueError("the writer is not open")
        self._stream.write(json_line(cleaned.document))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Move the finished file to its place; after an error remove what was written."""
        if self._stream is None:
            return
        if not isinstance(self._target, Path):
            self._stream.flush()
            return
        part = _part(self._target)
        try:
            self._stream.close()
            if kind is None:
                os.replace(part, self._target)
        finally:
            part.unlink(missing_ok=True)


class TextFolderWriter:
    """One ``.txt`` file a document, in a folder; names kept, none twice, none outside the folder."""

    def __init__(self, folder: Path) -> None:
        self._names = FolderNames(folder)

    def __enter__(self) -> Self:
        """Make the folder.

        Raises:
            OSError: it cannot be made.
        """
        self._names.folder.mkdir(parents=True, exist_ok=True)
        return self

    def write(self, cleaned: Cleaned) -> None:
        """Write one document.

        Raises:
            InputError: a lone surrogate in the text, or a link that leads out of the folder.
        """
        text = cleaned.document.text
        if not text.isascii() and (found := SURROGATE.search(text)):
            raise InputError(
                "the text holds a lone surrogate, which UTF-8 cannot write",
                where=f"code point {found.start()}",
                remedy="write JSON lines instead (-o OUT.jsonl)",
            )
        replace_file(self._names.make(cleaned.name, ".txt"), text.encode())

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Nothing is held open."""


def replace_file(path: Path, data: bytes) -> None:
    """Write a file in full or not at all; a link at `path` is replaced, never followed.

    Raises:
        OSError: it cannot be written.
    """
    part = _part(path)
    try:
        part.write_bytes(data)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def _part(path: Path) -> Path:
    """Where a file is written before it is complete; hidden, so that no reader takes it for an input."""
    return path.with_name(f".{path.name}.{os.getpid()}.part")
