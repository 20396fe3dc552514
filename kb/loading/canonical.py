"""Records judged the same count as one in every query, and stay as they are in every record.

Actors: of those judged the same one is canonical (`kb.loading.judgements` says which). Whatever a record says
of another of them ends at the canonical one, and carries the id that the record says as `recorded`. The other
keeps its properties, but is a `:Duplicate` with the relationship `SAME_AS` to the canonical one instead of an
`:Actor`, so that no query has to know of this. Claims: those judged the same, and all readings of their
happenings, share one `occurrence`; `recorded_occurrence` keeps what the record says ("" = nothing).

All of it is derived. Before records are written, the duplicates whose own records change are set apart as the
records have them (`set_apart`); relationships are written to whatever the record names; after that everything
is made to fit the judgements (`renew`). Readers of records give back what is recorded (`kb.loading.read`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from kb.loading import read
from kb.loading.codec import named
from kb.loading.components import Components
from kb.loading.judgements import Judged, standing
from kb.loading.plan import Change
from kb.loading.read import DUPLICATE, chunks
from kb.model import KIND_LABELS, TABLES, Judgement

TO_ACTOR = sorted({link.type for t in TABLES.values() for link in t.links().values() if link.to == "Actor"})
KINDS = sorted(set(KIND_LABELS.values()))
OWN = ("actors", "citations", "judgements")  # tables whose rows are written at the node of the actor itself
MOST = 5_000  # relationships moved by one statement


class Runner(Protocol):
    """An open transaction, or anything else that runs statements."""

    def run(self, cypher: str, /, **params: Any) -> list[dict[str, Any]]: ...


@dataclass(slots=True)
class Moved:
    """Actors whose claims end elsewhere now, claims whose occurrence is another now, and those occurrences.

    `canonical` is how things stand: the id of each duplicate and of the actor it counts as.
    """

    canonical: Mapping[str, str] = field(default_factory=dict)
    actors: set[str] = field(default_factory=set)
    claims: set[str] = field(default_factory=set)
    occurrences: set[str] = field(default_factory=set)


def judged(rows: Iterable[Mapping[str, Any]], label: str) -> list[Judged]:
    """The judgements about actors (`Actor`) or claims (`Claim`), out of the rows of `JUDGED`."""
    return [
        Judged(row["left"], row["right"], row["judgement"], row["coder"] or "", row["decided_on"] or "")
        for row in rows
        if (label == "Claim") == row["claims"]
    ]


JUDGED = """
MATCH (a)-[j:JUDGED]->(b)
RETURN a.id AS left, b.id AS right, a:Claim AS claims, j.judgement AS judgement, j.coder AS coder,
       j.decided_on AS decided_on ORDER BY left, right, coder
"""


# --- before records are written -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Apart:
    """The actors that `set_apart` moved, and the labels of the duplicates that are named and stay ones."""

    actors: frozenset[str] = frozenset()
    labels: Mapping[str, str] = field(default_factory=dict)


def set_apart(tx: Runner, changes: Sequence[Change]) -> Apart:
    """Make actors again of the duplicates of which these changes write the row, a citation or a judgement.

    Without duplicates this reads nothing but their number.
    """
    counted_as = _duplicates(tx)
    if not counted_as:
        return Apart()
    own = [c for c in changes if c.table in OWN]
    free = counted_as.keys() & {ident for c in own for ident in _named(c)}
    stay = counted_as.keys() & {ident for c in changes for ident in _named(c)} - free
    _release(tx, free)
    moved = frozenset(free | {counted_as[ident] for ident in free})
    return Apart(moved, dict.fromkeys(stay, DUPLICATE))


def _duplicates(tx: Runner) -> dict[str, str]:
    rows = tx.run("MATCH (d:Duplicate)-[:SAME_AS]->(a:Actor) RETURN d.id AS id, a.id AS canonical")
    return {row["id"]: row["canonical"] for row in rows}


def _named(change: Change) -> set[str]:
    """The ids in a change, its own among them."""
    each = (cells for cells in (change.before, change.after) if cells)
    return {change.record, *(ident for cells in each for _, ident in named(change.table, cells))}


def burden(graph: read.Reader, changes: Iterable[Change]) -> int:
    """How many relationships judgements among these changes may move."""
    ends = {ident for c in changes if c.table == Judgement.table for ident in _named(c)}
    rows = graph.rows(_BURDEN, {"ids": sorted(ends)}) if ends else []
    return sum(row["number"] for row in rows)


_BURDEN = f"""
UNWIND $ids AS id
MATCH (n:Actor|{DUPLICATE} {{id: id}})-[:SAME_AS*0..1]->(a)
RETURN sum(COUNT {{ (a)--() }}) AS number
"""


def _release(tx: Runner, ids: Collection[str]) -> None:
    """Make actors again of duplicates; the label comes last, so that cut short it can be done again."""
    for chunk in chunks(sorted(ids), 500):
        _move(tx, _RELEASE, ids=chunk)
        tx.run(_AN_ACTOR_AGAIN, ids=chunk, labels=KIND_LABELS)


def _move(tx: Runner, statements: Iterable[str], **params: Any) -> None:
    """Run each until it moves nothing more: a transaction holds only so much."""
    for statement in statements:
        while tx.run(statement, most=MOST, **params)[0]["moved"] == MOST:
            pass


_RELEASE = (
    f"""
