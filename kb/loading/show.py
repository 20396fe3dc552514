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
    """A record, its evidence as (stance, evidence cells), and what points at it."""

    table: str
    ident: str
    cells: Cells
    evidence: list[tuple[str, Cells]] = field(default_factory=list)
    named_by: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The same for JSON."""
        return {
            "table": self.table,
            **self.cells,
            "citations": [{"stance": stance, **cells} for stance, cells in self.evidence],
            "named_by": self.named_by,
        }


def find_record(graph: Graph, ident: str) -> Shown:
    """Any record by its id. Raises NotFound, with the nearest id when there is one."""
    label = read.kinds(graph, [ident]).get(ident)
    if label is None:
        near = did_you_mean(ident, (row["id"] for row in graph.rows(_ALL_IDS)))
        raise NotFound(f"No record '{ident}' in the graph.", near or "`kb queries` lists ways to find one.")
    kind, _, cells = next(read.nodes(graph, label, [ident]))
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
    )


def record_text(shown: Shown) -> Iterator[str]:
    """The record as lines of at most 80 columns."""
    yield f"{shown.ident} ({shown.table})"
    yield from _cells(shown.cells, "  ")
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
MATCH (n:{label} {{id: $id}})-[c:CITES]->(e:Evidence)
RETURN c.stance AS stance, e.id AS id ORDER BY stance DESC, id
"""
_WORDS = """
MATCH (e:Evidence) WHERE e.id IN $ids AND e.words IS NOT NULL RETURN e.id AS id, e.words AS words
"""
_NAMED = """
MATCH (n:{label} {{id: $id}})<-[r]-(o) WHERE o.id IS NOT NULL
RETURN DISTINCT type(r) AS type, o.id AS id ORDER BY type, id
"""
_ALL_IDS = "MATCH (n:Actor|Name|Claim|Search|Source|Evidence|Case|Concept|Finding) RETURN n.id AS id"
