"""What stands in the pages: fenced blocks, and how those that are examples are run."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("**/*.md"))]
# "```python\n>>> 1\n1\n```", also indented as in an admonition; not a block that never closes.
FENCED = re.compile(
    r"^(?P<indent> *)```(?P<language>\w*)[^\n]*\n(?P<text>.*?)^(?P=indent)```$", re.MULTILINE | re.DOTALL
)
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
IN_CONSOLE = {"NO_COLOR": "1", "COLUMNS": "120", "LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT / "src")}


class Block(NamedTuple):
    """A fenced block: its language, its text, and the number of its first line."""

    language: str
    text: str
    line: int


def blocks(page: Path, *languages: str) -> Iterator[Block]:
    """The fenced blocks of a page in these languages, in order."""
    text = page.read_text("utf-8")
    for found in FENCED.finditer(text):
        if found["language"] in languages:
            indent = re.compile(f"^{found['indent']}", re.MULTILINE)
            yield Block(found["language"], indent.sub("", found["text"]), text.count("\n", 0, found.start("text")) + 1)


def write_files(page: Path, folder: Path) -> None:
    """Write the TOML blocks of a page that begin with their name (``# my.toml``) into a folder, for its examples."""
    for block in blocks(page, "toml"):
        named = re.match(r"# ([\w-]+\.toml)$", block.text.partition("\n")[0])
        if named:
            (folder / named[1]).write_text(block.text, "utf-8")


def run_page(page: Path, folder: Path) -> list[str]:
    """Run the Python and console blocks of a page in order, in `folder` (the working folder); what went wrong.

    Python blocks share one namespace. One with ``>>>`` gives what it says; any other must run to its end.
    """
    write_files(page, folder)
    names: dict[str, Any] = {"__name__": "__page__"}
    said: list[str] = []
    for block in blocks(page, "python", "pycon", "console"):
        if block.language == "console":
            said += run_console(block, folder, page.name)
        elif ">>>" in block.text:
            test = doctest.DocTestParser().get_doctest(block.text, names, page.name, str(page), block.line - 1)
            doctest.DocTestRunner(optionflags=FLAGS).run(test, out=said.append, clear_globs=False)
            names = test.globs
        else:
            exec(compile("\n" * (block.line - 1) + block.text, str(page), "exec"), names)
    return said


def commands(block: Block) -> Iterator[tuple[str, str]]:
    """The commands of a console block (after ``$``, joined where a line ends with a backslash), and what they print."""
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        first = re.match(r"(?:[^\n]*\\\n)*[^\n]*\n", part)
        assert first is not None
        yield first[0].replace("\\\n", " ").strip(), part[first.end() :]


def run_console(block: Block, folder: Path, name: str) -> list[str]:
    """Run the commands of a console block in `folder`; what went wrong. ``...`` stands for anything."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    wrong = []
    for command, expected in commands(block):
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=folder,
            env=os.environ | IN_CONSOLE | {"PATH": path},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        got = done.stdout.decode("utf-8", "replace")
        if not doctest.OutputChecker().check_output(expected, got, FLAGS):
            wrong.append(f"{name}, from line {block.line}: $ {command}\nexpected:\n{expected}\ngot:\n{got}\n")
    return wrong
