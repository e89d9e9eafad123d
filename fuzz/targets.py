"""The fuzz targets: each takes bytes and asserts laws of the design; what it raises is a finding.

They need nothing but corpusclean and a second HTML parser, so that the regression cases in ``fuzz/regressions`` are run
by the ordinary tests too.
"""

from __future__ import annotations

import dataclasses
import gzip
import json
import os
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import corpusclean
from corpusclean import (
    BinaryInputError,
    Cleaner,
    LimitExceeded,
    Limits,
    Revision,
)
from corpusclean.config import CleanConfig
from corpusclean.corpus import Totals, clean_records, json_line, read
from corpusclean.decoding import decode
from corpusclean.decoding.whatwg import read as read_codec
from corpusclean.ledger import CodecRun, DecodeRecord
from corpusclean.markup import MarkupStep
from corpusclean.rules import rule_named
from corpusclean.steps import Context

from .ledger_targets import algebra, ledger_file, stored_ledger
from .pieces import codec_of, markup_of, text_of
from .second_parser import parsers
from .unharmed import unharmed

__all__ = ["TARGETS"]

_TIGHT = {"depth": 3, "nodes": 12, "lines": 4}
_OPTIONS: tuple[dict[str, object], ...] = (
    {},
    {},
    {"script": "hant"},
    {"script": "hant-tw", "punctuation": "fullwidth"},
    {"script": "hant-hk", "layout": {"quotes": "corner", "join_wrapped": True}},
    {"script": None},
    {"script": None, "boilerplate": False, "layout": False},
    {"limits": _TIGHT},
    {"layout": {"quotes": "curly"}, "repair": {"min_confidence": 0.9}},
    {"layout": {"join_wrapped": True, "punctuation": "fullwidth"}, "script": {"word_guards": True}},
)
_CLEANERS = [Cleaner(ledger=True, **options) for options in _OPTIONS]
_CONTEXT = Context(CleanConfig())


def _laws(source: bytes | str, pick: int, **known: str | None) -> None:
    """Restore, the stored form, idempotence, conservation, rules of the table, nothing lost in silence."""
    cleaner = _CLEANERS[pick % len(_CLEANERS)]
    data = source if isinstance(source, bytes) else source.encode("utf-8", "surrogatepass")
    try:
        document = cleaner.clean(source, **known)
    except BinaryInputError:
        assert isinstance(source, bytes), "text was refused as binary"
        return
    ledger = document.ledger
    assert ledger is not None
    assert document.restore() == data, "restore"
    line = json_line(document)
    assert corpusclean.restore(json.loads(line)) == data, "restore from the stored form"
    done = document.metadata.clean
    edits: Counter[str] = Counter()
    size = len(ledger.decoded)
    for revision in ledger.revisions:
        for rule, row in revision.tally.items():
            size += row.added - row.removed
            edits[rule] += row.edits
        assert size == len(revision.text), "conservation"
        for edit in revision.edits:
            assert 0.0 <= edit.confidence <= 1.0, edit
    assert done["edits"] == dict(sorted(edits.items())), "edits by rule"
    assert done["chars"] == {"in": len(ledger.decoded), "out": len(document.text)}
    assert all(rule_named(rule) for path in edits for rule in path.split("+")), f"a rule without a row: {edits}"
    lost = any(span.kind == "undecodable" for span in ledger.decoding.spans)
    assert lost == any("could not be decoded" in warning for warning in done["warnings"]), "a loss in silence"
    media_type = known.get("media_type")
    settled = not any("did not settle" in warning for warning in done["warnings"])
    if settled and media_type != "text/html":
        assert cleaner.clean(document.text, media_type=media_type).text == document.text, "idempotence"
    if len(data) % 4 == 0:
        bare = Cleaner(dataclasses.replace(cleaner.config, ledger=False)).clean(source, **known)
        assert (bare.text, bare.metadata, bare.removed) == (document.text, document.metadata, document.removed)


def clean_bytes(data: bytes) -> None:
    """Arbitrary bytes through the whole road."""
    _laws(data[1:], data[0] if data else 0)


