"""Word guards: places where OpenCC's longest key cuts a word in two, and other words decide."""

from __future__ import annotations

from collections.abc import Callable

from .engine import converter

__all__ = ["guarded"]


def guarded(config: str) -> Callable[[str], str]:
    """The conversion `config` with word guards."""
    return converter(config).convert
