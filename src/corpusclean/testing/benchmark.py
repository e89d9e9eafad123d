"""The benchmark of damage: any tool that makes a text of a text, on the damage that Chinese web text carries.

``python -m corpusclean.testing.benchmark ftfy:fix_text corpusclean:repair``

Two tables come out. The first says how much of the damage a tool undoes, family by family: the share of lines that come
back exactly, and how much of the damage is undone. The second says what it does to text that is not damaged: every
line that changes is harm. A tool is named ``module:function``; ``builtins:str`` does nothing, and shows where the scale
begins.
"""

from __future__ import annotations

import argparse
import importlib
import json
import random
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from .families import FAMILIES, benchmark_lines, clean_cases
from .scoring import Score, Tool, score

__all__ = ["Result", "benchmark", "main", "markdown", "tool_named"]

Result = Mapping[str, Mapping[str, Score]]


def tool_named(name: str) -> Tool:
    """The function that ``module:function`` names.

    Raises:
        ValueError: there is no such module or function; says which.

    >>> tool_named("builtins:str")("好")
    '好'
    """
    module, _, attributes = name.partition(":")
    try:
        found: Any = importlib.import_module(module)
        for attribute in attributes.split("."):
            found = getattr(found, attribute)
    except (ImportError, AttributeError, ValueError) as error:
        raise ValueError(f"{name}: {error}; name a tool as module:function, such as ftfy:fix_text") from error
    if not callable(found):
        raise ValueError(f"{name} is no function")
    return found  # type: ignore[no-any-return]


def benchmark(tool: Tool, lines: Sequence[str] | None = None, *, seed: int = 1) -> dict[str, dict[str, Score]]:
    """Score a tool on every family of damage, and on text that is not damaged.

    Args:
        tool: takes a text, returns a text or something with ``.text``.
        lines: clean Simplified lines to damage (default: those that come with the benchmark).
        seed: other seeds give other cases.

    Returns:
        ``{"damaged": {family: Score}, "clean": {kind: Score}}``.

    >>> benchmark(str)["clean"]["Japanese"].exact
    1.0
    """
    lines = benchmark_lines() if lines is None else lines
    damaged = {
        family.name: score(tool, family.make(lines, random.Random(f"{seed}/{family.name}"))) for family in FAMILIES
    }
    return {"damaged": damaged, "clean": {kind: score(tool, cases) for kind, cases in clean_cases().items()}}


def markdown(results: Mapping[str, Result]) -> str:
    """The two tables, a column for each tool.

    >>> print(markdown({"nothing": benchmark(str, ["你好。"])}).splitlines()[0])
    | damage | lines | nothing |
    """
    parts = []
    for part, head in (("damaged", "damage"), ("clean", "text that must not change")):
        rows = {name: {kind: result[part][kind] for kind in result[part]} for name, result in results.items()}
        kinds = list(next(iter(rows.values())))
        table = [f"| {head} | lines | {' | '.join(rows)} |", "|---|---|" + "---|" * len(rows)]
        for kind in kinds:
            scores = [row[kind] for row in rows.values()]
            table.append(f"| {kind} | {scores[0].lines} | {' | '.join(map(_cell, scores))} |")
        parts.append("\n".join(table))
    return "\n\n".join(parts)


def _cell(one: Score) -> str:
    shown = _percent(one.exact) if one.undone is None else f"{_percent(one.exact)} ({_percent(one.undone)})"
    return f"{shown}, {one.failed} failed" if one.failed else shown


def _percent(share: float) -> str:
    """A share as a percentage; 100 % only if it is all."""
    shown = round(100 * share)
    return f"{99 if shown == 100 and share < 1 else shown} %".replace("-0 %", "0 %")


def main(arguments: Iterable[str] | None = None) -> int:
    """The command. Exit status 0, or 2 if a tool or a file cannot be used."""
    parser = argparse.ArgumentParser(
        prog="python -m corpusclean.testing.benchmark", description=__doc__.splitlines()[0]
    )
    parser.add_argument("tools", nargs="+", metavar="MODULE:FUNCTION", help="what to score: takes a text, gives a text")
    parser.add_argument("--lines", type=Path, metavar="FILE", help="clean Simplified Chinese to damage, a line each")
    parser.add_argument("--seed", type=int, default=1, help="other seeds give other cases (default: 1)")
    parser.add_argument("--json", action="store_true", help="all figures, with the worst line of each family")
    options = parser.parse_args(None if arguments is None else list(arguments))
    try:
        tools = {name: tool_named(name) for name in options.tools}
        lines = None
        if options.lines is not None:
            lines = [line for line in options.lines.read_text("utf-8").splitlines() if line.strip()]
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    results: dict[str, Result] = {}
    for name, tool in tools.items():
        begun = time.perf_counter()
        results[name] = benchmark(tool, lines, seed=options.seed)
        print(f"{name}: {time.perf_counter() - begun:.1f} s", file=sys.stderr)
    if options.json:
        plain = {
            name: {part: {kind: one._asdict() for kind, one in kinds.items()} for part, kinds in result.items()}
            for name, result in results.items()
        }
        print(json.dumps(plain, ensure_ascii=False, indent=1))
    else:
        print("lines that come out as they should (and share of the damage that is undone)\n")
        print(markdown(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
