"""The JSON Schema of a document: it is what the code says, documents fit it, and what is no document does not."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

import corpusclean
from corpusclean.testing.strategies import damaged_chinese, html_soup

Tool = Callable[[str], ModuleType]


@pytest.fixture(scope="module")
def schema(root: Path) -> Draft202012Validator:
    value = json.loads((root / "docs" / "document.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(value)
    return Draft202012Validator(value)


@pytest.fixture(scope="module")
def pages(root: Path) -> list[bytes]:
    head = '<html lang="zh"><head><title>题目</title><meta name="author" content="周亮"></head><body>'
    html = f"{head}<h1>题目</h1><p>时间：2019-04-01 10:20 来源：中国社会报 浏览：128</p><p>正文。</p></body></html>"
    return [*(path.read_bytes() for path in sorted((root / "seeds").iterdir())), html.encode("gbk"), b"", b"a"]


@pytest.mark.parametrize("ledger", [False, True])
def test_real_documents_fit(schema: Draft202012Validator, pages: list[bytes], ledger: bool) -> None:
    for page in pages:
        document = corpusclean.clean(page, ledger=ledger, url="https://example.org/a").to_dict()
        schema.validate(json.loads(json.dumps(document)))


@settings(max_examples=40)
@given(damaged_chinese().map(lambda damaged: damaged.text) | html_soup())
def test_made_up_documents_fit(text: str) -> None:
    path = Path(__file__).parents[2] / "docs" / "document.schema.json"
    Draft202012Validator(json.loads(path.read_text("utf-8"))).validate(corpusclean.clean(text, ledger=True).to_dict())


def spoil(document: dict[str, Any], path: list[str], value: Any) -> dict[str, Any]:
    spoiled = copy.deepcopy(document)
    place = spoiled
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = value
    return spoiled


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["id"], 7),
        (["metadata", "titel"], "好"),
        (["metadata", "date"], "April 2019"),
        (["metadata", "views"], "many"),
        (["metadata", "script"], "latin"),
        (["metadata", "clean", "edits"], {"layout/newline": -1}),
        (["more"], 1),
    ],
)
def test_what_is_no_document_does_not_fit(
    schema: Draft202012Validator, pages: list[bytes], path: list[str], value: Any
) -> None:
    document = corpusclean.clean(pages[0]).to_dict()
    assert schema.is_valid(document)
    assert not schema.is_valid(spoil(document, path, value))


def test_the_pages_name_every_field_and_option(tool: Tool) -> None:
    made = tool("make_reference_pages")
    config, metadata = made.config_page(), made.metadata_page()
    for section, options in corpusclean.CleanConfig().to_dict().items():
        assert f"## {section}\n" in config
        for option in options if isinstance(options, dict) else ():
            assert option == "rules_text" or f"`{option}`" in config
    assert all(f"| `{field}` |" in metadata for field in corpusclean.Metadata.__dataclass_fields__)
    assert "corpusclean clean" in made.cli_page()


@pytest.mark.slow
def test_made_pages_and_pictures_are_up_to_date(root: Path, tool: Tool, monkeypatch: pytest.MonkeyPatch) -> None:
    for path, text in tool("make_reference_pages").pages().items():
        assert path.read_text("utf-8") == text, f"{path.name}: run python tools/make_reference_pages.py"
    monkeypatch.syspath_prepend(root / "tools")
    pictures = tool("make_pictures")
    for name, make in pictures.PICTURES.items():
        assert (pictures.FOLDER / f"{name}.svg").read_text("utf-8") == make(), "run python tools/make_pictures.py"
