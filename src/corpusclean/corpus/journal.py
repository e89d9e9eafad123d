"""The journal of a run: a line for each time that what was done so far is safe on the disk.

Each line holds all one needs to go on from there, so only the last one counts. It has a checksum: a last line that was
torn by a crash is passed over, and a journal that was damaged elsewhere is refused. When the file has grown, it is
replaced by one that holds its head and its last line.
"""

from __future__ import annotations

import json
import os
import zlib
from pathlib import Path
from typing import Any, Self

from ..errors import InputError

__all__ = ["Journal", "read_journal"]

FORMAT = "corpusclean journal 1"
MAX_SIZE = 4 * 2**20


class Journal:
    """A journal that is being written.

    Args:
        path: its file.
        head: what the run is; the first line.
    """

    def __init__(self, path: Path, head: dict[str, Any]) -> None:
        self._path = path
        self._head = {"format": FORMAT, **head}
        self._stream = self._begun([])

    def append(self, entry: dict[str, Any]) -> None:
        """Write a line, and return when it is on the disk.

        Raises:
            OSError: it cannot be written; the lines before it still hold.
        """
        line = _line(entry)
        if self._stream.tell() + len(line) > MAX_SIZE:
            self._stream.close()
            self._stream = self._begun([line])
            return
        self._stream.write(line)
        self._stream.flush()
        os.fsync(self._stream.fileno())

    def close(self) -> None:
        """Close the file; what was appended is safe already."""
        self._stream.close()

    def _begun(self, lines: list[bytes]) -> Any:
        """The file anew, in one step, and open at its end."""
        part = self._path.with_name(self._path.name + ".part")
        with part.open("wb") as stream:
            stream.write(_line(self._head) + b"".join(lines))
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(part, self._path)
        sync_folder(self._path.parent)
        return self._path.open("ab")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def read_journal(path: Path) -> tuple[dict[str, Any], dict[str, Any] | None] | None:
    """The head and the last entry of a journal; ``None`` if there is no journal, or only a torn head.

    Raises:
        InputError: it was damaged, or made by another version.
    """
    try:
        lines = path.read_bytes().splitlines(keepends=True)
    except FileNotFoundError:
        return None
    entries = [_entry(line) for line in lines]
    if entries and entries[-1] is None:
        entries.pop()  # torn
    damaged = next((number for number, entry in enumerate(entries, 1) if entry is None), None)
    if damaged is not None:
        raise InputError(
            "the journal of the run was damaged, so nothing tells how far it came",
            where=f"{path}, line {damaged}",
            remedy=f"delete {path.parent} and run again from the beginning",
        )
    if not entries or entries[0] is None:
        return None
    if entries[0].get("format") != FORMAT:
        raise InputError(
            "the journal is of a format that this version does not read",
            where=str(path),
            remedy=f"go on with the version that began the run, or delete {path.parent}",
        )
    return entries[0], entries[-1] if len(entries) > 1 else None


def sync_folder(folder: Path) -> None:
    """Let a renamed file's name reach the disk, where the system knows how."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows opens no folders
        return
    try:
        os.fsync(handle)
    except OSError:
        return
    finally:
        os.close(handle)


def _line(entry: dict[str, Any]) -> bytes:
    r"""An entry with its checksum.

    >>> _line({"read": 1})
    b'{"crc32":"12eb4921","entry":{"read":1}}\n'
    """
    body = json.dumps(entry, separators=(",", ":")).encode()
    return b'{"crc32":"%08x","entry":%s}\n' % (zlib.crc32(body), body)


def _entry(line: bytes) -> dict[str, Any] | None:
    r"""The entry of a line; ``None`` if it is not whole.

    >>> _entry(_line({"read": 1})), _entry(_line({"read": 1})[:-3]), _entry(b"")
    ({'read': 1}, None, None)
    """
    head, body = line[:28], line[28:-2]
    if not line.endswith(b"}\n") or head != b'{"crc32":"%08x","entry":' % zlib.crc32(body):
        return None
    entry: dict[str, Any] = json.loads(body)
    return entry
