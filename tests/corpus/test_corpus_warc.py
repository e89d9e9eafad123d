"""WARC: every page comes out, whatever its charset, and what is damaged is named and costs nothing else."""

import gzip
import io
import zlib
from collections import Counter
from pathlib import Path

import brotli
import pytest
import zstandard
from fastwarc.warc import ArchiveIterator, WarcRecordType
from hypothesis import given, settings
from hypothesis import strategies as st
from warc_makers import http, member, record

from corpusclean import Cleaner, Limits
from corpusclean.corpus import Record, Trouble, clean_records, read

# One page for each charset: how Python writes it, how the page is declared, and in what words.
HTTP, META, NOWHERE = "http", "meta", "nowhere"
PAGES = (
    (
        "utf-8",
        "utf-8",
        NOWHERE,
        "春天到了，公园里的花都开了，孩子们在草地上奔跑，老人们坐在长椅上晒太阳。",
    ),
    ("gb18030", "gb2312", HTTP, "这本书介绍了中国古代建筑的历史，从木结构到砖石结构，内容丰富，图文并茂，值得一读。"),
    ("big5", "big5", META, "臺灣的夜市有很多好吃的東西，晚上大家都喜歡出來逛街，買一些小吃和飲料，非常熱鬧。"),
    ("shift_jis", "shift_jis", HTTP, "日本の四季はとても美しいです。春には桜が咲き、秋には紅葉が山を赤く染めます。"),
    ("euc-jp", "euc-jp", META, "図書館で古い本を読むのが好きです。静かな場所で過ごす時間は大切です。"),
    (
        "euc-kr",
        "euc-kr",
        NOWHERE,
        "한국의 가을은 하늘이 높고 맑아서 산책하기에 좋은 계절입니다.",
    ),
    (
        "windows-1251",
        "windows-1251",
        HTTP,
        "Весной в парке расцветают деревья, и люди выходят гулять.",
    ),
    (
        "windows-1252",
        "iso-8859-1",
        META,
        "Après la pluie, les élèves sont allés à la forêt ramasser des châtaignes.",
    ),
    ("utf-16", "utf-16", NOWHERE, "城市的图书馆每天都有很多读者，大家安静地看书，学习新的知识，度过愉快的时光。"),
)


def page(text: str, meta: str | None) -> str:
    declared = f'<meta charset="{meta}">' if meta else ""
    return f"<html><head>{declared}<title>x</title></head><body><p>{text}</p><p>{text}</p></body></html>"


@pytest.mark.parametrize("packed", [True, False], ids=["gz", "plain"])
def test_nine_pages_in_nine_charsets(packed: bool, tmp_path: Path) -> None:
    """None dropped, all right, whether the server declared the charset, or the page, or nobody."""
    path = tmp_path / ("crawl.warc.gz" if packed else "crawl.warc")
    make = member if packed else record
    pieces = []
    for codec, label, where, text in PAGES:
        content_type = f"text/html; charset={label}" if where == HTTP else "text/html"
        pieces.append(make(http(page(text, label if where == META else None).encode(codec), content_type), codec))
    path.write_bytes(b"".join(pieces))
    results = list(clean_records(read([str(path)]), Cleaner(script=None, boilerplate=False)))
    assert not [item for item in results if isinstance(item, Trouble)]
    got = {item.document.id: item.document for item in results if not isinstance(item, Trouble)}
    assert len(got) == len(PAGES) == 9
    for codec, _, _, text in PAGES:
        document = got[f"<urn:uuid:{codec}>"]
        assert document.text.count(text) == 2, codec
        assert document.metadata.url == f"http://example.org/{codec}"


def read_bytes(data: bytes, tmp_path: Path, name: str = "crawl.warc", **options: object) -> list[Record | Trouble]:
    path = tmp_path / name
    path.write_bytes(data)
    return list(read([str(path)], **options))  # type: ignore[arg-type]


