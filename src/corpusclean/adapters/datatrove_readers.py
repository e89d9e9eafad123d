"""datatrove readers that carry bytes: files as they are, and WARC responses with what the server said of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from .datatrove import RAW
from .extras import optional_class, require
from .rows import media_type_of

if TYPE_CHECKING:

    class BaseDiskReader:
        """What we use of datatrove's base class."""

        data_folder: Any

        def __init__(self, data_folder: Any, **options: Any) -> None: ...
        def stat_update(self, *labels: str, value: int = 1, unit: str | None = None) -> None: ...
        def track_time(self, unit: str | None = None) -> Any: ...

else:
    BaseDiskReader = optional_class("datatrove.pipeline.readers.base", "BaseDiskReader")

__all__ = ["RawReader", "RawWarcReader"]


class _RawDiskReader(BaseDiskReader):
    """Makes documents whose bytes are their medium; ``text`` is empty until ``CorpusClean`` has run."""

    default_metadata: dict[str, Any] | None

    def _document(self, data: bytes, name: str, path: str, *, url: str, said: dict[str, Any], **known: Any) -> Any:
        with self.track_time():
            model = require("datatrove.data")
            medium = model.Media(RAW, model.MediaType.DOCUMENT, url, length=len(data), media_bytes=data, metadata=said)
            metadata = dict(self.default_metadata or {}) | {key: value for key, value in known.items() if value}
            if url:
                metadata["url"] = url
            metadata["file_path"] = self.data_folder.resolve_paths(path)
            return model.Document("", name, [medium], metadata)


class RawReader(_RawDiskReader):
    """Each file is one document, its bytes untouched; the id is the path inside the folder.

    Args:
        data_folder: a folder, local or remote, as of datatrove's readers.
        **options: of ``BaseDiskReader``: ``glob_pattern``, ``recursive``, ``limit``, ``paths_file`` …
    """

    name = "🧹 raw files"

    def read_file(self, filepath: str) -> Iterator[Any]:
        """The document of one file."""
        with self.data_folder.open(filepath, "rb") as stream:
            data = stream.read()
        is_html = filepath.lower().endswith((".html", ".htm", ".xhtml"))
        yield self._document(data, filepath, filepath, url="", said={"media_type": "text/html"} if is_html else {})


class RawWarcReader(_RawDiskReader):
    """Each HTML or plain-text response (or WET conversion) of a WARC file is one document, its payload untouched.

    The id is the record's; the target address, the date, the declared charset and the media type are carried along.
    A charset that UTF-8 is not, which makes datatrove's own reader guess or drop, is for the cleaner to judge.
    Responses of other media types are passed over and counted (``other_media_type``).

    Args:
        data_folder: a folder of ``.warc``, ``.warc.gz`` or ``.warc.zst`` files, local or remote.
        **options: of ``BaseDiskReader``: ``glob_pattern``, ``recursive``, ``limit``, ``paths_file`` …
    """

    name = "🧹 raw WARC"

    def read_file(self, filepath: str) -> Iterator[Any]:
        """The documents of one WARC file."""
        warc = require("fastwarc.warc")
        wanted = warc.WarcRecordType.response | warc.WarcRecordType.conversion
        with self.data_folder.open(filepath, "rb") as stream:
            for record in warc.ArchiveIterator(stream, record_types=wanted, parse_http=True, auto_decode="all"):
                is_response = record.record_type == warc.WarcRecordType.response
                headers = record.http_headers if is_response else record.headers
                kind = (headers.get("Content-Type") if headers is not None else None) or ""
                if kind and media_type_of(kind)[0] is None:
                    self.stat_update("other_media_type")
                    continue
                yield self._document(
                    record.reader.read(),
                    record.record_id,
                    filepath,
                    url=record.headers.get("WARC-Target-URI") or "",
                    warc_date=record.headers.get("WARC-Date"),
                    said={"media_type": kind, "http_charset": None if is_response else "utf-8"},
                )
