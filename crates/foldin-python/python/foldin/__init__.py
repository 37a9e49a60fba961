"""Recommendations for sites that have no backend.

    import foldin

    model = foldin.fit(events)                  # a DataFrame, a table, records, or a path
    model.recommend(liked=["alien", "heat"])    # items, with scores and reasons
    model.save("model")                         # what `foldin build` makes a static site of

The readers, the recipe, the privacy floor and the metrics are those of the program `foldin`, which this package also
installs.
"""

from ._dataset import Dataset, read, sample
from ._foldin import FoldinError, RefusedError, __version__
from ._folder import Version, load, rollback, versions
from ._metrics import Estimate, Metrics
from ._model import Model
from ._results import Explanation, Item, Items, Reason, Recommendation, SimilarItem
from ._training import evaluate, fit

__all__ = [
    "Dataset",
    "Estimate",
    "Explanation",
    "FoldinError",
    "Item",
    "Items",
    "Metrics",
    "Model",
    "Reason",
    "Recommendation",
    "RefusedError",
    "SimilarItem",
    "Version",
    "__version__",
    "evaluate",
    "fit",
    "load",
    "read",
    "rollback",
    "sample",
    "versions",
]
