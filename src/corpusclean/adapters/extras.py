"""Optional engines: the one place that imports them, and the one message when they are missing."""

from __future__ import annotations

import importlib
from types import ModuleType

from ..errors import MissingExtraError

__all__ = ["EXTRAS", "optional_class", "require"]

# Which extra of corpusclean installs which import package.
EXTRAS = {
    "datasets": "datasets",
    "datatrove": "datatrove",
    "duckdb": "duckdb",
    "fastwarc": "datatrove",
    "pandas": "pandas",
    "polars": "polars",
    "pyarrow": "arrow",
    "pyspark": "spark",
    "ray": "ray",
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


def optional_class(module: str, name: str) -> type:
    """The class `name` of an optional module, to derive from; a stand-in where the module is missing.

    A class statement needs its base when our module is read, which must work without the engine too. Making an
    object of a class that derives from the stand-in raises the error that :func:`require` raises.

    >>> class Step(optional_class("nosuchengine.base", "Step")): pass
    >>> Step(1)
    Traceback (most recent call last):
    ...
    corpusclean.errors.MissingExtraError: nosuchengine cannot be imported (No module named 'nosuchengine'); \
pip install 'corpusclean[nosuchengine]'
    """
    try:
        found = getattr(require(module), name)
    except MissingExtraError as missing:
        what, where, remedy = missing.what, missing.where, missing.remedy

        def refuse(_cls: type, *_: object, **__: object) -> None:
            raise MissingExtraError(what, where=where, remedy=remedy)

        return type(name, (), {"__new__": refuse})
    if not isinstance(found, type):
        raise TypeError(f"{module}.{name} is no class")
    return found
