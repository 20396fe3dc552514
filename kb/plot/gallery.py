"""Every figure by name: the frames of a graph and what was asked for, to the numbers and words of a figure.

`FIGURES` is the list behind `kb plot`. A figure is asked for what the analysis of its numbers is asked for
(`kb.analysis.study.Asked`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from kb.analysis import flows, frames, study
from kb.analysis.frames import Frames
from kb.analysis.study import Asked
from kb.errors import NotFound, did_you_mean
from kb.plot import dimensions, hub_years, network, pledge_months, support, support_years, timeline
from kb.plot.style import Caption

MOST_WORKS = 4  # named in a caption


@dataclass(frozen=True, slots=True)
class Made:
    """A figure that can be drawn: its numbers, what draws them, and the words of its caption.

    `claims` = ids of the claims behind the numbers; `works` = ids of the works they were taken from, where
    only certain works were asked for.
    """

    numbers: pd.DataFrame
    draw: Callable[[pd.DataFrame, Caption | None], Any]
    title: str
    n: str
    note: str
    claims: Collection[str] = ()
    works: Sequence[str] = ()

    def figure(self, sources: Sequence[str], loaded: date | None) -> Any:
        """The figure with its caption; `sources` names works in short, `loaded` is the day of the load."""
        named = "; ".join(sources[:MOST_WORKS]) or "the claims name none"
        more = len(sources) - MOST_WORKS
        named += f"; and {more} more work{'s' * (more > 1)}" * (more > 0)
        return self.draw(self.numbers, Caption(self.title, self.n, named, loaded, self.note))


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: what it shows, which fields of `Asked` it uses, and how it is made."""

    name: str
    title: str
    make: Callable[[Frames, Asked], Made]
    uses: tuple[str, ...] = ("hubs", "first", "last")

    @property
    def example(self) -> str:
        """Options that draw it from the casebook."""
        years = "--from 2012 --to 2015 " if "first" in self.uses else ""
        return f"{years}--out {self.name}.svg"


def find(name: str, *others: str) -> Figure:
    """The figure of that name. Raises NotFound with the nearest one, of `others` too."""
    if name not in FIGURES:
        known = (*FIGURES, *others)
        near = did_you_mean(name, known)
        raise NotFound(f"No figure named '{name}'.", near or f"There are: {', '.join(known)}.")
    return FIGURES[name]


def timeline_of(name: str, happenings: pd.DataFrame, first: int | None, last: int | None) -> Made:
    """The timeline of an actor; `happenings` as in `kb.plot.timeline.plotted`, with a column `claims`."""
    numbers = timeline.plotted(happenings, first, last)
    shown = timeline.within(happenings, first, last)
    undated = int(happenings[list(frames.BOUNDS)].isna().all(axis=1).sum())
    n = f"n = {len(numbers)} happening{'s' * (len(numbers) != 1)}"
    n += f"; {undated} more without a date" * bool(undated)
    title = f"Timeline of {name}{_years(first, last)}"
    return Made(numbers, timeline.figure, title, n, timeline.NOTE, _all(shown["claims"]))


def _all(lists: Iterable[Iterable[str]]) -> set[str]:
    return {ident for idents in lists for ident in idents}


def _years(first: int | None, last: int | None) -> str:
    if first is None and last is None:
        return ""
    if first is None or last is None:
        return f", {first} and later" if last is None else f", {last} and earlier"
    return f", {first}" if first == last else f", {first}–{last}"


def _hubs(held: Frames, hubs: Sequence[str]) -> str:
    names = dict(zip(held.actors["id"], held.actors["name"], strict=True))
    told = [names.get(hub, hub) for hub in hubs]
    return f"{', '.join(told[:-1])} and {told[-1]}" if len(told) > 1 else told[0]


def _network(held: Frames, asked: Asked) -> Made:
    partners = study.run("partner_years", held, asked)
    numbers = network.plotted(partners)
    years = _years(numbers["year"].min(), numbers["year"].max())
    n = f"n = {len(partners)} pair-years of {partners['partner'].nunique()} partners"
    title = f"The network of {_hubs(held, asked.hubs)}{years}"
    return Made(numbers, network.figure, title, n, network.NOTE, _all(partners["claims"]))


