"""What decoding hands back: the text, and everything that speaks for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ..ledger import ByteSpan, DecodeRecord

__all__ = ["Decoded", "Vote"]


class Vote(NamedTuple):
    """One piece of evidence for an encoding.

    Attributes:
        source: who says so: ``bom``, ``http``, ``meta``, ``structure``, ``chardet``, ``plausibility`` …
        encoding: the WHATWG name it speaks for.
        weight: how much it counts, 0.0 to 1.0.
        detail: the evidence in a few words.

    >>> Vote("bom", "utf-8", 1.0, "EF BB BF").encoding
    'utf-8'
    """

    source: str
    encoding: str
    weight: float
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text decoded from bytes.

    Attributes:
        text: the decoded text, complete: byte-order mark gone, every undecodable byte a U+FFFD.
        encoding: WHATWG name of the main encoding in lower case; ``None`` where the evidence decides nothing.
        confidence: probability that `text` is right, 0.0 to 1.0.
        evidence: every vote, the strongest first.
        record: how the text becomes the bytes again.
        limits: bounds that were hit: ``decoding.alignment`` where suspicious bytes were not searched for lost ones.

    >>> from corpusclean import decode
    >>> got = decode("會議".encode("big5"), http_charset="big5")
    >>> got.text, got.encoding, got.damage
    ('會議', 'big5', ())
    """

    text: str
    encoding: str | None
    confidence: float
    evidence: tuple[Vote, ...]
    record: DecodeRecord
    limits: tuple[str, ...] = ()

    @property
    def damage(self) -> tuple[ByteSpan, ...]:
        """Spans whose bytes were lost or judged; empty for undamaged input."""
        return self.record.damage
