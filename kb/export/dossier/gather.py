"""The facts of a dossier, read from the graph.

A dossier of an actor has every claim it takes part in; of a pair, those in which both do; of a claim, all
readings of its occurrence; of a case, what belongs to it. Readings of an occurrence always come together.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from kb import ties
from kb.dates import Window, stored
from kb.errors import InputError, NotFound, quoted
from kb.export.dossier.facts import Cells, Cited, Fact, Facts, Kind, Pair, Stand
from kb.loading import read
from kb.loading.derived import PARTS, RETURN_CLAIM, as_claim
from kb.loading.history import loads, nearest
from kb.loading.plan import graph_names
from kb.resolve import NameIndex

Step = Callable[[int, int], None]
_STEPS = 6
_DYADS = ("pledge", "support", "tie", "schism")
_PLACE = ("locator_label", "locator", "line")


def gather(graph: read.Reader, asked: Sequence[str], made_on: date, step: Step = lambda *_: None) -> Facts:
    """The facts about one actor, claim or case, or about two actors; each by its id or its name.

    `step` is told how much is read. Raises NotFound with the nearest names for what is not known, InputError
    for a name of several actors, for more than two, and for a pair of one actor with itself.
    """
    kind, subject, title = _subject(graph, asked)
    claims = list(_claims(graph, _ids_of(graph, kind, subject)))
    step(1, _STEPS)
    actors = {ident for claim in claims for ident in claim.actors}
    about = subject if kind in ("actor", "pair") else ()
    actors |= set(about)
    names = list(_names(graph, about))
    searches = list(_searches(graph, kind, subject))
    actors |= {ident for search in searches for ident in search.actors}
    step(2, _STEPS)
    evidence = _evidence(graph, _cited([*claims, *names, *searches]) | _of_case(graph, kind, subject))
    step(3, _STEPS)
    findings = list(_findings(graph, kind, subject))
    sources = _sources(graph, evidence.values(), findings)
    step(4, _STEPS)
    pairs = [] if kind == "claim" else _pairs(graph, claims, about, kind)
    step(5, _STEPS)
    actors |= {ident for pair in pairs for ident in pair.ends}
    actors |= {cells["speaker"] for cells in evidence.values() if cells.get("speaker")}
    rows = {ident: cells for _, ident, cells in read.nodes(graph, "Actor", actors)}
    case = next((cells for _, _, cells in read.nodes(graph, "Case", subject)), {}) if kind == "case" else {}
    step(6, _STEPS)
    return Facts(
        kind, tuple(subject), title, stand_at(graph, made_on), rows, claims, names, searches, findings, pairs,
        evidence, sources, case,
    )  # fmt: skip


# --- what it is about -----------------------------------------------------------------------------------


def _subject(graph: read.Reader, asked: Sequence[str]) -> tuple[Kind, tuple[str, ...], str]:
    if len(asked) == 2:
        one, other = (_one(graph, name, actors_only=True) for name in asked)
        if one[1] == other[1]:
            raise InputError(f"Both names mean {one[2]}.", "Give two actors, or one.")
        return "pair", one[1] + other[1], f"{one[2]} and {other[2]}"
    if len(asked) != 1:
        raise InputError(f"A dossier is about one or two, not {len(asked)}.", "Give one id, or two actors.")
    return _one(graph, asked[0])


def _one(graph: read.Reader, asked: str, actors_only: bool = False) -> tuple[Kind, tuple[str, ...], str]:
    asked = asked.strip()
    rows = graph.rows(_OF_ID, {"id": asked})
    found = [row for row in rows if row["kind"] == "actor" or not actors_only]
    if not found:
        return _by_name(graph, asked, actors_only)
    if found[0]["kind"] == "claim":
        return "claim", tuple(row["id"] for row in found), found[0]["title"]
    return found[0]["kind"], (found[0]["id"],), found[0]["title"]


_OF_ID = """
MATCH (:Actor|Duplicate {id: $id})-[:SAME_AS]->{0,1}(a:Actor)
RETURN 'actor' AS kind, a.id AS id, a.name AS title
UNION
MATCH (c:Case {id: $id}) RETURN 'case' AS kind, c.id AS id, c.title AS title
UNION
MATCH (one:Claim) WHERE one.id = $id OR one.occurrence = $id
WITH collect(one) AS some
UNWIND some AS one
MATCH (c:Claim) WHERE c = one OR c.occurrence = one.occurrence
RETURN DISTINCT 'claim' AS kind, c.id AS id, $id AS title ORDER BY id
"""


def _by_name(graph: read.Reader, asked: str, actors_only: bool) -> tuple[Kind, tuple[str, ...], str]:
    index = graph_names(graph)
    found = index.find(asked)
    if len(found) > 1:
        several = "; ".join(f"{index.actors[c.actor][0]} ({c.actor})" for c in found)
        raise InputError(f"{quoted(asked)} may mean several: {several}.", "Give the id of one.")
    if found:
        return "actor", (found[0].actor,), index.actors[found[0].actor][0]
    cases = (
        [] if actors_only else graph.rows("MATCH (c:Case) RETURN c.id AS id, c.title AS title ORDER BY id")
    )
    for row in cases:
        if row["title"].casefold() == asked.casefold():
            return "case", (row["id"],), row["title"]
    raise _unknown(graph, asked, index, actors_only)


def _unknown(graph: read.Reader, asked: str, index: NameIndex, actors_only: bool) -> NotFound:
    what = "actor" if actors_only else "actor, claim or case"
    near = [str(candidate) for candidate in index.nearest(asked)]
    if not actors_only and not near:
        ids = [row["id"] for row in graph.rows("MATCH (n:Claim|Case) RETURN n.id AS id ORDER BY id")]
        near = nearest(asked, ids)
    known = "Nothing is near; `kb evidence WORDS` looks for words."
    none = known if index.names else "Is a book loaded? Try `kb demo` or `kb load`."
    hint = f"Nearest: {'; '.join(near)}." if near else none
    return NotFound(f"No {what} {quoted(asked)} in this graph.", hint)


def _ids_of(graph: read.Reader, kind: Kind, subject: Sequence[str]) -> list[str]:
    if kind == "claim":
        return list(subject)
    rows = graph.rows(_CLAIMS_OF[kind], {"ids": list(subject)})
    found = [row["id"] for row in rows]
    return sorted({*found, *(row["id"] for row in graph.rows(_READINGS, {"ids": found}))})


_CLAIMS_OF = {
    "actor": "MATCH (c:Claim)-[:FROM|TO|INVOLVES]->(a:Actor {id: $ids[0]}) RETURN DISTINCT c.id AS id",
    "pair": "MATCH (:Actor {id: $ids[0]})<-[:FROM|TO|INVOLVES]-(c:Claim)-[:FROM|TO|INVOLVES]->"
    "(:Actor {id: $ids[1]}) RETURN DISTINCT c.id AS id",
    "case": "MATCH (c:Claim)-[:PART_OF]->(:Case {id: $ids[0]}) RETURN DISTINCT c.id AS id",
}
_READINGS = """
MATCH (c:Claim) WHERE c.id IN $ids AND c.occurrence IS NOT NULL
WITH DISTINCT c.occurrence AS occurrence
MATCH (r:Claim {occurrence: occurrence}) RETURN r.id AS id
"""

# --- records --------------------------------------------------------------------------------------------


def _claims(graph: read.Reader, ids: Sequence[str]) -> Iterator[Fact]:
    for chunk in read.chunks(list(ids)):
        for row in graph.rows(_CLAIMS, {"ids": chunk}):
            yield _fact(row, row["kind"], row["start"], row["end"], [tuple(role) for role in row["roles"]])


_CITES = "[(c)-[x:CITES]->(e) | [e.id, x.stance, x.note]] AS cites"
_CLAIMS = f"""
MATCH (c:Claim) WHERE c.id IN $ids
RETURN properties(c) AS props, toLower(head([l IN labels(c) WHERE l <> 'Claim'])) AS kind,
       head([(c)-[:FROM]->(a) | a.id]) AS start, head([(c)-[:TO]->(a) | a.id]) AS end,
       [(c)-[i:INVOLVES]->(a) | [a.id, i.role]] AS roles, {_CITES}
