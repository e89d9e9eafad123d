"""Regular expressions that are compiled when they are first used.

Compiling a large expression takes milliseconds, and most programs that import corpusclean never need most of them.
"""

from __future__ import annotations

import re
from typing import Any, cast

__all__ = ["lazy_pattern"]

_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn")


class _LazyPattern:
    """Stands for a compiled pattern; after the first use its methods are the compiled pattern's own."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        for method in _METHODS:
            self.__dict__[method] = getattr(compiled, method)
        return getattr(compiled, name)


def lazy_pattern(pattern: str, flags: int | re.RegexFlag = 0) -> re.Pattern[str]:
    """The compiled `pattern`, compiled at its first use. Call its methods; do not hand it to functions of ``re``.

    >>> word = lazy_pattern("[a-z]+")
    >>> word.findall("ab c")
    ['ab', 'c']
    """
    return cast("re.Pattern[str]", _LazyPattern(pattern, int(flags)))
