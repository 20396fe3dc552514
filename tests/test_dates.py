"""Dates: every form of model section 4, worked by hand, and the traps of the `edtf` package."""

from __future__ import annotations

import math
from datetime import date

import edtf
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kb import dates
from kb.dates import (
    UNDATED,
    Bounds,
    DateError,
    Window,
    at_most,
    certainly_after,
    covers,
    holds,
    hull,
    is_coarser,
    parse,
    possibly_after,
    show,
    span,
    spell_allowed,
    spell_fault,
    window_after,
)

TODAY = date(2020, 6, 15)


def day(text: str) -> date | None:
    """A date, or None for `-`."""
    return None if text == "-" else date.fromisoformat(text)


def four(text: str) -> tuple[date | None, ...]:
    """Four bounds from four words."""
    return tuple(day(word) for word in text.split())


def bounds_of(bounds: Bounds) -> tuple[date | None, ...]:
    return bounds.start_lo, bounds.start_hi, bounds.end_lo, bounds.end_hi


def window(text: str) -> Window:
    """A window from its four days, or from two when both ends are sure."""
    days = four(text)
    return Window(*days) if len(days) == 4 else Window(days[0], days[0], days[1], days[1])


# --- one unknown day -------------------------------------------------------------------------------------

SINGLE = [
    ("2014-11-10", "2014-11-10", "2014-11-10"),
    ("2014-11", "2014-11-01", "2014-11-30"),
    ("2014", "2014-01-01", "2014-12-31"),
    ("2012-02", "2012-02-01", "2012-02-29"),
    ("1900-02", "1900-02-01", "1900-02-28"),
    ("2012-02-29", "2012-02-29", "2012-02-29"),
    ("199X", "1990-01-01", "1999-12-31"),
    ("2014-02-XX", "2014-02-01", "2014-02-28"),
    ("1970-21", "1970-03-01", "1970-05-31"),
    ("1970-22", "1970-06-01", "1970-08-31"),
    ("1970-23", "1970-09-01", "1970-11-30"),
    ("1970-24", "1970-12-01", "1971-02-28"),
    ("1971-24", "1971-12-01", "1972-02-29"),
    ("2014?", "2014-01-01", "2014-12-31"),
    ("2014-11?", "2014-11-01", "2014-11-30"),
    ("2014-11-10?", "2014-11-10", "2014-11-10"),
    ("199X?", "1990-01-01", "1999-12-31"),
    ("2014-02-XX?", "2014-02-01", "2014-02-28"),
    ("2014~", "2013-01-01", "2015-12-31"),
    ("1912-04~", "1912-03-01", "1912-05-31"),
    ("2014-01~", "2013-12-01", "2014-02-28"),
    ("2014-11-10~", "2014-11-07", "2014-11-13"),
    ("2014-03-01~", "2014-02-26", "2014-03-04"),
    ("1970-22~", "1970-03-01", "1970-11-30"),
    ("1970-24~", "1970-09-01", "1971-05-31"),
    ("2014?~", "2013-01-01", "2015-12-31"),
    ("2014~?", "2013-01-01", "2015-12-31"),
    ("2014%", "2013-01-01", "2015-12-31"),
    ("[2015-03..2016]", "2015-03-01", "2016-12-31"),
    ("[2014-06..2014]", "2014-06-01", "2014-12-31"),
    ("[2014~..2016]", "2013-01-01", "2016-12-31"),
    ("[..2014-02]", "-", "2014-02-28"),
    ("[2001..]", "2001-01-01", "-"),
    ("  2014 ", "2014-01-01", "2014-12-31"),
    ("0001", "0001-01-01", "0001-12-31"),
    ("0001~", "0001-01-01", "0002-12-31"),
    ("0001-01-02~", "0001-01-01", "0001-01-05"),
    ("9999-12-30~", "9999-12-27", "9999-12-31"),
    ("9999-24", "9999-12-01", "9999-12-31"),
    ("999X", "9990-01-01", "9999-12-31"),
]


@pytest.mark.parametrize(("text", "first", "last"), SINGLE)
def test_a_single_date_is_one_unknown_day_inside(text: str, first: str, last: str) -> None:
    """Start and end share the first and the last day that the date allows."""
    bounds = parse(text)
    assert bounds_of(bounds) == four(f"{first} {last} {first} {last}")
    assert bounds.mode == "sometime"
    assert not bounds.end_open
    assert span(bounds) == four(f"{first} {last}")


