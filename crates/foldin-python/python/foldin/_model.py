"""A model: recommends, explains, and is saved."""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from . import _foldin
from ._dataset import Dataset
from ._foldin import FoldinError
from ._html import cell
from ._metrics import Metrics
from ._results import (
    Explanation,
    Item,
    Items,
    Recommendation,
    SimilarItem,
    explanation_of,
    items_of,
    recommendations_of,
    similar_of,
)
from ._types import Wanted

Id = str | int
"""An id. Those of items and users are texts; a number is the text of the number."""


class Model:
    """A model that `fit` has trained or `load` has read."""

    def __init__(
        self,
        raw: _foldin.Model,
        *,
        metrics: str | None = None,
        settings: str | None = None,
        version: str | None = None,
        folder: str | None = None,
    ) -> None:
        self._raw = raw
        self._metrics = metrics
        self._settings = settings
        self.version = version
        """The name of the version that was loaded or saved last; None for a model that is in memory alone."""
        self.folder = folder
        """The folder of that version."""

    # What the model is.

    @cached_property
    def about(self) -> dict[str, Any]:
        """What the model was trained on, and what it holds."""
        about: dict[str, Any] = json.loads(self._raw.about())
        return about

    @cached_property
    def items(self) -> Items[Item]:
        """The catalogue, the most liked item first."""
        return items_of(self._raw.items())

    @property
    def metrics(self) -> Metrics | None:
        """What was measured on held-out users; None where nothing was."""
        text = self._metrics or self._raw.metrics()
        return None if text is None else Metrics(text)

    @property
    def settings(self) -> str:
        """The settings that were used, as a settings file: with it, the same data give the same model."""
        return self._settings if self._settings is not None else self._raw.settings()

    @property
    def data(self) -> Dataset:
        """The data that the model was trained on. A loaded model has none."""
        return Dataset(self._raw.data())

    @property
    def doubts(self) -> list[str]:
        """What speaks against publishing the model, one clause each. `save` refuses a model with any."""
        return self._raw.doubts(None)

    def card(self) -> str:
        """The model card: an HTML page."""
        return self._raw.card()

    def __len__(self) -> int:
        return len(self._raw)

    # What it answers.

    def recommend(
        self,
        liked: Iterable[Id] = (),
        *,
        disliked: Iterable[Id] = (),
        stars: Mapping[Id, float] | None = None,
        recent: Iterable[Id] = (),
        seen: Iterable[Id] = (),
        k: int = 10,
        exclude: Iterable[Id] = (),
        only: Iterable[Id] | None = None,
        genres: Iterable[str] | str = (),
        years: tuple[int, int] | None = None,
        strategy: str = "hybrid",
        diversity: float = 0.0,
        reasons: bool = True,
        ignore_unknown: bool = False,
    ) -> Items[Recommendation]:
        """Recommends `k` items that somebody does not know yet, the best first; popular ones to whom nothing is known of.

        `liked`, `disliked`: ids, oldest first. `stars`: ratings by id. `recent`: likes that are newer than all others.
        `seen`: known already, and nothing more. None of these is recommended.

        `exclude`: ids that are not recommended either. `only`: if given, nothing but these is. `genres`: only items with
        one of them. `years`: only items of these years, both included. `strategy`: `hybrid`, or one source, such as
        `taste`, `neighbours`, `content` or `popular`. `diversity`: how much likeness among the recommended counts against
        them, 0 to 1. `reasons=False` leaves out sources and reasons.

        An id that the model does not know is an error, unless `ignore_unknown` is true.
        """
        visitor = self._visitor(liked, disliked, stars, recent, seen, ignore_unknown)
        wanted = _wanted(k, exclude, only, genres, years, strategy, diversity, reasons)
        return recommendations_of(self._raw.recommend(visitor, wanted))

    def recommend_user(
        self,
        user: Id,
        *,
        k: int = 10,
        exclude: Iterable[Id] = (),
        only: Iterable[Id] | None = None,
        genres: Iterable[str] | str = (),
        years: tuple[int, int] | None = None,
        strategy: str = "hybrid",
        diversity: float = 0.0,
        reasons: bool = True,
    ) -> Items[Recommendation]:
        """Recommends to a user of the training data what the user does not have yet. A loaded model knows users only if it
        was trained with `with_users=True`."""
        wanted = _wanted(k, exclude, only, genres, years, strategy, diversity, reasons)
        return recommendations_of(self._raw.recommend_user(_id(user), wanted))

    def similar(self, id: Id, k: int = 10, by: str | None = None) -> Items[SimilarItem]:
        """The `k` items most like one. `by`: `taste` (liked by the same people), `content`, or `genres`; by default taste
        where the model has it, or else content."""
        return similar_of(self._raw.similar(_id(id), _count("k", k), by))

    def explain(
        self,
        id: Id,
        liked: Iterable[Id] = (),
        *,
        disliked: Iterable[Id] = (),
        stars: Mapping[Id, float] | None = None,
        recent: Iterable[Id] = (),
        seen: Iterable[Id] = (),
        ignore_unknown: bool = False,
    ) -> Explanation:
        """How the score of an item comes about for somebody."""
        visitor = self._visitor(liked, disliked, stars, recent, seen, ignore_unknown)
        return explanation_of(self._raw.explain(_id(id), visitor, _wanted()))

    def predict(self, id: Id, stars: Mapping[Id, float] | None = None) -> float:
        """The rating that somebody who gave these stars would give an item, on the scale of the training data."""
        return self._raw.predict(_id(id), self._visitor((), (), stars, (), (), False))

    def seeds(
        self, k: int = 10, *, liked: Iterable[Id] = (), seen: Iterable[Id] = (), exclude: Iterable[Id] = ()
    ) -> Items[Item]:
        """Items to ask a newcomer about, the best to ask first: widely known and diverse. Likes lead to questions about
        similar items."""
        visitor = self._visitor(liked, (), None, (), seen, False)
        return items_of(self._raw.seeds(visitor, _wanted(k, exclude)))

    def search(self, query: str, k: int = 10) -> Items[Item]:
        """Items whose titles fit a query, the best match first."""
        return items_of(self._raw.search(query, _count("k", k)))

    # Where it goes.

    def save(self, folder: str | os.PathLike[str], *, version: str | None = None, accept: bool = False) -> str:
        """Adds the model to a folder as a new version and makes it the current one, as `foldin train --out` does; gives
        the version's name. `foldin build --model FOLDER` makes a site of it.

        Raises `RefusedError` where there are doubts, such as worse recommendations than those of the current version; with
        `accept=True` it is saved all the same.
        """
        path = os.fsdecode(folder)
        self.version, self.folder = self._raw.save(path, version, accept), path
        return self.version

    def evaluate(self, protocol: str = "strong", **options: Any) -> Metrics:
        """Measures the settings of this model by another protocol, or more systems; takes the arguments of
        `foldin.evaluate` but the data. Learns again, from the training part alone."""
        from ._training import evaluate_with_settings

        return evaluate_with_settings(self.data, self.settings, protocol, **options)

    def __repr__(self) -> str:
        about = self.about
        learned = f"{about['items']} items, from {about['likes']} likes of {about['users']} users"
        measured = "" if self.metrics is None else f", NDCG@10 {self.metrics['ndcg@10']:.4f}"
        return f"<foldin.Model {about['data']!r}: {learned}{measured}>"

    def _repr_html_(self) -> str:
        about = self.about
        title = f"<p><b>{cell(about['data'])}</b>: {about['items']} items, {about['likes']} likes of {about['users']} users</p>"
        measured = "" if self.metrics is None else self.metrics._repr_html_()
        popular = [item.id for item in self.items[:3]]
        if not popular:
            return title + measured
        asked = ", ".join(item.label for item in self.items[: len(popular)])
        answer = self.recommend(popular, k=5)
        return f"{title}{measured}<p>Recommended to somebody who likes {cell(asked)}:</p>{answer._repr_html_()}"

    def _visitor(
        self,
        liked: Iterable[Id],
        disliked: Iterable[Id],
        stars: Mapping[Id, float] | None,
        recent: Iterable[Id],
        seen: Iterable[Id],
        ignore_unknown: bool,
    ) -> list[tuple[str, str, float]]:
        """A profile: what is newest comes last."""
        if not isinstance(stars, (Mapping, type(None))):
            raise FoldinError(f"stars is of type {type(stars).__name__}; expected a dict of ids and ratings")
        said = [(id, "seen", 0.0) for id in ids("seen", seen)]
        said += [(_id(id), "stars", _stars(id, given)) for id, given in (stars or {}).items()]
        said += [(id, "disliked", 0.0) for id in ids("disliked", disliked)]
        said += [(id, "liked", 0.0) for id in (*ids("liked", liked), *ids("recent", recent))]
        if not ignore_unknown:
            return said
        known = set(self._raw.known([id for id, _, _ in said]))
        return [one for one in said if one[0] in known]


