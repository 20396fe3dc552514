"""What the published numbers are counted from again, and what one count gives back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from kb import dates
from kb.analysis import actors, dimensions, frames
from kb.analysis.frames import Frames
from kb.errors import KbError

IS, AQ = "islamic-state", "al-qaeda"
HUBS = (IS, AQ)
"""The two hubs of the texts, by their ids in the casebook; the first is compared with the second."""
MGAR = "mgar"  # the work whose claims `kb import mgar` writes
SPAN = (1950, 2016)  # the years of MGAR, and of what is counted by year here
MOST = 0.5  # where no more than this share is known, nothing is said of kinds and creeds

Finding = Mapping[Any, Any]
Row = Mapping[Any, Any]
Number = float | int


class NotHere(Exception):
    """Why these data do not give the number."""


@dataclass(frozen=True, slots=True)
class Ours:
    """What comes out: `value` as shown, `reason` in words, `number` for comparing (default: the value)."""

    value: Number | str
    reason: str
    number: Number | None = None

    @property
    def compared(self) -> Number | None:
        """The number that is compared with the published one."""
        return self.value if self.number is None and not isinstance(self.value, str) else self.number


Count = Callable[["Basis", Finding], Ours]


@dataclass
class Basis:
    """What is counted from: the frames (with events), who the two hubs are in them, and counts of attacks.

    `hubs`: id in the casebook -> id in these frames; a hub that is not in them is left out. `counts` as
    `kb.analysis.actors.read_counts` gives it.
    """

    held: Frames
    hubs: Mapping[str, str]
    counts: pd.DataFrame | None = None

    @cached_property
    def is_mgar(self) -> bool:
        """Whether claims of MGAR about a hub are among them."""
        claims, hubs = self.mgar_claims, list(self.hubs.values())
        return bool((claims["from"].isin(hubs) | claims["to"].isin(hubs)).any())

    @property
    def holding(self) -> dimensions.Holding:
        """What counts: all that possibly holds; of MGAR what holds for certain, the years that it codes."""
        return "certain" if self.is_mgar else "possible"

    @property
    def data(self) -> str:
        """What the numbers by year come from, in words."""
        return "the MGAR file" if self.is_mgar else "these data (MGAR is not public)"

    @cached_property
    def claims(self) -> Sequence[Row]:
        """The claims that are not rejected, as rows."""
        return self.held.claims[self.held.claims["status"] != "rejected"].to_dict("records")

    @cached_property
    def events(self) -> Sequence[Row]:
        """The events that are not rejected, as rows."""
        return self.held.events[self.held.events["status"] != "rejected"].to_dict("records")

    @cached_property
    def about(self) -> dict[str, Row]:
        """Actors by id."""
        return {row["id"]: row for row in self.held.actors.to_dict("records")}

    def kind(self, ident: str) -> str | None:
        """The kind of an actor; None when the claims name it and the data do not hold it."""
        return self.about[ident]["kind"] if ident in self.about else None

    def hub(self, published: str) -> str:
        """The id here of a hub of the texts. Raises NotHere."""
        if published not in self.hubs:
            raise NotHere(f"no actor of these data is known to be {published}: name both hubs with --hub")
        return self.hubs[published]

    @property
    def partners(self) -> pd.DataFrame:
        """`partner_years` of both hubs over `years`. Raises NotHere."""
        if isinstance(self._network, NotHere):
            raise self._network
        return self._network[0]

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year in which partners are counted. Raises NotHere."""
        if isinstance(self._network, NotHere):
            raise self._network
        return self._network[1]

    @cached_property
    def _network(self) -> tuple[pd.DataFrame, tuple[int, int]] | NotHere:
        try:
            return self._partner_years([self.hub(hub) for hub in HUBS])
        except NotHere as nothing:
            return nothing
        except KbError as error:
            return NotHere(error.message.rstrip("."))

    def _partner_years(self, hubs: list[str]) -> tuple[pd.DataFrame, tuple[int, int]]:
        claims = self.mgar_claims if self.is_mgar else self.held.claims
        near = claims["from"].isin(hubs) | claims["to"].isin(hubs)
        readings = set(claims.loc[near, "occurrence"].dropna())  # a rival reading can name another pair
        own = claims[near | claims["occurrence"].isin(readings)]
        begun = own.loc[own["kind"] != "search", "start_lo"].dropna()
        if begun.empty:
            raise NotHere("no tie of a hub has a known beginning")
        # before a first beginning is known, ties without a known one would fill the years
        years = max(min(begun).year, SPAN[0]), min(frames.known_years(own)[1], SPAN[1])
        if years[0] > years[1]:
            raise NotHere(f"no tie of a hub lies within {SPAN[0]} to {SPAN[1]}")
        dyads = frames.dyad_years(own, self.held.actors, *years)
        return frames.partner_years(dyads, self.held.actors, hubs), years

    @cached_property
    def compared(self) -> dict[str, Row]:
        """The rows of `dimensions.dimensions`, by dimension. Raises NotHere."""
        about = actors.actor_years(self.partners, self.held.actors, self.counts)
        measured = dimensions.measures(self.partners, about, holding=self.holding)
        found = dimensions.dimensions(measured, [self.hub(hub) for hub in HUBS], resamples=0)
        return {row["dimension"]: row for row in found.to_dict("records")}

    @cached_property
    def mgar_claims(self) -> pd.DataFrame:
        """The claims of MGAR."""
        of_mgar = self.held.claims["works"].map(lambda works: MGAR in (works or ()))
        return self.held.claims[of_mgar.astype(bool)]  # of no claims it would be no mask

    def band(self, hub: str, year: int, *kinds: str) -> tuple[int, int]:
        """How many partners of these kinds a hub has in a year: for certain, and possibly."""
        first, last = self.years
        if not first <= year <= last:
            raise NotHere(f"from {self.data}: {year} is outside the data, which run from {first} to {last}")
        own = self.partners[(self.partners["hub"] == self.hub(hub)) & (self.partners["year"] == year)]
        found = [frames.of_kind(own, kind) for kind in kinds]
        sure, may = sum(len(s) for s, _ in found), sum(len(m) for _, m in found)
        return (sure, sure) if self.is_mgar else (sure, may)


def tidy(number: Number, digits: int = 4) -> Number:
    """The number without the noise of floats, whole where it is whole."""
    rounded = round(number, digits)
    return int(rounded) if rounded == int(rounded) else rounded


def possibly_in(row: Row, first: int, last: int) -> bool:
    """Whether a claim or event possibly holds within these calendar years."""
    window = frames.year_window(first, last)
    bounds = dates.Bounds(*(row[name] for name in frames.BOUNDS))
    return bounds.dated and dates.holds(bounds, window) != "no"


def counted(rows: Collection[Row]) -> Ours:
    """How many happenings these claims or events tell, readings of one occurrence counted once."""
    works = sorted({work for row in rows for work in row["works"] or ()})
    told = f"counted from {', '.join(sorted(row['id'] for row in rows))} ({', '.join(works)})"
    return Ours(len({row["occurrence"] or row["id"] for row in rows}), told)


def names(basis: Basis, ids: Collection[str], most: int = 3) -> str:
    """The names of these actors, the first few of them."""
    found = sorted(basis.about[ident]["name"] if ident in basis.about else ident for ident in ids)
    return ", ".join(found[:most]) + (f" and {len(found) - most} more" if len(found) > most else "")
