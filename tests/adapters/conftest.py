"""What the engine tests share: the documents, what the library makes of them, and local clusters."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from engines import engine, need_java
from mixed_documents import Mixed, mixed_documents

from corpusclean import Cleaner
from corpusclean.adapters.rows import Row, clean_row

HERE = Path(__file__).parent


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Modules that need an engine even to be read are passed over when engines were not asked for."""
    needs_engine = collection_path.name.startswith(("test_engine_", "test_arrow_", "test_same_"))
    return True if needs_engine and "not engine" in config.option.markexpr else None


@pytest.fixture(scope="session")
def mixed() -> list[Mixed]:
    return mixed_documents()


@pytest.fixture(scope="session")
def library_rows(mixed: list[Mixed]) -> list[Row]:
    """Every document through the library, in this process."""
    cleaner = Cleaner()
    return [clean_row(cleaner, item.source, id=item.id, media_type=item.media_type) for item in mixed]


@pytest.fixture(scope="session")
def tables(mixed: list[Mixed]) -> list[Any]:
    """The documents as two Arrow tables, one of text and one of bytes, each with a column of the user's own."""
    pa = engine("pyarrow")
    made = []
    for kind in (str, bytes):
        items = [item for item in mixed if isinstance(item.source, kind)]
        made.append(
            pa.table(
                {
                    "n": range(len(items)),
                    "id": [item.id for item in items],
                    "text": [item.source for item in items],
                    "media_type": pa.array([item.media_type for item in items], pa.string()),
                }
            )
        )
    return made


@pytest.fixture(scope="session")
def ray_cluster() -> Iterator[Any]:
    """A local Ray cluster of two CPUs with a small object store."""
    ray = engine("ray")
    os.environ["RAY_DATA_DISABLE_PROGRESS_BARS"] = "1"
    ray.init(
        num_cpus=2,
        object_store_memory=150 * 2**20,
        include_dashboard=False,
        log_to_driver=False,
        logging_level="ERROR",
        # workers must not turn the engine's own warnings into errors, and must find this package's tests
        runtime_env={"env_vars": {"PYTHONWARNINGS": "ignore", "PYTHONPATH": os.pathsep.join([str(HERE), *sys.path])}},
    )
    engine("ray.data").DataContext.get_current().enable_progress_bars = False
    yield ray
    ray.shutdown()


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """A local Spark session of two cores that retries a failed task once."""
    engine("pyspark")
    need_java()
    os.environ |= {"PYSPARK_PYTHON": sys.executable, "PYSPARK_DRIVER_PYTHON": sys.executable}
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    session = (
        engine("pyspark.sql")
        .SparkSession.builder.master("local[2,3]")
        .appName("corpusclean tests")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.memory", "1g")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.executorEnv.PYTHONPATH", os.pathsep.join([str(HERE), *sys.path]))
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()
