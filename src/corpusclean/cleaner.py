"""The cleaner: the only place that knows the order of the steps.

::

    bytes ─decode─▶ text ─markup─▶ ─repair─▶ ─boilerplate─▶ ─script─▶ ─layout─▶ ─assess─▶ Document

The road is walked until it changes nothing more (nearly always the second walk finds nothing to do, and clean
text costs little), so that cleaning clean text changes nothing.
"""

from __future__ import annotations

import dataclasses
import datetime
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

from ._version import __version__
from .boilerplate import BoilerplateStep
from .candidates import choose
from .config import CleanConfig
from .decoding import decode
from .document import Document, Metadata, Removed
from .edits import Revision, RuleTally
from .errors import ConfigError, LedgerError, LimitExceeded
from .layout import LayoutStep
from .ledger import CodecRun, DecodeRecord, Ledger
from .markup import MarkupStep, looks_like_html
from .quality import QualityStep
from .repair import RepairStep
from .script import ScriptStep, engine_info
from .steps import Candidate, Context, Findings, Outcome, ScriptReport, Step, View

__all__ = ["Cleaner", "clean", "extract", "repair", "restore", "strip_boilerplate"]

MEDIA_TYPES = ("text/html", "text/plain")
MAX_ROUNDS = 4

_MARKUP = MarkupStep()
_REPAIR = RepairStep()
_BOILERPLATE = BoilerplateStep()
_SCRIPT = ScriptStep()
_LAYOUT = LayoutStep()
_QUALITY = QualityStep()
_TEXT_FIELDS = ("title", "subtitle", "author", "source", "site")


class Cleaner:
    """Cleans documents, configured once. Picklable, and safe to share between threads.

    Attributes:
        config: how to clean.

    >>> Cleaner(script=None).clean("你好，世界。").text
    '你好，世界。'
    """

    __slots__ = ("_steps", "config")

    def __init__(self, config: CleanConfig | None = None, **overrides: Any) -> None:
        """Take a configuration, or the default one, with `overrides` as in :meth:`CleanConfig.make`.

        Raises:
            ConfigError: an unknown option, or a value that it cannot take.
        """
        self.config = CleanConfig.make(config, **overrides)
        wanted = (
            (_REPAIR, self.config.repair.enabled),
            (_BOILERPLATE, self.config.boilerplate.enabled),
            (_SCRIPT, True),
            (_LAYOUT, self.config.layout.enabled),
        )
        self._steps: tuple[Step, ...] = tuple(step for step, enabled in wanted if enabled)

    def __reduce__(self) -> tuple[type[Cleaner], tuple[CleanConfig]]:
        return Cleaner, (self.config,)

    def __repr__(self) -> str:
        return f"<Cleaner {self.config.fingerprint}>"

    def clean(
        self,
        source: bytes | str,
        *,
        url: str | None = None,
        http_charset: str | None = None,
        media_type: str | None = None,
        id: str | None = None,  # noqa: A002  # the name of the field it fills
        today: datetime.date | None = None,
    ) -> Document:
        """Clean one document.

        Args:
            source: bytes in any encoding, or text; HTML or plain.
            url: its address, where known; becomes metadata.
            http_charset: the encoding that the server declared: a vote, not a verdict.
            media_type: ``text/html`` or ``text/plain`` ends the sniffing.
            id: its name; else made from a hash of the input.
            today: no later date is believed of a page (default: today).

        Returns:
            The document; with ``ledger=True`` in the configuration it can be restored.

        Raises:
            BinaryInputError: the bytes are no text.
            LimitExceeded: the input is larger than ``limits.input_bytes``.
            ConfigError: `media_type` is neither of the two.
        """
        if media_type is not None and media_type not in MEDIA_TYPES:
            raise ConfigError(f"unknown media_type: {media_type!r}", remedy=f"give one of {', '.join(MEDIA_TYPES)}")
        data = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
        bound = self.config.limits.input_bytes
        if bound and len(data) > bound:
            raise LimitExceeded(
                f"the input has {len(data)} bytes, more than limits.input_bytes = {bound}",
                remedy="raise limits.input_bytes, or split the input",
            )
        if isinstance(source, str):
            text = source
            decoding = DecodeRecord(None, (CodecRun(len(text), "utf-8"),))
            warnings: list[str] = []
            limits: tuple[str, ...] = ()
        else:
            decoded = decode(data, http_charset=http_charset, config=self.config.decoding, limits=self.config.limits)
            text, decoding = decoded.text, decoded.record
            warnings, limits = _decode_warnings(decoding), decoded.limits
        context = Context(
            config=self.config,
            url=url,
            http_charset=http_charset,
            encoding=decoding.encoding,
            today=today or datetime.date.today(),
        )
        walk = _Walk(context, warnings, limits)
        walk.settle(text, self._steps, media_type)
        context = walk.context
        assessed = _QUALITY.revise(walk.text, context).findings if self.config.quality.enabled else Findings()
        ledger = None
        if self.config.ledger:
            ledger = Ledger(decoding, tuple(walk.revisions), walk.text, len(data), zlib.crc32(data))
        return Document(
            id=id if id is not None else _hash(data),
            text=walk.text,
            metadata=self._metadata(walk, assessed),
            removed=tuple(walk.removed),
            ledger=ledger,
        )

    def _metadata(self, walk: _Walk, assessed: Findings) -> Metadata:
        context = walk.context
        if context.script is not walk.script:
            context = dataclasses.replace(context, script=walk.script)
        fields: dict[str, Any] = {}
        for name, candidate in choose((*context.candidates, *assessed.candidates)).items():
            fields[name] = self._presentable(candidate, context)
        if context.url is not None:
            fields["url"] = context.url
        report = context.script
        script: dict[str, Any] = {}
        if report is not None:
            script = {"naive": round(report.naive, 4), "region": report.region}
            if self.config.script.target is not None:
                engine = engine_info(self.config.script.backend)
                script |= {"target": self.config.script.target, **engine}
        done: dict[str, Any] = {
            "version": __version__,
            "config": self.config.fingerprint,
            "chars": {"in": walk.chars_in, "out": len(walk.text)},
            "edits": {rule: row.edits for rule, row in sorted(walk.tally.items())},
            "removed": {rule: row.removed for rule, row in sorted(walk.tally.items()) if row.removed},
            "warnings": list(dict.fromkeys((*walk.warnings, *assessed.warnings))),
            "limits": list(dict.fromkeys((*walk.limits, *assessed.limits))),
            "script": script,
        }
        return Metadata(
            **{name: value for name, value in fields.items() if value not in (None, "")},
            script=report.script if report is not None else None,
            encoding=context.encoding,
            quality=dict(assessed.signals),
            clean=done,
        )

    def _presentable(self, candidate: Candidate, context: Context) -> str | int:
        """A metadata value as it goes out: repaired if it comes from raw markup, and in the target script."""
        value = candidate.value
        if not isinstance(value, str) or candidate.field not in _TEXT_FIELDS:
            return value
        if candidate.raw and self.config.repair.enabled:
            value = _REPAIR.revise(value, context).revision.text
        return " ".join(_SCRIPT.revise(value, context).revision.text.split())


