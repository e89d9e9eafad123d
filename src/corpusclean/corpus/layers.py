"""What lies under a stream: files, parts of files, compression, and text in two-byte units."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from typing import IO

from ..limits import Limits
from .codecs import Codec
from .streams import CHUNK, Fault, Layer, Stream

__all__ = ["RATIO_FLOOR", "inflated", "opened", "part_of_stream", "unpacked", "utf8_rows"]

RATIO_FLOOR = 16 * 2**20  # a document that is smaller is no bomb, however small it was packed
PROBE = 512  # bytes that show whether what looks like the start of compressed data is one
MEND = "fetch the file again, or mend it"


def opened(file: IO[bytes]) -> Stream:
    """The bytes of an open file, which stays the caller's to close."""
    return Stream(_Opened(file))


def unpacked(file: IO[bytes], limits: Limits, packed: int) -> Stream:
    """The bytes of a file that its own library decompresses.

    Args:
        file: the open file, which stays the caller's to close.
        limits: ``decompressed_bytes`` and ``decompressed_ratio`` bound what comes out.
        packed: bytes that it takes compressed.
    """
    return Stream(_Unpacked(file, limits, packed))


def inflated(stream: Stream, codec: Codec, limits: Limits) -> Stream:
    """What a stream decompresses to; ``limits.decompressed_bytes`` bounds what one document takes of it.

    Raises:
        MissingExtraError: the codec needs a library that is not installed.
    """
    return Stream(_Inflated(stream, codec, limits))


def part_of_stream(stream: Stream, size: int) -> Stream:
    """The next `size` bytes of a stream as a stream of their own; it takes what it is asked for, and reads ahead."""
    return Stream(_Part(stream, size))


def utf8_rows(stream: Stream) -> Stream:
    """A stream in UTF-8, if it begins with the byte-order mark of UTF-16; else the stream itself."""
    if stream.peek(2) not in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return stream
    return Stream(_FromUtf16(stream))


class _Bounded(Layer):
    """Data that was packed: bounds what comes out of it."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self._limits, self._ratio = limits, 0
        self._made = self._since = 0

    def next_document(self) -> None:
        self._since = 0

    def one_document(self) -> None:
        self._ratio = self._limits.decompressed_ratio

    def _within_limits(self, made: int, packed: int) -> bool:
        """Count `made` more bytes, which came of `packed` bytes in all; ``False`` with a fault past a limit."""
        self._made += made
        self._since += made
        if 0 < self._limits.decompressed_bytes < self._since:
            most = self._limits.decompressed_bytes
            what = f"one document of it decompresses to more than limits.decompressed_bytes = {most}"
            self.fault = Fault(what, _trust("decompressed_bytes"), "rejected")
        elif self._ratio and self._made > max(RATIO_FLOOR, self._ratio * packed):
            what = f"it decompresses to more than limits.decompressed_ratio = {self._ratio} times its size"
            self.fault = Fault(what, _trust("decompressed_ratio"), "rejected")
        return not self.fault


class _Opened(Layer):
    """A file as the system gives it."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._read: Callable[[int], bytes] = getattr(file, "read1", file.read)

    def more(self, size: int) -> bytes:
        try:
            return self._read(size)
        except Exception as error:  # a remote file system can raise anything
            self.fault = _unreadable(error)
            return b""


class _Unpacked(_Bounded):
    """A file that is decompressed by who gives it, such as a member of a zip archive."""

    def __init__(self, file: IO[bytes], limits: Limits, packed: int) -> None:
        super().__init__(limits)
        self._file, self._packed = file, packed

    def more(self, size: int) -> bytes:
        try:
            data = self._file.read(size)
        except Exception as error:  # BadZipFile, zlib.error, EOFError, OSError
            self.fault = _unreadable(error)
            return b""
        return data if self._within_limits(len(data), self._packed) else b""


class _Part(Layer):
    """The next bytes of a stream, and no more."""

    def __init__(self, below: Stream, size: int) -> None:
        super().__init__()
        self._below, self._size, self._left = below, size, size

    def next_document(self) -> None:
        self._below.next_document()

    def one_document(self) -> None:
        """What it is a part of is compressed as a whole, so no ratio is its own."""

    def more(self, size: int) -> bytes:
        data = self._below.read(min(size, self._left))
        self._left -= len(data)
        if not data and self._left:
            what = f"it ends after {self._size - self._left} of its {self._size} bytes"
            self.fault = self._below.fault or Fault(what, MEND)
        return data