ORDER BY c.id
"""


def _fact(
    row: Cells, kind: str, start: str | None = None, end: str | None = None, roles: Iterable[Any] = ()
) -> Fact:
    cites = sorted(
        (Cited(ident, stance or "supports", note or "") for ident, stance, note in row["cites"]), key=str
    )
    props = row["props"]
    return Fact(props["id"], kind, props, start, end, tuple(sorted(roles)), tuple(cites), stored(props))


def _names(graph: read.Reader, actors: Sequence[str]) -> Iterator[Fact]:
    for row in graph.rows(_NAMES, {"ids": list(actors)}):
        yield _fact(row, "name", row["start"])


_NAMES = f"""
MATCH (a:Actor)<-[:OF]-(c:Name) WHERE a.id IN $ids
RETURN properties(c) AS props, a.id AS start, {_CITES} ORDER BY start, c.id
"""


def _searches(graph: read.Reader, kind: Kind, subject: Sequence[str]) -> Iterator[Fact]:
    if kind not in ("actor", "pair"):
        return
    for row in graph.rows(_SEARCHES, {"ids": list(subject)}):
        yield _fact(row, "search", row["start"], row["end"])


_SEARCHES = f"""
MATCH (s:Actor)<-[:ABOUT {{role: 'subject'}}]-(c:Search)-[:ABOUT {{role: 'object'}}]->(o:Actor)
WHERE CASE WHEN size($ids) = 2 THEN s.id IN $ids AND o.id IN $ids ELSE s.id IN $ids OR o.id IN $ids END
RETURN properties(c) AS props, s.id AS start, o.id AS end, {_CITES} ORDER BY c.id
"""


def _findings(graph: read.Reader, kind: Kind, subject: Sequence[str]) -> Iterator[Cells]:
    if kind not in ("actor", "pair"):
        return
    ids = [row["id"] for row in graph.rows(_FINDINGS, {"ids": list(subject)})]
    yield from (cells for _, _, cells in read.nodes(graph, "Finding", ids))


_FINDINGS = """
UNWIND $ids AS id
MATCH (:Actor {id: id})<-[:ABOUT]-(f:Finding)
WITH f, count(DISTINCT id) AS met WHERE met = size($ids) RETURN f.id AS id ORDER BY id
"""


def _cited(facts: Iterable[Fact]) -> set[str]:
    return {cited.evidence for fact in facts for cited in fact.cites}


def _of_case(graph: read.Reader, kind: Kind, subject: Sequence[str]) -> set[str]:
    if kind != "case":
        return set()
    query = "MATCH (e:Evidence)-[:PART_OF]->(:Case {id: $id}) RETURN e.id AS id"
    return {row["id"] for row in graph.rows(query, {"id": subject[0]})}


def _evidence(graph: read.Reader, ids: Collection[str]) -> dict[str, Cells]:
    cells = {ident: dict(row) for _, ident, row in read.nodes(graph, "Evidence", ids)}
    for chunk in read.chunks(sorted(cells)):
        for row in graph.rows(_MORE, {"ids": chunk}):
            cells[row["id"]] |= {"words": row["words"], "origin": row["origin"]}
    return cells  # type: ignore[return-value]


_MORE = "MATCH (e:Evidence) WHERE e.id IN $ids RETURN e.id AS id, e.words AS words, e.origin AS origin"


def _sources(graph: read.Reader, evidence: Iterable[Cells], findings: Iterable[Cells]) -> dict[str, Cells]:
    from kb.export.footnotes import Passage, works

    wanted = set(works([Passage(cells) for cells in evidence]))
    wanted |= {cells["source"] for cells in findings if cells.get("source")}
    return {ident: cells for _, ident, cells in read.nodes(graph, "Source", wanted)}


def stand_at(graph: read.Reader, made_on: date, until: datetime | None = None) -> Stand:
    """The last load, or the last one up to a moment; the graph must be the live one, whose log is whole."""
    known = [load for load in loads(graph) if until is None or load.loaded_at <= until]
    return Stand(known[-1].load_id, known[-1].loaded_at, made_on) if known else Stand("", None, made_on)


# --- what each tie is worth -----------------------------------------------------------------------------


def _pairs(graph: read.Reader, claims: Sequence[Fact], about: Sequence[str], kind: Kind) -> list[Pair]:
    """Every pair of the claims that has a dated one, the subject first; judged on all claims of the pair."""
    wanted: dict[tuple[str, str], tuple[str, str]] = {}
    for claim in claims:
        if claim.kind in _DYADS and claim.start and claim.end and claim.start != claim.end:
            first, other = claim.start, claim.end
            if other in about and first not in about:
                first, other = other, first
            if (kind == "actor" and first not in about) or (kind == "pair" and {first, other} != set(about)):
                continue
            wanted.setdefault((min(first, other), max(first, other)), (first, other))
    book, days = _ledger(graph, sorted(wanted))
    found = []
    for key, (first, other) in sorted(wanted.items()):
        if days.get(key):
            since, until = min(days[key]), max(days[key])
            window = Window(since, since, until, until)
            found.append(Pair(ties.classify(book, window, first, other), since, until))
    return found


def _ledger(
    graph: read.Reader, pairs: Sequence[tuple[str, str]]
) -> tuple[ties.Ledger, dict[tuple[str, str], list[date]]]:
    """The claims of the pairs, and for each pair the days that they name."""
    rows = []
    for chunk in read.chunks([list(pair) for pair in pairs], 500):
        rows += graph.rows(_OF_PAIRS, {"pairs": chunk})
        rows += graph.rows(_SEARCHES_OF_PAIRS, {"pairs": chunk})
    found = {row["props"]["id"]: as_claim(row) for row in rows}
    parts = {row["id"] for row in graph.rows(PARTS)}
    days: dict[tuple[str, str], list[date]] = {}
    for claim in found.values():
        bounds = claim.bounds
        known = [bounds.start_lo, bounds.start_hi, bounds.end_lo, bounds.end_hi]
        if claim.status != "rejected":
            days.setdefault(claim.pair, []).extend(day for day in known if day)
    return ties.ledger(found.values(), parts), days


_OF_PAIRS = (
    """
UNWIND $pairs AS pair
MATCH (:Actor {id: pair[0]})<-[:FROM|TO]-(one:Pledge|Support|Tie|Schism)
MATCH (one)-[:FROM|TO]->(:Actor {id: pair[1]})
WITH collect(DISTINCT one) AS some
UNWIND some AS one
CALL (one) {
  RETURN one AS c
  UNION
  MATCH (c:Claim {occurrence: one.occurrence}) WHERE c:Pledge OR c:Support OR c:Tie OR c:Schism RETURN c
}
WITH DISTINCT c"""
    + RETURN_CLAIM
)
_SEARCHES_OF_PAIRS = """
UNWIND $pairs AS pair
MATCH (a:Actor)<-[:ABOUT {role: 'subject'}]-(c:Search)-[:ABOUT {role: 'object'}]->(b:Actor)
WHERE a.id IN pair AND b.id IN pair
RETURN DISTINCT 'search' AS kind, a.id AS `from`, b.id AS `to`, properties(c) AS props
"""
