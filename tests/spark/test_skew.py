"""One person who did more than all others together."""

from pathlib import Path

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

import foldin_spark
from conftest import SETTINGS
from foldin_spark import sample


def test_one_user_with_a_million_events_does_not_stop_the_job(spark: SparkSession, tmp_path: Path) -> None:
    """A crawler, which is not held out, likes a million items, among them those of 500 people with 20 likes each."""
    people = spark.range(10_000).selectExpr(
        "concat('user-', id % 500) as user", "concat('item-', (id * 7919 + id div 500) % 300) as item", "id as time"
    )
    names = spark.range(50).selectExpr("concat('crawler-', id) as user")
    name = names.where(~sample.is_held_out(F.col("user"), 0.2, 42)).head().user
    crawler = spark.range(1_000_000).selectExpr(f"'{name}' as user", "concat('item-', id) as item", "id as time")
    said: list[str] = []
    about = foldin_spark.export(
        spark, people.union(crawler), str(tmp_path / "out"), settings=SETTINGS, say=said.append
    ).about
    assert about["usersWithMore"] == 1
    assert any("of 1 users only the newest 500 likes count" in line for line in said)
    # Only the newest of its likes count, which nobody shares.
    assert spark.read.parquet(str(tmp_path / "out" / "items.parquet")).count() <= 300