@pytest.mark.parametrize(
    ("text", "uncertain", "approximate"),
    [
        ("2014", False, False),
        ("2014-11-10?", True, False),
        ("2014-11~", False, True),
        ("2014%", True, True),
        ("2014?~", True, True),
        ("2014~?", True, True),
        ("2014/2015?", True, False),
        ("2014~/..", False, True),
        ("[2014?..2015~]", True, True),
    ],
)
def test_marks_are_kept(text: str, uncertain: bool, approximate: bool) -> None:
    """`?` and `~` on any part of a date mark the whole of it; `%` is both."""
    bounds = parse(text)
    assert (bounds.uncertain, bounds.approximate) == (uncertain, approximate)


# --- the whole of it, and spells -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2014", "2014-01-01 2014-01-01 2014-12-31 2014-12-31"),
        ("2014-02", "2014-02-01 2014-02-01 2014-02-28 2014-02-28"),
        ("2014-11-10", "2014-11-10 2014-11-10 2014-11-10 2014-11-10"),
        ("[2014-03..2016]", "2014-03-01 2014-03-01 2016-12-31 2016-12-31"),
        ("[..2014-02]", "- - 2014-02-28 2014-02-28"),
        ("[2001..]", "2001-01-01 2001-01-01 - -"),
        ("2014?", "2014-01-01 2014-01-01 2014-12-31 2014-12-31"),
        # About 2014: the whole of 2013, 2014 or 2015, so no day is sure.
        ("2014~", "2013-01-01 2015-01-01 2013-12-31 2015-12-31"),
        ("2014-11-10~", "2014-11-07 2014-11-13 2014-11-07 2014-11-13"),
        ("[2014~..2014]", "2013-01-01 2014-12-31 2014-12-31 2014-12-31"),
    ],
)
def test_absence_means_the_whole_of_a_date(text: str, expected: str) -> None:
    """On absent claims and search windows a single date or `[a..b]` runs from its first to its last day."""
    bounds = parse(text, mode="whole")
    assert bounds_of(bounds) == four(expected)
    assert bounds.mode == "whole"


SPELLS = [
    ("2014/2015-03", "2014-01-01 2014-12-31 2015-03-01 2015-03-31"),
    ("2014-11-10/2014-11-12", "2014-11-10 2014-11-10 2014-11-12 2014-11-12"),
    # start_hi = min(start_hi, end_hi): it cannot begin after it ended.
    ("2014/2014-03", "2014-01-01 2014-03-31 2014-03-01 2014-03-31"),
    # end_lo = max(end_lo, start_lo): it cannot end before it began.
    ("2014-06/2014", "2014-06-01 2014-06-30 2014-06-01 2014-12-31"),
    ("2014/2014", "2014-01-01 2014-12-31 2014-01-01 2014-12-31"),
    ("2014-08/2014-08", "2014-08-01 2014-08-31 2014-08-01 2014-08-31"),
    ("../2014", "- 2014-12-31 2014-01-01 2014-12-31"),
    ("/2016", "- 2016-12-31 2016-01-01 2016-12-31"),
    ("2014-08/", "2014-08-01 2014-08-31 2014-08-01 -"),
    ("2014~/2016", "2013-01-01 2015-12-31 2016-01-01 2016-12-31"),
    ("2014/2016-05~", "2014-01-01 2014-12-31 2016-04-01 2016-06-30"),
    ("199X/2005", "1990-01-01 1999-12-31 2005-01-01 2005-12-31"),
    ("1970-24/1971-01", "1970-12-01 1971-01-31 1971-01-01 1971-01-31"),
]


@pytest.mark.parametrize(("text", "expected"), SPELLS)
def test_a_spell_begins_in_a_and_ends_in_b(text: str, expected: str) -> None:
    """`a/b` is `throughout` in every mode; each bound is cut where it would pass the other end."""
    for mode in ("sometime", "whole", "spell"):
        bounds = parse(text, mode=mode)
        assert bounds_of(bounds) == four(expected)
        assert bounds.mode == "throughout"
        assert not bounds.end_open


@pytest.mark.parametrize(
    ("text", "known_until", "expected"),
    [
        ("2015/..", None, "2015-01-01 2015-12-31 2015-12-31 -"),
        ("2015/..", "2018-05-01", "2015-01-01 2015-12-31 2018-05-01 -"),
        # Never before start_hi, although the work came out earlier.
        ("2015/..", "2015-03-01", "2015-01-01 2015-12-31 2015-12-31 -"),
        ("2014-11-10/..", "2014-12-01", "2014-11-10 2014-11-10 2014-12-01 -"),
        ("2014~/..", "2016-01-01", "2013-01-01 2015-12-31 2016-01-01 -"),
        ("../..", "2016-01-01", "- - 2016-01-01 -"),
        ("../..", None, "- - - -"),
    ],
)
def test_an_open_end_lasts_as_long_as_its_works_know(
    text: str, known_until: str | None, expected: str
) -> None:
    """`..` as end is known to last until the latest work was issued, never less than to its start."""
    bounds = parse(text, known_until=day(known_until or "-"))
    assert bounds_of(bounds) == four(expected)
    assert bounds.end_open
    assert bounds.mode == "throughout"


