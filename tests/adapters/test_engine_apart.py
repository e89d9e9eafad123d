"""Beam and Daft, which need an environment of their own: their pages run, and give the same bytes as the library."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from engines import ENGINES_OWN_WARNINGS, engine
from mixed_documents import Mixed, digest
from pages import NEEDS_APART, PAGES, run_page

from corpusclean import Cleaner
from corpusclean.adapters.arrow import document_of
from corpusclean.adapters.rows import Row, clean_row

pytestmark = [pytest.mark.engine, pytest.mark.apart, ENGINES_OWN_WARNINGS]
CLEANER = Cleaner()


def same_bytes(rows: list[dict[str, Any]], library_rows: list[Row]) -> None:
    assert {row["id"]: row["status"] for row in rows} == {row.id: row.status for row in library_rows}
    assert len(rows) == len(library_rows)
    expected = digest(row.document.to_dict() for row in library_rows if row.document is not None)
    assert digest(document_of(row) for row in rows) == expected


def recipe_of(page: str) -> Callable[..., Any]:
    """The function ``clean_PAGE`` that the first block of a page makes."""
    made: Any = run_page(page, slice(1))[f"clean_{page}"]
    return made  # type: ignore[no-any-return]


@pytest.mark.parametrize("page", NEEDS_APART)
def test_the_code_of_the_page_runs(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine(NEEDS_APART[page])
    monkeypatch.chdir(tmp_path)
    assert "assert" in (PAGES / f"{page}.md").read_text("utf-8")
    run_page(page)


def test_beam_gives_the_same_bytes(tables: list[Any], library_rows: list[Row], tmp_path: Path) -> None:
    beam = engine("apache_beam")
    clean = recipe_of("beam")
    rows: list[dict[str, Any]] = []
    for number, table in enumerate(tables):
        out = tmp_path / str(number)
        with beam.Pipeline() as pipeline:
            cleaned = clean(pipeline | beam.Create(table.to_pylist()), CLEANER.config, table.schema)
            _ = cleaned | beam.Map(json.dumps) | beam.io.WriteToText(str(out / "part"))
        rows += [json.loads(line) for part in out.iterdir() for line in part.read_text("utf-8").splitlines()]
    same_bytes(rows, library_rows)


def test_daft_gives_the_same_bytes(tables: list[Any], mixed: list[Mixed]) -> None:
    daft = engine("daft")
    clean = recipe_of("daft")  # takes names and documents alone, so no media type is known
    rows: list[dict[str, Any]] = []
    for table in tables:
        rows += clean(daft.from_arrow(table.select(["n", "id", "text"])), CLEANER.config).to_pylist()
    same_bytes(rows, [clean_row(CLEANER, item.source, id=item.id) for item in mixed])
