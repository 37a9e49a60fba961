"""What a model answers: light objects, which notebooks show as tables."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Generic, TypeVar, overload

from ._html import Html, bar, cell, table
from ._libraries import needed


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the catalogue."""

    id: str
    title: str
    """Empty where the data have none."""
    year: int | None
    genres: tuple[str, ...]
    tags: tuple[str, ...]
    likes: int
    """How many people like it in the training data."""

    @property
    def label(self) -> str:
        """The title with the year, or the id where there is no title."""
        name = self.title or self.id
        return f"{name} ({self.year})" if self.year is not None else name

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True, slots=True)
class Reason:
    """One of the visitor's items that led to a recommendation."""

    id: str
    title: str
    share: float
    """Its contribution divided by the sum of the absolute values of all: -1 to 1."""
    contribution: float
    """What it adds to the score; below 0 if it speaks against."""


@dataclass(frozen=True, slots=True)
class SimilarItem(Item):
    """An item like another."""

    score: float
    """Cosine of the factors (-1 to 1) or of the content vectors, or Jaccard index of the genres (both 0 to 1)."""


@dataclass(frozen=True, slots=True)
class Recommendation(Item):
    """A recommended item."""

    score: float
    """What it was ordered by, higher is better; comparable within one answer only."""
    stars: float | None
    """The rating that the visitor would give it; None where the model predicts none."""
    sources: tuple[str, ...]
    """Where it came from, the strongest first."""
    because: tuple[Reason, ...]
    """The visitor's items that led to it, the strongest first."""


@dataclass(frozen=True, slots=True)
class ExplainedSource:
    """How one source scores an item."""

    source: str
    score: float | None
    place: int | None
    """Among what the source would recommend by itself, from 1."""
    part: float
    """By how much the source moves the item's score."""
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature of an item in the ranker."""

    name: str
    source: str | None
    value: float
    mean: float
    contribution: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """How the score of an item comes about."""

    item: Recommendation
    place: int | None
    """In the ranker's order of all candidates, from 1; None: it is no candidate."""
    candidates: int
    sources: tuple[ExplainedSource, ...]
    features: tuple[Feature, ...]
    blend: float
    trees: float
    score: float

    def _repr_html_(self) -> str:
        because = ", ".join(reason.title or reason.id for reason in self.item.because[:3])
        place = f"place {self.place} of {self.candidates}" if self.place else "no candidate"
        head = f"<p><b>{cell(self.item.label)}</b>: {place}, score {self.score:.3f}"
        head += f"; because of {cell(because)}</p>" if because else "</p>"
        rows = [(one.source, one.score, one.place, one.part) for one in self.sources]
        return head + table(("source", "score", "place", "moves the score by"), rows)


T_co = TypeVar("T_co", bound=Item, covariant=True)


class Items(Sequence[T_co], Generic[T_co]):
    """A list of items, as a sequence, a DataFrame, or dicts."""

    __slots__ = ("_items",)

    def __init__(self, items: Sequence[T_co]) -> None:
        self._items = tuple(items)

    @property
    def ids(self) -> list[str]:
        """The ids, in order."""
        return [item.id for item in self._items]

    @property
    def titles(self) -> list[str]:
        """The titles with their years, in order."""
        return [item.label for item in self._items]

    def to_dicts(self) -> list[dict[str, Any]]:
        """One dict per item, with lists in place of tuples."""
        return [json.loads(json.dumps(asdict(item))) for item in self._items]

    def to_pandas(self) -> Any:
        """A DataFrame with one row per item, in order. Needs pandas."""
        return needed("pandas").DataFrame(self.to_dicts(), columns=self._names())

    def to_polars(self) -> Any:
        """A DataFrame of polars with one row per item, in order. Needs polars."""
        return needed("polars").DataFrame(self.to_dicts())

    def _names(self) -> list[str] | None:
        return [field.name for field in fields(self._items[0])] if self._items else None

    @overload
    def __getitem__(self, index: int) -> T_co: ...
    @overload
    def __getitem__(self, index: slice) -> Items[T_co]: ...
    def __getitem__(self, index: int | slice) -> T_co | Items[T_co]:
        return Items(self._items[index]) if isinstance(index, slice) else self._items[index]

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[T_co]:
        return iter(self._items)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Items) and self._items == other._items

    def __hash__(self) -> int:
        return hash(self._items)

    def __repr__(self) -> str:
        shown = [f"  {n}. {item.label}{_scored(item)}" for n, item in enumerate(self._items[:20], 1)]
        if len(self._items) > len(shown):
            shown.append(f"  ... {len(self._items) - len(shown)} more")
        return "\n".join([f"{len(self._items)} items", *shown])

    def _repr_html_(self) -> str:
        shown = self._items[:20]
        more = f"<p>{len(self._items) - len(shown)} more</p>" if len(self._items) > len(shown) else ""
        if shown and all(isinstance(item, Recommendation) for item in shown):
            return _recommendations(shown) + more
        with_score = bool(shown) and all(isinstance(item, SimilarItem) for item in shown)
        rows = [
            (n, item.label, ", ".join(item.genres), item.score if isinstance(item, SimilarItem) else item.likes)
            for n, item in enumerate(shown, 1)
        ]
        return table(("", "item", "genres", "score" if with_score else "likes"), rows) + more


def _scored(item: Item) -> str:
    return f"  {item.score:.3f}" if isinstance(item, (Recommendation, SimilarItem)) else ""


def _recommendations(items: Sequence[Item]) -> Html:
    found = [item for item in items if isinstance(item, Recommendation)]
    best = max((item.score for item in found), default=0.0)
    rows = [
        (
            n,
            item.label,
            ", ".join(item.genres),
            bar(item.score / best) if best > 0 else item.score,
            "" if item.stars is None else f"{item.stars:.1f}",
            ", ".join(reason.title or reason.id for reason in item.because[:3]) or ", ".join(item.sources),
        )
        for n, item in enumerate(found, 1)
    ]
    return table(("", "item", "genres", "score beside the best", "stars", "because of"), rows)


def items_of(text: str) -> Items[Item]:
    return Items([Item(**_known(value)) for value in json.loads(text)])


def similar_of(text: str) -> Items[SimilarItem]:
    return Items([SimilarItem(**_known(value)) for value in json.loads(text)])


def recommendations_of(text: str) -> Items[Recommendation]:
    return Items([_recommendation(value) for value in json.loads(text)])


def explanation_of(text: str) -> Explanation:
    value = json.loads(text)
    value["item"] = _recommendation(value["item"])
    value["sources"] = tuple(ExplainedSource(**{**one, "because": _reasons(one["because"])}) for one in value["sources"])
    value["features"] = tuple(Feature(**one) for one in value["features"])
    return Explanation(**value)


def _recommendation(value: dict[str, Any]) -> Recommendation:
    value = _known(value)
    value["sources"] = tuple(value["sources"])
    value["because"] = _reasons(value["because"])
    return Recommendation(**value)


def _known(value: dict[str, Any]) -> dict[str, Any]:
    return {**value, "genres": tuple(value["genres"]), "tags": tuple(value["tags"])}


def _reasons(values: list[dict[str, Any]]) -> tuple[Reason, ...]:
    return tuple(Reason(**value) for value in values)
