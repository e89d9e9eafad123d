"""What was decoded before changes nothing: tables that remember what they were asked for are not read as a whole."""

import subprocess
import sys

import pytest

SOURCE = """
import random, sys
from corpusclean import decode, testing

rng = random.Random(3)
pages = []
for count in range(60):
    text = "\\n".join(rng.sample(testing.SENTENCES, 3))
    data = text.encode(rng.choice(["utf-8", "gb18030", "big5hkscs", "shift_jis", "euc_kr"]), "replace")
    odd = "ыαđ𠮷한あ".encode(rng.choice(["utf-8", "gb18030"]))
    pages.append(testing.drop_bytes(data, rng, rng.randrange(20)) + odd)
order = list(range(len(pages)))
if sys.argv[1] == "backwards":
    order.reverse()
got = {number: decode(pages[number]) for number in order}
for number in range(len(pages)):
    print(got[number].encoding, got[number].confidence, ascii(got[number].text))
"""


def test_order_of_documents_changes_nothing() -> None:
    forwards, backwards = (
        subprocess.run([sys.executable, "-c", SOURCE, way], capture_output=True, text=True, check=True).stdout
        for way in ("forwards", "backwards")
    )
    assert forwards == backwards
    assert forwards.count("\n") == 60


@pytest.mark.parametrize("language", ["hans", "hant", "ja", "ko", "zh", "any"])
def test_listed_characters_are_the_tables_alone(language: str) -> None:
    from corpusclean.decoding.plausibility import costs

    table = costs(language)
    before = len(table.listed)
    _ = table["\U00012345"]
    assert len(costs(language).listed) == before
    assert "\U00012345" not in table.listed
