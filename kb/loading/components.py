"""Sets of ids that belong together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence


class Components:
    """Ids joined pair by pair; two ids that are joined over others have the same root (by path halving)."""

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        self._parent: dict[str, str] = {}
        for a, b in pairs:
            self.join(a, b)

    def root(self, ident: str) -> str:
        """The id that stands for the set."""
        parent = self._parent
        while parent.get(ident, ident) != ident:
            parent[ident] = parent.get(parent[ident], parent[ident])
            ident = parent[ident]
        return ident

    def join(self, a: str, b: str) -> None:
        """Make one set of the two in which these ids are."""
        self._parent[self.root(a)] = self.root(b)

    def sets(self, ids: Iterable[str]) -> list[list[str]]:
        """These ids, those of one set together; sorted."""
        found: dict[str, list[str]] = defaultdict(list)
        for ident in sorted(set(ids)):
            found[self.root(ident)].append(ident)
        return sorted(found.values())


def origins(
    rests_on: Mapping[str, Sequence[str]], repeats: Iterable[tuple[str, str]], works: Iterable[str]
) -> dict[str, str]:
    """The origin of each evidence: the smallest id of the works that stand behind it (model, section 2).

    `rests_on`: evidence to the works and the other evidence that it rests on; `repeats`: works of one origin.
    """
    joined = Components(repeats)
    for ident, behind in rests_on.items():
        for other in behind:
            joined.join(ident, other)
    names = {joined.root(work): work for work in sorted(works, reverse=True)}
    return {ident: names.get(joined.root(ident), ident) for ident in rests_on}
