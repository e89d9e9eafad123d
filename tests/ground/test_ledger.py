"""The ledger: restores, traces, stores small, and refuses what was tampered with."""

import copy
import json
import zlib
from base64 import b85decode, b85encode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies_ground import chains

from corpusclean import Edit, Ledger, LedgerError, Revision
from corpusclean.ledger import ByteSpan, CodecRun, DecodeRecord


def ledger_of(chain: list[Revision]) -> Ledger:
    text = chain[0].before
    data = text.encode("utf-8", "surrogatepass")
    record = DecodeRecord(None, (CodecRun(len(text), "utf-8"),))
    return Ledger(record, tuple(chain), chain[-1].text, len(data), zlib.crc32(data))


RECORD = DecodeRecord(
    "gb18030",
    (CodecRun(3, "gb18030"), CodecRun(6, "utf-8"), CodecRun(9, "gb18030")),
    (
        ByteSpan(0, 0, b"\xef\xbb\xbf", "mark"),
        ByteSpan(1, 2, b"\x80", "noncanonical"),
        ByteSpan(4, 5, b"\xff\xfe", "undecodable"),
        ByteSpan(9, 9, b"\xd6", "undecodable"),
    ),
)
MIXED = "价€元价\ufffd元abc"
MIXED_BYTES = b"\xef\xbb\xbf\xbc\xdb\x80\xd4\xaa" + "价".encode() + b"\xff\xfe" + "元".encode() + b"abc\xd6"


@given(chains())
def test_restores_the_input(chain: list[Revision]) -> None:
    ledger = ledger_of(chain)
    assert ledger.restore() == chain[0].before.encode("utf-8", "surrogatepass")


@given(chains())
def test_stored_form_comes_back_whole(chain: list[Revision]) -> None:
    ledger = ledger_of(chain)
    stored = json.loads(json.dumps(ledger.to_json()))
    assert Ledger.from_json(stored, ledger.text) == ledger


@given(chains(), st.data())
def test_origin_of_kept_text_is_its_own_bytes(chain: list[Revision], data: st.DataObject) -> None:
    ledger = ledger_of(chain)
    source = ledger.restore()
    for i, char in enumerate(ledger.text):
        if char in "ab甲乙" and all(char not in edit.after for revision in chain for edit in revision.edits):
            ranges = ledger.origin(i, i + 1)
            assert char in b"".join(source[a:b] for a, b in ranges).decode("utf-8", "surrogatepass")
    a, b = sorted(data.draw(st.tuples(*[st.integers(0, len(ledger.text))] * 2)))
    ranges = ledger.origin(a, b)
    assert all(0 <= low <= high <= len(source) for low, high in ranges)
    assert ranges == sorted(ranges)


def test_origin_leaves_out_what_was_removed() -> None:
    text = "當(dāng)時"
    ledger = ledger_of([Revision.of(text, [Edit(1, 7, "(dāng)", "", "repair/annotation")])])
    source = text.encode()
    assert [source[a:b].decode() for a, b in ledger.origin(0, 2)] == ["當", "時"]
    with pytest.raises(IndexError, match="outside the text"):
        ledger.origin(0, 3)


def test_decode_record_writes_mixed_runs_and_kept_bytes() -> None:
    assert RECORD.encode(MIXED) == MIXED_BYTES
    assert [span.kind for span in RECORD.damage] == ["undecodable", "undecodable"]


@pytest.mark.parametrize(
    ("span", "wanted"),
    [
        ((0, 1), b"\xbc\xdb"),
        ((1, 2), b"\x80"),
        ((2, 3), b"\xd4\xaa"),
        ((3, 4), "价".encode()),
        ((4, 5), b"\xff\xfe"),
        ((0, 9), MIXED_BYTES[:-1]),
        ((7, 8), b"b"),
        ((3, 6), "价".encode() + b"\xff\xfe" + "元".encode()),
    ],
)
def test_byte_ranges_across_runs_and_kept_bytes(span: tuple[int, int], wanted: bytes) -> None:
    low, high = RECORD.byte_range(MIXED, *span)
    assert MIXED_BYTES[low:high].removeprefix(b"\xef\xbb\xbf") == wanted.removeprefix(b"\xef\xbb\xbf")


