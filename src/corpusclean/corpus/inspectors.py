"""What a run would change, said by the workers, where the sources are at hand."""

from __future__ import annotations

from typing import Any

from ..cleaner import Cleaner
from ..config import CleanConfig
from .excerpts import line_rows
from .records import Cleaned, Record

__all__ = ["ChangeInspector"]

PIECES = 1_000  # stretches of one line


class ChangeInspector:
    """Tells of each document whether cleaning changes it, and if asked which lines and how.

    A document is unchanged if its bytes are the UTF-8 of its clean text; so one in another encoding is changed.

    Attributes:
        lines: how many changed lines are told of each document; 0 for none.

    >>> cleaner, record = Cleaner(), Record("a.txt", "a.txt", "Ça va très bien".encode("latin-1"))
    >>> cleaned = Cleaned("a.txt", 9, cleaner.clean(record.source, id="a.txt"))
    >>> ChangeInspector(cleaner).look(0, record, cleaned)
    {'id': 'a.txt', 'encoding': 'windows-1252', 'edits': {}, 'lines': [], 'left_out': 0}
    """

    def __init__(self, cleaner: Cleaner, *, lines: int = 0) -> None:
        self.lines = lines
        self._with_ledger = Cleaner(CleanConfig.make(cleaner.config, ledger=True))

    def look(self, number: int, record: Record, cleaned: Cleaned) -> dict[str, Any] | None:  # noqa: ARG002
        """What changes in this document; ``None`` if nothing does.

        Args:
            number: of the record; told by what calls every inspector.
            record: as it went in.
            cleaned: as it came out.
        """
        document, source = cleaned.document, record.source
        same = document.text == source if isinstance(source, str) else _bytes(document.text) == source
        if same:
            return None
        rows: list[dict[str, Any]] = []
        left_out = 0
        if self.lines:
            if document.ledger is None:
                document = self._with_ledger.clean(
                    source, url=record.url, http_charset=record.http_charset, media_type=record.media_type, id=record.id
                )
            if document.ledger is not None:
                rows, left_out = line_rows(document.ledger.revision, self.lines, PIECES)
        return {
            "id": document.id,
            "encoding": document.metadata.encoding,
            "edits": dict(document.metadata.clean.get("edits", {})),
            "lines": rows,
            "left_out": left_out,
        }


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
