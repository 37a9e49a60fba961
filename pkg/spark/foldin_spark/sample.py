"""Who is held out of everything that Spark learns, so that figures on them are honest."""

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from .likes import newest
from .settings import SampleSettings

#: The hash of an id, as ``foldin.json`` names it: Spark's ``xxhash64(id, seed)``.
HASH = "xxhash64"
PARTS = 1_000_000


def share_of(n_users: int, settings: SampleSettings) -> float:
    """The share of the people that is held out, in whole parts of a million."""
    share = settings.share
    if share is None:
        share = min(settings.most, settings.users / max(n_users, 1))
    return round(share * PARTS) / PARTS


def is_held_out(user: Column, share: float, seed: int) -> Column:
    """Whether a person is held out. That depends on the id and the seed alone: not on partitions, nor on other data."""
    return F.pmod(F.xxhash64(user, F.lit(seed).cast("long")), F.lit(PARTS)) < round(share * PARTS)


def histories(events: DataFrame, share: float, seed: int, most: int) -> DataFrame:
    """The events of those who are held out, at most ``most`` of each, the newest."""
    held_out = events.where(is_held_out(F.col("user"), share, seed))
    return newest(held_out, most).select("user", "item", "rating", "time", "place")


def rows(histories: DataFrame) -> DataFrame:
    """The sample as it is written, in the order of time: ``user``, ``item``, ``rating``, ``time``, 0 where unknown."""
    ordered = histories.orderBy("time", "place")
    return ordered.select("user", "item", "rating", F.coalesce("time", F.lit(0)).alias("time"))