def _hub_years(held: Frames, asked: Asked) -> Made:
    first, last = frames.year_range(held.claims, asked.first, asked.last)
    partners = study.run("partner_years", held, asked)
    by_year = frames.hub_years(partners, first, last, frames.schisms(held.claims))
    numbers = hub_years.plotted(partners, by_year)
    n = f"n = {len(partners)} pair-years of {partners['partner'].nunique()} partners"
    title = f"Partners of {_hubs(held, asked.hubs)} by year and kind of tie{_years(first, last)}"
    return Made(numbers, hub_years.figure, title, n, hub_years.NOTE, _all(partners["claims"]))


def _dimensions(held: Frames, asked: Asked) -> Made:
    partners = study.run("partner_years", held, asked)
    compared = study.compared(partners, held, asked)
    names = {hub: _hubs(held, [hub]) for hub in asked.hubs}
    numbers = dimensions.plotted(compared, names)
    row = compared.iloc[0]
    sizes = [(row[f"n_{side}"] + row[f"missing_{side}"], names[row[f"hub_{side}"]]) for side in (1, 2)]
    n = "n = " + " and ".join(f"{size} pair-years of {hub}" for size, hub in sizes)
    title = f"{_hubs(held, asked.hubs)} on eight dimensions{_years(asked.first, asked.last)}"
    note = f"{dimensions.NOTE}{_assumed(asked)}"
    return Made(numbers, dimensions.figure, title, n, note, _all(partners["claims"]))


def _assumed(asked: Asked) -> str:
    """What was assumed, in words."""
    said = {
        " Only what holds for certain.": asked.holding == "certain",
        f" Only support that the hub has {asked.way}.": asked.way != "either",
        " Support of which nobody speaks is assumed not to have been given.": asked.silence == "zero",
    }
    return "".join(words for words, holds in said.items() if holds)


def _pledge_months(held: Frames, asked: Asked) -> Made:
    numbers = pledge_months.plotted(study.run("pledge_months", held, asked))
    n = f"n = {numbers['rows'].sum()} rows, {numbers['events'].sum()} events"
    where = f" ({asked.locator})" if asked.work and asked.locator else ""
    title = f"Pledges to {_hubs(held, [asked.recipient])} by month{where}"
    told = held.claims[held.claims["status"] != "rejected"]
    claims = told[(told["kind"] == "pledge") & (told["to"] == asked.recipient)]
    works = (asked.work,) if asked.work else ()
    return Made(numbers, pledge_months.figure, title, n, pledge_months.NOTE, set(claims["id"]), works)


def _support_years(held: Frames, asked: Asked) -> Made:
    gave = study.run("flow_years", held, asked)
    numbers = support_years.plotted(flows.flow_counts(gave))
    sure = numbers.loc[numbers["support_type"] == flows.ANY_TYPE, "certain"].sum()
    n = f"n = {len(gave)} ordered pairs and years, {sure} of them for certain"
    title = f"Support between groups by year and type{_years(numbers['year'].min(), numbers['year'].max())}"
    return Made(numbers, support_years.figure, title, n, support_years.NOTE, _all(gave["claims"]))


def _support(held: Frames, asked: Asked) -> Made:
    dyads = study.run("dyad_years", held, asked)
    numbers = support.plotted(dyads, asked.hubs)
    pairs = set(zip(numbers["giver"], numbers["taker"], strict=True))
    n = f"n = {len(pairs)} ordered pairs"
    title = f"Support to and from {_hubs(held, asked.hubs)}{_years(asked.first, asked.last)}"
    ends = {frozenset(pair) for pair in pairs}
    behind = [row["claims"] for row in dyads.to_dict("records") if frozenset((row["a"], row["b"])) in ends]
    return Made(numbers, support.figure, title, n, support.NOTE, _all(behind))


FIGURES = {
    figure.name: figure
    for figure in (
        Figure("network", "The network of hubs and partners, one panel a year", _network),
        Figure("hub_years", "Partners of each hub by year and kind of tie, as stacked bars", _hub_years),
        Figure(
            "dimensions",
            "Two hubs compared on eight dimensions: differences and intervals",
            _dimensions,
            ("hubs", "first", "last", "counts", "holding", "way", "silence"),
        ),
        Figure(
            "pledge_months",
            "Pledges to one recipient by month: rows and distinct events",
            _pledge_months,
            ("recipient", "work", "locator"),
        ),
        Figure("support", "Who gave which type of support to whom", _support),
        Figure(
            "support_years",
            "How many groups gave each type of support to groups by year",
            _support_years,
            ("first", "last"),
        ),
    )
}
