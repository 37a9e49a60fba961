"""What is liked together, weighted as foldin weights it.

With ``len(u)`` likes of a person and ``pop_i`` of an item::

    W[i][j] = (sum over people u who like both of 1 / len(u)^user_exponent)^count_exponent
              / (pop_i + shrinkage)^item_exponent  *  (pop_j / (pop_j + rare_shrinkage))^(1/2)
"""

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from .settings import NeighbourSettings

#: foldin keeps so many entries of an item in any case, and chooses the others among the heaviest of all lists.
SURE = 20
#: How many times the average length a list can become at most.
REACH = 8


def together(likes: DataFrame, user_exponent: float) -> DataFrame:
    """Weighted counts of pairs of items (``i`` below ``j``) that the same people like: ``i``, ``j``, ``weight``,
    ``people``. ``likes`` holds pairs of numbers (``u``, ``i``), at most some hundred of each person."""
    items = F.sort_array(F.collect_list("i"))
    of_user = likes.groupBy("u").agg(items.alias("items"))
    says = F.pow(F.size("items").cast("double"), F.lit(-user_exponent))
    firsts = of_user.select("items", says.alias("says"), F.posexplode("items").alias("place", "i"))
    after = F.slice("items", F.col("place") + 2, F.size("items"))
    pairs = firsts.select("i", F.explode(after).alias("j"), "says")
    return pairs.groupBy("i", "j").agg(F.sum("says").alias("weight"), F.count("*").alias("people"))


def neighbours(likes: DataFrame, pops: DataFrame, settings: NeighbourSettings, min_support: int) -> DataFrame:
    """Weights of what is liked together: ``i``, ``j``, ``weight``, ``people``, in both directions. ``pops`` holds how
    many people like each item (``i``, ``people``)."""
    counted = together(likes, settings.user_exponent).where(F.col("people") >= min_support)
    mirrored = counted.select(F.col("j").alias("i"), F.col("i").alias("j"), "weight", "people")
    pop_i = F.broadcast(pops.select("i", F.col("people").alias("pop_i")))
    pop_j = F.broadcast(pops.select(F.col("i").alias("j"), F.col("people").alias("pop_j")))
    pairs = counted.unionByName(mirrored).join(pop_i, "i").join(pop_j, "j")
    shrunk = F.pow(F.col("pop_i") + settings.shrinkage, F.lit(settings.item_exponent))
    held_back = F.sqrt(F.col("pop_j") / (F.col("pop_j") + settings.rare_shrinkage))
    weight = F.pow("weight", F.lit(settings.count_exponent)) / shrunk * held_back
    return heaviest(pairs.withColumn("weight", weight), settings.per_item).select("i", "j", "weight", "people")


def heaviest(pairs: DataFrame, per_item: int) -> DataFrame:
    """All entries that foldin may keep: the heaviest of each item, and the heaviest where popular items count less."""
    by_weight = Window.partitionBy("i").orderBy(F.desc("weight"), "j")
    by_matter = Window.partitionBy("i").orderBy(F.desc(F.col("weight") / F.pow("pop_j", F.lit(0.25))), "j")
    ranked = pairs.select("*", F.row_number().over(by_weight).alias("nth"), F.row_number().over(by_matter).alias("mth"))
    return ranked.where((F.col("nth") <= SURE) | (F.col("mth") <= REACH * per_item))