class _Walk:
    """One document on the road: the text so far, and what was learned."""

    def __init__(self, context: Context, warnings: Iterable[str], limits: Iterable[str]) -> None:
        self.context = context
        self.text = ""
        self.chars_in = 0
        self.revisions: list[Revision] = []
        self.removed: list[Removed] = []
        self.tally: dict[str, RuleTally] = {}
        self.warnings: list[str] = list(warnings)
        self.limits: list[str] = list(limits)
        self.script: ScriptReport | None = None
        self._marking: set[str] = set()
        self._seen: dict[str, tuple[View, Findings]] = {}

    def settle(self, text: str, steps: tuple[Step, ...], media_type: str | None) -> None:
        """Walk the road until nothing changes any more."""
        self.text = text
        self.chars_in = len(text)
        for walked in range(MAX_ROUNDS):
            before = self.text
            if media_type is None or walked:
                is_html = media_type != "text/plain" and looks_like_html(self.text)
            else:
                is_html = media_type == "text/html"
            known = self.context
            if is_html != known.is_html or known.features is not None or known.script is not None:
                self.context = dataclasses.replace(known, is_html=is_html, features=None, script=None)
            if is_html and self.context.config.markup.enabled:
                self.take(_MARKUP, first=not walked)
            for step in steps:
                self.take(step, first=not walked)
            if self.text == before:
                return
        self.warnings.append("the text did not settle: cleaning it again may change it further")

    def take(self, step: Step, *, first: bool) -> None:
        """Take one step, and merge what it found.

        What a page says of itself, and its script, is read on the first walk: later ones see a text that was
        already cleaned.
        """
        known = self.context
        view = View(self.text, known)
        revision, findings = self._again(step, view) or step.revise(self.text, known)
        bound = known.config.limits.edits
        if bound and not revision.empty and sum(row.edits for row in revision.tally.values()) > bound:
            self.limits.append(f"edits: the {step.name} step proposed more than {bound}, none were made")
            return
        if findings.features or findings.script or (findings.candidates and first):
            self.context = dataclasses.replace(
                known,
                features=findings.features or known.features,
                script=findings.script or known.script,
                candidates=(*known.candidates, *findings.candidates) if first else known.candidates,
            )
        self.script = self.script or findings.script
        self.warnings.extend(findings.warnings)
        self.limits.extend(findings.limits)
        if revision.empty or findings.settled:
            self._seen[step.name] = View(revision.text, known, findings.glimpse if revision.empty else None), findings
        if not first and not self._marking.isdisjoint(revision.tally):
            # what stays is marked again on each walk, but is one finding
            kept = [edit for edit in revision.edits if not (edit.is_mark and edit.rule in self._marking)]
            revision = Revision.of(revision.before, kept)
        if revision.empty:
            return
        for rule, row in revision.tally.items():
            self.tally[rule] = self.tally[rule] + row if rule in self.tally else row
            if row.marks_only:
                self._marking.add(rule)
        if step is _BOILERPLATE:
            self.removed.extend(
                Removed(edit.before, edit.rule, edit.confidence) for edit in revision.edits if edit.before.strip()
            )
        if known.config.ledger:
            self.revisions.append(revision)
        self.text = revision.text

    def _again(self, step: Step, view: View) -> Outcome | None:
        """What a step said before, if it has nothing to propose for what it now sees: it saw the like already."""
        seen = self._seen.get(step.name)
        if seen is None or not step.looks_alike(seen[0], view):
            return None
        return Outcome(Revision.unchanged(view.text), seen[1])


