"""What the loader derives and stores so that queries stay readable, renewed with every change.

Force spells, joined spells of absence and what is sure (`kb.ties`), the end of spells that go on, and the
origin of evidence (model, sections 2, 4 and 5). Each part reads what is stored, computes what should be,
and writes the difference. Whole quotations (`kb.loading.words`) are not computed here, only dropped.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Protocol

from kb import dates, ties
from kb.loading import canonical
from kb.loading.codec import Cells, same
from kb.loading.components import origins
from kb.loading.plan import Change
from kb.loading.read import CHUNK, chunks

EVERYTHING = 5_000  # pairs; from here on it is quicker to read all claims

Pair = tuple[str, str]


class Runner(Protocol):
    """An open transaction, or anything else that runs statements."""

    def run(self, cypher: str, /, **params: Any) -> list[dict[str, Any]]: ...


def renew(tx: Runner, changes: Sequence[Change], apart: Collection[str] = ()) -> None:
    """Compute the derived properties again wherever these changes can have touched them.

    `apart` are the actors that `canonical.set_apart` moved before the changes were written.
    """
    if not changes:
        return
    moved = canonical.renew(
        tx, changes, apart
    )  # first of all: force and absence belong to the actors that count
    moved.claims |= _renew_open_ends(tx)
    _renew_ties(tx, _touched_pairs(tx, changes, moved))
    if any(change.table in ("evidence", "sources") for change in changes):
        _renew_origins(tx)
        _drop_words(tx, changes)


def _write(tx: Runner, label: str, rows: Iterable[dict[str, Any]]) -> None:
    query = f"UNWIND $rows AS row MATCH (n:{label} {{id: row.id}}) SET n += row.props"
    todo = iter(rows)
    while chunk := list(islice(todo, CHUNK)):
        tx.run(query, rows=chunk)


# --- spells that go on --------------------------------------------------------------------------


def _renew_open_ends(tx: Runner) -> set[str]:
    """Set `end_lo` of every spell that goes on to the latest work it was found in; the claims that moved."""
    moved: set[str] = set()
    for label, column, mode in (
        ("Claim", "date", "sometime"),
        ("Name", "valid", "spell"),
        ("Search", "window", "whole"),
    ):
        rows = []
        for row in tx.run(_OPEN.format(label=label, column=column)):
            meant: dates.Mode = "whole" if row["presence"] == "absent" else mode  # type: ignore[assignment]
            bounds = dates.parse(row["date"], mode=meant, known_until=row["known_until"])
            if bounds.end_lo != row["end_lo"]:
                rows.append({"id": row["id"], "props": {"end_lo": bounds.end_lo}})
        _write(tx, label, rows)
        if label == "Claim":
            moved |= {row["id"] for row in rows}
    return moved


_OPEN = """
MATCH (n:{label}) WHERE n.end_open
OPTIONAL MATCH (n)-[:CITES]->(:Evidence)-[:FOUND_IN]->(s:Source)
RETURN n.id AS id, n.{column} AS date, n.presence AS presence, n.end_lo AS end_lo,
       max(s.issued_lo) AS known_until
