"""UCDP External Support: what a row of supporters becomes, by made-up rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kb.errors import InputError
from loaders import ucdp_esd
from tests.loaders import sources

ONE = {"ext_id": "9002", "ext_name": "Made-up Giver", "ext_count_ns": "1"}
TWO = {"ext_id": "9002, 9003", "ext_name": "Made-up Giver , Made-up Friend", "ext_count_ns": "2"}


def claims(path: Path, *rows: dict[str, str], states: bool = False) -> list[dict[str, Any]]:
    """The support claims of the file with these rows."""
    draft = ucdp_esd.records(ucdp_esd.read(sources.esd(path / "esd.csv", *rows)), states=states)
    return draft.tables().get("support", [])


def said(claim: dict[str, Any]) -> tuple[str, str, str]:
    """Who gave, what, and how sure the claim is."""
    return claim["from"], claim["support_type"], claim.get("status", "accepted")


@pytest.mark.parametrize(
    ("letters", "kinds"),
    [
        ("x", ["operational"]),
        ("xpyi", ["operational"]),
        ("wm", ["material"]),
        ("l", ["territorial"]),
        ("t", ["training"]),
        ("f", ["financial"]),
        ("o", ["other"]),
        ("u", ["unspecified"]),
        ("wtf", ["material", "training", "financial"]),
    ],
)
def test_what_a_lone_supporter_gave_is_of_its_type(tmp_path: Path, letters: str, kinds: list[str]) -> None:
    """Eleven letters become our types; letters of one type are one claim, a 0 none."""
    found = claims(tmp_path, {**ONE, **{f"ext_{letter}_ns": "1" for letter in letters}})
    assert [said(claim) for claim in found] == [("ucdp-actor-9002", kind, "accepted") for kind in kinds]
    assert "basis" not in found[0]


def test_what_one_of_several_gave_is_not_of_a_type(tmp_path: Path) -> None:
    """Both gave some of the five; which one gave which is not known, and the claim names the rule."""
    found = claims(tmp_path, {**TWO, "ext_w_ns": "1", "ext_t_ns": "1"})
    assert [said(claim) for claim in found] == [
        ("ucdp-actor-9002", "unspecified", "accepted"),
        ("ucdp-actor-9003", "unspecified", "accepted"),
    ]
    assert {claim["rule"] for claim in found} == {"one of several supporters"}
    assert {claim["type_as_printed"] for claim in found} == {"weapons; training"}


def test_what_may_have_been_other_support_is_in_doubt(tmp_path: Path) -> None:
    """One of the two may have given nothing but what the source calls other: a doubt, with its reason."""
    found = claims(tmp_path, {**TWO, "ext_w_ns": "1", "ext_o_ns": "1"})
    assert {claim["status"] for claim in found} == {"disputed"}
    assert found[0]["note"] == "The source codes weapons, other for 2 supporters together."
    only_other = claims(tmp_path, {**TWO, "ext_o_ns": "1"})
    assert {said(claim)[1:] for claim in only_other} == {("other", "accepted")}


def test_states_and_groups_are_counted_apart(tmp_path: Path) -> None:
    """A lone group beside a lone state: each has the flags of its own side."""
    row = {
        "ext_id": "114,9002", "ext_name": "Government of Nowhere,Made-up Giver", "ext_count_s": "1",
        "ext_count_ns": "1", "ext_w_s": "1", "ext_f_ns": "1",
    }  # fmt: skip
    assert {said(claim)[:2] for claim in claims(tmp_path, row)} == {
        ("ucdp-actor-114", "material"),
        ("ucdp-actor-9002", "financial"),
    }


def test_elements_of_a_state_are_counted_with_the_states(tmp_path: Path) -> None:
    """They have no number in UCDP Actor: a collective without xref, with the types of the states' side."""
    row = {"ext_id": "7905", "ext_name": "Malaysian elements", "ext_count_s": "1", "ext_f_s": "1"}
    draft = ucdp_esd.records(ucdp_esd.read(sources.esd(tmp_path / "esd.csv", row)))
    giver = draft.records["actors"]["ucdp-esd-actor-7905"]
    assert (giver["kind"], "xref" in giver) == ("collective", False)
    assert [claim["support_type"] for claim in draft.tables()["support"]] == ["financial"]


