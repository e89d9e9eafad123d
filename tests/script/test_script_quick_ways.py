"""The quick ways of the script step give what the plain ones would."""

from itertools import pairwise
from operator import ne

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusclean.script import detection
from corpusclean.script.detection import survey
from corpusclean.script.differences import differences
from corpusclean.script.engine import Cuts, Stage, converter
from corpusclean.script.evidence import gate_of, letters
from corpusclean.script.folding import fold

LETTERS = "这這们們国國学學大人里裏東东円駅込のカ한글abc ，。\n\n𠀀𠮷㐂⼈"
lines = st.text(st.sampled_from(LETTERS), max_size=40)


@given(lines)
def test_one_script_is_surveyed_as_by_counting(text: str) -> None:
    quick = survey(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(detection, "_plain", lambda text, rows: None)
        assert survey(text)[:4] == quick[:4]
    assert quick.folds or fold(text) == text


@pytest.mark.parametrize("text", ["这个国家的学生。\n大人", "這個國家的學生。\n大人"])
def test_the_quick_survey_is_used(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("counted")

    monkeypatch.setattr(detection, "_judge", never)
    assert survey(text).tells


@given(st.data())
def test_differences(data: st.DataObject) -> None:
    size = data.draw(st.integers(0, 30))
    texts = st.text(st.characters() | st.sampled_from("ab𠀀𠀁"), min_size=size, max_size=size)
    one, other = data.draw(texts), data.draw(texts)
    assert differences(one, other) == bytes(map(ne, one, other))


def test_gates_hold_what_the_letters_say() -> None:
    basic = "".join(map(chr, range(0x10000)))
    for kind in "sStTjkh":
        found = set(gate_of(kind).findall(basic))
        assert found == {char for char, letter in zip(basic, letters(), strict=False) if letter == kind}


words = st.text(st.sampled_from("甲乙丙丁"), min_size=2, max_size=4)


@given(st.sets(words, max_size=6), st.text(st.sampled_from("甲乙丙丁。"), max_size=40), st.data())
def test_cuts_looked_at_one_by_one_are_those_of_the_whole(keys: set[str], text: str, data: st.DataObject) -> None:
    stage = Stage(dict.fromkeys(keys, "子丑"))
    whole = stage.cut(text)
    places = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    cuts = Cuts(text, lambda: stage)
    for start, end in pairwise(places):
        if end - start <= 4:
            assert cuts.divide(start, end) == (whole.find(1, start + 1, end) >= 0)


@given(
    st.lists(
        st.sampled_from(["软件", "里面", "鼠标", "皇后", "头发", "发展", "后天", "乾隆", "干", "a", "。"]), max_size=30
    )
)
def test_a_later_stage_sees_the_cuts_of_the_source(parts: list[str]) -> None:
    text = "".join(parts)
    for name in ("s2twp", "tw2sp", "tw2s", "s2tw"):
        halves = converter(name).convert(text + "\n" + text).split("\n")
        assert halves == [converter(name).convert(text)] * 2
