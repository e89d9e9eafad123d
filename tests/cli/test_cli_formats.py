"""Formats on the command line: in by name and by bytes, out by name; what is no document is told."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet
import pytest

from corpusclean.cli import main

TEXT = "今天天气很好，我们去公园散步，看见很多人在放风筝。"


def warc(name: str, block: bytes, kind: str = "response") -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <{name}>\r\nContent-Type: application/http\r\n"
    return gzip.compress(f"{head}Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n")


@pytest.fixture
def crawl(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "in"
    folder.mkdir()
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=gb2312\r\n\r\n<p>" + TEXT.encode("gb18030")
    data = warc("a", page) + warc("b", b"HTTP/1.1 404 Gone\r\n\r\nx") + warc("c", b"GET /\x1b[2J", "request\x1b[2J")
    (folder / "a.warc.gz").write_bytes(data)
    (folder / "b.csv").write_text(f'text,stars\n"{TEXT}",4\n', "utf-8")
    return folder


def test_many_formats_into_parquet(crawl: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.parquet"
    assert main(["clean", str(crawl / "*"), "-o", str(out)]) == 0
    table = pyarrow.parquet.read_table(out)
    assert table.schema.names == ["id", "text", "metadata", "extra"], "no columns for ledgers that nobody asked for"
    rows = table.to_pylist()
    assert [(row["id"], row["text"].strip()) for row in rows] == [("<a>", TEXT), (f"{crawl / 'b.csv'}:2", TEXT)]
    assert json.loads(rows[1]["extra"]) == {"stars": "4"}
    said = capsys.readouterr().err
    assert "passed over, since it is no document: HTTP status 404 ×1, WARC request‹1B›[2j ×1" in said
    assert "\x1b[2" not in said
    totals = json.loads((tmp_path / "out.run" / "totals.json").read_bytes())
    assert totals["passed_over"] == {"HTTP status 404": 1, "WARC request\x1b[2j": 1}


def test_a_ledger_in_parquet(crawl: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    assert main(["clean", str(crawl), "-q", "--ledger", "-o", str(out)]) == 0
    assert {"removed", "ledger"} < set(pyarrow.parquet.read_table(out).schema.names)


def test_what_is_not_written_is_refused_before_anything_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["clean", str(tmp_path / "missing"), "-o", str(tmp_path / "out.csv")]) == 2
    said = capsys.readouterr().err
    assert "cannot write .csv files" in said
    assert "missing" not in said
