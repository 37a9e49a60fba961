"""Types of what crosses the border to the compiled part."""

from collections.abc import Callable, Sequence
from typing import TypeAlias, TypedDict

from ._foldin import Table


class Wanted(TypedDict):
    """What to recommend."""

    k: int
    exclude: Sequence[str]
    only: Sequence[str] | None
    genres: Sequence[str]
    years: tuple[int, int] | None
    strategy: str
    diversity: float
    reasons: bool


Visitor: TypeAlias = Sequence[tuple[str, str, float]]
"""Ids with what was said of each, and how many stars where it was stars; the newest last."""

OnEvent: TypeAlias = Callable[[str], object]
"""What is called with every event of a training, as JSON."""

Source: TypeAlias = Table | Sequence[str]
"""A table, or paths."""