@pytest.mark.parametrize("text", ["2014", "2014/2015", "../2014", "2014-08/", "[2014..]"])
def test_the_works_say_nothing_about_an_end_that_is_not_open(text: str) -> None:
    """`known_until` changes no date but one that ends in `..`."""
    assert parse(text, known_until=date(2019, 1, 1)) == parse(text)


def test_a_name_is_valid_throughout_also_for_a_single_date() -> None:
    """`names.valid` 2014 reads like 2014/2014: it began and ended somewhere in the year."""
    assert parse("2014", mode="spell") == parse("2014/2014")
    assert parse("[2014..2016]", mode="spell").mode == "throughout"


@pytest.mark.parametrize("mode", ["sometime", "whole", "spell"])
def test_an_empty_cell_is_not_stated(mode: str) -> None:
    """No text gives no bounds and no error."""
    bounds = parse("", mode=mode)  # type: ignore[arg-type]
    assert bounds_of(bounds) == (None, None, None, None)
    assert not bounds.dated
    assert not UNDATED.dated
    assert parse("[..2014]").dated


# --- what is wrong ---------------------------------------------------------------------------------------

BETWEEN = "[2014..2015] for one unknown day between"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("2014-2015", BETWEEN),
        ("2014..2015", BETWEEN),
        ("[2014,2015]", BETWEEN),
        ("2014 or 2015", BETWEEN),
        ("2014/15", f"Write 2014/2015 for a spell, {BETWEEN}"),
        ("2011/12", "Write 2011-12 for a month, 2011/2012 for a spell, [2011..2012] for one"),
        ("2014/11", "Write 2014-11 for a month."),
        ("2014-13", "Months are 01 to 12, seasons 21 to 24"),
        ("2014-25", "Months are 01 to 12"),
        ("1914-18", "seasons 21 to 24; write 1914/1918 for a spell"),
        ("2014-00", "Months are 01 to 12"),
        ("2014-02-30", "no such day"),
        ("2013-02-29", "no such day"),
        ("2014-2-3", "2014-02-03"),
        ("2014-2", "2014-02"),
        ("3/4/2014", "Write 2014-04-03 or 2014-03-04."),
        ("03.04.2014", "Write 2014-04-03 or 2014-03-04."),
        ("3-4-2014", "Write 2014-04-03 or 2014-03-04."),
        ("03/04/2014 13:05", "Write 2014-04-03 or 2014-03-04."),
        ("25/12/2014", "Write 2014-12-25."),
        ("12/25/2014", "Write 2014-12-25."),
        ("4/4/2014", "Write 2014-04-04."),
        ("31/02/2014", "no such day"),
        ("3/4/14", "Write 2014-04-03 or 2014-03-04, the year with four digits."),
        ("12.3.15", "Write 2015-03-12 or 2015-12-03, the year with four digits."),
        ("25.3.85", "Write 1985-03-25, the year with four digits."),
        ("31.2.15", "no such day"),
        ("before 2002", "Write [..2001] for one unknown day."),
        ("before 2002-03", "Write [..2002-02] for one unknown day."),
        ("Before 2016-03-01", "Write [..2016-02-29] for one unknown day."),
        ("after 2016", "Write [2017..] for one unknown day."),
        ("after 2015-12", "Write [2016-01..] for one unknown day."),
        ("after 2016-13", "Write 2014-11-10"),
        ("early 2012", "Write [2012-01..2012-04] for one unknown day between."),
        ("mid-2012", "Write [2012-05..2012-08] for one unknown day between."),
        ("late 2012", "Write [2012-09..2012-12] for one unknown day between."),
        ("mid-1980s", "Write [1984..1986] for one unknown day between."),
        ("late 1990s", "Write [1997..1999] for one unknown day between."),
        ("Spring 2014", "Write 2014-21."),
        ("winter 2014", "Write 2014-24 or 2013-24."),
        ("2014/04/03", "Write 2014-04-03."),
        ("2014.4.3", "Write 2014-04-03."),
        ("2014-13-04", "Write 2014-04-13."),
        ("4/2014", "Write 2014-04."),
        ("201404", "Write 2014-04."),
        ("20140403", "Write 2014-04-03."),
        ("3 April 2014", "Write 2014-04-03."),
        ("3rd of April 2014", "Write 2014-04-03."),
        ("Apr. 3, 2014", "Write 2014-04-03."),
        ("april 2014", "Write 2014-04."),
        ("Apr-14", "Write the year with four digits, as in 2014-04."),
        ("3-Apr", "Write the whole year too, as in 2014-04-03."),
        ("3-Apr-14", "Write the whole year too, as in 2014-04-03."),
        ("41953", "As a spreadsheet counts days it is 2014-11-10, or 2018-11-11 where it counts from 1904"),
        ("41953.5", "it is 2014-11-10, or 2018-11-11"),
        ("1905-07-06 (2014)", "write 2014, or 1905-07-06, as text"),
        ("2014-11-10 00:00:00", "Write 2014-11-10"),
        ("c. 2014", "2014~"),
        ("1990s", "199X"),
        ("199x", "199X"),
        ("19XX", "[1900..1999]"),
        ("2014-XX", "Write 2014."),
        ("199X~", "X is vague already"),
        ("2014-02-XX~", "X is vague already"),
        ("199X%", "X is vague already"),
        ("199X~/2005", "X is vague already"),
        ("[2014..2015]?", "inside the brackets"),
        ("[..]", "Leave the cell empty"),
        ("/", "Leave the cell empty"),
        ("..", "Leave the cell empty"),
        ("0000", "0001 to 9999"),
        ("000X", "0001 to 9999"),
        ("0000-01-01", "no such day"),
        ("199X-05", "Write 2014-11-10"),
        ("1970-22-XX", "Write 2014-11-10"),
        ("2014/2015/2016", "Write 2014-11-10"),
        ("[2014/2015]", "Write 2014-11-10"),
        ("[2014]", "Write 2014-11-10"),
        ("2014??", "Write 2014-11-10"),
        ("-0044", "Write 2014-11-10"),
        ("١٩٩٠", "Write 1990."),
        ("٢٠١٦-٠٥", "Write 2016-05."),
        ("٣/٤/٢٠١٤", "Write 2014-04-03 or 2014-03-04."),
        ("soon", "Write 2014-11-10"),
    ],
)
def test_what_is_no_date_says_what_to_write(text: str, hint: str) -> None:
    """A date that cannot be read has code date-syntax and a hint for the mistake made."""
    with pytest.raises(DateError) as caught:
        parse(text)
    assert caught.value.code == "date-syntax"
    assert text in caught.value.message
    assert hint in caught.value.hint
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("2014/2013", "Write 2013/2014 for a spell, [2013..2014] for one unknown day between."),
        ("[2012-06..2011-02]", "Write [2011-02..2012-06]."),
    ],
)
def test_the_hint_for_a_reversed_date_is_the_same_date_turned(text: str, hint: str) -> None:
    """What it says to write can be read."""
    with pytest.raises(DateError) as caught:
        parse(text)
    assert (caught.value.code, caught.value.hint) == ("date-reversed", hint)


