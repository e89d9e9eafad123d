"""What is installed with the package: every dependency has its purpose and its true licence on the page."""

import importlib.metadata
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
NEEDED = [
    re.split(r"[\[>=<;! ]", line)[0]
    for line in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
]
# "| [ftfy](https://…) | what for | Apache-2.0 |"
ROW = re.compile(r"^\| \[([\w.-]+)\]\([^)]+\) \| (.+) \| ([\w.-]+) \|$", re.MULTILINE)
SAID = {name: (purpose, licence) for name, purpose, licence in ROW.findall(PAGE)}
PERMISSIVE = {"0BSD", "Apache-2.0", "BSD-3-Clause", "MIT"}


def test_the_page_lists_exactly_what_is_needed() -> None:
    assert sorted(SAID) == sorted(NEEDED)


@pytest.mark.parametrize("name", NEEDED)
def test_the_licence_is_what_the_package_says(name: str) -> None:
    purpose, licence = SAID[name]
    assert len(purpose) > 10
    assert licence in PERMISSIVE
    metadata = importlib.metadata.metadata(name)
    stated = [metadata.get("License-Expression"), metadata.get("License"), *(metadata.get_all("Classifier") or [])]
    words = licence.replace("-2.0", "").replace("-3-Clause", "")
    assert any(words in (text or "") for text in stated), stated
