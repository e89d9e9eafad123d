"""Commands: parse arguments, call the library, print."""

from __future__ import annotations

from . import clean, detect, doctor, explain, restore, rules  # noqa: F401  # each adds its command
from .app import Exit, app, main

__all__ = ["Exit", "app", "main"]
