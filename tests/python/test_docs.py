"""The code in the documentation runs, block after block in one session, as a reader would type it."""

import json
import os
import re
from pathlib import Path

import pytest

CLONE = Path(os.environ["FOLDIN_CLONE"])
PAGES = [CLONE / "docs/python.md", CLONE / "crates/foldin-python/README.md"]
NOTEBOOK = CLONE / "crates/foldin-python/examples/first-model.ipynb"


@pytest.fixture
def in_folder_with_data(tmp_path, events, items, monkeypatch):
    """ratings.csv and movies.csv, as the pages have them."""
    from conftest import write_csv

    write_csv(tmp_path / "ratings.csv", events)
    write_csv(tmp_path / "movies.csv", items)
    monkeypatch.chdir(tmp_path)


def blocks(page: Path):
    text = page.read_text(encoding="utf-8")
    for match in re.finditer(r"^```python\n(.*?)^```", text, re.S | re.M):
        yield text[: match.start()].count("\n") + 2, match.group(1)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_block_of_a_page_runs(page, in_folder_with_data):
    pytest.importorskip("pandas")
    found = list(blocks(page))
    assert found
    session: dict = {}
    for line, code in found:
        # Line numbers in a traceback are those of the page.
        exec(compile("\n" * (line - 1) + code, str(page), "exec"), session)


def test_the_notebook_runs_and_its_last_cells_show_tables(in_folder_with_data):
    pytest.importorskip("pandas")
    cells = [cell for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    assert len(cells) >= 4 and not any(cell["outputs"] for cell in cells)
    session: dict = {}
    shown = [last_value("".join(cell["source"]), session) for cell in cells]
    assert all(value._repr_html_().startswith("<") for value in shown if hasattr(value, "_repr_html_"))
    assert sum(hasattr(value, "_repr_html_") for value in shown) >= 3


def last_value(code, session):
    """Runs a cell; gives the value of its last expression, as a notebook shows it."""
    import ast

    tree = ast.parse(code)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), session)
    return None if last is None else eval(compile(ast.Expression(last.value), "cell", "eval"), session)