def test_another_text_is_refused() -> None:
    ledger = ledger_of([Revision.of("abc", [Edit(0, 1, "a", "xy", "r")])])
    stored = ledger.to_json()
    with pytest.raises(LedgerError):
        Ledger.from_json(stored, "x")
    other = Ledger.from_json(stored, "xzbc")
    with pytest.raises(LedgerError, match="not the 3 bytes"):
        Ledger.from_json(stored, "xybd").restore()
    assert other.restore() == b"abc"  # what stood in the edit's place is not needed to take it back


def test_damage_to_the_stored_form_is_noticed() -> None:
    stored = ledger_of([Revision.of("abc", [Edit(0, 1, "a", "xy", "r")])]).to_json()
    raw = zlib.decompress(b85decode(stored["data"]))
    for position in range(len(raw)):
        spoiled = copy.deepcopy(stored)
        spoiled["data"] = b85encode(
            zlib.compress(raw[:position] + bytes([raw[position] ^ 1]) + raw[position + 1 :])
        ).decode()
        with pytest.raises(LedgerError):
            Ledger.from_json(spoiled, "xybc")


@pytest.mark.parametrize(
    "stored", [None, [], {}, {"format": 2, "data": ""}, {"format": 1, "data": "{"}, {"format": 1, "data": "00"}]
)
def test_what_is_no_ledger_is_refused(stored: object) -> None:
    with pytest.raises(LedgerError):
        Ledger.from_json(stored, "")


def test_record_for_another_length_is_refused() -> None:
    with pytest.raises(LedgerError, match="9 code points"):
        RECORD.encode("short")
    with pytest.raises(LedgerError, match="does not fit"):
        DecodeRecord("windows-1252", (CodecRun(1, "cp1252"),)).encode("漢")


def sealed(body: object) -> dict[str, object]:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return {
        "format": 1,
        "check": f"{zlib.crc32(raw):08x}",
        "data": b85encode(zlib.compress(raw)).decode("ascii"),
    }


BODY = {"encoding": None, "runs": [[1, "utf-8"]], "spans": [], "size": 1, "crc32": 0, "revisions": [], "rules": []}


@pytest.mark.parametrize(
    "change",
    [
        {"crc32": float("inf")},
        {"size": "one"},
        {"runs": [[1]]},
        {"runs": None},
        {"spans": [[0, 1, "no base85 \x00", "undecodable"]]},
        {"revisions": [[[0, 1, "b", 7]]]},
        {"revisions": [[[0, 1, "b", -1]]], "rules": ["x"]},
        {"revisions": [[[0, 2, "b", 0]]], "rules": ["x"]},
        {"revisions": [[[0, 1, "b", 0, 10**400]]], "rules": ["x"]},
    ],
    ids=str,
)
def test_a_sealed_body_of_nonsense_is_refused_with_a_sentence(change: dict[str, object]) -> None:
    with pytest.raises(LedgerError, match="the ledger"):
        Ledger.from_json(sealed(BODY | change), "a")


def test_a_body_nested_past_the_stack_is_refused() -> None:
    with pytest.raises(LedgerError, match="the ledger was damaged"):
        Ledger.from_json(sealed(b"[" * 100_000), "a")


def test_a_body_that_inflates_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    stored = sealed(b'{"x":"' + b" " * 100_000 + b'"}')
    with pytest.raises(LedgerError, match="does not fit the text"):
        Ledger.from_json(stored, "a")
    monkeypatch.setattr("corpusclean.ledger._MOST", 1000)
    with pytest.raises(LedgerError, match="cut off, or too large"):
        Ledger.from_json(stored, "a")


def test_a_body_that_is_cut_off_is_refused() -> None:
    stored = sealed(BODY)
    inflated = b85decode(str(stored["data"]))
    with pytest.raises(LedgerError, match="cut off, or too large"):
        Ledger.from_json(stored | {"data": b85encode(inflated[:-5]).decode()}, "a")
