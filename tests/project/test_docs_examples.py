"""Every `>>>` example in README.md and docs/ gives what it says."""

import doctest
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("**/*.md"))]
# "```python\n>>> 1\n1\n```"; not an sh block, not prose.
FENCED = re.compile(r"^```(?:python|pycon)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def examples(text: str) -> str:
    """The Python blocks of a page on their own lines, everything else blank, so that line numbers stay true."""
    lines = [""] * (text.count("\n") + 1)
    for block in FENCED.finditer(text):
        first = text.count("\n", 0, block.start(1))
        for number, line in enumerate(block[1].split("\n"), first):
            lines[number] = line
    return "\n".join(lines)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_examples_of_a_page(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page's examples run in order, in one namespace, in an empty folder that holds only the seeds."""
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    monkeypatch.chdir(tmp_path)
    test = doctest.DocTestParser().get_doctest(examples(page.read_text("utf-8")), {}, page.name, str(page), 0)
    said: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE).run(test, out=said.append)
    assert not said, "".join(said)


def test_a_wrong_example_is_noticed() -> None:
    page = "prose\n\n```python\n>>> 1 + 1\n3\n```\n"
    test = doctest.DocTestParser().get_doctest(examples(page), {}, "page", None, 0)
    said: list[str] = []
    assert doctest.DocTestRunner().run(test, out=said.append).failed == 1
    assert test.examples[0].lineno == 3


def test_readme_and_docs_have_examples() -> None:
    assert sum(examples(page.read_text("utf-8")).count(">>>") for page in PAGES) > 20
