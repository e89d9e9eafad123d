"""Decoding where little leads: a forced encoding with its mark, UTF-32 without one, codes that no codec writes."""

import random

import pytest

from corpusclean import BinaryInputError, ConfigError
from corpusclean.config import DecodingConfig
from corpusclean.decoding import decode
from corpusclean.decoding.whatwg import escape, read
from corpusclean.ledger import DecodeRecord

TEXT = "今天天气很好，我们一起去公园散步。"


@pytest.mark.parametrize(
    ("label", "mark"), [("utf-8", b"\xef\xbb\xbf"), ("utf-16le", b"\xff\xfe"), ("utf-16be", b"\xfe\xff")]
)
def test_a_forced_encoding_keeps_its_own_mark_apart(label: str, mark: bytes) -> None:
    data = mark + TEXT.encode(label)
    got = decode(data, config=DecodingConfig(encoding=label))
    assert (got.text, got.encoding, got.confidence) == (TEXT, label, 1.0)
    assert [span.kind for span in got.record.spans] == ["mark"]
    assert got.record.encode(got.text) == data


def test_a_forced_encoding_reads_a_foreign_mark_as_text() -> None:
    got = decode(b"\xef\xbb\xbfabc", config=DecodingConfig(encoding="windows-1252"))
    assert got.text == "ï»¿abc"
    with pytest.raises(ConfigError, match="unknown encoding: 'utf-9'"):
        decode(b"abc", config=DecodingConfig(encoding="utf-9"))


@pytest.mark.parametrize("name", ["utf-32le", "utf-32be"])
def test_utf_32_without_a_mark(name: str) -> None:
    data = "The quick brown fox jumps over the lazy dog. ".encode(name) * 3
    got = decode(data)
    assert (got.encoding, got.text) == (name, data.decode(name))
    assert got.record.encode(got.text) == data


@pytest.mark.parametrize("share", [0.025, 0.04, 0.05])
def test_random_bytes_with_few_controls_are_refused(share: float) -> None:
    rng = random.Random(5)
    data = bytes(rng.randrange(1, 8) if rng.random() < share else rng.randrange(0x80, 0x100) for _ in range(4000))
    with pytest.raises(BinaryInputError, match="random or compressed data"):
        decode(data)
    assert decode(data.translate(None, bytes(range(8)))).encoding is None  # without controls it is text, of a kind


def test_a_character_that_the_codec_cannot_write_is_kept_as_bytes() -> None:
    """Python reads these codes and writes others, or none."""
    for name, data in (("big5", b"\x88\x62"), ("shift_jis", b"\xed\x40"), ("euc-kr", b"\xa4\xd4\xa4\xa1")):
        reading = read(data * 2, name)
        assert b"".join(span.data for span in reading.spans) or reading.text
        assert DecodeRecord(name, tuple(reading.runs), tuple(reading.spans)).encode(reading.text) == data * 2


def test_writing_errors_are_none_of_reading() -> None:
    with pytest.raises(UnicodeEncodeError):
        "甲".encode("ascii", "corpusclean.escape")
    assert escape(b"\xff", "ascii") == "\udcff"
