"""Script detection, the OpenCC-exact converter, naive-conversion repair, variant folding."""

from __future__ import annotations

from .backends import engine_info
from .convert import convert_script
from .detection import detect_script
from .step import ScriptStep
from .unify import unify_script

__all__ = ["ScriptStep", "convert_script", "detect_script", "engine_info", "unify_script"]
