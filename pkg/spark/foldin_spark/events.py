"""Events with fixed columns: ``user``, ``item`` (text), ``rating`` (number), ``time`` (seconds) and ``place``."""

from collections.abc import Mapping

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F
from pyspark.sql import types as T

from .error import FoldinSparkError

#: Names that are tried for each column, lower case and without ``_``, where none is given.
NAMES: dict[str, tuple[str, ...]] = {
    "user": ("user", "userid", "userpseudoid", "visitor", "visitorid", "customer", "customerid", "member", "memberid"),
    "item": ("item", "itemid", "movie", "movieid", "product", "productid", "sku", "article", "articleid", "trackid"),
    "rating": ("rating", "stars", "score"),
    "time": ("time", "timestamp", "ts", "eventtime", "eventtimestamp", "createdat", "date"),
    "place": (),
}
NEEDED = ("user", "item")


def find_columns(frame: DataFrame, named: Mapping[str, str]) -> dict[str, str]:
    """The column of each role: the one that is named, or else one that is called so. Roles may be absent."""
    by_name = {name.lower().replace("_", ""): name for name in reversed(frame.columns)}
    found = {}
    for role, names in NAMES.items():
        if role in named:
            if named[role] not in frame.columns:
                raise FoldinSparkError(f"events have no column {named[role]!r}; their columns are {listed(frame)}")
            found[role] = named[role]
        else:
            found.update({role: by_name[name] for name in reversed(names) if name in by_name})
    for role in NEEDED:
        if role not in found:
            raise FoldinSparkError(
                f"events have no column that is called {role}; name it with --{role}; their columns are {listed(frame)}"
            )
    return found


def listed(frame: DataFrame) -> str:
    return ", ".join(frame.columns)


def read(frame: DataFrame, columns: Mapping[str, str] | None = None) -> DataFrame:
    """Events with fixed columns. Those without a user or an item are left out, and of those of one user with one item
    the latest counts; among events of the same second it is the one with the highest ``place``, such as the number of
    a line."""
    found = find_columns(frame, columns or {})
    types = dict(zip(frame.columns, (field.dataType for field in frame.schema), strict=True))

    def of(role: str, convert: "type[T.DataType] | None" = None) -> Column:
        if role not in found:
            return F.lit(None).cast(convert() if convert else "string")
        return F.col(f"`{found[role]}`").cast(convert() if convert else "string")

    events = frame.select(
        F.trim(of("user")).alias("user"),
        F.trim(of("item")).alias("item"),
        of("rating", T.DoubleType).alias("rating"),
        (seconds(F.col(f"`{found['time']}`"), types[found["time"]]) if "time" in found else no_time()).alias("time"),
        F.coalesce(of("place", T.LongType), F.lit(0)).alias("place"),
    )
    return latest(events.where("user <> '' and item <> ''"))


def latest(events: DataFrame) -> DataFrame:
    """Of the events of one user with one item the latest. Partial sums come first, so that a user with many events is
    no more work for one task than others."""
    order = F.struct(F.coalesce("time", F.lit(0)), "place")
    newest = F.max_by(F.struct("rating", "time", "place"), order).alias("newest")
    return events.groupBy("user", "item").agg(newest).select("user", "item", "newest.*")


def no_time() -> Column:
    return F.lit(None).cast("long")


def seconds(column: Column, kind: T.DataType) -> Column:
    """Seconds since 1970, of times as Spark has them, text, or numbers of seconds, milli-, micro- or nanoseconds."""
    if isinstance(kind, T.StringType):
        number = column.try_cast("long")
        return F.coalesce(of_number(number), F.try_to_timestamp(column).cast("long"))
    if isinstance(kind, (T.DateType, T.TimestampType, T.TimestampNTZType)):
        return column.cast("timestamp").cast("long")
    return of_number(column.cast("long"))


def of_number(number: Column) -> Column:
    units = ((10**17, 10**9), (10**14, 10**6), (10**11, 10**3))
    result = number
    for least, per_second in reversed(units):
        result = F.when(number >= least, F.floor(number / per_second)).otherwise(result)
    return result
