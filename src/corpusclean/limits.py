"""The bounds that keep one hostile document from costing more than its share."""

from __future__ import annotations

from dataclasses import dataclass, fields

from .errors import ConfigError

__all__ = ["Limits"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on one document. ``0`` lifts a bound.

    A bound marked *refuses* raises :class:`~corpusclean.errors.LimitExceeded`; every other one lets the
    document pass with less done to it, and the hit is recorded in ``metadata["clean"]["limits"]``.

    Attributes:
        input_bytes: size of the input in bytes; refuses.
        decompressed_bytes: what one document may take to decompress, what is passed over to reach its end included;
            refuses it, and what follows it in the same compressed file.
        decompressed_ratio: how many times larger than its compressed form a document in a file of its own may be,
            beyond 16 MiB; refuses.
        depth: nesting depth of markup; deeper text is kept, flattened.
        nodes: tags and text runs of one HTML document; past it the rest is kept as one flat run of text.
        lines: lines judged for boilerplate; documents with more keep all their lines.
        line_chars: code points of a line that is judged for boilerplate; a longer line stays, and only its beginning
            is looked at.
        edits: edits that one step may propose; past it the step leaves the document as it is.
        seconds: time that a run may spend on one document; past it, twice, the document is recorded as failed. Only a
            run holds this (:func:`corpusclean.corpus.run_corpus`, the command line): :meth:`corpusclean.Cleaner.clean`
            works in your own thread, which nothing can end safely from outside.

    >>> Limits(depth=10).depth
    10
    """

    input_bytes: int = 256 * 2**20
    decompressed_bytes: int = 2**30
    decompressed_ratio: int = 1000
    depth: int = 512
    nodes: int = 2_000_000
    lines: int = 1_000_000
    line_chars: int = 1_000_000
    edits: int = 20_000_000
    seconds: float = 60

    def __post_init__(self) -> None:
        for bound in fields(self):
            value = getattr(self, bound.name)
            whole = bound.type == "int"
            if isinstance(value, bool) or not isinstance(value, int if whole else int | float) or not value >= 0:
                raise ConfigError(
                    f"limits.{bound.name} must be a {'whole ' * whole}number that is not negative, not {value!r}",
                    remedy="0 lifts the bound",
                )
