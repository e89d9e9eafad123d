"""ftfy's own published cases, encoding fixes only, through our repair: what it can do, we can do."""

import json
from itertools import product
from pathlib import Path

import pytest
from ftfy.badness import BADNESS_RE, MOJIBAKE_CATEGORIES

from corpusclean import repair
from corpusclean.config import RepairConfig
from corpusclean.repair.wrong_codec import undo_wrong_codec
from corpusclean.repair.wrong_codec_single_byte import SINGLE_BYTE_GATE

CASES = json.loads((Path(__file__).parent / "data" / "ftfy_cases.json").read_text("utf-8"))
NAMES = [f"{i}-{case['label'][:40]}" for i, case in enumerate(CASES)]
CONFIG = RepairConfig()


def expected(case):
    return case.get("fixed-encoding", case["fixed"])


@pytest.mark.parametrize(
    "case", [case for case in CASES if case["expect"] == "pass"], ids=lambda case: case["label"][:40]
)
def test_what_ftfy_repairs_we_repair(case):
    assert undo_wrong_codec(case["original"], CONFIG).text == expected(case)


@pytest.mark.parametrize(
    "case", [case for case in CASES if case["expect"] == "fail"], ids=lambda case: case["label"][:40]
)
@pytest.mark.xfail(strict=True, reason="a known failure of ftfy's heuristic")
def test_what_ftfy_knows_to_fail(case):
    assert undo_wrong_codec(case["original"], CONFIG).text == expected(case)


def test_the_whole_step_repairs_them_too():
    """The other passes of the step remove controls and soft hyphens on top, from the damaged and the clean alike."""
    passing = [case for case in CASES if case["expect"] == "pass"]
    assert [case["label"] for case in passing if repair(case["original"]).text != repair(expected(case)).text] == []


def characters(ranges):
    chars = []
    i = 0
    while i < len(ranges):
        if ranges[i + 1 : i + 2] == "-" and i + 2 < len(ranges):
            chars += map(chr, range(ord(ranges[i]), ord(ranges[i + 2]) + 1))
            i += 3
        else:
            chars.append(ranges[i])
            i += 1
    return chars


def test_the_gate_lets_through_whatever_ftfy_calls_bad():
    alphabet = {char for ranges in MOJIBAKE_CATEGORIES.values() for char in characters(ranges)} | set(" aÂ")
    missed = [
        first + second
        for first, second in product(sorted(alphabet), repeat=2)
        if BADNESS_RE.search(f"a{first}{second}") and not SINGLE_BYTE_GATE.search(f"a{first}{second}")
    ]
    assert missed == []


@pytest.mark.parametrize(
    "text", ["sığınak öğütülmüş", "L’été à Évian", "Ёжик нашёл", "« Ça va ? »", "今天（星期五）……好！", "naïve café"]
)
def test_the_gate_is_shut_for_clean_text(text):
    assert SINGLE_BYTE_GATE.search(text) is None
