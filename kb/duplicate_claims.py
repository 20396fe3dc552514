"""Pairs of claims that may tell one happening: one act of the same actors, near in time, in different works.

Claims that share an occurrence are readings of one happening already, and claims out of one work are told
apart by that work; neither is listed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from kb.duplicates import Pair, decided, in_order
from kb.loading import read
from kb.loading.alike import SAID, said

NEAR = 366  # days between two dates that can still mean one happening
_FEW = 50  # undated claims of one kind and pair that are compared with the others
# what the dates make of the score
_EXACT, _OVERLAP, _APART, _VAGUE, _ONE_UNDATED, _UNDATED = 100.0, 92.0, 88.0, 76.0, 72.0, 70.0


class Told(NamedTuple):
    """A claim with what is compared; `about` = what it says of whom, `cited` = passages that stand for it."""

    id: str
    about: str
    written: str
    first: date | None
    last: date | None
    happening: str
    works: frozenset[str]
    cited: int

    def __str__(self) -> str:
        return f"{self.about}; {self.written or 'undated'}"


def duplicate_claims(graph: read.Reader, *, min_score: float, with_judged: bool = False) -> list[Pair]:
    """Pairs of claims that may tell one happening, the best first; those judged only when asked for."""
    judgements = decided(graph, "Claim", recorded=True)
    found = []
    for told in _alike(graph.rows(_CLAIMS)).values():
        for one, other in _near(told):
            judgement = judgements.get(in_order(one.id, other.id), "")
            listed = with_judged if judgement else one.happening != other.happening
            if listed and (pair := _pair(one, other, judgement)).score >= min_score:
                found.append(pair)
    return sorted(found, key=lambda p: (-p.score, p.left, p.right))


def _pair(one: Told, other: Told, judgement: str) -> Pair:
    left, right = sorted((one, other), key=lambda told: (-told.cited, told.id))
    points, reasons = score(one, other)
    return Pair("claim", left.id, right.id, points, tuple(reasons), (str(left), str(right)), judgement)


def _alike(rows: Sequence[Mapping[str, Any]]) -> dict[tuple[Any, ...], list[Told]]:
    """The claims that say the same of the same actors."""
    found: dict[tuple[Any, ...], list[Told]] = defaultdict(list)
    for row in rows:
        ends = [(end["id"], end["role"]) for end in row["ends"]]
        if not ends:
            continue
        same = said(row["kind"], row["what"], ends, row["either_way"], row["title"])
        names = " → ".join(end["name"] for end in row["ends"][:2])
        found[same].append(
            Told(
                row["id"],
                f"{same[1]}: {row['title'] or names}",
                row["date"] or "",
                row["first"],
                row["last"],
                row["happening"],
                frozenset(row["works"]),
                row["cited"],
            )
        )
    return found


def _near(told: list[Told]) -> Iterator[tuple[Told, Told]]:
    """Pairs near in time and out of different works, without comparing each claim with every other."""
    dated = sorted((t for t in told if t.first or t.last), key=lambda t: (t.first or date.min, t.id))
    undated = [t for t in told if not (t.first or t.last)][:_FEW]
    for n, one in enumerate(dated):
        for other in dated[n + 1 :]:
            if one.last and other.first and (other.first - one.last).days > NEAR:
                if (other.first - (one.first or one.last)).days > 10 * NEAR:
                    break  # those that follow begin later still
                continue
            if not one.works & other.works:
                yield one, other
    for n, one in enumerate(undated):
        yield from ((one, o) for o in [*undated[n + 1 :], *dated[:_FEW]] if not one.works & o.works)


def score(one: Told, other: Told) -> tuple[float, list[str]]:
    """Points (0 to 100) of two claims that say the same, and the reasons for them, the dates last."""
    works = "different works" if one.works and other.works else "a work is not stated"
    points, dates = _of_dates(one, other)
    return points, ["same act of the same actors", works, dates]


def _of_dates(one: Told, other: Told) -> tuple[float, str]:
    if not one.written and not other.written:
        return _UNDATED, "both undated"
    if not one.written or not other.written:
        return _ONE_UNDATED, "one is undated"
    if one.written == other.written:
        return _EXACT, "same date"
    days = _gap(one, other)
    if not days:
        exact = _span(one) <= NEAR and _span(other) <= NEAR
        return (_OVERLAP, "dates overlap") if exact else (_VAGUE, "dates overlap, but are vague")
    return round(_APART - (_APART - _UNDATED) * days / NEAR, 1), _apart(one, other, days)


def _apart(one: Told, other: Told, days: int) -> str:
    """How far apart they are; between dates that are no days it is only the least that it can be."""
    exact = _span(one) == _span(other) == 0
    return f"{'' if exact else 'at least '}{days} day{'s' * (days != 1)} apart"


def _span(told: Told) -> int:
    """Days between the first and the last on which it can have been."""
    return (told.last - told.first).days if told.first and told.last else NEAR + 1


def _gap(one: Told, other: Told) -> int:
    """Days between the two; 0 when they may overlap."""
    early, late = sorted((one, other), key=lambda t: t.first or date.min)
    return max(0, (late.first - early.last).days) if late.first and early.last else 0


_CLAIMS = f"""
MATCH (c:Claim) WHERE c.status <> 'rejected'
CALL (c) {{
  MATCH (c)-[r:FROM|TO|INVOLVES]->(a:Actor)
  WHERE c:Event OR type(r) <> 'INVOLVES'
  WITH a, CASE type(r) WHEN 'INVOLVES' THEN r.role ELSE type(r) END AS role
  ORDER BY role, a.id
  RETURN collect(DISTINCT {{id: a.id, name: a.name, role: role}}) AS ends
}}
CALL (c) {{
  OPTIONAL MATCH (c)-[:CITES]->(e:Evidence)-[:FOUND_IN]->(s:Source)
  RETURN collect(DISTINCT s.id) AS works, count(e) AS cited
}}
RETURN c.id AS id, ends, works, cited, coalesce(c.occurrence, c.id) AS happening, {SAID}
ORDER BY id
"""
