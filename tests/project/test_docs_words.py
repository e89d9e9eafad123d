"""Links lead somewhere, words are spelled, one thing has one name, and every public name has an example."""

import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest
from doc_blocks import FENCED, PAGES, ROOT

import corpusclean
from corpusclean import testing

# "[text](page.md#part)" and "[text]: page.md"; not code, not an image's own brackets.
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} +(.+?)\s*$", re.MULTILINE)
# One name for each thing: what is not said, and what is said instead.
NOT_OUR_WORDS = {
    r"\bgarbled\b": "damaged, or mojibake",
    r"\bnoise lines?\b": "page furniture",
    r"\bchrome\b": "page furniture",
    r"(?<!declared )\bcharsets?\b(?!-normalizer)": "encoding (a charset is what somebody declares)",
    r"\bchange ?log entry\b": "a line in CHANGELOG.md",
    r"\b[Ss]implified [Hh]an\b": "Simplified Chinese",
    r"\bprovenance\b": "ledger, or where it comes from",
    r"\bun-?do(?:ne|ing)? log\b": "ledger",
    r"\bpatch(?:es)?\b": "edit",
    r"\bfilters? out\b": "remove, reject or drop",
    r"\bUTF8\b": "UTF-8",
    r"\bdata ?frame's index\b": "index",
    r"\bsub-?commands?\b": "command",
    r"\bmulti-?process(?:ing)? workers?\b": "worker",
    r"\bblazing|\bseamless|\bstate[- ]of[- ]the[- ]art\b|\bpowerful\b": "a figure",
}
PROSE = [*PAGES, ROOT / "CHANGELOG.md"]


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def prose_of(page: Path) -> str:
    """A page without its code, lines kept."""
    text = FENCED.sub(lambda found: "\n" * found[0].count("\n"), page.read_text("utf-8"))
    return re.sub(r"`[^`\n]*`", "``", text)


def anchors_of(page: Path) -> set[str]:
    """The anchors of a page's headings, as both GitHub and MkDocs make them for plain headings."""
    text = FENCED.sub("", page.read_text("utf-8"))
    made = {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in HEADING.findall(text)}
    made |= set(re.findall(r"^::: (\S+)$", page.read_text("utf-8"), re.MULTILINE))  # mkdocstrings gives these
    return made | set(re.findall(r"\{ *#([\w-]+) *\}", text)) | set(re.findall(r'<a (?:id|name)="([\w-]+)"', text))


@pytest.mark.parametrize("page", PROSE, ids=name_of)
def test_relative_links_lead_somewhere(page: Path) -> None:
    broken = []
    for link in LINK.findall(prose_of(page)):
        target, _, anchor = link.partition("#")
        if "://" in target or target.startswith("mailto:"):
            continue
        path = (page.parent / target).resolve() if target else page
        if not path.exists() or (anchor and path.suffix == ".md" and anchor not in anchors_of(path)):
            broken.append(link)
    assert not broken, f"{name_of(page)}: {broken}"


def test_a_broken_link_would_be_noticed() -> None:
    assert "exit-status" in anchors_of(ROOT / "docs" / "cli.md")
    assert LINK.findall("[a](b.md#c) and `[x](y)`")[0] == "b.md#c"


@pytest.mark.parametrize("page", PROSE, ids=name_of)
def test_one_thing_has_one_name(page: Path) -> None:
    text = prose_of(page)
    wrong = [
        f"line {text.count(chr(10), 0, found.start()) + 1}: {found[0]!r}; say {instead}"
        for pattern, instead in NOT_OUR_WORDS.items()
        for found in re.finditer(pattern, text)
    ]
    assert not wrong, f"{name_of(page)}: " + "; ".join(wrong)


def test_words_are_spelled() -> None:
    """codespell knows common misspellings; the words of the field that it takes for one stand in pyproject.toml."""
    places = [str(path) for path in (*PROSE, ROOT / "src", ROOT / "tools", ROOT / "benchmarks", ROOT / "mkdocs.yml")]
    done = subprocess.run(
        [sys.executable, "-m", "codespell_lib", *places], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", sorted(set(corpusclean.__all__) - {"__version__"}))
def test_every_public_name_has_an_example(name: str) -> None:
    """In its docstring, or in that of a page of the reference."""
    thing = getattr(corpusclean, name)
    said = inspect.getdoc(thing) or ""
    assert len(said) > 30, f"{name} has no docstring"
    pages = "".join(page.read_text("utf-8") for page in PAGES)
    assert ">>>" in said or re.search(rf">>> [^\n]*\b{name}\b", pages) or re.search(rf"\b{name}:", pages), name


@pytest.mark.parametrize("name", sorted(testing.__all__))
def test_every_name_for_testing_has_an_example(name: str) -> None:
    said = inspect.getdoc(getattr(testing, name)) or ""
    page = (ROOT / "docs" / "testing.md").read_text("utf-8")
    assert ">>>" in said or name in page, name


def test_every_public_name_is_in_the_reference() -> None:
    page = (ROOT / "docs" / "reference.md").read_text("utf-8")
    errors = {name for name in corpusclean.__all__ if name.endswith(("Error", "Exceeded"))}
    missing = [name for name in corpusclean.__all__ if f"::: corpusclean.{name}\n" not in page + "\n"]
    assert set(missing) - errors == {"__version__", "repair"}
    assert "::: corpusclean.cleaner.repair\n" in page, "under corpusclean.repair the site would find the package"
    assert "::: corpusclean.errors" in page
