"""datatrove: a step that cleans documents, and readers that hand it the bytes as they were found.

datatrove's own readers decode while they read: a page that is not UTF-8 is guessed at once, or dropped. The readers
in :mod:`.datatrove_readers` carry the bytes as the document's medium instead, and :class:`CorpusClean` decodes them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from ..cleaner import Cleaner
from ..config import CleanConfig
from .extras import optional_class
from .rows import clean_row

if TYPE_CHECKING:

    class PipelineStep:
        """What we use of datatrove's base class."""

        def stat_update(self, *labels: str, value: int = 1, unit: str | None = None) -> None: ...
        def update_doc_stats(self, document: Any) -> None: ...
        def track_time(self, unit: str | None = None) -> Any: ...

else:
    PipelineStep = optional_class("datatrove.pipeline.base", "PipelineStep")

__all__ = ["RAW", "CorpusClean"]

RAW = "corpusclean/raw"  # the id of the medium that carries a document's bytes


class CorpusClean(PipelineStep):
    """Clean each document: its raw medium where it has one, else its text.

    The clean text replaces the text; what cleaning learned (title, date, language, ``clean`` …) is put into
    ``metadata``, over what stood there. A document that cannot be cleaned is dropped, counted by status, and given
    to `exclusion_writer` with ``metadata["corpusclean"] = {"status": …, "reason": …}``, so that none is lost.

    Statistics: ``total``, ``forwarded``, ``dropped``, ``dropped_rejected``, ``dropped_failed``, ``edits``,
    ``removed_chars``; and the time per document.

    Args:
        cleaner: how to clean: a cleaner, a configuration, or ``None`` for the default one.
        exclusion_writer: a datatrove writer for the documents that are dropped.
        **overrides: options of :class:`corpusclean.CleanConfig`, such as ``script="hant-tw"``.
    """

    name = "🧹 corpusclean"
    type = "✂️ - FORMAT"

    def __init__(
        self, cleaner: Cleaner | CleanConfig | None = None, *, exclusion_writer: Any = None, **overrides: Any
    ) -> None:
        super().__init__()
        config = cleaner.config if isinstance(cleaner, Cleaner) else cleaner
        self.cleaner = Cleaner(config, **overrides)
        self.exclusion_writer = exclusion_writer

    def run(self, data: Iterable[Any], rank: int = 0, world_size: int = 1) -> Iterator[Any]:  # noqa: ARG002
        """Clean the documents of one task as they come."""
        with self.exclusion_writer or contextlib.nullcontext() as writer:
            for document in data:
                self.stat_update("total")
                with self.track_time():
                    status = self._clean(document)
                if status == "cleaned":
                    self.stat_update("forwarded")
                    self.update_doc_stats(document)
                    yield document
                    continue
                self.stat_update("dropped", f"dropped_{status}")
                if writer is not None:
                    writer.write(document, rank)

    def _clean(self, document: Any) -> str:
        """Clean one datatrove document in place, and say what became of it."""
        raw = next((medium for medium in document.media if medium.id == RAW), None)
        said = raw.metadata if raw is not None else {}
        row = clean_row(
            self.cleaner,
            document.text if raw is None else raw.media_bytes,
            id=document.id,
            url=document.metadata.get("url"),
            http_charset=said.get("http_charset"),
            media_type=said.get("media_type"),
        )
        if row.document is None:
            document.metadata["corpusclean"] = {"status": row.status, "reason": row.reason}
            return row.status
        document.media = [medium for medium in document.media if medium is not raw]
        values = row.document.to_dict()
        document.id, document.text = values.pop("id"), values.pop("text")
        document.metadata |= values.pop("metadata")
        document.metadata |= values  # with ledger=True: removed, ledger
        clean = document.metadata["clean"]
        self.stat_update("edits", value=sum(clean["edits"].values()))
        self.stat_update("removed_chars", value=sum(clean["removed"].values()))
        return row.status
