"""Small made-up books for tests, written as real files."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kb.graph import Graph
from kb.loading.apply import Receipt, apply_plan
from kb.loading.history import plan_undo
from kb.loading.plan import Plan, make_plan
from kb.model import TABLES
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
        columns = columns or list(TABLES[table].required())  # a table without a row
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            writer.writerows(rows)
    return folder


EMPTY = "MATCH (n) WHERE NOT n:Migration DETACH DELETE n"


def empty(graph: Graph) -> None:
    """Take every record out of the graph; the schema stays."""
    graph.write(lambda tx: tx.run(EMPTY))


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


def undo(graph: Graph, receipt: Receipt) -> Receipt:
    """Undo a load, as `kb undo` does."""
    done = apply_plan(graph, plan_undo(graph, receipt.load), undoes=receipt.load)
    assert done is not None
    return done


def many_claims(number: int) -> dict[str, list[dict[str, str]]]:
    """SMALL with this many made-up support claims more."""
    supports = [
        {"id": f"s-{n:06}", "from": "made-up-hub", "to": "made-up-front", "support_type": "financial",
         "date": f"{1990 + n % 30}", "evidence": "ev-one"}
        for n in range(number)
    ]  # fmt: skip
    return {**SMALL, "support": supports}


# At least one row in each table.
FULL: dict[str, list[dict[str, str]]] = {
    **SMALL,
    "sources": [
        *SMALL["sources"],
        {"id": "made-up-paper", "type": "article-newspaper", "title": "A made-up paper",
         "repeats": "made-up-work"},
    ],
    "evidence": [
        *SMALL["evidence"],
        {"id": "ev-three", "found_in": "made-up-paper", "source": "made-up-work", "speaker": "made-up-hub",
         "variant_of": "ev-one", "relies_on": "made-up-work", "cases": "made-up-case",
         "summary": "Says three."},
    ],
    "names": [
        {"id": "n-hub", "actor": "made-up-hub", "name": "The Hub", "name_type": "alias", "valid": "2010/..",
         "evidence": "ev-three"},
    ],
    "support": [
        {"id": "s-one", "from": "made-up-hub", "to": "made-up-front", "support_type": "training",
         "date": "2014/..", "evidence": "ev-three", "concepts": "made-up-idea", "cases": "made-up-case",
         "after": "p-front", "participants": "made-up-brigade=mediator"},
    ],
    "ties": [
        {"id": "t-one", "from": "made-up-hub", "to": "made-up-brigade", "tie_type": "alliance",
         "date": "2014/2016", "evidence": "ev-two"},
    ],
    "schisms": [
        {"id": "x-one", "from": "made-up-front", "to": "made-up-hub", "date": "2018", "evidence": "ev-two"},
    ],
    "lineage": [
        {"id": "l-one", "from": "made-up-front", "to": "made-up-brigade", "relation": "split",
         "evidence": "ev-two"},
    ],
    "events": [
        {"id": "e-one", "title": "A made-up meeting", "event_type": "meeting", "date": "2013",
         "participants": "made-up-front=initiator;made-up-hub=other", "evidence": "ev-two"},
    ],
    "searches": [
        {"id": "q-one", "subject": "made-up-hub", "object": "made-up-brigade", "looked_for": "any",
         "window": "2014/2016", "where_searched": "nowhere", "searched_on": "2020-01-01",
         "outcome": "none_found", "evidence": "ev-two"},
    ],
    "references": [{"citing": "made-up-paper", "cited": "made-up-work", "in_text": "true"}],
    "cases": [{"id": "made-up-case", "title": "A made-up case"}],
    "concepts": [
        {"id": "made-up-idea", "term": "idea", "related": "made-up-notion", "source": "made-up-work",
         "locator": "3"},
        {"id": "made-up-notion", "term": "notion"},
    ],
    "findings": [
        {"id": "f-one", "kind": "count", "statement": "Two pledged.", "group": "made-up-front",
         "compared_with": "made-up-brigade", "source": "made-up-work", "value_lo": "2"},
    ],
    "judgements": [
        {"left": "made-up-brigade", "right": "made-up-front", "judgement": "different", "coder": "ab",
         "decided_on": "2020-01-01"},
    ],
}  # fmt: skip


def everything(graph: Graph) -> tuple[list[str], list[str]]:
    """Every node and every relationship with labels and properties, but for the change log."""
    nodes = graph.rows(
        "MATCH (n) WHERE NOT n:Load|Change|Migration RETURN labels(n) AS labels, properties(n) AS props"
    )
    links = graph.rows(
        "MATCH (a)-[r]->(b) WHERE NOT a:Load "
        "RETURN a.id AS a, type(r) AS type, properties(r) AS props, b.id AS b"
    )
    return sorted(map(_sorted, nodes)), sorted(map(_sorted, links))


def _sorted(row: dict[str, Any]) -> str:
    return str({k: _in_order(v) for k, v in row.items()})


def _in_order(value: Any) -> Any:
    if isinstance(value, dict):
        return sorted(value.items())
    return sorted(value) if isinstance(value, list) else value  # labels


def complete(graph: Graph, folder: Path) -> Plan:
    """The plan of the book as a complete one."""
    book = read_book([folder])
    assert not book.errors, book.errors
    return make_plan(graph, book, complete=True)


def without(*idents: str) -> dict[str, list[dict[str, str]]]:
    """The full book without these rows."""
    return {
        table: [row for row in rows if " ".join(row.get(k, "") for k in TABLES[table].key) not in idents]
        for table, rows in FULL.items()
    }
