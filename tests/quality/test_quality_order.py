"""Signals are the same in every process, whatever order Python's sets have there."""

from __future__ import annotations

import os
import subprocess
import sys

_PROGRAM = """
from corpusclean.quality.sample import take_sample
from corpusclean.quality.runs import shares_of_runs
words = "the of and to in is that for".split()
text = " ".join(f"{word} w{n % 7 + i} w{n % 5}" for n in range(40) for i, word in enumerate(words))
sample = take_sample(text)
assert len(set(sample.common[word] for word in words)) == 1  # all as common
print(sample.starts, shares_of_runs(sample))
"""


def test_words_as_common_are_taken_in_one_order() -> None:
    said = set()
    for seed in ("1", "2", "3"):
        environment = os.environ | {"PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", _PROGRAM], env=environment, capture_output=True, text=True, check=True
        )
        said.add(done.stdout)
    assert len(said) == 1