def ids(found: list[Record | Trouble]) -> list[str]:
    return [item.id.removeprefix("<urn:uuid:").removesuffix(">") for item in found if isinstance(item, Record)]


def troubles(found: list[Record | Trouble]) -> list[str]:
    return [item.what for item in found if isinstance(item, Trouble)]


def test_what_the_crawler_knew_is_carried(tmp_path: Path) -> None:
    (found,) = read_bytes(record(http(b"<p>x", "text/html; charset=GBK"), "a"), tmp_path)
    assert found == Record(
        "<urn:uuid:a>",
        "crawl.warc/1",
        b"<p>x",
        url="http://example.org/a",
        http_charset="gbk",
        media_type="text/html",
        extra={
            "warc_type": "response",
            "date": "2019-04-01T10:20:30Z",
            "content_type": "text/html; charset=GBK",
            "http_status": 200,
        },
    )


def test_wet_and_resources(tmp_path: Path) -> None:
    data = record("好。".encode(), "a", kind="conversion", content_type="text/plain")
    data += record(b"<p>x", "b", kind="resource", content_type="text/html")
    one, two = read_bytes(data, tmp_path, "crawl.warc.wet")
    assert isinstance(one, Record)
    assert isinstance(two, Record)
    assert (one.http_charset, one.media_type) == ("utf-8", "text/plain")
    assert (two.http_charset, two.media_type) == (None, "text/html")


def test_what_is_no_document_is_counted(tmp_path: Path) -> None:
    data = b"".join(
        [
            record(b"software: x\r\n", "i", kind="warcinfo", content_type="application/warc-fields"),
            record(b"GET / HTTP/1.1\r\n\r\n", "q", kind="request"),
            record(http(b"", "text/html"), "v", kind="revisit"),
            record(http(b"gone", status="404 Not Found"), "e"),
            record(http(b"moved", status="301 Moved"), "m"),
            record(http(b"\x89PNG", "image/png"), "p"),
            record(http(b"<p>x"), "a"),
            record(http(b"y", ""), "b"),
        ]
    )
    passed_over: Counter[str] = Counter()
    found = read_bytes(data, tmp_path, passed_over=passed_over)
    assert ids(found) == ["a", "b"]
    assert not troubles(found)
    assert passed_over == {
        "WARC warcinfo": 1,
        "WARC request": 1,
        "WARC revisit": 1,
        "HTTP status 404": 1,
        "HTTP status 301": 1,
        "media type image/png": 1,
    }


BODY = ("<p>" + "".join(f"第{at * at % 997}页，" for at in range(300))).encode()
CHUNKS = (
    b"".join(b"%x;ext=1\r\n%s\r\n" % (len(part), part) for part in (BODY[:7], BODY[7:900], BODY[900:])) + b"0\r\n\r\n"
)
RAW_DEFLATE = zlib.compressobj(wbits=-15)
ENCODED = {
    "gzip": (b"Content-Encoding: gzip\r\n", gzip.compress(BODY)),
    "deflate": (b"Content-Encoding: deflate\r\n", zlib.compress(BODY)),
    "raw deflate": (b"Content-Encoding: deflate\r\n", RAW_DEFLATE.compress(BODY) + RAW_DEFLATE.flush()),
    "brotli": (b"content-encoding: BR\r\n", brotli.compress(BODY)),
    "zstd": (b"Content-Encoding: zstd\r\n", zstandard.compress(BODY)),
    "chunked": (b"Transfer-Encoding: chunked\r\n", CHUNKS),
    "two": (b"Content-Encoding: deflate, gzip\r\n", gzip.compress(zlib.compress(BODY))),
    "chunked gzip": (
        b"Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n",
        b"%x\r\n%s\r\n0\r\n\r\n" % (len(gzip.compress(BODY, mtime=0)), gzip.compress(BODY, mtime=0)),
    ),
    "gzip that was decoded already": (b"Content-Encoding: gzip\r\n", BODY),
    "brotli that was decoded already": (b"Content-Encoding: br\r\n", BODY),
    "chunks that were joined already": (b"Transfer-Encoding: chunked\r\n", BODY),
    "an encoding that is none": (b"Content-Encoding: utf-8\r\n", BODY),
}


