"""Every analysis by name: the frames of a graph and what was asked for, to one frame.

`ANALYSES` is the list behind `kb analyse`; figures and replications call the same functions. The defaults are
those of the bundled casebook.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from kb.analysis import actors, describe, dimensions, flows, frames, pledges, robustness, survival
from kb.analysis.frames import Frames
from kb.errors import NotFound, did_you_mean


@dataclass(frozen=True, slots=True)
class Asked:
    """What an analysis is asked for; each of them uses a part of it.

    `first` and `last` are calendar years, by default all that the claims name; `counts` is a frame of
    `kb.analysis.actors.read_counts`; `holding`, `way` and `silence` as in `kb.analysis.dimensions.measures`,
    `least` as in `kb.analysis.flows.providers`.
    """

    hubs: tuple[str, ...] = ("islamic-state", "al-qaeda")
    first: int | None = None
    last: int | None = None
    counts: pd.DataFrame | None = None
    recipient: str = "islamic-state"
    work: str | None = "plapinger-potter"
    locator: str | None = "Table 1"
    schism: str = "aq-is-schism"
    holding: dimensions.Holding = "possible"
    way: dimensions.Way = "either"
    silence: dimensions.Silence = "missing"
    least: int = 1


@dataclass(frozen=True, slots=True)
class Analysis:
    """One analysis: what it tells, which fields of `Asked` it uses, and how its table is shown.

    `key` names the columns that tell one row from all others, `same` whether a row still holds when it is
    counted again from other claims.
    """

    name: str
    title: str
    run: Callable[[Frames, Asked], pd.DataFrame]
    key: tuple[str, ...]
    uses: tuple[str, ...] = ("hubs", "first", "last")
    show: tuple[str, ...] = ()
    group: str | None = None
    same: robustness.SameRow = robustness.same_cells

    def robust(
        self, held: Frames, asked: Asked, progress: robustness.Progress = lambda *_: None
    ) -> pd.DataFrame:
        """The table with `holds` and `broken_by`, see `kb.analysis.robustness.robust_rows`.

        The years are those of all claims, also where some of them are set aside.
        """
        windowed = "first" in self.uses
        if windowed:
            first, last = frames.year_range(held.claims, asked.first, asked.last)
            asked = replace(asked, first=first, last=last)
        return robustness.robust_rows(
            held,
            lambda then: self.run(then, asked),
            self.key,
            self.same,
            windowed=windowed,
            progress=progress,
        )


def run(name: str, held: Frames, asked: Asked | None = None) -> pd.DataFrame:
    """The frame of the analysis of that name. Raises NotFound for an unknown one, and whatever it raises."""
    return find(name).run(held, asked or Asked())


def find(name: str) -> Analysis:
    """The analysis of that name."""
    if name not in ANALYSES:
        near = did_you_mean(name, ANALYSES)
        raise NotFound(f"No analysis named '{name}'.", near or f"There are: {', '.join(ANALYSES)}.")
    return ANALYSES[name]


def _dyads(held: Frames, asked: Asked) -> pd.DataFrame:
    return frames.dyad_years(held.claims, held.actors, asked.first, asked.last)


def _partners(held: Frames, asked: Asked) -> pd.DataFrame:
    return frames.partner_years(_dyads(held, asked), held.actors, asked.hubs)


def _hub_years(held: Frames, asked: Asked) -> pd.DataFrame:
    first, last = frames.year_range(held.claims, asked.first, asked.last)
    return frames.hub_years(_partners(held, asked), first, last, frames.schisms(held.claims))


def _actor_years(held: Frames, asked: Asked) -> pd.DataFrame:
    return actors.actor_years(_partners(held, asked), held.actors, asked.counts)


def _pledge_months(held: Frames, asked: Asked) -> pd.DataFrame:
    return pledges.pledge_months(held.claims, asked.recipient, asked.work, asked.locator)


def _dimensions(held: Frames, asked: Asked) -> pd.DataFrame:
    return compared(_partners(held, asked), held, asked)


def compared(partners: pd.DataFrame, held: Frames, asked: Asked) -> pd.DataFrame:
    """The analysis `dimensions` of partners by year that are there already."""
    measured = dimensions.measures(
        partners,
        actors.actor_years(partners, held.actors, asked.counts),
        holding=asked.holding,
        way=asked.way,
        silence=asked.silence,
    )
    return dimensions.dimensions(measured, asked.hubs)


def _of_groups(held: Frames, asked: Asked) -> pd.DataFrame:
    return frames.dyad_years(held.claims, held.actors, asked.first, asked.last, frames.GROUPS)


def _flows(held: Frames, asked: Asked) -> pd.DataFrame:
    return flows.flow_years(_of_groups(held, asked), held.claims)


def _hostile(held: Frames, asked: Asked, dyads: pd.DataFrame) -> pd.DataFrame:
    years = frames.year_range(held.claims, asked.first, asked.last)
    return flows.hostile_years(held.claims, held.actors, dyads, *years)


def _hostile_counts(held: Frames, asked: Asked) -> pd.DataFrame:
    dyads = _of_groups(held, asked)
    return flows.hostile_counts(_hostile(held, asked, dyads), dyads)


def _providers(held: Frames, asked: Asked) -> pd.DataFrame:
    dyads = _of_groups(held, asked)
    gave = flows.flow_years(dyads, held.claims)
    return flows.providers(gave, _hostile(held, asked, dyads), asked.least)


def _spells(held: Frames, asked: Asked) -> pd.DataFrame:
    _, last = frames.year_range(held.claims, asked.first, asked.last)
    return survival.spells(held.claims, held.actors, date(last, 12, 31), asked.hubs)


def _schism_partners(held: Frames, asked: Asked) -> pd.DataFrame:
    first, last = frames.year_range(held.claims, asked.first, asked.last)
    breaks = frames.schisms(held.claims)
    days = date(first, 1, 1), date(last, 12, 31)
    return describe.before_and_after(held.claims, held.actors, breaks, asked.schism, *days)


_YEARS = ("first", "last")
_SCHISM = ("schism", "first", "last")
_CHOICES = ("holding", "way", "silence")

ANALYSES = {
    analysis.name: analysis
    for analysis in (
        Analysis(
            "dyad_years",
            "Every pair by year: class, five types by direction, certain share",
            _dyads,
            ("a", "b", "year"),
            _YEARS,
            ("a_name", "b_name", "year", "class", "class_certain", "certain_share"),
        ),
        Analysis(
            "partner_years",
            "Every partner of a hub by year: class, types given and received",
            _partners,
            ("hub", "partner", "year"),
            show=("partner_name", "year", "class", "class_certain", "certain_share"),
            group="hub_name",
        ),
        Analysis(
            "hub_years",
            "Partners of each hub by year and kind of tie, as a band",
            _hub_years,
            ("hub", "year", "kind"),
            show=("year", "kind", "certain", "possible", "schism"),
            group="hub_name",
            same=robustness.same_band,
        ),
        Analysis(
            "actor_years",
            "Attacks, tactics, ideology and size of hubs and partners by year",
            _actor_years,
            ("actor", "year"),
            ("hubs", "first", "last", "counts"),
            ("name", "year", "attacks", "tactics", "size", "ideology"),
        ),
        Analysis(
            "pledge_months",
            "Pledges to one recipient by month: rows, events, what was pledged",
            _pledge_months,
            ("month",),
            ("recipient", "work", "locator"),
        ),
        Analysis(
            "dimensions",
            "Two hubs compared on eight dimensions, with tests",
            _dimensions,
            ("dimension",),
            ("hubs", "first", "last", "counts", *_CHOICES),
            ("dimension", "n_1", "mean_1", "n_2", "mean_2", "difference", "p_one", "p_two", "p_exact"),
            same=robustness.same_direction,
        ),
        Analysis(
            "countries",
            "Partners of each hub by country",
            lambda held, asked: describe.partners_by_country(_partners(held, asked), held.actors),
            ("hub", "country"),
            show=("country", "certain", "possible"),
            group="hub",
        ),
        Analysis(
            "concentration",
            "How far a hub leans on few partners or countries (Herfindahl)",
            lambda held, asked: describe.concentration(_partners(held, asked), held.actors),
            ("hub", "over", "reading"),
            show=("over", "reading", "units", "kinds", "herfindahl", "evenly"),
            group="hub",
        ),
        Analysis(
            "reciprocity",
            "Support that went one way and both ways",
            lambda held, asked: describe.reciprocity(_partners(held, asked)),
            ("hub", "support_type", "reading"),
            show=("support_type", "reading", "given_only", "received_only", "both", "reciprocity"),
            group="hub",
        ),
        Analysis(
            "words_only",
            "Share of ties that are words only",
            lambda held, asked: describe.words_only(_partners(held, asked)),
            ("hub", "reading"),
            show=("hub", "reading", "pair_years", "material", "rhetorical", "words_only", "of_stated"),
        ),
        Analysis(
            "tie_spells",
            "Ties from pledge to break, with the days that are known",
            _spells,
            ("a", "b", "start_lo", "start_hi"),
            show=("a_name", "b_name", "broke", "days_least", "days_most"),
        ),
        Analysis(
            "survival",
            "How long ties last from pledge to break (Kaplan-Meier)",
            lambda held, asked: survival.survival(_spells(held, asked)),
            ("reading", "days"),
            group="reading",
        ),
        Analysis(
            "schism",
            "Partners of both sides before and after a break, by class",
            lambda held, asked: describe.counts_before_and_after(_schism_partners(held, asked)),
            ("hub", "when", "class"),
            _SCHISM,
            ("when", "class", "certain", "possible"),
            "hub_name",
        ),
        Analysis(
            "schism_partners",
            "The same, partner by partner",
            _schism_partners,
            ("hub", "partner"),
            _SCHISM,
            ("partner_name", "before", "after", "change"),
            "hub_name",
        ),
        Analysis(
            "flow_years",
            "Who gave support to whom by year, and of which type",
            _flows,
            ("provider", "recipient", "year"),
            _YEARS,
            ("recipient_name", "year", "types", "basis"),
            "provider_name",
        ),
        Analysis(
            "flow_types",
            "Support by type, and how often the type is known",
            lambda held, asked: flows.flow_types(_flows(held, asked)),
            ("support_type",),
            _YEARS,
        ),
        Analysis(
            "flow_counts",
            "Support by type, year by year",
            lambda held, asked: flows.flow_counts(_flows(held, asked)),
            ("year", "support_type"),
            _YEARS,
            ("support_type", "certain", "possible"),
            "year",
        ),
        Analysis(
            "providers",
            "Hubs by out-degree: to how many each gave, from how many it got",
            _providers,
            ("provider",),
            ("first", "last", "least"),
            ("name", "out_certain", "out_possible", "in_certain", "in_possible", "foes_possible"),
        ),
        Analysis(
            "hostile_years",
            "Who fought whom by year, and whether they were also allies",
            lambda held, asked: _hostile(held, asked, _of_groups(held, asked)),
            ("a", "b", "year"),
            _YEARS,
            ("a_name", "b_name", "year", "certainty", "class"),
        ),
        Analysis(
            "hostile_counts",
            "The number of fighting pairs by year",
            _hostile_counts,
            ("year",),
            _YEARS,
        ),
    )
}
