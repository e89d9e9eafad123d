"""Compression: what it looks like, and decompressors that give no more at once than they are asked for."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from ..extras import require

__all__ = ["CODECS", "Codec", "Decompressor", "codec_of_bytes", "codec_of_name"]

MAX_LZMA_MEMORY = 256 * 2**20
MAX_ZSTD_WINDOW = 128 * 2**20
# The most that is handed to zstd at once: it can't be told to stop, and makes up to 128 KiB of 4 bytes,
# so up to 8 MiB of a slice. (A third slower than slices of 2 KiB, at 105 MB/s.)
ZSTD_SLICE = 256


class Decompressor(Protocol):
    """What `bz2` and `lzma` of the standard library have, and the others are given here."""

    @property
    def eof(self) -> bool:
        """Whether the end of the stream was seen."""
        ...

    @property
    def unused_data(self) -> bytes:
        """What followed the end of the stream."""
        ...

    @property
    def needs_input(self) -> bool:
        """Whether nothing more comes without more input."""
        ...

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """The next bytes, about `max_length` of them at most."""
        ...


class _Inflater:
    """gzip and zlib data."""

    def __init__(self, window_bits: int) -> None:
        self._inner = zlib.decompressobj(window_bits)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)


class _ZstdDecompressor:
    """Zstandard data, in small slices; what was not asked for yet is held."""

    def __init__(self) -> None:
        self._inner: Any = require("zstandard").ZstdDecompressor(max_window_size=MAX_ZSTD_WINDOW).decompressobj()
        self._waiting = self._made = memoryview(b"")

    @property
    def eof(self) -> bool:
        return bool(self._inner.eof) and not self._made

    @property
    def unused_data(self) -> bytes:
        unused: bytes = self._inner.unused_data
        return unused + bytes(self._waiting)

    @property
    def needs_input(self) -> bool:
        return not self._waiting and not self._made

    def decompress(self, data: bytes, max_length: int) -> bytes:
        if data:
            self._waiting = memoryview(bytes(self._waiting) + data) if self._waiting else memoryview(data)
        if not self._made:
            parts: list[bytes] = []
            size = at = 0
            while at < len(self._waiting) and size < max_length and not self._inner.eof:
                parts.append(self._inner.decompress(self._waiting[at : at + ZSTD_SLICE]))
                at += ZSTD_SLICE
                size += len(parts[-1])
            self._waiting = self._waiting[at:]
            self._made = memoryview(b"".join(parts))
        made, self._made = bytes(self._made[:max_length]), self._made[max_length:]
        return made


@dataclass(frozen=True, slots=True)
class Codec:
    """One way to compress.

    Attributes:
        name: as people write it.
        magic: what each stream of it begins with.
        suffixes: of file names.
        make: a decompressor for one stream.
    """

    name: str
    magic: bytes
    suffixes: tuple[str, ...]
    make: Callable[[], Decompressor]


def _gzip() -> Decompressor:
    return _Inflater(31)


def _bzip2() -> Decompressor:
    return bz2.BZ2Decompressor()


def _xz() -> Decompressor:
    return lzma.LZMADecompressor(format=lzma.FORMAT_XZ, memlimit=MAX_LZMA_MEMORY)


CODECS = (
    Codec("gzip", b"\x1f\x8b\x08", (".gz", ".gzip"), _gzip),
    Codec("zstd", b"(\xb5/\xfd", (".zst", ".zstd"), _ZstdDecompressor),
    Codec("bzip2", b"BZh", (".bz2",), _bzip2),
    Codec("xz", b"\xfd7zXZ\x00", (".xz",), _xz),
)
_BZIP2_BLOCKS = (b"1AY&SY", b"\x17rE8P\x90")  # a block, or the end of a file without one


def codec_of_bytes(head: bytes) -> Codec | None:
    r"""The codec whose data begins like `head`.

    >>> codec_of_bytes(b"\x1f\x8b\x08\x00").name
    'gzip'
    >>> codec_of_bytes(b"BZh is short for") is None
    True
    """
    for codec in CODECS:
        if head.startswith(codec.magic):
            return codec if codec.name != "bzip2" or head[4:10] in _BZIP2_BLOCKS else None
    return None


def codec_of_name(name: str) -> tuple[Codec | None, str]:
    """The codec that a file's name speaks of, and the name without its suffix.

    >>> codec, name = codec_of_name("a.jsonl.gz"); codec.name, name
    ('gzip', 'a.jsonl')
    >>> codec_of_name("a.tgz")[1], codec_of_name("a.txt")
    ('a.tar', (None, 'a.txt'))
    """
    lower = name.lower()
    for codec in CODECS:
        for suffix in codec.suffixes:
            if lower.endswith(suffix):
                return codec, name[: -len(suffix)]
            short = f".t{suffix[1:]}"
            if lower.endswith(short):
                return codec, f"{name[: -len(short)]}.tar"
    if lower.endswith((".tbz", ".tbz2")):
        return CODECS[2], f"{name.rpartition('.')[0]}.tar"
    return None, name
