"""Which engine converts: the peer, its stock dictionaries, and names that nobody knows."""

import importlib.metadata

import pytest

from corpusclean import ConfigError, MissingExtraError
from corpusclean.script import backends
from corpusclean.script.unify import _runs


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(ConfigError, match="unknown script backend: 'opencc'"):
        backends.conversion("s2t", "opencc")


def test_stock_dictionaries_know_fewer_configurations() -> None:
    assert backends.reimplemented("s2t", stock=True)("汉字") == "漢字"
    with pytest.raises(ConfigError, match="no dictionaries of its own"):
        backends.reimplemented("s2hkp", stock=True)


def test_a_peer_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise importlib.metadata.PackageNotFoundError(name)

    backends._peer.cache_clear()
    monkeypatch.setattr(importlib.metadata, "distribution", missing)
    with pytest.raises(MissingExtraError, match="opencc-python-reimplemented is not installed"):
        backends._peer()
    monkeypatch.undo()
    assert backends._peer().OpenCC


def test_an_engine_in_a_source_tree_has_no_version(monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.metadata.version

    def missing(name: str) -> str:
        if name == "corpusclean":
            raise importlib.metadata.PackageNotFoundError(name)
        return real(name)

    monkeypatch.setattr(importlib.metadata, "version", missing)
    assert backends.engine_info.__wrapped__()["version"] == "0+unknown"


@pytest.mark.parametrize(
    ("before", "after", "runs"),
    [
        ("甲乙丙", "甲丁丙", [(1, 2, 1, 2)]),
        ("甲乙丙丁", "戊乙丙己", [(0, 1, 0, 1), (3, 4, 3, 4)]),
        ("甲乙丙", "甲丁戊丙", [(1, 2, 1, 3)]),
        ("甲乙丙", "甲丙", [(1, 2, 1, 1)]),
        ("甲甲", "甲", [(1, 2, 1, 1)]),
        ("甲", "甲甲", [(1, 1, 1, 2)]),
    ],
)
def test_where_two_texts_differ(before: str, after: str, runs: list[tuple[int, int, int, int]]) -> None:
    found = list(_runs(before, after))
    assert found == runs
    rebuilt, at = "", 0
    for start, end, low, high in found:
        rebuilt, at = rebuilt + before[at:start] + after[low:high], end
    assert rebuilt + before[at:] == after
