"""One judgement as a load of its own, and what judgements in a plan bring about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from kb.errors import InputError, NotFound, Refused, did_you_mean, quoted
from kb.loading import read
from kb.loading.canonical import JUDGED, judged
from kb.loading.codec import Cells
from kb.loading.judgements import Judged, Standing, chain, standing
from kb.loading.plan import Change, Plan, graph_names, head
from kb.model import KIND_LABELS, Judgement

FIRST = 5  # ids named in one line


def plan_judgement(
    graph: read.Reader, left: str, right: str, judgement: str, *, why: str, coder: str, today: date
) -> Plan:
    """The plan that writes one judgement; a former one of the same coder about the two is changed.

    Raises InputError when the two cannot be compared, NotFound for an unknown id, Refused when the judgement
    contradicts others: two records cannot be the same over a third and different as well.
    """
    label = _one_kind(graph, left, right)
    given = {"left": left, "right": right, "judgement": judgement, "coder": coder, "reason": why}
    row = Judgement.model_validate({**given, "decided_on": today.isoformat()})
    held = dict(read.relations(graph, Judgement.table, [left, right]))
    turned = f"{right} {left} {coder}"
    before = held.get(row.ident)
    same = before is not None and all(before.get(column) == value for column, value in given.items())
    changes = [] if same else [Change(row.table, row.ident, before, row.cells())]
    if turned in held:  # the same coder meant it the other way round before
        changes.append(Change(row.table, turned, held[turned], None))
    rows = judged(graph.rows(JUDGED), label)
    _no_contradiction(rows, _after(rows, changes))
    return Plan(changes=changes, head=head(graph))


def _one_kind(graph: read.Reader, left: str, right: str) -> str:
    """`Actor` or `Claim`: what both are."""
    if left == right:
        raise InputError(f"Both are {quoted(left)}.", "Name two different records.")
    labels = read.kinds(graph, [left, right])
    for ident in (left, right):
        if ident not in labels:
            raise NotFound(f"No record {quoted(ident)} in the graph.", _nearest(graph, ident))
        if labels[ident] not in ("Actor", "Claim"):
            raise InputError(
                f"{quoted(ident)} is neither an actor nor a claim ({labels[ident]}).",
                "Only actors and claims are judged.",
            )
    if labels[left] != labels[right]:
        one, other = (ident if labels[ident] == "Actor" else "" for ident in (left, right))
        claim = right if one else left
        raise InputError(f"{one or other} is an actor, {claim} a claim.", "Judge two actors, or two claims.")
    tables = {kind.table for kind, _, _ in read.nodes(graph, labels[left], [left, right])}
    if len(tables) > 1:
        raise InputError(
            f"The two claims are of different kinds ({', '.join(sorted(tables))}).",
            "Judge two claims of one table.",
        )
    return labels[left]


def _nearest(graph: read.Reader, ident: str) -> str:
    ids = [row["id"] for row in graph.rows("MATCH (n:Actor|Duplicate|Claim) RETURN n.id AS id")]
    if near := did_you_mean(ident, ids):
        return near
    names = ", ".join(map(str, graph_names(graph).nearest(ident)))
    return f"Nearest: {names}." if names else "`kb duplicates` lists pairs to judge."


def _no_contradiction(before: Sequence[Judged], after: Sequence[Judged]) -> None:
    known = standing(before).against
    for pair in standing(after).against:
        if pair not in known:
            same = "; ".join(str(row) for row in chain(after, *pair))
            apart = next(row for row in after if row.pair == pair and row.judgement == "different")
            raise Refused(
                f"That would contradict other judgements: {same}; but {apart}.",
                "Judge one of these pairs anew first.",
            )


# --- what it brings about -----------------------------------------------------------------------


def effects(graph: read.Reader, changes: Sequence[Change]) -> Iterator[str]:
    """One line for each thing that the judgements among the changes bring about in the graph."""
    rows = [c for c in changes if c.table == Judgement.table]
    if not rows:
        return
    held = graph.rows(JUDGED)
    claims = {ident for ident, label in read.kinds(graph, _ends(rows)).items() if label == "Claim"}
    claims |= {c.record for c in changes if c.after and "status" in c.after}
    for label in ("Actor", "Claim"):
        of_label = [c for c in rows if (c.record.split(" ")[0] in claims) == (label == "Claim")]
        before = judged(held, label)
        after = _after(before, of_label)
        was, now = standing(before), standing(after)
        yield from _counts(was, now, label)
        yield from _doubts(was, now)
        if label == "Actor":
            yield from _notes(graph, changes, was, now)


def _ends(changes: Iterable[Change]) -> set[str]:
    return {
        str(cells[k]) for c in changes for cells in (c.before, c.after) if cells for k in ("left", "right")
    }


def _after(rows: Iterable[Judged], changes: Iterable[Change]) -> list[Judged]:
    """The rows as these changes of the table judgements leave them."""
    found = {f"{row.left} {row.right} {row.coder}": row for row in rows}
    for change in changes:
        found.pop(change.record, None)
        if change.after:
            found[change.record] = _judged(change.after)
    return list(found.values())


def _judged(cells: Cells) -> Judged:
    return Judged(
        cells["left"], cells["right"], cells["judgement"], cells.get("coder", ""), cells.get("decided_on", "")
    )


def _counts(was: Standing, now: Standing, label: str) -> Iterator[str]:
    what = {"Actor": "counts as", "Claim": "tells the same happening as"}[label]
    alone = {"Actor": "is an actor of its own again", "Claim": "tells a happening of its own again"}[label]
    for ident, counts in now.canonical.items():
        if was.canonical.get(ident) != counts:
            yield f"{ident} {what} {counts} in every query; its record stays as it is."
    for ident in was.canonical.keys() - now.canonical.keys():
        if ident not in now.canonical.values():
            yield f"{ident} {alone}."


def _doubts(was: Standing, now: Standing) -> Iterator[str]:
    for a, b in now.open:
        if (a, b) not in was.open:
            yield f"Note: coders disagree on {a} and {b}, both on the last day: nothing is decided."
    for a, b in now.against:
        if (a, b) not in was.against:
            yield f"Note: {a} and {b} were judged different, and the same over others: none of these counts."


def _notes(graph: read.Reader, changes: Sequence[Change], was: Standing, now: Standing) -> Iterator[str]:
    new = {ident: counts for ident, counts in now.canonical.items() if was.canonical.get(ident) != counts}
    if not new:
        return
    ids = sorted({*new, *new.values()})
    within = [row["id"] for row in graph.rows(_WITHIN, {"ids": ids})]
    within += [c.record for c in changes if c.after and _inside(c.after, now.canonical)]
    if within := sorted(set(within)):
        more = f" and {len(within) - FIRST} more" if len(within) > FIRST else ""
        yield f"Note: claims of one actor with itself then: {', '.join(within[:FIRST])}{more}."
    kinds = {ident: cells["kind"] for _, ident, cells in read.nodes(graph, "Actor", ids)}
    for ident, counts in new.items():
        one, other = kinds.get(ident, ""), kinds.get(counts, "")
        if one and other and KIND_LABELS[one] != KIND_LABELS[other]:
            yield f"Note: {ident} is a {one}, {counts} a {other}."


def _inside(cells: Cells, canonical: Mapping[str, str]) -> bool:
    a, b = cells.get("from"), cells.get("to")
    return bool(a and b) and canonical.get(str(a), a) == canonical.get(str(b), b)


_WITHIN = """
MATCH (a:Actor)<-[:FROM]-(c:Claim)-[:TO]->(b:Actor) WHERE a.id IN $ids AND b.id IN $ids
RETURN c.id AS id
"""