@pytest.mark.parametrize("text", ["2014/2013", "2014-03/2014-02", "[2014..2013]", "2014-11-10/2014-11-09"])
def test_a_spell_that_ends_before_it_can_start_is_reversed(text: str) -> None:
    """Reversed only when `start_lo > end_hi`, in every mode."""
    for mode in ("sometime", "whole", "spell"):
        with pytest.raises(DateError) as caught:
            parse(text, mode=mode)
        assert caught.value.code == "date-reversed"


def test_approximate_ends_may_overlap() -> None:
    """2015/2014~ is not reversed: about 2014 reaches to the end of 2015."""
    assert bounds_of(parse("2015/2014~")) == four("2015-01-01 2015-12-31 2015-01-01 2015-12-31")
    with pytest.raises(DateError, match="ends before it starts"):
        parse("2016/2014~")


@pytest.mark.parametrize(
    "text", ["2021", "2020-07", "2020-06-16", "202X/2021", "[2014..2021]", "2019/2021", "../2021"]
)
def test_what_begins_after_today_is_in_the_future(text: str) -> None:
    """A written date is in the future when even its first possible day is."""
    with pytest.raises(DateError) as caught:
        parse(text, today=TODAY)
    assert caught.value.code == "date-future"
    assert "2020-06-15" in caught.value.message
    assert parse(text).dated


@pytest.mark.parametrize(
    "text", ["2020", "2020-06", "2020-06-15", "202X", "[2014..]", "2019/..", "2020-06-18~"]
)
def test_what_may_lie_before_tomorrow_is_no_future(text: str) -> None:
    """The year, month or decade of today is fine, and so is an open end."""
    assert parse(text, today=TODAY) == parse(text)


