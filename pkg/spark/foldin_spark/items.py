"""The catalogue: what is known of each item, and how many people like it."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from .error import FoldinSparkError

ID_NAMES = ("id", "item", "itemid", "movieid", "productid", "sku", "articleid", "trackid")


def id_column(catalogue: DataFrame, named: str | None) -> str:
    """The column with the ids."""
    if named is not None and named in catalogue.columns:
        return named
    by_name = {name.lower().replace("_", ""): name for name in catalogue.columns}
    found = [by_name[name] for name in ID_NAMES if name in by_name]
    if named is not None or not found:
        missing = f"called {named!r}" if named is not None else "with ids"
        raise FoldinSparkError(
            f"items have no column {missing}; name it with --item-id; their columns are {', '.join(catalogue.columns)}"
        )
    return found[0]


def items(people: DataFrame, catalogue: DataFrame | None, min_support: int, named: str | None = None) -> DataFrame:
    """``id``, ``likes`` and what the catalogue says. Likes are rounded down to a multiple of ``min_support``; items
    that fewer people like have none, and are left out where no catalogue names them."""
    likes = (F.col("people") - F.col("people") % min_support).cast("int")
    liked = people.select(F.col("item").alias("id"), likes.alias("likes"))
    if catalogue is None:
        # The reader of catalogues asks for titles; an item without one is called by its id.
        return liked.withColumn("title", F.lit(""))
    column = id_column(catalogue, named)
    known = catalogue.drop("likes").withColumn("id", F.trim(F.col(f"`{column}`").cast("string")))
    if column != "id":
        known = known.drop(column)
    known = known.where("id <> ''").dropDuplicates(["id"])
    joined = known.join(liked, "id", "full_outer")
    others = [name for name in joined.columns if name not in ("id", "likes")]
    return joined.select("id", F.coalesce("likes", F.lit(0)).alias("likes"), *[F.col(f"`{name}`") for name in others])
