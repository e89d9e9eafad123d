"""NeMo Curator: a ``DocumentModifier`` of its published shape (``modify_document(text) -> text``)."""

from __future__ import annotations

from typing import Any

from ..cleaner import Cleaner
from .rows import clean_row

__all__ = ["CorpusCleanModifier"]


class CorpusCleanModifier:
    """Cleans the text field of a document batch: ``Modify(CorpusCleanModifier())``.

    A modifier sees text and gives text: metadata is not kept, and a document that cannot be cleaned (it is larger than
    ``limits.input_bytes``) comes back empty, for NeMo Curator's length filter to drop. Where metadata matters, run the
    Arrow kernel over the batch instead. To derive from NeMo Curator's class as well::

        class CorpusClean(CorpusCleanModifier, DocumentModifier): ...

    >>> CorpusCleanModifier(script="hant").modify_document("国家")
    '國家'
    """

    def __init__(self, cleaner: Cleaner | None = None, **overrides: Any) -> None:
        """Take a cleaner, or the options of one."""
        super().__init__()
        self._name = "corpusclean"
        self.cleaner = cleaner or Cleaner(**overrides)

    @property
    def name(self) -> str:
        """The modifier's name in NeMo Curator's logs."""
        return self._name

    def modify_document(self, text: str) -> str:
        """The clean text; empty where the document was rejected or failed."""
        row = clean_row(self.cleaner, text)
        return row.document.text if row.document is not None else ""
