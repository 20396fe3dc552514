"""The frames that the analysis begins with, fetched from the graph."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from kb.analysis.frames import Frames, actor_frame, claim_frame


class Reader(Protocol):
    """A graph that answers reads."""

    def rows(self, cypher: str, params: Mapping[str, Any] | None = None) -> list[dict[str, Any]]: ...


def fetch(graph: Reader) -> Frames:
    """Every dyadic claim that has a say in the class of a pair, every search, and every actor, by id."""
    claims = [{**row.pop("props"), **row} for row in [*graph.rows(_CLAIMS), *graph.rows(_SEARCHES)]]
    return Frames(claim_frame(claims), actor_frame(graph.rows(_ACTORS)))


_CITED = """
  COLLECT { MATCH (c)-[s:CITES]->(:Evidence)-[:FOUND_IN]->(w) WHERE s.stance = 'supports'
            RETURN DISTINCT w.id ORDER BY w.id } AS works,
  COLLECT { MATCH (c)-[s:CITES]->(:Evidence)-[f:FOUND_IN]->(w) WHERE s.stance = 'supports'
            RETURN DISTINCT [w.id, f.locator] AS place ORDER BY place } AS cited,
  COLLECT { MATCH (c)-[s:CITES]->(e:Evidence) WHERE s.stance = 'supports' AND e.origin IS NOT NULL
            RETURN DISTINCT e.origin ORDER BY e.origin } AS origins
ORDER BY id
"""
_CLAIMS = (
    """
MATCH (c:Pledge|Support|Tie|Schism)
MATCH (c)-[:FROM]->(a:Actor) MATCH (c)-[:TO]->(b:Actor)
WITH c, a.id AS `from`, b.id AS `to`,
  CASE WHEN c:Pledge THEN 'pledge' WHEN c:Support THEN 'support' WHEN c:Tie THEN 'tie'
       ELSE 'schism' END AS kind
RETURN c.id AS id, kind, `from`, `to`, properties(c) AS props, """
    + _CITED
)
_SEARCHES = (
    """
MATCH (a:Actor)<-[:ABOUT {role: 'subject'}]-(c:Search)-[:ABOUT {role: 'object'}]->(b:Actor)
RETURN c.id AS id, 'search' AS kind, a.id AS `from`, b.id AS `to`, properties(c) AS props, """
    + _CITED
)
_ACTORS = """
MATCH (a:Actor)
RETURN a.id AS id, a.name AS name, a.kind AS kind, a.country AS country, a.ideology AS ideology,
  a.kind IN ['faction', 'cell'] OR EXISTS { (a)<-[:FROM]-(:Lineage {relation: 'faction_of'}) } AS part
ORDER BY id
"""
