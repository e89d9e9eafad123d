"""Where text lies in its bytes: compared with counting bytes one character at a time."""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies_ground import chains

from corpusclean import Edit, Ledger, LedgerError, Revision
from corpusclean.edits import RuleTally, tally_edits
from corpusclean.ledger import ByteSpan, CodecRun, DecodeRecord

CODECS = ["utf-8", "gb18030", "utf-16-le"]


Drawn = tuple[str, DecodeRecord, list[bytes], dict[int, bytes]]


@st.composite
def records(draw: st.DrawFn) -> Drawn:
    """A text, its record, the bytes of each character, and the bytes that stand before a character without text."""
    runs: list[CodecRun] = []
    spans: list[ByteSpan] = []
    parts: list[bytes] = []
    unseen: dict[int, bytes] = {}
    text = ""
    for _ in range(draw(st.integers(1, 4))):
        codec = draw(st.sampled_from(CODECS))
        if draw(st.booleans()):
            unseen[len(text)] = b"\x1b$"
            spans.append(ByteSpan(len(text), len(text), b"\x1b$", "mark"))
        for char in draw(st.text(alphabet="ab中文€😀", min_size=1, max_size=4)):
            kept = draw(st.sampled_from([None, None, b"\xff", b"\xfe\xfd\xfc"]))
            if kept is not None:
                spans.append(ByteSpan(len(text), len(text) + 1, kept, "undecodable"))
            parts.append(char.encode(codec) if kept is None else kept)
            text += char
        runs.append(CodecRun(len(text), codec))
    return text, DecodeRecord("utf-8", tuple(runs), tuple(spans)), parts, unseen


@given(records())
def test_every_range_of_characters_has_its_bytes(
    drawn: tuple[str, DecodeRecord, list[bytes], dict[int, bytes]],
) -> None:
    text, record, parts, unseen = drawn
    assert record.encode(text) == b"".join(unseen.get(at, b"") + part for at, part in enumerate(parts))
    begins, ends, at = [], [], 0
    for number, part in enumerate(parts):
        at += len(unseen.get(number, b""))
        begins.append(at)
        at += len(part)
        ends.append(at)
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            assert record.byte_range(text, start, end) == (begins[start], ends[end - 1])


def test_a_kept_span_of_several_characters_is_taken_whole() -> None:
    record = DecodeRecord("utf-8", (CodecRun(4, "utf-8"),), (ByteSpan(1, 3, b"\xff\xfe\xfd", "recovered"),))
    assert record.encode("a中文b") == b"a\xff\xfe\xfdb"
    assert record.byte_range("a中文b", 1, 2) == (1, 4)
    assert record.byte_range("a中文b", 2, 3) == (1, 4)
    assert record.byte_range("a中文b", 0, 2) == (0, 4)
    assert record.byte_range("a中文b", 2, 4) == (1, 5)


@given(chains())
def test_the_origin_of_a_span_is_that_of_its_characters(chain: list[Revision]) -> None:
    """All characters of the input behind a span, but for those that were removed inside it."""
    decoded = chain[0].before
    data = decoded.encode("utf-8", "surrogatepass")
    record = DecodeRecord(None, (CodecRun(len(decoded), "utf-8"),))
    ledger = Ledger(record, tuple(chain), chain[-1].text, len(data), zlib.crc32(data))
    size = len(ledger.text)
    offsets = [len(decoded[:at].encode("utf-8", "surrogatepass")) for at in range(len(decoded) + 1)]
    for start in range(size + 1):
        for end in range(start, size + 1):
            low, high = ledger.revision.to_before(start, end)
            gone = {at for edit in ledger.revision.edits if not edit.after for at in range(edit.start, edit.end)}
            wanted: list[tuple[int, int]] = []
            for at in range(low, high):
                if at in gone:
                    continue
                if wanted and wanted[-1][1] == offsets[at]:
                    wanted[-1] = (wanted[-1][0], offsets[at + 1])
                else:
                    wanted.append((offsets[at], offsets[at + 1]))
            found = ledger.origin(start, end)
            assert [span for span in found if span[0] < span[1]] == wanted
            if start < end and not wanted:
                assert len(found) <= 1


def test_an_insertion_has_the_place_where_it_was_made() -> None:
    record = DecodeRecord(None, (CodecRun(2, "utf-8"),))
    revision = Revision.of("甲乙", [Edit(1, 1, "", "！", "demo")])
    ledger = Ledger(record, (revision,), "甲！乙", 6, zlib.crc32("甲乙".encode()))
    assert ledger.origin(1, 2) == [(3, 3)]
    assert ledger.origin(0, 3) == [(0, 6)]


def test_the_stored_form_keeps_confidences_and_kept_bytes() -> None:
    record = DecodeRecord("utf-8", (CodecRun(3, "utf-8"),), (ByteSpan(1, 2, b"\xff", "undecodable"),))
    revision = Revision.of("a\ufffdb", [Edit(0, 1, "a", "c", "one", 0.25), Edit(2, 3, "b", "d", "two")])
    ledger = Ledger(record, (revision,), "c\ufffdd", 3, zlib.crc32(b"a\xffb"))
    again = Ledger.from_json(ledger.to_json(), "c\ufffdd")
    assert again == ledger
    assert [edit.confidence for edit in again.revisions[0].edits] == [0.25, 1.0]
    assert again.restore() == b"a\xffb"


def test_the_tally_of_edits_by_hand() -> None:
    edits = [
        Edit(0, 3, "abc", "", "x"),
        Edit(4, 5, "d", "efg", "x"),
        Edit(6, 7, "h", "i", "y"),
        Edit(8, 9, "j", "", "x"),
        Edit(9, 9, "", "kl", "x"),
    ]
    assert tally_edits(edits) == {"x": RuleTally(4, 4, 4), "y": RuleTally(1, 0, 0)}


def test_revisions_are_told_apart_and_joined_counts_are_kept() -> None:
    one = Revision.of("ab", [Edit(0, 1, "a", "b", "x")])
    two = Revision.of("ab", [Edit(0, 1, "a", "b", "y")])
    three = Revision.of("bb", [Edit(1, 2, "b", "c", "x")])
    assert one != two
    assert one != Revision.unchanged("ab")
    assert one != Revision("ab", "xx", one.edits)
    assert one == Revision.of("ab", one.edits)
    assert hash(one) == hash(Revision.of("ab", one.edits))
    assert hash(one) != hash(Revision.unchanged("ab"))
    assert one.then(three).tally == {"x": RuleTally(2, 0, 0)}
    assert repr(one) == "<Revision 2 -> 2 code points, edits: 1>"
    assert repr(one.then(three)) == "<Revision 2 -> 2 code points, edits: lazy>"


def test_messages_say_what_to_do() -> None:
    record = DecodeRecord(None, (CodecRun(1, "ascii"),))
    remedy = "; give the ledger back the text it was written with"
    for text, said in (("ab", "is for a text of 1 code points, this one has 2"), ("é", "does not fit the text")):
        with pytest.raises(LedgerError, match=f"{said}.*{remedy}$"):
            record.encode(text)
