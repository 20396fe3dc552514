"""Which claims say the same of the same actors, and those of the graph that new ones would say again.

`said` is the one rule of it, for the rows of a book, for a plan and for `kb duplicates`: kind, codes (act,
type, presence, stage …) and actors, in their order unless the relation has none. Dates are compared apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from kb import dates
from kb.errors import Fault
from kb.loading import read
from kb.loading.book import Placed
from kb.loading.codec import normal
from kb.model import Claim, Event, Support, Tie

CODES = ("act", "support_type", "presence", "stage", "tie_type", "relation", "event_type")
# What `said` needs of a claim `c` of the graph, and its days.
SAID = f"""
[label IN labels(c) WHERE label <> 'Claim'][0] AS kind, [{", ".join(f"c.{code}" for code in CODES)}] AS what,
c:Tie AND NOT coalesce(c.directed, false) OR c.direction IN ['mutual', 'not_stated'] AS either_way,
c.title AS title, c.date AS date, c.start_lo AS first, c.end_hi AS last
"""
NAMED = 3  # claims of the graph that a warning names
CHUNK = 500  # actors whose claims are asked for at once


class Saying(NamedTuple):
    """A claim with what is compared: what it says, its date as written and its outer days, its occurrence."""

    id: str
    said: tuple[Any, ...]
    written: str
    first: date | None
    last: date | None
    occurrence: str | None

    def at_the_time_of(self, other: Saying) -> bool:
        """Whether the two may be of one day; a claim without a date is only like another without one."""
        if not (self.written and other.written):
            return self.written == other.written
        return dates.at_most(self.first, other.last, unknown=True) and dates.at_most(
            other.first, self.last, unknown=True
        )

    def repeats(self, other: Saying) -> bool:
        """Whether it says the same of one time, and no occurrence makes the two readings of one happening."""
        tied = self.occurrence is not None and self.occurrence == other.occurrence
        return self.said == other.said and self.at_the_time_of(other) and not tied


def said(
    kind: str, what: Iterable[Any], ends: Sequence[tuple[str, str]], either_way: bool, title: str | None
) -> tuple[Any, ...]:
    """What a claim says, equal for two that say the same; `ends` = (actor, FROM, TO or role) of each.

    Where nobody takes part in an event its title stands for the actors.
    """
    actors = sorted((actor, "EITHER" if either_way else end) for actor, end in ends)
    return kind, " ".join(filter(None, what)), tuple(actors) or title


def says(claim: Claim, counts_as: Mapping[str, str] | None = None) -> tuple[Any, ...]:
    """What a record says; `counts_as` = actors that were judged the same as others."""
    record: Any = normal(claim) if isinstance(claim, Tie) else claim
    canonical = counts_as or {}
    if isinstance(record, Event):
        parts = (p.rpartition("=") for p in record.participants)
        ends = [(canonical.get(actor, actor), role) for actor, _, role in parts]
    else:
        pair = ((record.from_, "FROM"), (record.to, "TO"))
        ends = [(canonical.get(actor, actor), end) for actor, end in pair]
    what = [getattr(record, code) for code in _codes_of(type(claim))]
    title = record.title if isinstance(record, Event) else None
    return said(type(claim).__name__, what, ends, _either_way(record), title)


@cache
def _codes_of(kind: type[Claim]) -> list[str]:
    """Those of `CODES` that a kind of claim has; to ask a record for a field that it lacks takes long."""
    return [code for code in CODES if code in kind.model_fields]


def _either_way(record: Any) -> bool:
    if isinstance(record, Tie):
        return record.directed is False
    return isinstance(record, Support) and record.direction in ("mutual", "not_stated")


def repeated(
    graph: read.Reader, added: Iterable[Placed], changed: Mapping[str, Claim | None]
) -> Iterator[Fault]:
    """A warning for each new claim that the graph has already, unless both are of one occurrence.

    `changed` has the claims of the graph that the same plan changes, as they will be; None = retracted.
    """
    placed = [p for p in added if isinstance(p.record, Claim) and p.record.status != "rejected"]
    if not placed:
        return
    counts_as = {row["id"]: row["actor"] for row in graph.rows(_COUNT_AS)}
    there: dict[tuple[Any, ...], list[Saying]] = defaultdict(list)
    for saying in _of_graph(graph, placed, counts_as):
        if saying.id not in changed:
            there[saying.said].append(saying)
    for claim in changed.values():
        if claim and claim.status != "rejected":
            saying = _saying(claim, counts_as)
            there[saying.said].append(saying)
    found = [(p, others) for p in placed if (others := _others(p.record, there, counts_as))]
    works = _works(graph, (o.id for _, others in found for o in others[:NAMED]))
    yield from (_warning(p, others, works) for p, others in found)


def _others(
    claim: Any, there: Mapping[tuple[Any, ...], Sequence[Saying]], counts_as: Mapping[str, str]
) -> list[Saying]:
    """Those that the claim repeats; its dates are read only where something says the same."""
    same = there.get(says(claim, counts_as)) if there else None
    if not same:
        return []
    own = _saying(claim, counts_as)
    return sorted(other for other in same if own.repeats(other))


def _saying(claim: Any, counts_as: Mapping[str, str]) -> Saying:
    first, last = dates.span(dates.parse(claim.date or ""))
    return Saying(claim.id, says(claim, counts_as), claim.date or "", first, last, claim.occurrence)


def _of_graph(graph: read.Reader, new: Iterable[Placed], counts_as: Mapping[str, str]) -> Iterator[Saying]:
    """The claims of the graph among the actors of the new ones, each actor's asked for once."""
    starts, ends, types = set(), set(), set()
    for placed in new:
        record: Any = placed.record
        if isinstance(record, Event):
            types.add(record.event_type)
            continue
        _, _, actors = says(record, counts_as)
        ends |= {actor for actor, _ in actors}
        starts |= {actor for actor, end in actors if end != "TO"}
    for chunk in read.chunks(sorted(starts), CHUNK):
        yield from map(_row, graph.rows(_DYADS, {"starts": chunk, "ends": sorted(ends)}))
    if types:
        yield from map(_row, graph.rows(_EVENTS, {"types": sorted(types)}))


