"""What the rows of the table judgements amount to: which records count as one (no database here).

For a pair the latest decision counts, whoever made it; coders who disagree on the same day decide nothing.
`same` reaches over several pairs, unless a pair within was judged different: then nothing of that set counts
as one until the contradiction is settled. The left one of a judgement is the one that stays; where several
would stay (or none), it is the one with the smallest id. So the answer depends on the rows alone, not on the
order in which they were loaded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from kb import dates
from kb.loading.components import Components

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Judged:
    """One row: two ids, `same`, `different` or `unsure`, by whom and when (EDTF, "" = not stated)."""

    left: str
    right: str
    judgement: str
    coder: str = ""
    decided_on: str = ""

    @property
    def pair(self) -> Pair:
        """The two ids in their order."""
        return (self.left, self.right) if self.left < self.right else (self.right, self.left)

    @property
    def day(self) -> date:
        """The last day on which it may have been decided."""
        return (dates.span(dates.parse(self.decided_on))[1] if self.decided_on else None) or date.min

    def __str__(self) -> str:
        about = ", ".join(filter(None, (self.coder, self.decided_on)))
        return f"{self.left} {self.judgement} {self.right}{f' ({about})' if about else ''}"


@dataclass(frozen=True, slots=True)
class Standing:
    """`canonical`: id to the id it counts as, for those that count as another.

    `against`: pairs judged different that are joined over judgements `same`; nothing of their set counts.
    `open`: pairs on which coders disagree on the last day.
    """

    canonical: Mapping[str, str] = field(default_factory=dict)
    against: tuple[Pair, ...] = ()
    open: tuple[Pair, ...] = ()


def latest(rows: Iterable[Judged]) -> dict[Pair, list[Judged]]:
    """For each pair the decisions of the last day on which one was made."""
    found: dict[Pair, list[Judged]] = defaultdict(list)
    for row in rows:
        held = found[row.pair]
        if held and held[0].day < row.day:
            held.clear()
        if not held or held[0].day == row.day:
            held.append(row)
    return dict(found)


def standing(rows: Iterable[Judged]) -> Standing:
    """Which records count as which other."""
    decided = latest(rows)
    agreed = [held for held in decided.values() if all(row.judgement == "same" for row in held)]
    joined = Components(row.pair for held in agreed for row in held)
    said = {pair: {row.judgement for row in held} for pair, held in decided.items()}
    parted = [pair for pair, words in said.items() if "different" in words]
    against = sorted(pair for pair in parted if joined.root(pair[0]) == joined.root(pair[1]))
    doubtful = {joined.root(a) for a, _ in against}
    right = {row.right for held in agreed for row in held}
    canonical: dict[str, str] = {}
    for members in joined.sets(ident for held in agreed for ident in held[0].pair):
        if joined.root(members[0]) not in doubtful:
            stays = next((ident for ident in members if ident not in right), members[0])
            canonical |= {ident: stays for ident in members if ident != stays}
    disagree = sorted(pair for pair, words in said.items() if len(words) > 1)
    return Standing(canonical, tuple(against), tuple(disagree))


def chain(rows: Iterable[Judged], start: str, end: str) -> list[Judged]:
    """The judgements `same` that join two ids, the fewest; empty when they are not joined."""
    agreed = [held[0] for held in latest(rows).values() if all(row.judgement == "same" for row in held)]
    ways: dict[str, list[Judged]] = {start: []}
    edge = [start]
    while edge and end not in ways:
        reached = edge
        edge = []
        for ident in reached:
            for row in agreed:
                if ident in row.pair and (other := row.pair[row.pair[0] == ident]) not in ways:
                    ways[other] = [*ways[ident], row]
                    edge.append(other)
    return ways.get(end, [])