class _Inflated(_Bounded):
    """Decompressed data; the streams of a file are joined, as the command-line tools join them."""

    def __init__(self, below: Stream, codec: Codec, limits: Limits) -> None:
        super().__init__(limits)
        self._below, self._codec = below, codec
        self._engine = codec.make()
        self._start = 0
        self._given = b""  # the last of what was read, where recovery begins: damage shows some time after it
        if not below.peek(len(codec.magic)).startswith(codec.magic):
            what = f"its name says {codec.name}, but it does not begin as {codec.name} data does"
            self.fault = Fault(what, "give it its right name, or fetch it again")

    def next_document(self) -> None:
        super().next_document()
        self._below.next_document()

    def one_document(self) -> None:
        super().one_document()
        self._below.one_document()

    def more(self, size: int) -> bytes:
        while not self.fault:
            if self._engine.eof and not self._next_stream():
                return b""
            given = b""
            if self._engine.needs_input:
                given = self._below.read(CHUNK)
                self._given = self._given[-CHUNK:] + given
                if not given:
                    self.fault = self._below.fault or Fault(
                        f"its {self._codec.name} data ends too early, after {self._below.offset} bytes",
                        MEND,
                    )
                    return b""
            try:
                made = self._engine.decompress(given, size)
            except Exception as error:  # zlib.error, LZMAError, ZstdError, OSError, ValueError, EOFError, MemoryError
                self.fault = Fault(
                    f"its {self._codec.name} data is damaged near byte {self._below.offset}: {_short(error)}",
                    MEND,
                )
                return b""
            if made and self._within_limits(len(made), self._below.offset):
                return made
        return b""

    def _next_stream(self) -> bool:
        """Go on to the next stream, or find the end."""
        self._below.unread(self._engine.unused_data)
        self._given = b""
        head = self._below.peek(len(self._codec.magic))
        while head and not head.strip(b"\x00"):  # padding of tapes and of block devices
            self._below.read(len(head))
            head = self._below.peek(len(self._codec.magic))
        self._engine, self._start = self._codec.make(), self._below.offset
        if head.startswith(self._codec.magic):
            return True
        if head:
            self.fault = Fault(
                f"something else follows its {self._codec.name} data, at byte {self._below.offset}",
                "what precedes it was read; look at the rest",
                complete=True,
            )
        else:
            self.fault = self._below.fault
            self._engine = _ENDED
        return False

    def recover(self) -> bool:
        """Find the next stream of the file."""
        if self.fault is None or self._below.fault:
            return False
        magic, tail = self._codec.magic, b""
        self._below.unread(self._given)
        self._below.skip(self._start + 1 - self._below.offset)
        while data := self._below.read(CHUNK):
            data = tail + data
            at = data.find(magic)
            if at < 0:
                tail = data[1 - len(magic) :]
                continue
            self._below.unread(data[at:])
            self._start, tail, self._given = self._below.offset, b"", b""
            try:
                self._codec.make().decompress(self._below.peek(PROBE), CHUNK)
            except Exception:  # it only looked like one
                self._below.read(len(magic))
                continue
            self._engine, self.fault, self._since = self._codec.make(), None, 0
            return True
        return False


class _Ended:
    """The decompressor of a file that has ended well."""

    eof, needs_input, unused_data = True, True, b""

    def decompress(self, data: bytes, max_length: int) -> bytes:  # noqa: ARG002  # the interface
        return b""


_ENDED = _Ended()


class _FromUtf16(Layer):
    """Text in UTF-16, written in UTF-8 on the way, since rows are told apart by their bytes."""

    def __init__(self, below: Stream) -> None:
        super().__init__()
        self._below = below
        self._decoder = codecs.getincrementaldecoder("utf-16")()

    def next_document(self) -> None:
        self._below.next_document()

    def more(self, size: int) -> bytes:
        while True:
            data = self._below.read(max(size // 3, 2))
            try:
                text = self._decoder.decode(data, final=not data)
            except UnicodeDecodeError as error:
                self.fault = Fault(f"its UTF-16 is damaged near byte {self._below.offset}: {error.reason}", "mend it")
                return b""
            if text or not data:
                self.fault = self._below.fault if not data else None
                return text.encode()


def _unreadable(error: Exception) -> Fault:
    said = (isinstance(error, OSError) and error.strerror) or str(error) or type(error).__name__
    return Fault(f"it cannot be read: {said}", "check its permissions, or leave it out")


def _trust(name: str) -> str:
    return f"raise the limit (--set limits.{name}=N) if you trust the file"


def _short(error: Exception) -> str:
    return str(error)[:200] or type(error).__name__