UNWIND $ids AS id
MATCH (d:{DUPLICATE} {{id: id}})-[:SAME_AS]->(a:Actor)<-[r:{"|".join(TO_ACTOR)}]-(x) WHERE r.recorded = d.id
WITH d, r, x LIMIT $most
CREATE (x)-[n:$(type(r))]->(d) SET n = properties(r), n.recorded = null
DELETE r RETURN count(*) AS moved
""",
    f"""
UNWIND $ids AS id
MATCH (d:{DUPLICATE} {{id: id}})-[:SAME_AS]->(a:Actor)-[r:CITES]->(e) WHERE r.recorded = d.id
WITH d, r, e LIMIT $most
CREATE (d)-[n:CITES]->(e) SET n = properties(r), n.recorded = null
DELETE r RETURN count(*) AS moved
""",
)
_AN_ACTOR_AGAIN = f"""
UNWIND $ids AS id
MATCH (d:{DUPLICATE} {{id: id}})-[s:SAME_AS]->()
DELETE s
REMOVE d:{DUPLICATE}
SET d:Actor, d:$($labels[d.kind])
"""


# --- after records were written -----------------------------------------------------------------


def renew(tx: Runner, changes: Sequence[Change], apart: Collection[str] = ()) -> Moved:
    """Make everything fit the judgements; `apart` are the actors that `set_apart` moved.

    Without judgements this is three statements that find nothing.
    """
    rows = tx.run(JUDGED)
    canonical = standing(judged(rows, "Actor")).canonical
    moved = Moved(canonical, set(apart))
    ends = {i for c in changes if c.table == Judgement.table for i in _named(c)}
    moved.actors |= ends | {canonical[ident] for ident in ends & canonical.keys()}
    _renew_actors(tx, moved)
    _renew_occurrences(tx, moved, standing(judged(rows, "Claim")).canonical)
    return moved


def _renew_actors(tx: Runner, moved: Moved) -> None:
    held, wanted = _duplicates(tx), moved.canonical
    gone = {ident for ident, counted in held.items() if wanted.get(ident) != counted}
    new = {ident for ident, counts in wanted.items() if held.get(ident) != counts}
    _release(tx, gone)
    for chunk in chunks(sorted(new), 500):
        tx.run(_A_DUPLICATE, rows=[{"id": ident, "canonical": wanted[ident]} for ident in chunk])
    for chunk in chunks(sorted(wanted), 500):  # of all: what was just written still ends at the duplicate
        _move(tx, _GATHER, ids=chunk)
    moved.actors |= gone | new | {held[ident] for ident in gone} | {wanted[ident] for ident in new}


_A_DUPLICATE = f"""
UNWIND $rows AS row
MATCH (d:Actor {{id: row.id}}) MATCH (a:Actor {{id: row.canonical}})
CREATE (d)-[:SAME_AS]->(a)
REMOVE d:Actor:{":".join(KINDS)}
SET d:{DUPLICATE}
"""
_GATHER = (
    f"""