def test_a_name_with_a_comma_is_not_torn_apart(tmp_path: Path) -> None:
    """What known names leave over is one name, and nobody knows for certain whose number it is."""
    rows = [
        {**ONE, "id": "1", "ext_id": "567", "ext_name": "UNITA", "ext_w_ns": "1"},
        {"id": "2", "ext_id": "623,567", "ext_name": "Interahamwe, ex-FAR,UNITA", "ext_count_ns": "2",
         "ext_w_ns": "1"},
    ]  # fmt: skip
    draft = ucdp_esd.records(ucdp_esd.read(sources.esd(tmp_path / "esd.csv", *rows)))
    assert draft.records["actors"]["ucdp-esd-actor-623"]["name"] == "Interahamwe, ex-FAR"
    assert {claim["from"] for claim in draft.tables()["support"]} == {"ucdp-actor-567", "ucdp-esd-actor-623"}


def test_the_same_in_two_conflicts_is_one_happening(tmp_path: Path) -> None:
    """Two rows of one year share the occurrence of each type that both name."""
    rows = [
        {**ONE, "id": str(n), "dyad_id": str(n), "ext_w_ns": "1", f"ext_{x}_ns": "1"}
        for n, x in ((1, "t"), (2, "f"))
    ]
    shared = {claim["id"]: claim.get("occurrence") for claim in claims(tmp_path, *rows)}
    assert shared == {
        "ucdp-esd-1-9002-material": "ucdp-esd-ucdp-actor-9002-ucdp-actor-9001-2001-material",
        "ucdp-esd-2-9002-material": "ucdp-esd-ucdp-actor-9002-ucdp-actor-9001-2001-material",
        "ucdp-esd-1-9002-training": None,
        "ucdp-esd-2-9002-financial": None,
    }


def test_support_of_states_for_states_comes_when_asked_for(tmp_path: Path) -> None:
    """Groups are at one end of every claim, unless --states says otherwise."""
    row = {
        "actor_id": "130", "actor_name": "Government of Nowhere", "actor_nonstate": "0", "ext_w_s": "1",
        "ext_id": "114,9002", "ext_name": "Government of Elsewhere,Made-up Giver", "ext_count_s": "1",
        "ext_count_ns": "1", "ext_f_ns": "1",
    }  # fmt: skip
    assert [claim["from"] for claim in claims(tmp_path, row)] == ["ucdp-actor-9002"]
    assert len(claims(tmp_path, row, states=True)) == 2


def test_a_claim_tells_its_row(tmp_path: Path) -> None:
    """The evidence holds the id of the row, its line, and in our words what it codes."""
    rows = ucdp_esd.read(
        sources.esd(tmp_path / "esd.csv", {**ONE, "id": "41", "active": "0", "ext_w_ns": "1"})
    )
    (passage,) = ucdp_esd.records(rows).tables()["evidence"]
    assert passage == {
        "id": "ucdp-esd-ev-41",
        "found_in": "ucdp-esd-18-1",
        "locator_label": "row id",
        "locator": "41 (dyad 77)",
        "line": "2",
        "summary": "Codes for 2001 that Made-up Giver supported Made-up Taker against Government of Nowhere; "
        "others: 1 (weapons).",
        "note": "No active conflict in this year.",
    }


def test_an_actor_of_the_graph_is_taken_by_its_xref(tmp_path: Path) -> None:
    """No second actor is made of it; the name printed here becomes one of its names."""
    rows = ucdp_esd.read(sources.esd(tmp_path / "esd.csv", {**ONE, "ext_w_ns": "1"}))
    draft = ucdp_esd.records(rows, {"ucdp.actor:9002": "made-up-hub"})
    assert draft.tables()["support"][0]["from"] == "made-up-hub"
    assert list(draft.records["actors"]) == ["ucdp-actor-9001"]
    assert draft.tables()["names"] == [
        {
            "id": "ucdp-actor-9002-printed",
            "actor": "made-up-hub",
            "name": "Made-up Giver",
            "name_type": "as_printed",
        }
    ]


def test_a_row_of_another_release_is_refused(tmp_path: Path) -> None:
    """Release 18.1 ends with 2017."""
    path = sources.esd(tmp_path / "esd.csv", {**ONE, "year": "2018"})
    with pytest.raises(InputError) as caught:
        ucdp_esd.read(path)
    assert str(caught.value) == (
        f"{path} row 2 is of the year '2018', not of 1975 to 2017. Only release 18.1 is read."
    )
