"""Configuration: short forms, TOML, checks that name the mistake, and the fingerprint."""

import dataclasses
import pickle
from pathlib import Path

import pytest

from corpusclean import CleanConfig, ConfigError, Limits


def test_short_forms_set_the_main_field() -> None:
    config = CleanConfig.make(script="hant-tw", boilerplate=False, repair=False, punctuation="fullwidth", ledger=True)
    assert config.script.target == "hant-tw"
    assert not config.boilerplate.enabled
    assert not config.repair.enabled
    assert config.layout.punctuation == "fullwidth"
    assert config.ledger


def test_mappings_dotted_names_and_values_agree() -> None:
    by_mapping = CleanConfig.make(repair={"min_confidence": 0.9})
    assert by_mapping == CleanConfig.make(**{"repair.min_confidence": 0.9})
    assert by_mapping == CleanConfig.make(repair=by_mapping.repair)
    assert CleanConfig.make(limits=Limits(depth=3)) == CleanConfig.make(limits={"depth": 3})
    assert CleanConfig.make(by_mapping, script=None).repair.min_confidence == 0.9


@pytest.mark.parametrize("value", [None, False, "none"])
def test_no_script_can_be_said_where_there_is_no_null(value: object) -> None:
    assert CleanConfig.make(script=value).script.target is None
    assert CleanConfig.make(script={"target": None}).script.target is None


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        ({"scirpt": "hans"}, "unknown option: 'scirpt'.*did you mean 'script'"),
        ({"repair.min_confidense": 1}, "did you mean 'min_confidence'"),
        ({"script": "hantw"}, "script.target cannot be 'hantw'.*'hans'"),
        ({"punctuation": "wide"}, "layout.punctuation cannot be 'wide'"),
        ({"repair.min_confidence": 2}, "between 0.0 and 1.0"),
        ({"repair.min_confidence": True}, "cannot be True"),
        ({"boilerplate": "no"}, "boilerplate.enabled cannot be 'no'"),
        ({"ledger": 1}, "ledger cannot be 1"),
        ({"limits": 3}, "takes a table"),
        ({"limits": {"depth": -1}}, "limits.depth"),
        ({"boilerplate.rules": "/nonexistent/rules.toml"}, "cannot read boilerplate.rules"),
        ({"boilerplate.rules_text": "x"}, "unknown option in boilerplate"),
    ],
)
def test_mistakes_are_named(overrides: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        CleanConfig.make(**overrides)


def test_toml_and_pyproject(tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_text('[[furniture]]\nname = "ours"\n', "utf-8")
    body = (
        'script = "hant"\nledger = true\n[boilerplate]\nthreshold = 0.25\nrules = "rules.toml"\n[limits]\ndepth = 9\n'
    )
    (tmp_path / "clean.toml").write_text(body, "utf-8")
    config = CleanConfig.from_toml(tmp_path / "clean.toml", script="hans")
    assert config.script.target == "hans"
    assert config.boilerplate.threshold == 0.25
    assert config.boilerplate.rules_text == '[[furniture]]\nname = "ours"\n'
    assert config.limits.depth == 9
    (tmp_path / "pyproject.toml").write_text('[tool.corpusclean]\nscript = "none"\n', "utf-8")
    assert CleanConfig.from_toml(tmp_path / "pyproject.toml").script.target is None


@pytest.mark.parametrize(
    ("body", "message"), [("script =", "not valid TOML"), ("skript = 1", "clean.toml"), ("[ledger]\nx=1", "clean.toml")]
)
def test_broken_files_are_named(tmp_path: Path, body: str, message: str) -> None:
    path = tmp_path / "clean.toml"
    path.write_text(body, "utf-8")
    with pytest.raises(ConfigError, match=message) as caught:
        CleanConfig.from_toml(path)
    assert str(path) in str(caught.value)
    with pytest.raises(ConfigError, match="cannot read the configuration"):
        CleanConfig.from_toml(tmp_path / "missing.toml")


def test_fingerprint_changes_with_every_option_that_changes_output() -> None:
    base = CleanConfig()
    changed = {
        CleanConfig.make(**{name: value}).fingerprint
        for name, value in {
            "script": None,
            "boilerplate": False,
            "boilerplate.threshold": 0.4,
            "repair": False,
            "repair.min_confidence": 0.6,
            "punctuation": "fullwidth",
            "layout.join_wrapped": True,
            "markup": False,
            "decoding": "gbk",
            "limits": {"depth": 1},
            "script.backend": "opencc-python-reimplemented",
        }.items()
    }
    assert len(changed | {base.fingerprint}) == 12
    assert base.fingerprint == CleanConfig.make(ledger=True).fingerprint == CleanConfig().fingerprint
    assert pickle.loads(pickle.dumps(base)) == base


def test_rules_text_counts_for_the_fingerprint_and_its_path_does_not(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).write_text("x = 1", "utf-8")
    (tmp_path / "c").write_text("x = 2", "utf-8")
    a, b, c = (CleanConfig.make(**{"boilerplate.rules": str(tmp_path / name)}).fingerprint for name in "abc")
    assert a == b != c


def test_config_is_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        CleanConfig().ledger = True  # type: ignore[misc]


@pytest.mark.parametrize("value", [-1, "3", None, True])
def test_limits_are_numbers(value: object) -> None:
    with pytest.raises(ConfigError, match=r"limits\.depth"):
        Limits(depth=value)  # type: ignore[arg-type]
