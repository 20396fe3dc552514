"""Small made-up books for tests, written as real files."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kb.graph import Graph
from kb.loading.apply import Receipt, apply_plan
from kb.loading.plan import Plan, make_plan
from loaders.tables import read_book

Rows = Iterable[Mapping[str, Any]]

PAGE = {"locator_label": "page"}
# Invented groups and works: two groups that pledge, one hub, one work with two passages.
SMALL: dict[str, list[dict[str, str]]] = {
    "actors": [
        {"id": "made-up-hub", "name": "Made-up Hub", "kind": "militant_group"},
        {"id": "made-up-front", "name": "Made-up Front", "kind": "militant_group", "country": "Nowhere"},
        {"id": "made-up-brigade", "name": "Made-up Brigade", "kind": "militant_group"},
    ],
    "sources": [{"id": "made-up-work", "type": "book", "title": "A made-up work", "issued": "2016-05"}],
    "evidence": [
        {"id": "ev-one", "found_in": "made-up-work", **PAGE, "locator": "1", "summary": "Says one."},
        {"id": "ev-two", "found_in": "made-up-work", **PAGE, "locator": "2", "summary": "Says two."},
    ],
    "pledges": [
        {"id": "p-front", "from": "made-up-front", "to": "made-up-hub", "act": "pledge",
         "date": "2014-07-01", "evidence": "ev-one"},
        {"id": "p-brigade", "from": "made-up-brigade", "to": "made-up-hub", "act": "pledge",
         "date": "2014-08", "evidence": "ev-one;ev-two"},
    ],
    "citations": [{"claim": "p-front", "evidence": "ev-two", "stance": "contradicts", "note": "other year"}],
}  # fmt: skip


def write_book(folder: Path, tables: Mapping[str, Rows]) -> Path:
    """Write the tables as CSV files into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, rows in tables.items():
        rows = list(rows)
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def plan_of(graph: Graph, folder: Path) -> Plan:
    """The plan of the book in the folder; the book must have no faults of its own."""
    book = read_book([folder])
    assert not book.errors, book.errors
    return make_plan(graph, book)


def load(graph: Graph, folder: Path) -> Receipt | None:
    """Load the book in the folder."""
    plan = plan_of(graph, folder)
    assert not plan.errors, plan.errors
    return apply_plan(graph, plan)


def many_claims(number: int) -> dict[str, list[dict[str, str]]]:
    """SMALL with this many made-up support claims more."""
    supports = [
        {"id": f"s-{n:06}", "from": "made-up-hub", "to": "made-up-front", "support_type": "financial",
         "date": f"{1990 + n % 30}", "evidence": "ev-one"}
        for n in range(number)
    ]  # fmt: skip
    return {**SMALL, "support": supports}