def ids(what: str, values: Iterable[Id]) -> list[str]:
    """Ids as texts. A text alone is most likely one id that was meant to be in a list."""
    if isinstance(values, (str, bytes)) or not isinstance(values, Iterable):
        raise FoldinError(f"{what} is {values!r}; expected a list of ids, such as [{values!r}]")
    return [_id(value) for value in values]


def _id(value: Id) -> str:
    """An id in the form in which training compares ids: Unicode's composed form, without spaces around it."""
    return unicodedata.normalize("NFC", str(value)).strip()


def _stars(id: Id, given: float) -> float:
    try:
        return float(given)
    except (TypeError, ValueError):
        raise FoldinError(f"stars of {id!r} are {given!r}; expected a number") from None


def _count(what: str, value: int) -> int:
    if isinstance(value, bool) or not hasattr(value, "__index__") or not 1 <= value.__index__() < 2**32:
        raise FoldinError(f"{what} is {value!r}; expected a whole number of at least 1")
    return value.__index__()


def _wanted(
    k: int = 10,
    exclude: Iterable[Id] = (),
    only: Iterable[Id] | None = None,
    genres: Iterable[str] | str = (),
    years: tuple[int, int] | None = None,
    strategy: str = "hybrid",
    diversity: float = 0.0,
    reasons: bool = True,
) -> Wanted:
    try:
        between = None if years is None else (int(years[0]), int(years[1]))
    except (TypeError, ValueError, IndexError):
        raise FoldinError(f"years is {years!r}; expected the first and the last year, as in (1980, 1989)") from None
    try:
        diversity = float(diversity)
    except (TypeError, ValueError):
        raise FoldinError(f"diversity is {diversity!r}; expected a number from 0 to 1") from None
    return {
        "k": _count("k", k),
        "exclude": ids("exclude", exclude),
        "only": None if only is None else ids("only", only),
        "genres": [genres] if isinstance(genres, str) else list(genres),
        "years": between,
        "strategy": strategy,
        "diversity": diversity,
        "reasons": bool(reasons),
    }
