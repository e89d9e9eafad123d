"""A worker dies in the middle, a task runs twice: every row comes out once."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from engines import ENGINES_OWN_WARNINGS, engine

from corpusclean import Cleaner
from corpusclean.adapters.spark import spark_schema
from faults import DyingBatches, failing_batches

pytestmark = [pytest.mark.engine, ENGINES_OWN_WARNINGS]
ROWS = 400


@pytest.fixture(scope="module")
def numbered() -> Any:
    """A table of numbered documents."""
    return engine("pyarrow").table(
        {"n": range(ROWS), "text": [f"第{n}号：今天天气很好，我们去公园。" for n in range(ROWS)]}
    )


def check(rows: list[dict[str, Any]], flag: Path) -> None:
    assert flag.exists(), "the fault did not happen"
    assert sorted(row["n"] for row in rows) == list(range(ROWS))
    assert all(row["text"] == f"第{row['n']}号：今天天气很好，我们去公园。" for row in rows)


def test_ray_actor_is_killed(ray_cluster: Any, numbered: Any, tmp_path: Path) -> None:
    flag = tmp_path / "killed"
    dataset = ray_cluster.data.from_arrow([numbered.slice(at, 50) for at in range(0, ROWS, 50)])
    cleaned = dataset.map_batches(
        DyingBatches,
        fn_constructor_kwargs={"flag": str(flag), "at": 170},
        batch_format="pyarrow",
        batch_size=25,
        compute=ray_cluster.data.ActorPoolStrategy(size=1),
    )
    check(cleaned.take_all(), flag)


def test_spark_task_runs_twice(spark: Any, numbered: Any, tmp_path: Path) -> None:
    flag = tmp_path / "failed"
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "25")
    frame = spark.createDataFrame(numbered).repartition(4)
    fault = partial(failing_batches(str(flag), 170))
    cleaned = frame.mapInArrow(fault, spark_schema(frame.schema, Cleaner()))
    check(cleaned.toArrow().to_pylist(), flag)
