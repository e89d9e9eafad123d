"""Writers: where cleaned documents go. A file is there in full, or it is not there."""

from __future__ import annotations

import os
import re
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from ..errors import InputError
from .formats import Format, JsonLines
from .naming import FolderNames
from .records import Cleaned
from .staging import write_all

__all__ = ["FileWriter", "TextFolderWriter", "replace_file"]

# A lone surrogate, which UTF-8 cannot write: "\ud800"; not "😀".
SURROGATE = re.compile(r"[\ud800-\udfff]")
BATCH_DOCUMENTS = 256
BATCH_CHARS = 2**20


class FileWriter:
    """Documents in one format, to a path (written beside it first, and moved there when complete) or a stream.

    Args:
        target: where to. To a stream, each document goes at once where the format is plain JSON lines.
        form: plain JSON lines, or what :func:`~corpusclean.corpus.format_of` said.
    """

    def __init__(self, target: Path | IO[bytes], form: Format | None = None) -> None:
        self._target = target
        self._form = form or JsonLines()
        self._at_once = isinstance(self._form, JsonLines) and self._form.compression is None
        self._stream: IO[bytes] | None = None
        self._batch: list[Cleaned] = []
        self._chars = 0

    def __enter__(self) -> Self:
        """Open the file.

        Raises:
            OSError: it cannot be made.
        """
        if isinstance(self._target, Path):
            self._target.parent.mkdir(parents=True, exist_ok=True)
            self._stream = part_of(self._target).open("wb")
        else:
            self._stream = self._target
        return self

    def write(self, cleaned: Cleaned) -> None:
        """Write one document.

        Raises:
            InputError: the format cannot hold this document.
            OSError: the disk is full, the reader of a pipe is gone.
        """
        if refused := self._form.refusal(cleaned):
            raise refused
        self._batch.append(cleaned)
        self._chars += len(cleaned.document.text)
        if self._at_once or self._chars >= BATCH_CHARS or len(self._batch) >= BATCH_DOCUMENTS:
            self._write_batch()

    def _write_batch(self) -> None:
        if self._stream is None:
            raise ValueError("the writer is not open")
        write_all(self._stream, self._form.encode(self._batch))
        self._batch, self._chars = [], 0

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Move the finished file to its place; after an error remove what was written."""
        if self._stream is None:
            return
        if not isinstance(self._target, Path):
            if kind is None:
                self._write_batch()
            self._stream.flush()
            return
        part = part_of(self._target)
        try:
            if kind is None:
                self._write_batch()
            self._stream.close()
            if kind is None:
                self._form.finish(part, self._target)
        finally:
            self._stream.close()
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


def replace_file(path: Path, data: bytes, *, part: Path | None = None) -> None:
    """Write a file in full or not at all; a link at `path` is replaced, never followed.

    Args:
        path: where to.
        data: what.
        part: where it is written first, if not under a name of this process beside `path`.

    Raises:
        OSError: it cannot be written.
    """
    part = part or part_of(path)
    try:
        part.write_bytes(data)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def part_of(path: Path) -> Path:
    """Where a file is written before it is complete; hidden, so that no reader takes it for an input."""
    return path.with_name(f".{path.name}.{os.getpid()}.part")