@pytest.mark.parametrize(
    ("kind", "event_type", "allowed"),
    [
        ("pledge", None, False),
        ("pledges", None, False),
        ("Schism", None, False),
        ("event", "meeting", False),
        ("events", "clash", True),
        ("Event", "operation", True),
        ("support", None, True),
        ("ties", None, True),
        ("lineage", None, True),
        ("search", None, True),
    ],
)
def test_pledges_schisms_and_most_events_take_no_spell(
    kind: str, event_type: str | None, allowed: bool
) -> None:
    """Only events that last may be dated by a spell."""
    assert spell_allowed(kind, event_type) is allowed
    assert (spell_fault("2014/2015", kind, event_type) is None) is allowed


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("2014/2015-03", "[2014..2015-03]"),
        ("2014/..", "[2014..]"),
        ("../2014", "[..2014]"),
        ("/2014", "[..2014]"),
        ("2014/", "[2014..]"),
    ],
)
def test_a_spell_where_a_day_is_meant_is_hinted_as_a_range(text: str, instead: str) -> None:
    """The hint is the same date as `[a..b]`, and that form reads."""
    fault = spell_fault(text, "pledges")
    assert fault is not None
    assert (fault.code, instead in fault.hint) == ("date-syntax", True)
    assert spell_fault(instead, "pledges") is None
    assert parse(instead).mode == "sometime"


# --- certain and possible --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "stretch", "expected"),
    [
        # a sure window: 2014-02-03 to 2015-12-31
        ("2014-11-10", "2014-02-03 2015-12-31", "certain"),
        ("2014-02-03", "2014-02-03 2015-12-31", "certain"),
        ("2015-12-31", "2014-02-03 2015-12-31", "certain"),
        ("2014-02-02", "2014-02-03 2015-12-31", "no"),
        ("2016-01-01", "2014-02-03 2015-12-31", "no"),
        ("2015", "2014-02-03 2015-12-31", "certain"),
        ("2014", "2014-02-03 2015-12-31", "possible"),
        ("2014-02", "2014-02-03 2015-12-31", "possible"),
        ("2014-11-10?", "2014-02-03 2015-12-31", "possible"),
        ("2013?", "2014-02-03 2015-12-31", "no"),
        ("2013~", "2014-02-03 2015-12-31", "possible"),
        ("2013/2014-06", "2014-02-03 2015-12-31", "certain"),
        ("2012/2014", "2014-02-03 2015-12-31", "possible"),
        ("2015/2020", "2014-02-03 2015-12-31", "certain"),
        ("2012/..", "2014-02-03 2015-12-31", "possible"),
        ("../2013", "2014-02-03 2015-12-31", "no"),
        # it ended on some day of 2015, and held on that day
        ("../2015", "2014-02-03 2015-12-31", "certain"),
        ("../2015", "2014-02-03 2015-06-30", "possible"),
        ("[2001..]", "2014-02-03 2015-12-31", "possible"),
        ("[2016..]", "2014-02-03 2015-12-31", "no"),
        ("[..2014]", "2014-02-03 2015-12-31", "possible"),
        ("[2014-06..]", "2014-02-03 2015-12-31", "possible"),
        ("", "2014-02-03 2015-12-31", "no"),
        # the AQ-IS break: it opens somewhere in 2013-01-01..2014-02-28
        ("2013-06-01", "2013-01-01 2014-02-28 2015-12-31 2015-12-31", "possible"),
        ("2014-02-28", "2013-01-01 2014-02-28 2015-12-31 2015-12-31", "certain"),
        ("2014", "2013-01-01 2014-02-28 2015-12-31 2015-12-31", "possible"),
        ("2012-12-31", "2013-01-01 2014-02-28 2015-12-31 2015-12-31", "no"),
        ("2012/2014-03", "2013-01-01 2014-02-28 2015-12-31 2015-12-31", "certain"),
        ("2012/2013-06", "2013-01-01 2014-02-28 2015-12-31 2015-12-31", "possible"),
        # a window whose opening is not known at all
        ("2014-11-10", "- - 2015-12-31 2015-12-31", "possible"),
        ("2016", "- - 2015-12-31 2015-12-31", "no"),
    ],
)
def test_presence_needs_one_day_of_the_window(text: str, stretch: str, expected: str) -> None:
    """certain: start_hi <= w2_lo and end_lo >= w1_hi; possible: start_lo <= w2_hi and end_hi >= w1_lo."""
    assert holds(parse(text), window(stretch)) == expected


