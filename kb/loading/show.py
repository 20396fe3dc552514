"""One record as a person reads it: its cells, and the evidence that stands for and against it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from textwrap import wrap
from typing import Any

from kb.errors import NotFound, did_you_mean
from kb.graph import Graph
from kb.loading import read
from kb.loading.codec import Cells
from kb.loading.export import cell_text
from kb.loading.report import WIDTH

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
        yield from evidence_lines(cells, "    ")
    if shown.named_by:
        yield ""
        more = f", and {len(shown.named_by) - 12} more" if len(shown.named_by) > 12 else ""
        yield from _wrapped("  named by: ", ", ".join(shown.named_by[:12]) + more)


def evidence_lines(cells: Cells, indent: str) -> Iterator[str]:
    """A passage: words, speaker, date, where first said, where found, what it shows."""
    if cells.get("quote_start"):
        yield from _wrapped(indent, quotation(cells))
    who = ", ".join(str(cells[c]) for c in ("speaker", "speaker_text", "said_on") if cells.get(c))
    if who:
        yield from _wrapped(indent + "said by ", who)
    if cells.get("source"):
        yield from _wrapped(indent + "first in ", " ".join(_some(cells, "source", "source_locator")))
    yield from _wrapped(indent + "found in ", " ".join(_some(cells, "found_in", "locator_label", "locator")))
    yield from _wrapped(indent, str(cells["summary"]))


def _some(cells: Cells, *columns: str) -> list[str]:
    return [str(cells[c]) for c in columns if cells.get(c)]


def quotation(cells: Cells) -> str:
    """`“first words … last words” (N words)`; the whole quotation is only in the text itself."""
    start, end = cells["quote_start"], cells.get("quote_end")
    words = f" ({cells['quote_words']} words)" if cells.get("quote_words") else ""
    return f"“{start} … {end}”{words}" if end else f"“{start}”{words}"


def _cells(cells: Cells, indent: str) -> Iterator[str]:
    for column, value in cells.items():
        if column not in _HIDDEN and column != "id":
            yield from _wrapped(f"{indent}{column}: ", cell_text(value))


def _wrapped(lead: str, text: str) -> list[str]:
    indent = " " * (len(lead) - len(lead.lstrip()) + 2)
    return wrap(lead + text, WIDTH, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False)


_CITED = """
MATCH (n:{label} {{id: $id}})-[c:CITES]->(e:Evidence)
RETURN c.stance AS stance, e.id AS id ORDER BY stance DESC, id
"""
_NAMED = """
MATCH (n:{label} {{id: $id}})<-[r]-(o) WHERE o.id IS NOT NULL
RETURN DISTINCT type(r) AS type, o.id AS id ORDER BY type, id
"""
_ALL_IDS = "MATCH (n:Actor|Name|Claim|Search|Source|Evidence|Case|Concept|Finding) RETURN n.id AS id"
