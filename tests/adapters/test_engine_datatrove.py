"""datatrove: bytes and WARC read without loss, statistics, exclusion, and what other executors need."""

import gzip
import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from engines import engine

from corpusclean import Cleaner
from corpusclean.adapters.datatrove import CorpusClean
from corpusclean.adapters.datatrove_readers import RawReader, RawWarcReader
from corpusclean.testing import SENTENCES

pytestmark = pytest.mark.engine
engine("datatrove")

PAGES = {
    "utf-8": SENTENCES[:4],
    "gbk": SENTENCES[4:8],
    "gb18030": SENTENCES[8:12],
    "big5": ("昨天下午，市立圖書館新館正式開放，當天就有三千多人前來借書。", "請大家注意保暖，多喝熱水。"),
    "shift_jis": ("昨日、市立図書館の新しい建物が開館し、多くの人が訪れました。",),
    "euc-kr": ("어제 시립 도서관의 새 건물이 문을 열었고 많은 사람들이 찾았습니다.",),
    "windows-1251": ("Сегодня в городе открыли новую библиотеку, и пришло много людей.",),
    "windows-1252": ("Grüße aus München: das Wetter ist schön, und die Straßen sind leer.",),
    "utf-16le": SENTENCES[12:14],
}


def page(charset: str) -> bytes:
    body = "".join(f"<p>{line}</p>" for line in PAGES[charset])
    return f"<!DOCTYPE html><html><head><title>x</title></head><body>{body}</body></html>".encode(charset)


def record(charset: str, kind: str = "text/html", *, squeeze: bool = False) -> bytes:
    """One WARC response whose charset only the HTTP header states."""
    payload = gzip.compress(page(charset)) if squeeze else page(charset)
    http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}; charset={charset}\r\nContent-Length: {len(payload)}\r\n".encode()
    http += (b"Content-Encoding: gzip\r\n" if squeeze else b"") + b"\r\n" + payload
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        f"WARC-Record-ID: <urn:uuid:{charset}>\r\nWARC-Target-URI: https://example.org/{charset}\r\n"
        "WARC-Date: 2026-01-02T03:04:05Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_warc_pages_in_nine_charsets(pack: Callable[[bytes], bytes], tmp_path: Path) -> None:
    records = [record(charset, squeeze=charset == "big5") for charset in PAGES]
    records.append(record("utf-8", "image/png").replace(b"urn:uuid:utf-8", b"urn:uuid:imagex"))
    (tmp_path / "crawl.warc").write_bytes(b"".join(pack(one) for one in records))
    reader = RawWarcReader(str(tmp_path))
    documents = {document.metadata["url"].rpartition("/")[2]: document for document in CorpusClean().run(reader.run())}
    assert set(documents) == set(PAGES)
    for charset, document in documents.items():
        expected = Cleaner().clean(
            page(charset),
            url=f"https://example.org/{charset}",
            http_charset=charset,
            media_type="text/html",
            id=document.id,
        )
        assert document.text == expected.text
        assert document.metadata["warc_date"] == "2026-01-02T03:04:05Z"
        if charset != "big5":  # unified to Simplified
            assert PAGES[charset][0] in document.text
    assert reader.stats["other_media_type"].total == 1


def test_raw_files_keep_their_bytes(tmp_path: Path) -> None:
    data = SENTENCES[0].encode("gb18030") + b"\xff\x00"
    (tmp_path / "a.txt").write_bytes(data)
    documents = list(RawReader(str(tmp_path)).run())
    assert [document.media[0].media_bytes for document in documents] == [data]
    assert documents[0].id == "a.txt"


def test_what_is_dropped_is_written_and_counted(tmp_path: Path) -> None:
    from datatrove.data import Document
    from datatrove.pipeline.writers import JsonlWriter

    writer = JsonlWriter(str(tmp_path), compression=None)
    step = CorpusClean(limits={"input_bytes": 100}, exclusion_writer=writer)
    given = [Document("好。\u200b", "a"), Document("x" * 101, "b"), Document("", "c")]
    kept = list(step.run(given))
    assert [(document.id, document.text) for document in kept] == [("a", "好。"), ("c", "")]
    dropped = [json.loads(line) for path in tmp_path.iterdir() for line in path.read_text().splitlines()]
    assert [row["id"] for row in dropped] == ["b"]
    assert dropped[0]["metadata"]["corpusclean"]["status"] == "rejected"
    counts = {name: step.stats[name].total for name in ("total", "forwarded", "dropped", "dropped_rejected", "edits")}
    assert (counts["total"], counts["forwarded"], counts["dropped"], counts["dropped_rejected"]) == (3, 2, 1, 1)
    assert counts["edits"] >= 1


def test_metadata_and_ledger_travel() -> None:
    from datatrove.data import Document

    (document,) = CorpusClean(ledger=True).run(
        [Document("好。\u200b", "a", metadata={"url": "https://a.example/", "k": 1})]
    )
    assert document.metadata["k"] == 1
    assert document.metadata["url"] == "https://a.example/"
    assert {"clean", "ledger", "removed"} <= set(document.metadata)


def test_picklable_for_slurm_and_ray(tmp_path: Path) -> None:
    from datatrove.executor import LocalPipelineExecutor, SlurmPipelineExecutor

    pipeline: list[Any] = [RawWarcReader(str(tmp_path)), CorpusClean(script="hant-tw")]
    executors = [
        LocalPipelineExecutor(pipeline, logging_dir=str(tmp_path / "a")),
        SlurmPipelineExecutor(
            pipeline, tasks=2, time="1:00:00", partition="cpu", logging_dir=str(tmp_path / "b"), job_name="x"
        ),
    ]
    if engine("ray"):
        from datatrove.executor import RayPipelineExecutor

        executors.append(RayPipelineExecutor(pipeline, tasks=2, logging_dir=str(tmp_path / "c")))
    import dill

    for executor in executors:
        for dumps, loads in ((dill.dumps, dill.loads), (pickle.dumps, pickle.loads)):
            steps = loads(dumps(executor.pipeline))
            assert steps[1].cleaner.config == Cleaner(script="hant-tw").config
