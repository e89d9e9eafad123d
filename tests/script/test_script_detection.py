"""Which script a text is in."""

import pytest
from hypothesis import given
from strategies_script import SCRIPT_TEXT

from corpusclean import detect_script
from corpusclean.script.dictionaries import read_dictionary
from corpusclean.script.evidence import letters, simplified_only, traditional_only

VERDICTS = [
    ("hans", "这是一个简体中文的句子。"),
    ("hant", "這是一個繁體中文的句子。"),
    ("ja", "これは日本語の文章です。"),
    ("ja", "会議を開始"),  # one particle between Kanji
    ("ja", "国民運動連合"),  # 国 is modern, 運 is old by Chinese lights: only Japan has both
    ("ja", "渋谷駅前広場"),
    ("ko", "이것은 한국어 문장입니다."),
    ("ko", "吾等은 玆에 我 朝鮮의 獨立國임을 宣言하노라"),
    ("none", "This is English, with one name: 陳水扁. " + "And much more of it follows here. " * 5),
    ("none", "Это русский текст."),
    ("none", ""),
    ("none", "12345 !?"),
    ("mixed", "这个国家的经济发展\n這個國家的經濟發展"),
    ("hans", "优の良品在这里开了一家店"),  # の for show
    ("hant", "他們說《となりのトトロ》很好看，這個電影讓我們想起從前的時間"),  # a Japanese title
    ("hans", "人大"),  # nothing tells, but Chinese it is
    ("hans", "韩国（한국）的首都是首尔"),
    ("hant", "这" + "這個國家的經濟發展" * 5),  # one stray character
]


@pytest.mark.parametrize(("script", "text"), VERDICTS)
def test_verdicts(script, text):
    assert detect_script(text).script == script


def test_lines_without_evidence_take_the_documents_verdict():
    report = detect_script("這個國家\n大人\n\nabc\nこれは", lines=True)
    assert report.lines == ("hant", "hant", "none", "none", "ja")
    assert detect_script("東京へ行く\n安慶出身\n大人", lines=True).lines[2] == "ja"


def test_shares_sum_to_one_and_are_empty_when_nothing_tells():
    assert detect_script("大人").shares == {}
    shares = detect_script("这个\n這個們\nこれは\n한국").shares
    assert set(shares) == {"hans", "hant", "ja", "ko"}
    assert sum(shares.values()) == pytest.approx(1, abs=0.001)


NAIVE = [
    "他說以后要在心里面想一想，這是關于頭發的問題",
    "皇后以后回到家里，只有一只鐘，干部干了",
]
NATIVE = [
    "他說以後要在心裡面想一想，這是關於頭髮的問題",
    "我們認為這個計畫不錯，大家只要盡可能參與就好",
    "皇后、范先生、余小姐、于小姐都在太后的公里數上",  # rightly so in Traditional
]


@pytest.mark.parametrize("text", NAIVE)
def test_naive(text):
    assert detect_script(text).naive > 0.5


@pytest.mark.parametrize("text", [*NATIVE, "这是简体", "これは漢字の后です"])
def test_not_naive(text):
    assert detect_script(text).naive < 0.5


def test_region_only_on_strong_evidence():
    assert detect_script("這個軟體在網路上，伺服器裡面的資料庫").region == "tw"
    assert detect_script("佢哋喺港鐵站搭的士，去立法會睇軟件").region == "hk"
    assert detect_script("這個軟體很好").region is None
    assert detect_script("软体网路伺服器这里").region is None


def test_evidence_is_of_one_script_only():
    assert not simplified_only() & traditional_only()
    assert len(simplified_only()) > 3000
    assert len(traditional_only()) > 3000
    taiwan = set(read_dictionary("TWVariants.txt").values()) | set(read_dictionary("HKVariants.txt").values())
    assert not taiwan & simplified_only()
    assert len(letters()) == 0x33480
    assert letters().count("\n") == 1


@given(SCRIPT_TEXT)
def test_any_text_has_a_report(text):
    report = detect_script(text, lines=True)
    assert report.script in ("hans", "hant", "mixed", "ja", "ko", "none")
    assert len(report.lines) == text.count("\n") + 1
    assert 0 <= report.naive <= 1
    assert not report.shares or sum(report.shares.values()) == pytest.approx(1, abs=0.01)
