"""Frames of pairs, hubs, actors and pledges, counted by hand on a few made-up claims."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kb.analysis import actors as by_actor
from kb.analysis import frames
from kb.analysis.pledges import pledge_months
from kb.errors import InputError, NotFound
from tests.analysis.rows import (
    HUB,
    OTHER,
    actors,
    alliance,
    claims,
    pledge,
    records,
    schism,
    support,
)

A, B, C = "made-up-a", "made-up-b", "made-up-c"


def absent(from_: str, to: str, when: str) -> dict[str, object]:
    """Coded: none of the five passed."""
    return support(from_, to, when, "any", presence="absent")


NETWORK = claims(
    alliance(A, HUB, "2014/2015"),
    support(HUB, A, "2014-05", "training"),
    support(A, HUB, "2015?", "financial"),
    alliance(B, HUB, "2014/2015"),
    absent(B, HUB, "2014-01-01/2015-12-31"),
    absent(HUB, B, "2014-01-01/2015-12-31"),
    alliance(C, HUB, "[2014-06..2015-06]"),
    alliance("made-up-person", HUB, "2014"),
    alliance("made-up-crowd", HUB, "2014"),
    schism(HUB, OTHER, "2014", occurrence="made-up-break"),
    schism(HUB, OTHER, "2013-12", occurrence="made-up-break"),
)


def test_a_pair_has_a_row_for_each_year_of_its_tie() -> None:
    """Years, classes in both readings, and the share of deciding claims that is certain."""
    rows = frames.dyad_years(NETWORK, actors())
    assert records(rows, "a", "b", "year", "class", "class_certain", "certain_share") == [
        (A, HUB, 2014, "material", "material", 1.0),
        (A, HUB, 2015, "material", "not stated", 0.0),
        (B, HUB, 2014, "rhetorical", "rhetorical", 1.0),
        (B, HUB, 2015, "rhetorical", "rhetorical", 1.0),
        (C, HUB, 2014, "not stated", "no cooperative tie recorded", 0.0),
        (C, HUB, 2015, "not stated", "no cooperative tie recorded", 0.0),
        ("made-up-crowd", HUB, 2014, "not stated", "not stated", 1.0),
    ]


def test_each_type_is_told_by_direction() -> None:
    """Given, possibly given and absent are words; what nobody speaks of is None."""
    rows = frames.dyad_years(NETWORK, actors())
    found = records(rows[rows["a"] == A], "year", "training_ba", "training_ab", "financial_ab")
    assert found == [(2014, "given", None, None), (2015, None, None, "possibly given")]
    quiet = records(rows[rows["a"] == B], "operational_ab", "operational_ba", "unspecified_ab")
    assert quiet == [("absent", "absent", None)] * 2


def test_a_search_for_one_type_is_told_apart_from_absence() -> None:
    """Searched in vain all year for two types: searched, and silence for the others."""
    book = claims(
        alliance(A, HUB, "2014"),
        {"kind": "search", "from": A, "to": HUB, "date": "2014", "outcome": "none_found",
         "looked_for": ["training", "material"]},
    )  # fmt: skip
    rows = frames.dyad_years(book, actors())
    assert records(rows, "training_ab", "material_ab", "financial_ab", "training_ba") == [
        ("searched", "searched", None, None)
    ]


def test_years_outside_the_data_and_backwards_are_refused() -> None:
    """The message names the years that the claims do have."""
    with pytest.raises(InputError, match=r"No claim is dated in 1900 to 1910\. .* 2013 to 2015"):
        frames.dyad_years(NETWORK, actors(), 1900, 1910)
    with pytest.raises(InputError, match="backwards"):
        frames.dyad_years(NETWORK, actors(), 2015, 2014)
    with pytest.raises(InputError, match="No claim here has a date"):
        frames.dyad_years(claims(alliance(A, HUB, "")), actors())


def test_a_hub_sees_what_it_gave_and_got() -> None:
    """The same pair from either end; crowds and persons are no partners."""
    dyads = frames.dyad_years(NETWORK, actors())
    partners = frames.partner_years(dyads, actors(), [HUB])
    assert sorted(set(partners["partner"])) == [A, B, C]
    first = partners.iloc[0]
    assert (first["partner"], first["training_given"], first["training_received"]) == (A, "given", None)
    back = frames.partner_years(dyads, actors(), [A])
    assert records(back, "partner", "year", "training_received", "financial_given") == [
        (HUB, 2014, "given", None),
        (HUB, 2015, None, "possibly given"),
    ]


def test_a_hub_without_ties_and_one_that_is_not_there_are_refused() -> None:
    """One message for each."""
    dyads = frames.dyad_years(NETWORK, actors())
    with pytest.raises(InputError, match=rf"'{OTHER}' has no cooperative tie .* The most have: {HUB}"):
        frames.partner_years(dyads, actors(), [OTHER])
    with pytest.raises(NotFound, match=f"Did you mean '{HUB}'"):
        frames.partner_years(dyads, actors(), ["made-up-hubb"])


def test_the_partners_of_a_hub_are_a_band() -> None:
    """Lower end: both readings agree; upper end: one of them says so. Years without a tie have zeros."""
    partners = frames.partner_years(frames.dyad_years(NETWORK, actors()), actors(), [HUB])
    rows = frames.hub_years(partners, 2013, 2015, frames.schisms(NETWORK))
    bands = {(y, k): (c, p) for y, k, c, p in records(rows, "year", "kind", "certain", "possible")}
    assert bands[2014, "material"] == (1, 1)
    assert bands[2015, "material"] == (0, 1)
    assert bands[2015, "not stated"] == (0, 2)
    assert bands[2014, "rhetorical"] == bands[2015, "rhetorical"] == (1, 1)
    assert bands[2014, "any tie"] == (2, 3)
    assert {bands[2013, kind] for kind in frames.KINDS} == {(0, 0)}
    marked = {(year, word) for year, word in records(rows, "year", "schism")}
    assert marked == {(2013, "possible"), (2014, "possible"), (2015, None)}


def test_readings_of_a_break_are_one_break() -> None:
    """Its days are the hull of the readings of which none is finer."""
    found = frames.schisms(NETWORK)
    assert records(found, "schism", "child", "parent", "opens_lo", "opens_hi") == [
        ("made-up-break", HUB, OTHER, date(2013, 12, 1), date(2014, 12, 31))
    ]


# --- actors by year ----------------------------------------------------------------------------------------


def test_a_missing_count_is_explained_and_not_zero(tmp_path: Path) -> None:
    """What the file has is taken, what it lacks is None with a reason; ideology falls back on the actor."""
    file = tmp_path / "counts.csv"
    file.write_text(f'Actor,Year,Attacks,Ideology\n{HUB},2014,"1,130",\n{A},2014,,Made-up; Other\n', "utf-8")
    about = actors(ideology={HUB: ["Made-up"]})
    partners = frames.partner_years(frames.dyad_years(NETWORK, about), about, [HUB])
    counts = by_actor.read_counts(file, set(about["id"]))
    rows = by_actor.actor_years(partners, about, counts)
    found = {(a, y): rest for a, y, *rest in records(rows, "actor", "year", "attacks", "ideology", "why")}
    assert found[HUB, 2014] == [1130, ["Made-up"], "tactics, size: empty in the file"]
    assert found[A, 2014] == [None, ["Made-up", "Other"], "attacks, tactics, size: empty in the file"]
    assert found[B, 2014][2] == "attacks, tactics, size, ideology: the file has no row of it"
    bare = by_actor.actor_years(partners, about)
    assert set(bare["attacks"]) == {None}
    assert "no file of counts was given" in bare["why"].iloc[0]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("year,attacks\n2014,1\n", "has no column actor"),
        ("actor,year,atacks\n", "unknown column 'atacks'. Did you mean 'attacks'"),
        ("actor,year\nmade-up-hubb,2014\n", "row 2, column actor: no actor 'made-up-hubb'"),
        (f"actor,year\n{HUB},14\n", "row 2, column year: '14' is not a year"),
        (f"actor,year,attacks\n\n{HUB},2014,some\n", "row 3, column attacks: 'some' is no count"),
        (f"actor,year,attacks\n{HUB},2014,-1\n", "'-1' is no count"),
        (f"actor,year\n{HUB},2014\n{HUB},2014\n", f"row 3: {HUB} in 2014 stands in row 2 already"),
        ("", "has no column actor"),
    ],
)
def test_a_faulty_file_of_counts_is_refused(tmp_path: Path, text: str, message: str) -> None:
    """Each fault is named with its row and column."""
    file = tmp_path / "counts.csv"
    file.write_text(text, "utf-8")
    with pytest.raises(InputError, match=message.replace("(", r"\(").replace("?", r"\?")):
        by_actor.read_counts(file, {HUB})


# --- pledges by month --------------------------------------------------------------------------------------


def test_pledges_are_counted_by_month_as_printed() -> None:
    """Rows, happenings, relations, exact duplicates; empty months are there, unknown ones come last."""
    place = {"cited": [["made-up-work", "Table 9"]]}
    listed = claims(
        pledge(A, HUB, "2014-06-01", relation_type=["affiliate"], occurrence="made-up-one", **place),
        pledge(A, HUB, "2014-06-01", relation_type=["affiliate"], occurrence="made-up-one", **place),
        pledge(B, HUB, "2014-06", relation_type=["ally", "affiliate"], **place),
        pledge(C, HUB, "2014-08-09", relation_type=["ally"], **place),
        pledge("made-up-d", HUB, "2014", **place),
        pledge("made-up-d", HUB, "2014-07", status="rejected", **place),
        pledge("made-up-d", HUB, "2014-07", cited=[["made-up-work", "Table 8"]]),
        pledge(A, OTHER, "2014-07", **place),
    )
    months = pledge_months(listed, HUB, "made-up-work", "Table 9")
    assert records(months, "month", "rows", "events", "affiliates", "allies", "duplicates") == [
        ("2014-06", 3, 2, 3, 1, ["made-up-1"]),
        ("2014-07", 0, 0, 0, 0, []),
        ("2014-08", 1, 1, 0, 1, []),
        (None, 1, 1, 0, 0, []),
    ]
    everywhere = pledge_months(listed, HUB)
    assert sum(everywhere["rows"]) == 6


def test_no_pledge_is_said() -> None:
    """The recipient, the work and the place are named."""
    with pytest.raises(InputError, match="No pledge to 'made-up-c' in made-up-work, Table 9"):
        pledge_months(NETWORK, C, "made-up-work", "Table 9")