def clean_text(data: bytes) -> None:
    """Text made of what rules look for, through the whole road."""
    _laws(text_of(data[1:]), data[0] if data else 0)


def clean_written(data: bytes) -> None:
    """Such text written in some codec, with a lying or a true label."""
    text = text_of(data[3:])
    charset = None if len(data) < 3 or data[2] < 128 else codec_of(data[2])
    _laws(
        text.encode(codec_of(data[1]) if len(data) > 1 else "utf-8", "replace"),
        data[0] if data else 0,
        http_charset=charset,
    )


def clean_html(data: bytes) -> None:
    """Markup through the whole road, sniffed or named."""
    pick = data[0] if data else 0
    _laws(("<html>" if pick & 64 else "") + markup_of(data[1:]), pick, media_type="text/html" if pick & 128 else None)


def decoding(data: bytes) -> None:
    """Bytes to text: written back exactly, and UTF-8 read as CPython reads it."""
    labels = (None, "gbk", "big5", "utf-8", "iso-8859-1", "shift_jis", "euc-kr", "utf-16", "hz-gb-2312", "\x00")
    charset = labels[data[0] % len(labels)] if data else None
    source = data[1:]
    try:
        got = decode(source, http_charset=charset)
    except BinaryInputError:
        return
    assert got.record.encode(got.text) == source, "restore"
    assert 0.0 <= got.confidence <= 1.0
    assert all(0.0 <= vote.weight <= 1.0 for vote in got.evidence)
    assert sum(span.end - span.start for span in got.record.spans) <= len(got.text)
    if {run.codec for run in got.record.runs} == {"utf-8"} and not any(s.kind == "mark" for s in got.record.spans):
        assert got.text == source.decode("utf-8", "replace"), "CPython reads this UTF-8 otherwise"


_NAMES = [
    "utf-8",
    "utf-16le",
    "utf-16be",
    "gb18030",
    "big5",
    "shift_jis",
    "euc-jp",
    "euc-kr",
    "windows-1252",
    "windows-1251",
    "koi8-u",
    "windows-874",
    "macintosh",
    "iso-8859-2",
    "windows-1253",
    "iso-2022-jp",
    "hz",
]


def codecs(data: bytes) -> None:
    """Each codec against CPython's: what is not kept as a span must be what CPython reads, piece by piece."""
    name = _NAMES[data[0] % len(_NAMES)] if data else "utf-8"
    source = data[1:]
    reading = read_codec(source, name)
    text = reading.text
    record = DecodeRecord(name, tuple(reading.runs) or (CodecRun(0, "utf-8"),), tuple(reading.spans))
    assert record.encode(text) == source, "restore"
    if name == "utf-8":
        assert text == source.decode("utf-8", "replace")
    elif name.startswith("utf-16"):
        expected = source.decode(f"utf-16-{name[-2:]}", "replace")
        assert text == expected, (text, expected)
    if name in ("iso-2022-jp", "hz"):
        return
    at = 0
    for span in (*record.spans, None):
        stop = len(text) if span is None else span.start
        for run in record.runs:
            if run.end <= at or at >= stop:
                continue
            part = text[at : min(stop, run.end)]
            assert part.encode(run.codec).decode(run.codec) == part, "CPython reads a plain piece otherwise"
            at += len(part)
        at = stop if span is None else span.end
    if not any(span.kind == "undecodable" for span in record.spans):
        assert "\ufffd" not in text or "\ufffd".encode("utf-8") in source or name in ("gb18030", "utf-16le", "utf-16be")


def markup(data: bytes) -> None:
    """Markup taken apart: undone exactly, a line of features for each line."""
    html = markup_of(data)
    revision, findings = MarkupStep().revise(html, _CONTEXT)
    assert revision.inverse().text == html
    tally = revision.tally
    if "\r" not in html:  # else line ends were folded first, and edits at one place are joined
        assert Revision.of(html, revision.edits).tally == tally
    assert findings.features is not None
    lines = revision.text.split("\n")
    assert len(lines) == len(findings.features)
    for line, features in zip(lines, findings.features, strict=True):
        assert features.chars == len("".join(line.split()))
        assert 0 <= features.links <= features.chars


