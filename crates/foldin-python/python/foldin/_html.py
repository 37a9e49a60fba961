"""HTML for notebooks. Everything that comes from data is escaped."""

from collections.abc import Iterable, Sequence
from html import escape


class Html(str):
    """Text that is HTML already."""


def cell(value: object) -> str:
    """A value as the content of a cell."""
    if isinstance(value, Html):
        return value
    if value is None:
        return ""
    return escape(f"{value:.3f}" if isinstance(value, float) else str(value))


def table(names: Sequence[str], rows: Iterable[Sequence[object]]) -> Html:
    """A table with a header."""
    head = "".join(f"<th>{escape(name)}</th>" for name in names)
    body = "".join("<tr>" + "".join(f"<td>{cell(value)}</td>" for value in row) + "</tr>" for row in rows)
    return Html(f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")


def bar(share: float) -> Html:
    """A number from 0 to 1 as a bar."""
    width = round(80 * min(max(share, 0.0), 1.0))
    return Html(
        f'<div style="display:inline-block;background:#4a7;height:.7em;width:{width}px;margin-right:.4em"></div>'
        f"{share:.3f}"
    )
