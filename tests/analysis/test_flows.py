"""Flows of support and fights by year, counted by hand."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from kb.analysis import flows, frames
from tests.analysis.rows import HUB, actors, alliance, claims, records, support

A, B, C, CROWD = "made-up-a", "made-up-b", "made-up-c", "made-up-crowd"
ABOUT = actors()


def flow_years(*rows: dict[str, Any]) -> pd.DataFrame:
    """The flows between groups in these claims."""
    told = claims(*rows)
    return flows.flow_years(frames.dyad_years(told, ABOUT, kinds=frames.GROUPS), told)


def clash(from_: str, to: str, date: str, **more: Any) -> dict[str, Any]:
    """A spell of fighting."""
    return {**alliance(from_, to, date), "tie_type": "clash", **more}


def hostile_years(*rows: dict[str, Any]) -> pd.DataFrame:
    """The fights between groups in these claims."""
    told = claims(*rows)
    years = frames.year_range(told)
    return flows.hostile_years(told, ABOUT, frames.dyad_years(told, ABOUT), *years)


GIVEN = (
    support(HUB, A, "2013", "training"),
    support(HUB, A, "2013", "material"),
    support(HUB, A, "2013?", "financial"),
    support(HUB, A, "2014?", "training"),
    support(HUB, B, "2013", "unspecified", basis="inferred"),
    support(B, HUB, "2013", "unspecified", basis="stated"),
    support(C, B, "2013", "unspecified", basis="inferred", status="disputed"),
    support(HUB, CROWD, "2013", "training"),
)


def test_each_flow_is_a_row_of_its_direction_and_year() -> None:
    """What is not certain has `possibly` in front; a crowd is no group; claims are those of the direction."""
    rows = flow_years(*GIVEN)
    assert records(rows, "provider", "recipient", "year", "types", "basis", "claims") == [
        (B, HUB, 2013, ["unspecified"], "stated", ["made-up-5"]),
        (C, B, 2013, ["possibly unspecified"], "inferred", ["made-up-6"]),
        (HUB, A, 2013, ["material", "training", "possibly financial"], "stated",
         ["made-up-0", "made-up-1", "made-up-2"]),
        (HUB, A, 2014, ["possibly training"], "stated", ["made-up-3"]),
        (HUB, B, 2013, ["unspecified"], "inferred", ["made-up-4"]),
    ]  # fmt: skip
    assert records(rows, "training_given", "unspecified_given")[2:4] == [
        ("given", None),
        ("possibly given", None),
    ]


def test_mutual_support_is_a_flow_each_way_and_what_is_absent_none() -> None:
    """Support of which both are givers, and an alliance in which it is coded that none passed."""
    rows = flow_years(
        support(A, B, "2013", "training", direction="mutual"),
        alliance(A, C, "2013"),
        support(A, C, "2013", "any", presence="absent"),
    )
    assert records(rows, "provider", "recipient", "claims") == [(A, B, ["made-up-0"]), (B, A, ["made-up-0"])]


def test_a_flow_is_counted_once_by_what_is_known_of_its_type() -> None:
    """Training: one year for certain, one possibly, the same pair; the disputed flow is possible only."""
    found = {
        row[0]: row[1:] for row in records(flows.flow_types(flow_years(*GIVEN)), *flows.FLOW_TYPE_COLUMNS)
    }
    assert found == {
        "operational": (0, 0, 0, 0),
        "material": (1, 1, 1, 1),
        "territorial": (0, 0, 0, 0),
        "training": (1, 2, 1, 1),
        "financial": (0, 1, 0, 1),
        "one of the five": (1, 2, 1, 1),
        "unspecified, stated": (1, 1, 1, 1),
        "unspecified, inferred": (1, 2, 1, 2),
        "any type": (3, 5, 3, 4),
    }


def test_a_known_type_beside_an_unknown_one_is_known() -> None:
    """A flow is `unspecified` only as far as none of the five types is known of it."""
    sure = flow_years(support(A, B, "2013", "unspecified"), support(A, B, "2013", "training"))
    doubted = flow_years(support(A, B, "2013", "unspecified"), support(A, B, "2013?", "training"))
    counted = [flows.flow_types(rows).set_index("support_type") for rows in (sure, doubted)]
    both = [
        records(table.loc[["one of the five", "unspecified, stated"]], "certain", "possible")
        for table in counted
    ]
    assert both == [[(1, 1), (0, 0)], [(0, 1), (0, 1)]]


def test_years_without_a_flow_stand_between_those_with_one() -> None:
    """2013 and 2015 tell of support: 2014 is a row of zeros, no year before or after is a row."""
    rows = flows.flow_counts(
        flow_years(support(A, B, "2013", "training"), support(A, B, "2015", "training"), clash(A, C, "2017"))
    )
    assert records(rows[rows["support_type"] == "any type"], "year", "certain", "possible") == [
        (2013, 1, 1),
        (2014, 0, 0),
        (2015, 1, 1),
    ]


def test_a_fight_is_certain_or_possible_and_may_be_one_of_allies() -> None:
    """A range over two years is possible in each; no tie told of is an empty cell."""
    told = (
        clash(A, B, "2013"),
        clash(A, B, "[2013..2014]"),
        support(B, A, "2013", "training"),
        clash(A, C, "2013", presence="absent"),
        clash(A, CROWD, "2013"),
    )
    rows = hostile_years(*told)
    assert records(rows, "a", "b", "year", "certainty", "class", "class_certain", "claims") == [
        (A, B, 2013, "certain", "material", "material", ["made-up-0", "made-up-1"]),
        (A, B, 2014, "possible", None, None, ["made-up-1"]),
    ]
    counted = flows.hostile_counts(rows, frames.dyad_years(claims(*told), ABOUT))
    assert records(counted, *flows.HOSTILE_COUNT_COLUMNS) == [
        (2013, 1, 1, 1, None),
        (2014, 0, 1, None, "no support or tie is told of"),
    ]


def test_readings_that_differ_make_a_fight_possible() -> None:
    """One source says clash, the other rivalry, of one happening: neither is certain."""
    rows = hostile_years(
        clash(A, B, "2013", occurrence="o"), clash(A, B, "2013", occurrence="o", tie_type="rivalry")
    )
    assert records(rows, "year", "certainty") == [(2013, "possible")]


def test_hubs_are_those_that_give_to_most() -> None:
    """The hub gave to a (for certain) and b, got from b, and fought c; years of one pair count once."""
    gave = flow_years(*GIVEN)
    fought = hostile_years(clash(C, HUB, "2013"), clash(C, HUB, "[2014..2015]"))
    assert records(flows.providers(gave, fought), *flows.PROVIDER_COLUMNS) == [
        (HUB, HUB, 2, 2, 1, 1, 1, 1, [A, B]),
        (B, B, 1, 1, 1, 2, 0, 0, [HUB]),
        (C, C, 0, 1, 0, 0, 1, 1, [B]),
    ]
    assert list(flows.providers(gave, fought, least=2)["provider"]) == [HUB]


@pytest.mark.parametrize("count", [flows.flow_types, flows.flow_counts])
def test_without_a_flow_nothing_is_counted(count: Any) -> None:
    """Types are zero flows, years there are none."""
    rows = count(flow_years(alliance(A, B, "2013")))
    assert not rows["possible"].sum()


def test_without_a_flow_or_a_fight_there_is_no_hub() -> None:
    """Empty frames give empty frames."""
    told = (alliance(A, B, "2013"),)
    fights = hostile_years(*told)
    assert flows.providers(flow_years(*told), fights).empty
    assert flows.hostile_counts(fights, frames.dyad_years(claims(*told), ABOUT)).empty
