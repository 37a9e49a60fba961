"""Training and measuring."""

import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from . import _foldin
from ._dataset import Dataset, read_data
from ._foldin import FoldinError
from ._metrics import Metrics
from ._model import Model
from ._progress import Progress, on_event
from ._settings import Columns, Config, Size, Threshold, reading, settings
from ._tables import Data


def fit(
    events: Data = None,
    items: Data = None,
    *,
    name: str | None = None,
    columns: Columns | None = None,
    threshold: Threshold | None = None,
    skip_bad_lines: bool | None = None,
    zero: str | None = None,
    dates: str | None = None,
    match_ids: Sequence[str] | str | None = None,
    event_weights: Mapping[str, float] | str | None = None,
    size: Size | None = None,
    seed: int | None = None,
    search: bool | None = None,
    min_support: int | None = None,
    measure: bool | None = None,
    with_users: bool | None = None,
    config: Config = None,
    progress: Progress = None,
    runs: str | os.PathLike[str] | None = None,
) -> Model:
    """Trains a model, by the same recipe as `foldin train`.

    `events`, `items` and the arguments up to `event_weights` are those of `read`; `events` may also be a `Dataset`.

    `size`: how large the model may become. `seed`: of the factors. `search`: whether settings are searched on held-out
    users; by default they are, unless `config` is a file without a section [search]. `min_support`: the fewest people
    behind everything in the model that comes from behaviour. `measure`: whether the model is measured on held-out users.
    `with_users`: whether the saved model holds every user's history; anybody who can fetch it can then read all of them.

    `config`: sections of `foldin.toml` as a dict, which changes the defaults, or the path of such a file; the other
    arguments override it. `progress`: True for a bar, or a function that is called with every event. `runs`: a run log to
    append this training to, for `foldin runs`.

    Raises `FoldinError` for data or settings that cannot be used. Ctrl-C ends the training.
    """
    told = reading(
        threshold=threshold,
        columns=columns,
        skip_bad_lines=skip_bad_lines,
        zero=zero,
        dates=dates,
        match_ids=match_ids,
        event_weights=event_weights,
    )
    overrides = {
        "size": size,
        "als": {"seed": seed},
        "data": told,
        "evaluate": {"enabled": measure},
        "privacy": {"min-support": min_support},
        "search": {"enabled": search},
        "train": {"with-users": with_users},
    }
    file, changes = settings(config, overrides)
    data = _data(events, items, name, told, file, changes)
    return Model(_foldin.fit(data._raw, file, changes, on_event(progress), None if runs is None else os.fsdecode(runs)))


def evaluate(
    events: Data = None,
    items: Data = None,
    *,
    protocol: str = "strong",
    part: Literal["test", "validation"] = "test",
    strategies: Iterable[str] | Literal["all"] = (),
    diversity: bool = False,
    split_seed: int = 7,
    name: str | None = None,
    columns: Columns | None = None,
    threshold: Threshold | None = None,
    skip_bad_lines: bool | None = None,
    size: Size | None = None,
    seed: int | None = None,
    search: bool | None = None,
    config: Config = None,
    progress: Progress = None,
    runs: str | os.PathLike[str] | None = None,
) -> Metrics:
    """Measures how good recommendations are beside popular and random items, as `foldin evaluate` does. The model is
    learned from the training part of a split, and settings and ranker are chosen on its validation part.

    `protocol`: `strong` (users left out of training), `loo` (the newest like of each user), `holdout` (60 % of the ratings
    of each user to learn from, 20 % for choices, 20 % to measure on), `cold5` (5 likes of each held-out user are shown;
    any number works), `cold` (a curve over 1 to 20 likes), or `sessions`. `part`: make every choice on `validation`.
    `strategies`: sources to measure on their own, such as `taste`, `neighbours` or `content`, or `"all"`. `diversity`: also
    measure the price of diversity.

    The other arguments are those of `fit`.
    """
    told = reading(
        threshold=threshold,
        columns=columns,
        skip_bad_lines=skip_bad_lines,
        zero=None,
        dates=None,
        match_ids=None,
        event_weights=None,
    )
    overrides = {"size": size, "als": {"seed": seed}, "data": told, "search": {"enabled": search}}
    file, changes = settings(config, overrides)
    data = _data(events, items, name, told, file, changes)
    return _measured(data, file, changes, protocol, part, strategies, diversity, split_seed, progress, runs)


def evaluate_with_settings(data: Dataset, text: str, protocol: str, **options: Any) -> Metrics:
    """`evaluate` with the settings of a model, as the text of a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "config.toml")
        path.write_text(text, encoding="utf-8")
        return evaluate(data, protocol=protocol, config=path, **options)


def _data(
    events: Data, items: Data, name: str | None, told: Mapping[str, Any], file: str | None, changes: str
) -> Dataset:
    if not isinstance(events, Dataset):
        return read_data(events, items, name, file, changes)
    late = [key.replace("-", "_") for key, value in told.items() if value is not None and key != "threshold"]
    late += [what for what, value in (("items", items), ("name", name)) if value is not None]
    if late:
        raise FoldinError(f"the data are read already: give {', '.join(late)} to foldin.read()")
    return events


def _measured(
    data: Dataset,
    file: str | None,
    changes: str,
    protocol: str,
    part: str,
    strategies: Iterable[str],
    diversity: bool,
    split_seed: int,
    progress: Progress,
    runs: str | os.PathLike[str] | None,
) -> Metrics:
    if part not in ("test", "validation"):
        raise FoldinError(f"part is {part!r}; expected test or validation")
    names = [strategies] if isinstance(strategies, str) else list(strategies)
    return Metrics(
        _foldin.evaluate(
            data._raw,
            file,
            changes,
            protocol,
            part == "validation",
            names,
            diversity,
            split_seed,
            on_event(progress),
            None if runs is None else os.fsdecode(runs),
        )
    )
