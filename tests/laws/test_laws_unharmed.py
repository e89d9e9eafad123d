"""Law 2 over and over: clean prose, put together anew in every way, is identical (see fuzz/unharmed.py)."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[2]))

from fuzz.unharmed import PROSE, prose_of, unharmed  # the folder lies beside the package, not in it


@pytest.mark.parametrize("kind", PROSE)
@given(data=st.binary(max_size=24))
def test_clean_prose_is_identical(kind: str, data: bytes) -> None:
    unharmed(bytes([list(PROSE).index(kind)]) + data)


@pytest.mark.parametrize("kind", PROSE)
def test_every_sentence_alone_and_beside_itself_is_identical(kind: str) -> None:
    first = list(PROSE).index(kind)
    texts = set()
    for number in range(40, 256):
        texts.add(prose_of(bytes([number]), kind))
        unharmed(bytes([first, number]))
        unharmed(bytes([first, number, number, 0, number]))
    assert texts >= set(PROSE[kind])


@pytest.mark.parametrize(
    "damaged",
    ["打造忠誠(chéng)擔(dān)當(dāng)?shù)母咚刭|(zhì)專業(yè)隊伍。", "浣犲ソ锛屼笘鐣岋紒", "Ã©tÃ© dernier, Ã  Paris."],
)
def test_damage_is_noticed(damaged: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The target can fail: a sentence that is not clean is changed, and that is found."""
    monkeypatch.setitem(PROSE, "others", (damaged,))
    with pytest.raises(AssertionError):
        unharmed(bytes([list(PROSE).index("others"), 41]))
