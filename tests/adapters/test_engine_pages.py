"""The how-to pages: every Python block of a page is run, in order, in an empty folder."""

import re
from pathlib import Path

import pytest
from engines import ENGINES_OWN_WARNINGS, engine

pytestmark = [pytest.mark.engine, ENGINES_OWN_WARNINGS]
PAGES = Path(__file__).parents[2] / "docs" / "engines"
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)  # not ```text, not ```sh
NEEDS = {
    "arrow": "pyarrow",
    "datasets": "datasets",
    "datatrove": "datatrove",
    "duckdb": "duckdb",
    "others": "corpusclean",
    "pandas": "pandas",
    "polars": "polars",
    "ray": "ray",
    "spark": "pyspark",
}


@pytest.mark.parametrize("page", NEEDS)
def test_the_code_of_the_page_runs(
    page: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine(NEEDS[page])
    if page in ("ray", "spark"):  # the page's own start then finds the session that the tests share
        request.getfixturevalue({"ray": "ray_cluster", "spark": "spark"}[page])
    monkeypatch.chdir(tmp_path)
    blocks = BLOCK.findall((PAGES / f"{page}.md").read_text("utf-8"))
    assert any("assert" in block for block in blocks)
    names: dict[str, object] = {"__name__": f"page_{page}"}
    for block in blocks:
        exec(compile(block, f"{page}.md", "exec"), names)


def test_every_page_with_code_is_run() -> None:
    with_code = {path.stem for path in PAGES.glob("*.md") if BLOCK.search(path.read_text("utf-8"))}
    assert with_code == set(NEEDS)
