"""Tar archives: each member is a file of its own, read as the archive streams by.

The headers are walked here, since :mod:`tarfile` takes a damaged one for the end of the archive and says nothing, and
holds a name of any size. Nothing is ever written, so a name cannot lead anywhere; links are never followed.
"""

from __future__ import annotations

import tarfile
from collections.abc import Iterator

from .fields import Place
from .layers import part_of_stream
from .readers_zip import Contents, is_hidden
from .reading import Reading, faulty
from .records import Record, Trouble
from .streams import Stream

__all__ = ["read_tar"]

BLOCK = tarfile.BLOCKSIZE
MAX_NAME = 2**20  # bytes of a name, or of a set of attributes; one that claims more is damaged
LONG_NAME, LONG_LINK, PAX, PAX_GLOBAL = b"L", b"K", b"x", b"g"
REGULAR = (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE)
SKIPPED = {tarfile.SYMTYPE: "link", tarfile.LNKTYPE: "link", tarfile.CHRTYPE: "device", tarfile.BLKTYPE: "device"}
SKIPPED[tarfile.FIFOTYPE] = "named pipe"
MEND = "fetch the file again, or mend it"


def read_tar(stream: Stream, place: Place, reading: Reading, contents: Contents) -> Iterator[Record | Trouble]:
    """The members of a tar archive, as they come.

    Args:
        stream: the archive, decompressed.
        place: where it is.
        reading: how to read.
        contents: reads one member.
    """
    empty, damaged, said = True, False, {}
    while True:
        block = stream.read(BLOCK)
        if len(block) < BLOCK:
            break
        if not block.strip(b"\0"):
            continue  # the end, or another archive joined on to it
        try:
            member = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
        except tarfile.HeaderError as error:
            if not damaged:
                at = stream.offset - BLOCK
                yield Trouble(place.label, "failed", f"its header at byte {at} is damaged: {error}", remedy=MEND)
            damaged, empty = True, False
            continue  # until a block that is one
        damaged = False
        size = max(member.size, 0)
        if member.type in (LONG_NAME, LONG_LINK, PAX, PAX_GLOBAL):
            data = stream.read(min(size, MAX_NAME))
            stream.skip(size - len(data) + -size % BLOCK)
            if member.type == LONG_NAME:
                said["path"] = data.rstrip(b"\0").decode("utf-8", "surrogateescape")
            elif member.type == PAX:
                said |= _attributes(data)
            continue
        member.name = said.get("path", member.name)
        if said.get("size", "").isdigit():
            size = int(said["size"])
        is_sparse = member.type == tarfile.GNUTYPE_SPARSE or any(name.startswith("GNU.sparse.") for name in said)
        said = {}
        if member.isdir():
            continue
        empty = False
        stream.next_document()
        after = stream.offset + size + -size % BLOCK
        if is_sparse:
            here = place.member(member.name)
            yield Trouble(here.label, "rejected", "it is a sparse file", remedy="unpack the archive first")
        elif member.type in REGULAR and not is_hidden(member.name):
            yield from contents(part_of_stream(stream, size), place.member(member.name), member.name)
        else:
            what = "hidden file" if member.type in REGULAR else SKIPPED.get(member.type, "unknown member")
            reading.pass_over(f"{what} in an archive")
            after = stream.offset if member.type in SKIPPED else after
        stream.skip(after - stream.offset)
    yield from _ended(stream, block, place, empty=empty)


def _ended(stream: Stream, block: bytes, place: Place, *, empty: bool) -> Iterator[Trouble]:
    if fault := stream.fault:
        yield faulty(place, fault, f"after byte {stream.offset}")
    elif block:
        yield Trouble(place.label, "failed", f"it ends in the middle of a header, at byte {stream.offset}", remedy=MEND)
    elif empty:
        yield Trouble(place.label, "rejected", "the archive holds no files")


def _attributes(data: bytes) -> dict[str, str]:
    r"""Those attributes of a POSIX header that are needed here, up to what is damaged.

    >>> _attributes(b"12 path=a/b\n11 mtime=1\n9 size=7\n")
    {'path': 'a/b', 'size': '7'}
    """
    found, at = {}, 0
    while at < len(data):
        digits = data[at : at + 20].partition(b" ")[0]
        if not digits.isdigit() or not (size := int(digits)):
            break
        name, equals, value = data[at + len(digits) + 1 : at + size].rstrip(b"\n").partition(b"=")
        if equals and (name in (b"path", b"size") or name.startswith(b"GNU.sparse.")):
            found[name.decode("utf-8", "replace")] = value.decode("utf-8", "surrogateescape")
        at += size
    return found
