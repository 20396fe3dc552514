"""The numbers that each figure draws, counted by hand; and what cannot be drawn is said."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from kb.errors import InputError
from kb.plot import dimensions, hub_years, network, pledge_months, support, support_years, timeline
from kb.plot.style import CLASSES
from tests.analysis.rows import HUB, OTHER, records
from tests.plot import world


def test_partners_are_stacked_by_class_and_certainty() -> None:
    """Each partner stands in one class of its year; the classes add up to all partners that are possible."""
    plotted = hub_years.plotted(world.PARTNERS, world.HUB_YEARS)
    assert len(plotted) == 2 * 2 * 5
    counted = plotted[plotted["possible"] > 0]
    assert records(counted, "hub", "year", "kind", "certain", "possible", "schism") == [
        (HUB, 2014, "material", 1, 2, "certain"),
        (HUB, 2014, "any tie", 1, 2, "certain"),
        (HUB, 2015, "material", 0, 1, None),
        (HUB, 2015, "not stated", 0, 1, None),
        (HUB, 2015, "any tie", 0, 2, None),
        (OTHER, 2015, "not stated", 1, 1, None),
        (OTHER, 2015, "any tie", 1, 1, None),
    ]


def test_support_is_counted_once_a_pair_and_type() -> None:
    """Ordered pairs by year and type; types that nobody gave have no panel."""
    plotted = support_years.plotted(world.FLOW_COUNTS)
    assert records(plotted, "year", "support_type", "certain", "possible") == [
        (2014, "operational", 1, 1),
        (2014, "material", 0, 1),
        (2014, "any type", 1, 2),
        (2015, "operational", 0, 0),
        (2015, "material", 0, 1),
        (2015, "any type", 0, 1),
    ]


def test_the_matrix_has_what_is_known_best() -> None:
    """Given before possibly given before absent; of some hubs or of all."""
    columns = ("giver", "taker", "support_type", "known")
    of_hub = [
        (HUB, "made-up-a", "operational", "given"),
        (HUB, "made-up-b", "material", "possibly given"),
    ]
    assert records(support.plotted(world.DYADS, [HUB]), *columns) == of_hub
    absent = ("made-up-c", OTHER, "training", "absent")
    assert records(support.plotted(world.DYADS), *columns) == [*of_hub, absent]


def test_what_was_given_in_one_year_is_given_though_absent_in_another() -> None:
    """The cell of the matrix holds the best of all years."""
    year = world.DYADS.iloc[[0]]
    told = [("possibly given", 2011), ("given", 2012), ("absent", 2013), ("given", 2014)]
    frame = pd.concat([year.assign(year=y, training_ab=known) for known, y in told])
    plotted = support.plotted(frame)
    assert records(plotted[plotted["support_type"] == "training"], "known") == [("given",)]


def test_an_actor_keeps_its_place_and_number_from_year_to_year() -> None:
    """Ties of each year, certain or not; places and numbers of the same actor agree, hubs have no number."""
    plotted = network.plotted(world.PARTNERS)
    columns = ("year", "hub", "partner", "class", "certainty", "number")
    assert records(plotted, *columns) == [
        (2014, HUB, "made-up-a", "material", "certain", 1),
        (2014, HUB, "made-up-b", "material", "possible", 2),
        (2015, HUB, "made-up-a", "not stated", "possible", 1),
        (2015, HUB, "made-up-b", "material", "possible", 2),
        (2015, OTHER, "made-up-c", "not stated", "certain", 3),
    ]
    places = records(plotted, "partner", "partner_x", "partner_y")
    assert len(set(places)) == 3
    assert network.plotted(world.PARTNERS).equals(plotted)


def test_a_partner_of_two_hubs_is_drawn_by_the_tie_that_is_worth_most() -> None:
    """Once a panel: material before not stated, whichever hub comes first."""
    row = world.PARTNERS.iloc[[0]]
    twice = pd.concat([row, row.assign(hub=OTHER, hub_name=OTHER, **{"class": "not stated"})])
    drawn = network.figure(network.plotted(twice))
    circles = [line for line in drawn.axes[0].lines if line.get_markersize() == 7.5]
    assert [line.get_markeredgecolor() for line in circles] == [CLASSES["material"].colour]


def test_partners_are_numbered_only_where_numbers_can_be_read() -> None:
    """In five panels 24 partners have a number each, of 25 none has; in one panel all have."""
    row = world.PARTNERS.iloc[[0]]
    many = pd.concat([row.assign(partner=f"made-up-{n}", partner_name=f"Made up {n:02}") for n in range(25)])
    years = pd.concat([many.assign(year=year) for year in range(2001, 2006)])
    assert not network.plotted(years)["number"].notna().any()
    assert sorted(network.plotted(many)["number"]) == list(range(1, 26))
    few = years[years["partner"] != "made-up-0"]
    assert set(network.plotted(few)["number"]) == set(range(1, 25))


def test_months_count_events_and_further_rows() -> None:
    """A month without a pledge is there; what has no month comes last."""
    assert records(pledge_months.plotted(world.MONTHS), *pledge_months.PLOTTED) == [
        ("2014-12", 2, 3, 1),
        ("2015-01", 0, 0, 0),
        ("2015-02", 1, 1, 0),
        ("no month", 2, 2, 0),
    ]


@pytest.mark.parametrize(
    ("first", "last", "rows"),
    [(None, None, [0, 1, 2]), (2003, None, [1]), (None, 2000, [0]), (2002, 2002, [1, 2])],
)
def test_a_timeline_has_what_possibly_lies_in_its_years(
    first: int | None, last: int | None, rows: list[int]
) -> None:
    """An unknown end reaches to the right, an unknown beginning to the left; what has no date is left out."""
    plotted = timeline.plotted(world.HAPPENINGS, first, last)
    assert list(plotted["happening"]) == list(world.HAPPENINGS["happening"].iloc[rows])


def test_hubs_are_named_in_the_comparison() -> None:
    """The rows of the analysis as they are, with the names of the hubs that are known."""
    plotted = dimensions.plotted(world.COMPARED, {HUB: "Hub"})
    assert records(plotted, "hub_1", "hub_2", "dimension", "difference")[0] == (
        "Hub", OTHER, "operational", 50.0,
    )  # fmt: skip
    assert list(plotted.columns) == list(dimensions.PLOTTED)


NO_PARTNERS = world.PARTNERS.iloc[:0]
MANY_YEARS = pd.concat([world.PARTNERS.iloc[[0]].assign(year=year) for year in range(2001, 2014)])
MANY_HUBS = pd.concat([world.PARTNERS.iloc[[0]].assign(hub=f"made-up-{n}") for n in range(10)])
MANY_PAIRS = pd.concat([world.DYADS.iloc[[0]].assign(b=f"made-up-{n}") for n in range(57)])
MANY_ROWS = pd.concat([world.HAPPENINGS.iloc[[2]]] * 57)
EMPTY: dict[str, tuple[Any, str]] = {
    "no partner in the network": (lambda: network.plotted(NO_PARTNERS), "no hub has a partner"),
    "no partner of a hub": (lambda: hub_years.plotted(NO_PARTNERS, world.HUB_YEARS), "no hub has a partner"),
    "too many hubs": (lambda: hub_years.plotted(MANY_HUBS, world.HUB_YEARS), "10 panels; a page holds 9"),
    "no support": (lambda: support_years.plotted(world.FLOW_COUNTS.iloc[:0]), "no support was given"),
    "no support of a hub": (lambda: support.plotted(world.DYADS, [OTHER]), f"no support of {OTHER}"),
    "no value": (lambda: dimensions.plotted(world.COMPARED.iloc[[1]]), "no dimension has a value"),
    "no pledge": (lambda: pledge_months.plotted(world.MONTHS.iloc[:0]), "no pledge is listed"),
    "no date": (lambda: timeline.plotted(world.HAPPENINGS.iloc[[3]]), "no dated claim"),
    "too many years": (lambda: network.plotted(MANY_YEARS), "2001 to 2013 are 13 panels; a page holds 12"),
    "too many pairs": (lambda: support.plotted(MANY_PAIRS), "57 pairs; a page holds 56"),
    "too many rows": (lambda: timeline.plotted(MANY_ROWS), "57 rows; a page holds 56"),
}


@pytest.mark.parametrize("name", EMPTY)
def test_what_cannot_be_drawn_is_said(name: str) -> None:
    """No figure without data and none that overflows a page: what is missing, and what to do."""
    make, message = EMPTY[name]
    with pytest.raises(InputError, match=message) as caught:
        make()
    assert caught.value.hint
