"""The laws of decoding, for arbitrary bytes, for every codec, and for every damage."""

import itertools
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpusclean import BinaryInputError, LimitExceeded, Limits
from corpusclean.config import DecodingConfig
from corpusclean.decoding import Decoded, decode

CHINESE = "今天的天气很好，我们一起去公园里散步。孩子们在草地上跑来跑去，老人坐在树下聊天。"
TRADITIONAL = "今天的天氣很好，我們一起去公園裡散步。孩子們在草地上跑來跑去，老人坐在樹下聊天。"
JAPANESE = "今日は天気がいいので、みんなで公園を散歩しました。子どもたちは走り回っていました。"
KOREAN = "오늘은 날씨가 좋아서 우리는 함께 공원을 산책했습니다. 아이들은 뛰어놀고 있었습니다."
TEXTS = [
    (CHINESE, "utf-8"),
    (CHINESE, "gb18030"),
    (CHINESE, "utf-16-le"),
    (CHINESE, "utf-16-be"),
    (CHINESE, "hz"),
    (TRADITIONAL, "gb18030"),
    (TRADITIONAL, "big5hkscs"),
    (JAPANESE, "cp932"),
    (JAPANESE, "euc_jp"),
    (JAPANESE, "iso2022_jp"),
    (KOREAN, "cp949"),
    ("Der Fluß fließt über die Grenze, höher als früher; man müßte Brücken bauen.", "cp1252"),
    ("Сегодня хорошая погода, и мы вместе гуляем в парке.", "cp1251"),
]
LABELS = [None, "gb2312", "big5", "utf-8", "utf-16", "shift_jis", "iso-8859-1", "no such label", ""]


def restored(got: Decoded) -> bytes:
    return got.record.encode(got.text)


def check(data: bytes, label: str | None = None) -> Decoded | None:
    """Decode, and check what must hold whatever the bytes are."""
    try:
        got = decode(data, http_charset=label)
    except BinaryInputError:
        return None
    assert restored(got) == data
    assert 0.0 <= got.confidence <= 1.0
    assert not any("\ud800" <= char <= "\udfff" for char in got.text)
    spans = got.record.spans
    assert all(0 <= span.start <= span.end <= len(got.text) for span in spans)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    assert all(vote.source and 0.0 <= vote.weight <= 1.0 for vote in got.evidence)
    return got


@given(st.binary(max_size=400), st.sampled_from(LABELS))
@example(b"", None)
@example(b"\xff\xfe", None)
@example(b"\xef\xbb\xbf", None)
@example(b"\xff\xfe\x00\x00\x01", None)
@example(b"\x1b$B\x1b(B\x1b$B\n!", None)
@example(b"~{~~}\n~{V\n~", None)
@example(b"\x81\x30\x81", "gb2312")
@example(b"\x88\x62\x88\x64A", "big5")
def test_arbitrary_bytes_come_back(data, label):
    check(data, label)


@given(st.lists(st.sampled_from(range(0x20, 0x100)), max_size=120).map(bytes), st.sampled_from(LABELS))
def test_bytes_without_controls_are_never_refused_for_controls(data, label):
    check(data, label)


@given(
    st.binary(max_size=200),
    st.sampled_from(
        ["gbk", "big5", "shift_jis", "euc-jp", "euc-kr", "iso-2022-jp", "hz", "utf-8", "utf-16le", "koi8-r"]
    ),
)
def test_forced_encoding_reads_anything_and_comes_back(data, label):
    assert restored(decode(data, config=DecodingConfig(encoding=label))) == data


@st.composite
def damages(draw):
    """A text in a codec with bytes dropped, put in, or changed, and a tail cut off."""
    text, codec = draw(st.sampled_from(TEXTS))
    data = bytearray((text + "\n").encode(codec) * draw(st.integers(1, 3)))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(data) - 1))
        kind = draw(st.sampled_from(["drop", "put", "change"]))
        if kind == "drop":
            del data[at]
        elif kind == "put":
            data.insert(at, draw(st.integers(0, 255)))
        else:
            data[at] = draw(st.integers(0, 255))
    return bytes(data[: len(data) - draw(st.integers(0, 3))])


@given(damages())
@settings(max_examples=200)
def test_every_codec_with_every_damage_comes_back(data):
    check(data)


@pytest.mark.parametrize(("text", "codec"), TEXTS)
def test_clean_text_is_exact_and_unflagged(text, codec):
    got = check((text + "\n" + text).encode(codec))
    assert got is not None
    assert got.text == text + "\n" + text
    assert got.damage == ()
    assert got.confidence > (0.6 if codec.startswith("cp125") else 0.9)


@given(
    st.lists(st.sampled_from([text for text, _ in TEXTS]), min_size=1, max_size=4),
    st.sampled_from(["utf-8", "gb18030"]),
)
def test_reading_agrees_with_cpython_on_valid_input(texts, codec):
    text = "\n".join(texts)
    assert decode(text.encode(codec), config=DecodingConfig(encoding=codec)).text == text


def test_input_bytes_bounds_the_size_and_zero_lifts_it():
    with pytest.raises(LimitExceeded, match=r"more than limits\.input_bytes = 3"):
        decode(b"abcd", limits=Limits(input_bytes=3))
    assert decode(b"abcd", limits=Limits(input_bytes=0)).text == "abcd"


HOSTILE = {
    "lead bytes": b"\x81",
    "ff": b"\xff",
    "bad pairs": b"\x81\xff",
    "cut utf-8": b"\xe4\xbd ",
    "damaged gbk": "公园".encode("gbk") + b"\xff",
    "lone letters": "的H力".encode("big5"),
    "meta flood": b"<meta ",
    "comment flood": b"<!--",
    "escapes": b"\x1b$B",
    "hz": b"~{",
    "mixed": "今天的天气很好\n".encode() + "今天的天气很好\n".encode("gbk"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bytes_cost_in_proportion(name):
    seed = HOSTILE[name]

    def seconds(size: int) -> float:
        data = seed * (size // len(seed)) + b"\xff"
        start = time.process_time()
        check(data)
        return time.process_time() - start

    seconds(1000)
    small = large = float("inf")
    for _ in range(4):  # on a busy machine a time can only be too long: the best ones count
        small, large = min(small, max(seconds(20_000), 0.005)), min(large, seconds(80_000))
        if large < 10 * small:
            break
    assert large < 10 * small, f"4 times the bytes took {large / small:.1f} times as long"
