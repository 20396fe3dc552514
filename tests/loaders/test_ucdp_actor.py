"""UCDP Actor: names and lineage, by made-up rows and by the real file."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kb.errors import InputError
from kb.loading.export import write_book
from loaders import ucdp_actor
from loaders.outside import Draft, Row
from loaders.tables import read_book
from tests.loaders import sources


@pytest.fixture(scope="module")
def rows(ucdp: Path) -> list[Row]:
    """The rows of the real file."""
    return ucdp_actor.read(ucdp / "ucdp-actor-221.csv")


def made_up(path: Path, *cells: dict[str, str]) -> Draft:
    """The book of a file with these rows."""
    return ucdp_actor.records(ucdp_actor.read(sources.actors(path / "actor.csv", *cells)))


def steps(draft: Draft) -> list[tuple[str, str, str]]:
    """(from, relation, to) of the lineage."""
    return [(c["from"], c["relation"], c["to"]) for c in draft.tables().get("lineage", [])]


def test_the_real_file_makes_a_book_without_faults(rows: list[Row], tmp_path: Path) -> None:
    """1,725 actors and the four that only lineage names; nothing is said of dates."""
    draft = ucdp_actor.records(rows)
    write_book(draft.tables(), tmp_path / "book")
    assert read_book([tmp_path / "book"]).faults == []
    tables = draft.tables()
    assert len(tables["actors"]) == 1725 + 4
    assert {column for claim in tables["lineage"] for column in claim} & {"date"} == set()
    assert draft.notes == ["Row 281 says that RIRA split from itself (283): left out."]


def test_the_real_file_says_who_came_from_whom(rows: list[Row]) -> None:
    """Flag by flag: each number of a comma list is a step of its own; twice two flags say the same split."""
    printed = Counter(c["type_as_printed"] for c in ucdp_actor.records(rows).tables()["lineage"])
    # 219 rows of Splinter and 7 lists of two = 226, less the group that split from itself, less the two
    assert printed == {
        "Splinter": 223,
        "SplitTemp": 36,
        "Splinter; SplitTemp": 2,
        "Alliance": 117,
        "JoinGroup": 84,
    }


def test_every_spelling_is_a_name_once(tmp_path: Path) -> None:
    """Seven columns, two of them alike; n/a is none; a slash parts two scripts, both kept."""
    draft = made_up(
        tmp_path,
        {"ActorId": "1", "NameData": "LNR ", "NameOrig": "LNR", "NameOrigFull": "Луганская / Luganskaya",
         "NameOrigFullEng": "Lugansk"},
        {"ActorId": "2", "NameData": "FM", "NameOrig": "FM", "NameOrigFull": "n/a", "NameOrigFullEng": "n/a"},
    )  # fmt: skip
    assert [(c["actor"], c["name"], c["name_type"]) for c in draft.tables()["names"]] == [
        ("ucdp-actor-1", "LNR", "primary"),
        ("ucdp-actor-1", "Луганская", "alias"),
        ("ucdp-actor-1", "Luganskaya", "alias"),
        ("ucdp-actor-1", "Lugansk", "translation"),
        ("ucdp-actor-2", "FM", "primary"),
    ]


def test_a_change_of_name_makes_names_not_lineage(tmp_path: Path) -> None:
    """The names taken one after the other stand in a comma list; the one in use stays primary."""
    draft = made_up(
        tmp_path,
        {"ActorId": "1", "NameData": "C", "NameOrig": "A", "NameOrigFull": "n/a", "NameOrigFullEng": "n/a",
         "NameChange": "1", "NewName": "B, C", "NewNameFullEng": "Bee, Sea"},
    )  # fmt: skip
    assert [(c["name"], c["name_type"]) for c in draft.tables()["names"]] == [
        ("C", "primary"), ("B", "former"), ("Bee", "translation"), ("Sea", "translation"), ("A", "former"),
    ]  # fmt: skip
    assert steps(draft) == []


def test_splits_go_from_the_old_group_to_the_new(tmp_path: Path) -> None:
    """Two numbers in a cell are two steps, and an actor that has no row is made with its number."""
    draft = made_up(
        tmp_path,
        {
            "ActorId": "1",
            "NameData": "New",
            "Splinter": "1",
            "NamePrev": "Old , Older",
            "ActorIdPrev": "2, 3",
        },
        {"ActorId": "2", "NameData": "Old"},
    )
    assert steps(draft) == [
        ("ucdp-actor-2", "split", "ucdp-actor-1"),
        ("ucdp-actor-3", "split", "ucdp-actor-1"),
    ]
    assert draft.records["actors"]["ucdp-actor-3"] == {
        "id": "ucdp-actor-3", "name": "Older", "kind": "militant_group", "xref": ("ucdp.actor:3",)
    }  # fmt: skip


def test_an_alliance_is_joined_and_a_group_absorbs(tmp_path: Path) -> None:
    """Alliance says so; JoinGroup needs a rule, which asks whether the group joined is an alliance."""
    draft = made_up(
        tmp_path,
        {"ActorId": "1", "NameData": "A", "Alliance": "1", "NameAlliance": "Front", "ActorIdAlliance": "9"},
        {"ActorId": "2", "NameData": "B", "JoinGroup": "1", "GroupName": "Front", "ActorIdGroup": "9"},
        {"ActorId": "3", "NameData": "C", "JoinGroup": "1", "GroupName": "A", "ActorIdGroup": "1"},
    )
    assert steps(draft) == [
        ("ucdp-actor-1", "join_umbrella", "ucdp-actor-9"),
        ("ucdp-actor-2", "join_umbrella", "ucdp-actor-9"),
        ("ucdp-actor-3", "absorb", "ucdp-actor-1"),
    ]
    assert [c.get("rule") for c in draft.tables()["lineage"]] == [
        None,
        "who joins an alliance is a part of it",
        "who joins a group is taken in by it",
    ]


def test_a_file_that_says_the_reverse_too_is_in_doubt(tmp_path: Path) -> None:
    """A front that joined its own member: the claim stays, disputed, with the reason."""
    draft = made_up(
        tmp_path,
        {"ActorId": "1", "NameData": "A", "Alliance": "1", "NameAlliance": "Front", "ActorIdAlliance": "9"},
        {"ActorId": "9", "NameData": "Front", "JoinGroup": "1", "GroupName": "A", "ActorIdGroup": "1"},
    )
    claim = draft.tables()["lineage"][1]
    assert (claim["status"], claim["note"]) == (
        "disputed",
        "The file also says that the other entered an alliance as Front.",
    )


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"Version": "23.1"}, "row 2 is of release '23.1', not UCDP Actor 22.1. Only release 22.1 is read."),
        ({"ActorId": "x"}, "row 2, column actorid: 'x' is no number. The file is damaged; get it again."),
        ({"Org": "7"}, "row 2, column Org: '7' is not one of 1 to 4. The file is damaged; get it again."),
    ],
)
def test_another_file_is_refused_in_one_line(tmp_path: Path, cells: dict[str, str], message: str) -> None:
    """What is wrong, in which row, and what to do."""
    path = sources.actors(tmp_path / "actor.csv", {"ActorId": "1", "NameData": "A", **cells})
    with pytest.raises(InputError) as caught:
        ucdp_actor.read(path)
    assert str(caught.value) == f"{path} {message}"
