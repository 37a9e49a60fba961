"""A data set that was read, and what was understood of it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from . import _foldin
from ._html import cell, table
from ._progress import snake_case
from ._settings import Columns, Config, Threshold, reading, settings
from ._tables import Data, source_of

NAME = "your data"
"""What data are called that come from memory."""


class Dataset:
    """Events and the catalogue that they are about. `read` makes one, and `fit` takes it."""

    def __init__(self, raw: _foldin.Dataset) -> None:
        self._raw = raw
        self.facts: dict[str, Any] = snake_case(json.loads(raw.facts()))
        """All facts of the data report."""

    @property
    def name(self) -> str:
        return str(self.facts["name"])

    @property
    def n_events(self) -> int:
        """Events, after repeated ones were removed."""
        return int(self.facts["events"])

    @property
    def n_users(self) -> int:
        return int(self.facts["users"])

    @property
    def n_items(self) -> int:
        """Items, of the catalogue and of the events."""
        return int(self.facts["items"])

    @property
    def n_likes(self) -> int:
        """Events that are likes."""
        return int(self.facts["likes"])

    @property
    def like_threshold(self) -> float | None:
        """Ratings of this or more are likes; None: every event is."""
        threshold = self.facts["like_threshold"]
        return None if threshold is None else float(threshold)

    @property
    def notes(self) -> list[str]:
        """What was odd, one sentence each."""
        return list(self.facts["notes"])

    @property
    def bad_lines(self) -> list[str]:
        """The first ten lines that were left out, each with its place and what is wrong."""
        return list(self.facts["bad_lines"])

    @property
    def columns(self) -> list[dict[str, Any]]:
        """For each table of events its columns, and those that were read, by what they hold."""
        return list(self.facts["columns"])

    def report(self) -> str:
        """The data report: an HTML page."""
        return self._raw.report()

    def __len__(self) -> int:
        return self.n_events

    def __repr__(self) -> str:
        return f"<foldin.Dataset {self.name!r}: {_counts(self)}>"

    def _repr_html_(self) -> str:
        notes = "".join(f"<li>{cell(note)}</li>" for note in self.notes)
        liked = table(("most liked", "likes"), [(one["title"], one["likes"]) for one in self.facts["most_liked"]])
        return f"<p><b>{cell(self.name)}</b>: {_counts(self)}</p><ul>{notes}</ul>{liked}"


def _counts(data: Dataset) -> str:
    likes = f"{data.n_likes} likes"
    if data.like_threshold is not None:
        likes += f" (ratings of {data.like_threshold:g} or more)"
    return f"{data.n_events} events of {data.n_users} users on {data.n_items} items, {likes}"


def read(
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
    config: Config = None,
) -> Dataset:
    """Reads events, a catalogue, or both, and tells what was understood.

    `events`: a DataFrame, a table, an iterable of dicts or of tuples (user, item, rating, timestamp), a dict of columns, or
    one or several paths, as `foldin train` takes them. `items`: the same with ids, titles and perhaps years, genres, tags
    and text. Columns are found by their names, or as `columns={"user": "who", "item": 2}` says.

    The other arguments are the flags of the program of the same names.
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
    return read_data(events, items, name, *settings(config, {"data": told}))


def read_data(events: Data, items: Data, name: str | None, file: str | None, changes: str) -> Dataset:
    """Reads with settings that are put together already."""
    if events is None and items is None:
        raise _foldin.FoldinError("there are no data: give events, items, or both; foldin.sample() has some to try with")
    sources = [None if data is None else source_of(what, data) for what, data in (("events", events), ("items", items))]
    if isinstance(sources[1], list) and len(sources[1]) > 1:
        raise _foldin.FoldinError(f"items has {len(sources[1])} paths; expected one")
    return Dataset(_foldin.read(name or NAME, sources[0], sources[1], file, changes))


def sample() -> Dataset:
    """The built-in data set: real films, and simulated viewers."""
    return Dataset(_foldin.sample())
