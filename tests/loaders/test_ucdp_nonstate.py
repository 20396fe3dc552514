"""UCDP Non-State Conflict: years of fighting, by made-up rows and by the real file."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.loading.export import write_book
from loaders import ucdp_nonstate
from loaders.outside import Draft
from loaders.tables import read_book
from tests.loaders import sources


def made_up(path: Path, *cells: dict[str, str], known: dict[str, str] | None = None) -> Draft:
    """The book of a file with these rows."""
    return ucdp_nonstate.records(ucdp_nonstate.read(sources.nonstate(path / "ns.csv", *cells)), known or {})


def test_the_real_file_makes_a_book_without_faults(ucdp: Path, tmp_path: Path) -> None:
    """773 of the 1,442 rows are about organised groups, each a clash of its own."""
    draft = ucdp_nonstate.records(ucdp_nonstate.read(ucdp / "ucdp-nonstate-221.csv"))
    write_book(draft.tables(), tmp_path / "book")
    assert read_book([tmp_path / "book"]).faults == []
    assert len(draft.tables()["ties"]) == 773
    assert draft.notes == ["669 rows about groups that are not formally organised were left out."]


@pytest.mark.parametrize(
    ("cells", "date"),
    [
        ({}, "2001"),
        ({"start_prec2": "1"}, "[2001-02-03..2001-12-31]"),
        ({"start_prec2": "1", "start_date2": "2000-02-03"}, "2001"),
        ({"ep_end": "1", "ep_end_date": "2001-05-06", "ep_end_prec": "1"}, "[2001-01-01..2001-05-06]"),
        ({"ep_end": "1", "ep_end_date": "2001-05-06", "ep_end_prec": "2"}, "2001"),
        (
            {"start_prec2": "1", "ep_end": "1", "ep_end_date": "2001-05-06", "ep_end_prec": "1"},
            "2001-02-03/2001-05-06",
        ),
        ({"start_prec2": "1", "ep_end": "1", "ep_end_date": "2001-02-03", "ep_end_prec": "1"}, "2001-02-03"),
    ],
)
def test_the_date_is_the_year_cut_short_by_known_days(
    tmp_path: Path, cells: dict[str, str], date: str
) -> None:
    """Only days of this year that the source calls exact count."""
    (tie,) = made_up(tmp_path, cells).tables()["ties"]
    assert (tie["tie_type"], tie["directed"], tie["date"]) == ("clash", "false", date)
    assert tie["strength"] == "30 deaths (25 to 40)"


def test_groups_that_are_not_organised_are_left_out(tmp_path: Path) -> None:
    """Org 2 and 3 are supporters and communities; how many there were is said."""
    draft = made_up(tmp_path, {"org": "3"}, {"org": "2"})
    assert "ties" not in draft.tables()
    assert draft.notes == ["2 rows about groups that are not formally organised were left out."]


def test_a_side_of_several_is_an_umbrella_with_its_groups(tmp_path: Path) -> None:
    """The groups take part as far as the file or the graph knows them; the note has the number of each."""
    draft = made_up(
        tmp_path,
        {"dyad_id": "1"},
        {
            "dyad_id": "2",
            "side_b_id": "9009",
            "side_b_name": "A, C, D",
            "side_b_components": "9001, 9003, 9004",
        },
        known={"ucdp.actor:9003": "made-up-hub"},
    )
    tie = draft.tables()["ties"][1]
    assert draft.records["actors"]["ucdp-actor-9009"]["kind"] == "umbrella"
    assert tie["participants"] == ("ucdp-actor-9001=side_b", "made-up-hub=side_b")
    assert tie["note"] == "A, C, D stands for ucdp.actor:9001, ucdp.actor:9003, ucdp.actor:9004."
