"""The recipe: from events to an exchange folder."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pyspark import StorageLevel
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from . import events as events_of
from . import factors, ids, likes, neighbours, next_items, sample, write
from . import items as items_of
from .error import FoldinSparkError
from .settings import Settings

#: A history of the sample has at most so many times as many events as likes are learned from.
SAMPLE_EVENTS = 10


@dataclass(frozen=True)
class Export:
    """What was written."""

    folder: str
    #: The content of ``foldin.json``.
    about: dict[str, Any]


def export(
    spark: SparkSession,
    events: DataFrame,
    out: str,
    *,
    items: DataFrame | None = None,
    settings: Settings | None = None,
    columns: Mapping[str, str] | None = None,
    item_id: str | None = None,
    name: str = "lake",
    overwrite: bool = False,
    say: Callable[[str], None] = lambda text: None,
) -> Export:
    """Learns from events and writes an exchange folder. ``say`` is told of each step.

    Raises ``FoldinSparkError`` where data or settings cannot be used.
    """
    settings = settings or Settings()
    check(settings)
    write.check(spark, out, overwrite)
    write.remove_about(spark, out)
    held: list[DataFrame] = []

    def hold(frame: DataFrame) -> DataFrame:
        held.append(frame.persist(StorageLevel.MEMORY_AND_DISK))
        return held[-1]

    try:
        about = run(spark, events, out, items, settings, columns, item_id, name, hold, say)
    finally:
        for frame in held:
            frame.unpersist()
    write.about(spark, out, about)
    return Export(out, about)


def check(settings: Settings) -> None:
    if settings.min_support < 1 or settings.likes_per_user < 2:
        raise FoldinSparkError("min_support has to be 1 or more, and likes_per_user 2 or more")
    share = settings.sample.share
    if share is not None and not 0 < share < 1:
        raise FoldinSparkError(f"a share of {share} cannot be held out; give one above 0 and below 1")


def run(
    spark: SparkSession,
    frame: DataFrame,
    out: str,
    catalogue: DataFrame | None,
    settings: Settings,
    columns: Mapping[str, str] | None,
    item_id: str | None,
    name: str,
    hold: Callable[[DataFrame], DataFrame],
    say: Callable[[str], None],
) -> dict[str, Any]:
    min_support = settings.min_support
    events = hold(events_of.read(frame, columns))
    n_users = events.agg(F.count_distinct("user")).head()[0]  # type: ignore[index]
    if n_users == 0:
        raise FoldinSparkError("there are no events with a user and an item")
    threshold = settings.threshold if settings.threshold is not None else likes.threshold_of(events)
    say(f"{events.count():,} events of {n_users:,} users; " + rule(threshold))

    share = sample.share_of(n_users, settings.sample)
    seed = settings.sample.seed
    histories = hold(sample.histories(events, share, seed, SAMPLE_EVENTS * settings.likes_per_user))
    write.table(sample.rows(histories), out, "sample")
    n_sample = histories.agg(F.count_distinct("user")).head()[0]  # type: ignore[index]
    if n_sample == 0:
        raise FoldinSparkError("nobody is held out; give a larger --sample-users or --sample-share")
    say(f"sample: {n_sample:,} users, {share:.2%} of all, held out of all that follows")

    learned = events.where(~sample.is_held_out(F.col("user"), share, seed))
    all_likes = likes.likes(learned, threshold)
    newest = hold(likes.newest(all_likes, settings.likes_per_user))
    people = hold(likes.with_support(likes.people(newest), min_support))
    numbers = hold(ids.numbered(people, "item", "i").join(people, "item"))
    kept = newest.join(F.broadcast(numbers.select("item", "i")), "item")
    users = hold(ids.numbered(kept.select("user").distinct(), "user", "u"))
    by_number = hold(kept.join(users, "user").select("u", "i", "time", "place", F.lit(1.0).cast("float").alias("like")))
    n_likes, n_learned, n_items = by_number.count(), users.count(), numbers.count()
    if n_items == 0:
        raise FoldinSparkError(
            f"no item is liked by {min_support} people or more; lower --threshold, or give more events"
        )
    with_more = all_likes.groupBy("user").count().where(F.col("count") > settings.likes_per_user).count()
    say(
        f"learning from {n_likes:,} likes of {n_learned:,} users on {n_items:,} items; of {with_more:,} users only the "
        f"newest {settings.likes_per_user:,} likes count"
    )
    write.table(items_of.items(people, catalogue, min_support, item_id).coalesce(1), out, "items")

    about: dict[str, Any] = {
        "format": 1,
        "program": program(spark),
        "data": name,
        "threshold": threshold,
        "minSupport": min_support,
        "users": n_learned,
        "likes": n_likes,
        "likesPerUser": settings.likes_per_user,
        "usersWithMore": with_more,
        "sample": {"users": n_sample, "share": share, "hash": sample.HASH, "seed": seed},
        "als": None,
        "neighbours": None,
        "next": None,
    }
    if settings.neighbours is not None:
        pops = numbers.select("i", "people")
        lists = neighbours.neighbours(by_number, pops, settings.neighbours, min_support)
        write.table(write.by_id(lists, numbers), out, "neighbours")
        about["neighbours"] = kebab(vars(settings.neighbours))
        say("counted neighbours")
    if settings.next is not None and next_items.has_order(by_number):
        lists = next_items.next_items(by_number, settings.next, min_support)
        write.table(write.by_id(lists, numbers), out, "next")
        about["next"] = kebab(vars(settings.next))
        say("counted what is liked next")
    elif settings.next is not None:
        say("times do not say in what order things were liked: what comes next is not counted")
    if settings.als is not None:
        als = settings.als
        reg_param = als.reg_param or factors.reg_param_of(als.alpha, n_learned, n_items, n_likes)
        blocks = als.blocks or max(10, spark.sparkContext.defaultParallelism)
        vectors = factors.factors(by_number.select("u", "i", "like"), als, reg_param, blocks)
        named = vectors.join(F.broadcast(numbers.select("i", "item")), "i").select(F.col("item").alias("id"), "vector")
        write.table(named, out, "factors")
        about["als"] = {
            "alpha": als.alpha,
            "regParam": reg_param,
            "rank": als.rank,
            "maxIter": als.max_iter,
            "seed": als.seed,
        }
        say(f"learned {als.rank} factors, regParam {reg_param:.3g}")
    return about


def rule(threshold: float | None) -> str:
    return "every event is a like" if threshold is None else f"ratings of {threshold:g} or more are likes"


def kebab(settings: Mapping[str, Any]) -> dict[str, Any]:
    return {name.replace("_", "-"): value for name, value in settings.items()}


def program(spark: SparkSession) -> str:
    from . import __version__

    return f"foldin-spark {__version__} on Spark {spark.version}"
