"""Settings, with foldin's defaults."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class SampleSettings:
    """Who is held out: the people whose hashed id falls into a share that has about ``users`` people."""

    users: int = 20_000
    #: At most this share of the people, so that Spark learns from most of them.
    most: float = 0.2
    #: Exactly this share, instead of one that follows from ``users``.
    share: float | None = None
    seed: int = 42


@dataclass(frozen=True)
class AlsSettings:
    """Implicit ALS. ``alpha`` is 1 / alpha0 of foldin. Without ``reg_param``, it follows from the size of the data."""

    rank: int = 64
    max_iter: int = 15
    alpha: float = 2.5
    reg_param: float | None = None
    seed: int = 42
    #: Blocks of users and of items; without it, as many as the cluster has cores, at least 10.
    blocks: int | None = None


@dataclass(frozen=True)
class NeighbourSettings:
    """Weights of what is liked together, as ``[neighbours]`` in foldin.toml."""

    user_exponent: float = 0.6
    count_exponent: float = 0.85
    item_exponent: float = 1.0
    shrinkage: float = 20.0
    rare_shrinkage: float = 30.0
    per_item: int = 50


@dataclass(frozen=True)
class NextSettings:
    """Weights of what is liked next, as ``[sequence]`` in foldin.toml."""

    window: int = 10
    decay: float = 0.8
    backward: float = 0.1
    length_exponent: float = 0.0
    shrinkage: float = 50.0
    normalisation: float = 1.0
    per_item: int = 50


@dataclass(frozen=True)
class Settings:
    """All settings. A part that is ``None`` is left out, and ``foldin import`` learns it from the sample."""

    #: Ratings at or above it are likes; ``None``: four fifths of the highest rating, or every event without ratings.
    threshold: float | None = None
    #: The fewest people behind everything that comes from behaviour.
    min_support: int = 3
    #: Only so many likes of a person count, the newest.
    likes_per_user: int = 500
    sample: SampleSettings = field(default_factory=SampleSettings)
    als: AlsSettings | None = field(default_factory=AlsSettings)
    neighbours: NeighbourSettings | None = field(default_factory=NeighbourSettings)
    next: NextSettings | None = field(default_factory=NextSettings)
