"""The examples of templates against the graph of the casebook."""

from __future__ import annotations

from pathlib import Path

from kb.graph import Graph
from kb.loading.plan import make_plan
from kb.model import TABLES
from loaders.tables import read_book
from loaders.template import template_xlsx


def test_an_example_left_behind_changes_nothing(casebook: Graph, tmp_path: Path) -> None:
    """A workbook of all tables, not filled in, is the same as what the casebook has."""
    path = tmp_path / "all.xlsx"
    path.write_bytes(template_xlsx(list(TABLES)))
    plan = make_plan(casebook, read_book([path]))
    assert plan.faults == []
    assert plan.changes == []
    assert set(plan.same) == set(TABLES)
