"""Numbers for ids: MLlib knows items and users by 32-bit integers."""

from itertools import accumulate

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

#: Ids are numbered in so many parts.
BUCKETS = 1024


def numbered(ids: DataFrame, column: str, number: str) -> DataFrame:
    """Distinct ids with numbers from 0, without gaps.

    A number depends on the ids alone: a task that runs again gives the same. Ids are divided by their hash, counted
    in each part, and numbered there from where the parts before it end; only the counts come to the driver.
    """
    parts = ids.select(column).withColumn("bucket", F.pmod(F.xxhash64(column), F.lit(BUCKETS)).cast("int"))
    counts = {row["bucket"]: row["count"] for row in parts.groupBy("bucket").count().collect()}
    starts = accumulate((counts.get(bucket, 0) for bucket in range(BUCKETS)), initial=0)
    # A literal, which needs no join.
    start = F.split(F.lit(",".join(map(str, starts))), ",").cast("array<int>")[F.col("bucket")]
    within = F.row_number().over(Window.partitionBy("bucket").orderBy(column)) - 1
    return parts.select(column, (start + within).alias(number))
