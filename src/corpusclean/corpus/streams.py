"""Bytes to be read once, from front to back, through any number of layers of compression.

A stream never raises. Where its bytes end before they should (a file cut short, damaged compression, a disk that
fails, a bomb) they simply end, and :attr:`Stream.fault` says why: so what came before is there for whoever reads.
"""

from __future__ import annotations

import io
from abc import abstractmethod
from dataclasses import dataclass
from typing import Any, Literal

__all__ = ["CHUNK", "Fault", "Layer", "Stream"]

CHUNK = 2**16
MOST_AT_ONCE = 2**20


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a stream ended.

    Attributes:
        what, remedy, kind: as of :class:`~corpusclean.corpus.Trouble`.
        complete: everything was there; only something else follows it.
    """

    what: str
    remedy: str
    kind: Literal["rejected", "failed"] = "failed"
    complete: bool = False


class Layer(io.RawIOBase):
    """A source of bytes under a stream."""

    fault: Fault | None = None

    def readable(self) -> bool:
        """It can be read, which :class:`io.BufferedReader` wants to know."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer; after a fault there is nothing more."""
        data = b"" if self.fault else self.more(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    @abstractmethod
    def more(self, size: int) -> bytes:
        """Up to `size` more bytes; none at the end."""

    def recover(self) -> bool:
        """Go on behind a fault, if there is anything behind it."""
        return False

    def next_document(self) -> None:
        """What is read from here on belongs to another document."""

    def one_document(self) -> None:
        """All of it is one document."""


class Stream:
    r"""Bytes of one file, read once.

    Attributes:
        offset: bytes that were read from it so far.

    >>> from corpusclean.corpus.layers import opened
    >>> stream = opened(io.BytesIO(b"ab\ncd"))
    >>> stream.peek(1), stream.readline(10), stream.read(10), stream.read(10), stream.offset, stream.fault
    (b'a', b'ab\n', b'cd', b'', 5, None)
    """

    def __init__(self, layer: Layer) -> None:
        self._layer = layer
        self._buffer = io.BufferedReader(layer, CHUNK)
        self._back = b""
        self.offset = 0

    @property
    def fault(self) -> Fault | None:
        """Why the bytes ended, where they should not have; known once they have."""
        return self._layer.fault

    def recover(self) -> bool:
        """Go on behind a fault; ``False`` where nothing can be read behind it."""
        return self._layer.recover()

    def next_document(self) -> None:
        """Another document begins: bounds on one document count from here."""
        self._layer.next_document()

    def one_document(self) -> None:
        """All of it is one document, which ``limits.decompressed_ratio`` bounds."""
        self._layer.one_document()

    def read(self, size: int) -> bytes:
        """The next `size` bytes; fewer only at the end."""
        if size > MOST_AT_ONCE:  # the buffer would make room for all of it first
            parts = []
            while size and (part := self.read(min(size, MOST_AT_ONCE))):
                parts.append(part)
                size -= len(part)
            return b"".join(parts)
        data = self._back[:size]
        self._back = self._back[size:]
        if len(data) < size:
            data = data + self._buffer.read(size - len(data)) if data else self._buffer.read(size)
        self.offset += len(data)
        return data

    def readline(self, size: int) -> bytes:
        """The next line with its end, or the first `size` bytes of it."""
        if self._back:
            end = self._back.find(b"\n", 0, size) + 1
            if end or len(self._back) >= size:
                return self.read(end or size)
            head = self.read(len(self._back))
            return head + self.readline(size - len(head)) if size > len(head) else head
        line = self._buffer.readline(size)
        self.offset += len(line)
        return line

    def peek(self, size: int) -> bytes:
        """The next `size` bytes, without taking them; fewer only at the end. At most 64 KiB."""
        if self._back or len(self._buffer.peek(size)) < size:
            self.unread(self.read(size))
            return self._back[:size]
        return self._buffer.peek(size)[:size]

    def unread(self, data: bytes) -> None:
        """Put bytes back that were just read."""
        self._back = data + self._back if self._back else data
        self.offset -= len(data)

    def skip(self, size: int) -> int:
        """Pass over `size` bytes; says how many there were."""
        skipped = 0
        while skipped < size and (data := self.read(min(size - skipped, CHUNK))):
            skipped += len(data)
        return skipped
