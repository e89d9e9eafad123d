"""Optional libraries: the one place that imports them, and the one message when they are missing."""

from __future__ import annotations

import importlib
from types import ModuleType

from .errors import MissingExtraError

__all__ = ["EXTRAS", "require"]

# Which extra of corpusclean installs which import package.
EXTRAS = {
    "brotli": "io",
    "datasets": "datasets",
    "datatrove": "datatrove",
    "duckdb": "duckdb",
    "fastwarc": "datatrove",
    "fsspec": "io",
    "pandas": "pandas",
    "polars": "polars",
    "pyarrow": "arrow",
    "pyspark": "spark",
    "ray": "ray",
    "zstandard": "io",
}


def require(module: str) -> ModuleType:
    """The optional module, imported.

    Raises:
        MissingExtraError: it, or something it needs itself, is not installed; names the extra.

    >>> require("nosuchengine")
    Traceback (most recent call last):
    ...
    corpusclean.errors.MissingExtraError: nosuchengine cannot be imported (No module named 'nosuchengine'); \
pip install 'corpusclean[nosuchengine]'
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        package = module.partition(".")[0]
        raise MissingExtraError(
            f"{package} cannot be imported",
            where=str(error),
            remedy=f"pip install 'corpusclean[{EXTRAS.get(package, package)}]'",
        ) from error
