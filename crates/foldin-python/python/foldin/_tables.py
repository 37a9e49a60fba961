"""Events and items as callers have them, as tables or paths."""

import os
import sys
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from ._foldin import FoldinError, Table
from ._libraries import optional
from ._types import Source

Data: TypeAlias = Any
"""A pandas or polars DataFrame, a pyarrow table, anything with `__arrow_c_stream__`, an iterable of mappings or tuples, a
mapping of columns, a path, or several paths."""

COLUMNS_OF_TUPLES = {
    "events": ("user", "item", "rating", "timestamp"),
    "items": ("id", "title", "year", "genres"),
}
"""What the fields of tuples are, in their order."""

_EXPECTED = (
    "a DataFrame, a pyarrow table, an object with __arrow_c_stream__, an iterable of dicts or tuples, a dict of columns, "
    "or a path"
)


def source_of(what: str, data: Data) -> Source:
    """`data` as a table, or as paths; `what` is the argument that it comes from."""
    if isinstance(data, (str, os.PathLike)):
        return [os.fsdecode(data)]
    if isinstance(data, Mapping):
        return _table(what, data)
    found = _frame(what, data)
    if found is not None:
        return found
    if isinstance(data, (bytes, bytearray)) or not isinstance(data, Iterable):
        raise FoldinError(f"{what} is {_described(data)}; expected {_EXPECTED}")
    records = list(data)
    if records and all(isinstance(record, (str, os.PathLike)) for record in records):
        return [os.fsdecode(path) for path in records]
    return _of_records(what, records)


def _frame(what: str, data: Data) -> Table | None:
    """A table of a library; one that was not imported made none."""
    pandas, polars, pyarrow = (sys.modules.get(name) for name in ("pandas", "polars", "pyarrow"))
    if pandas is not None and isinstance(data, pandas.DataFrame):
        return Table(what, [str(name) for name in data.columns], [data.iloc[:, n].tolist() for n in range(data.shape[1])])
    if polars is not None and isinstance(data, polars.LazyFrame):
        data = data.collect()
    if polars is not None and isinstance(data, polars.DataFrame):
        return Table(what, data.columns, [column.to_list() for column in data.get_columns()])
    if pyarrow is not None and isinstance(data, (pyarrow.Table, pyarrow.RecordBatch)):
        return Table(what, data.schema.names, [column.to_pylist() for column in data.columns])
    if hasattr(data, "__arrow_c_stream__"):
        return _of_arrow(what, data)
    return None


def _of_arrow(what: str, data: Data) -> Table | None:
    """A stream of Arrow, read by pyarrow or polars, whichever is installed."""
    pyarrow = optional("pyarrow")
    if pyarrow is not None:
        return _frame(what, pyarrow.table(data))
    polars = optional("polars")
    if polars is not None:
        return _frame(what, polars.DataFrame(data))
    raise FoldinError(f"{what} is {_described(data)}; install pyarrow or polars to read it")


def _of_records(what: str, records: list[Any]) -> Table:
    if records and all(type(record) is tuple for record in records) and len({len(record) for record in records}) == 1:
        names_of_all = list(_of_tuple(what, 0, records[0]))
        return Table(what, names_of_all, [list(column) for column in zip(*records)])
    names: dict[str, list[Any]] = {}
    for n, record in enumerate(records):
        if hasattr(record, "_asdict"):
            record = record._asdict()
        if not isinstance(record, Mapping):
            record = _of_tuple(what, n, record)
        for name, value in record.items():
            column = names.setdefault(str(name), [])
            if len(column) < n:
                column.extend([None] * (n - len(column)))
            column.append(value)
    return Table(what, list(names), list(names.values()))


def _of_tuple(what: str, n: int, record: Any) -> Mapping[str, Any]:
    names = COLUMNS_OF_TUPLES[what]
    if isinstance(record, (tuple, list)) and 1 <= len(record) <= len(names):
        return dict(zip(names, record))
    raise FoldinError(
        f"{what}: record {n + 1} is {_described(record)}; expected a dict, or a tuple of {', '.join(names)}, of which "
        "the last ones may be absent"
    )


def _table(what: str, columns: Mapping[Any, Any]) -> Table:
    lists: list[list[Any]] = []
    for name, values in columns.items():
        if isinstance(values, (str, bytes)) or not isinstance(values, Iterable):
            raise FoldinError(f'{what}: column "{name}" is {_described(values)}; expected a list of values')
        lists.append(values.tolist() if hasattr(values, "tolist") else list(values))
    if len({len(values) for values in lists}) > 1:
        lengths = ", ".join(f"{name}: {len(values)}" for name, values in zip(columns, lists))
        raise FoldinError(f"{what}: the columns have different lengths ({lengths}); expected one value per row in each")
    return Table(what, [str(name) for name in columns], lists)


def _described(value: Any) -> str:
    name = type(value).__name__
    if isinstance(value, (tuple, list)):
        return f"a {name} of {len(value)}"
    shown = repr(value) if isinstance(value, (int, float, bool, bytes, str)) or value is None else ""
    return shown if 0 < len(shown) <= 40 else f"an object of type {name}"
