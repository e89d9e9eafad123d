"""Law 5: the same 1,000 documents give the same bytes through the library, the command line and every engine."""

import collections
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from engines import ENGINES_OWN_WARNINGS, engine
from mixed_documents import Mixed, digest
from pages import run_page

from corpusclean import Cleaner
from corpusclean.adapters.arrow import Columns, clean_table, document_of
from corpusclean.adapters.rows import Row

pytestmark = pytest.mark.engine
CLEANER = Cleaner()
REJECTED = {"rejected", "failed"}


@pytest.fixture(scope="module")
def expected(library_rows: list[Row]) -> str:
    return digest(row.document.to_dict() for row in library_rows if row.document is not None)


def checked(rows: list[dict[str, Any]], library_rows: list[Row]) -> str:
    """The digest of the kernel's rows, after their ids and statuses were compared with the library's."""
    assert {row["id"]: row["status"] for row in rows} == {row.id: row.status for row in library_rows}
    assert len(rows) == len(library_rows)
    return digest(document_of(row) for row in rows)


def whole_views(metadata: dict[str, Any]) -> dict[str, Any]:
    """The metadata with its one number as a whole one: pandas writes integers beside nulls as floats."""
    return metadata | {"views": None if metadata["views"] is None else int(metadata["views"])}


def test_the_documents_are_what_they_should_be(mixed: list[Mixed], library_rows: list[Row]) -> None:
    kinds = collections.Counter(type(item.source).__name__ for item in mixed)
    assert len(mixed) == len({item.id for item in mixed}) == 1000
    assert kinds["str"] > 300
    assert kinds["bytes"] > 600
    statuses = collections.Counter(row.status for row in library_rows)
    assert statuses["rejected"] >= 1
    assert statuses["failed"] == 0, [row.reason for row in library_rows if row.status == "failed"]


