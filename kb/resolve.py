"""Names to actors: a cell that expects an actor may hold a name instead of an id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from kb.dates import Bounds
from kb.spelling import Likeness, compare, fold

__all__ = ["Candidate", "Likeness", "NameIndex", "compare", "fold"]

_LONGEST = 100  # no name is longer; what is longer is no name and would take long to compare


@dataclass(frozen=True, slots=True)
class Candidate:
    """An actor that a name may mean, how near the name is (0 to 100), and the name that is near.

    `borne` holds the spells in which the name was borne; empty when that is not limited or not known.
    """

    actor: str
    name: str
    score: float
    borne: tuple[Bounds, ...] = ()

    def __str__(self) -> str:
        return f"{self.name} ({self.actor}, {self.score:.0f})"


@dataclass(slots=True)
class NameIndex:
    """Every name that is known, and the actors that bear or bore it."""

    names: dict[str, dict[str, Candidate]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, actor: str, names: Iterable[tuple[str, Bounds | None]]) -> None:
        """Enter names of an actor, each with the spell in which it was borne, if that is known."""
        for name, spell in names:
            held = self.names[fold(name)].get(actor)
            if held is None:
                new = Candidate(actor, name, 100, (spell,) if spell else ())
            elif held.borne:
                new = replace(held, borne=(*held.borne, spell) if spell else ())
            else:
                new = held
            self.names[fold(name)][actor] = new

    def find(self, name: str) -> list[Candidate]:
        """The actors that bear exactly this name, case and diacritics aside."""
        return sorted(self.names.get(fold(name), {}).values(), key=lambda c: c.actor)

    def nearest(self, name: str, limit: int = 3) -> list[Candidate]:
        """The nearest names with their scores, best first, one for an actor."""
        from rapidfuzz import fuzz, process

        if len(name) > _LONGEST:
            return []
        near: dict[str, Candidate] = {}
        for key, score, _ in process.extract(
            fold(name), list(self.names), scorer=fuzz.WRatio, limit=limit * 4, score_cutoff=75
        ):
            for found in self.names[key].values():
                near.setdefault(found.actor, replace(found, score=score))
        return sorted(near.values(), key=lambda c: (-c.score, c.actor))[:limit]
