"""What happens in a training: for a callback, a bar of tqdm, or plain lines."""

import json
import re
import sys
import time
from collections.abc import Callable
from typing import Any, TypeAlias

from ._foldin import FoldinError
from ._libraries import optional
from ._types import OnEvent

Progress: TypeAlias = Callable[[dict[str, Any]], object] | bool | None
"""A function that is called with every event as a dict, or True for a bar. A function ends the training by returning False,
or by raising."""

_PHASES = {
    "searching": "searching settings",
    "learning": "learning",
    "ranking": "learning to rank",
    "measuring": "measuring",
    "mapping": "drawing a map",
}
_SECONDS_BETWEEN_LINES = 5.0


def on_event(progress: Progress) -> OnEvent | None:
    """What the compiled part calls."""
    if progress is None or progress is False:
        return None
    report = _Bar() if progress is True else progress
    if not callable(report):
        raise FoldinError(f"progress is of type {type(progress).__name__}; expected a function, True or None")
    tell: Callable[[dict[str, Any]], object] = report
    return lambda event: tell(snake_case(json.loads(event)))


def snake_case(value: Any) -> Any:
    """JSON with the names that Python uses; keys that are names of metrics or items stay as they are."""
    if isinstance(value, dict):
        plain = {_snake(key): snake_case(own) for key, own in value.items()}
        if isinstance(plain.get("type"), str):
            plain["type"] = _snake(plain["type"])
        return plain
    return [snake_case(own) for own in value] if isinstance(value, list) else value


def _snake(name: str) -> str:
    return re.sub("([a-z])([A-Z])", r"\1_\2", name).lower() if name.isidentifier() else name


class _Bar:
    """A bar of tqdm if that is installed, or else a line on standard error for each phase and every few seconds."""

    def __init__(self) -> None:
        module = optional("tqdm.auto")
        self._tqdm: Any = None if module is None else module.tqdm
        self._bar: Any = None
        self._what = ""
        self._last = 0.0

    def __call__(self, event: dict[str, Any]) -> None:
        kind = event["type"]
        if kind == "phase":
            self._end()
            self._what = _PHASES.get(event["phase"], event["phase"])
            self._line(self._what)
        elif kind == "step":
            self._step(event["done"], event["of"])
        elif kind == "trial":
            done = sum(source["trials"] for source in event["sources"])
            self._step(done, None)
        elif kind == "measured":
            self._end()
            self._line(f"NDCG@10 {event['metrics']['foldin']['ndcg@10']:.4f}", always=True)
        elif kind == "mapped":
            self._end()

    def _step(self, done: int, of: int | None) -> None:
        if self._tqdm is None:
            self._line(f"{self._what}: {done}" + (f" of {of}" if of else ""))
            return
        if self._bar is None or (self._bar.total != of):
            self._end()
            self._bar = self._tqdm(total=of, desc=self._what, leave=False)
        self._bar.update(done - self._bar.n)

    def _line(self, text: str, always: bool = False) -> None:
        now = time.monotonic()
        if self._tqdm is None and (always or now - self._last >= _SECONDS_BETWEEN_LINES):
            self._last = now
            print(f"foldin: {text}", file=sys.stderr, flush=True)

    def _end(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None
