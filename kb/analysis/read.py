"""The frames that the analysis begins with, fetched from the graph, and the works behind them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Protocol

import pandas as pd

from kb.analysis.findings import finding_frame
from kb.analysis.frames import Frames, actor_frame, claim_frame, event_frame


class Reader(Protocol):
    """A graph that answers reads."""

    def rows(self, cypher: str, params: Mapping[str, Any] | None = None) -> list[dict[str, Any]]: ...


def fetch(graph: Reader, *, events: bool = False) -> Frames:
    """Every dyadic claim that has a say in the class of a pair, every search, and every actor, by id.

    With `events` every event too.
    """
    claims = claim_frame([*_flat(graph, _CLAIMS), *_flat(graph, _SEARCHES)])
    happened = event_frame(_flat(graph, _EVENTS) if events else [])
    return Frames(claims, actor_frame(graph.rows(_ACTORS)), happened)


def fetch_findings(graph: Reader) -> pd.DataFrame:
    """Every finding, by id."""
    return finding_frame(_flat(graph, _FINDINGS))


def _flat(graph: Reader, cypher: str) -> list[dict[str, Any]]:
    """Rows with the properties of the node among their columns."""
    return [{**row.pop("props"), **row} for row in graph.rows(cypher)]


def works_behind(graph: Reader, claims: Collection[str]) -> list[str]:
    """Ids of the works of which a passage supports one of these claims, those of most claims first."""
    return [row["work"] for row in graph.rows(_BEHIND, {"ids": list(claims)})]


def work_labels(graph: Reader, works: Sequence[str]) -> list[str]:
    """Each work in short, for a line of sources: `Blair and Potter 2023`; without an author by its title."""
    found = {row["id"]: row for row in graph.rows(_WORKS, {"ids": list(works)})}
    return [_label(found[work]) for work in works if work in found]


def _label(work: Mapping[str, Any]) -> str:
    families = [author.partition(",")[0].strip() for author in work["author"] or ()]
    who = " and ".join(families) if len(families) < 3 else f"{families[0]} et al."
    year = re.search("[0-9]{4}", work["issued"] or "")
    return f"{who or work['title']} {year[0] if year else ''}".strip()


_BEHIND = """
MATCH (c:Claim|Search WHERE c.id IN $ids)-[:CITES {stance: 'supports'}]->(:Evidence)-[:FOUND_IN]->(w:Source)
RETURN w.id AS work, COUNT(DISTINCT c) AS claims ORDER BY claims DESC, work
"""
_WORKS = """
MATCH (w:Source) WHERE w.id IN $ids
RETURN w.id AS id, w.author AS author, w.title AS title, w.issued AS issued
"""
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
_EVENTS = (
    """
MATCH (c:Event)
RETURN c.id AS id, properties(c) AS props,
  COLLECT { MATCH (c)-[i:INVOLVES]->(a:Actor)
            RETURN DISTINCT [a.id, i.role] AS part ORDER BY part } AS participants, """
    + _CITED
)
_FINDINGS = """
MATCH (f:Finding)
RETURN properties(f) AS props, head([(f)-[:REPORTED_IN]->(s) | s.id]) AS source,
  head([(f)-[r:REPORTED_IN]->() | r.locator]) AS locator,
  COLLECT { MATCH (f)-[:ABOUT {role: 'group'}]->(a) RETURN a.id ORDER BY a.id } AS `group`,
  COLLECT { MATCH (f)-[:ABOUT {role: 'compared_with'}]->(a) RETURN a.id ORDER BY a.id } AS compared_with
ORDER BY f.id
"""
_ACTORS = """
MATCH (a:Actor)
RETURN a.id AS id, a.name AS name, a.kind AS kind, a.country AS country, a.ideology AS ideology,
  a.kind IN ['faction', 'cell'] OR EXISTS { (a)<-[:FROM]-(:Lineage {relation: 'faction_of'}) } AS part
ORDER BY id
"""
