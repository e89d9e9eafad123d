"""Law 6: time grows in proportion to the input, whatever the input is.

Measured as the ratio between two sizes, the best of several runs, with a generous bound: doubling the input four
times (16 x) may cost at most 16 x 2.5; a quadratic step would cost 256 x.
"""

import time

import pytest

import corpusclean
from corpusclean.testing import SENTENCES, inject_readings, misfire_commas, misread, naive_traditional, space_out

PROSE = "".join(SENTENCES)
HANT = naive_traditional(PROSE)
HOSTILE = {
    "one long line": lambda n: PROSE * (n // len(PROSE) + 1),
    "question marks": lambda n: "?" * n,
    "wide question marks": lambda n: "？?" * (n // 2),
    "open parentheses": lambda n: "(" * n,
    "commas": lambda n: "," * n,
    "empty lines": lambda n: "\n" * n,
    "spaces": lambda n: " " * n + "x",
    "spaces between Han": lambda n: space_out("字" * (n // 2)),
    "readings": lambda n: "時(shí)" * (n // 6),
    "readings on a page": lambda n: inject_readings(HANT, "時國個會來們對發") * (n // len(HANT) + 1),
    "misfires": lambda n: misfire_commas(HANT) * (n // len(HANT) + 1),
    "user-defined": lambda n: "\ue000" * n,
    "surrogates": lambda n: "\ud800" * n,
    "combining": lambda n: "e" + "\u0301" * n,
    "mojibake": lambda n: misread(PROSE, "utf-8", "gb18030") * (n // len(PROSE) + 1),
    "latin mojibake": lambda n: misread(PROSE, "gb18030", "latin-1") * (n // len(PROSE) // 2 + 1),
    "scripts by turns": lambda n: "國国あ한a" * (n // 5),
    "entities": lambda n: "&amp;" * (n // 5),
    "short lines": lambda n: "首页\n" * (n // 3),
    "breadcrumb": lambda n: "首页 > " * (n // 5),
    "open tags": lambda n: "<html>" + "<div>" * (n // 5),
    "nested tables": lambda n: "<html>" + "<table><tr><td>" * (n // 15),
    "lone <": lambda n: "<html>" + "<" * n,
    "attributes": lambda n: "<html><p " + "a=b " * (n // 4) + ">",
    "comments": lambda n: "<html>" + "<!--" * (n // 4),
    "carriage returns": lambda n: "\r" * n,
    "byte noise": lambda n: "\u0080\u0081é" * (n // 3),
}
SMALL, DOUBLINGS = 4_000, 4


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_cost_is_linear(name: str) -> None:
    make = HOSTILE[name]
    small, large = make(SMALL), make(SMALL * 2**DOUBLINGS)
    cleaner = corpusclean.Cleaner()
    cleaner.clean(small)

    def best(text: str, runs: int) -> float:
        times = []
        for _ in range(runs):
            start = time.process_time()
            cleaner.clean(text)
            times.append(time.process_time() - start)
        return min(times)

    growth = best(large, 2) / max(best(small, 5), 1e-3)
    assert growth <= len(large) / len(small) * 2.5
