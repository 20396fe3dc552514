"""One record as a person reads it: its cells, and the evidence that stands for and against it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kb.errors import NotFound, did_you_mean
from kb.evidence.cards import passage_lines, wrapped
from kb.graph import Graph
from kb.loading import read
from kb.loading.codec import Cells
from kb.loading.export import cell_text

_HIDDEN = ("evidence",)


@dataclass(frozen=True, slots=True)
class Shown:
    """A record, its evidence as (stance, evidence cells), and what points at it.

    `counts_as` is the actor as which queries count this one, `duplicates` those that count as this one.
    """

    table: str
    ident: str
    cells: Cells
    evidence: list[tuple[str, Cells]] = field(default_factory=list)
    named_by: list[str] = field(default_factory=list)
    counts_as: str = ""
    duplicates: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The same for JSON."""
        return {
            "table": self.table,
            **self.cells,
            "citations": [{"stance": stance, **cells} for stance, cells in self.evidence],
            "named_by": self.named_by,
            **({"counts_as": self.counts_as} if self.counts_as else {}),
            **({"duplicates": self.duplicates} if self.duplicates else {}),
        }


def find_record(graph: Graph, ident: str) -> Shown:
    """Any record by its id. Raises NotFound, with the nearest id when there is one."""
    label = read.kinds(graph, [ident]).get(ident)
    if label is None:
        near = did_you_mean(ident, (row["id"] for row in graph.rows(_ALL_IDS)))
        raise NotFound(f"No record '{ident}' in the graph.", near or "`kb queries` lists ways to find one.")
    kind, _, cells = next(read.nodes(graph, label, [ident]))
    label = read.among(label)
    cited = graph.rows(_CITED.format(label=label), {"id": ident})
    passages = {i: c for _, i, c in read.nodes(graph, "Evidence", {row["id"] for row in cited})}
    for row in graph.rows(_WORDS, {"ids": [ident, *passages]}):
        passages.get(row["id"], cells)["words"] = row["words"]
    named = graph.rows(_NAMED.format(label=label), {"id": ident})
    return Shown(
        kind.table,
        ident,
        cells,
        [(row["stance"], passages[row["id"]]) for row in cited],
        [f"{row['type']} {row['id']}" for row in named],
        "".join(row["id"] for row in graph.rows(_COUNTS_AS, {"id": ident})),
        [row["id"] for row in graph.rows(_DUPLICATES, {"id": ident})],
    )


def record_text(shown: Shown) -> Iterator[str]:
    """The record as lines of at most 80 columns."""
    yield f"{shown.ident} ({shown.table})"
    yield from _cells(shown.cells, "  ")
    if shown.counts_as:
        yield f"  judged the same as, and counted as: {shown.counts_as}"
    if shown.duplicates:
        yield from wrapped("  judged the same, and counted here: ", ", ".join(shown.duplicates))
    for stance, cells in shown.evidence:
        yield ""
        yield f"  {stance}: {cells['id']}"
        yield from passage_lines(cells, "    ")
    if shown.named_by:
        yield ""
        more = f", and {len(shown.named_by) - 12} more" if len(shown.named_by) > 12 else ""
        yield from wrapped("  named by: ", ", ".join(shown.named_by[:12]) + more)


def _cells(cells: Cells, indent: str) -> Iterator[str]:
    for column, value in cells.items():
        if column not in _HIDDEN and column != "id":
            yield from wrapped(f"{indent}{column}: ", cell_text(value))


_CITED = """
MATCH (n:{label} {{id: $id}})-[:SAME_AS*0..1]->(a)-[c:CITES]->(e:Evidence)
WHERE coalesce(c.recorded, a.id) = n.id
RETURN c.stance AS stance, e.id AS id ORDER BY stance DESC, id
"""
_WORDS = """
MATCH (e:Evidence) WHERE e.id IN $ids AND e.words IS NOT NULL RETURN e.id AS id, e.words AS words
"""
_NAMED = """
MATCH (n:{label} {{id: $id}})-[:SAME_AS*0..1]->(a)<-[r]-(o)
WHERE o.id IS NOT NULL AND type(r) <> 'SAME_AS'
  AND (a = n AND (r.recorded IS NULL OR o:Actor) OR r.recorded = n.id)
RETURN DISTINCT type(r) AS type, CASE WHEN o:Actor THEN coalesce(r.recorded, o.id) ELSE o.id END AS id
ORDER BY type, id
"""
_COUNTS_AS = "MATCH (:Duplicate {id: $id})-[:SAME_AS]->(a:Actor) RETURN a.id AS id"
_DUPLICATES = "MATCH (:Actor {id: $id})<-[:SAME_AS]-(d:Duplicate) RETURN d.id AS id ORDER BY id"
_ALL_IDS = f"MATCH (n:{'|'.join((*read.BASE_LABELS, read.DUPLICATE))}) RETURN n.id AS id"
