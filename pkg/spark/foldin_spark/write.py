"""The exchange folder."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from .error import FoldinSparkError

ABOUT = "foldin.json"


def local(folder: str) -> Path | None:
    """The folder on this machine; ``None`` for one in a lake."""
    url = urlparse(folder)
    if url.scheme in ("", "file"):
        return Path(unquote(url.path) if url.scheme else folder)
    return None


def check(spark: SparkSession, folder: str, overwrite: bool) -> None:
    """Whether the folder may be written."""
    if not overwrite and exists(spark, f"{folder}/{ABOUT}"):
        raise FoldinSparkError(f"{folder} holds an exchange folder already; give --overwrite, or another --out")


def exists(spark: SparkSession, path: str) -> bool:
    here = local(path)
    if here is not None:
        return here.exists()
    place, files = hadoop(spark, path)
    return bool(files.exists(place))


def table(frame: DataFrame, folder: str, name: str) -> None:
    """Writes one table as a folder of Parquet files."""
    frame.write.mode("overwrite").parquet(f"{folder}/{name}.parquet")


def about(spark: SparkSession, folder: str, content: Mapping[str, Any]) -> None:
    """Writes ``foldin.json``: last, so that a folder that has it is whole."""
    text = json.dumps(content, indent=2) + "\n"
    here = local(folder)
    if here is not None:
        (here / ABOUT).write_text(text, encoding="utf-8")
        return
    place, files = hadoop(spark, f"{folder}/{ABOUT}")
    stream = files.create(place, True)
    try:
        stream.write(text.encode("utf-8"))
    finally:
        stream.close()


def remove_about(spark: SparkSession, folder: str) -> None:
    """Removes ``foldin.json`` before tables are overwritten: a run that fails leaves no folder that looks whole."""
    here = local(folder)
    if here is not None:
        here.mkdir(parents=True, exist_ok=True)
        (here / ABOUT).unlink(missing_ok=True)
        return
    place, files = hadoop(spark, f"{folder}/{ABOUT}")
    files.delete(place, False)


def hadoop(spark: SparkSession, path: str) -> tuple[Any, Any]:
    """A path in a lake and its file system, as Spark itself reaches them."""
    context = spark.sparkContext
    place = context._jvm.org.apache.hadoop.fs.Path(path)  # type: ignore[union-attr]
    return place, place.getFileSystem(context._jsc.hadoopConfiguration())


def by_id(lists: DataFrame, numbers: DataFrame) -> DataFrame:
    """Lists with ids (``item``, ``other``, ``weight``, ``people``) instead of numbers, one item after the other."""
    of_i = F.broadcast(numbers.select("i", "item"))
    of_j = F.broadcast(numbers.select(F.col("i").alias("j"), F.col("item").alias("other")))
    named = lists.join(of_i, "i").join(of_j, "j")
    return named.select("item", "other", F.col("weight").cast("float"), "people").sortWithinPartitions("item")
