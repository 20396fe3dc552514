"""The frames say the same as Cypher: classes by the headline query, types by the stored properties."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
from hypothesis import HealthCheck, Phase, given, settings

from kb import catalog, dates, ties
from kb.analysis import frames
from kb.analysis.pledges import pledge_months
from kb.analysis.read import fetch
from kb.graph import Graph
from kb.ties import Claim
from tests.graph.test_class_agrees import HUB, RIVAL, Pair, _named, _store, graphs

YEARS = (2014, 2015)


def _opening(year: int) -> Claim:
    """A break on the first day of the year, so that the window of the headline query is the year."""
    return Claim(
        f"made-up-break-{year}",
        "schism",
        HUB,
        RIVAL,
        dates.parse(f"{year}-01-01"),
        occurrence=f"break-{year}",
    )


def _from_frames(graph: Graph) -> pd.DataFrame:
    held = fetch(graph)
    dyads = frames.dyad_years(held.claims, held.actors, YEARS[0], YEARS[-1])
    return dyads[(dyads["a"] != HUB) | (dyads["b"] != RIVAL)]


def _by_query(graph: Graph) -> dict[tuple[str, int], tuple[Any, ...]]:
    query = catalog.find("rhetorical_ties_after_schism")
    found = {}
    for year in YEARS:
        until = date(year, 12, 31)
        asked = {"schism": f"break-{year}", "hub": [HUB], "until": until, "class": list(ties.CLASSES)}
        for row in graph.rows(query.cypher, query.bind(asked)):
            if row["class"] != ties.NO_TIE:
                classes = (row["class"], row["class_certain"], row["class_to_hub"], row["class_from_hub"])
                found[row["actor_id"], year] = (*classes, sorted(row["claims"]), sorted(set(row["flags"])))
    return found


_TYPES = """
UNWIND $years AS year
WITH year, date({year: year}) AS opens, date({year: year, month: 12, day: 31}) AS closes
MATCH (a:Actor)<-[:FROM]-(c:Support {stage: 'given', presence: 'present'})-[:TO]->(b:Actor)
WHERE c.status <> 'rejected' AND c.support_type <> 'other'
  AND coalesce(c.start_lo, c.start_hi, c.end_lo, c.end_hi) IS NOT NULL
  AND coalesce(c.start_lo <= closes, true) AND coalesce(c.end_hi >= opens, true)
WITH year, c, a, b, coalesce(c.sure AND c.sure_start <= closes AND c.sure_end >= opens, false) AS sure
UNWIND [[a.id, b.id]] + CASE c.direction WHEN 'one_way' THEN [] ELSE [[b.id, a.id]] END AS flow
RETURN year, flow[0] AS giver, flow[1] AS taker, c.support_type AS support_type,
  any(s IN collect(sure) WHERE s) AS sure
"""


def _given_by_query(graph: Graph) -> set[tuple[int, str, str, str, str]]:
    rows = graph.rows(_TYPES, {"years": list(YEARS)})
    return {
        (r["year"], r["giver"], r["taker"], r["support_type"], "given" if r["sure"] else "possibly given")
        for r in rows
    }


def _given_in(dyads: pd.DataFrame) -> set[tuple[int, str, str, str, str]]:
    return {
        (row["year"], giver, taker, support_type, row[f"{support_type}_{way}"])
        for row in dyads.to_dict("records")
        for way, giver, taker in (("ab", row["a"], row["b"]), ("ba", row["b"], row["a"]))
        for support_type in ties.TYPES
        if (row[f"{support_type}_{way}"] or "").endswith("given")
    }


@settings(
    max_examples=6,
    phases=[Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(drawn=graphs)
def test_the_frames_and_the_query_agree(graph: Graph, drawn: list[Pair]) -> None:
    """For every pair and year of a made-up graph: classes, claims, flags, and the types given either way."""
    claims = [*map(_opening, YEARS), *_named(drawn)]
    _store(graph, claims, frozenset(f"made-up-actor-{p}" for p, pair in enumerate(drawn) if pair.part))
    dyads = _from_frames(graph)
    found = {
        (row["a"], row["year"]): (
            *(row[name] for name in ("class", "class_certain", "class_ab", "class_ba", "claims", "flags")),
        )
        for row in dyads.to_dict("records")
    }
    assert found == _by_query(graph)
    assert _given_in(dyads) == _given_by_query(graph)


def test_pledges_by_month_agree_with_the_query_on_the_casebook(casebook: Graph) -> None:
    """The months, rows and events of table 1 are those of `pledges_by_month`; one row is printed twice."""
    months = pledge_months(fetch(casebook).claims, "islamic-state", "plapinger-potter", "Table 1")
    query = catalog.find("pledges_by_month")
    rows = casebook.rows(query.cypher, query.bind({}))
    assert months[["month", "rows", "events"]].to_dict("records") == rows
    assert sum(months["rows"]) == 46
    assert [ids for ids in months["duplicates"] if ids] == [["pp-t1-08-al-ansar-battalion-again"]]
