"""Claims and evidence by their ids, as the passages that a footnote cites."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kb.errors import NotFound, did_you_mean, quoted
from kb.export.footnotes import Passage, works
from kb.loading import read


def passages_of(graph: read.Reader, ids: Sequence[str]) -> list[Passage]:
    """The passages behind the ids, each once, in the order given: an evidence itself, or what a record cites.

    Raises NotFound for an id that is not known (with the nearest), or that has no evidence.
    """
    kinds = read.kinds(graph, ids)
    stances: dict[str, str] = {}
    for ident in ids:
        if ident not in kinds:
            raise _unknown(graph, ident)
        cited = [(ident, "supports")] if kinds[ident] == "Evidence" else _cited(graph, ident)
        if not cited:
            raise NotFound(f"{ident} rests on no evidence.", f"See `kb show {ident}`.")
        for evidence, stance in cited:
            stances.setdefault(evidence, stance)
    cells = {ident: row for _, ident, row in read.nodes(graph, "Evidence", stances)}
    return [Passage(cells[ident], stance) for ident, stance in stances.items()]


def sources_of(graph: read.Reader, passages: Sequence[Passage]) -> list[dict[str, Any]]:
    """The cells of all works that the passages name."""
    return [cells for _, _, cells in read.nodes(graph, "Source", works(passages))]


def _cited(graph: read.Reader, ident: str) -> list[tuple[str, str]]:
    rows = graph.rows(_CITED, {"id": ident})
    return [(row["evidence"], row["stance"]) for row in rows]


_CITED = """
MATCH (r:Claim|Name|Search|Actor {id: $id})-[cites:CITES]->(e:Evidence)
RETURN e.id AS evidence, cites.stance AS stance ORDER BY evidence
"""


def _unknown(graph: read.Reader, ident: str) -> NotFound:
    known = [row["id"] for row in graph.rows("MATCH (n:Claim|Evidence) RETURN n.id AS id ORDER BY id")]
    near = did_you_mean(ident, known)
    return NotFound(
        f"No claim or evidence {quoted(ident)} in this graph.", near or "`kb evidence WORDS` finds passages."
    )
