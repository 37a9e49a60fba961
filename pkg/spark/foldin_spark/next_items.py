"""What is liked next, weighted as foldin weights it.

With the likes of a person in their order, ``u(1), u(2), ...``::

    T[i][j] = sum over people u of |u|^-length_exponent
              * sum over t with u(t) = i, d = 1..window of decay^(d-1) * ([u(t+d) = j] + backward * [u(t-d) = j])
    weight(i -> j) = T[i][j] / (sum over j of T[i][j] + shrinkage)^normalisation
"""

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from .settings import NextSettings

#: Times have to tell apart at least this share of the pairs of neighbouring likes.
TOLD_APART = 0.25


def has_order(likes: DataFrame) -> bool:
    """Whether times say in what order people liked things. A time of 0 is unknown."""
    before = F.lag("time").over(Window.partitionBy("u").orderBy("time", "place"))
    number = F.row_number().over(Window.partitionBy("u").orderBy("time", "place"))
    known = likes.select("u", F.coalesce("time", F.lit(0)).alias("time"), "place")
    pairs = known.select("time", before.alias("before"), number.alias("number")).where(F.col("number") > 1)
    differ = (F.col("before") != 0) & (F.col("before") != F.col("time"))
    n_pairs, n_apart = pairs.agg(F.count("*"), F.count_if(differ)).head() or (0, 0)
    return n_apart > 0 and n_apart >= TOLD_APART * n_pairs


def steps(likes: DataFrame, settings: NextSettings) -> DataFrame:
    """Weighted counts of steps on from one item to another: ``i``, ``j``, ``weight``, ``people``. ``likes`` holds
    ``u``, ``i``, ``time`` and ``place``, each pair of ``u`` and ``i`` once."""
    ordered = F.sort_array(F.collect_list(F.struct("time", "place", "i")))
    timed = likes.where(F.coalesce("time", F.lit(0)) != 0)
    of_user = timed.groupBy("u").agg(ordered.alias("items")).select(F.col("items.i").alias("items"))
    share = F.pow(F.size("items").cast("double"), F.lit(-settings.length_exponent))
    firsts = of_user.select("items", share.alias("share"), F.posexplode("items").alias("place", "i"))
    after = F.slice("items", F.col("place") + 2, settings.window)
    pairs = firsts.select("i", "share", F.posexplode(after).alias("distance", "j"))
    step = F.col("share") * F.pow(F.lit(settings.decay), F.col("distance"))
    return pairs.groupBy("i", "j").agg(F.sum(step).alias("weight"), F.count("*").alias("people"))


def next_items(likes: DataFrame, settings: NextSettings, min_support: int) -> DataFrame:
    """Weights of what is liked next: ``i``, ``j``, ``weight``, ``people``."""
    on = steps(likes, settings)
    both = on
    if settings.backward > 0:
        back = on.select(
            F.col("j").alias("i"), F.col("i").alias("j"), F.col("weight") * settings.backward, "people"
        ).toDF("i", "j", "weight", "people")
        both = on.unionByName(back).groupBy("i", "j").agg(
            F.sum("weight").alias("weight"), F.sum("people").alias("people")
        )
    enough = both.where((F.col("people") >= min_support) & (F.col("weight") > 0))
    total = F.sum("weight").over(Window.partitionBy("i"))
    norm = F.pow(total + settings.shrinkage, F.lit(settings.normalisation))
    rank = F.row_number().over(Window.partitionBy("i").orderBy(F.desc("weight"), "j"))
    ranked = enough.withColumn("norm", norm).withColumn("rank", rank).where(F.col("rank") <= settings.per_item)
    return ranked.select("i", "j", (F.col("weight") / F.col("norm")).alias("weight"), "people")