@pytest.mark.parametrize("name", ENCODED)
def test_content_encodings(name: str, tmp_path: Path) -> None:
    headers, body = ENCODED[name]
    (found,) = read_bytes(record(http(body, headers=headers)), tmp_path)
    assert isinstance(found, Record), found
    assert found.source == BODY


@pytest.mark.parametrize("name", ["gzip", "deflate", "brotli", "chunked", "chunked gzip"])
def test_a_body_that_is_cut_short(name: str, tmp_path: Path) -> None:
    """It is a trouble, unless the crawler says that it cut the record: then what there is is kept."""
    headers, body = ENCODED[name]
    block = http(body[:-20], headers=headers)
    good = record(http(b"<p>y"), "b")
    cut, after = read_bytes(record(block, "a") + good, tmp_path)
    assert isinstance(cut, Trouble)
    assert "ends too early" in cut.what
    assert ids([after]) == ["b"]
    kept, _ = read_bytes(record(block, "a", headers="WARC-Truncated: length\r\n") + good, tmp_path)
    assert isinstance(kept, Record), kept
    assert kept.extra is not None
    assert kept.extra["truncated"] == "length"
    assert isinstance(kept.source, bytes)
    assert BODY.startswith(kept.source)


@pytest.mark.parametrize("name", ["gzip", "deflate", "brotli", "zstd"])
def test_a_body_that_is_a_bomb(name: str, tmp_path: Path) -> None:
    zeros = bytes(20 * 2**20)
    make = {"gzip": gzip.compress, "deflate": zlib.compress, "brotli": brotli.compress, "zstd": zstandard.compress}
    coding = {"brotli": "br"}.get(name, name)
    block = http(make[name](zeros), headers=f"Content-Encoding: {coding}\r\n".encode())
    data = record(block, "a") + record(http(b"<p>y"), "b")
    bomb, after = read_bytes(data, tmp_path, limits=Limits(decompressed_ratio=100))
    assert isinstance(bomb, Trouble)
    assert bomb.kind == "rejected"
    assert "decompressed_ratio" in bomb.what
    assert ids([after]) == ["b"]
    fine, _ = read_bytes(data, tmp_path, limits=Limits(decompressed_ratio=0))
    assert isinstance(fine, Record)
    (small, _) = read_bytes(data, tmp_path, limits=Limits(decompressed_ratio=0, input_bytes=2**20))
    assert isinstance(small, Trouble)


