"""What was measured: metrics by system, name and cutoff."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ._foldin import FoldinError
from ._html import table
from ._libraries import needed

_SHOWN = ("precision@10", "recall@10", "ndcg@10", "map@10", "mrr@10", "coverage@10")


@dataclass(frozen=True, slots=True)
class Estimate:
    """The value of a metric, with its 95 % interval where users have one each."""

    mean: float
    low: float | None = None
    high: float | None = None

    def __float__(self) -> float:
        return self.mean

    def __str__(self) -> str:
        if self.low is None or self.high is None:
            return f"{self.mean:.4f}"
        return f"{self.mean:.4f} [{self.low:.4f}, {self.high:.4f}]"


class Metrics:
    """The content of `metrics.json`.

    `metrics["ndcg@10"]` is foldin's value; `metrics["popularity"]["ndcg@10"]` that of another system.
    """

    def __init__(self, text: str) -> None:
        self.data: dict[str, Any] = json.loads(text)
        """Everything that was measured, as in `metrics.json`."""
        protocols = self.data.get("protocols") or [{}]
        self._main: dict[str, Any] = protocols[0]
        self.systems: dict[str, dict[str, Estimate]] = {
            system["name"]: {name: Estimate(**value) for name, value in system["metrics"].items()}
            for system in self._main.get("systems", [])
        }
        """The metrics of each system, by name and cutoff: `metrics.systems["popularity"]["ndcg@10"]`."""

    @property
    def protocol(self) -> str:
        """How users were held out: `strong`, `loo`, `holdout`, ..."""
        return str(self._main.get("protocol", ""))

    @property
    def users(self) -> int:
        """How many users the means are over."""
        return int(self._main.get("users", 0))

    def __getitem__(self, name: str) -> Any:
        if name in self.systems:
            return self.systems[name]
        foldin = self.systems.get("foldin", {})
        if name in foldin:
            return foldin[name].mean
        known = ", ".join([*self.systems, *foldin])
        raise FoldinError(f"there is no metric or system {name!r}; there are {known}")

    def to_dicts(self) -> list[dict[str, Any]]:
        """One dict per system, metric and cutoff."""
        return [
            {"system": system, "metric": name, "mean": value.mean, "low": value.low, "high": value.high}
            for system, metrics in self.systems.items()
            for name, value in metrics.items()
        ]

    def to_pandas(self) -> Any:
        """A DataFrame of means with one row per system and one column per metric. Needs pandas."""
        means: Mapping[str, Mapping[str, float]] = {
            system: {name: value.mean for name, value in metrics.items()} for system, metrics in self.systems.items()
        }
        return needed("pandas").DataFrame.from_dict(means, orient="index")

    def _shown(self) -> list[str]:
        there = {name for metrics in self.systems.values() for name in metrics}
        return [name for name in _SHOWN if name in there]

    def __repr__(self) -> str:
        names = self._shown()
        lines = [f"{self.protocol}, {self.users} users", "".join(f"{name:>14}" for name in ["", *names])]
        for system, metrics in self.systems.items():
            values = [f"{metrics[name].mean:.4f}" if name in metrics else "" for name in names]
            lines.append("".join(f"{value:>14}" for value in [system, *values]))
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        names = self._shown()
        rows = [[system, *(metrics.get(name) for name in names)] for system, metrics in self.systems.items()]
        return f"<p>{self.users} users, protocol {self.protocol}</p>" + table(["", *names], rows)
