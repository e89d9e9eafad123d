"""What a run reads: which files, how large, and whether they are still what they were."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

from .sources import named_files
from .staging import json_row

__all__ = ["changed_input", "file_digest", "inventory", "write_inventory"]


def inventory(sources: Iterable[str], *, leave_out: frozenset[Path] = frozenset()) -> Iterator[dict[str, Any]]:
    """The files below the sources, in the order of reading: ``path``, ``bytes``, ``mtime_ns``.

    What is no file on this machine (standard input, a remote path) and what cannot be looked at has only a path.
    """
    for item in named_files(sources, leave_out):
        yield _known_of(item) if isinstance(item, Path) else {"path": item}


def _known_of(path: Path) -> dict[str, Any]:
    try:
        status = path.stat()
    except (OSError, ValueError):
        return {"path": str(path)}
    return {"path": str(path), "bytes": status.st_size, "mtime_ns": status.st_mtime_ns}


def write_inventory(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """Write an inventory as lines of JSON, whole or not at all.

    Raises:
        OSError: it cannot be written.
    """
    part = path.with_name(f"{path.name}.part")
    with part.open("wb") as stream:
        for row in rows:
            stream.write(json_row(row))
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(part, path)


def changed_input(path: Path, rows: Iterable[dict[str, Any]]) -> str | None:
    """What is different between the inventory in a file and one taken now, as a sentence; ``None`` if nothing is."""
    with path.open("rb") as stream:
        for old, new in zip_longest(map(json.loads, stream), rows):
            if old is None:
                return f"{new['path']} is new"
            if new is None:
                return f"{old['path']} is gone"
            if old["path"] != new["path"]:
                return f"where {old['path']} was, {new['path']} is now"
            if old.get("bytes") != new.get("bytes"):
                return f"{new['path']} had {old.get('bytes', 0):,} bytes and has {new.get('bytes', 0):,} now"
            if old.get("mtime_ns") != new.get("mtime_ns"):
                return f"{new['path']} was written since"
    return None


def file_digest(path: Path) -> str | None:
    """The SHA-256 of a file as hex digits; ``None`` if it is no regular file, or cannot be read."""
    if not path.is_file():
        return None
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None
