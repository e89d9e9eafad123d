"""Zip archives: each member is a file of its own.

Nothing is ever written, so a name cannot lead anywhere; links are never followed.
"""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Callable, Iterator
from typing import IO

from ..decoding import decode
from ..errors import BinaryInputError
from .fields import Place
from .layers import unpacked
from .reading import Reading
from .records import Record, Trouble
from .streams import Stream

__all__ = ["Contents", "is_hidden", "read_zip"]

Contents = Callable[[Stream, Place, str], Iterator[Record | Trouble]]

METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # of the others, zipfile decompresses any amount at once
UTF8_NAME, ENCRYPTED = 0x800, 0x1
MEND = "fetch the file again, or mend it"


def read_zip(file: IO[bytes], place: Place, reading: Reading, contents: Contents) -> Iterator[Record | Trouble]:
    """The members of a zip archive, in its order.

    Args:
        file: the archive; must be able to seek.
        place: where it is.
        reading: how to read.
        contents: reads one member.
    """
    try:
        archive = zipfile.ZipFile(file)
        members = archive.infolist()
    except Exception as error:  # BadZipFile, and what its parser trips over
        yield Trouble(place.label, "failed", f"it cannot be read as zip: {_said(error)}", remedy=MEND)
        return
    names = _zip_names(members)
    empty = True
    for member, name in zip(members, names, strict=True):
        mode = member.external_attr >> 16
        if member.is_dir():
            continue
        empty = False
        here = place.member(name)
        if is_hidden(name):
            reading.pass_over("hidden file in an archive")
        elif stat.S_ISLNK(mode):
            reading.pass_over("link in an archive")
        elif member.flag_bits & ENCRYPTED:
            yield Trouble(here.label, "rejected", "it is encrypted", remedy="decrypt the archive first")
        elif member.compress_type not in METHODS:
            what = f"it is packed with method {member.compress_type}, which few programs know"
            yield Trouble(here.label, "rejected", what, remedy="unpack the archive first")
        else:
            try:
                with archive.open(member) as opened:
                    yield from contents(unpacked(opened, reading.limits, member.compress_size), here, name)
            except GeneratorExit:
                raise
            except Exception as error:  # an unknown method, a broken file, and more
                yield Trouble(here.label, "failed", f"it cannot be read: {_said(error)}", remedy=MEND)
    if empty:
        yield Trouble(place.label, "rejected", "the archive holds no files")


def _zip_names(members: list[zipfile.ZipInfo]) -> list[str]:
    """The names of members. Archives made on Chinese or Japanese Windows have them in its code page, and don't say so.

    All names of an archive are in the same encoding, so they are judged together.
    """
    raw = [
        member.orig_filename.encode("cp437", "replace")
        for member in members
        if not member.flag_bits & UTF8_NAME and not member.orig_filename.isascii()
    ]
    if not raw:
        return [member.filename for member in members]
    try:
        decoded = decode(b"\n".join(raw)).text.split("\n")
    except BinaryInputError:
        decoded = []
    if len(decoded) != len(raw):
        return [member.filename for member in members]
    fresh = iter(decoded)
    return [
        member.filename if member.flag_bits & UTF8_NAME or member.orig_filename.isascii() else next(fresh)
        for member in members
    ]


def is_hidden(name: str) -> bool:
    """Whether a member would be passed over in a folder too, or is what macOS adds to archives."""
    return any((part.startswith(".") and part not in (".", "..")) or part == "__MACOSX" for part in name.split("/"))


def _said(error: Exception) -> str:
    return str(error)[:200] or type(error).__name__
