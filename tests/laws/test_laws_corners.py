"""Corners of the library that no document leads to: what is compared, refused, or at its end."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import SimpleNamespace

import pytest

import corpusclean
from corpusclean import Cleaner, ConfigError, Metadata, Revision
from corpusclean import cleaner as cleaner_module
from corpusclean.adapters.extras import optional_class
from corpusclean.adapters.rows import clean_row
from corpusclean.config import CleanConfig
from corpusclean.corpus.samples import SampleKeeper, _seen
from corpusclean.edits import RuleTally
from corpusclean.repair.wrong_codec_judge import looks_damaged
from corpusclean.repair.wrong_codec_spans import utf8_runs


def test_a_tally_and_a_revision_are_like_nothing_else() -> None:
    one = RuleTally(1, 2, 3)
    assert one + one == RuleTally(2, 4, 6)
    with pytest.raises(TypeError):
        one + 1  # type: ignore[operator]
    assert Revision.unchanged("甲") != "甲"
    assert Revision.unchanged("甲") == Revision.unchanged("甲")


def test_metadata_is_as_long_as_what_is_known() -> None:
    known = Metadata(title="题", url="https://a.cn/")
    assert list(known) == ["title", "url"]
    assert len(known) == 2
    assert hash(known) == hash(Metadata(title="题", url="https://a.cn/"))


def test_a_media_type_that_is_neither_is_refused() -> None:
    with pytest.raises(ConfigError, match="unknown media_type: 'image/png'; give one of"):
        corpusclean.clean("甲", media_type="image/png")


def test_a_text_that_does_not_settle_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaner_module, "MAX_ROUNDS", 1)
    document = Cleaner().clean("國家")
    assert document.metadata.clean["warnings"] == ["the text did not settle: cleaning it again may change it further"]
    assert Cleaner().clean("国家").metadata.clean["warnings"] == []


def test_rows_of_other_types() -> None:
    assert clean_row(Cleaner(), bytearray("你好。".encode()), id=b"\xff").document is not None
    assert clean_row(Cleaner(), memoryview("你好。".encode()), id="a")[:2] == ("a", "cleaned")
    assert clean_row(Cleaner(), 7, id="a")[:3] == ("a", "failed", "text must be bytes or str, not int")
    assert clean_row(Cleaner(), b"\x7fELF" + bytes(40), id="a").status == "rejected"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("pyproject.toml", "[tool]\ncorpusclean = 7\n", "tool.corpusclean is no table"),
        ("own.toml", "[boilerplate]\nrules = 'none.toml'\n", "cannot read boilerplate.rules"),
        ("own.toml", "[boilerplate]\nrules = 'own.toml'\n[x", "not valid TOML"),
        ("own.toml", "scirpt = 'hans'\n", "scirpt"),
    ],
)
def test_a_configuration_that_cannot_be_is_named(name: str, text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=said) as caught:
        CleanConfig.from_toml(tmp_path / name)
    assert str(tmp_path) in str(caught.value)


def test_a_sample_of_nowhere_is_kept_and_written_nowhere() -> None:
    keeper = SampleKeeper()
    keeper.start(None, False)
    document = Cleaner().clean("當時", id="a")
    with pytest.raises(ValueError, match="without a ledger"):
        _seen((1, 0), None, document)  # type: ignore[arg-type]
    keeper.take({"key": 1, "number": 0, "id": "a", "rules": ["r"], "examples": {"r": []}})
    keeper.take({"key": 1, "number": 0, "id": "a", "rules": ["r"], "examples": {"r": []}})
    keeper.finish(None)
    assert [row["id"] for row in keeper.rows()] == ["a"]


def test_gates_of_wrong_codecs() -> None:
    assert utf8_runs("你好，世界。") == []
    assert not looks_damaged("。！，？")
    assert not looks_damaged("")


def test_without_readings_the_library_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    readings = importlib.import_module("corpusclean.chinese.readings")  # the room calls its function so too
    monkeypatch.setattr(readings, "find_spec", lambda name: None)
    with pytest.raises(ModuleNotFoundError, match="pip install pypinyin"):
        readings._table.__wrapped__()


def test_a_base_that_is_no_class_is_refused() -> None:
    with pytest.raises(TypeError, match=r"json\.dumps is no class"):
        optional_class("json", "dumps")
    assert optional_class("json", "JSONEncoder").__name__ == "JSONEncoder"


def test_nothing_to_clean_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    command = importlib.import_module("corpusclean.cli.clean")
    assert command._sources(["a"]) == ["a"]
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: False))
    assert command._sources(None) == ["-"]
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
    with pytest.raises(ConfigError, match="nothing to clean; give files or folders"):
        command._sources(None)
