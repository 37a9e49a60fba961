"""Other libraries, none of which is needed."""

import importlib
from typing import Any

from ._foldin import FoldinError


def optional(name: str) -> Any:
    """A module; None if it is not installed."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def needed(name: str) -> Any:
    """A module that a caller has asked for by what it called."""
    module = optional(name)
    if module is None:
        raise FoldinError(f"{name} is not installed; install it, or use to_dicts()")
    return module
