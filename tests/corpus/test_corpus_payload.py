"""What a WARC's response holds: headers of every shape, chunks, encodings, and what is damaged in them."""

import zlib

import brotli
import pytest
import zstandard

from corpusclean.corpus.http_payload import PayloadError, Response, body_of, parse_headers, parse_response
from corpusclean.limits import Limits
from corpusclean.testing import SENTENCES

PAGE = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES).encode()


def body(data: bytes, *, cut: bool = False, limits: Limits | None = None, **headers: str) -> bytes:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return body_of(Response(200, named, data), limits or Limits(), cut=cut)


def bare(data: bytes) -> bytes:
    engine = zlib.compressobj(wbits=-15)
    return engine.compress(data) + engine.flush()


def test_headers() -> None:
    head = b"A: 1\r\n  2\r\nno colon\r\n\tB: 3\r\nX: caf\xe9\r\nX: y\r\n"
    assert parse_headers(head) == {"a": "1 2 B: 3", "x": "café, y"}
    assert parse_headers(b" folded: at the start\r\n") == {"folded": "at the start"}
    assert parse_headers(b"A: 1\n" + b"x" * 70_000 + b"\nB: 2\n") == {"a": "1"}


@pytest.mark.parametrize(
    ("block", "status", "rest"),
    [
        (b"HTTP/1.1 200 OK\n\n<p>", 200, b"<p>"),
        (b"HTTP/1.1\r\n\r\n<p>", 0, b"<p>"),
        (b"HTTP/1.1 20x\r\n\r\n<p>", 0, b"<p>"),
        (b"HTTP/1.1 200 OK\r\nA: 1", 200, b""),
        (b"<p>HTTP/1.1", 0, b"<p>HTTP/1.1"),
    ],
)
def test_responses(block: bytes, status: int, rest: bytes) -> None:
    response = parse_response(block)
    assert (response.status, response.body) == (status, rest)


CHUNKED = b"4;name=x\r\nabcd\r\n3\nefg\r\n0\r\n\r\n"


@pytest.mark.parametrize(
    ("data", "cut", "made"),
    [
        (CHUNKED, False, b"abcdefg"),
        (b"<p>joined already", False, b"<p>joined already"),
        (b"_4\r\nab", False, b"_4\r\nab"),
        (b"4\r\nabcd\r\nxyz\r\n", True, b"abcd"),
        (b"4\r\nabcd\r\n6\r\nef", True, b"abcdef"),
        (b"4\r\nabcd\r\n", True, b"abcd"),
        (b"", True, b""),
    ],
)
def test_chunks(data: bytes, cut: bool, made: bytes) -> None:
    assert body(data, cut=cut, transfer_encoding="chunked") == made


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"4\r\nabcd\r\nxyz\r\n", "damaged at byte 9"),
        (b"4\r\nabcd\r\n6\r\nef", "ends too early"),
        (b"4\r\nabcd\r\n11111111111111111\r\n", "damaged at byte 9"),
    ],
)
def test_damaged_chunks_are_refused(data: bytes, said: str) -> None:
    with pytest.raises(PayloadError, match=said):
        body(data, transfer_encoding="chunked")


ENCODED = {
    "gzip": zlib.compress(PAGE, wbits=31),
    "x-gzip": zlib.compress(PAGE, wbits=31),
    "deflate": zlib.compress(PAGE),
    "Deflate": bare(PAGE),
    "br": brotli.compress(PAGE),
    "zstd": zstandard.compress(PAGE),
    "identity, gzip": zlib.compress(PAGE, wbits=31),
    "gzip, br": brotli.compress(zlib.compress(PAGE, wbits=31)),
}


@pytest.mark.parametrize("name", ENCODED)
def test_encodings(name: str) -> None:
    assert body(ENCODED[name], content_encoding=name) == PAGE


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd", "none", "binary", "compress", "x-made-up"])
def test_a_page_that_the_crawler_decoded_is_taken_as_it_is(name: str) -> None:
    assert body(PAGE, content_encoding=name) == PAGE


@pytest.mark.parametrize("name", ["gzip", "deflate", "Deflate", "br"])
def test_an_encoding_that_ends_too_early(name: str) -> None:
    data = ENCODED[name][:-6]
    with pytest.raises(PayloadError, match="ends too early"):
        body(data, content_encoding=name)
    made = body(data, cut=True, content_encoding=name)
    assert made
    assert PAGE.startswith(made)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("gzip", ENCODED["gzip"][:10] + b"\xff" * 40),
        ("deflate", ENCODED["deflate"][:2] + b"\xff" * 40),
        ("br", b"\x00\xff" * 40),
        ("zstd", ENCODED["zstd"][:6] + b"\xff" * 40),
    ],
)
def test_a_damaged_encoding_is_named(name: str, data: bytes) -> None:
    named = {"br": "brotli"}.get(name, name)
    with pytest.raises(PayloadError, match=f"its {named} encoding is damaged"):
        body(data, content_encoding=name)


def test_an_unknown_encoding_is_refused() -> None:
    with pytest.raises(PayloadError, match="'compress' is not known"):
        body(b"\x1f\x9d\x90\x00\x01\x02\x03", content_encoding="compress")


def test_encodings_in_one_another_are_bounded() -> None:
    with pytest.raises(PayloadError, match="content encodings, one in the other") as caught:
        body(PAGE, content_encoding=", ".join(["gzip"] * 50))
    assert caught.value.rejected


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd"])
def test_what_a_body_decodes_to_is_bounded(name: str) -> None:
    limits = Limits(decompressed_bytes=len(PAGE) - 1)
    with pytest.raises(PayloadError, match="decodes to more than") as caught:
        body(ENCODED[name], content_encoding=name, limits=limits)
    assert caught.value.rejected
    assert body(ENCODED[name], content_encoding=name, limits=Limits(decompressed_bytes=len(PAGE))) == PAGE
    free = Limits(input_bytes=0, decompressed_bytes=0, decompressed_ratio=0)
    assert body(ENCODED[name], content_encoding=name, limits=free) == PAGE