UNWIND $ids AS id
MATCH (a:Actor)<-[:SAME_AS]-(d:{DUPLICATE} {{id: id}})<-[r:{"|".join(TO_ACTOR)}]-(x)
WITH a, d, r, x LIMIT $most
CREATE (x)-[n:$(type(r))]->(a) SET n = properties(r), n.recorded = d.id
DELETE r RETURN count(*) AS moved
""",
    f"""
UNWIND $ids AS id
MATCH (a:Actor)<-[:SAME_AS]-(d:{DUPLICATE} {{id: id}})-[r:CITES]->(e)
WITH a, d, r, e LIMIT $most
CREATE (a)-[n:CITES]->(e) SET n = properties(r), n.recorded = d.id
DELETE r RETURN count(*) AS moved
""",
)


# --- readings of one happening ------------------------------------------------------------------


def _renew_occurrences(tx: Runner, moved: Moved, canonical: Mapping[str, str]) -> None:
    held = {row["id"]: row for row in tx.run(_SHARED)}
    wanted, recorded = _wanted_occurrences(tx, canonical)
    rows: list[dict[str, Any]] = []
    for ident in sorted(held.keys() | wanted.keys()):
        before = held[ident]["occurrence"] if ident in held else recorded[ident]
        said: str = recorded.get(ident, held[ident]["recorded"] if ident in held else "")
        after = wanted.get(ident, said)
        if before != after or (ident in held) != (ident in wanted):
            kept = said if ident in wanted else None
            rows.append({"id": ident, "occurrence": after or None, "recorded": kept})
            moved.occurrences |= {value for value in (before, after) if value}
    for chunk in chunks(rows):
        tx.run(_SHARE, rows=chunk)
    moved.claims |= {row["id"] for row in rows}


def _wanted_occurrences(tx: Runner, canonical: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Claim to occurrence, where it is another than recorded; and claim to the recorded one ("" = none)."""
    if not canonical:
        return {}, {}
    members = sorted({*canonical, *canonical.values()})
    recorded = {row["id"]: row["recorded"] for row in tx.run(_RECORDED, ids=members)}
    shared = sorted({value for value in recorded.values() if value})
    recorded |= {row["id"]: row["recorded"] for row in tx.run(_READINGS, values=shared)}
    return shared_occurrences(canonical, recorded), recorded


def shared_occurrences(canonical: Mapping[str, str], recorded: Mapping[str, str]) -> dict[str, str]:
    """Claim to occurrence, where judgements make it another than the recorded one ("" = none).

    `canonical`: claim to the claim it counts as; `recorded`: these and all readings of their happenings.
    """
    # an occurrence and a claim can have one name: a blank, which no id begins with, keeps them apart
    joined = Components(canonical.items())
    for ident, occurrence in recorded.items():
        if occurrence:
            joined.join(ident, f" {occurrence}")
    stays = set(canonical.values()) - canonical.keys()
    wanted: dict[str, str] = {}
    for readings in joined.sets(recorded):
        stay = [i for i in readings if i in stays]
        first = [recorded[i] for i in stay if recorded[i]] or [recorded[i] for i in readings if recorded[i]]
        name = min(first) if first else min(stay)
        wanted |= {ident: name for ident in readings if recorded[ident] != name}
    return wanted


_SHARED = """
MATCH (c:Claim) WHERE c.recorded_occurrence IS NOT NULL
RETURN c.id AS id, c.occurrence AS occurrence, c.recorded_occurrence AS recorded
"""
_RETURN_RECORDED = "RETURN c.id AS id, coalesce(c.recorded_occurrence, c.occurrence, '') AS recorded"
_RECORDED = "UNWIND $ids AS id MATCH (c:Claim {id: id}) " + _RETURN_RECORDED
_READINGS = f"""
UNWIND $values AS value
MATCH (c:Claim {{occurrence: value}}) WHERE c.recorded_occurrence IS NULL {_RETURN_RECORDED}
UNION
UNWIND $values AS value
MATCH (c:Claim {{recorded_occurrence: value}}) {_RETURN_RECORDED}
"""
_SHARE = """
UNWIND $rows AS row
MATCH (c:Claim {id: row.id})
SET c.occurrence = row.occurrence, c.recorded_occurrence = row.recorded
"""
