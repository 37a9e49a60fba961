"""Item factors by MLlib's implicit ALS."""

from pyspark.ml.recommendation import ALS
from pyspark.sql import DataFrame

from .settings import AlsSettings


def reg_param_of(alpha: float, n_users: int, n_items: int, n_likes: int) -> float:
    """A regularisation that suits data of this size.

    foldin adds ``reg (n + alpha0 N)`` to the diagonal of a row with ``n`` likes among ``N`` of the other side, with
    ``reg = 0.37 (users items)^-0.3``; MLlib adds ``regParam n``, in equations that are ``alpha`` times as large. With
    this value both are the same for a row of average length, of users as well as of items.
    """
    alpha0 = 1.0 / alpha
    density = n_likes / max(n_users * n_items, 1)
    reg: float = 0.37 * max(n_users * n_items, 1) ** -0.3
    return alpha * reg * (1.0 + alpha0 / max(density, 1e-12))


def factors(likes: DataFrame, settings: AlsSettings, reg_param: float, blocks: int) -> DataFrame:
    """Factors of items, from likes by number (``u``, ``i``, ``like``): ``i``, ``vector``."""
    als = ALS(
        rank=settings.rank,
        maxIter=settings.max_iter,
        regParam=reg_param,
        alpha=settings.alpha,
        implicitPrefs=True,
        seed=settings.seed,
        userCol="u",
        itemCol="i",
        ratingCol="like",
        numUserBlocks=blocks,
        numItemBlocks=blocks,
    )
    return als.fit(likes).itemFactors.withColumnsRenamed({"id": "i", "features": "vector"})
