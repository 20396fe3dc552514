"""The notebook of the second figure runs as it is, in ten lines, and prints what it was saved with."""

from __future__ import annotations

import ast
import io
from contextlib import redirect_stdout
from typing import Any

import nbformat
import pytest

from tests.graph.test_readme import ROOT

NOTEBOOK = ROOT / "kb" / "analysis" / "examples" / "second_figure.ipynb"


def run(code: str, names: dict[str, Any]) -> Any:
    """Run a cell; gives back its last expression, as a notebook shows it."""
    body = ast.parse(code).body
    last = body.pop() if isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, []), NOTEBOOK.name, "exec"), names)  # noqa: S102 - the notebook is ours
    return last and eval(compile(ast.Expression(last.value), NOTEBOOK.name, "eval"), names)  # noqa: S307


@pytest.mark.usefixtures("casebook")
def test_the_notebook_draws_the_figure_in_ten_lines_and_prints_what_it_shows() -> None:
    """From `kb.connect()` to the figure is the first cell; the table below it is that of the casebook."""
    figure, table = (cell for cell in nbformat.read(NOTEBOOK, as_version=4).cells if cell.cell_type == "code")
    assert len(figure.source.splitlines()) == 10
    names: dict[str, Any] = {}
    drawn = run(figure.source, names)
    assert "<title>Eight dimensions</title>" in drawn.data
    with redirect_stdout(io.StringIO()) as printed:
        run(table.source, names)
    assert printed.getvalue() == "".join(table.outputs[0].text)
    assert "<title>Eight dimensions</title>" in "".join(figure.outputs[0].data["image/svg+xml"])
