"""Engines for tests: skipped where one is not installed, but never in CI."""

import importlib
import os
import shutil
from types import ModuleType

import pytest

# Ray and Spark warn of things in their own code, about their own plans; nothing of ours warns of these two kinds.
ENGINES_OWN_WARNINGS = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")


def engine(module: str) -> ModuleType:
    """The engine's module; without it the test is skipped, and in CI it fails."""
    if os.environ.get("CI"):
        return importlib.import_module(module)
    return pytest.importorskip(module)


def need_java() -> None:
    """A JVM for Spark; without it the test is skipped, and in CI it fails."""
    if shutil.which("java") is None:
        assert not os.environ.get("CI"), "no java: run .ci/install-java"
        pytest.skip("no java")
