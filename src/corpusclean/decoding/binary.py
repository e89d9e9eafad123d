r"""Bytes that are no text: what they look like, and how to tell.

Text has control bytes too (NULs where a database padded, form feeds, stray bells), so they alone refuse nothing until
they are more than one byte in eighteen.
"""

from __future__ import annotations

from ..errors import BinaryInputError

__all__ = ["MAX_CONTROLS", "control_share", "high_share", "magic", "refuse", "without_controls"]

MAX_CONTROLS = 0.055
_CONTROLS = bytes([*range(9), 0x0B, *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F])
_HIGH = bytes(range(0x80, 0x100))
_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"\x1f\x8b\x08", "gzip-compressed data"),
    (b"BZh91AY&SY", "bzip2-compressed data"),
    (b"\xfd7zXZ\x00", "xz-compressed data"),
    (b"(\xb5/\xfd", "zstandard-compressed data"),
    (b"PK\x03\x04", "a zip archive (or an office document or an e-book, which are zip archives)"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x7fELF", "an ELF program"),
    (b"MZ\x90\x00", "a Windows program"),
    (b"\xca\xfe\xba\xbe\x00", "a Java class or a Mach-O program"),
    (b"\xcf\xfa\xed\xfe", "a Mach-O program"),
    (b"%PDF-", "a PDF document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (OLE)"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"OggS\x00", "Ogg audio or video"),
    (b"ID3\x03\x00", "MP3 audio"),
    (b"ID3\x04\x00", "MP3 audio"),
    (b"\x00asm\x01\x00\x00\x00", "a WebAssembly module"),
    (b"wOFF\x00", "a WOFF font"),
    (b"wOF2\x00", "a WOFF2 font"),
    (b"\x00\x01\x00\x00\x00", "a TrueType font"),
    (b"PAR1", "a Parquet file"),
    (b"ARROW1\x00\x00", "an Arrow file"),
    (b"\x80\x04\x95", "a Python pickle"),
)
_FIRST_BYTES = frozenset(start[:1] for start, _ in _MAGIC)
_INNER = ((4, b"ftyp", "an MP4 or HEIF file"), (257, b"ustar", "a tar archive"), (8, b"WEBPVP8", "a WebP image"))


def magic(data: bytes) -> str | None:
    r"""What the first bytes say that the file is, if it is a known kind that is no text.

    >>> magic(b"\x1f\x8b\x08\x00"), magic(b"GIF is short for")
    ('gzip-compressed data', None)
    """
    if data[:1] in _FIRST_BYTES:
        for start, what in _MAGIC:
            if data.startswith(start):
                return what
    for at, mark, what in _INNER:
        if data[at : at + len(mark)] == mark and b"\x00" in data[:512]:
            return what
    return None


def control_share(data: bytes) -> float:
    r"""The share of bytes that are control characters; white space and escape sequences are none.

    >>> control_share(b"ab\x00\n")
    0.25
    """
    return 1 - len(data.translate(None, _CONTROLS)) / len(data) if data else 0.0


def high_share(data: bytes) -> float:
    r"""The share of bytes that are not ASCII.

    >>> high_share(b"ab\xe9t")
    0.25
    """
    return 1 - len(data.translate(None, _HIGH)) / len(data) if data else 0.0


def without_controls(data: bytes) -> bytes:
    r"""`data` without its control characters, for statistics.

    >>> without_controls(b"a\x00b")
    b'ab'
    """
    return data.translate(None, _CONTROLS)


def refuse(data: bytes, what: str) -> BinaryInputError:
    r"""The error for bytes that look like `what`.

    >>> print(refuse(b"\x7fELF", "an ELF program"))
    the input is binary: it looks like an ELF program (offset 0: 7f 45 4c 46); give text, or extract the text first
    """
    return BinaryInputError(
        f"the input is binary: it looks like {what}",
        where=f"offset 0: {data[:8].hex(' ')}",
        remedy="give text, or extract the text first",
    )
