"""Whose word counts: labels that are true, labels that lie, short texts, binary files."""

import gzip
import random
import zlib

import pytest

from corpusclean import BinaryInputError
from corpusclean.decoding import decode

HANS = "会议指出，要坚持以人民为中心的发展思想，扎实做好各项工作。各地区各部门要认真贯彻落实。"
HANT = "會議指出，要堅持以人民為中心的發展思想，紮實做好各項工作。各地區各部門要認真貫徹落實。"
LIES = [
    ("gb2312", HANS, "utf-8"),
    ("utf-8", HANS, "gbk"),
    ("big5", HANS, "gbk"),
    ("gb2312", HANT, "big5"),
    ("gb2312", HANT, "gb18030"),
    ("iso-8859-1", HANS, "gbk"),
    ("iso-8859-1", HANS, "utf-8"),
    ("utf-16", HANS, "utf-8"),
    ("windows-1252", HANT, "big5"),
    ("shift_jis", HANS, "gbk"),
    ("euc-kr", HANS, "gbk"),
]


@pytest.mark.parametrize(("label", "text", "codec"), LIES)
@pytest.mark.parametrize("place", ["http", "meta"])
def test_lying_label_is_outvoted_and_listed(label, text, codec, place):
    page = f"<html><head><meta charset={label}></head><body><p>{text}</p></body></html>" if place == "meta" else text
    got = decode(page.encode(codec), http_charset=label if place == "http" else None)
    assert got.text == page
    assert place in {vote.source for vote in got.evidence}


TRUE = [
    ("big5", "會部", "big5"),
    ("gbk", "請法", "gb18030"),
    ("shift_jis", "電話", "cp932"),
    ("euc-kr", "이미", "cp949"),
    ("gb2312", "学校", "gbk"),
    ("euc-kr", " 호", "cp949"),
]


@pytest.mark.parametrize(("label", "text", "codec"), TRUE)
def test_true_label_decides_two_characters(label, text, codec):
    assert decode(text.encode(codec), http_charset=label).text == text


SHORT = [
    ("联通", "gbk"),
    ("你好，", "gbk"),
    ("今天天气", "gbk"),
    ("我們的工作", "big5"),
    ("沒有問題", "big5"),
    ("ありがとうございます", "cp932"),
    ("안녕하세요 여러분", "cp949"),
    ("我们在公园里", "utf-16-le"),
    ("我们在公园里", "utf-16-be"),
    ("é", "utf-8"),
    ("да", "utf-8"),
    ("naïve café", "utf-8"),
    ("naïve café", "latin-1"),
    ("Le café", "latin-1"),  # its only byte is the last: no East Asian character that was cut short
    ("He said “no” and left.", "cp1252"),
    ("Bush hid the facts", "ascii"),
]


@pytest.mark.parametrize(("text", "codec"), SHORT)
def test_short_text(text, codec):
    assert decode(text.encode(codec)).text == text


def test_nothing_is_utf8():
    got = decode(b"")
    assert (got.text, got.encoding, got.confidence) == ("", "utf-8", 1.0)


def test_senseless_bytes_get_an_honest_dont_know():
    got = decode(b"\x81\xff\x8d\xff" * 40)
    assert got.encoding is None
    assert got.confidence < 0.2


def test_evidence_lists_the_strongest_first():
    weights = [vote.weight for vote in decode(HANS.encode("gbk"), http_charset="big5").evidence]
    assert weights == sorted(weights, reverse=True)
    assert len(weights) > 3


BINARY = {
    "gzip": (gzip.compress(HANS.encode(), mtime=0), "gzip"),
    "png": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG"),
    "elf": (b"\x7fELF\2\1\1" + bytes(64), "ELF"),
    "zip": (b"PK\x03\x04" + bytes(30), "zip"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
    "tar": (b"name" + bytes(253) + b"ustar\x0000", "tar"),
    "zeros": (bytes(300), "nothing but NULs"),
    "deflate": (zlib.compress(bytes(random.Random(3).randbytes(3000))), "random or compressed"),
}


@pytest.mark.parametrize("name", BINARY)
def test_binary_is_refused_by_name(name):
    data, what = BINARY[name]
    with pytest.raises(BinaryInputError, match=what):
        decode(data)


@pytest.mark.parametrize("seed", range(20))
def test_random_bytes_are_refused(seed):
    with pytest.raises(BinaryInputError):
        decode(random.Random(seed).randbytes(600 + 300 * seed))


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "cp932"])
def test_text_with_one_control_in_twenty_bytes_is_text(codec):
    text = "".join(char + ("\0" if i % 12 == 5 else "") for i, char in enumerate(HANT * 3))
    assert decode(text.encode(codec, "ignore")).text == text.encode(codec, "ignore").decode(codec)
