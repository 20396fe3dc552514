"""What is set aside, moved and left out, and what becomes of a number."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from kb.analysis.frames import Frames, event_frame
from kb.analysis.robustness import (
    SET_ASIDE,
    moved,
    only_from,
    robust,
    robust_rows,
    same_direction,
    set_aside,
    variants,
    without,
)
from tests.analysis.rows import HUB, actors, claims, pledge

A, B, C, D = "made-up-a", "made-up-b", "made-up-c", "made-up-d"


@pytest.fixture(scope="module")
def held() -> Frames:
    """Four pledges: sound, disputed and of low confidence, about 2014, without a date; and an event."""
    event = {"id": "made-up-event", "status": "accepted", "occurrence": "one"}
    return Frames(
        claims(
            pledge(A, HUB, "2014-07", origins=["x"], works=["x"], occurrence="one"),
            pledge(B, HUB, "2014-08", origins=["x"], works=["x"], status="disputed", confidence="low"),
            pledge(C, HUB, "2014~", origins=["x", "y"], works=["x", "y"]),
            pledge(D, HUB, "", origins=["z"], works=["z"]),
        ),
        actors(),
        event_frame([event | {"origins": ["y"], "works": ["y"]}]),
    )


def pledged(held: Frames) -> int | None:
    """How many pledges of 2014 stand; None when there is none."""
    rows = held.claims[held.claims["status"] != "rejected"].to_dict("records")
    return sum(row["start_lo"] is not None and row["end_hi"].year == 2014 for row in rows) or None


@pytest.mark.parametrize(
    ("setting", "ids"),
    [
        ("no_disputed", {"made-up-1"}),
        ("no_low", {"made-up-1"}),
        ("two_origins", {"made-up-1", "made-up-3"}),  # the first shares its happening with the event
        ("certain_dates", {"made-up-2", "made-up-3", "made-up-event"}),
    ],
)
def test_a_setting_sets_aside_what_it_says(held: Frames, setting: str, ids: set[str]) -> None:
    """Disputed, of one origin over all readings, of low confidence, without a certain date."""
    assert set_aside(held, setting) == ids


def test_what_is_set_aside_counts_as_rejected(held: Frames) -> None:
    """The frames that were given stay as they are."""
    after = without(held, {"made-up-1", "made-up-event"})
    assert list(after.claims["status"]) == ["accepted", "rejected", "accepted", "accepted"]
    assert list(after.events["status"]) == ["rejected"]
    assert list(held.events["status"]) == ["accepted"]


def test_a_window_moves_as_the_dates_move_the_other_way(held: Frames) -> None:
    """Half a year later; a whole month stays a whole month, and no date stays none."""
    first, *_, last = moved(held, 6).claims.to_dict("records")
    assert (first["start_lo"], first["end_hi"]) == (date(2015, 1, 1), date(2015, 1, 31))
    assert last["start_lo"] is None
    june = Frames(claims(pledge(A, HUB, "2014-06")), actors())
    assert moved(june, 6).claims["end_hi"][0] == date(2014, 12, 31)
    assert moved(held, -8).claims["end_hi"][0] == date(2013, 11, 30)


def test_a_date_at_the_end_of_time_stays(held: Frames) -> None:
    """Python knows no year after 9999."""
    far = Frames(claims(pledge(A, HUB, "9999-12")), actors())
    assert moved(far, 6).claims["end_hi"][0] == date(9999, 12, 31)


def test_a_source_is_left_out_with_what_it_alone_tells(held: Frames) -> None:
    """What another work tells too stands without it."""
    assert only_from(held) == {
        "x": {"made-up-0", "made-up-1"},
        "y": {"made-up-event"},
        "z": {"made-up-3"},
    }


def test_a_number_holds_where_it_comes_out_the_same(held: Frames) -> None:
    """Two pledges are of 2014; one without the disputed one, none when both are moved to 2015."""
    found = robust(held, variants(held), pledged, windowed=True)
    assert found is not None
    assert found.value == 2  # the one about 2014 may be of 2015
    assert found.settings == {
        "no_disputed": False,
        "two_origins": False,
        "no_low": False,
        "certain_dates": True,
        "window_earlier": False,
        "window_later": True,
        "each_source": False,
    }
    assert found.line == "holds under 2 of 7"
    assert found.breaks[0] == "no_disputed: 1"
    assert found.breaks[-1] == "without x: nothing to compute"


def test_the_caller_says_what_counts_as_the_same(held: Frames) -> None:
    """With two numbers always the same, there only has to be one; what is of no window is not moved."""
    found = robust(held, variants(held), pledged, lambda *_: True)
    assert found is not None
    assert set(found.settings) == {*SET_ASIDE, "each_source"}
    assert found.breaks == ["without x: nothing to compute"]


def test_where_there_is_no_number_nothing_holds(held: Frames) -> None:
    """Not even under the settings."""
    assert robust(held, variants(held), lambda _: None) is None


def by_pledger(held: Frames) -> pd.DataFrame:
    """A row for each that pledged and stands: whether the date is known, and the claims."""
    rows = held.claims[held.claims["status"] != "rejected"]
    return pd.DataFrame(
        {
            "who": list(rows["from"]),
            "dated": [day is not None for day in rows["start_lo"]],
            "claims": [[ident] for ident in rows["id"]],
        }
    )


def test_each_row_of_a_table_is_looked_for_under_every_setting(held: Frames) -> None:
    """Who was set aside is gone; moving dates changes nothing that is told here."""
    found = robust_rows(held, by_pledger, ["who"], windowed=True).set_index("who")
    assert dict(found["holds"]) == {A: "6/7", B: "3/7", C: "6/7", D: "4/7"}
    assert found["broken_by"][A] == ["without x"]  # its happening has a second origin
    assert found["broken_by"][B] == ["no_disputed", "two_origins", "no_low", "without x"]
    assert found["broken_by"][C] == ["certain_dates"]
    assert found["broken_by"][D] == ["two_origins", "certain_dates", "without z"]


def test_a_row_without_a_number_has_nothing_to_hold(held: Frames) -> None:
    """Not "holds under all", and not "under none"."""
    table = pd.DataFrame({"dimension": ["one", "other"], "difference": [2.5, None]})
    found = robust_rows(held, lambda _: table, ["dimension"], same_direction)
    assert list(found["holds"]) == ["5/5", None]
    assert list(found["broken_by"]) == [[], []]


def test_whole_years_are_not_moved_by_half(held: Frames) -> None:
    """Each would lie in two years, and no row would hold."""
    years = claims(pledge(A, HUB, "2014", works=["x"]), pledge(B, HUB, "2015", works=["y"]))
    found = robust_rows(Frames(years, actors(), held.events), by_pledger, ["who"], windowed=True)
    assert list(found["holds"]) == ["3/5", "3/5"]
