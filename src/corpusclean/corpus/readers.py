"""Readers: paths, folders and standard input become records, one at a time.

A reader never raises for what it finds. A file that cannot be read is a :class:`Trouble` like any other, so that
the documents beside it are cleaned and the count at the end still adds up.
"""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from ..limits import Limits
from .records import Record, Trouble

__all__ = ["STANDARD_INPUT", "measure", "read"]

STANDARD_INPUT = "-"
HTML_SUFFIXES = frozenset({".htm", ".html", ".shtml", ".xhtml"})
ROW_SUFFIXES = frozenset({".jsonl", ".ndjson"})


def read(
    sources: Iterable[str], *, limits: Limits | None = None, leave_out: frozenset[Path] = frozenset()
) -> Iterator[Record | Trouble]:
    """The records of files, folders (with all below them) and standard input (``-``), in order.

    A ``.jsonl`` or ``.ndjson`` file gives a record for each row (keys ``text``, and ``id``, ``url`` where known);
    every other file is one document. Below a folder, names are taken in sorted order, and those that begin with a
    dot are passed over, as by the shell.

    Args:
        sources: paths as the user gave them.
        limits: ``input_bytes`` bounds what is read of one document.
        leave_out: resolved paths that are not inputs, such as the output of this very run.
    """
    bound = (limits or Limits()).input_bytes
    for source in sources:
        if source == STANDARD_INPUT:
            yield _whole(sys.stdin.buffer, STANDARD_INPUT, "stdin", bound)
            continue
        path = Path(source)
        if path.is_dir():
            found = False
            for item in _walk(path, leave_out):
                found = True
                if isinstance(item, Trouble):
                    yield item
                else:
                    yield from _file(item, item.relative_to(path).as_posix(), bound)
            if not found:
                yield Trouble(source, "rejected", "the folder holds no files", remedy="give a folder with text in it")
        else:
            yield from _file(path, path.name, bound)


def measure(sources: Iterable[str], *, leave_out: frozenset[Path] = frozenset()) -> int | None:
    """Bytes to be read in all, for a progress bar; ``None`` where standard input hides it."""
    total = 0
    for source in sources:
        if source == STANDARD_INPUT:
            return None
        path = Path(source)
        items = _walk(path, leave_out) if path.is_dir() else iter([path])
        for item in items:
            if isinstance(item, Path):
                try:
                    total += item.stat().st_size
                except OSError:
                    continue
    return total


def _walk(folder: Path, leave_out: frozenset[Path]) -> Iterator[Path | Trouble]:
    """The files below a folder in sorted order; a folder reached twice through links is taken once."""
    seen: set[tuple[int, int]] = set()
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        try:
            if leave_out and path.resolve() in leave_out:
                continue
            if not path.is_dir():
                yield path
                continue
            status = path.stat()
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            names = sorted((name for name in os.listdir(path) if not name.startswith(".")), reverse=True)
        except (OSError, RuntimeError) as error:  # RuntimeError: a loop of links, to Path.resolve
            yield _unreadable(str(path), error)
            continue
        waiting.extend(path / name for name in names)


def _file(path: Path, name: str, bound: int) -> Iterator[Record | Trouble]:
    """The records of one file."""
    label = str(path)
    try:
        if not path.exists() and not path.is_symlink():
            yield Trouble(label, "failed", "there is no such file or folder", remedy="check the path")
            return
        mode = path.stat().st_mode
        if stat.S_ISSOCK(mode) or stat.S_ISBLK(mode):
            yield Trouble(label, "rejected", "it is a device, not a file", remedy="leave it out")
            return
        with path.open("rb") as stream:
            if path.suffix.lower() in ROW_SUFFIXES:
                yield from _rows(stream, label, name, bound)
            else:
                yield _whole(stream, label, name, bound)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        yield _unreadable(label, error)


def _whole(stream: IO[bytes], label: str, name: str, bound: int) -> Record | Trouble:
    """A stream as one document."""
    try:
        data = stream.read(bound + 1) if bound else stream.read()
    except OSError as error:
        return _unreadable(label, error)
    if not data:
        return Trouble(label, "rejected", "it is empty")
    if bound and len(data) > bound:
        return _too_large(label, bound)
    is_html = Path(name).suffix.lower() in HTML_SUFFIXES
    return Record(label, name, data, media_type="text/html" if is_html else None)


def _rows(stream: IO[bytes], label: str, name: str, bound: int) -> Iterator[Record | Trouble]:
    """The rows of a JSON-lines file, each a document."""
    empty = True
    number = 0
    while line := stream.readline(bound + 1 if bound else -1):
        number += 1
        place = f"{label}:{number}"
        if bound and len(line) > bound:
            empty = False
            yield _too_large(place, bound)
            while line and not line.endswith(b"\n"):
                line = stream.readline(bound)
            continue
        if not line.strip():
            continue
        empty = False
        yield _row(line, place, f"{name}/{number}")
    if empty:
        yield Trouble(label, "rejected", "it holds no rows")


def _row(line: bytes, place: str, name: str) -> Record | Trouble:
    try:
        row: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Trouble(place, "failed", f"the row is not JSON: {error}", remedy="mend or remove the row")
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        return Trouble(place, "failed", "the row has no 'text' that is a string", remedy="name the text field 'text'")
    given = row.get("id")
    metadata = row.get("metadata")
    url = row.get("url") or (metadata.get("url") if isinstance(metadata, dict) else None)
    return Record(
        str(given) if isinstance(given, str | int) and given != "" else place,
        str(given) if isinstance(given, str) and given else name,
        row["text"],
        url=url if isinstance(url, str) else None,
    )


def _unreadable(label: str, error: Exception) -> Trouble:
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return Trouble(label, "failed", f"it cannot be read: {said}", remedy="check its permissions, or leave it out")


def _too_large(label: str, bound: int) -> Trouble:
    return Trouble(
        label,
        "rejected",
        f"it is larger than limits.input_bytes = {bound}",
        remedy="raise the limit (--set limits.input_bytes=N), or split the input",
    )
