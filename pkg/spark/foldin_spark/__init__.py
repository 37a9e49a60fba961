"""From events in a lake to an exchange folder, which ``foldin import`` makes a model of.

    from pyspark.sql import SparkSession
    import foldin_spark

    spark = SparkSession.builder.getOrCreate()
    events = spark.read.parquet("s3://lake/events")
    foldin_spark.export(spark, events, "s3://lake/exchange")

Every step is a function from DataFrames to DataFrames, in a module of its own:

=============  =====================================================================
``events``     columns with fixed names; of repeated events the latest
``sample``     who is held out of everything below
``likes``      which events are likes, the newest of each person, the privacy floor
``ids``        numbers for ids, which MLlib needs
``factors``    implicit ALS
``neighbours`` what is liked together
``next_items`` what is liked next
``items``      the catalogue
``write``      the folder
=============  =====================================================================
"""

from .error import FoldinSparkError
from .export import Export, export
from .settings import AlsSettings, NeighbourSettings, NextSettings, SampleSettings, Settings

__all__ = [
    "AlsSettings",
    "Export",
    "FoldinSparkError",
    "NeighbourSettings",
    "NextSettings",
    "SampleSettings",
    "Settings",
    "export",
]
__version__ = "0.1.0"
