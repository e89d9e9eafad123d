"""No regular expression of the package takes more than linear time, whatever it is given.

Each is searched for in texts pumped from what it is made of: its own characters alone and in pairs, and a text that it
matches, whole and without its end, again and again.
"""

import importlib
import itertools
import pkgutil
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import corpusclean
from corpusclean.boilerplate.furniture import FurnitureRule, furniture_rules

_PARSER = re._parser  # type: ignore[attr-defined]
SMALL, LARGE = 2_000, 16_000  # quadratic cost grows 64 times from the one to the other, linear cost 8 times
MOST = 24
WORTH = 0.004  # seconds below which a ratio says nothing
# What is only ever matched at one place, never searched for; each try may look at some dozens of characters.
ANCHORED = ["boilerplate.byline._OFFICE_AND_NAME", "boilerplate.byline._TITLE_END", "boilerplate.byline._REPORTERS"]
ANCHORED += ["boilerplate.byline._DATE_ALONE"]
AT_ONCE = 0.05  # seconds
ARGUMENTS = {"_suspects_gate": (4,), "_gate": ("gb18030", "zh")}  # of functions that make one pattern for each argument


def patterns() -> dict[str, re.Pattern[Any]]:
    """Every pattern of a module, and those that a function makes when first needed."""
    found: dict[str, re.Pattern[Any]] = {}
    for module in pkgutil.walk_packages(corpusclean.__path__, "corpusclean."):
        if ".adapters" in module.name or module.name.endswith("__main__"):
            continue  # they import engines, and hold no pattern
        loaded = importlib.import_module(module.name)
        for name, value in vars(loaded).items():
            if getattr(value, "__module__", loaded.__name__) not in (loaded.__name__, "corpusclean.patterns"):
                continue
            hint = str(getattr(value, "__annotations__", {}).get("return", ""))
            if hasattr(value, "cache_info") and hint.startswith("re.Pattern"):
                given = ARGUMENTS.get(name, ())
                if len(given) == value.__wrapped__.__code__.co_argcount:
                    value = value(*given)
            if hasattr(value, "finditer") and hasattr(value, "pattern"):
                value.search(b"" if isinstance(value.pattern, bytes) else "")
                found[f"{loaded.__name__.removeprefix('corpusclean.')}.{name}"] = value
    return found


def signs(parsed: Any) -> Iterator[int]:
    """The characters that a parsed pattern is made of."""
    for operation, value in parsed:
        match str(operation):
            case "LITERAL" | "NOT_LITERAL":
                yield value
            case "RANGE":
                yield value[0]
            case "CATEGORY":
                yield {"CATEGORY_SPACE": 32, "CATEGORY_DIGIT": 48}.get(str(value), 97)
            case "IN":
                yield from signs(value)
            case "ANY":
                yield 120
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                yield from signs(value[2])
            case "SUBPATTERN":
                yield from signs(value[3])
            case "ATOMIC_GROUP":
                yield from signs(value)
            case "ASSERT" | "ASSERT_NOT":
                yield from signs(value[1])
            case "BRANCH":
                for branch in value[1]:
                    yield from signs(branch)


def sample(parsed: Any) -> list[int]:
    """A text that a parsed pattern matches, more or less: every part once, of branches the first."""
    out: list[int] = []
    for operation, value in parsed:
        match str(operation):
            case "LITERAL" | "IN" | "ANY" | "RANGE" | "CATEGORY":
                out.append(next(signs([(operation, value)]), 120))
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                out.extend(sample(value[2]) * min(max(value[0], 1), 20))
            case "SUBPATTERN":
                out.extend(sample(value[3]))
            case "ATOMIC_GROUP":
                out.extend(sample(value))
            case "BRANCH":
                out.extend(sample(value[1][0]))
    return out


def pumps(pattern: re.Pattern[Any]) -> list[list[int]]:
    """What to repeat."""
    flags = getattr(pattern, "flags", 0) & ~re.UNICODE
    parsed = _PARSER.parse(pattern.pattern, flags)
    chars = [*list(dict.fromkeys(itertools.islice(signs(parsed), 400)))[:9], 10, 32]
    whole = sample(parsed)
    made = [[char] for char in chars] + [list(pair) for pair in itertools.permutations(chars, 2)]
    return [*made, whole, whole[:-1], whole[1:], [*whole, 32]]


def spell(codes: list[int], size: int, is_bytes: bool) -> Any:
    text = [*(codes * (size // max(1, len(codes)) + 1))[:size], 0]
    return bytes(code & 255 for code in text) if is_bytes else "".join(map(chr, text))


def cost(pattern: re.Pattern[Any], text: Any) -> float:
    start = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - start


PATTERNS = patterns()


def test_the_patterns_are_found() -> None:
    assert len(PATTERNS) > 100
    assert PATTERNS.keys() >= set(ANCHORED)


@pytest.mark.parametrize("name", sorted(PATTERNS.keys() - set(ANCHORED)))
def test_pattern_is_linear(name: str) -> None:
    pattern = PATTERNS[name]
    for codes in pumps(pattern):
        large = spell(codes, LARGE, isinstance(pattern.pattern, bytes))
        spent = cost(pattern, large)
        if spent < WORTH:
            continue
        small = spell(codes, SMALL, isinstance(pattern.pattern, bytes))
        one = min(cost(pattern, small) for _ in range(4))
        assert min(spent, *(cost(pattern, large) for _ in range(3))) <= max(MOST * one, WORTH), (codes, name)


@pytest.mark.parametrize("name", ANCHORED)
def test_a_pattern_matched_at_one_place_is_quick_and_never_searched_for(name: str) -> None:
    module, _, variable = name.rpartition(".")
    source = Path(importlib.import_module(f"corpusclean.{module}").__file__ or "").read_text("utf-8")
    assert set(re.findall(rf"\b{variable}\.(\w+)", source)) <= {"match", "fullmatch"}
    for codes in pumps(PATTERNS[name]):
        text = spell(codes, LARGE, False)
        for match in (PATTERNS[name].match, PATTERNS[name].fullmatch):
            start = time.process_time()
            match(text)
            assert time.process_time() - start < AT_ONCE, codes


@pytest.mark.parametrize("rule", furniture_rules(), ids=lambda rule: rule.path)
def test_a_rule_of_furniture_is_quick_on_its_longest_line(rule: FurnitureRule) -> None:
    """Its pattern is matched once a line, from the beginning, and never on a line longer than `longest`."""
    for codes in pumps(rule.pattern):
        line = spell(codes, rule.longest, False)
        start = time.process_time()
        rule.pattern.match(line)
        assert time.process_time() - start < AT_ONCE, codes
