"""What WHATWG says of single codes and of errors, and that labels, marks and declarations are read as it says."""

import pytest

from corpusclean import ConfigError
from corpusclean.config import DecodingConfig
from corpusclean.decoding import decode
from corpusclean.decoding.declared import byte_order_mark, declared_encoding
from corpusclean.decoding.whatwg import encoding, name_of, read

# label, bytes, what browsers read
CODES = [
    ("gb2312", b"\x80", "€"),
    ("gb2312", b"\xa1\xa4", "·"),
    ("gbk", b"\xa2\xe3", "€"),
    ("gbk", b"\xa6\xd9", "\ufe10"),
    ("gb18030", b"\xa8\xbc", "ḿ"),
    ("gb18030", b"\x81\x35\xf4\x37", "\ue7c7"),
    ("gb18030", b"\xfe\x59", "龴"),
    ("gb18030", b"\x94\x39\xda\x33", "💩"),
    ("big5", b"\xa1\x45", "‧"),
    ("big5", b"\xa1\xfe\xa2\x41", "／∕"),
    ("big5", b"\x88\x62\x88\x66", "Ê̄Ê"),
    ("big5-hkscs", b"\x87\x7a", "㡵"),
    ("shift_jis", b"\x87\x90\x81\xe0", "≒≒"),
    ("shift_jis", b"\x80\xb1", "\x80ｱ"),
    ("euc-jp", b"\xad\xa1\xa1\xc1", "①～"),
    ("euc-jp", b"\x8e\xb1\x8f\xb0\xa1", "ｱ丂"),
    ("euc-kr", b"\xb0\xa1\x81\x41", "가갂"),
    ("latin1", b"\x80\x81\x9f", "€\x81Ÿ"),
    ("koi8-u", b"\xae\xbe", "ўЎ"),
    ("tis-620", b"\x80\xa1", "€ก"),
    ("iso-2022-jp", b'a\x1b$B$"-!\x1b(J\\\x1b(B\x1b(I1\x1b(B', "aあ①¥ｱ"),
    ("hz", b"~{VPND~}~~ ~\nx", "中文~ x"),
    ("utf-16", "中\U0001f4a9".encode("utf-16-le"), "中💩"),
]
# label, bytes, what browsers read: one U+FFFD for each error, and ASCII after a bad lead byte stays
ERRORS = [
    ("gbk", b"\xff1", "\ufffd1"),
    ("gbk", b"\x81 a", "\ufffd a"),
    ("gbk", b"\xb5", "\ufffd"),
    ("gbk", b"\x810", "\ufffd0"),
    ("gbk", b"\x81\xffa", "\ufffda"),
    ("big5", b"\x80\xa4\xa4", "\ufffd中"),
    ("big5", b"\xa4\x80a", "\ufffda"),
    ("big5", b"\x81A", "\ufffdA"),
    ("shift_jis", b"\xa0\xfd\xb1", "\ufffd\ufffdｱ"),
    ("euc-jp", b"\xa4\xff\xa4\xa2", "\ufffdあ"),
    ("euc-jp", b"\x8f\xa1a", "\ufffda"),
    ("euc-kr", b"\xc9\xa1A", "\ufffdA"),
    ("utf-8", b"\xe4\xbda\xf0\x9f\x92", "\ufffda\ufffd"),
    ("utf-8", b"\xc0\x80\xed\xa0\x80", "\ufffd" * 5),
    ("utf-16le", b"\x00\xd8A\x00B", "\ufffdA\ufffd"),
    ("windows-1253", b"\xaaa", "\ufffda"),
]


@pytest.mark.parametrize(("label", "data", "text"), CODES)
def test_code_reads_as_in_browsers_and_comes_back(label, data, text):
    got = decode(data, config=DecodingConfig(encoding=label))
    assert got.text == text
    assert got.damage == ()
    assert got.record.encode(text) == data


