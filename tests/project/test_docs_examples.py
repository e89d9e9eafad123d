"""Every example in README.md, CONTRIBUTING.md and docs/ does what it says."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from doc_blocks import PAGES, ROOT, blocks, commands, run_page

from corpusclean.cli.app import app

ENGINES = ROOT / "docs" / "engines"  # their code needs engines: tests/adapters runs it
CONSOLE = [page for page in PAGES if any(blocks(page, "console"))]
PYTHON = [
    page for page in PAGES if page.parent != ENGINES and page not in CONSOLE and any(blocks(page, "python", "pycon"))
]


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.fixture
def sandbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that holds only the seeds, made the working folder."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", PYTHON, ids=name_of)
def test_python_of_a_page(page: Path, sandbox: Path) -> None:
    said = run_page(page, sandbox)
    assert not said, "".join(said)


@pytest.mark.slow
@pytest.mark.parametrize("page", CONSOLE, ids=name_of)
def test_python_and_console_of_a_page(page: Path, sandbox: Path) -> None:
    said = run_page(page, sandbox)
    assert not said, "".join(said)


def test_wrong_examples_are_noticed(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "prose\n\n```python\n>>> 1 + 1\n3\n```\n\n```console\n$ echo a\\\n  b; false\na c\n$ printf c\nc\n```\n"
    )
    said, wrong = run_page(page, tmp_path)
    assert "line 4" in said
    assert "$ echo a" in wrong
    page.write_text("```python\nassert 1 == 2\n```\n")
    with pytest.raises(AssertionError):
        run_page(page, tmp_path)


def test_there_are_examples() -> None:
    assert (
        sum(block.text.count(">>>") for page in [*PYTHON, *CONSOLE] for block in blocks(page, "python", "pycon")) > 60
    )


def option_names(command: Any) -> set[str]:
    return {"--help"}.union(*((*parameter.opts, *parameter.secondary_opts) for parameter in command.params))


def shown_commands(page: Path) -> Iterator[str]:
    """The calls of corpusclean in the console and shell blocks of a page."""
    for block in blocks(page, "sh", "console"):
        lines = block.text.replace("\\\n", " ").splitlines()
        if block.language == "console":
            lines = [command for command, _ in commands(block)]
        for line in lines:
            for part in re.split(r"&&|[|;]", line.partition("  #")[0]):
                words = part.split()
                if words and words[0].rpartition("/")[2] == "corpusclean":
                    yield part.strip()


def test_every_command_that_is_shown_exists() -> None:
    """Blocks in ``sh`` are not run (they need files or a network), but their commands and options are real."""
    known = typer.main.get_command(app)
    shown = [(page, command) for page in PAGES for command in shown_commands(page)]
    assert len(shown) > 10
    for page, command in shown:
        _, *words = command.split()
        options = option_names(known)
        if words and not words[0].startswith("-"):
            assert words[0] in known.commands, f"{name_of(page)}: {command}"  # type: ignore[attr-defined]
            options |= option_names(known.commands[words[0]])  # type: ignore[attr-defined]
        unknown = {word.partition("=")[0] for word in words if word.startswith("--")} - options
        assert not unknown, f"{name_of(page)}: {command}: {unknown}"
