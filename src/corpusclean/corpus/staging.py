"""Files that grow while a run goes on, and can be cut back to what its journal vouches for."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Protocol

from ..errors import InputError

__all__ = ["Staged", "json_row", "write_all"]


class Writable(Protocol):
    """What bytes can be written to."""

    def write(self, data: bytes, /) -> int | None:
        """Write some of it, and say how much; ``None`` for all."""
        ...


class Staged:
    """One such file.

    Args:
        path: where it grows.
        length: what of it counts, in bytes; the rest is cut off.

    Raises:
        InputError: it is shorter than that.
        OSError: it cannot be opened.
    """

    def __init__(self, path: Path, length: int = 0) -> None:
        self.path = path
        self._stream = path.open("ab", buffering=0)
        self.length = self._stream.tell()
        if self.length < length:
            self._stream.close()
            raise InputError(
                f"the file is shorter ({self.length:,} bytes) than the journal of the run says ({length:,})",
                where=str(path),
                remedy=f"delete {path.parent} and run again from the beginning",
            )
        self._stream.truncate(length)
        self.length = length

    def append(self, data: bytes) -> None:
        """Write at the end, all of it.

        Raises:
            OSError: the disk is full.
        """
        write_all(self._stream, data)
        self.length += len(data)

    def sync(self) -> None:
        """Return when all that was appended is on the disk."""
        os.fsync(self._stream.fileno())

    def close(self) -> None:
        """Close it."""
        self._stream.close()


def write_all(stream: Writable, data: bytes) -> None:
    """Write all of it: a stream without a buffer (``python -u``) may take only a part, and says so in its result.

    Raises:
        OSError: the disk is full, the reader of a pipe is gone.
    """
    while data:
        written = stream.write(data)
        data = b"" if written is None else data[written:]


def json_row(values: dict[str, Any]) -> bytes:
    r"""A line of JSON in ASCII, for the papers of a run.

    >>> json_row({"id": "好\udcff"})
    b'{"id": "\\u597d\\udcff"}\n'
    """
    return json.dumps(values).encode("ascii") + b"\n"
