"""A class of an optional engine, to derive from, also where the engine is missing."""

from __future__ import annotations

from ..errors import MissingExtraError
from ..extras import EXTRAS, require

__all__ = ["EXTRAS", "optional_class", "require"]


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
