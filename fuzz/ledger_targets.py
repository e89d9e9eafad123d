"""Targets for what a document is undone with: the stored ledger, and the algebra of edits."""

from __future__ import annotations

import base64
import json
import zlib

from corpusclean import Cleaner, CorpusCleanError, Document, LedgerError, Revision
from corpusclean.corpus import json_line
from corpusclean.edits import Edit
from corpusclean.ledger import CodecRun, DecodeRecord, Ledger

__all__ = ["algebra", "ledger_file", "stored_ledger"]


def stored_ledger(data: bytes) -> None:
    """A stored ledger with a true checksum and any body: a ledger, or a LedgerError, never another error."""
    document = _STORED[data[0] % len(_STORED)] if data else _STORED[0]
    values = document.to_dict()
    raw = bytearray(zlib.decompress(base64.b85decode(values["ledger"]["data"])))
    for at in range(1, len(data) - 2, 3):  # three bytes are one change: where, and what
        place = int.from_bytes(data[at : at + 2], "big") % (len(raw) + 1)
        raw[place : place + 1] = bytes([data[at + 2]])
    values["ledger"] = {
        "format": 1,
        "check": f"{zlib.crc32(raw):08x}",
        "data": base64.b85encode(zlib.compress(bytes(raw), 1)).decode("ascii"),
    }
    try:
        again = Document.from_dict(values)
        restored = again.restore()
        assert zlib.crc32(restored) == again.ledger.crc32 if again.ledger else False
        if again.ledger is not None:
            again.ledger.origin(0, len(again.text))
    except LedgerError as error:
        assert str(error)


_STORED = [
    Cleaner(ledger=True).clean("當(dāng)時(shí)的國家，,很好。\n\n\n浣犲ソ锛屼笘鐣屻€�".encode()),
    Cleaner(ledger=True).clean(b"<html><p>a&amp;b<p>\xff\xfe c"),
    Cleaner(ledger=True).clean("今天天气很好".encode("gb18030") + b"\xff\n" + "我们".encode()),
]


def ledger_file(data: bytes) -> None:
    """A document of any JSON, or a truncated or changed stored one: refused with a sentence."""
    line = bytearray(json_line(_STORED[data[0] % len(_STORED)] if data else _STORED[0]))
    for at in range(1, len(data) - 2, 3):
        place = int.from_bytes(data[at : at + 2], "big") % (len(line) + 1)
        line[place : place + 1] = bytes([data[at + 2]])
    try:
        values = json.loads(bytes(line))
    except (ValueError, RecursionError):
        return
    try:
        document = Document.from_dict(values) if isinstance(values, dict) else Document("a", "")
        document.restore()
    except CorpusCleanError as error:
        assert str(error)


def algebra(data: bytes) -> None:
    """Edits drawn at random: applying, turning, joining and mapping agree with doing it by hand."""
    text = "甲乙丙丁戊己庚辛壬癸"[: data[0] % 11] if data else ""
    first, at = _drawn(text, data[1:], 0)
    second, _ = _drawn(first.text, data[1:], at)
    for revision in (first, second):
        assert revision.inverse().text == revision.before
        assert revision.inverse().inverse() == revision
    both = first.then(second)
    assert both.text == second.text
    assert Revision.of(text, both.edits).text == second.text
    assert both.inverse().text == text
    for revision in (first, second, both):
        _maps(revision)
    record = DecodeRecord(None, (CodecRun(len(text), "utf-8"),))
    raw = text.encode()
    ledger = Ledger(record, (first, second), second.text, len(raw), zlib.crc32(raw))
    again = Ledger.from_json(json.loads(json.dumps(ledger.to_json())), second.text)
    assert again.restore() == raw
    for start in range(len(second.text) + 1):
        for low, high in again.origin(start, len(second.text)):
            assert 0 <= low <= high <= len(raw)


def _maps(revision: Revision) -> None:
    size, new = len(revision.before), len(revision.text)
    kept = [True] * size
    for edit in revision.edits:
        kept[edit.start : edit.end] = [False] * (edit.end - edit.start)
    for place in range(size):
        start, end = revision.to_after(place, place + 1)
        assert 0 <= start <= end <= new
        if kept[place]:
            assert revision.text[start:end] == revision.before[place]
    for place in range(new):
        start, end = revision.to_before(place, place + 1)
        assert 0 <= start <= end <= size


def _drawn(text: str, data: bytes, at: int) -> tuple[Revision, int]:
    edits: list[Edit] = []
    place = 0
    while at + 2 < len(data) and place <= len(text) and len(edits) < 6:
        gap, size, new = data[at] % 4, data[at + 1] % 4, data[at + 2]
        at += 3
        if gap == 3:
            break
        start = place + gap
        end = min(start + size, len(text))
        after = "abcdef"[: new % 4]
        if start > len(text) or (start == end and not after):
            continue
        edits.append(Edit(start, end, text[start:end], after, f"rule/{new % 3}", (new % 5) / 4))
        place = max(end, start + 1) if start == end else end
    return Revision.of(text, edits), at
