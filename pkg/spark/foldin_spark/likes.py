"""Which events are likes, and which of them are learned from."""

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from .error import FoldinSparkError

#: The highest rating of any usual scale of stars: beyond it, ratings are counts, and every event is a like.
HIGHEST_SCALE = 10.0


def threshold_of(events: DataFrame) -> float | None:
    """Four fifths of the highest rating, where ratings are stars; ``None`` where every event is a like."""
    low, high = events.agg(F.min("rating"), F.max("rating")).head() or (None, None)
    if low is None or high is None or low == high or high > HIGHEST_SCALE:
        return None
    if low < 0:
        raise FoldinSparkError(f"ratings go from {low} to {high}; say which are likes with --threshold")
    return float(high) * 0.8


def likes(events: DataFrame, threshold: float | None) -> DataFrame:
    """Events that are likes. One without a rating is none where others have one."""
    return events if threshold is None else events.where(F.col("rating") >= threshold)


def newest(events: DataFrame, most: int) -> DataFrame:
    """The newest events of each person, at most ``most``.

    Spark keeps only the first ``most`` of each person in a partition before it shuffles (WindowGroupLimit), so that a
    person with a million likes is as little work as any other. What is learned costs the square of a person's likes:
    with this cap it is bounded, and no join has to be salted.
    """
    order = Window.partitionBy("user").orderBy(F.desc_nulls_last("time"), F.desc("place"), "item")
    return events.withColumn("number", F.row_number().over(order)).where(F.col("number") <= most).drop("number")


def people(likes: DataFrame) -> DataFrame:
    """How many people like each item: ``item``, ``people``."""
    return likes.groupBy("item").agg(F.count("*").alias("people"))


def with_support(people: DataFrame, min_support: int) -> DataFrame:
    """The items that enough people like; the others are not learned from at all."""
    return people.where(F.col("people") >= min_support)
