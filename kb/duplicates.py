"""Pairs of actors that may be one, scored: names, country, years, kind, and ids elsewhere.

The score is that of the nearest two names (`kb.likeness`), moved by what else is known. It only sorts a list
for a person to judge: nothing counts as one before `kb judge` says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, NamedTuple

from kb.blocking import worth_comparing
from kb.loading import read
from kb.loading.canonical import JUDGED, judged
from kb.loading.judgements import latest, standing
from kb.model import KIND_LABELS
from kb.resolve import Likeness, compare
from kb.spelling import fold, spelled

# The least score that is listed. Chosen on 300 pairs of names judged by hand (tests/data/ofac_pairs.csv): the
# lowest of the curve at which nine in ten listed pairs are one (tests/bench/duplicates.py prints it).
MIN_SCORE = 66.0

_SAME_COUNTRY, _OTHER_COUNTRY, _YEARS_APART, _OTHER_KIND, _OTHER_ID, _RELATED = 3, -15, -10, -25, -25, -15
_YEARS = 5  # between the last of one and the first of the other, before they count as apart
_GAIN = 3  # the most that can be added to the likeness of names

Progress = Callable[[int, int], None]  # done, total


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an actor: every name, its active years (0 = not known), how many claims name it.

    `loaded` is when a load first wrote it, in milliseconds since 1970.
    """

    id: str
    name: str
    kind: str
    names: tuple[str, ...]
    countries: tuple[str, ...] = ()
    xref: tuple[str, ...] = ()
    first: int = 0
    last: int = 0
    said: int = 0
    loaded: int = 0

    def __str__(self) -> str:
        years = f"{self.first or ''}–{self.last or ''}" if self.first or self.last else ""
        return "; ".join(filter(None, (self.name, ", ".join(self.countries), years)))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one: the score (0 to 100), the reasons, and what was judged, if anything.

    `left` is the one to stay: of actors the one that was loaded first; of two in one load, and of claims, the
    one of which more is said. `about` says of each in a few words what it is.
    """

    what: str
    left: str
    right: str
    score: float
    reasons: tuple[str, ...]
    about: tuple[str, str] = ("", "")
    judgement: str = ""

    @property
    def command(self) -> str:
        """What to type when they are one."""
        return f'kb judge {self.left} {self.right} same --why ""'

    def as_dict(self) -> dict[str, Any]:
        """For JSON and CSV."""
        return {
            "what": self.what,
            "score": round(self.score, 1),
            "left": self.left,
            "right": self.right,
            "left_about": self.about[0],
            "right_about": self.about[1],
            "reasons": list(self.reasons),
            "judgement": self.judgement,
            "command": self.command,
        }


def duplicate_actors(
    graph: read.Reader,
    *,
    min_score: float = MIN_SCORE,
    with_judged: bool = False,
    progress: Progress = lambda *_: None,
) -> list[Pair]:
    """Pairs of actors that may be one, the best first; those judged already only when asked for."""
    known = {actor.id: actor for actor in _known(graph, with_judged)}
    judgements = decided(graph, "Actor", with_judged)
    near = alike(list(known.values()), min_score=min_score, progress=progress)
    near = [replace(p, judgement=judgements.get(in_order(p.left, p.right), "")) for p in near]
    near = _related(graph, [pair for pair in near if with_judged or not pair.judgement])
    return sorted((p for p in near if p.score >= min_score), key=lambda p: (-p.score, p.left, p.right))


def alike(
    actors: Sequence[Known], *, min_score: float = MIN_SCORE, progress: Progress = lambda *_: None
) -> list[Pair]:
    """Pairs of these actors with at least this score, in no order."""
    by_id = {actor.id: actor for actor in actors}
    nearest: dict[tuple[str, str], _Near] = {}
    found = list(worth_comparing({actor.id: actor.names for actor in actors}, min_score - _GAIN))
    for done, (one, other) in enumerate(found):
        if done % 1000 == 0:
            progress(done, len(found))
        one, other = sorted((one, other))
        likeness = compare(one.text, other.text)
        key = one.owner, other.owner
        if key not in nearest or nearest[key].likeness.score < likeness.score:
            nearest[key] = _Near(likeness, f"{one.text} / {other.text}")
    progress(len(found), len(found))
    nearest |= dict.fromkeys(_same_elsewhere(actors) - nearest.keys(), _Near(Likeness(0.0, ""), ""))
    scored = (_scored(by_id[one], by_id[other], near) for (one, other), near in nearest.items())
    return [pair for pair in scored if pair.score >= min_score]


class _Near(NamedTuple):
    """How alike the nearest two names of two actors are, and these names."""

    likeness: Likeness
    names: str


def _same_elsewhere(actors: Iterable[Known]) -> set[tuple[str, str]]:
    """Pairs that have an id of another collection in common."""
    held: dict[str, set[str]] = defaultdict(set)
    for actor in actors:
        for xref in actor.xref:
            held[xref].add(actor.id)
    return {pair for ids in held.values() for pair in combinations(sorted(ids), 2)}


def _scored(a: Known, b: Known, near: _Near) -> Pair:
    left, right = sorted((a, b), key=lambda actor: (actor.loaded, -actor.said, actor.id))
    if shared := sorted({*a.xref} & {*b.xref}):
        return _pair(left, right, 100, [f"same id elsewhere ({', '.join(shared)})"])
    likeness, text = near
    moves = list(_moves(left, right))
    moved = sum(points for points, _ in moves)
    reasons = [f"{likeness.reason}: {text}"]
    return _pair(left, right, likeness.score + min(moved, _GAIN), [*reasons, *(why for _, why in moves)])


def _pair(left: Known, right: Known, points: float, reasons: Sequence[str]) -> Pair:
    points = max(0.0, min(100.0, points))
    return Pair("actor", left.id, right.id, points, tuple(reasons), (str(left), str(right)))


def _moves(a: Known, b: Known) -> Iterator[tuple[int, str]]:
    """What speaks for and against two actors besides their names: points, and why."""
    if a.countries and b.countries:
        both = sorted({x for x in a.countries for y in b.countries if _same_place(x, y)})
        apart = f"countries differ ({a.countries[0]}, {b.countries[0]})"
        yield (_SAME_COUNTRY, f"both in {both[0]}") if both else (_OTHER_COUNTRY, apart)
    if a.first and b.first and max(a.first, b.first) > min(a.last or 9999, b.last or 9999) + _YEARS:
        yield _YEARS_APART, f"years apart ({a.first}–{a.last or ''}, {b.first}–{b.last or ''})"
    if KIND_LABELS[a.kind] != KIND_LABELS[b.kind]:
        yield _OTHER_KIND, f"{a.kind} and {b.kind}"
    schemes = {x.partition(":")[0] for x in a.xref} & {x.partition(":")[0] for x in b.xref}
    if schemes:
        yield _OTHER_ID, f"two ids in {', '.join(sorted(schemes))}"


def _same_place(one: str, other: str) -> bool:
    if fold(one) == fold(other):
        return True
    a, b = ({word.place for word in spelled(text).words if word.place} for text in (one, other))
    return bool(a & b)


# --- the graph ----------------------------------------------------------------------------------


def _known(graph: read.Reader, with_judged: bool) -> Iterator[Known]:
    for row in graph.rows(_ACTORS.format(labels="Actor|Duplicate" if with_judged else "Actor")):
        yield Known(
            row["id"],
            row["name"],
            row["kind"],
            tuple(dict.fromkeys([row["name"], *row["names"]])),
            tuple(row["country"] or ()),
            tuple(row["xref"] or ()),
            min((year for year in (row["founded"], row["first"]) if year), default=0),
            max((year for year in (row["dissolved"], row["last"]) if year), default=0),
            row["said"],
            row["loaded"] or 0,
        )


# With the duplicates asked for each has what is recorded of it, else the actor that counts has it all.
_ACTORS = """
MATCH (n:{labels})
CALL (n) {{
  MATCH (n)-[:SAME_AS*0..1]->(a:Actor)<-[r:OF]-(m:Name)
  WHERE NOT n:Duplicate OR r.recorded = n.id
  RETURN collect(m.name) AS names
}}
CALL (n) {{
  MATCH (n)<-[:FROM|TO|INVOLVES]-(c:Claim)
  RETURN count(c) AS said, min(c.start_lo).year AS first, max(c.end_hi).year AS last
}}
CALL (n) {{
  MATCH (l:Load)-[:MADE]->(:Change {{record: n.id}})
  RETURN min(l.loaded_at).epochMillis AS loaded
}}
RETURN n.id AS id, n.name AS name, n.kind AS kind, n.country AS country, n.xref AS xref,
       n.founded_lo.year AS founded, n.dissolved_hi.year AS dissolved, names, said, first, last, loaded
