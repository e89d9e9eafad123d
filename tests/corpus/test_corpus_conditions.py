"""Conditions: what is written is what is judged, and what can't be read is pointed at."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusclean import Cleaner, Document
from corpusclean.corpus import Condition
from corpusclean.document import Metadata
from corpusclean.errors import ConfigError

ZH = Document(
    "a",
    "好" * 100,
    Metadata(
        language="zh",
        script="hans",
        views=7,
        quality={"han_share": 0.9, "lines": 3},
        clean={"chars": {"in": 120}, "edits": {"repair/noise": 2}, "warnings": []},
    ),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("chars < 200", True),
        ("chars == 100", True),
        ("chars >= 100.5", False),
        ("han_share < 0.3", False),
        ("quality.han_share > 0.3", True),
        ('language == "zh"', True),
        ("language != 'zh'", False),
        ('id == "a"', True),
        ('"zh" == language', True),
        ("clean.chars.in > 100", True),
        ("metadata.clean.edits.repair/noise >= 2", True),
        ("clean.edits.repair/other >= 0", False),
        ('author == "x"', False),  # not known: only != can hold
        ('author != "x"', True),
        ("author", False),
        ("language", True),
        ("not language", False),
        ("clean.warnings", False),  # a list is no value
        ('language < "zz"', True),
        ("language < 3", False),  # a string and a number have no order
        ("language == 3", False),
        ("chars > -1", True),
        # `and` binds more than `or`, `not` more than both
        ('language == "zh" or chars < 0 and chars > 1000', True),
        ('(language == "zh" or chars < 0) and chars > 1000', False),
        ('not language == "zh" or views == 7', True),
        ('not (language == "zh" or views == 7)', False),
        ("true", None),
        ("han_share<0.3or chars<200", None),
        ("han_share<0.3 or chars<200", True),
    ],
)
def test_a_condition_means_what_it_says(text: str, expected: bool | None) -> None:
    if expected is None:
        with pytest.raises(ConfigError):
            Condition.parse(text)
        return
    condition = Condition.parse(text)
    assert condition.holds(ZH) is expected
    assert pickle.loads(pickle.dumps(condition)).holds(ZH) is expected
    assert condition.text == text


@pytest.mark.parametrize(
    ("text", "column", "says"),
    [
        ("", 1, "a number, a string or a name is missing"),
        ("chars <", 8, "a number, a string or a name is missing"),
        ("chars < < 3", 9, "a number, a string or a name is missing"),
        ("chars = 3", 7, "'=' is not expected here"),
        ("chars < 3 && lines > 1", 11, "'&' is not expected here"),
        ("chars < 3 chars", 11, "'chars' is not expected here"),
        ("(chars < 3", 11, "a '\\)' is missing"),
        ("chars < 3)", 10, "'\\)' is not expected here"),
        ('language == "zh', 13, "a string is not closed"),
        ("han_shar < 3", 1, "no signal and no metadata is called 'han_shar'"),
        ("language == zh", 13, "no signal and no metadata is called 'zh'"),
        ("author.name == 1", 1, "no signal and no metadata is called 'author.name'"),
        ("3", 2, "a comparison is missing"),
        ("chars < 3.4.5", 9, "not expected here"),
        ("__import__('os').system('id')", 17, r"'\.' is not expected here"),
        ("__import__('os')", 1, "no signal and no metadata is called '__import__'"),
        ("(" * 101 + "chars" + ")" * 101, 101, "nested deeper than 100"),
        ("not " * 101 + "chars", 401, "nested deeper than 100"),
    ],
)
def test_what_cannot_be_read_is_pointed_at(text: str, column: int, says: str) -> None:
    with pytest.raises(ConfigError, match=says) as caught:
        Condition.parse(text)
    assert caught.value.where.startswith(f"column {column} of ")


def test_a_name_that_is_nearly_known_is_suggested() -> None:
    with pytest.raises(ConfigError, match=r"did you mean han_share\?"):
        Condition.parse("han_shar < 3")
    with pytest.raises(ConfigError, match="a string stands in quotes"):
        Condition.parse("language == zh")


def test_every_signal_that_documents_have_can_be_asked() -> None:
    document = Cleaner().clean("今天天气很好，我们去公园玩。\n• The quick brown fox…\n好。\n好。")
    for name, value in document.metadata.quality.items():
        assert Condition.parse(f"{name} >= 0 or {name} < 0").holds(document)
        if isinstance(value, int):
            assert Condition.parse(f"{name} == {value}").holds(document)


# Conditions and what they mean, grown together; the meaning by Python's own operators.
NAMES = {"chars": 100.0, "han_share": 0.9, "lines": 3.0, "views": 7.0, "clean.chars.in": 120.0}
SIGNS = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}
OPERANDS = st.one_of(st.sampled_from(sorted(NAMES)), st.integers(-5, 130).map(str), st.sampled_from(["0.9", "0.5"]))


def value_of(operand: str) -> float:
    return NAMES[operand] if operand in NAMES else float(operand)


COMPARISONS = st.builds(
    lambda a, sign, b: (f"{a} {sign} {b}", bool(SIGNS[sign](value_of(a), value_of(b)))),
    OPERANDS,
    st.sampled_from(sorted(SIGNS)),
    OPERANDS,
)
CONDITIONS = st.recursive(
    COMPARISONS,
    lambda inner: st.one_of(
        inner.map(lambda one: (f"not ({one[0]})", not one[1])),
        st.lists(inner, min_size=2, max_size=4).map(
            lambda parts: (" and ".join(f"({text})" for text, _ in parts), all(value for _, value in parts))
        ),
        st.lists(inner, min_size=2, max_size=4).map(
            lambda parts: (" or ".join(f"({text})" for text, _ in parts), any(value for _, value in parts))
        ),
    ),
    max_leaves=12,
)


@given(CONDITIONS)
def test_any_condition_means_what_python_says(grown: tuple[str, bool]) -> None:
    text, meaning = grown
    assert Condition.parse(text).holds(ZH) is meaning


@given(
    st.one_of(
        st.text(max_size=40),
        st.lists(
            st.sampled_from(["(", ")", "and", "or", "not", "chars", "3", "<", "==", "'x'", "lines", " ", ".", "-"]),
            max_size=15,
        ).map(" ".join),
    )
)
def test_anything_else_is_a_config_error(text: str) -> None:
    try:
        condition = Condition.parse(text)
    except ConfigError as error:  # any other ends the test
        column = int(error.where.split()[1])
        assert 1 <= column <= len(text) + 1
    else:
        assert condition.holds(ZH) in (True, False)