"""


# --- force, absence, what is sure ---------------------------------------------------------------


def _touched_pairs(tx: Runner, changes: Sequence[Change], moved: canonical.Moved) -> set[Pair]:
    """The pairs whose claims, or the readings of them, may have changed."""
    pairs: set[Pair] = set()
    occurrences = set(moved.occurrences)
    parts: set[str] = set()
    stands = moved.canonical
    for change in changes:
        for cells in (change.before, change.after):
            if cells and "from" in cells:
                a, b = cells["from"], cells["to"]
                pairs.add(_pair(stands.get(a, a), stands.get(b, b)))
            if cells and "from" in cells and cells.get("occurrence"):
                occurrences.add(cells["occurrence"])
            if cells and change.table == "lineage" and cells["relation"] == "faction_of":
                parts.add(stands.get(cells["from"], cells["from"]))
        if change.table == "actors" and change.action == "change":
            parts.add(stands.get(change.record, change.record))
    for chunk in chunks(sorted(moved.actors)):
        occurrences |= {row["occurrence"] for row in tx.run(_OF_ACTORS, values=chunk)}
    for query, values in (
        (_OF_READINGS, occurrences),
        (_OF_CLAIMS, moved.claims),
        (_OF_PARTS, parts),
        (_OF_MOVED, moved.actors),
    ):
        for chunk in chunks(sorted(values)):
            pairs |= {_pair(row["a"], row["b"]) for row in tx.run(query, values=chunk)}
    return pairs


def _pair(a: str, b: str) -> Pair:
    return (a, b) if a <= b else (b, a)


_ENDS = "MATCH (c)-[:FROM]->(a:Actor) MATCH (c)-[:TO]->(b:Actor) RETURN DISTINCT a.id AS a, b.id AS b"
_OF_READINGS = "UNWIND $values AS value MATCH (c:Claim {occurrence: value}) " + _ENDS
_OF_CLAIMS = "UNWIND $values AS value MATCH (c:Claim {id: value}) " + _ENDS
_OF_MOVED = (
    "UNWIND $values AS value MATCH (:Actor {id: value})<-[:FROM|TO]-(c:Claim) WITH DISTINCT c " + _ENDS
)
_OF_ACTORS = """
UNWIND $values AS value MATCH (:Actor {id: value})<-[:FROM|TO]-(c:Claim) WHERE c.occurrence IS NOT NULL
RETURN DISTINCT c.occurrence AS occurrence
"""
_OF_PARTS = (
    "UNWIND $values AS value "
    "MATCH (:Actor {id: value})<-[:FROM|TO]-(c:Pledge) WHERE c.scope IS NOT NULL WITH c " + _ENDS
)


def _renew_ties(tx: Runner, pairs: set[Pair]) -> None:
    if not pairs:
        return
    everything = len(pairs) > EVERYTHING
    stored = _claims(tx, None if everything else pairs)
    if not everything:
        readings = {claim.occurrence for claim, _ in stored.values() if claim.occurrence}
        others = {
            _pair(row["a"], row["b"])
            for chunk in chunks(sorted(readings))
            for row in tx.run(_OF_READINGS, values=chunk)
        }
        stored |= _claims(tx, others - pairs)
    parts = {row["id"] for row in tx.run(PARTS)}
    wanted = ties.derive([claim for claim, _ in stored.values()], parts)
    _write(tx, "Claim", _changed(stored, wanted, None if everything else pairs))


def _changed(
    stored: dict[str, tuple[ties.Claim, dict[str, Any]]],
    wanted: dict[str, dict[str, Any]],
    pairs: set[Pair] | None,
) -> Iterator[dict[str, Any]]:
    """The rows to write for the claims of these pairs, or all; takes what it has read out of `stored`."""
    for ident, props in wanted.items():
        claim, held = stored.pop(ident)
        if (pairs is None or claim.pair in pairs) and (news := _news(held, props)):
            yield {"id": ident, "props": news}


def _news(held: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in wanted.items() if held.get(name) != value}


def _claims(tx: Runner, pairs: set[Pair] | None) -> dict[str, tuple[ties.Claim, dict[str, Any]]]:
    """Id to claim and its derived properties as they are stored: of these pairs, or all."""
    found: dict[str, tuple[ties.Claim, dict[str, Any]]] = {}
    for row in _all_rows(tx) if pairs is None else _rows_of(tx, pairs):
        props = row["props"]
        derived = {name: props[name] for name in ties.DERIVED.get(row["kind"], ()) if name in props}
        found[props["id"]] = as_claim(row), derived
    return found


def _rows_of(tx: Runner, pairs: set[Pair]) -> Iterator[dict[str, Any]]:
    for piece in chunks(sorted(pairs), 500):
        yield from tx.run(_CLAIMS_OF_PAIRS, pairs=[list(pair) for pair in piece])


def _all_rows(tx: Runner) -> Iterator[dict[str, Any]]:
    """Page by page: the rows of all claims at once would take more memory than all else."""
    last = ""
    while page := tx.run(_ALL_CLAIMS, last=last):
        yield from page
        last = page[-1]["props"]["id"]


def as_claim(row: dict[str, Any]) -> ties.Claim:
    """The claim of a row with `kind`, `from`, `to` and `props` (the properties of the node)."""
    p = row["props"]
    return ties.Claim(
        id=p["id"],
        kind=row["kind"],
        from_=same(row["from"]),
        to=same(row["to"]),
        bounds=dates.stored(p),
        **{name: same(p[name]) for name in ties.PLAIN if p.get(name) is not None},
    )


RETURN_CLAIM = """
MATCH (c)-[:FROM]->(a:Actor) MATCH (c)-[:TO]->(b:Actor)
RETURN CASE WHEN c:Pledge THEN 'pledge' WHEN c:Support THEN 'support' WHEN c:Tie THEN 'tie'
            ELSE 'schism' END AS kind,
       a.id AS `from`, b.id AS `to`, properties(c) AS props