@pytest.mark.parametrize(
    ("text", "stretch", "expected"),
    [
        ("2014", "2014-02-03 2014-11-30", "certain"),
        ("2014", "2014-01-01 2014-12-31", "certain"),
        ("2014", "2014-02-03 2015-12-31", "no"),
        ("2014", "2013-12-31 2014-06-01", "no"),
        ("2014?", "2014-02-03 2014-11-30", "possible"),
        ("2014~", "2014-02-03 2014-11-30", "possible"),
        ("[2014..2015]", "2014-02-03 2015-12-31", "certain"),
        ("2013/2016", "2014-02-03 2015-12-31", "certain"),
        ("2014/2015", "2014-02-03 2015-11-30", "possible"),
        ("2013/..", "2014-02-03 2015-12-31", "possible"),
        ("[..2015]", "2014-02-03 2015-12-31", "possible"),
        ("[..2014]", "2014-02-03 2015-12-31", "no"),
        ("", "2014-02-03 2015-12-31", "no"),
        # uncertain ends: certain must cover the longest window, possible the shortest
        ("2014", "2013-01-01 2014-02-28 2014-12-31 2014-12-31", "possible"),
        ("[2013..2014]", "2013-01-01 2014-02-28 2014-12-31 2014-12-31", "certain"),
        ("2014", "2014-01-01 2014-01-01 2014-06-30 2015-06-30", "possible"),
    ],
)
def test_absence_must_cover_all_of_the_window(text: str, stretch: str, expected: str) -> None:
    """certain: start_hi <= w1_lo and end_lo >= w2_hi; possible: start_lo <= w1_hi and end_hi >= w2_lo."""
    assert covers(parse(text, mode="whole"), window(stretch)) == expected


def test_an_open_end_is_certain_as_far_as_its_works_reach() -> None:
    """2012/.. read in a work of 2016 holds for certain in 2014 and 2015; in one of 2013 it possibly does."""
    after_break = window("2014-02-03 2015-12-31")
    assert holds(parse("2012/..", known_until=date(2016, 1, 1)), after_break) == "certain"
    assert holds(parse("2012/..", known_until=date(2013, 5, 1)), after_break) == "possible"


@pytest.mark.parametrize(
    ("later", "earlier", "certain", "possible"),
    [
        ("2015", "2014", True, True),
        ("2014-11-11", "2014-11-10", True, True),
        ("2014-11-10", "2014-11-10", False, False),
        ("2014", "2014-06-10", False, True),
        ("2014-06-10", "2014", False, True),
        ("2013", "2014", False, False),
        ("", "2014", False, True),
        ("2014", "", False, True),
        ("[2015..]", "2014", True, True),
        ("[..2015]", "2014", False, True),
        ("[..2013]", "2014", False, False),
        ("2015", "2013/..", False, True),
        ("2015?", "2014", False, True),
        ("2015", "2014?", False, True),
    ],
)
def test_order_of_two_dates(later: str, earlier: str, certain: bool, possible: bool) -> None:
    """certainly: a.start_lo > b.end_hi and no `?`; possibly: a.start_hi > b.end_lo, unknown = possible."""
    a, b = parse(later), parse(earlier)
    assert (certainly_after(a, b), possibly_after(a, b)) == (certain, possible)


# --- rival and coarser readings --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "b", "coarser"),
    [
        ("2014", "2014-02", True),
        ("2014-02", "2014", False),
        ("2014", "2014", False),
        ("2014", "2014?", False),
        ("2013", "2014-02", False),
        ("[2013..2014]", "2014", True),
        ("[2014..]", "2014", True),
        ("2014", "[2014..]", False),
        ("[..2014]", "[2013..]", False),
        ("", "2014", True),
        ("2014/2015", "2014", True),
    ],
)
def test_a_reading_is_coarser_when_it_contains_another(a: str, b: str, coarser: bool) -> None:
    """Containing and not equal, over the outer hulls; an unknown bound reaches as far as one likes."""
    assert is_coarser(parse(a), parse(b)) is coarser


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        ("2013 2014-02 2014", "2013-01-01 2014-02-28"),
        ("2014-02-03", "2014-02-03 2014-02-03"),
        ("2014 2014", "2014-01-01 2014-12-31"),
        ("2014-02-03 2014-02-16", "2014-02-03 2014-02-16"),
        ("[..2014-02] 2013", "2013-01-01 2013-12-31"),
        ("[..2012] 2014-02", "- 2014-02-28"),
        ("2013 [2014-06..]", "2013-01-01 -"),
        ("", "- -"),
    ],
)
def test_a_window_is_as_uncertain_as_the_happening_that_opens_it(readings: str, expected: str) -> None:
    """Rival readings widen the opening; a coarser reading widens nothing; an unknown side stays unknown."""
    dates = [parse(text) for text in readings.split()]
    until = date(2015, 12, 31)
    opens = four(expected)
    assert hull([*dates, UNDATED]) == opens
    assert window_after(dates, until) == Window(opens[0], opens[1], until, until)


