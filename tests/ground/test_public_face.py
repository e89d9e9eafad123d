"""The public face is what the design says it is, no more and no less."""

import inspect

import pytest

import corpusclean

FACE = {
    "BinaryInputError",
    "CleanConfig",
    "Cleaner",
    "ConfigError",
    "CorpusCleanError",
    "Decoded",
    "Document",
    "Edit",
    "InputError",
    "Ledger",
    "LedgerError",
    "LimitExceeded",
    "Limits",
    "Metadata",
    "MissingExtraError",
    "Removed",
    "Revision",
    "ScriptReport",
    "__version__",
    "clean",
    "convert_script",
    "decode",
    "detect_script",
    "extract",
    "repair",
    "restore",
    "strip_boilerplate",
    "unify_script",
}


def test_exactly_these_names_are_public() -> None:
    assert set(corpusclean.__all__) == FACE
    assert all(hasattr(corpusclean, name) for name in FACE)


@pytest.mark.parametrize("name", sorted(FACE - {"__version__"}))
def test_every_public_name_is_documented(name: str) -> None:
    assert inspect.getdoc(getattr(corpusclean, name))


@pytest.mark.parametrize(
    ("name", "signature"),
    [
        ("clean", "(source: 'bytes | str', *, url: 'str | None' = None, http_charset: 'str | None' = None, "
                  "media_type: 'str | None' = None, **overrides: 'Any') -> 'Document'"),
        ("restore", "(document: 'Document | Mapping[str, Any]') -> 'bytes'"),
        ("repair", "(text: 'str', **overrides: 'Any') -> 'Revision'"),
        ("strip_boilerplate", "(text: 'str', **overrides: 'Any') -> 'Revision'"),
        ("extract", "(html: 'str', **overrides: 'Any') -> 'Revision'"),
    ],
)  # fmt: skip
def test_signatures_hold(name: str, signature: str) -> None:
    assert str(inspect.signature(getattr(corpusclean, name))) == signature


def test_text_functions_return_revisions() -> None:
    for revise in (corpusclean.repair, corpusclean.strip_boilerplate, corpusclean.unify_script, corpusclean.extract):
        revision = revise("好")
        assert isinstance(revision, corpusclean.Revision)
        assert revision.text == "好"
        assert revision.edits == ()
    assert isinstance(corpusclean.detect_script("汉字"), corpusclean.ScriptReport)
    assert isinstance(corpusclean.decode(b"a"), corpusclean.Decoded)
    assert corpusclean.convert_script("汉字", config="s2t") == "漢字"
