"""Run folders for the tests of the report, made of hostile and of ordinary documents."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpusclean import Cleaner
from corpusclean.corpus import Observer, Outputs, Record, Trouble, run_corpus
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


def write_run(folder: Path, items: Sequence[Record | Trouble], **more: Any) -> Path:
    """A run, as the command makes it; `more` stands in its totals then."""
    cleaner = Cleaner()
    run_corpus(
        lambda: items,
        cleaner,
        Outputs(file=folder.with_name(folder.stem + ".jsonl")),
        jobs=0,
        observers=[Observer(Sampler(cleaner), SampleKeeper())],
        command=NASTY,
    )
    totals = json.loads((folder / "totals.json").read_bytes())
    (folder / "totals.json").write_text(json.dumps(totals | more))
    (folder / "inputs.jsonl").write_text(json.dumps({"path": NASTY[0], "bytes": 5, "sha256": "00"}) + "\n")
    return folder


NASTY_TROUBLES = [Trouble(name, "failed", INJECTION, NASTY[0], INJECTION) for name in NASTY]
NASTY_TROUBLES.append(Trouble("empty.txt", "rejected", "it is empty"))
