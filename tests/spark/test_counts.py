"""Weights of neighbours and of what comes next: by hand, and beside foldin's own on ml-100k."""

import csv
import os
import subprocess
from collections import defaultdict

import pytest
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from conftest import data, ml_100k
from foldin_spark import NeighbourSettings, NextSettings, events, likes, neighbours, next_items

#: So many entries of an item that nothing is left out.
ALL = 100_000


def small(spark: SparkSession) -> DataFrame:
    """Three people: the first likes items 0, 1 and 2 in this order, the second 1 and 0, the third 0 and 3."""
    rows = [(0, 0, 10), (0, 1, 20), (0, 2, 30), (1, 1, 10), (1, 0, 20), (2, 0, 10), (2, 3, 20)]
    return spark.createDataFrame([(u, i, time, 0) for u, i, time in rows], "u int, i int, time long, place int")


def entries(lists: DataFrame) -> dict[tuple[int, int], tuple[float, int]]:
    return {(row.i, row.j): (row.weight, row.people) for row in lists.collect()}


def test_neighbours_are_weighted_as_computed_by_hand(spark: SparkSession) -> None:
    settings = NeighbourSettings(
        user_exponent=1.0, count_exponent=0.5, item_exponent=1.0, shrinkage=1.0, rare_shrinkage=2.0
    )
    frame = small(spark)
    pops = frame.groupBy("i").agg(F.count("*").alias("people"))
    found = entries(neighbours.neighbours(frame, pops, settings, 1))
    # 0 and 1: people with 3 and 2 likes; 0 is liked by three, 1 by two.
    assert found[0, 1] == (pytest.approx((5 / 6) ** 0.5 / 4 * (2 / 4) ** 0.5), 2)
    assert found[1, 0] == (pytest.approx((5 / 6) ** 0.5 / 3 * (3 / 5) ** 0.5), 2)
    assert found[2, 1] == (pytest.approx((1 / 3) ** 0.5 / 2 * (2 / 4) ** 0.5), 1)
    assert len(found) == 8
    assert set(entries(neighbours.neighbours(frame, pops, settings, 2))) == {(0, 1), (1, 0)}


def test_what_comes_next_is_weighted_as_computed_by_hand(spark: SparkSession) -> None:
    settings = NextSettings(
        window=2, decay=0.5, backward=0.1, length_exponent=1.0, shrinkage=1.0, normalisation=1.0, per_item=ALL
    )
    found = entries(next_items.next_items(small(spark), settings, 1))
    counts = {(0, 1): 1 / 3 + 0.1 / 2, (0, 2): 0.5 / 3, (0, 3): 1 / 2}
    total = sum(counts.values())
    for (i, j), count in counts.items():
        assert found[i, j][0] == pytest.approx(count / (total + 1))
    assert found[0, 1][1] == 2
    backward = {(2, 1): 0.1 / 3, (2, 0): 0.05 / 3}
    assert found[2, 1][0] == pytest.approx(backward[2, 1] / (sum(backward.values()) + 1))
    assert set(entries(next_items.next_items(small(spark), settings, 2))) == {(0, 1), (1, 0)}


def test_an_order_needs_times_that_differ(spark: SparkSession) -> None:
    assert next_items.has_order(small(spark))
    assert not next_items.has_order(small(spark).withColumn("time", F.lit(5).cast("long")))
    assert not next_items.has_order(small(spark).withColumn("time", F.lit(None).cast("long")))


def of_foldin(name: str) -> dict[str, dict[tuple[str, str], float]]:
    command = [os.environ["UNROUNDED_LISTS"], str(data(name)), str(ALL)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    lists: dict[str, dict[tuple[str, str], float]] = defaultdict(dict)
    for row in csv.DictReader(run.stdout.splitlines()):
        lists[row["list"]][row["item"], row["other"]] = float(row["weight"])
    return lists


def test_neighbours_and_what_comes_next_equal_those_of_foldin_on_ml_100k(spark: SparkSession) -> None:
    expected = of_foldin("ml-100k")
    all_likes = likes.newest(likes.likes(events.read(ml_100k(spark), {"place": "place"}), 4.0), 500)
    people = likes.with_support(likes.people(all_likes), 3)
    # Ids of ml-100k are numbers already.
    frame = all_likes.join(people, "item").select(
        F.col("user").cast("int").alias("u"), F.col("item").cast("int").alias("i"), "time", "place"
    ).persist()
    pops = people.select(F.col("item").cast("int").alias("i"), "people")
    found = {
        "neighbours": neighbours.neighbours(frame, pops, NeighbourSettings(per_item=ALL), 3),
        "next": next_items.next_items(frame, NextSettings(per_item=ALL), 3),
    }
    for name, lists in found.items():
        weights = {(str(row.i), str(row.j)): row.weight for row in lists.collect()}
        assert weights.keys() == expected[name].keys(), name
        assert len(weights) > 10_000
        largest = max(abs(weight / expected[name][pair] - 1) for pair, weight in weights.items())
        print(f"{name}: {len(weights)} entries, largest relative difference {largest:.1e}")
        assert largest < 1e-5, name
    frame.unpersist()
