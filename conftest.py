"""What pytest must know of the source tree: the examples of the engine adapters need the engines."""

from pathlib import Path

import pytest

ADAPTERS = Path(__file__).parent / "src" / "corpusclean" / "adapters"


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Pass the adapters' examples over where engines were not asked for."""
    return True if collection_path == ADAPTERS and "not engine" in config.option.markexpr else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Count the adapters' examples among the engine tests."""
    for item in items:
        if ADAPTERS in item.path.parents:
            item.add_marker(pytest.mark.engine)
