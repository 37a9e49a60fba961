"""Settings as callers give them: sections of `foldin.toml`, a path of such a file, and arguments that override both."""

import json
import os
from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias

from ._foldin import FoldinError

Config: TypeAlias = Mapping[str, Any] | str | os.PathLike[str] | None
"""Sections with their settings, which change the defaults, or the path of a settings file."""

Size: TypeAlias = Literal["small", "medium", "large"]
Columns: TypeAlias = Mapping[str, str | int] | str
Threshold: TypeAlias = float | Literal["automatic", "none"]


def settings(config: Config, overrides: Mapping[str, Any]) -> tuple[str | None, str]:
    """The path of a settings file, if there is one, and the changes over it as JSON. What is None is left out."""
    file: str | None = None
    changes: dict[str, Any] = {}
    if isinstance(config, (str, os.PathLike)):
        file = os.fsdecode(config)
    elif isinstance(config, Mapping):
        changes = {str(name): _plain(value) for name, value in config.items()}
    elif config is not None:
        raise FoldinError(f"config is of type {type(config).__name__}; expected a dict of sections, or the path of a file")
    for section, values in overrides.items():
        if not isinstance(values, Mapping):
            if values is not None:
                changes[section] = values
            continue
        said = {key: value for key, value in values.items() if value is not None}
        if said:
            own = changes.get(section)
            changes[section] = {**(own if isinstance(own, dict) else {}), **said}
    try:
        return file, json.dumps(changes, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise FoldinError(f"config holds something that is no setting: {error}") from None


def reading(
    *,
    threshold: Threshold | None,
    columns: Columns | None,
    skip_bad_lines: bool | None,
    zero: str | None,
    dates: str | None,
    match_ids: Sequence[str] | str | None,
    event_weights: Mapping[str, float] | str | None,
) -> dict[str, Any]:
    """The section `data`."""
    return {
        "threshold": _number(threshold),
        "columns": _pairs(columns),
        "skip-bad-lines": skip_bad_lines,
        "zero": zero,
        "dates": dates,
        "match-ids": match_ids if match_ids is None or isinstance(match_ids, str) else ",".join(match_ids),
        "event-weights": _pairs(event_weights),
    }


def _pairs(value: Mapping[str, Any] | str | None) -> str | None:
    """`{"user": "who", "item": 2}` as `user=who,item=2`."""
    if value is None or isinstance(value, str):
        return value
    return ",".join(f"{name}={value}" for name, value in value.items())


def _plain(value: Any) -> Any:
    """A value without the settings that are None."""
    if isinstance(value, Mapping):
        return {str(key): _plain(own) for key, own in value.items() if own is not None}
    return _number(value)


def _number(value: Any) -> Any:
    """A scalar of NumPy as a number."""
    return value.item() if hasattr(value, "item") and not hasattr(value, "__len__") else value
