"""The seven laws of the design, over arbitrary text, arbitrary bytes, and damaged Chinese documents.

Law 5 (same everywhere) is held for the library and the command line here; engines hold it in their own tests.
"""

import collections
import json
import pickle
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import corpusclean
from corpusclean import BinaryInputError, Cleaner, Document
from corpusclean.rules import rule_named
from corpusclean.testing.strategies import (
    clean_chinese,
    damaged_bytes,
    damaged_chinese,
    hostile_text,
    html_soup,
)

WITH_LEDGER = Cleaner(ledger=True)
TARGETS = [Cleaner(script=target, ledger=True) for target in ("hans", "hant", "hant-tw", "hant-hk", None)]
SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))

any_text = st.one_of(
    st.text(),
    st.text(alphabet=st.characters(codec=None, exclude_categories=())),
    hostile_text(),
    html_soup(),
    damaged_chinese().map(lambda damaged: damaged.text),
)
any_bytes = st.one_of(
    st.binary(max_size=200), damaged_bytes(), hostile_text().map(lambda t: t.encode("utf-8", "surrogatepass"))
)


def cleaned(source: bytes | str, cleaner: Cleaner = WITH_LEDGER) -> Document | None:
    """The document, or None for what is rejected as binary."""
    try:
        return cleaner.clean(source)
    except BinaryInputError:
        return None


# 1. Restore -------------------------------------------------------------------------------------------------


@given(any_bytes)
@example(b"")
@example(b"\xff\xfe")
@example(b"\xef\xbb\xbfa\r\n")
def test_restore_gives_the_bytes_back(data: bytes) -> None:
    document = cleaned(data)
    if document is not None:
        assert corpusclean.restore(document) == data


@given(any_text)
@example("\ud800")
def test_restore_gives_a_str_back_as_utf8(text: str) -> None:
    document = WITH_LEDGER.clean(text)
    assert corpusclean.restore(document) == text.encode("utf-8", "surrogatepass")


@given(any_bytes)
def test_restore_works_from_the_stored_form(data: bytes) -> None:
    document = cleaned(data)
    if document is not None:
        assert corpusclean.restore(json.loads(json.dumps(document.to_dict()))) == data


@given(any_text, st.sampled_from(TARGETS))
def test_revisions_chain_from_the_input_to_the_clean_text(text: str, cleaner: Cleaner) -> None:
    document = cleaner.clean(text)
    assert document.ledger is not None
    assert document.ledger.decoded == text
    assert document.ledger.revision.text == document.text
    assert corpusclean.Revision.of(text, document.ledger.revision.edits).text == document.text


# 2. Do no harm ----------------------------------------------------------------------------------------------


@given(clean_chinese(traditional=False))
def test_clean_simplified_chinese_is_identical(text: str) -> None:
    assert WITH_LEDGER.clean(text).text == text


CLEAN_TEXTS = {
    "ja": "吾輩は猫である。名前はまだ無い。\nどこで生れたかとんと見当がつかぬ。",
    "ko": "나라의 말이 중국과 달라 한자와 서로 통하지 아니하다.\n그래서 어리석은 백성이 말하고 싶은 바가 있어도",
    "ru": "Все счастливые семьи похожи друг на друга, каждая несчастливая семья несчастлива по-своему.",
    "ar": "في البدء كانت الكلمة، وكانت اللغة العربية بحرًا لا ساحل له.",
    "fa": "می‌خواهم به کتابخانه بروم و کتاب‌های تازه بخوانم.",
    "hi": "हिन्दी में क्‍ष और क्‌ष अलग दिखते हैं।",
    "th": "ภาษาไทยไม่มีการเว้นวรรคระหว่างคำ",
    "fr": "Où êtes-vous né\u00a0? «\u00a0Voilà\u00a0», dit-elle, «\u00a0le cœur du problème.\u00a0»",
    "de": "„Schöne Grüße aus Österreich“, schrieb er. Größe: 1,80 m; Gewicht: 75 kg.",
    "he": "בראשית ברא אלהים את השמים ואת הארץ.",
    "el": "Εν αρχή ην ο λόγος, και ο λόγος ήταν προς τον Θεό.",
    "vi": "Trăm năm trong cõi người ta, chữ tài chữ mệnh khéo là ghét nhau.",
    "code": "def f(x):\n    if x:\n        return {'a': 1}\n\treturn None  # 注释：是吗？",
    "markdown": "# 标题\n\n- [x] 已完成，- [ ] 未完成；\n\n> 引用？是的。\n\n| 列一 | 列二 |\n|---|---|",
    "emoji": "今天太开心了😂😂👍🏽！全家福👨‍👩‍👧‍👦拍好了，❤️",
    "lesson": "拽(zhuài)：用力拉。例：一把拽(zhuài)住不放。他叫李翀(chōng)，大家总念错。",
    "native hans": "显著的成绩，著名的土著，干支纪年，皇后在后面。",
}


