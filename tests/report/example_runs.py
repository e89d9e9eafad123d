"""Run folders for the tests of the report, made of hostile and of ordinary documents."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpusclean import Cleaner
from corpusclean.corpus import Cleaned, Record
from corpusclean.corpus.samples import SampleKeeper, Sampler

INJECTION = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
NASTY = [
    '"><script>document.title="owned"</script>',
    "javascript:alert(1)",
    "</style></script><b>",
    "a\x00\x1b[2J\u202eb",
]


def ordinary_records(count: int) -> list[Record]:
    texts = [
        "今天天气很好，我们一起去公园散步。孩子们在草地上放风筝，老人们坐在长椅上聊天。",
        "當(dāng)時(shí)，天氣很好，老師們都來了。我們一起去公園散步。",
        "The quick brown fox jumps over the lazy dog.\r\nIts owner did not mind at all.\r\n",
        "<html><head><title>新闻</title></head><body><p>今天天气很好，我们一起去公园散步。</p></body></html>",
    ]
    encodings = ["gb18030", "utf-8", "utf-8", "utf-8"]
    return [
        Record(
            f"doc{at:05}", f"doc{at:05}", (texts[at % 4] + " " * (at % 7) + "好" * (at % 5)).encode(encodings[at % 4])
        )
        for at in range(count)
    ]


def nasty_records() -> list[Record]:
    text = f"今天天气很好，我们一起去公园散步。{INJECTION}\r\n當(dāng)時(shí)，天氣很好。{INJECTION}"
    records = [Record(name, "x", text.encode(), url=name, media_type="text/plain") for name in NASTY]
    page = f"<html><head><title>{INJECTION}</title></head><body><h1>{NASTY[0]}</h1><p>{text}</p></body></html>"
    return [*records, Record("page", "x", page.encode(), url="https://example.org/?a=1&b=<2>")]


def write_run(folder: Path, records: Sequence[Record], troubles: Sequence[dict[str, Any]] = (), **more: Any) -> Path:
    """A run folder with the papers that a run writes."""
    folder.mkdir(parents=True)
    cleaner = Cleaner()
    sampler, keeper = Sampler(cleaner), SampleKeeper()
    keeper.start(folder, resumed=False)
    totals: dict[str, Any] = dict.fromkeys(("bytes_in", "chars_in", "chars_out"), 0)
    tables: dict[str, dict[str, int]] = {}

    def count(table: str, name: str, by: int = 1) -> None:
        tables.setdefault(table, {})[name] = tables.setdefault(table, {}).get(name, 0) + by

    for number, record in enumerate(records):
        document = cleaner.clean(record.source, url=record.url, media_type=record.media_type, id=record.id)
        metadata = document.metadata
        totals["bytes_in"] += record.size
        totals["chars_in"] += metadata.clean["chars"]["in"]
        totals["chars_out"] += len(document.text)
        for rule, edits in metadata.clean["edits"].items():
            count("edits", rule, edits)
        for rule, chars in metadata.clean["removed"].items():
            count("chars_removed", rule, chars)
        count("encodings", metadata.encoding or "unknown")
        count("scripts", metadata.script or "unknown")
        count("languages", metadata.language or "unknown")
        count("lengths", str(len(document.text).bit_length()))
        if (sample := sampler.look(number, record, Cleaned(record.name, record.size, document))) is not None:
            keeper.take(sample)
    keeper.finish(folder)
    failed = sum(row["kind"] == "failed" for row in troubles)
    totals |= {"read": len(records) + len(troubles), "cleaned": len(records), "failed": failed}
    totals |= {"rejected": len(troubles) - failed, "seconds": 2.5} | tables | more
    (folder / "totals.json").write_text(json.dumps(totals))
    (folder / "failed.jsonl").write_text("".join(json.dumps(row) + "\n" for row in troubles))
    manifest = {"version": "0.0", "fingerprint": "abc", "ended": "2026-11-21T15:00:00", "command": NASTY}
    inputs = [{"path": NASTY[0], "bytes": 5, "sha256": "00"}]
    (folder / "manifest.json").write_text(json.dumps(manifest | {"inputs": inputs}))
    return folder


NASTY_TROUBLES = [
    {"id": name, "kind": "failed", "what": INJECTION, "where": NASTY[0], "remedy": INJECTION} for name in NASTY
] + [{"id": "empty.txt", "kind": "rejected", "what": "it is empty"}]