# --- showing ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "mode", "shown"),
    [
        ("2014-11-10", "sometime", "2014-11-10"),
        ("2014?", "sometime", "2014?"),
        ("1970-24", "sometime", "1970-24"),
        ("0999", "sometime", "0999"),
        ("2014", "whole", "all of 2014"),
        ("2014/2015-03", "sometime", "2014 to 2015-03"),
        ("2015/..", "sometime", "since 2015"),
        ("../2014", "sometime", "until 2014"),
        ("2014-08/", "sometime", "2014-08 to an unknown day"),
        ("2014", "spell", "2014"),
        ("[2013..2014-02]", "sometime", "2013-01-01..2014-02-28"),
        ("[..2014-02]", "sometime", "2014-02-28 or before"),
        ("[2001..]", "sometime", "2001-01-01 or after"),
        ("2014-11-10~", "sometime", "about 2014-11-07..2014-11-13"),
        ("../..", "sometime", "undated"),
        ("", "sometime", "undated"),
    ],
)
def test_dates_are_shown_in_short(text: str, mode: str, shown: str) -> None:
    """People read the unit that was written, or the two days."""
    assert show(parse(text, mode=mode)) == shown  # type: ignore[arg-type]


# --- cross-check against the edtf package, where it is right ---------------------------------------------

RIGHT_IN_EDTF = [text for text, _, _ in SINGLE if text[:4] not in ("0001", "9999") and text == text.strip()]
RIGHT_IN_EDTF = [
    text for text in RIGHT_IN_EDTF if not set(text) & set("~%") and "-24" not in text and text[0] != "["
]


@pytest.mark.parametrize("text", RIGHT_IN_EDTF)
def test_single_dates_agree_with_the_edtf_package(text: str) -> None:
    """First and last day as in `edtf`, except winters, ranges and what `~` widens, where it is wrong."""
    theirs = edtf.parse_edtf(text)
    ours = parse(text)
    assert (ours.start_lo, ours.end_hi) == (_plain(theirs.lower_strict()), _plain(theirs.upper_strict()))


@pytest.mark.parametrize(
    "text", ["2014/2015-03", "2014/2014-03", "2014?/2015", "2015/..", "../2014", "[..2014-02]", "[2001..]"]
)
def test_outer_bounds_of_spells_agree_with_the_edtf_package(text: str) -> None:
    """The hull as in `edtf`; infinite there = None here."""
    theirs = edtf.parse_edtf(text)
    assert span(parse(text)) == (_plain(theirs.lower_strict()), _plain(theirs.upper_strict()))


def _plain(moment: object) -> date | None:
    """A day of the edtf package (struct_time) as a date; None when infinite."""
    if isinstance(moment, float):
        assert math.isinf(moment)
        return None
    return date(*moment[:3])  # type: ignore[index]


# --- properties ------------------------------------------------------------------------------------------

DAYS = st.dates(date(1990, 1, 1), date(2019, 12, 31))
UNITS = st.one_of(
    DAYS.map(date.isoformat),
    DAYS.map(lambda d: d.isoformat()[:7]),
    DAYS.map(lambda d: d.isoformat()[:4]),
    DAYS.map(lambda d: d.isoformat()[:3] + "X"),
    DAYS.map(lambda d: d.isoformat()[:7] + "-XX"),
    st.builds(lambda d, s: f"{d.year}-{s}", DAYS, st.integers(21, 24)),
)
MARKED = st.builds(
    lambda unit, mark: unit + mark if "X" not in unit else unit,
    UNITS,
    st.sampled_from(["", "", "?", "~", "%"]),
)
TEXTS = st.one_of(
    MARKED,
    st.builds("{}/{}".format, MARKED, MARKED),
    st.builds("[{}..{}]".format, MARKED, MARKED),
    MARKED.map("{}/..".format),
    MARKED.map("../{}".format),
    MARKED.map("[{}..]".format),
    MARKED.map("[..{}]".format),
)
MODES = st.sampled_from(["sometime", "whole", "spell"])
WINDOWS = st.tuples(DAYS, DAYS, DAYS, DAYS).map(
    lambda four: Window(min(four[:2]), max(four[:2]), max(min(four[2:]), min(four[:2])), max(four))
)


def _parse_or_skip(text: str, mode: str = "sometime") -> Bounds:
    try:
        return parse(text, mode=mode)  # type: ignore[arg-type]
    except DateError as error:
        assume(error.code != "date-reversed")
        raise


def between(lo: date | None, hi: date | None) -> st.SearchStrategy[date]:
    """A true day within two bounds; an unknown bound lies far away."""
    return st.dates(lo or date(1970, 1, 1), hi or date(2040, 1, 1))


def _ordered(*days: date | None) -> bool:
    known = [d for d in days if d is not None]
    return known == sorted(known)


