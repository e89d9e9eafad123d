"""The how-to pages: every Python block of a page is run, in order, in an empty folder."""

from pathlib import Path

import pytest
from engines import ENGINES_OWN_WARNINGS, engine
from pages import BLOCK, NEEDS, NEEDS_APART, PAGES, run_page

pytestmark = [pytest.mark.engine, ENGINES_OWN_WARNINGS]


@pytest.mark.parametrize("page", NEEDS)
def test_the_code_of_the_page_runs(
    page: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine(NEEDS[page])
    if page in ("ray", "spark"):  # the page's own start then finds the session that the tests share
        request.getfixturevalue({"ray": "ray_cluster", "spark": "spark"}[page])
    monkeypatch.chdir(tmp_path)
    assert "assert" in (PAGES / f"{page}.md").read_text("utf-8")
    run_page(page)


def test_every_page_with_code_is_run() -> None:
    with_code = {path.stem for path in PAGES.glob("*.md") if BLOCK.search(path.read_text("utf-8"))}
    assert with_code == {*NEEDS, *NEEDS_APART}
