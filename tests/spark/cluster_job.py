"""What the test of a lost executor runs in a process of its own: `cluster_job.py MASTER DATA OUT`."""

import sys

from conftest import SETTINGS, session
from pyspark.sql import functions as F

import foldin_spark


def main(master: str, data: str, out: str) -> None:
    spark = session(master)
    schema = "user string, item string, rating double, time long"
    events = spark.read.csv(data, sep="\t", schema=schema).coalesce(1)
    foldin_spark.export(
        spark,
        events.withColumn("place", F.monotonically_increasing_id()),
        out,
        settings=SETTINGS,
        columns={"place": "place"},
        name="ml-100k",
        say=lambda text: print(f"foldin-spark: {text}", file=sys.stderr, flush=True),
    )
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
