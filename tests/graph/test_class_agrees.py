"""The queries that class ties and `kb.ties.classify` give the same answer on made-up graphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb import catalog, dates, ties
from kb.graph import Graph
from kb.model import FIVE_TYPES
from kb.ties import Claim
from tests.graph.books import EMPTY

HUB, RIVAL = "made-up-hub", "made-up-rival"
BREAK = "made-up-break"
SINCE, UNTIL = date(2012, 6, 1), date(2015, 12, 31)
LABELS = {"pledge": "Pledge", "support": "Support", "tie": "Tie", "schism": "Schism"}

# Days, months and years around the break, with every kind of doubt about them.
POINTS = [
    *("2012", "2013-06", "2013-12-31", "2014", "2014-02", "2014-06-30", "2014-07-01", "2015", "2016"),
    *("2014?", "2014~", "2015-03?", "[2013..2014]", "[2014-05..2015-02]", "[..2014-06]", "[2014-03..]"),
]
SPELLS = [
    *POINTS,
    *("2012/2016", "2013/2014", "2014-02/2015", "2010/2014-06-30", "2014-07-01/2018", "2013?/2016"),
    *("2014/..", "../2015", "/2014-09", "2014-08/"),
]
AROUND = ["2012/2016", "2012/2014-06-30", "2014-07-01/2018", "2013/..", "2011/2017"]
ACTS = ["pledge", "accept", "not_stated", "renew", "offer", "claim", "refuse", "withdraw", "deny"]
TYPES = [*FIVE_TYPES, "unspecified", "other"]

# A mix in which accepted, plain claims are frequent enough to decide something.
statuses = st.sampled_from(["accepted"] * 6 + ["disputed", "needs_work", "rejected"])
occurrences = st.sampled_from([None, None, None, "one", "two", "shared"])


def bounds(texts: Sequence[str], mode: dates.Mode = "sometime") -> st.SearchStrategy[dates.Bounds]:
    """The bounds of one of these dates, at times of none."""
    return st.sampled_from([*texts, ""]).map(lambda text: dates.parse(text, mode=mode))


def claims(kind: ties.Kind, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Claim]:
    """Claims without an id, from the hub or to it."""
    ends = st.sampled_from([(HUB, "actor"), ("actor", HUB)])
    return st.builds(
        lambda ends, **values: Claim("", kind, *ends, **values),
        ends=ends,
        status=statuses,
        basis=st.sampled_from(["stated", "stated", "inferred"]),
        **fields,
    )


pledges = claims(
    "pledge",
    bounds=bounds(POINTS),
    occurrence=occurrences,
    act=st.sampled_from(ACTS),
    scope=st.sampled_from([None, None, None, "whole", "faction", "individuals"]),
)
schisms = claims("schism", bounds=bounds(POINTS), occurrence=occurrences)
supports = claims(
    "support",
    bounds=bounds(SPELLS),
    occurrence=occurrences,
    support_type=st.sampled_from(TYPES),
    stage=st.sampled_from(["given", "given", "given", "sought", "promised"]),
    direction=st.sampled_from(["one_way", "one_way", "mutual", "not_stated"]),
    alleged=st.sampled_from([False, False, True]),
)
absences = claims(
    "support",
    bounds=bounds(SPELLS, "whole"),
    occurrence=occurrences,
    support_type=st.sampled_from([*TYPES, "any", "any", "any"]),
    presence=st.just("absent"),
    direction=st.sampled_from(["one_way", "mutual", "mutual"]),
)
relations = claims(
    "tie",
    bounds=bounds(SPELLS),
    occurrence=occurrences,
    tie_type=st.sampled_from(["alliance", "alliance", "association", "host", "rivalry"]),
    presence=st.sampled_from(["present", "present", "absent"]),
)
searches = claims(
    "search",
    bounds=st.sampled_from(SPELLS).map(lambda text: dates.parse(text, mode="whole")),  # always dated
    looked_for=st.sampled_from([("any",), FIVE_TYPES, ("training",)]),
    outcome=st.sampled_from(["none_found", "none_found", "found"]),
)


@dataclass(frozen=True)
class Pair:
    """The claims of one made-up actor with the hub, and whether that actor is a faction of another."""

    claims: tuple[Claim, ...]
    part: bool


anything = st.one_of(pledges, relations, supports, absences, absences, searches, schisms)
pairs = st.builds(Pair, st.lists(anything, max_size=6).map(tuple), st.booleans())


@st.composite
def quiet_pairs(draw: st.DrawFn) -> Pair:
    """A tie with absence coded or searched for all around it, so that words without deeds are frequent."""
    opening = replace(draw(st.one_of(pledges, relations)), status="accepted")
    quiet = [opening]
    for from_, to in ((HUB, "actor"), ("actor", HUB)):
        for kind in draw(st.sampled_from([("any",), ("any", "any"), FIVE_TYPES, ("training",), ()])):
            around = dates.parse(draw(st.sampled_from(AROUND)), mode="whole")
            quiet.append(replace(draw(absences), support_type=kind, bounds=around, from_=from_, to=to))
        if draw(st.booleans()):
            years = dates.parse("2010/2017", mode="whole")
            quiet.append(replace(draw(searches), bounds=years, from_=from_, to=to))
    others = draw(st.lists(anything, max_size=2))
    return Pair((*quiet, *others), draw(st.booleans()))


def _named(pairs: Sequence[Pair]) -> list[Claim]:
    """The claims with ids; an occurrence other than `shared` stays within its pair."""
    named = []
    for p, pair in enumerate(pairs):
        actor = f"made-up-actor-{p}"
        for c, claim in enumerate(pair.claims):
            occurrence = f"{claim.occurrence}-{p}" if claim.occurrence in ("one", "two") else claim.occurrence
            named.append(
                replace(
                    claim,
                    id=f"made-up-{p}-{c}",
                    occurrence=occurrence,
                    from_=actor if claim.from_ == "actor" else HUB,
                    to=actor if claim.to == "actor" else HUB,
                )
            )
    return named


def _properties(claim: Claim, derived: dict[str, Any]) -> dict[str, Any]:
    """What the loader stores for the claim, as far as the rules ask."""
    b = claim.bounds
    found: dict[str, Any] = {
        "id": claim.id,
        "status": claim.status,
        "basis": claim.basis,
        "occurrence": claim.occurrence,
        "start_lo": b.start_lo,
        "start_hi": b.start_hi,
        "end_lo": b.end_lo,
        "end_hi": b.end_hi,
        "date_uncertain": b.uncertain,
        **derived,
    }
    if claim.kind == "pledge":
        found |= {"act": claim.act, "scope": claim.scope}
    if claim.kind in ("support", "tie"):
        found["presence"] = claim.presence
    if claim.kind == "support":
        found |= {
            "support_type": claim.support_type,
            "stage": claim.stage,
            "direction": claim.direction,
            "alleged": claim.alleged,
        }
    if claim.kind == "tie":
        found["tie_type"] = claim.tie_type
    if claim.kind == "search":
        found |= {"looked_for": list(claim.looked_for), "outcome": claim.outcome}
    return found


def _store(graph: Graph, claims: Sequence[Claim], parts: frozenset[str]) -> None:
    """Write the made-up claims with their derived properties, in place of whatever was there."""
    derived = ties.derive(claims, parts)
    rows = [
        {
            "from": c.from_,
            "to": c.to,
            "kind": LABELS.get(c.kind, "Search"),
            "props": _properties(c, derived.get(c.id, {})),
        }
        for c in claims
    ]
    actors = {HUB, RIVAL} | {end for c in claims for end in (c.from_, c.to)}
    named = [
        {"id": a, "name": a, "kind": "faction" if a in parts else "militant_group"} for a in sorted(actors)
    ]

    def work(tx: Any) -> None:
        tx.run(EMPTY)
        tx.run("UNWIND $rows AS row CREATE (a:Actor:Group) SET a = row", rows=named)
        for label in LABELS.values():
            tx.run(
                f"UNWIND $rows AS row MATCH (a:Actor {{id: row.from}}), (b:Actor {{id: row.to}}) "
                f"CREATE (a)<-[:FROM]-(c:Claim:{label})-[:TO]->(b) SET c = row.props",
                rows=[r for r in rows if r["kind"] == label],
            )
        tx.run(
            "UNWIND $rows AS row MATCH (a:Actor {id: row.from}), (b:Actor {id: row.to}) "
            "CREATE (a)<-[:ABOUT {role: 'subject'}]-(c:Search)-[:ABOUT {role: 'object'}]->(b) "
            "SET c = row.props",
            rows=[r for r in rows if r["kind"] == "Search"],
        )

    graph.write(work)


def _from_cypher(graph: Graph) -> dict[str, dict[str, Any]]:
    query = catalog.find("rhetorical_ties_after_schism")
    asked = {"schism": BREAK, "hub": [HUB], "until": UNTIL, "class": list(ties.CLASSES)}
    rows = graph.rows(query.cypher, query.bind(asked))
    return {row["actor_id"]: _answer(row) for row in rows}


def _answer(row: dict[str, Any]) -> dict[str, Any]:
    compared = ("class", "class_certain", "certainty", "class_from_hub", "class_to_hub", "since")
    return {
        **{name: row[name] for name in compared},
        "claims": sorted(row["claims"]),
        "flags": sorted(set(row["flags"])),
    }


def _from_python(claims: Sequence[Claim], parts: frozenset[str], actor: str) -> dict[str, Any]:
    readings = [c.bounds for c in claims if c.occurrence == BREAK and c.status != "rejected"]
    window = dates.window_after(readings, UNTIL)
    found = ties.classify(claims, window, HUB, actor, parts=parts)
    return _answer(
        {
            "class": found.class_,
            "class_certain": found.class_certain,
            "certainty": found.certainty,
            "class_from_hub": found.class_from_hub,
            "class_to_hub": found.class_to_hub,
            "since": found.since,
            "claims": found.claims,
            "flags": found.flags,
        }
    )


def _made_up(readings: Sequence[dates.Bounds], drawn: Sequence[Pair]) -> tuple[list[Claim], frozenset[str]]:
    """The claims of a break and of the pairs around it, and the actors that are factions of others."""
    claims = [
        Claim(f"made-up-break-{n}", "schism", HUB, RIVAL, reading, occurrence=BREAK)
        for n, reading in enumerate(readings)
    ] + _named(drawn)
    return claims, frozenset(f"made-up-actor-{p}" for p, pair in enumerate(drawn) if pair.part)


def _before(window: dates.Window) -> dates.Window:
    """From a fixed day to the day before the window opens."""
    eves = (day and day - timedelta(days=1) for day in (window.w1_lo, window.w1_hi))
    return dates.Window(SINCE, SINCE, *eves)


breaks = st.lists(bounds(POINTS), min_size=1, max_size=3)
# Few graphs of many pairs: writing a graph takes longer than classifying its pairs.
graphs = st.lists(st.one_of(pairs, quiet_pairs()), min_size=12, max_size=16)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(readings=breaks, drawn=graphs)
def test_the_query_and_the_python_rule_agree(
    graph: Graph, readings: list[dates.Bounds], drawn: list[Pair]
) -> None:
    """For every pair of a made-up graph both give the same classes, certainty, claims, day and flags."""
    claims, parts = _made_up(readings, drawn)
    _store(graph, claims, parts)
    answers = _from_cypher(graph)
    for actor, answer in answers.items():
        assert answer == _from_python(claims, parts, actor)
    for p in range(len(drawn)):
        actor = f"made-up-actor-{p}"
        assert actor in answers or _from_python(claims, parts, actor)["class"] == ties.NO_TIE


def test_a_reading_without_a_beginning_does_not_hide_when_another_began(graph: Graph) -> None:
    """Of two readings of a tie, `/2014-09` does not say when it began and `2015` does."""
    readings = [dates.parse("2015"), dates.parse("/2014-09")]
    ends = (HUB, "made-up-actor")
    claims = [Claim("made-up-break", "schism", HUB, RIVAL, dates.parse("2014"), occurrence=BREAK)] + [
        Claim(f"made-up-{n}", "tie", *ends, reading, tie_type="alliance", occurrence="one")
        for n, reading in enumerate(readings)
    ]
    _store(graph, claims, frozenset())
    answer = _from_cypher(graph)["made-up-actor"]
    assert answer["since"] == "2015"
    assert answer == _from_python(claims, frozenset(), "made-up-actor")


def test_nothing_is_partly_coded_when_the_break_comes_after_the_window(graph: Graph) -> None:
    """Four kinds of absence for all the years of a tie, and a break in the year after the window."""
    years = dates.parse("2012/2016", mode="throughout")
    ends = (HUB, "made-up-actor")
    claims = [
        Claim("made-up-break", "schism", HUB, RIVAL, dates.parse("2016"), occurrence=BREAK),
        Claim("made-up-pledge", "pledge", *ends, dates.parse("2012"), act="pledge"),
    ] + [
        Claim(f"made-up-{kind}", "support", *ends, years, support_type=kind, presence="absent")
        for kind in FIVE_TYPES[:4]
    ]
    _store(graph, claims, frozenset())
    answer = _from_cypher(graph)["made-up-actor"]
    assert answer["flags"] == []
    assert answer == _from_python(claims, frozenset(), "made-up-actor")


def test_what_surely_holds_is_asked_for_all_the_time_in_which_a_tie_may_hold(graph: Graph) -> None:
    """Absence covers the accepted tie, not the disputed one after it: neither class is rhetorical."""
    ends = (HUB, "made-up-actor-0")
    claims = [
        Claim("made-up-break", "schism", HUB, RIVAL, dates.parse("2014-02-01"), occurrence=BREAK),
        Claim("made-up-one", "tie", *ends, dates.parse("2014-02-01/2014-04-30"), tie_type="alliance"),
        Claim("made-up-two", "tie", *ends, dates.parse("2015"), tie_type="alliance", status="disputed"),
        Claim("made-up-none", "support", *ends, dates.parse("2014-01/2014-06", mode="whole"),
              support_type="any", presence="absent", direction="mutual"),
    ]  # fmt: skip
    assert _classes_around(graph, claims, frozenset(), 1) == [[ties.NO_TIE] * 2 + ["not stated"] * 2]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(readings=breaks, drawn=graphs)
def test_the_classes_before_and_after_a_break_follow_the_same_rule(
    graph: Graph, readings: list[dates.Bounds], drawn: list[Pair]
) -> None:
    """For every pair, both classes of both times are those of the Python rule."""
    _classes_around(graph, *_made_up(readings, drawn), len(drawn))


def _classes_around(graph: Graph, claims: list[Claim], parts: frozenset[str], number: int) -> list[list[str]]:
    """Of each pair, before and after the break, possibly and certainly; the query and the rule agree."""
    _store(graph, claims, parts)
    query = catalog.find("ties_changed_by_schism")
    asked = {"schism": BREAK, "hub": [HUB], "since": SINCE, "until": UNTIL, "unchanged": True}
    rows = graph.rows(query.cypher, query.bind(asked | {"before": list(ties.CLASSES)}))
    columns = ("class_before", "certain_before", "class_after", "certain_after")
    answers = {row["actor_id"]: [row[column] for column in columns] for row in rows}
    after = dates.window_after([c.bounds for c in claims if c.occurrence == BREAK], UNTIL)
    classes = []
    for actor in (f"made-up-actor-{p}" for p in range(number)):
        found = [ties.classify(claims, w, HUB, actor, parts=parts) for w in (_before(after), after)]
        rule = [name for pair in found for name in (pair.class_, pair.class_certain)]
        assert answers.get(actor, [ties.NO_TIE] * 4) == rule
        classes.append(rule)
    return classes
