"""What metadata counts by rule is what the ledger holds, also where a text needs several walks and holds marks."""

from collections import Counter

import pytest
from hypothesis import given

from corpusclean import Cleaner
from corpusclean.testing.strategies import hostile_text

CLEANER = Cleaner(ledger=True)


def check(text: str) -> None:
    document = CLEANER.clean(text, media_type="text/plain")
    counted: Counter[str] = Counter()
    for revision in document.ledger.revisions:
        counted.update({rule: row.edits for rule, row in revision.tally.items()})
    assert document.metadata.clean["edits"] == dict(sorted(counted.items()))


@given(hostile_text())
def test_counts_are_those_of_the_ledger(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    "text",
    ["\ufffd\u0085 \u200b", "\u8000\u0280", "有\ufffd字\u200b。當(dāng)時\ufffd", "&amp;amp;lt; \ufffd ???? ?????"],
)
def test_of_texts_that_walk_twice(text: str) -> None:
    check(text)
