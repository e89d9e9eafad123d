r"""The ledger: how bytes became text, and every revision since.

A :class:`DecodeRecord` says how to write the decoded text as the very bytes it came from. It needs nothing but
Python's own codecs: where those would write other bytes (undecodable bytes, a codec that browsers read
differently, an unusual but legal spelling), the record holds the bytes themselves. A :class:`Ledger` adds the
revisions, so that the clean text can be taken back to the input, and any span of it traced to its bytes.

Stored form (:meth:`Ledger.to_json`): only what the clean text does not say already, that is, for each edit
where it lies and what it replaced, deflated and in base85, with a checksum.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .edits import Edit, Revision
from .errors import LedgerError

__all__ = ["ByteSpan", "CodecRun", "DecodeRecord", "Ledger"]

_FORMAT = 1
_MOST = 2**31  # bytes that a stored ledger may inflate to; what a document of any allowed size needs is less


class ByteSpan(NamedTuple):
    r"""A stretch of decoded text whose bytes are kept, since no codec would write them.

    Attributes:
        start: first code point in the decoded text.
        end: behind the last; ``start == end`` where the bytes left no text (a byte-order mark, an escape).
        data: the bytes that stood there.
        kind: ``"undecodable"`` (no character; the text has U+FFFD or nothing), ``"recovered"`` (damaged, the
            character is a judgement), ``"noncanonical"`` (a right character, spelled as Python would not), or
            ``"mark"`` (a byte-order mark or an escape sequence: no character at all).

    >>> ByteSpan(3, 4, b"\xff", "undecodable").data
    b'\xff'
    """

    start: int
    end: int
    data: bytes
    kind: str


class CodecRun(NamedTuple):
    """Up to code point `end`, the text is written in Python's codec `codec`.

    >>> CodecRun(12, "gb18030").codec
    'gb18030'
    """

    end: int
    codec: str


@dataclass(frozen=True, slots=True)
class DecodeRecord:
    r"""How bytes became text, and so how the text becomes those bytes again.

    Attributes:
        encoding: the WHATWG name of the document's encoding in lower case, or ``None`` when the source was a
            ``str`` (it is then written as UTF-8, lone surrogates included).
        runs: which codec wrote which part; sorted, the last one ends at the text's length. A text in one
            encoding has one run.
        spans: the stretches whose bytes are kept; sorted, not overlapping.

    >>> record = DecodeRecord("utf-8", (CodecRun(2, "utf-8"),), (ByteSpan(1, 2, b"\xff", "undecodable"),))
    >>> record.encode("a\ufffd")
    b'a\xff'
    """

    encoding: str | None
    runs: tuple[CodecRun, ...]
    spans: tuple[ByteSpan, ...] = ()

    @property
    def damage(self) -> tuple[ByteSpan, ...]:
        """The spans that are losses or judgements, not mere spellings."""
        return tuple(span for span in self.spans if span.kind in ("undecodable", "recovered"))

    def encode(self, text: str) -> bytes:
        """The bytes that `text`, which must be the decoded text, came from.

        Raises:
            LedgerError: `text` is not the text that this record was made for.
        """
        return b"".join(piece.data for piece in self._pieces(text))

    def byte_range(self, text: str, start: int, end: int) -> tuple[int, int]:
        """The byte offsets of ``text[start:end]``, `text` being the decoded text.

        A kept span that a border cuts is taken whole; bytes without text at a border are not part of the range.
        """
        low, high, offset = -1, -1, 0
        for piece in self._pieces(text):
            if low < 0 and start < piece.end:
                low = offset + piece.size_up_to(text, start, taken_whole=0)
            if piece.start < end <= piece.end:
                high = offset + piece.size_up_to(text, end, taken_whole=len(piece.data))
            offset += len(piece.data)
        low = offset if low < 0 else low
        return low, max(low, high)

    def _pieces(self, text: str) -> list[_Piece]:
        """The text cut at the borders of runs and kept spans, each piece with its bytes."""
        if not self.runs or self.runs[-1].end != len(text):
            raise LedgerError(
                f"the decode record is for a text of {self.runs[-1].end if self.runs else 0} code points, "
                f"this one has {len(text)}",
                remedy="give the ledger back the text it was written with",
            )
        pieces: list[_Piece] = []
        at, index = 0, 0

        def plain(stop: int) -> None:
            nonlocal at, index
            while at < stop:
                while self.runs[index].end <= at:
                    index += 1
                cut = min(stop, self.runs[index].end)
                codec = self.runs[index].codec
                pieces.append(_Piece(at, cut, _encode(text[at:cut], codec), codec))
                at = cut

        for span in self.spans:
            plain(span.start)
            pieces.append(_Piece(span.start, span.end, span.data, None))
            at = span.end
        plain(len(text))
        return pieces


class _Piece(NamedTuple):
    """A stretch of decoded text and its bytes; the codec that wrote them, or ``None`` where they were kept."""

    start: int
    end: int
    data: bytes
    codec: str | None

    def size_up_to(self, text: str, point: int, *, taken_whole: int) -> int:
        """Bytes of the piece before `point`; `taken_whole` where a kept piece cannot be cut."""
        if point <= self.start:
            return 0
        if point >= self.end:
            return len(self.data)
        return taken_whole if self.codec is None else len(_encode(text[self.start : point], self.codec))


def _encode(text: str, codec: str) -> bytes:
    try:
        # A str source may hold lone surrogates; no other codec lets them through.
        return text.encode(codec, "surrogatepass" if codec == "utf-8" else "strict")
    except (UnicodeError, LookupError) as error:
        raise LedgerError(
            f"the decode record does not fit the text: {error}",
            remedy="give the ledger back the text it was written with",
        ) from error


@dataclass(frozen=True, slots=True)
class Ledger:
    r"""How one document came to be: its decode record and the revisions since.

    Attributes:
        decoding: how the bytes became the first text.
        revisions: each starts from the text that the one before ended with.
        size: length of the input in bytes.
        crc32: checksum of the input, so that a restored input is known to be the input.

    >>> import corpusclean
    >>> ledger = corpusclean.clean("國\r\n家".encode(), ledger=True).ledger
    >>> ledger.decoded, ledger.origin(2, 3), ledger.restore().decode()
    ('國\r\n家', [(5, 8)], '國\r\n家')
    """

    decoding: DecodeRecord
    revisions: tuple[Revision, ...]
    text: str
    size: int = 0
    crc32: int = 0
    _whole: list[Revision] = field(default_factory=list, repr=False, compare=False)

    @property
    def decoded(self) -> str:
        """The text as it was decoded, before the first revision."""
        return self.revisions[0].before if self.revisions else self.text

    @property
    def revision(self) -> Revision:
        """All revisions as one, from the decoded text to the clean text."""
        if not self._whole:
            whole = Revision.unchanged(self.decoded)
            for revision in self.revisions:
                whole = whole.then(revision)
            self._whole.append(whole)
        return self._whole[0]

    def restore(self) -> bytes:
        """The input, byte for byte.

        Raises:
            LedgerError: the ledger was damaged: the bytes do not have the input's length and checksum.
        """
        data = self.decoding.encode(self.decoded)
        if len(data) != self.size or zlib.crc32(data) != self.crc32:
            raise LedgerError(
                f"restored {len(data)} bytes that are not the {self.size} bytes of the input",
                remedy="the ledger or the text was changed after cleaning; clean the source again",
            )
        return data

    def origin(self, start: int, end: int) -> list[tuple[int, int]]:
        """The byte ranges of the input that ``text[start:end]`` of the clean text comes from.

        Ranges are sorted and joined where they touch; what was removed inside the span leaves a gap between
        two of them. Text that was inserted has no range of its own: its edit's place in the input stands for
        it, as an empty range where nothing was replaced.
        """
        if not 0 <= start <= end <= len(self.text):
            raise IndexError(f"span {start}:{end} lies outside the text of {len(self.text)} code points")
        old_start, old_end = self.revision.to_before(start, end)
        decoded, spans, at = self.decoded, [], old_start
        for edit in self.revision.edits:
            if edit.end <= old_start or edit.start >= old_end or edit.after:
                continue
            spans.append((at, edit.start))
            at = edit.end
        spans.append((at, old_end))
        ranges: list[tuple[int, int]] = []
        for a, b in spans:
            if a > b or (a == b and len(spans) > 1):
                continue
            low, high = self.decoding.byte_range(decoded, a, b)
            if ranges and ranges[-1][1] >= low:
                ranges[-1] = (ranges[-1][0], max(high, ranges[-1][1]))
            else:
                ranges.append((low, max(low, high)))
        return ranges

    # -- stored form ----------------------------------------------------------------------------------------

    def to_json(self) -> dict[str, Any]:
        """A small JSON object from which, with the clean text, :meth:`from_json` makes the ledger again."""
        rules: dict[str, int] = {}
        body = {
            "encoding": self.decoding.encoding,
            "runs": [list(run) for run in self.decoding.runs],
            "spans": [[s.start, s.end, base64.b85encode(s.data).decode("ascii"), s.kind] for s in self.decoding.spans],
            "size": self.size,
            "crc32": self.crc32,
            "revisions": [_pack(revision, rules) for revision in self.revisions],
            "rules": list(rules),
        }
        raw = json.dumps(body, separators=(",", ":")).encode("ascii")
        return {
            "format": _FORMAT,
            "check": f"{zlib.crc32(raw):08x}",
            "data": base64.b85encode(zlib.compress(raw, 6)).decode("ascii"),
        }

    @classmethod
    def from_json(cls, stored: object, text: str) -> Ledger:
        """The ledger stored by :meth:`to_json`, for the clean text it was stored with.

        Raises:
            LedgerError: `stored` is no ledger, was damaged, or belongs to another text.
        """
        body = _unseal(stored)
        try:
            rules = [str(rule) for rule in body["rules"]]
            revisions: list[Revision] = []
            after = text
            for packed in reversed(body["revisions"]):
                revision = _unpack(packed, rules, after)
                revisions.append(revision)
                after = revision.before
            decoding = DecodeRecord(
                body["encoding"],
                tuple(CodecRun(int(end), str(codec)) for end, codec in body["runs"]),
                tuple(ByteSpan(int(a), int(b), base64.b85decode(d), str(kind)) for a, b, d, kind in body["spans"]),
            )
            return cls(decoding, tuple(reversed(revisions)), text, int(body["size"]), int(body["crc32"]))
        except (KeyError, TypeError, ValueError, IndexError, OverflowError) as error:
            if isinstance(error, LedgerError):
                raise
            raise LedgerError(
                f"the ledger does not fit the text: {error}", remedy="give it the text it was stored with, unchanged"
            ) from error


def _unseal(stored: object) -> dict[str, Any]:
    """Check the envelope and the checksum of a stored ledger, and open it."""
    if not isinstance(stored, dict) or stored.get("format") != _FORMAT or not isinstance(stored.get("data"), str):
        raise LedgerError("this is not a ledger of a format that this version reads", where=f"format {_FORMAT}")
    try:
        inflater = zlib.decompressobj()
        raw = inflater.decompress(base64.b85decode(stored["data"]), _MOST)
        if inflater.unconsumed_tail or not inflater.eof:
            raise LedgerError(
                "the ledger was damaged: it is cut off, or too large to be one", where=f"{len(raw)} bytes"
            )
        if f"{zlib.crc32(raw):08x}" != stored.get("check"):
            raise LedgerError("the ledger was damaged: its checksum does not fit")
        body = json.loads(raw)
    except (zlib.error, ValueError, binascii.Error, RecursionError) as error:
        if isinstance(error, LedgerError):
            raise
        raise LedgerError(f"the ledger was damaged: {error}") from error
    if not isinstance(body, dict):
        raise LedgerError("the ledger was damaged: it holds no object")
    return body


def _pack(revision: Revision, rules: dict[str, int]) -> list[list[Any]]:
    """The inverse of a revision as rows: gap since the last edit, length now, text before, rule, confidence."""
    rows: list[list[Any]] = []
    at = 0
    for edit in revision.inverse().edits:
        number = rules.setdefault(edit.rule, len(rules))
        row: list[Any] = [edit.start - at, edit.end - edit.start, edit.after, number]
        if edit.confidence != 1.0:
            row.append(edit.confidence)
        rows.append(row)
        at = edit.end
    return rows


def _unpack(rows: Sequence[Sequence[Any]], rules: Sequence[str], text: str) -> Revision:
    """The revision that ended with `text`, from rows made by :func:`_pack`."""
    at, edits = 0, []
    for row in rows:
        gap, size, before, number = row[0], row[1], row[2], row[3]
        start = at + gap
        at = start + size
        if gap < 0 or size < 0 or at > len(text) or number < 0 or not isinstance(before, str):
            raise LedgerError("the ledger belongs to another text", where=f"edit at code point {start}")
        confidence = float(row[4]) if len(row) > 4 else 1.0
        edits.append(Edit(start, at, text[start:at], before, rules[number], confidence))
    return Revision.of(text, edits).inverse()