@pytest.mark.parametrize(("label", "data", "text"), ERRORS)
def test_error_reads_as_in_browsers_and_comes_back(label, data, text):
    got = decode(data, config=DecodingConfig(encoding=label))
    assert got.text == text
    assert got.damage
    assert {span.kind for span in got.damage} == {"undecodable"}
    assert got.record.encode(text) == data


@pytest.mark.parametrize("name", ["gb18030", "big5", "shift_jis", "euc-jp", "euc-kr", "windows-1252", "koi8-r"])
def test_every_two_byte_code_reads_the_same_alone_and_in_a_row(name):
    """The fast path over whole texts and the slow one over single codes are two implementations of one thing."""
    codes = [bytes([lead, trail]) for lead in range(0x81, 0x100, 3) for trail in range(0x40, 0x100)]
    single = [read(code, name).text for code in codes]
    row = read(b"\n".join(codes), name)
    assert row.text.split("\n") == single


@pytest.mark.parametrize("name", ["gb18030", "big5", "euc-jp", "koi8-u"])
def test_table_lists_only_codes_that_python_reads_otherwise(name):
    known = encoding(name)
    assert known.differ
    for code, char in known.differ.items():
        assert code.decode(known.codec, "replace") != char


LABELS = [
    ("GB2312", "gb18030"),
    (" x-gbk\n", "gb18030"),
    ("big5-hkscs", "big5"),
    ("windows-31j", "shift_jis"),
    ("ks_c_5601-1987", "euc-kr"),
    ("iso-8859-9", "windows-1254"),
    ("tis-620", "windows-874"),
    ("utf-16", "utf-16le"),
    ("hz-gb-2312", "hz"),
    ("utf8mb4", None),
    ("", None),
]


@pytest.mark.parametrize(("label", "name"), LABELS)
def test_label(label, name):
    assert name_of(label) == name


def test_unknown_forced_label_is_a_config_error():
    with pytest.raises(ConfigError, match="unknown encoding: 'utf-9'"):
        decode(b"a", config=DecodingConfig(encoding="utf-9"))


DECLARATIONS = [
    (b'<meta charset="gbk">', ("gb18030", "meta")),
    (b"<META HTTP-EQUIV=Content-Type CONTENT='text/html; CHARSET = big5'>", ("big5", "meta")),
    (b'<?xml version="1.0" encoding="euc-jp"?><a/>', ("euc-jp", "xml")),
    (b"<!-- <meta charset=gbk> --><meta charset=koi8-r>", ("koi8-r", "meta")),
    (b"<meta charset=utf-16>", ("utf-8", "meta")),
    (b"<meta charset=nonsense><p>", None),
    (b"<metadata charset=gbk>", None),
    (b"charset=gbk", None),
    (b" " * 5000 + b"<meta charset=gbk>", None),
]


@pytest.mark.parametrize(("data", "found"), DECLARATIONS)
def test_declaration(data, found):
    assert declared_encoding(data) == found


@pytest.mark.parametrize(
    ("data", "text", "name"),
    [
        (b"\xef\xbb\xbf\xe4\xbd\xa0", "你", "utf-8"),
        ("\ufeff你好".encode("utf-16-le"), "你好", "utf-16le"),
        ("\ufeff你好".encode("utf-16-be"), "你好", "utf-16be"),
        ("\ufeff你好".encode("utf-32-le"), "你好", "utf-32le"),
        (b"\xef\xbb\xbf" + "今天的天气很好，我们去公园。".encode("gbk"), "今天的天气很好，我们去公园。", "gb18030"),
    ],
)
def test_byte_order_mark_is_no_text_and_comes_back(data, text, name):
    got = decode(data)
    assert (got.text, got.encoding) == (text, name)
    assert got.record.spans[0].kind == "mark"
    assert got.damage == ()
    assert got.record.encode(text) == data


def test_no_mark_is_no_mark():
    assert byte_order_mark(b"abc") is None
