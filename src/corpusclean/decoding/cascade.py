"""The cascade of evidence that turns bytes into text.

The order is that of certainty: byte-order mark, valid UTF-8, escapes, UTF-16's pattern, then the judge of encodings
with the declared labels as votes. Each piece of evidence is kept as a vote, also the ones that lost.
"""

from __future__ import annotations

import dataclasses

from ..config import DecodingConfig
from ..errors import ConfigError, LimitExceeded
from ..ledger import ByteSpan, CodecRun, DecodeRecord
from ..limits import Limits
from .binary import MAX_CONTROLS, control_share, high_share, magic, refuse
from .declared import byte_order_mark, declared_encoding
from .decoded import Decoded, Vote
from .judge import Verdict, judge
from .mixed import read_lines
from .plausibility import price
from .stateful import looks_hz, looks_iso_2022_jp
from .utf16 import guess_utf16, guess_utf32
from .whatwg import Reading, name_of, read

__all__ = ["decode"]

_HTTP_CREDIT = 9.0  # nats: a few characters of real text outweigh a label
_META_CREDIT = 7.0
# Labels that servers and editors write without looking.
_DEFAULTS = frozenset(["windows-1252", "utf-8", "utf-16le"])
_SHORT = 24  # bytes that can be valid UTF-8 by chance
_DOUBT = 3.0  # nats by which a few bytes that are valid UTF-8 must make better sense otherwise


def decode(
    data: bytes,
    *,
    http_charset: str | None = None,
    config: DecodingConfig | None = None,
    limits: Limits | None = None,
) -> Decoded:
    r"""Turn bytes into text, even when labels lie and bytes are missing.

    Args:
        data: the bytes of one document.
        http_charset: the encoding that the server declared: a vote, not a verdict; unknown labels are ignored.
        config: ``encoding`` trusts one encoding and detects nothing; ``mixed=False`` never re-decodes single lines.
        limits: ``input_bytes`` bounds the size; ``0`` lifts the bound.

    Returns:
        The text with the encoding, the probability that it is right, every vote, and what was damaged.

    Raises:
        BinaryInputError: the bytes are no text; the message says what they look like.
        LimitExceeded: there are more bytes than ``limits.input_bytes``.
        ConfigError: ``config.encoding`` is no encoding that WHATWG knows.

    >>> got = decode("今天天气很好，我们去公园。".encode("gbk"), http_charset="iso-8859-1")
    >>> got.text, got.encoding
    ('今天天气很好，我们去公园。', 'gb18030')
    >>> decode("定价".encode("gbk") + b"\xff" + "五元".encode("gbk")).damage
    (ByteSpan(start=2, end=3, data=b'\xff', kind='undecodable'),)
    """
    config = config or DecodingConfig()
    bound = (limits or Limits()).input_bytes
    data = bytes(data)
    if bound and len(data) > bound:
        raise LimitExceeded(
            f"the input has {len(data)} bytes, more than limits.input_bytes = {bound}",
            remedy="raise limits.input_bytes, or split the input",
        )
    if config.encoding is not None:
        return _forced(data, config.encoding)
    mark = byte_order_mark(data)
    if mark is not None and (decoded := _marked(data, *mark)):
        return decoded
    if mark is not None and mark[1] == "utf-8":
        return _behind_mark(mark[0], _detect(data[len(mark[0]) :], http_charset, config.mixed))
    return _detect(data, http_charset, config.mixed)


def _finish(reading: Reading, name: str | None, confidence: float, votes: list[Vote]) -> Decoded:
    """The result; the record names the encoding that was used even where the evidence decides nothing."""
    text = reading.text
    record = DecodeRecord(name, tuple(reading.runs) or (CodecRun(0, "utf-8"),), tuple(reading.spans))
    votes.sort(key=lambda vote: -vote.weight)
    honest = name if confidence >= 0.2 else None
    limits = ("decoding.alignment",) if reading.unsearched else ()
    return Decoded(text, honest, round(confidence, 4), tuple(votes), record, limits)


def _forced(data: bytes, label: str) -> Decoded:
    name = name_of(label)
    if name is None:
        raise ConfigError(f"unknown encoding: {label!r}", remedy="give a label of the WHATWG Encoding Standard")
    reading = Reading()
    mark = byte_order_mark(data)
    if mark is not None and mark[1] == name:
        reading.keep("", mark[0], "mark", "utf-8")
        data = data[len(mark[0]) :]
    return _finish(read(data, name, reading), name, 1.0, [Vote("config", name, 1.0, label)])


def _marked(data: bytes, mark: bytes, name: str) -> Decoded | None:
    """The reading that a byte-order mark asks for, unless the bytes behind it speak against it."""
    rest, reading = data[len(mark) :], Reading()
    reading.keep("", mark, "mark", "utf-8")
    vote = Vote("bom", name, 1.0, mark.hex(" ").upper())
    try:
        read(rest, name, reading)
    except UnicodeDecodeError:
        return None  # UTF-32 is taken whole or not at all
    lost = sum(span.end - span.start for span in reading.spans)
    if lost > 2 + reading.size // 20:
        return None
    return _finish(reading, name, 0.999 if lost else 1.0, [vote])