"""
_ALL_CLAIMS = (
    "MATCH (c:Claim) WHERE c.id > $last AND (c:Pledge OR c:Support OR c:Tie OR c:Schism) "
    f"WITH c ORDER BY c.id LIMIT {EVERYTHING}{RETURN_CLAIM} ORDER BY c.id"
)
_CLAIMS_OF_PAIRS = (
    """
UNWIND $pairs AS pair
MATCH (:Actor {id: pair[0]})<-[:FROM|TO]-(c:Pledge|Support|Tie|Schism)-[:FROM|TO]->(:Actor {id: pair[1]})
WITH DISTINCT c"""
    + RETURN_CLAIM
)
PARTS = """
MATCH (a:Actor) WHERE a.kind IN ['faction', 'cell'] RETURN a.id AS id
UNION MATCH (:Lineage {relation: 'faction_of'})-[:FROM]->(a:Actor) RETURN a.id AS id
"""


# --- origins of evidence ------------------------------------------------------------------------


def _renew_origins(tx: Runner) -> None:
    """Give each evidence the name of its component: the smallest id of the works that stand behind it."""
    evidence = {row["id"]: row for row in tx.run(_EVIDENCE)}
    repeats = tx.run("MATCH (a:Source)-[:REPEATS]->(b:Source) RETURN a.id AS a, b.id AS b")
    found = origins(
        {i: (e["relies_on"] or e["quotes"] or e["found_in"]) + e["variants"] for i, e in evidence.items()},
        ((row["a"], row["b"]) for row in repeats),
        (row["id"] for row in tx.run("MATCH (s:Source) RETURN s.id AS id")),
    )
    rows = (
        {"id": ident, "props": {"origin": origin}}
        for ident, origin in found.items()
        if origin != evidence[ident]["origin"]
    )
    _write(tx, "Evidence", rows)


_EVIDENCE = """
MATCH (e:Evidence)
RETURN e.id AS id, e.origin AS origin,
       [(e)-[:RELIES_ON]->(s) | s.id] AS relies_on, [(e)-[:QUOTES]->(s) | s.id] AS quotes,
       [(e)-[:FOUND_IN]->(s) | s.id] AS found_in, [(e)-[:VARIANT_OF]->(v) | v.id] AS variants
"""


# --- whole quotations ---------------------------------------------------------------------------


def _drop_words(tx: Runner, changes: Sequence[Change]) -> None:
    """Drop the words of evidence that is another quotation now, or was found in another work."""
    moved = [c.record for c in changes if c.table == "evidence" and _selector(c.before) != _selector(c.after)]
    for chunk in chunks(moved):
        tx.run("UNWIND $ids AS id MATCH (e:Evidence {id: id}) REMOVE e.words", ids=chunk)


def _selector(cells: Cells | None) -> Cells:
    return {c: v for c, v in (cells or {}).items() if c == "found_in" or c.startswith("quote_")}
