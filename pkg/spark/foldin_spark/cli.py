"""The command line: ``foldin-spark``, ``python -m foldin_spark`` or ``spark-submit``."""

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pyspark.sql import DataFrame, SparkSession

from .error import FoldinSparkError
from .export import export
from .settings import Settings

ROLES = ("user", "item", "rating", "time", "place")


def parser() -> argparse.ArgumentParser:
    default = Settings()
    als, neighbours, following = default.als, default.neighbours, default.next
    assert als is not None and neighbours is not None and following is not None
    parser = argparse.ArgumentParser(
        prog="foldin-spark",
        description="Learn from events in a lake, and write a folder that `foldin import` makes a model of.",
    )
    add = parser.add_argument
    add("events", nargs="?", help="path of the events, or the name of a table with --table")
    add("--out", help="folder to write")
    add("--format", default="parquet", help="format of events and items: parquet, delta, csv, ... (default: parquet)")
    add("--table", action="store_true", help="EVENTS and --items are names of tables")
    add("--items", help="path or table of the catalogue: id, title and perhaps year, genres, tags, url")
    add("--item-id", help="column of the catalogue with the ids (default: by its name)")
    for role in ROLES:
        text = {"place": "column that orders events of the same second, such as the number of a line"}
        add(f"--{role}", metavar="COLUMN", help=text.get(role, f"column with the {role} (default: by its name)"))
    add("--name", help="name of the data (default: the last part of EVENTS)")
    add("--overwrite", action="store_true", help="write into a folder that holds an exchange folder already")
    add("--threshold", type=float, help="ratings at or above it are likes (default: four fifths of the highest)")
    add("--min-support", type=int, default=default.min_support, help="fewest people behind everything (default: 3)")
    add("--likes-per-user", type=int, default=default.likes_per_user, help="newest likes that count (default: 500)")
    add("--sample-users", type=int, default=default.sample.users, help="people held out, about (default: 20000)")
    add("--sample-share", type=float, help="share of the people held out, instead of a number")
    add("--seed", type=int, default=default.sample.seed, help="seed of sample and factors (default: 42)")
    add("--rank", type=int, default=als.rank, help="number of factors (default: 64)")
    add("--iterations", type=int, default=als.max_iter, help="iterations of ALS (default: 15)")
    add("--alpha", type=float, default=als.alpha, help="what a like counts in ALS (default: 2.5)")
    add("--reg-param", type=float, help="regularisation of ALS (default: by the size of the data)")
    add("--per-item", type=int, default=neighbours.per_item, help="entries of a list on average (default: 50)")
    add("--without", action="append", default=[], choices=("factors", "neighbours", "next"), help="do not learn this")
    add("--main", action="store_true", help="print the path of the file to give to spark-submit, and end")
    return parser


def settings_of(arguments: argparse.Namespace) -> Settings:
    default = Settings()
    assert default.als is not None and default.neighbours is not None and default.next is not None
    als = replace(
        default.als,
        rank=arguments.rank,
        max_iter=arguments.iterations,
        alpha=arguments.alpha,
        reg_param=arguments.reg_param,
        seed=arguments.seed,
    )
    return Settings(
        threshold=arguments.threshold,
        min_support=arguments.min_support,
        likes_per_user=arguments.likes_per_user,
        sample=replace(
            default.sample, users=arguments.sample_users, share=arguments.sample_share, seed=arguments.seed
        ),
        als=None if "factors" in arguments.without else als,
        neighbours=None
        if "neighbours" in arguments.without
        else replace(default.neighbours, per_item=arguments.per_item),
        next=None if "next" in arguments.without else replace(default.next, per_item=arguments.per_item),
    )


def read(spark: SparkSession, place: str, kind: str, is_table: bool) -> DataFrame:
    """A table, or the files at a path."""
    if is_table:
        return spark.table(place)
    reader = spark.read.format(kind)
    if kind == "csv":
        reader = reader.option("header", True)
    try:
        return reader.load(place)
    except Exception as error:
        if "DATA_SOURCE_NOT_FOUND" in str(error) or "ClassNotFoundException" in str(error):
            hint = " (for Delta, give spark-submit --packages with delta-spark and its two settings)"
            raise FoldinSparkError(
                f"this Spark does not read the format {kind}; start it with the package that does"
                f"{hint if kind == 'delta' else ''}"
            ) from error
        if "PATH_NOT_FOUND" in str(error):
            raise FoldinSparkError(f"there is nothing at {place}; check the path") from error
        raise


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command line; ends the process with 1 after an error in data or settings."""
    typed = parser().parse_args(arguments)
    if typed.main:
        print(Path(__file__).with_name("__main__.py"))
        return
    if typed.events is None or typed.out is None:
        parser().error("EVENTS and --out are needed")
    started = time.monotonic()

    def say(text: str) -> None:
        print(f"foldin-spark: {text} ({time.monotonic() - started:.0f} s)", file=sys.stderr, flush=True)

    spark = SparkSession.builder.appName("foldin-spark").getOrCreate()
    try:
        events = read(spark, typed.events, typed.format, typed.table)
        export(
            spark,
            events,
            typed.out,
            items=None if typed.items is None else read(spark, typed.items, typed.format, typed.table),
            settings=settings_of(typed),
            columns={role: getattr(typed, role) for role in ROLES if getattr(typed, role) is not None},
            item_id=typed.item_id,
            name=typed.name or typed.events.rstrip("/").rsplit("/", 1)[-1],
            overwrite=typed.overwrite,
            say=say,
        )
    except FoldinSparkError as error:
        print(f"foldin-spark: {error}", file=sys.stderr)
        sys.exit(1)
    finally:
        spark.stop()
    say(f"wrote {typed.out}; next: foldin import {typed.out}")