def _hash(data: bytes) -> str:
    """32 hex digits that name an input."""
    import hashlib  # loads OpenSSL, which `import corpusclean` need not

    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _decode_warnings(record: DecodeRecord) -> list[str]:
    """Sentences about bytes that were lost or judged in decoding."""
    if not record.spans:
        return []
    counts: dict[str, int] = {}
    for span in record.damage:
        counts[span.kind] = counts.get(span.kind, 0) + len(span.data)
    said = {"undecodable": "could not be decoded", "recovered": "were damaged, and their characters are a judgement"}
    return [f"{count} byte{'s' * (count != 1)} {said[kind]}" for kind, count in sorted(counts.items())]


def clean(
    source: bytes | str,
    *,
    url: str | None = None,
    http_charset: str | None = None,
    media_type: str | None = None,
    **overrides: Any,
) -> Document:
    """Clean one document: bytes or text, HTML or plain.

    Args:
        source: bytes in any encoding, or text.
        url: its address, where known.
        http_charset: the encoding that the server declared: a vote, not a verdict.
        media_type: ``text/html`` or ``text/plain`` ends the sniffing.
        **overrides: options of :class:`CleanConfig`, such as ``script="hant-tw"`` or ``ledger=True``.

    Raises:
        BinaryInputError: the bytes are no text.
        LimitExceeded: the input is too large.
        ConfigError: an unknown option, or a value that it cannot take.

    >>> clean("Grüße".encode("utf-8")).text
    'Grüße'
    """
    return Cleaner(**overrides).clean(source, url=url, http_charset=http_charset, media_type=media_type)


def restore(document: Document | Mapping[str, Any]) -> bytes:
    r"""The input of a document that was cleaned with ``ledger=True``, byte for byte.

    Args:
        document: the document, or the dictionary that :meth:`Document.to_dict` made of it.

    Raises:
        LedgerError: it has no ledger, or a damaged one.

    >>> restore(clean(b"a\r\nb", ledger=True))
    b'a\r\nb'
    """
    if not isinstance(document, Document):
        if not isinstance(document, Mapping):
            raise LedgerError(f"restore takes a Document or its dictionary, not {type(document).__name__}")
        document = Document.from_dict(document)
    return document.restore()


def _context(**overrides: Any) -> Context:
    return Context(config=CleanConfig.make(**overrides))


def repair(text: str, **overrides: Any) -> Revision:
    """Undo damage: wrong codecs, misfires, injected readings and commas, noise.

    Args:
        text: the damaged text.
        **overrides: options of :class:`CleanConfig`, such as ``repair={"min_confidence": 0.9}``.

    >>> repair("浣犲ソ锛屼笘鐣屻€�").before[:2]
    '浣犲'
    """
    return _REPAIR.revise(text, _context(**overrides)).revision


def strip_boilerplate(text: str, **overrides: Any) -> Revision:
    """Remove spam headers, page furniture and bylines from plain text, line by line.

    Args:
        text: one line a block, as an HTML-to-text step leaves it.
        **overrides: options of :class:`CleanConfig`, such as ``boilerplate={"threshold": 0.6}``.

    >>> strip_boilerplate("没有什么要去掉的。").edits
    ()
    """
    return _BOILERPLATE.revise(text, _context(**overrides)).revision


def extract(html: str, **overrides: Any) -> Revision:
    """The main text of an HTML page: markup and boilerplate removed by edits, nothing else changed.

    Args:
        html: the page.
        **overrides: options of :class:`CleanConfig`.

    >>> extract("<p>你好，世界。今天天气很好，我们去公园。</p>").text.strip()
    '你好，世界。今天天气很好，我们去公园。'
    """
    context = dataclasses.replace(_context(**overrides), is_html=True)
    taken = _MARKUP.revise(html, context)
    context = dataclasses.replace(context, features=taken.findings.features, candidates=taken.findings.candidates)
    return taken.revision.then(_BOILERPLATE.revise(taken.revision.text, context).revision)
