"""Countries, concentration, reciprocity, words only, spells, survival and breaks, counted by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from kb.analysis import describe, frames, survival
from kb.errors import InputError, NotFound
from tests.analysis.rows import HUB, OTHER, actors, alliance, claims, pledge, records, schism, support

A, B, C, D = "made-up-a", "made-up-b", "made-up-c", "made-up-d"
ABOUT = actors(country={A: ["X", "Y"], B: ["X"]})


def partners(*rows: dict[str, Any]) -> pd.DataFrame:
    """The partners of the hub in these claims."""
    return frames.partner_years(frames.dyad_years(claims(*rows), ABOUT), ABOUT, [HUB])


THREE = (
    alliance(A, HUB, "2013/2014"),
    alliance(B, HUB, "2014"),
    alliance(C, HUB, "2014?"),
)


def test_a_partner_counts_in_each_of_its_countries() -> None:
    """Most partners first, `not stated` last, certain and possible apart."""
    rows = describe.partners_by_country(partners(*THREE), ABOUT)
    assert records(rows, "country", "certain", "possible", "partners") == [
        ("X", 2, 2, [A, B]),
        ("Y", 1, 1, [A]),
        ("not stated", 0, 1, [C]),
    ]


def test_concentration_is_the_sum_of_squared_shares() -> None:
    """A has 2 of the 4 possible pair-years: 1/4 + 1/16 + 1/16; countries X 2/3 and Y 1/3."""
    rows = describe.concentration(partners(*THREE), ABOUT)
    found = {(over, reading): rest for over, reading, *rest in records(
        rows, "over", "reading", "units", "kinds", "herfindahl", "evenly")}  # fmt: skip
    assert found["partners", "possible"] == [4, 3, pytest.approx(3 / 8), pytest.approx(1 / 3)]
    assert found["countries", "possible"] == [3, 2, pytest.approx(5 / 9), 0.5]
    silent = describe.concentration(partners(alliance(C, HUB, "2014?")), ABOUT)
    assert records(silent, "over", "reading", "herfindahl", "why") == [
        ("partners", "certain", None, "no tie in this reading"),
        ("countries", "certain", None, "no tie in this reading"),
        ("partners", "possible", 1.0, None),
        ("countries", "possible", None, "no partner has a country"),
    ]


def test_reciprocity_counts_years_in_which_both_gave() -> None:
    """A got and gave in 2014, B only got, C perhaps gave."""
    rows = describe.reciprocity(
        partners(
            support(HUB, A, "2014", "training"),
            support(A, HUB, "2014", "financial"),
            support(HUB, B, "2014", "training"),
            support(C, HUB, "2014?", "material"),
        )
    )
    found = {
        (t, r): rest
        for t, r, *rest in records(
            rows, "support_type", "reading", "given_only", "received_only", "both", "reciprocity", "why"
        )
    }
    assert found["training", "certain"] == [2, 0, 0, 0.0, None]
    assert found["any type", "certain"] == [1, 0, 1, 0.5, None]
    assert found["any type", "possible"] == [1, 1, 1, pytest.approx(1 / 3), None]
    assert found["territorial", "possible"] == [0, 0, 0, None, "no such support in this reading"]


def test_words_only_keeps_silence_apart() -> None:
    """One tie of words, one of deeds, one of silence: a third of all, a half of what is stated."""
    quiet = support(A, HUB, "2014", "any", presence="absent", direction="mutual")
    ties = [alliance(x, HUB, "2014") for x in (A, B, C)]
    rows = describe.words_only(partners(*ties, quiet, support(HUB, B, "2014", "training")))
    assert records(rows, "reading", "pair_years", "rhetorical", "not stated", "words_only", "of_stated") == [
        ("certain", 3, 1, 1, pytest.approx(1 / 3), 0.5),
        ("possible", 3, 1, 1, pytest.approx(1 / 3), 0.5),
    ]
    silent = describe.words_only(partners(alliance(C, HUB, "2014?")))
    assert records(silent, "words_only", "of_stated", "why") == [
        (None, None, "no tie in this reading"),
        (0.0, None, "no tie has a stated content"),
    ]


# --- before and after a break ------------------------------------------------------------------------------

BROKEN = claims(
    alliance(A, HUB, "2012"),
    alliance(B, HUB, "2012/2015"),
    support(HUB, B, "2015", "training"),
    alliance(C, OTHER, "2015?"),
    schism(HUB, OTHER, "2013-06", occurrence="made-up-break"),
)
WINDOW = (date(2012, 1, 1), date(2015, 12, 31))


def test_partners_before_and_after_a_break() -> None:
    """A was lost, B became material, C is new to the other side, for all that is certain not there."""
    found = describe.before_and_after(BROKEN, ABOUT, frames.schisms(BROKEN), "made-up-break", *WINDOW)
    none = "no cooperative tie recorded"
    assert records(found, "hub", "partner", "before", "after", "after_certain", "change") == [
        (HUB, A, "not stated", none, none, "lost"),
        (HUB, B, "not stated", "material", "material", "kept, material after"),
        (OTHER, C, none, "not stated", none, "gained"),
    ]
    counts = describe.counts_before_and_after(found)
    bands = {
        (h, w, c): (s, m) for h, w, c, s, m in records(counts, "hub", "when", "class", "certain", "possible")
    }
    assert bands[HUB, "before", "any tie"] == (2, 2)
    assert bands[HUB, "after", "material"] == (1, 1)
    assert bands[OTHER, "after", "not stated"] == (0, 1)


def test_a_break_that_is_not_there_or_not_inside_is_refused() -> None:
    """The message names what there is, or the days."""
    breaks = frames.schisms(BROKEN)
    with pytest.raises(NotFound, match="Did you mean 'made-up-break'"):
        describe.before_and_after(BROKEN, ABOUT, breaks, "made-up-brek", *WINDOW)
    with pytest.raises(InputError, match="between 2013-06-01 and 2013-06-30, not inside"):
        describe.before_and_after(BROKEN, ABOUT, breaks, "made-up-break", date(2014, 1, 1), WINDOW[1])
    undated = claims(schism(HUB, OTHER, ""))
    with pytest.raises(InputError, match="is not known"):
        describe.before_and_after(undated, ABOUT, frames.schisms(undated), "made-up-0", *WINDOW)


# --- from pledge to break ----------------------------------------------------------------------------------

UNTIL = date(2015, 12, 31)
PLEDGED = claims(
    pledge(A, HUB, "2014-01-01"),
    pledge(HUB, A, "2014-01-11", act="accept"),
    pledge(A, HUB, "2014-04-11", act="withdraw"),
    pledge(B, HUB, "2015-12-01"),
    pledge(C, HUB, "2014-01"),
    schism(C, HUB, "2014-03?"),
    pledge(D, HUB, "[..2015]"),
    pledge(OTHER, HUB, "2016"),
)


def test_a_tie_lasts_from_its_first_pledge_to_its_break() -> None:
    """100 days for certain; 30 without a break; a doubtful break makes a range; no first day, no length."""
    found = survival.spells(PLEDGED, ABOUT, UNTIL)
    assert records(found, "a", "broke", "days_least", "days_most") == [
        (A, "certain", 100, 100),
        (B, "no", 30, 30),
        (C, "possible", 29, 729),  # 31 Jan to 1 March 2014; 1 January 2014 to the last day watched
        (D, None, None, None),
    ]
    assert found.iloc[3]["why"] == "no length: its first day is not known"
    assert found.iloc[0]["claims"] == ["made-up-0", "made-up-1"]


def test_a_tie_renewed_after_a_break_is_another_tie() -> None:
    """Two spells, the second without a break."""
    again = claims(
        pledge(A, HUB, "2014-01-01"),
        pledge(A, HUB, "2014-01-31", act="withdraw"),
        pledge(A, HUB, "2015-12-21"),
    )
    found = survival.spells(again, ABOUT, UNTIL, [HUB])
    assert records(found, "broke", "days_least") == [("certain", 30), ("no", 10)]
    assert survival.spells(again, ABOUT, UNTIL, [OTHER]).empty


def test_a_break_after_the_last_day_is_not_seen() -> None:
    """Watched until 2014-02-01, the tie of A lasted 31 days so far."""
    found = survival.spells(PLEDGED, ABOUT, date(2014, 2, 1), [HUB])
    assert records(found, "a", "broke", "days_least", "days_most") == [
        (A, "no", 31, 31),
        (C, "no", 1, 31),
        (D, None, None, None),
    ]


def test_the_curve_steps_where_a_tie_breaks() -> None:
    """Shortest: C breaks at 29 of three (2/3), A at 100 with B gone. Longest: A alone, of two left."""
    rows = survival.survival(survival.spells(PLEDGED, ABOUT, UNTIL))
    assert records(rows, "reading", "days", "at_risk", "breaks", "censored", "survival") == [
        ("shortest", 29, 3, 1, 0, pytest.approx(2 / 3)),
        ("shortest", 100, 1, 1, 1, 0.0),
        ("longest", 100, 2, 1, 1, 0.5),
        ("longest", 729, 1, 0, 1, 0.5),
    ]
    assert not [v for row in records(rows, "low", "high") for v in row if v is not None and v != v]


def test_no_tie_with_a_length_is_said() -> None:
    """Nothing to measure is an error, not an empty curve."""
    with pytest.raises(InputError, match="No pledge with a known first day"):
        survival.survival(survival.spells(claims(pledge(A, HUB, "")), ABOUT, UNTIL))
