"""What a dossier is made of: plain records, without a database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from kb.dates import UNDATED, Bounds
from kb.export.footnotes import Passage
from kb.ties import PairClass

Cells = Mapping[str, Any]
Kind = Literal["actor", "pair", "claim", "case"]


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation: the evidence, how it stands to the record, and the remark on that."""

    evidence: str
    stance: str = "supports"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A claim, search or name as the graph has it: its cells, actors by id, citations and dates."""

    id: str
    kind: str
    cells: Cells
    start: str | None = None
    end: str | None = None
    roles: tuple[tuple[str, str], ...] = ()
    cites: tuple[Cited, ...] = ()
    bounds: Bounds = UNDATED

    @property
    def status(self) -> str:
        """Accepted, disputed, rejected or needs_work."""
        return str(self.cells.get("status", "accepted"))

    @property
    def actors(self) -> frozenset[str]:
        """Everybody who takes part."""
        return frozenset(filter(None, (self.start, self.end, *(actor for actor, _ in self.roles))))

    @property
    def doubted(self) -> bool:
        """Whether somebody disagrees, or a passage denies it."""
        return self.status in ("disputed", "rejected") or any(c.stance == "contradicts" for c in self.cites)


@dataclass(frozen=True, slots=True)
class Happening:
    """The readings of one occurrence, or one claim that stands alone; the most exact accepted one first."""

    readings: tuple[Fact, ...]

    @property
    def first(self) -> Fact:
        """The reading by which it is told."""
        return self.readings[0]

    @property
    def dated(self) -> bool:
        """Whether any reading has a date."""
        return any(reading.bounds.dated for reading in self.readings)

    @property
    def rank(self) -> tuple[date, date, str]:
        """The order of a timeline: the first day on which it can have begun, then the last."""
        bounds = next((r.bounds for r in self.readings if r.bounds.dated), UNDATED)
        first = bounds.start_lo or bounds.start_hi or bounds.end_hi or date.max
        return first, bounds.end_hi or date.max, self.first.id


@dataclass(frozen=True, slots=True)
class Pair:
    """Two actors, what their tie is worth over the whole time of which their claims speak, and that time."""

    worth: PairClass
    since: date
    until: date

    @property
    def ends(self) -> tuple[str, str]:
        """The ids of the two."""
        return self.worth.hub, self.worth.actor


@dataclass(frozen=True, slots=True)
class Stand:
    """The state of the graph a dossier was made from: the last load, and when it was made."""

    load: str
    loaded_at: datetime | None
    made_on: date


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that a dossier tells. `actors`, `evidence` and `sources` are by id.

    `subject` are the ids it is about: one actor, two actors, the claims of one occurrence, or one case.
    """

    kind: Kind
    subject: tuple[str, ...]
    title: str
    stand: Stand
    actors: Mapping[str, Cells]
    claims: Sequence[Fact]
    names: Sequence[Fact] = ()
    searches: Sequence[Fact] = ()
    findings: Sequence[Cells] = ()
    pairs: Sequence[Pair] = ()
    evidence: Mapping[str, Cells] = field(default_factory=dict)
    sources: Mapping[str, Cells] = field(default_factory=dict)
    case: Cells = field(default_factory=dict)

    def name(self, actor: str | None) -> str:
        """The name of an actor."""
        return (
            str(self.actors[actor]["name"])
            if actor is not None and actor in self.actors
            else "an unnamed actor"
        )

    def passages(self, *facts: Fact) -> list[Passage]:
        """The passages that these records cite, each once."""
        stances: dict[str, str] = {}
        for cited in (cited for fact in facts for cited in fact.cites):
            stances.setdefault(cited.evidence, cited.stance)
        return [Passage(self.evidence[ident], stance) for ident, stance in stances.items()]

    def origins(self, *facts: Fact) -> int:
        """How many independent origins support these records."""
        cited = {c.evidence for fact in facts for c in fact.cites if c.stance == "supports"}
        return len({self.evidence[ident]["origin"] for ident in cited})

    def happenings(self, *kinds: str) -> list[Happening]:
        """The claims (of these kinds, or all), readings of one occurrence together, in the order of time."""
        return sorted(
            _grouped([c for c in self.claims if not kinds or c.kind in kinds]), key=lambda h: h.rank
        )


def _grouped(claims: Sequence[Fact]) -> Iterator[Happening]:
    groups: dict[str, list[Fact]] = {}
    for claim in claims:
        groups.setdefault(claim.cells.get("occurrence") or f"claim {claim.id}", []).append(claim)
    for group in groups.values():
        yield Happening(tuple(sorted(group, key=_precedence)))


def _precedence(claim: Fact) -> tuple[Any, ...]:
    """Accepted before doubted, dated before undated, the shorter span first."""
    lo, hi = claim.bounds.start_lo, claim.bounds.end_hi
    span = (hi - lo).days if lo and hi else 10**7
    return claim.status != "accepted", not claim.bounds.dated, span, claim.id