def repair(data: bytes) -> None:
    """Repair alone: undone exactly, rules in the table, and with nothing to repair nothing is done."""
    text = text_of(data)
    revision = corpusclean.repair(text)
    assert revision.inverse().text == text
    assert Revision.of(text, revision.edits).text == revision.text
    assert sum(row.added - row.removed for row in revision.tally.values()) == len(revision.text) - len(text)
    for edit in revision.edits:
        assert all(rule_named(rule) for rule in edit.rule.split("+")), edit.rule


_SUFFIXES = (
    *(".txt", ".jsonl", ".html", ".ndjson", ".json", ".csv", ".tsv", ".xml", ".gz", ".zip", ".tar", ".warc", ".zst"),
    *(".parquet", ".jsonl.gz", ".warc.gz", ".tar.gz", ".csv.gz", ".txt.xz", ".txt.bz2"),
)
_LIMITS = Limits(input_bytes=2**20, decompressed_bytes=2**22, decompressed_ratio=50)


def readers(data: bytes) -> None:
    """A file of any kind: a record or a trouble, never an error, and the count adds up."""
    suffix = _SUFFIXES[data[0] % len(_SUFFIXES)] if data else ".txt"
    body = data[1:]
    if body[:1] == b"\x01":  # rows of pieces
        body = json.dumps({"text": text_of(body[1:]), "id": suffix}).encode() + b"\n" + body[1:]
    if body[:1] == b"\x02" and suffix.endswith(".gz"):  # whole on the outside, anything within
        body = gzip.compress(body[1:])
    path = Path(_folder()) / f"a{suffix}"
    path.write_bytes(body)
    totals = Totals()
    seen = 0
    for result in clean_records(read([str(path)], limits=_LIMITS), _CLEANERS[0]):
        seen += 1
        totals.add(result)
        assert "defect of corpusclean" not in str(getattr(result, "remedy", "")), result
    assert seen >= 1, "a file without a word about it"
    assert seen == totals.cleaned + totals.troubles


_MADE: list[str] = []


def _folder() -> str:
    if not _MADE:
        _MADE.append(
            tempfile.mkdtemp(prefix="corpusclean-fuzz-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None)
        )
    return _MADE[0]


def config(data: bytes) -> None:
    """Options from outside: a configuration, or a ConfigError that says what was wrong."""
    names = [
        ".".join((section, key))
        for section, keys in CleanConfig().to_dict().items()
        if isinstance(keys, dict)
        for key in keys
    ]
    names += ["script", "ledger", "punctuation", "limits", "scirpt", "limits.x", ""]
    values: list[object] = [
        0,
        1,
        -1,
        0.5,
        1e309,
        float("nan"),
        "",
        "hans",
        "none",
        None,
        True,
        False,
        [],
        {},
        {"depth": 1},
        "\x00",
        b"a",
    ]
    chosen: dict[str, object] = {}
    for at in range(0, len(data) - 1, 2):
        chosen[names[data[at] % len(names)]] = values[data[at + 1] % len(values)]
    try:
        made = CleanConfig.make(None, **chosen)
    except corpusclean.ConfigError as error:
        assert str(error)
        return
    assert len(made.fingerprint) == 16
    try:
        document = Cleaner(made).clean("你好，世界。<p>當時")
    except LimitExceeded:
        return
    assert document.metadata.clean["config"] == made.fingerprint


TARGETS: dict[str, tuple[Callable[[bytes], None], int]] = {
    # name: (target, most bytes of one input)
    "algebra": (algebra, 64),
    "stored_ledger": (stored_ledger, 60),
    "ledger_file": (ledger_file, 60),
    "codecs": (codecs, 64),
    "decoding": (decoding, 256),
    "markup": (markup, 96),
    "parsers": (parsers, 120),
    "repair": (repair, 40),
    "unharmed": (unharmed, 64),
    "clean_bytes": (clean_bytes, 256),
    "clean_text": (clean_text, 40),
    "clean_written": (clean_written, 40),
    "clean_html": (clean_html, 96),
    "readers": (readers, 1024),
    "config": (config, 32),
}