def _behind_mark(mark: bytes, rest: Decoded) -> Decoded:
    """The result for bytes that a false byte-order mark stands before, which an editor left there."""
    spans = (ByteSpan(0, 0, mark, "mark"), *rest.record.spans)
    votes = (*rest.evidence, Vote("bom", "utf-8", 0.05, "false"))
    return dataclasses.replace(rest, evidence=votes, record=dataclasses.replace(rest.record, spans=spans))


def _votes_of_labels(data: bytes, http_charset: str | None) -> tuple[list[Vote], dict[str, float]]:
    """What server and page declare, as votes, and as credit for the judge."""
    votes: list[Vote] = []
    credit: dict[str, float] = {}
    name = name_of(http_charset) if http_charset else None
    if name is not None:
        votes.append(Vote("http", name, 0.1 if name in _DEFAULTS else 0.4, http_charset or ""))
        credit[name] = 1.0 if name in _DEFAULTS else _HTTP_CREDIT
    declared = declared_encoding(data)
    if declared is not None:
        name, source = declared
        votes.append(Vote(source, name, 0.1 if name in _DEFAULTS else 0.3, name))
        credit[name] = credit.get(name, 0.0) + (1.0 if name in _DEFAULTS else _META_CREDIT)
    return votes, credit


def _detect(data: bytes, http_charset: str | None, mixed: bool) -> Decoded:
    if (what := magic(data)) is not None:
        raise refuse(data, what)
    votes, credit = _votes_of_labels(data, http_charset)
    controls = control_share(data)
    if not controls:
        if data.isascii():
            return _ascii(data, votes)
        if (decoded := _valid_utf8(data, votes, credit)) is not None:
            return decoded
    wide = guess_utf32(data) if controls > 0.4 else None
    if wide is not None:
        votes.append(Vote("structure", wide, 0.9, "three NULs in four bytes"))
        return _finish(read(data, wide), wide, 0.97, votes)
    wide = guess_utf16(data, credit)
    if wide is not None:
        votes.append(Vote("structure", wide, 0.9, "every other byte is the high byte of one script"))
        return _finish(read(data, wide), wide, 0.99 if len(data) > 40 else 0.95, votes)
    if controls > MAX_CONTROLS:
        raise refuse(data, _noise(data))
    if controls:
        if data.isascii():
            return _ascii(data, votes)
        if (decoded := _valid_utf8(data, votes, credit)) is not None:
            return decoded
    return _legacy(data, votes, credit, mixed, controls)


def _valid_utf8(data: bytes, votes: list[Vote], credit: dict[str, float]) -> Decoded | None:
    """The result for valid UTF-8 that is not rather something else by chance."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if len(data) <= _SHORT and _rather_legacy(data, text, credit):
        return _legacy(data, votes, credit, False, 0.0)
    votes.append(Vote("structure", "utf-8", 0.99, "valid UTF-8"))
    reading = Reading()
    reading.add(text, "utf-8")
    return _finish(reading, "utf-8", 0.99 if len(data) < 8 else 0.999, votes)


def _noise(data: bytes) -> str:
    if not data.strip(b"\x00"):
        return "nothing but NULs"
    return "random or compressed data" if control_share(data) < 0.2 else "binary data with many NULs or control bytes"


def _ascii(data: bytes, votes: list[Vote]) -> Decoded:
    name = "utf-8"
    if looks_iso_2022_jp(data):
        name = "iso-2022-jp"
    elif looks_hz(data):
        name = "hz"
    votes.append(Vote("structure", name, 0.99, "ASCII" if name == "utf-8" else "escape sequences"))
    return _finish(read(data, name), name, 1.0 if name == "utf-8" else 0.995, votes)


def _rather_legacy(data: bytes, text: str, credit: dict[str, float]) -> bool:
    """Whether a few bytes that happen to be valid UTF-8 are rather East Asian text in another encoding.

    Only two-byte sequences can be both, and then UTF-8 would be rare letters side by side.
    """
    if max(text) > "\u07ff" or credit.get("utf-8"):
        return False
    best = judge(data, credit).opinions[0]
    return best.mean < 10.5 and best.cost + _DOUBT < price(text, ("any",)).total


def _legacy(data: bytes, votes: list[Vote], credit: dict[str, float], mixed: bool, controls: float) -> Decoded:
    """Bytes that are not all UTF-8: damaged UTF-8, another encoding, or several."""
    reading, name, confidence, verdict = read_lines(data, credit, mixed)
    if verdict is not None:
        if controls > 0.02 and verdict.source == "fallback" and high_share(data) > 0.3:
            raise refuse(data, "random or compressed data")
        votes.extend(_opinions(verdict))
    else:
        votes.append(Vote("structure", "utf-8", 0.9, "UTF-8 but for a few bytes"))
    return _finish(reading, name, confidence, votes)


def _opinions(verdict: Verdict) -> list[Vote]:
    best = verdict.opinions[0].cost
    votes = [Vote(verdict.source, verdict.name, round(verdict.confidence, 4), "the verdict")]
    if verdict.guess is not None and verdict.source != "chardet":
        votes.append(Vote("chardet", verdict.guess, 0.2, "outvoted"))
    for opinion in verdict.opinions:
        weight = round(0.5 * 2.0 ** -min(60.0, (opinion.cost - best) / 2), 4)
        votes.append(Vote("plausibility", opinion.name, weight, f"{opinion.mean:.1f} nats a character"))
    return votes
