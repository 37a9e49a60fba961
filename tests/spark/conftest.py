"""Spark with two threads, the program, and data."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

import foldin_spark
from foldin_spark import AlsSettings, SampleSettings, Settings

SETTINGS = Settings(als=AlsSettings(rank=16, max_iter=5), sample=SampleSettings(share=0.2))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also what takes many minutes")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--long"):
        for item in items:
            if "long" in item.keywords:
                item.add_marker(pytest.mark.skip(reason="takes many minutes: scripts/test-spark --long"))


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "long: takes many minutes")


def session(master: str = "local[2]") -> SparkSession:
    builder = SparkSession.builder.master(master).appName("tests")
    for key, value in {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.adaptive.enabled": "false",
        "spark.driver.memory": "2g",
        "spark.sql.session.timeZone": "UTC",
    }.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkSession]:
    spark = session()
    spark.sparkContext.setLogLevel("ERROR")
    yield spark
    spark.stop()


def data(name: str) -> Path:
    """The folder of a data set; the test is skipped where it is absent."""
    folder = os.environ.get("FOLDIN_DATA_DIR", "")
    if not folder or not (Path(folder) / name).is_dir():
        pytest.skip(f"FOLDIN_DATA_DIR has no {name}")
    return Path(folder) / name


def ml_100k(spark: SparkSession) -> DataFrame:
    """Events as ``foldin train`` reads them: of the same second, those further down come later."""
    schema = "user string, item string, rating double, time long"
    events = spark.read.csv(str(data("ml-100k") / "u.data"), sep="\t", schema=schema)
    return events.coalesce(1).withColumn("place", F.monotonically_increasing_id())


@pytest.fixture(scope="session")
def exported(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> foldin_spark.Export:
    """ml-100k as an exchange folder."""
    out = tmp_path_factory.mktemp("exchange") / "ml-100k"
    columns = {"place": "place"}
    return foldin_spark.export(
        spark, ml_100k(spark), str(out), settings=SETTINGS, columns=columns, name="ml-100k"
    )


def foldin(*arguments: object, code: int = 0, folder: Path | None = None) -> str:
    """Runs the program; gives what it wrote to both outputs."""
    command = [os.environ["FOLDIN"], *map(str, arguments)]
    run = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    assert run.returncode == code, f"{command} ended with {run.returncode}:\n{run.stdout}{run.stderr}"
    return run.stdout + run.stderr
