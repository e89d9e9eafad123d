"""The same 1,000 mixed documents for every engine, and one digest of what came out."""

import hashlib
import json
import random
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from corpusclean.testing import (
    SENTENCES,
    drop_bytes,
    inject_commas,
    inject_readings,
    misfire_commas,
    misread,
    naive_traditional,
    scatter_invisible,
    space_out,
    wrap_page,
)

FOREIGN = (
    "Grüße aus München: das Wetter ist schön, und die Straßen sind leer.",
    "Сегодня в городе открыли новую библиотеку, и пришло много людей.",
    "昨日、市立図書館の新しい建物が開館し、多くの人が訪れました。",
    "어제 시립 도서관의 새 건물이 문을 열었고 많은 사람들이 찾았습니다.",
    "The new library opened yesterday; more than three thousand people came.",
)
HTML = '<!DOCTYPE html><html><head><meta charset="{charset}"><title>{title}</title></head><body>{body}</body></html>'


class Mixed(NamedTuple):
    """One document: its name, its text or bytes, and the media type that its container knows."""

    id: str
    source: str | bytes
    media_type: str | None


def mixed_documents(count: int = 1000, seed: int = 8) -> list[Mixed]:
    """Text, HTML and damaged bytes, a third each; always the same for the same arguments."""
    rng = random.Random(seed)
    makers = (_text, _html, _bytes)
    return [Mixed(f"doc-{at:04}", *makers[at % 3](rng)) for at in range(count)]


def _lines(rng: random.Random) -> list[str]:
    if rng.random() < 0.15:
        return [rng.choice(FOREIGN) for _ in range(rng.randrange(1, 4))]
    return rng.sample(SENTENCES, rng.randrange(1, 6))


def _damaged(rng: random.Random, text: str) -> str:
    kind = rng.randrange(8)
    if kind == 0:
        return inject_readings(naive_traditional(text), "時們這個來對說")
    if kind == 1:
        return misfire_commas(naive_traditional(text))
    if kind == 2:
        return inject_commas(text, rng, 0.8)
    if kind == 3:
        return misread(text, "utf-8", "gb18030")
    if kind == 4:
        return misread(text, "gbk", "latin-1")
    if kind == 5:
        return scatter_invisible(text, rng)
    if kind == 6:
        return space_out(text)
    return text


def _text(rng: random.Random) -> tuple[str, None]:
    text = wrap_page(_lines(rng), rng) if rng.random() < 0.3 else "\n".join(_lines(rng))
    return _damaged(rng, text), None


def _html(rng: random.Random) -> tuple[bytes, str]:
    charset = rng.choice(("utf-8", "gbk", "gb2312", "big5"))
    lines = _lines(rng)
    body = "".join(f"<p>{line}</p>" for line in lines) + "<ul><li><a href='/'>首页</a></li></ul>"
    page = HTML.format(charset=charset, title=lines[0], body=_damaged(rng, body))
    return page.encode(charset.replace("gb2312", "gbk"), "xmlcharrefreplace"), "text/html"


def _bytes(rng: random.Random) -> tuple[bytes, None]:
    kind = rng.randrange(40)
    if kind == 0:
        return b"\x89PNG\r\n\x1a\n" + rng.randbytes(200), None  # no text: rejected
    if kind == 1:
        return b"\xff\xfe\x00", None  # half a character of UTF-16
    data = "\n".join(_lines(rng)).encode(rng.choice(("utf-8", "gb18030", "utf-16-le", "gbk")), "replace")
    return (drop_bytes(data, rng) if rng.random() < 0.3 else data), None


def digest(documents: Iterable[Mapping[str, Any] | None]) -> str:
    """SHA-256 over the documents that came out, by id; keys of an object in any order."""
    lines = [json.dumps(document, sort_keys=True, ensure_ascii=True) for document in documents if document is not None]
    return hashlib.sha256("\n".join(sorted(lines)).encode("ascii")).hexdigest()
