"""Every input that fuzzing has found goes through its target again; each once broke a law."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from fuzz.targets import TARGETS  # noqa: E402  # the folder lies beside the package, not in it

CASES = sorted((ROOT / "fuzz" / "regressions").glob("*/*.bin"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_what_fuzzing_found_stays_mended(path: Path) -> None:
    TARGETS[path.parent.name][0](path.read_bytes())


def test_there_are_cases_and_each_has_its_target() -> None:
    assert CASES
    assert {path.parent.name for path in CASES} <= set(TARGETS)


@pytest.mark.parametrize("name", TARGETS)
@pytest.mark.parametrize("data", [b"", b"\x00", b"\xff" * 8, bytes(range(64))], ids=["none", "nul", "ff", "rising"])
def test_every_target_takes_any_input(name: str, data: bytes) -> None:
    TARGETS[name][0](data)
