"""The batch kernel: types, the user's columns, and troubles as rows."""

import dataclasses
import json
from typing import Any

import pytest
from engines import engine
from hypothesis import given
from hypothesis import strategies as st

import corpusclean
from corpusclean import Cleaner, ConfigError, Metadata
from corpusclean.adapters import storage
from corpusclean.adapters.arrow import Columns, clean_batch, clean_table, document_of, output_schema
from corpusclean.adapters.columns import AS_JSON, METADATA, dropped_columns, made_names
from corpusclean.adapters.rows import clean_row, source_id

pytestmark = pytest.mark.engine
pa = engine("pyarrow")
CLEANER = Cleaner()
TEXT = "你好，世界。"
BINARY = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
TYPES = {
    "string": (pa.string(), TEXT, "string"),
    "large_string": (pa.large_string(), TEXT, "large_string"),
    "string_view": (pa.string_view(), TEXT, "large_string"),
    "binary": (pa.binary(), TEXT.encode("gb18030"), "string"),
    "large_binary": (pa.large_binary(), TEXT.encode("gb18030"), "large_string"),
    "binary_view": (pa.binary_view(), TEXT.encode(), "large_string"),
    "fixed": (pa.binary(18), TEXT.encode(), "string"),
    "dictionary": (pa.dictionary(pa.int32(), pa.string()), TEXT, "string"),
    "dictionary of bytes": (pa.dictionary(pa.int8(), pa.binary()), TEXT.encode(), "string"),
}


@pytest.mark.parametrize(("kind", "value", "made"), TYPES.values(), ids=TYPES)
def test_text_types(kind: Any, value: Any, made: str) -> None:
    batch = pa.record_batch({"text": pa.array([value, None, value], kind)})
    cleaned = clean_batch(batch, CLEANER)
    assert cleaned.schema == output_schema(batch.schema, CLEANER)
    assert str(cleaned.schema.field("text").type) == made
    assert cleaned.column("text").to_pylist() == [CLEANER.clean(value).text, None, CLEANER.clean(value).text]
    assert cleaned.column("status").to_pylist() == ["cleaned", "rejected", "cleaned"]
    assert cleaned.validate(full=True) is None


def test_metadata_fields_are_those_of_the_library() -> None:
    assert {*METADATA, *AS_JSON} == {field.name for field in dataclasses.fields(Metadata)}


def test_the_users_columns_are_carried_through() -> None:
    lists = pa.array([[1], None], pa.list_(pa.int64()))
    batch = pa.record_batch({"n": [1, 2], "text": ["a", "b"], "lists": lists, "url": ["https://example.org/", None]})
    cleaned = clean_batch(batch, CLEANER)
    assert cleaned.schema.names == ["n", "lists", "url", *made_names(CLEANER, Columns())]
    assert cleaned.column("lists") == lists
    assert [row["url"] for row in cleaned.column("metadata").to_pylist()] == ["https://example.org/", None]


def test_ids() -> None:
    assert clean_batch(pa.record_batch({"text": ["a"]}), CLEANER).column("id").to_pylist() == [source_id("a")]
    numbers = pa.record_batch({"text": ["a", None, "c"], "id": [7, 8, None]})
    assert clean_batch(numbers, CLEANER).column("id").to_pylist() == ["7", "8", source_id("c")]


def test_columns_by_other_names_and_prefix() -> None:
    batch = pa.record_batch({"html": ["<p>好</p>"], "text": ["mine"], "kind": ["text/plain"]})
    columns = Columns(text="html", media_type="kind", prefix="clean_", keep_source=True)
    row = clean_batch(batch, CLEANER, columns).to_pylist()[0]
    assert (row["html"], row["text"]) == ("<p>好</p>", "mine")
    assert row["clean_text"] == CLEANER.clean("<p>好</p>", media_type="text/plain").text
    assert document_of(row, prefix="clean_") == CLEANER.clean("<p>好</p>", media_type="text/plain").to_dict()


