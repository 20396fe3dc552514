"""MGAR: the columns of its public scripts, by rows that say they are made up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kb.errors import InputError
from kb.loading.export import write_book
from loaders import mgar
from loaders.outside import Draft
from loaders.tables import read_book

DATA = Path(__file__).parent.parent / "data"
HEADER = "group1_id,group2_id,year,reltype,finsupp,trainsupp,matsupp,terrsupp,opsupp"


@pytest.fixture(scope="module")
def draft() -> Draft:
    """The book of the made-up file."""
    names = mgar.read_names(DATA / "mgar_names_made_up.csv")
    return mgar.records(mgar.read(DATA / "mgar_made_up.csv", names))


def of_year(draft: Draft, table: str, year: str) -> list[dict[str, Any]]:
    """The rows of a table about one year; each year of the file is a case of its own."""
    return [row for row in draft.tables()[table] if year in (row.get("date"), row.get("window"))]


def test_the_book_has_no_faults_and_names_its_rules(draft: Draft, tmp_path: Path) -> None:
    """Every claim is inferred, by a rule that its row tells, from the row that its evidence tells."""
    write_book(draft.tables(), tmp_path / "book")
    assert read_book([tmp_path / "book"]).faults == []
    claims = [row for table in ("pledges", "support", "ties") for row in draft.tables()[table]]
    assert all(row["basis"] == "inferred" and row["rule"].startswith("MGAR ") for row in claims)
    assert all(row["evidence"] for row in claims)


def test_groups_have_their_names_with_or_without_mg(draft: Draft) -> None:
    """MG2, 2 and MG0002 are one group; one that the list lacks keeps its number, which is said."""
    assert [(row["name"], row["xref"]) for row in draft.tables()["actors"]] == [
        ("Made-up Alpha", ("mgar:1",)),
        ("Made-up Beta", ("mgar:2",)),
        ("Made-up Gamma", ("mgar:3",)),
        ("MGAR group 4", ("mgar:4",)),
    ]
    assert draft.notes[0] == "Not in the list of names, so that a number stands instead: 1 groups."


def test_directions_that_disagree_are_readings_of_one_occurrence(draft: Draft) -> None:
    """Allies one way, associates the other: two claims, side by side."""
    ties = of_year(draft, "ties", "2001")
    assert [(tie["tie_type"], tie["occurrence"]) for tie in ties] == [
        ("alliance", "mgar-1-2-2001"),
        ("association", "mgar-1-2-2001"),
    ]


def test_support_goes_from_the_first_group_and_1_and_2_are_present(draft: Draft) -> None:
    """An empty cell says nothing; a 0 beside a relation is a search that found none, and no absence."""
    support = of_year(draft, "support", "2001")
    assert [(s["from"], s["support_type"], s["type_as_printed"]) for s in support] == [
        ("mgar-group-1", "material", "matsupport 2"),
        ("mgar-group-1", "financial", "finsupport 1"),
    ]
    one, other = of_year(draft, "searches", "2001")
    assert (one["subject"], one["looked_for"]) == ("mgar-group-1", ("operational", "training"))
    assert (other["subject"], len(other["looked_for"])) == ("mgar-group-2", 5)


def test_fans_are_a_pledge_and_nothing_given(draft: Draft) -> None:
    """Words only, in each direction that has a row: a pledge, and absence of any support."""
    assert [(p["from"], p["to"], p["act"]) for p in of_year(draft, "pledges", "2002")] == [
        ("mgar-group-1", "mgar-group-3", "not_stated"),
        ("mgar-group-3", "mgar-group-1", "not_stated"),
    ]
    assert [(s["from"], s["support_type"], s["presence"]) for s in of_year(draft, "support", "2002")] == [
        ("mgar-group-1", "any", "absent"),
        ("mgar-group-3", "any", "absent"),
    ]
    assert of_year(draft, "searches", "2002") == []


def test_fans_that_give_something_are_not_coded_as_giving_nothing(draft: Draft) -> None:
    """The row contradicts its own label: what it says was given stands, no absence is made of the label."""
    given = [(s["support_type"], s.get("presence")) for s in of_year(draft, "support", "2006")]
    assert given == [("financial", None)]
    assert len(of_year(draft, "pledges", "2006")) == 1


def test_a_host_has_a_direction_and_both_at_once_disagree(draft: Draft) -> None:
    """Each row says that its first group is the host."""
    ties = of_year(draft, "ties", "2003")
    assert [(tie["from"], tie["directed"], tie["occurrence"]) for tie in ties] == [
        ("mgar-group-2", "true", "mgar-2-3-2003"),
        ("mgar-group-3", "true", "mgar-2-3-2003"),
    ]


def test_rivals_and_competitors_are_rivalry(draft: Draft) -> None:
    """The words of the source stay beside our type."""
    assert [(tie["tie_type"], tie["type_as_printed"]) for tie in of_year(draft, "ties", "2004")] == [
        ("rivalry", "reltype 6 (rivals)"),
        ("rivalry", "reltype 7 (competitors)"),
    ]


def test_what_is_unknown_or_0_makes_no_tie(draft: Draft) -> None:
    """Support of such a row stands; its zeros beside relation 0 are not taken for a search."""
    assert of_year(draft, "ties", "2005") == []
    assert [s["support_type"] for s in of_year(draft, "support", "2005")] == ["operational"]
    assert of_year(draft, "searches", "2005") == []
    assert draft.notes[1] == "No tie was made of 2 rows with the relation 0, 8 or none."


def test_confidence_is_taken_when_it_is_a_word(draft: Draft) -> None:
    """A number means nothing without its codebook: it goes to the note."""
    assert [tie.get("confidence") for tie in of_year(draft, "ties", "2001")] == ["high", "high"]
    assert [tie.get("note") for tie in of_year(draft, "ties", "2003")] == ["confidence_rel 2"] * 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("MG1,MG2,2001,9,0,0,0,0,0", "column reltype: '9' is not one of 0 to 8."),
        ("MG1,MG2,2001,1,3,0,0,0,0", "column finsupp: '3' is not 0, 1 or 2."),
        ("MG1,MG1,2001,1,0,0,0,0,0", "column group2_id: 'MG1' is not another group."),
        ("MG1,abc,2001,1,0,0,0,0,0", "column group2_id: 'abc' is not an id of a group."),
        ("MG1,MG2,01,1,0,0,0,0,0", "column year: '01' is not a year."),
    ],
)
def test_a_wrong_cell_is_named_in_one_line(tmp_path: Path, text: str, message: str) -> None:
    """File, row, column, value, and what belongs there."""
    path = tmp_path / "mgar.csv"
    path.write_text(f"{HEADER}\nMG1,MG2,2000,1,0,0,0,0,0\n{text}\n", "utf-8")
    assert refused(path) == f"{path} row 3, {message} Correct the cell."


def test_a_file_without_support_is_refused(tmp_path: Path) -> None:
    """The names list, or another file of the project."""
    path = tmp_path / "mgar.csv"
    path.write_text("group1_id,group2_id,year,reltype\n1,2,2001,1\n", "utf-8")
    assert refused(path) == (
        f"{path} is not MGAR: it has no column finsupp, trainsupp, matsupp, terrsupp, opsupp. "
        "Give the file of directed pairs and years."
    )


def refused(path: Path) -> str:
    """What is said of a file."""
    with pytest.raises(InputError) as caught:
        mgar.read(path, {})
    return str(caught.value)


def test_a_list_without_names_is_refused(tmp_path: Path) -> None:
    """The message says which columns it needs."""
    path = tmp_path / "names.csv"
    path.write_text("number,word\n1,A\n", "utf-8")
    with pytest.raises(InputError) as caught:
        mgar.read_names(path)
    assert str(caught.value) == (
        f"{path} is no list of groups: it needs a column group_id and a column group_name. "
        "Name its columns so."
    )