def test_command_line(mixed: list[Mixed], library_rows: list[Row], expected: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with (tmp_path / "in" / "text.jsonl").open("w", encoding="utf-8") as rows:
        for item in mixed:
            if isinstance(item.source, str):
                rows.write(json.dumps({"id": item.id, "text": item.source}) + "\n")
            else:
                suffix = ".html" if item.media_type else ".txt"
                (tmp_path / "in" / f"{item.id}{suffix}").write_bytes(item.source)
    command = [str(Path(sys.executable).with_name("corpusclean")), "clean", "in", "-o", "out.jsonl", "--quiet"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    some_did_not_come_out = any(row.status in REJECTED for row in library_rows)
    assert done.returncode == (3 if some_did_not_come_out else 0), done.stderr
    documents = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    for document in documents:
        document["id"] = Path(document["id"]).name.removesuffix(".html").removesuffix(".txt")
    assert digest(documents) == expected


def test_arrow(tables: list[Any], library_rows: list[Row], expected: str) -> None:
    rows = [row for table in tables for row in clean_table(table, CLEANER, batch_rows=70).to_pylist()]
    assert checked(rows, library_rows) == expected


def test_pandas(tables: list[Any], library_rows: list[Row], expected: str) -> None:
    engine("pandas")
    from corpusclean.adapters.pandas import clean_frame

    rows = [row for table in tables for row in clean_frame(table.to_pandas(), CLEANER).to_dict("records")]
    for row in rows:
        if row["status"] == "cleaned":
            row["metadata"] = whole_views(row["metadata"])
    assert checked(rows, library_rows) == expected


def test_dask(tables: list[Any], library_rows: list[Row], expected: str) -> None:
    engine("dask.dataframe")
    from dask.dataframe import from_pandas

    clean = run_page("dask", slice(1))["clean_dask"]
    rows = []
    for table in tables:
        frame = from_pandas(table.to_pandas(), npartitions=4)
        rows += clean(frame, CLEANER).compute().to_dict("records")
    for row in rows:
        if row["status"] == "cleaned":
            row["metadata"] = whole_views(row["metadata"])
    assert checked(rows, library_rows) == expected


def test_polars(tables: list[Any], library_rows: list[Row], expected: str) -> None:
    pl = engine("polars")
    from corpusclean.adapters.polars import clean_frame, clean_lazy

    text, data = (pl.from_arrow(table) for table in tables)
    rows = [*clean_frame(text, CLEANER).to_dicts(), *clean_lazy(data.lazy(), CLEANER).collect().to_dicts()]
    assert checked(rows, library_rows) == expected


def test_duckdb(tables: list[Any], library_rows: list[Row], expected: str) -> None:
    duckdb = engine("duckdb")
    from corpusclean.adapters.duckdb import clean_relation, register

    text, data = tables
    with duckdb.connect() as connection:
        rows = clean_relation(connection.from_arrow(data), CLEANER, batch_rows=70).read_all().to_pylist()
        register(connection, CLEANER)
        made = connection.from_arrow(text).select("id, corpusclean(text) AS made").fetchall()
        rows += [{**cleaned, "id": name} for name, cleaned in made]
    assert checked(rows, library_rows) == expected


def test_datasets(tables: list[Any], library_rows: list[Row], expected: str) -> None:
    datasets = engine("datasets")
    from corpusclean.adapters.datasets import clean_dataset

    text, data = (datasets.Dataset(table) for table in tables)
    rows = [*clean_dataset(text, CLEANER, num_proc=2).to_list()]
    streamed = clean_dataset(data.to_iterable_dataset(), CLEANER, batch_size=70)
    assert checked([*rows, *streamed], library_rows) == expected


@pytest.mark.parametrize("tasks", [1, 2])
def test_datatrove(tasks: int, mixed: list[Mixed], expected: str, tmp_path: Path) -> None:
    engine("datatrove")
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter

    from corpusclean.adapters.datatrove import CorpusClean
    from corpusclean.adapters.datatrove_readers import RawReader

    for folder in ("text", "raw"):
        (tmp_path / folder).mkdir()
    for part in range(2):
        with (tmp_path / "text" / f"{part}.jsonl").open("w", encoding="utf-8") as rows:
            for item in mixed[part::2]:
                if isinstance(item.source, str):
                    rows.write(json.dumps({"id": item.id, "text": item.source}) + "\n")
    for item in mixed:
        if isinstance(item.source, bytes):
            (tmp_path / "raw" / f"{item.id}{'.html' if item.media_type else '.txt'}").write_bytes(item.source)
    for folder, reader in (("text", JsonlReader), ("raw", RawReader)):
        LocalPipelineExecutor(
            pipeline=[
                reader(str(tmp_path / folder)),
                CorpusClean(CLEANER),
                JsonlWriter(str(tmp_path / "out" / folder), compression=None),
            ],
            tasks=tasks,
            workers=tasks,
            logging_dir=str(tmp_path / "logs" / folder),
        ).run()
    documents = []
    for path in (tmp_path / "out").rglob("*.jsonl"):
        for line in path.read_text("utf-8").splitlines():
            document = json.loads(line)
            document.setdefault("text", "")  # datatrove writes no empty values
            document["metadata"].pop("file_path")
            document["id"] = Path(document["id"]).name.removesuffix(".html").removesuffix(".txt")
            documents.append(document)
    assert digest(documents) == expected


@ENGINES_OWN_WARNINGS
def test_ray(ray_cluster: Any, tables: list[Any], library_rows: list[Row], expected: str) -> None:
    from corpusclean.adapters.ray import clean_dataset

    rows = []
    for table in tables:
        dataset = ray_cluster.data.from_arrow(table).repartition(4)
        rows += clean_dataset(dataset, CLEANER, actors=1, batch_size=70).take_all()
    assert checked(rows, library_rows) == expected


@ENGINES_OWN_WARNINGS
def test_spark(spark: Any, tables: list[Any], library_rows: list[Row], expected: str) -> None:
    from corpusclean.adapters.spark import clean_dataframe

    rows = []
    for table in tables:
        frame = spark.createDataFrame(table).repartition(4)
        rows += clean_dataframe(frame, CLEANER, Columns()).toArrow().to_pylist()
    assert checked(rows, library_rows) == expected