@pytest.mark.parametrize(
    ("names", "columns", "said"),
    [
        (["content"], Columns(text="text_"), "there is no column 'text_'"),
        (["text", "status"], Columns(), "columns of its own called status"),
        (["text", "text"], Columns(text="text"), "more than one column 'text'"),
        (["text"], Columns(url="link"), "there is no column 'link'"),
    ],
)
def test_columns_that_do_not_fit(names: list[str], columns: Columns, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        dropped_columns(names, CLEANER, columns)


def test_no_text_column_at_all() -> None:
    with pytest.raises(ConfigError, match="there is no column 'text'"):
        clean_batch(pa.record_batch({"content": ["a"]}), CLEANER)
    with pytest.raises(ConfigError, match="holds int64, not text or bytes"):
        clean_batch(pa.record_batch({"text": [1]}), CLEANER)


def test_troubles_are_rows() -> None:
    small = Cleaner(limits={"input_bytes": 1000})
    batch = pa.record_batch({"text": pa.array([b"a", BINARY, b"x" * 1001, None, b""], pa.binary())})
    cleaned = clean_batch(batch, small).to_pylist()
    assert [row["status"] for row in cleaned] == ["cleaned", "rejected", "rejected", "rejected", "cleaned"]
    assert "limits.input_bytes" in cleaned[2]["reason"]
    assert cleaned[1]["id"] == source_id(BINARY)
    assert document_of(cleaned[1]) is None


def test_a_defect_is_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: Cleaner, source: str, **known: Any) -> Any:
        raise RecursionError("deep")

    monkeypatch.setattr(Cleaner, "clean", broken)
    row = clean_row(Cleaner(), "a", id="x")
    assert (row.id, row.status, row.document) == ("x", "failed", None)
    assert row.reason is not None
    assert "RecursionError: deep" in row.reason


def test_strings_that_are_not_utf8_are_read_as_bytes() -> None:
    offsets, data = pa.py_buffer(pa.array([0, 4, 7], pa.int32()).buffers()[1]), "好的".encode("gbk") + b"abc"
    column = pa.StringArray.from_buffers(2, offsets, pa.py_buffer(data))
    with pytest.raises(UnicodeDecodeError):
        column.to_pylist()
    cleaned = clean_batch(pa.record_batch({"text": column}), CLEANER).column("text").to_pylist()
    assert cleaned == [CLEANER.clean("好的".encode("gbk")).text, "abc"]


def test_what_arrow_cannot_hold_fails_its_row_only(monkeypatch: pytest.MonkeyPatch) -> None:
    clean = Cleaner.clean

    def with_odd_values(self: Cleaner, source: str, **known: Any) -> Any:
        document = clean(self, source, **known)
        if source == "views":
            return dataclasses.replace(document, metadata=dataclasses.replace(document.metadata, views=2**70))
        return dataclasses.replace(document, text="\ud800") if source == "surrogate" else document

    monkeypatch.setattr(Cleaner, "clean", with_odd_values)
    cleaned = clean_batch(pa.record_batch({"text": ["a", "views", "surrogate", "b"]}), CLEANER).to_pylist()
    assert [row["status"] for row in cleaned] == ["cleaned", "failed", "failed", "cleaned"]
    assert [row["text"] for row in cleaned] == ["a", None, None, "b"]
    assert "metadata cannot be stored" in cleaned[1]["reason"]
    assert "text cannot be stored" in cleaned[2]["reason"]


def test_a_batch_past_two_gib_fails_the_rows_that_do_not_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "MAX_ARRAY_BYTES", 60)
    records = [["a", "x" * 20, None, "cleaned", None] for _ in range(3)]
    field = pa.field("text", pa.string())
    failed = storage._fail_unstorable(records, 1, field)
    assert [record[3] for record in failed] == ["cleaned", "cleaned", "failed"]
    assert failed[2][4] == "the batch has more than 2 GiB of text"


def test_ledger_travels_and_restores() -> None:
    cleaner = Cleaner(ledger=True)
    data = "時間：2019\r\n国家\u200b。".encode("gb18030")
    row = clean_batch(pa.record_batch({"text": [data]}), cleaner).to_pylist()[0]
    stored = document_of(row)
    assert stored == json.loads(json.dumps(cleaner.clean(data).to_dict()))
    assert corpusclean.restore(stored) == data


def test_tables_of_many_chunks_and_of_none() -> None:
    table = pa.table({"text": pa.chunked_array([["a"], [], ["b", "c"]])})
    assert clean_table(table, CLEANER, batch_rows=1).column("text").to_pylist() == ["a", "b", "c"]
    assert clean_table(table.slice(0, 0), CLEANER).schema == output_schema(table.schema, CLEANER)


@given(st.lists(st.one_of(st.none(), st.binary(max_size=60))))
def test_every_row_comes_out_and_equals_the_library(values: list[bytes | None]) -> None:
    rows = clean_batch(pa.record_batch({"text": pa.array(values, pa.binary())}), CLEANER).to_pylist()
    assert len(rows) == len(values)
    for row, value in zip(rows, values, strict=True):
        expected = clean_row(CLEANER, value)
        assert (row["id"], row["status"], row["reason"]) == expected[:3]
        assert document_of(row) == (expected.document and expected.document.to_dict())