class TestDamage:
    """Others stop at it, or pass half a page on as a whole one, or swallow what follows."""

    RECORDS = tuple(record(http(("<p>" + str(at) * 300).encode()), str(at)) for at in range(5))
    MEMBERS = tuple(gzip.compress(item, mtime=0) for item in RECORDS)

    def test_a_file_that_is_cut(self, tmp_path: Path) -> None:
        found = read_bytes(b"".join(self.MEMBERS)[:-40], tmp_path, "a.warc.gz")
        assert ids(found) == list("0123")
        assert len(troubles(found)) == 1
        assert "gzip data ends too early" in troubles(found)[0]
        found = read_bytes(b"".join(self.RECORDS)[:-40], tmp_path)
        assert ids(found) == list("0123")
        assert troubles(found) == ["the record ends after 311 of its 347 bytes"]

    def test_a_member_that_is_damaged(self, tmp_path: Path) -> None:
        bad = bytearray(self.MEMBERS[2])
        bad[20:60] = bytes(40)
        found = read_bytes(b"".join((*self.MEMBERS[:2], bytes(bad), *self.MEMBERS[3:])), tmp_path, "a.warc.gz")
        assert ids(found) == list("0134")
        assert len(troubles(found)) == 1
        assert "gzip data is damaged" in troubles(found)[0]

    @pytest.mark.parametrize("packed", [True, False])
    @pytest.mark.parametrize("length", [10, 346, 348, 5000, 10**12, 10**20])
    def test_a_length_that_lies(self, length: int, packed: bool, tmp_path: Path) -> None:
        lying = record(http(("<p>" + "2" * 300).encode()), "2", length=length)
        items = [*self.RECORDS[:2], lying, *self.RECORDS[3:]]
        data = b"".join(gzip.compress(item) if packed else item for item in items)
        found = read_bytes(data, tmp_path)
        assert ids(found) == list("0134")
        assert len(troubles(found)) == 1

    def test_what_is_no_warc_at_all(self, tmp_path: Path) -> None:
        (found,) = read_bytes(b"once upon a time\n" * 50, tmp_path)
        assert isinstance(found, Trouble)
        (found,) = read_bytes(b"\n\n", tmp_path)
        assert isinstance(found, Trouble)
        assert found.what == "it holds no records"

    def test_a_record_beyond_the_limit(self, tmp_path: Path) -> None:
        data = record(http(bytes(3 * 2**20)), "a") + self.RECORDS[1]
        found = read_bytes(data, tmp_path, limits=Limits(input_bytes=1000))
        assert ids(found) == ["1"]
        assert troubles(found) == ["it is larger than limits.input_bytes = 1000"]

    def test_a_member_that_decompresses_without_end(self, tmp_path: Path) -> None:
        """It is given up at the limit, and the next member is read."""
        bomb = gzip.compress(record(http(bytes(30 * 2**20)), "a"))
        data = self.MEMBERS[0] + bomb + self.MEMBERS[1]
        found = read_bytes(data, tmp_path, "a.warc.gz", limits=Limits(input_bytes=1000, decompressed_bytes=10 * 2**20))
        assert ids(found) == ["0", "1"]
        assert len(troubles(found)) == 1
        assert "limits.decompressed_bytes" in troubles(found)[0]

    @settings(max_examples=60, deadline=None)
    @given(data=st.data())
    def test_damage_anywhere(self, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
        """Nothing raises, no more than the records that were touched are lost, and no half page passes for a whole."""
        packed = b"".join(self.MEMBERS)
        at = data.draw(st.integers(0, len(packed) - 1))
        size = data.draw(st.integers(1, 30))
        broken = packed[:at] + data.draw(st.binary(min_size=size, max_size=size)) + packed[at + size :]
        found = read_bytes(broken, tmp_path_factory.mktemp("warc"), "a.warc.gz")
        ends = [sum(map(len, self.MEMBERS[: index + 1])) for index in range(5)]
        starts = [0, *ends]
        touched = {str(index) for index in range(5) if at < ends[index] and at + size > starts[index]}
        assert set("01234") - set(ids(found)) <= touched
        pages = {item.id: item.source for item in found if isinstance(item, Record)}
        assert pages == {f"<urn:uuid:{at}>": ("<p>" + at * 300).encode() for at in ids(found)}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.binary(max_size=300), max_size=5), st.booleans())
def test_as_fastwarc_reads_it(tmp_path_factory: pytest.TempPathFactory, bodies: list[bytes], packed: bool) -> None:
    """On files without damage, the same records with the same bytes."""
    bodies = [b"<p>" + body for body in bodies]
    make = member if packed else record
    data = b"".join(make(http(body), str(at)) for at, body in enumerate(bodies))
    theirs = [
        (item.record_id, item.reader.read())
        for item in ArchiveIterator(io.BytesIO(data), record_types=WarcRecordType.response, parse_http=True)
    ]
    found = read_bytes(data, tmp_path_factory.mktemp("warc"), "a.warc.gz" if packed else "a.warc")
    if bodies:
        assert [(item.id, item.source) for item in found if isinstance(item, Record)] == theirs
        assert len(theirs) == len(bodies)
