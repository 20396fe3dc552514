"""Which rows of an answer stand when the claims that can be doubted are set aside.

The question is asked again in a graph in which those claims count as rejected, and with them everything that
is derived from them: a tie whose end is disputed lasts when the dispute is set aside. That graph is made in a
transaction that is never committed (`Graph.imagined`), by the code that writes loads.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kb.catalog import LIMIT, Query
from kb.graph import Graph
from kb.loading import read
from kb.loading.apply import at_once
from kb.loading.plan import Change
from kb.render import cell
from kb.table import Table

SETTINGS = {
    "no_disputed": "MATCH (c:Claim {status: 'disputed'}) RETURN c.id AS id",
    "two_origins": """
MATCH (c:Claim) WHERE c.status <> 'rejected' AND COUNT {
  MATCH (reading:Claim)-[:CITES {stance: 'supports'}]->(e:Evidence)
  WHERE reading = c OR reading.occurrence = c.occurrence AND reading.status <> 'rejected'
  RETURN DISTINCT e.origin
} < 2
RETURN c.id AS id""",
    "no_low": "MATCH (c:Claim {confidence: 'low'}) RETURN c.id AS id",
    "certain_dates": """
MATCH (c:Claim)
WHERE c.date_uncertain OR c.date_approximate OR coalesce(c.start_lo, c.start_hi, c.end_lo, c.end_hi) IS NULL
RETURN c.id AS id""",
}
"""Name of a setting -> the claims that it sets aside.

`two_origins`: the happening, over all its readings, rests on passages of one origin only. `certain_dates`:
the claim has no date, or one that the source gives as uncertain or approximate.
"""

EVERY = 1_000_000_000  # rows
KEPT, CHANGED, GONE, NEW = "kept", "changed", "gone", "new"

Row = tuple[str, ...]


def robust(graph: Graph, query: Query, values: Mapping[str, Any]) -> Table:
    """One row for each row of the answer, with what becomes of it under each setting.

    Columns: the key of the query and what it shows first, then each of `SETTINGS`: `kept`, `changed` (the
    row is there, one of its shown columns differs), `gone`, or `new` where the row comes only then. A limit
    does not count: what it cuts off is not gone.
    """
    if values.get(LIMIT) is not None:
        values = {**values, LIMIT: EVERY}
    shown = _shown(query)
    base = _rows(graph.answer(query, values), query, shown)
    found = {
        name: _rows(_answer_without(graph, ids, query, values), query, shown)
        for name, ids in SETTINGS.items()
    }
    keys = list(dict.fromkeys([*base, *(key for rows in found.values() for key in rows)]))
    names = [*query.key, *(column for column in shown[:1] if column not in query.key)]
    rows = []
    for key in keys:
        first = next(rows[key] for rows in (base, *found.values()) if key in rows)
        head = [*key, *([first[0]] if len(names) > len(key) else [])]
        rows.append([*head, *(_fate(base, rows_then, key) for rows_then in found.values())])
    return Table([*names, *SETTINGS], rows, [])


def _shown(query: Query) -> list[str]:
    """The columns that are compared."""
    return [column for column in query.show if column in query.columns]


def _rows(table: Table, query: Query, shown: list[str]) -> dict[Row, Row]:
    """Key to the columns that are shown, in the order of the answer."""

    def pick(record: Mapping[str, Any], columns: tuple[str, ...] | list[str]) -> Row:
        return tuple(cell(record[column], ";") for column in columns)

    return {pick(record, query.key): pick(record, shown) for record in table.records()}


def _fate(base: Mapping[Row, Row], then: Mapping[Row, Row], key: Row) -> str:
    if key not in base:
        return NEW if key in then else ""
    if key not in then:
        return GONE
    return KEPT if base[key] == then[key] else CHANGED


def _answer_without(graph: Graph, which: str, query: Query, values: Mapping[str, Any]) -> Table:
    changes = list(_rejections(graph, [row["id"] for row in graph.rows(which)]))
    if not changes:
        return graph.answer(query, values)
    with graph.imagined(at_once(graph, changes)) as imagined:
        return imagined.answer(query, values)


def _rejections(graph: Graph, ids: list[str]) -> Iterator[Change]:
    for kind, ident, cells in read.nodes(graph, "Claim", ids):
        if cells.get("status") != "rejected":
            yield Change(kind.table, ident, cells, {**cells, "status": "rejected"})
