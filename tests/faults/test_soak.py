"""The soak in small: mixed documents, one in ten hostile, in one run; ``benchmarks/soak.py`` is the long one."""

import importlib.util
from pathlib import Path

import pytest

SOAK = Path(__file__).parents[2] / "benchmarks" / "soak.py"


@pytest.mark.slow
def test_nothing_is_lost_fails_or_grows(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("soak", SOAK)
    assert spec is not None
    assert spec.loader is not None
    soak = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(soak)
    seen = soak.soak(4000, 1, 1, tmp_path)
    assert seen["balanced"], seen
    assert seen["memory flat"], seen
    assert seen["failed"] == 0, seen
    assert 0 < seen["rejected"] < 100, seen  # a kind of hostile bytes is no text
