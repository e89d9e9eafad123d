"""The how-to pages: their Python blocks, run in order in one namespace."""

import re
from pathlib import Path

PAGES = Path(__file__).parents[2] / "docs" / "engines"
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)  # not ```text, not ```sh
NEEDS = {
    "arrow": "pyarrow",
    "dask": "dask.dataframe",
    "datasets": "datasets",
    "datatrove": "datatrove",
    "duckdb": "duckdb",
    "others": "corpusclean",
    "pandas": "pandas",
    "polars": "polars",
    "ray": "ray",
    "spark": "pyspark",
}
NEEDS_APART = {"beam": "apache_beam", "daft": "daft"}


def run_page(page: str, blocks: slice = slice(None)) -> dict[str, object]:
    """Run the blocks of a page (or those of a slice) in the working folder; the names that they made."""
    found = BLOCK.findall((PAGES / f"{page}.md").read_text("utf-8"))[blocks]
    names: dict[str, object] = {"__name__": f"page_{page}"}
    for block in found:
        exec(compile(block, f"{page}.md", "exec"), names)
    return names
