"""Model folders: loading, versions, and rolling back."""

import json
import os
from dataclasses import dataclass

from . import _foldin
from ._model import Model


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a model folder."""

    version: str
    is_current: bool
    data: str
    users: int
    items: int
    likes: int
    protocol: str | None
    metrics: dict[str, float] | None
    """NDCG@10, recall@20 and coverage@10; None where nothing was measured."""


def load(folder: str | os.PathLike[str], version: str | None = None) -> Model:
    """The current version of a model folder, or the one of this name."""
    path = os.fsdecode(folder)
    raw, (name, metrics, settings) = _foldin.load(path, version)
    return Model(raw, metrics=metrics, settings=settings, version=name, folder=path)


def versions(folder: str | os.PathLike[str]) -> list[Version]:
    """All versions of a model folder, the oldest first."""
    return [Version(**value) for value in json.loads(_foldin.versions(os.fsdecode(folder)))]


def rollback(folder: str | os.PathLike[str], version: str) -> str:
    """Makes a version the current one; gives the name of the one that was before. Every version stays."""
    return _foldin.rollback(os.fsdecode(folder), version)