ORDER BY id
"""


def decided(graph: read.Reader, label: str, recorded: bool) -> dict[tuple[str, str], str]:
    """Pair to what was decided last about it; of the records that count, or as it was recorded."""
    rows = judged(graph.rows(JUDGED), label)
    counts = {} if recorded else standing(rows).canonical
    found: dict[tuple[str, str], str] = {}
    for (a, b), held in latest(rows).items():
        said = sorted({row.judgement for row in held})
        found[in_order(counts.get(a, a), counts.get(b, b))] = " or ".join(said)
    return found


def in_order(a: str, b: str) -> tuple[str, str]:
    """The two ids, the smaller one first."""
    return (a, b) if a < b else (b, a)


def _related(graph: read.Reader, found: Sequence[Pair]) -> list[Pair]:
    """The pairs, lower where a claim leads from the one to the other: nobody pledges to himself."""
    between: dict[tuple[str, str], int] = {}
    for chunk in read.chunks([[pair.left, pair.right] for pair in found], 1000):
        between |= {(r["left"], r["right"]): r["claims"] for r in graph.rows(_BETWEEN, {"pairs": chunk})}
    return [
        _less(pair, number) if (number := between.get((pair.left, pair.right))) and pair.score < 100 else pair
        for pair in found
    ]


def _less(pair: Pair, claims: int) -> Pair:
    reason = f"{claims} claim{'s' * (claims > 1)} between the two"
    return replace(pair, score=max(pair.score + _RELATED, 0), reasons=(*pair.reasons, reason))


_BETWEEN = """
UNWIND $pairs AS pair
MATCH (:Actor {id: pair[0]})<-[:FROM|TO]-(c:Claim)-[:FROM|TO]->(:Actor {id: pair[1]})
RETURN pair[0] AS left, pair[1] AS right, count(DISTINCT c) AS claims
"""