@given(TEXTS, MODES)
def test_bounds_are_in_order(text: str, mode: str) -> None:
    """Lower bounds never pass upper bounds, and nothing ends before it can begin."""
    b = _parse_or_skip(text, mode)
    assert _ordered(b.start_lo, b.start_hi)
    assert _ordered(b.end_lo, b.end_hi)
    assert _ordered(b.start_lo, b.end_lo)
    assert _ordered(b.start_hi, b.end_hi)


@given(TEXTS, MODES, WINDOWS)
def test_certain_is_also_possible(text: str, mode: str, stretch: Window) -> None:
    """Each certain test implies the possible one, and absence all through implies a day of it."""
    b = _parse_or_skip(text, mode)
    if holds(b, stretch) == "certain":
        assert at_most(b.start_lo, stretch.w2_hi, unknown=True)
        assert at_most(stretch.w1_lo, b.end_hi, unknown=True)
    if covers(b, stretch) == "certain":
        assert at_most(b.start_lo, stretch.w1_hi, unknown=True)
        assert at_most(stretch.w2_lo, b.end_hi, unknown=True)
        assert holds(b, stretch) == "certain"


@given(TEXTS, TEXTS)
def test_certainly_after_is_possibly_after(a: str, b: str) -> None:
    """And never both ways round."""
    first, second = _parse_or_skip(a), _parse_or_skip(b)
    if certainly_after(first, second):
        assert possibly_after(first, second)
        assert not possibly_after(second, first)


@given(UNITS, WINDOWS, st.sampled_from(["sometime", "spell"]))
def test_widening_never_makes_possible_into_no(unit: str, stretch: Window, mode: str) -> None:
    """A date with `~` is possible wherever the plain date is, and certain nowhere else."""
    assume("X" not in unit)
    plain, wide = parse(unit, mode=mode), parse(unit + "~", mode=mode)  # type: ignore[arg-type]
    if holds(plain, stretch) != "no":
        assert holds(wide, stretch) != "no"
    if holds(wide, stretch) == "certain":
        assert holds(plain, stretch) == "certain"


@given(UNITS, WINDOWS)
def test_widening_an_absence_makes_it_less_certain(unit: str, stretch: Window) -> None:
    """`~` on an absence covers possibly more and certainly less."""
    assume("X" not in unit)
    plain, wide = parse(unit, mode="whole"), parse(unit + "~", mode="whole")
    if covers(plain, stretch) != "no":
        assert covers(wide, stretch) != "no"
    if covers(wide, stretch) == "certain":
        assert covers(plain, stretch) == "certain"


@given(TEXTS, st.sampled_from(["sometime", "spell"]), WINDOWS, st.data())
def test_worlds_agree_with_verdicts(text: str, mode: str, stretch: Window, data: st.DataObject) -> None:
    """Pick true days within all bounds: what is certain is true, what is true is possible."""
    b = _parse_or_skip(text, mode)
    window_start = data.draw(between(stretch.w1_lo, stretch.w1_hi))
    window_end = data.draw(between(stretch.w2_lo, stretch.w2_hi))
    assume(window_start <= window_end)
    start = data.draw(between(b.start_lo, b.start_hi))
    end = start if b.mode == "sometime" else data.draw(between(b.end_lo, b.end_hi))
    assume(start <= end)
    present = start <= window_end and end >= window_start
    everywhere = start <= window_start and end >= window_end
    assert holds(b, stretch) != ("no" if present else "certain")
    assert covers(b, stretch) != ("no" if everywhere else "certain")


@given(UNITS, st.sampled_from(["", "?"]))
def test_what_is_shown_reads_back(unit: str, mark: str) -> None:
    """The short text of a single date without `~` is a date again, the same one."""
    bounds = parse(unit + mark)
    assert parse(show(bounds)) == bounds


@given(st.one_of(st.text(max_size=14), st.text(alphabet="0129X-/.[]?~%", max_size=12)))
def test_any_text_is_a_date_or_a_date_error(text: str) -> None:
    """No input raises anything else, and every error says what to write."""
    hint = ""
    try:
        hint = f"no fault: {parse(text, today=TODAY)}"
    except DateError as error:
        hint = error.hint
    assert hint


@pytest.mark.parametrize(
    "text",
    [
        "2014-07-01",
        "2014-07",
        "2014",
        "[2014..2015]",
        "[2014-07..2015-03]",
        "[2014-07-02..2015-03]",
        "[2001..]",
    ],
)
def test_an_unknown_day_between_is_written_as_short_as_it_can_be(text: str) -> None:
    """What `between` writes is read back to the same first and last day."""
    lo, hi = span(parse(text))
    assert lo is not None
    written = dates.between(lo, hi)
    assert span(parse(written)) == (lo, hi)
    assert written == text or text == "[2014-07-02..2015-03]"
