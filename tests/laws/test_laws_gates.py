"""What is passed over for speed would have found nothing: with every gate open, the same comes out."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusclean import BinaryInputError, CleanConfig, Cleaner
from corpusclean.beyond_ascii import beyond_ascii, few_beyond_ascii, is_mostly_ascii
from corpusclean.boilerplate import BoilerplateStep
from corpusclean.layout import LayoutStep
from corpusclean.layout import step as layout_step
from corpusclean.layout.gate import is_tidy
from corpusclean.quality import QualityStep
from corpusclean.quality import sample as quality_sample
from corpusclean.repair import RepairStep
from corpusclean.repair import gate as repair_gate
from corpusclean.repair import step as repair_step
from corpusclean.script import ScriptStep, detection
from corpusclean.steps import Context, Outcome, Step
from corpusclean.testing import SENTENCES, simulate
from corpusclean.testing.strategies import clean_chinese, damaged_bytes, damaged_chinese, hostile_text, html_soup

TODAY = datetime.date(2026, 11, 1)
CONTEXT = Context(CleanConfig(), today=TODAY)
ODD = (
    "é’“”—…·?！，,.;&<>/() \n\t\r\x0b\x00\x85\xa0\u200b\u2028\u3000\u0301\ufeff\ufffd"
    "锟斤拷烫屯浣犲ソ饕餮⼀里國のÃ©ÄãabcABC012_#"
)
mostly_latin = st.lists(st.sampled_from(["word ", "another one, ", "It’s ", "café ", "\n", *ODD]), max_size=60).map(
    "".join
)
texts = st.one_of(
    st.text(ODD, max_size=80),
    mostly_latin,
    mostly_latin.map(lambda text: "plain words " * 40 + text),
    hostile_text(),
    clean_chinese(),
    damaged_chinese().map(lambda damaged: damaged.text),
)


@contextmanager
def opened(*gates: tuple[object, str, object]) -> Iterator[None]:
    """While this lasts, each of these names in a module has the value given."""
    with pytest.MonkeyPatch.context() as patch:
        for module, name, value in gates:
            patch.setattr(module, name, value)
        yield


def outcome(step: Step, text: str) -> object:
    revision, findings = step.revise(text, CONTEXT)
    return revision.text, revision.edits, dict(revision.tally), findings.limits


@given(texts)
def test_repair_finds_nothing_where_its_gate_is_shut(text: str) -> None:
    usual = outcome(RepairStep(), text)
    with opened((repair_step, "holds_signs", lambda text: True)):
        assert outcome(RepairStep(), text) == usual


@given(mostly_latin)
def test_the_few_characters_beyond_ascii_are_enough_for_the_gate_of_repair(text: str) -> None:
    with opened((repair_gate, "few_beyond_ascii", lambda text, gone: None)):
        whole = repair_gate.holds_signs(text)
    with opened((repair_gate, "few_beyond_ascii", lambda text, gone: beyond_ascii(text.encode(), gone=gone))):
        assert repair_gate.holds_signs(text) == whole


@given(texts)
def test_layout_finds_nothing_where_its_gate_is_shut(text: str) -> None:
    usual = outcome(LayoutStep(), text)
    with opened((layout_step, "is_tidy", lambda text: False)):
        assert outcome(LayoutStep(), text) == usual


@given(texts)
def test_the_survey_of_scripts_is_the_same_without_its_quick_ways(text: str) -> None:
    usual = outcome(ScriptStep(), text)
    survey = detection.survey(text)
    with opened((detection, "few_beyond_ascii", lambda text: None), (detection, "_plain", lambda text, rows: None)):
        assert outcome(ScriptStep(), text) == usual
        assert detection.survey(text)[:4] == survey[:4]


@given(texts)
def test_signals_are_the_same_however_the_text_is_taken_apart(text: str) -> None:
    usual = QualityStep().revise(text, CONTEXT).findings
    with opened((quality_sample, "is_mostly_ascii", lambda text: False)):
        assert QualityStep().revise(text, CONTEXT).findings == usual


@given(texts)
def test_visible_characters_are_counted_alike(text: str) -> None:
    assert quality_sample.count_visible(text) == sum(not char.isspace() for char in text)


@given(texts)
def test_what_is_beyond_ascii(text: str) -> None:
    found = few_beyond_ascii(text)
    assert (found is None) == (not is_mostly_ascii(text))
    assert found is None or found == "".join(char for char in text if char > "\x7f")


sources = st.one_of(texts, html_soup(), damaged_bytes())


@given(sources, st.sampled_from(["hans", "hant-tw", None]))
def test_a_step_that_is_not_asked_again_would_propose_nothing(source: bytes | str, script: str | None) -> None:
    cleaner = Cleaner(script=script, ledger=True)

    def told() -> object:
        try:
            document = cleaner.clean(source, today=TODAY)
        except BinaryInputError as error:
            return str(error)
        assert document.ledger is not None
        return document.to_dict(), document.ledger.revisions, document.ledger.decoding

    usual = told()
    never = "looks_alike", lambda self, one, other: False
    steps = RepairStep, BoilerplateStep, ScriptStep, LayoutStep
    with opened(*((step, *never) for step in steps)):
        assert told() == usual


@pytest.mark.parametrize("text", ["\n".join(SENTENCES), "It’s a plain sentence — nothing more.\n\n" * 40])
def test_clean_text_shuts_the_gates(text: str) -> None:
    text = text.rstrip("\n")
    assert not repair_gate.holds_signs(text)
    assert is_tidy(text)


def test_what_only_the_script_changed_is_judged_once() -> None:
    asked: list[str] = []
    judge = BoilerplateStep.revise

    def listening(step: BoilerplateStep, text: str, context: Context) -> Outcome:
        asked.append(text)
        return judge(step, text, context)

    text = simulate.naive_traditional("\n".join(SENTENCES[:8]))
    with opened((BoilerplateStep, "revise", listening)):
        document = Cleaner().clean(text)
    assert document.text != text
    assert asked == [text]
