"""Readers: paths, folders, archives and standard input become records, one at a time.

A reader never raises for what it finds. A file that cannot be read is a :class:`Trouble` like any other, so that
the documents beside it are cleaned and the count at the end still adds up. Nor does it hold a file in memory: one
document, or one small batch of rows, is what there is at any time.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import IO

from ..errors import MissingExtraError
from ..limits import Limits
from .codecs import codec_of_bytes, codec_of_name
from .fields import Fields, Place
from .kinds import Kind, kind_of, media_type_of_name
from .layers import inflated, opened
from .readers_csv import read_csv
from .readers_parquet import read_parquet
from .readers_rows import read_rows
from .readers_tar import read_tar
from .readers_warc import read_warc
from .readers_zip import read_zip
from .reading import Reading, faulty, too_large, unreadable
from .records import Record, Trouble
from .sources import find
from .streams import CHUNK, Stream

__all__ = ["read"]

MAGIC_BYTES = 16
MAX_LAYERS = 2


def read(
    sources: Iterable[str],
    *,
    limits: Limits | None = None,
    leave_out: frozenset[Path] = frozenset(),
    fields: Fields | None = None,
    passed_over: Counter[str] | None = None,
) -> Iterator[Record | Trouble]:
    """The records of files, folders, patterns, remote paths and standard input (``-``), in an order that is always so.

    What a file holds is told by its name, and where that says nothing by its first bytes: rows (JSON lines, CSV,
    Parquet), responses (WARC), members (zip, tar), or else one document; each may be compressed. Below a folder, names
    are taken in sorted order, and those that begin with a dot are passed over, as by the shell.

    Args:
        sources: as the user gave them.
        limits: ``input_bytes`` bounds what is read of one document, ``decompressed_bytes`` and
            ``decompressed_ratio`` what is decompressed for it.
        leave_out: resolved paths that are not inputs, such as the output of this very run.
        fields: which fields of a row hold what.
        passed_over: grows with what is passed over since it is no document, such as the requests of a WARC.

    >>> [trouble] = read(["missing.txt"])
    >>> print(trouble)
    missing.txt: there is no such file or folder; check the path
    """
    reading = Reading(limits or Limits(), fields or Fields(), passed_over if passed_over is not None else Counter())
    for source in find(sources, leave_out):
        if isinstance(source, Trouble):
            yield source
            continue
        try:
            with source.open() as file:
                yield from _file(file, source.place, source.file_name, reading)
        except GeneratorExit:
            raise
        except Exception as error:  # a remote file system can raise anything when it opens or closes a file
            yield unreadable(source.place, error)


def _file(file: IO[bytes], place: Place, name: str, reading: Reading) -> Iterator[Record | Trouble]:
    """The records of one open file."""
    below = opened(file)
    stream, name, trouble = _decompressed(below, place, name, reading)
    if trouble is not None:
        yield trouble
        return
    yield from _contents(stream, place, name, reading, file if stream is below else None)


def _decompressed(stream: Stream, place: Place, name: str, reading: Reading) -> tuple[Stream, str, Trouble | None]:
    """A stream without its compression, told by its first bytes, and its name without that suffix."""
    for layer in range(MAX_LAYERS + 1):
        head = stream.peek(MAGIC_BYTES)
        said, shorter = codec_of_name(name)
        codec = codec_of_bytes(head) or said
        if not head or codec is None:
            break
        if layer == MAX_LAYERS:
            what = f"it is compressed more than {MAX_LAYERS} times over"
            return stream, name, Trouble(place.label, "rejected", what, remedy="decompress it first")
        try:
            stream = inflated(stream, codec, reading.limits)
        except MissingExtraError as error:
            return stream, name, Trouble(place.label, "failed", error.what, error.where, error.remedy)
        name = shorter if said is not None else name
    return stream, name, None


def _contents(
    stream: Stream, place: Place, name: str, reading: Reading, file: IO[bytes] | None, *, in_archive: bool = False
) -> Iterator[Record | Trouble]:
    """The records of a file whose compression has been taken off.

    Args:
        stream: the file.
        place: where it is.
        name: what it is called, without the suffix of its compression.
        reading: how to read.
        file: the file itself, where it was not compressed.
        in_archive: it is a member of an archive already.
    """
    kind = kind_of(name, stream, reading.fields)
    if in_archive and kind in ("tar", "zip"):
        what = "it is an archive inside an archive"
        yield Trouble(place.label, "rejected", what, remedy="unpack the outer archive first")
    elif kind == "arc":
        remedy = "convert it (warcio recompress IN.arc.gz OUT.warc.gz)"
        yield Trouble(place.label, "rejected", "it is an ARC file, which came before WARC", remedy=remedy)
    elif kind in ("parquet", "zip"):
        yield from _seekable(kind, stream, place, reading, file)
    elif kind == "tar":
        yield from read_tar(stream, place, reading, partial(_member, reading))
    elif kind == "warc":
        yield from read_warc(stream, place, reading)
    elif kind == "rows":
        yield from read_rows(stream, place, reading)
    elif kind in ("csv", "tsv"):
        yield from read_csv(stream, place, reading, "\t" if kind == "tsv" else None)
    else:
        yield from _document(stream, place, name, reading)


def _member(reading: Reading, stream: Stream, place: Place, name: str) -> Iterator[Record | Trouble]:
    """The records of a member of an archive."""
    stream, name, trouble = _decompressed(stream, place, name, reading)
    if trouble is not None:
        yield trouble
    else:
        yield from _contents(stream, place, name, reading, None, in_archive=True)


def _seekable(
    kind: Kind, stream: Stream, place: Place, reading: Reading, file: IO[bytes] | None
) -> Iterator[Record | Trouble]:
    """The records of a file that is not read from front to back; one that can't seek is copied to the disk first."""
    with ExitStack() as stack:
        if file is None or not file.seekable():
            file = stack.enter_context(tempfile.TemporaryFile(prefix="corpusclean-"))
            while data := stream.read(CHUNK):
                file.write(data)
            if fault := stream.fault:
                yield faulty(place, fault)
                return
        file.seek(0)
        try:
            if kind == "zip":
                yield from read_zip(file, place, reading, partial(_member, reading))
            else:
                yield from read_parquet(file, place, reading)
        except MissingExtraError as error:
            yield Trouble(place.label, "failed", error.what, error.where, error.remedy)


def _document(stream: Stream, place: Place, name: str, reading: Reading) -> Iterator[Record | Trouble]:
    """A whole file as one document."""
    stream.next_document()
    stream.one_document()
    data = stream.read(reading.bound + 1)
    fault = stream.fault if len(data) <= reading.bound else None
    if fault and not fault.complete:
        yield faulty(place, fault)
    elif not data:
        yield Trouble(place.label, "rejected", "it is empty")
    elif len(data) > reading.bound:
        yield too_large(place, reading.bound)
    else:
        yield Record(place.label, place.name, data, media_type=media_type_of_name(name))
        if fault:
            yield faulty(place, fault)
