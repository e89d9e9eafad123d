"""What a step is, what it is told, and what it hands back.

A step is a function-like object with one method, ``revise(text, context) -> Outcome``. It changes text only by
the revision it returns, knows no other step, does no input or output, and keeps nothing between documents.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from .edits import Revision

if TYPE_CHECKING:
    from .config import CleanConfig
    from .lines import LineFeatures

__all__ = ["Candidate", "Context", "Findings", "Outcome", "Script", "ScriptReport", "Step", "View"]

Script = Literal["hans", "hant", "mixed", "ja", "ko", "none"]


class Candidate(NamedTuple):
    """A value that a step proposes for a metadata field, with its evidence.

    Attributes:
        field: name of a field of :class:`~corpusclean.Metadata`.
        value: the value proposed.
        confidence: 0.0 to 1.0; the highest wins, the first among equals.
        evidence: where it was seen, such as ``json-ld``, ``byline``, ``h1``.
        raw: whether the value is text of the page that has not yet gone through repair.

    >>> Candidate("views", 128, 0.9, "byline").field
    'views'
    """

    field: str
    value: str | int
    confidence: float
    evidence: str
    raw: bool = False


@dataclass(frozen=True, slots=True)
class ScriptReport:
    """Which script a text is written in.

    Attributes:
        script: ``hans``, ``hant``, ``mixed``, ``ja``, ``ko``, or ``none`` (no East Asian text to speak of).
        shares: share of each script among the letters that tell, summing to 1.0 (empty if none tell).
        naive: how likely Traditional text was made character by character from Simplified, 0.0 to 1.0.
        region: ``tw`` or ``hk`` where the evidence is strong, else ``None``.
        lines: the verdict on each line, where the caller asked for it.

    >>> from corpusclean import detect_script
    >>> report = detect_script("這個國家的經濟發展", lines=True)
    >>> report.script, report.lines
    ('hant', ('hant',))
    """

    script: Script
    shares: Mapping[str, float] = field(default_factory=dict)
    naive: float = 0.0
    region: Literal["tw", "hk"] | None = None
    lines: tuple[Script, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a document when a step begins.

    Attributes:
        config: how to clean.
        url: address of the document, if known.
        http_charset: what the server declared.
        encoding: WHATWG name of the encoding, ``None`` for a ``str`` source.
        is_html: whether the source was taken for HTML.
        features: what the markup said of each line, one for each; ``None`` for plain text.
        candidates: what earlier steps proposed as metadata.
        script: the script, once detected.
        today: no page can have been published later than this.
    """

    config: CleanConfig
    url: str | None = None
    http_charset: str | None = None
    encoding: str | None = None
    is_html: bool = False
    features: tuple[LineFeatures, ...] | None = None
    candidates: tuple[Candidate, ...] = ()
    script: ScriptReport | None = None
    today: datetime.date = field(default_factory=datetime.date.today)


@dataclass(frozen=True, slots=True)
class Findings:
    """What a step learned; the cleaner alone merges it into the context and the metadata.

    Attributes:
        candidates: proposed metadata values.
        features: of each line of the text after the step, if the step knows them.
        script: what the text was written in when the step began.
        warnings: sentences for the reader of the metadata.
        limits: names of the bounds that were hit.
        signals: measured properties of the text, by name.
        settled: whether the step is known to propose nothing for its own result, in the same context.
        glimpse: what the step made of the text it was given, for :meth:`Step.looks_alike` alone.
    """

    candidates: tuple[Candidate, ...] = ()
    features: tuple[LineFeatures, ...] | None = None
    script: ScriptReport | None = None
    warnings: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    signals: Mapping[str, float | str] = field(default_factory=dict)
    settled: bool = False
    glimpse: object = None


class Outcome(NamedTuple):
    """What a step hands back: the revision it proposes, and what it learned."""

    revision: Revision
    findings: Findings = Findings()


class Step(Protocol):
    """One arrow of the road from bytes to a document."""

    name: str

    def revise(self, text: str, context: Context) -> Outcome:
        """Propose a revision of `text`; never raise for what the text is."""
        ...

    def looks_alike(self, one: View, other: View) -> bool:
        """Whether the step cannot tell two views apart: as it has nothing to propose for `one`, so not for `other`.

        A step that answers no is asked again, so no is always a safe answer.
        """
        ...


class View(NamedTuple):
    """What a step is given: a text, and what is known of its document; and what it made of the text, if it said so."""

    text: str
    context: Context
    glimpse: object = None
