"""Dolma: a tagger whose attribute spans are the cleaner's edits, in offsets of the document as it is.

Dolma keeps documents and what is known of them apart: taggers write attributes, and the mixer applies those that a
recipe names. The spans say what corpusclean would change, by rule, without changing it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ..cleaner import Cleaner
from ..config import CleanConfig
from .rows import clean_row

__all__ = ["CorpusCleanTagger", "TaggedSpan"]


class TaggedSpan(NamedTuple):
    """One edit as Dolma sees it.

    Attributes:
        start, end: code points of the document's text.
        type: the rule's path, with ``__`` for ``/``; several rules at one place are joined by ``+``.
        score: the rule's confidence, 0.0 to 1.0.
        replacement: what would stand there.
    """

    start: int
    end: int
    type: str
    score: float
    replacement: str


class CorpusCleanTagger:
    """Tags each span of a document that cleaning would change.

    Register it with ``dolma.add_tagger("corpusclean")`` on a class that derives from Dolma's ``BaseTagger`` too, and
    give it the classes that Dolma wants back::

        @add_tagger("corpusclean")
        class Tagger(CorpusCleanTagger, BaseTagger):
            result, span = DocResult, Span

    >>> [(span.start, span.end, span.replacement) for span in CorpusCleanTagger(script="hant").spans("看国家")]
    [(1, 2, '國')]
    """

    result: Any = None
    span: Any = None

    def __init__(self, cleaner: Cleaner | None = None, *, experiment: str = "exp", **overrides: Any) -> None:
        """Take a cleaner, or the options of one; it keeps its edits. `experiment` begins the attributes' names."""
        super().__init__()
        self.experiment = experiment
        self.cleaner = Cleaner(CleanConfig.make(cleaner.config if cleaner else None, **overrides | {"ledger": True}))

    def spans(self, text: str) -> Iterator[TaggedSpan]:
        """The edits that take characters away or replace them, in order; pure insertions have no span.

        A document that is rejected or fails has none.
        """
        document = clean_row(self.cleaner, text).document
        if document is not None and document.ledger is not None:
            for edit in document.ledger.revision.edits:
                if edit.start < edit.end and not edit.is_mark:
                    rule = edit.rule.replace("/", "__")
                    yield TaggedSpan(edit.start, edit.end, rule, edit.confidence, edit.after)

    def attributes(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """The row of Dolma's attributes file: ``[start, end, score]`` by ``experiment__corpusclean__rule``."""
        found: dict[str, list[list[Any]]] = {}
        for span in self.spans(document["text"]):
            found.setdefault(f"{self.experiment}__corpusclean__{span.type}", []).append(
                [span.start, span.end, span.score]
            )
        return {"id": document["id"], "attributes": found}

    def predict(self, doc: Any) -> Any:
        """Dolma's entry: the document's spans, in Dolma's own classes where ``result`` and ``span`` name them."""
        spans: list[Any] = list(self.spans(doc.text))
        if self.span is not None:
            spans = [self.span(start=s.start, end=s.end, type=s.type, score=s.score) for s in spans]
        return self.result(doc=doc, spans=spans) if self.result is not None else spans
