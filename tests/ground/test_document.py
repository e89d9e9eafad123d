"""Documents and metadata as values and as JSON."""

import json
import pickle

import pytest

from corpusclean import Cleaner, Document, InputError, LedgerError, Metadata, Removed, clean, restore


def test_document_survives_json_and_pickle() -> None:
    document = clean("標題\r\n\r\n正文。".encode(), ledger=True, url="https://example.org/")
    again = Document.from_dict(json.loads(json.dumps(document.to_dict())))
    assert again == document
    assert pickle.loads(pickle.dumps(document)) == document
    assert restore(document.to_dict()) == "標題\r\n\r\n正文。".encode()


def test_metadata_is_a_mapping_of_what_is_known() -> None:
    metadata = Metadata(title="根基", views=0)
    assert dict(metadata) == {"title": "根基", "views": 0}
    assert "author" not in metadata
    assert metadata.author is None
    with pytest.raises(KeyError):
        metadata["author"]
    with pytest.raises(KeyError):
        metadata["to_dict"]
    assert Metadata.from_dict(metadata.to_dict()) == metadata


def test_unknown_metadata_is_refused() -> None:
    with pytest.raises(InputError, match="titel"):
        Metadata.from_dict({"titel": "x"})


@pytest.mark.parametrize(
    "values",
    [{}, {"id": 1, "text": ""}, {"id": "a", "text": "", "removed": [1]}, {"id": "a", "text": "", "metadata": {"x": 1}}],
)
def test_what_is_no_document_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(InputError):
        Document.from_dict(values)


def test_without_a_ledger_there_is_nothing_to_restore() -> None:
    with pytest.raises(LedgerError, match="ledger=True"):
        restore(clean("好"))
    with pytest.raises(LedgerError, match="not int"):
        restore(3)  # type: ignore[arg-type]


def test_id_is_the_callers_or_a_hash_of_the_input() -> None:
    cleaner = Cleaner()
    assert cleaner.clean("好", id="mine").id == "mine"
    assert cleaner.clean("好").id == cleaner.clean("好".encode()).id != cleaner.clean("坏").id
    assert len(cleaner.clean("好").id) == 32


def test_removed_is_a_plain_row() -> None:
    assert tuple(Removed("x", "boilerplate/judge", 0.5)) == ("x", "boilerplate/judge", 0.5)