def _row(row: Mapping[str, Any]) -> Saying:
    ends = [(actor, role) for actor, role in row["ends"]]
    what = said(row["kind"], row["what"], ends, row["either_way"], row["title"])
    return Saying(row["id"], what, row["date"] or "", row["first"], row["last"], row["occurrence"])


def _works(graph: read.Reader, claims: Iterable[str]) -> dict[str, list[str]]:
    """Claim to the works that its evidence was found in."""
    return {
        row["id"]: row["works"]
        for chunk in read.chunks(sorted(set(claims)))
        for row in graph.rows(_WORKS, {"ids": chunk})
    }


def _warning(placed: Placed, others: Sequence[Saying], works: Mapping[str, Sequence[str]]) -> Fault:
    named = [
        f"{other.id} ({', '.join([other.written or 'undated', *works.get(other.id, ())[:1]])})"
        for other in others[:NAMED]
    ]
    more = f" and {len(others) - NAMED:,} more" * (len(others) > NAMED)
    shared = next((other.occurrence for other in others if other.occurrence), None)
    one = f"write occurrence {shared}" if shared else f"add it and `kb judge` it the same as {others[0].id}"
    return placed.fault(
        "occurrence",
        getattr(placed.record, "occurrence", None),
        "duplicate-claim",
        f"the graph has this already, at the same or an overlapping time: {', '.join(named)}{more}",
        f"If they tell one happening, {one}, or leave this out and cite its passage there.",
        "warning",
    )


_COUNT_AS = "MATCH (d:Duplicate)-[:SAME_AS]->(a:Actor) RETURN d.id AS id, a.id AS actor"
_RETURN = f"RETURN c.id AS id, c.occurrence AS occurrence, ends, {SAID}"
_DYADS = f"""
UNWIND $starts AS start
MATCH (a:Actor {{id: start}})<-[:FROM]-(c:Claim)-[:TO]->(b:Actor)
WHERE b.id IN $ends AND c.status <> 'rejected'
WITH c, [[a.id, 'FROM'], [b.id, 'TO']] AS ends
{_RETURN}
"""
_EVENTS = f"""
MATCH (c:Event) WHERE c.event_type IN $types AND c.status <> 'rejected'
WITH c, [(c)-[r:INVOLVES]->(a) | [a.id, r.role]] AS ends
{_RETURN}
"""
_WORKS = """
UNWIND $ids AS id
MATCH (:Claim {id: id})-[:CITES]->(:Evidence)-[:FOUND_IN]->(s:Source)
WITH DISTINCT id, s.id AS work ORDER BY work
RETURN id, collect(work) AS works
"""
