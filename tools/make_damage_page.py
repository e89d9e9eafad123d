"""Run the benchmark of damage over the tools that can be installed, and write its tables into the documentation.

``python tools/make_damage_page.py`` needs the extra ``bench``. It writes what stands between the two marks in
docs/damage-benchmark.md and, shorter and from the same run, in README.md; the words around them are not touched.
"""

from __future__ import annotations

import datetime
import importlib.metadata
import sys
from pathlib import Path

from corpusclean import __version__
from corpusclean.testing.benchmark import Result, benchmark, markdown, tool_named
from corpusclean.testing.families import FAMILIES

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "damage-benchmark.md"
README = ROOT / "README.md"
BEGIN, END = "<!-- figures: begin (tools/make_damage_page.py) -->", "<!-- figures: end -->"
TOOLS = {
    "nothing": "builtins:str",
    "ftfy fix_encoding": "ftfy:fix_encoding",
    "ftfy fix_text": "ftfy:fix_text",
    "plsfix fix_text": "plsfix:fix_text",
    "corpusclean repair": "corpusclean:repair",
}
SHORT = ("ftfy fix_encoding", "plsfix fix_text", "corpusclean repair")


def causes() -> str:
    """The families, and how each comes about."""
    rows = [f"| {family.name} | {family.cause} |" for family in FAMILIES]
    return "\n".join(["| family | how it comes about |", "|---|---|", *rows])


def stamp() -> str:
    """When, and with which versions."""
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("ftfy", "plsfix"))
    python = sys.version.split()[0]
    return f"Measured on {datetime.date.today()}: corpusclean {__version__}, {versions}, Python {python}."


def short_table(results: dict[str, Result]) -> str:
    """For the README: the share of lines that come back exactly, and of clean lines that stay."""
    rows = ["| lines that come back exactly | " + " | ".join(SHORT) + " |", "|---|" + "---|" * len(SHORT)]
    for family in FAMILIES:
        scores = [results[name]["damaged"][family.name] for name in SHORT]
        rows.append(f"| {family.name} | " + " | ".join(_percent(one.exact) for one in scores) + " |")
    for name in results[SHORT[0]]["clean"]:
        scores = [results[tool]["clean"][name] for tool in SHORT]
        rows.append(f"| *undamaged:* {name} | " + " | ".join(_percent(one.exact) for one in scores) + " |")
    return "\n".join(rows)


def _percent(share: float) -> str:
    return f"{int(100 * share + (0.5 if share < 0.99 else 0))} %"


def put(page: Path, part: str) -> None:
    """Replace what stands between the marks of a page."""
    before, begin, rest = page.read_text("utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        sys.exit(f"{page} lacks the marks {BEGIN} and {END}")
    page.write_text(f"{before}{BEGIN}\n\n{part}\n\n{END}{after}", "utf-8")


def main() -> int:
    results: dict[str, Result] = {name: benchmark(tool_named(tool)) for name, tool in TOOLS.items()}
    put(PAGE, "\n\n".join((causes(), stamp(), markdown(results))))
    put(README, short_table(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
