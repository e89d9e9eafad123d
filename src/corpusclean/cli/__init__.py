"""Commands: parse arguments, call the library, print."""

from __future__ import annotations

from . import clean, detect, diff, doctor, explain, report, restore, rules, stats  # noqa: F401  # each adds its command
from .app import Exit, app, main

__all__ = ["Exit", "app", "main"]