@pytest.mark.parametrize("name", CLEAN_TEXTS)
@pytest.mark.parametrize("end", ["", "\n"])
def test_clean_text_in_any_language_is_identical(name: str, end: str) -> None:
    text = CLEAN_TEXTS[name] + end
    assert corpusclean.clean(text).text == text
    assert corpusclean.clean(text.encode()).text == text


@pytest.mark.parametrize("target", ["hant", "hant-tw"])
def test_clean_traditional_text_is_identical_in_its_own_script(target: str) -> None:
    text = "圖書館昨天正式開放，當天就有三千多人前來借書。\n「你看過那部電影嗎？」他問。"
    assert corpusclean.clean(text, script=target).text == text


# 3. Idempotence ---------------------------------------------------------------------------------------------


@given(any_text, st.sampled_from(TARGETS))
def test_cleaning_clean_text_changes_nothing(text: str, cleaner: Cleaner) -> None:
    once = cleaner.clean(text).text
    assert cleaner.clean(once).text == once


@given(any_bytes)
def test_cleaning_cleaned_bytes_changes_nothing(data: bytes) -> None:
    document = cleaned(data)
    if document is not None:
        assert WITH_LEDGER.clean(document.text).text == document.text


# 4. Conservation --------------------------------------------------------------------------------------------


@given(any_text)
def test_text_in_is_text_kept_and_text_removed(text: str) -> None:
    """Characters in, less those removed, plus those added, are characters out; by rule and in sum.

    A step of several passes may change one place twice: its edits are then joined, but each rule keeps its own count.
    """
    document = WITH_LEDGER.clean(text)
    assert document.ledger is not None
    edits: collections.Counter[str] = collections.Counter()
    removed: collections.Counter[str] = collections.Counter()
    size = len(text)
    for revision in document.ledger.revisions:
        for rule, row in revision.tally.items():
            size += row.added - row.removed
            edits[rule] += row.edits
            removed[rule] += row.removed
        assert size == len(revision.text)
        assert {rule for edit in revision.edits for rule in edit.rule.split("+")} <= set(revision.tally)
    assert size == len(document.text)
    assert document.metadata.clean["edits"] == dict(sorted(edits.items()))
    assert document.metadata.clean["removed"] == dict(sorted((+removed).items()))


@given(any_text)
def test_every_edit_names_a_rule_of_the_table(text: str) -> None:
    for path in WITH_LEDGER.clean(text).metadata.clean["edits"]:
        assert all(rule_named(rule) is not None for rule in path.split("+")), path


@given(any_text)
def test_the_ledger_changes_nothing_but_itself(text: str) -> None:
    with_ledger, without = WITH_LEDGER.clean(text), corpusclean.clean(text)
    assert with_ledger.text == without.text
    assert with_ledger.metadata == without.metadata
    assert with_ledger.removed == without.removed


# 5. Same everywhere -----------------------------------------------------------------------------------------


@given(any_text)
def test_a_pickled_cleaner_and_a_second_run_give_the_same(text: str) -> None:
    again = pickle.loads(pickle.dumps(WITH_LEDGER))
    assert again.clean(text).to_dict() == WITH_LEDGER.clean(text).to_dict()


# 7. No silent loss ------------------------------------------------------------------------------------------


@given(any_bytes)
def test_undecodable_bytes_are_recorded(data: bytes) -> None:
    document = cleaned(data)
    if document is not None and document.ledger is not None:
        lost = sum(span.kind == "undecodable" for span in document.ledger.decoding.spans)
        said = [warning for warning in document.metadata.clean["warnings"] if "could not be decoded" in warning]
        assert bool(said) == bool(lost)


@given(any_text)
def test_han_characters_do_not_vanish_without_an_edit(text: str) -> None:
    document = WITH_LEDGER.clean(text)
    assert document.ledger is not None
    if not document.metadata.clean["edits"]:
        assert document.text == text


# The seeds stand for real pages in every law ----------------------------------------------------------------


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
@pytest.mark.parametrize("cleaner", TARGETS, ids=lambda cleaner: str(cleaner.config.script.target))
def test_laws_on_the_seeds(path: Path, cleaner: Cleaner) -> None:
    data = path.read_bytes()
    document = cleaner.clean(data)
    assert corpusclean.restore(document) == data
    assert corpusclean.restore(json.loads(json.dumps(document.to_dict()))) == data
    assert cleaner.clean(document.text).text == document.text
    assert document.text.startswith(document.text.strip()[:1])
