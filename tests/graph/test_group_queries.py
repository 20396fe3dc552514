"""The questions on groups, pledges and states where the casebook has no example: a made-up book."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from kb import catalog
from kb.graph import Graph
from tests.graph.books import empty, load, write_book

HUBS = ["hub-one", "hub-two"]
GROUPS = [
    "refused",
    "renewing",
    "undated",
    "switching",
    "rejected",
    "doubted",
    "denying",
    "assenting",
    "answering",
]
STATES = ["east", "west", "north", "south"]


def actor(ident: str, kind: str = "militant_group") -> dict[str, str]:
    return {"id": ident, "name": ident.title(), "kind": kind}


def claim(ident: str, from_: str, to: str, date: str = "", **more: str) -> dict[str, str]:
    note = "made up" if more.get("status") in ("disputed", "rejected") else ""
    return {"id": ident, "from": from_, "to": to, "date": date, "evidence": "ev-prose", "note": note, **more}


BOOK: dict[str, list[dict[str, str]]] = {
    "actors": [
        *(actor(i) for i in [*HUBS, *GROUPS]),
        actor("part-of-refused", "faction"),
        *(actor(i, "state") for i in STATES),
    ],
    "sources": [{"id": "made-up-work", "type": "book", "title": "A made-up work", "issued": "2020"}],
    "evidence": [
        {"id": "ev-prose", "found_in": "made-up-work", "summary": "Says so."},
        {"id": "ev-table", "found_in": "made-up-work", "locator_label": "table", "locator": "List",
         "summary": "Lists it."},
    ],
    "names": [
        {"id": "n-1", "actor": "refused", "name": "The Lions", "name_type": "alias", "valid": "2001/2003"},
        {"id": "n-2", "actor": "refused", "name": "The Lions", "name_type": "alias", "valid": "2006/2010"},
        {"id": "n-3", "actor": "refused", "name": "The Wolves", "name_type": "alias", "valid": "2001/2012",
         "occurrence": "wolves"},
        {"id": "n-4", "actor": "refused", "name": "The Wolves", "name_type": "alias", "valid": "2004/2010",
         "occurrence": "wolves"},
    ],
    "pledges": [
        claim("p-refused", "refused", "hub-one", "2010", act="pledge"),
        claim("p-refusal", "hub-one", "refused", "2011", act="refuse"),
        claim("p-refused-two", "refused", "hub-two", "2015", act="pledge", evidence="ev-table"),
        claim("p-renewing", "renewing", "hub-one", "2012-03", act="pledge"),
        claim("p-renewing-accepted", "hub-one", "renewing", "2012-04", act="accept"),
        claim("p-renewed", "renewing", "hub-one", "2013?", act="renew"),
        claim("p-undated", "hub-one", "undated", act="accept"),
        claim("p-undated-two", "undated", "hub-two", "2015-07", act="not_stated", evidence="ev-table"),
        claim("p-undated-listed", "answering", "hub-two", act="not_stated", evidence="ev-table"),
        claim("p-switching", "switching", "hub-one", "2010-01-01", act="pledge"),
        claim("p-withdrawn", "switching", "hub-one", "2012", act="withdraw"),
        claim("p-switched", "switching", "hub-two", "2013", act="pledge"),
        claim("p-rejected", "rejected", "hub-one", "2014", act="pledge", scope="faction", status="rejected"),
        claim("p-doubted", "doubted", "hub-one", "2014", act="pledge"),
        claim("p-doubted-accepted", "hub-one", "doubted", "2014", act="accept", status="disputed"),
        claim("p-answering-offer", "hub-one", "answering", "2009", act="offer"),
        claim("p-answering", "answering", "hub-one", "2010", act="pledge"),
        claim("p-claimed-denying", "hub-one", "denying", "2015", act="claim"),
        claim("p-denied", "denying", "hub-one", "2016", act="deny"),
        claim("p-claimed-assenting", "hub-one", "assenting", "2015", act="claim"),
        claim("p-assented", "assenting", "hub-one", "2016", act="pledge"),
        claim("p-part", "hub-two", "part-of-refused", "2017", act="accept", scope="faction"),
    ],
    "support": [
        claim("s-before", "hub-one", "switching", "2009", support_type="training"),
        claim("s-alleged", "hub-one", "switching", "2010-01-05", support_type="material", alleged="true"),
        claim("s-after", "hub-one", "switching", "2010-01-11", support_type="financial"),
        claim("s-words", "hub-one", "switching", "2010-01-02", support_type="other"),
    ],
    "ties": [
        claim("t-allied", "east", "west", "2000/2010", tie_type="alliance"),
        claim("t-rivals", "east", "west", "2005/2006", tie_type="rivalry"),
        claim("t-allied-early", "east", "north", "2000/2001", tie_type="alliance"),
        claim("t-rivals-late", "east", "north", "2005/2006", tie_type="rivalry"),
        claim("t-allied-undated", "east", "south", tie_type="alliance"),
        claim("t-rivals-dated", "east", "south", "2005/2006", tie_type="rivalry"),
    ],
    "lineage": [
        claim("l-part", "part-of-refused", "refused", relation="faction_of"),
        claim("l-split", "refused", "renewing", "2005", relation="split"),
        claim("l-next", "renewing", "switching", "2007", relation="split"),
        claim("l-rejected", "refused", "doubted", "2005", relation="split", status="rejected"),
    ],
    "events": [
        {"id": "e-early", "title": "A raid", "event_type": "attack", "date": "2002", "occurrence": "raid",
         "participants": "rejected=attacker", "evidence": "ev-prose"},
        {"id": "e-late", "title": "A raid", "event_type": "attack", "date": "2004", "occurrence": "raid",
         "participants": "rejected=attacker", "evidence": "ev-prose"},
        {"id": "e-vague", "title": "A siege", "event_type": "attack", "date": "[1999..2003]",
         "occurrence": "siege", "participants": "doubted=attacker", "evidence": "ev-prose"},
        {"id": "e-exact", "title": "A siege", "event_type": "attack", "date": "2002-05",
         "occurrence": "siege", "participants": "doubted=attacker", "evidence": "ev-prose"},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def made_up(connection: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    """A graph that holds the made-up book and is only read; empty again at the end."""
    empty(connection)
    load(connection, write_book(tmp_path_factory.mktemp("made-up") / "book", BOOK))
    yield connection
    empty(connection)


def answer(graph: Graph, name: str, *columns: str, **values: object) -> list[tuple[Any, ...]]:
    """These columns of each row of the answer."""
    query = catalog.find(name)
    return [
        tuple(row[column] for column in columns) for row in graph.answer(query, query.bind(values)).records()
    ]


def test_refusals_renewals_withdrawals_and_denials_name_what_they_concern(made_up: Graph) -> None:
    """Words of the other side count, later ones do not; a doubtful date makes it possible."""
    found = answer(made_up, "refused_renewed_withdrawn", "claim", "act", "concerns", "certainty")
    assert found == [
        ("p-refusal", "refuse", ["pledge 2010"], "certain"),
        ("p-withdrawn", "withdraw", ["pledge 2010-01-01"], "certain"),
        ("p-renewed", "renew", ["pledge 2012-03", "accept 2012-04"], "possible"),
        ("p-denied", "deny", ["claim 2015"], "certain"),
    ]


def test_a_pledge_waits_for_an_answer_until_one_is_accepted_as_told(made_up: Graph) -> None:
    """Refusal and disputed acceptance are shown; an offer taken up and an accepted pledge are left out."""
    found = answer(made_up, "unanswered_pledges", "actor_id", "answer", recipient="hub-one")
    assert found == [
        ("assenting", "not stated"),
        ("doubted", "disputed"),
        ("refused", "refused"),
        ("switching", "not stated"),
    ]


def test_a_switch_is_certain_where_the_dates_decide_and_a_refused_pledge_is_none(made_up: Graph) -> None:
    """What was withdrawn is said; what has no date leaves the order open."""
    found = answer(made_up, "switches_of_hub", "actor_id", "from_id", "to_id", "order", "left")
    assert found == [
        ("answering", "hub-one", "hub-two", "undated", ["not stated"]),
        ("switching", "hub-one", "hub-two", "certain", ["withdraw 2012"]),
        ("undated", "hub-two", "hub-one", "undated", ["not stated"]),
    ]


def test_a_claim_of_one_side_ends_with_the_word_of_the_other(made_up: Graph) -> None:
    """Who assented is left out, who denied is shown with the denial."""
    assert answer(made_up, "claimed_by_one_side", "claimed_id", "denied") == [("denying", ["deny 2016"])]


def test_time_to_support_leaves_out_what_was_over_and_what_is_alleged(made_up: Graph) -> None:
    """Training before the pledge and publicity do not count; alleged support only lowers the least."""
    found = answer(made_up, "time_to_support", "actor_id", "days_least", "days_most", silent=False)
    assert found == [("switching", 4, 10)]


def test_pledges_without_any_support_are_not_stated(made_up: Graph) -> None:
    """Each of them has its row, and no number of days."""
    found = answer(made_up, "time_to_support", "support", "days_least", "days_most", hub="hub-two")
    assert set(found) == {("not stated", None, None)}


def test_a_part_that_a_hub_accepts_is_a_partial_pledge_and_a_rejected_one_is_not(made_up: Graph) -> None:
    """The part is named, not the hub that acts."""
    assert answer(made_up, "partial_pledges", "actor_id", "parent_id", "to_id") == [
        ("part-of-refused", "refused", "hub-two")
    ]


def test_rejected_words_are_not_among_the_pledges_of_an_actor(made_up: Graph) -> None:
    """Its only pledge is rejected."""
    assert answer(made_up, "pledges_of", "claim", actor="rejected") == []


def test_a_listed_pledge_without_a_date_comes_last_by_month(made_up: Graph) -> None:
    """One row of the table has a month, one a year, one nothing."""
    found = answer(
        made_up, "pledges_by_month", "month", "rows", recipient="hub-two", work="made-up-work", locator="List"
    )
    assert found == [("2015-07", 1), (None, 2)]


def test_pledges_by_month_of_any_work_keep_apart_what_the_dates_leave_open(made_up: Graph) -> None:
    """The year 2015 may be its July; what has no date may be too."""
    found = answer(
        made_up,
        "pledges_by_period",
        "period",
        "rows",
        "events",
        "possible",
        recipient="hub-two",
        monthly=True,
    )
    assert found == [("2015-07", 1, 1, 2), (None, 3, 3, 0)]


def test_an_acceptance_without_a_date_ties_a_group_to_a_hub(made_up: Graph) -> None:
    """At any time asks for no date; a refused pledge is no tie."""
    found = answer(made_up, "groups_tied_to_both_hubs", "actor_id", first="hub-one", second="hub-two")
    assert found == [("answering",), ("switching",), ("undated",)]


def test_adversaries_are_tethered_when_rivalry_and_bond_overlap(made_up: Graph) -> None:
    """For certain, or perhaps when a date is missing; not when the one ended before the other began."""
    found = answer(made_up, "tethered_adversaries", "one_id", "other_id", "certainty")
    assert found == [("east", "south", "undated"), ("east", "west", "certain")]


def test_a_name_borne_twice_is_certain_in_either_spell(made_up: Graph) -> None:
    """Another spell is no other reading, and a less exact reading makes nothing doubtful."""
    found = answer(made_up, "names_at", "name", "certainty", actor="refused", on="2007-01-01")
    assert found == [("The Lions", "certain"), ("The Wolves", "certain")]
    assert answer(made_up, "names_at", "name", actor="refused", on="2005-06-01") == [("The Wolves",)]


def test_readings_that_disagree_make_activity_possible(made_up: Graph) -> None:
    """A raid of 2002 or 2004 is possible in 2002; one that a less exact reading tells too is certain."""
    found = answer(made_up, "actors_active", "actor_id", "certainty", since="2002-01-01", until="2002-12-31")
    assert ("doubted", "certain") in found
    assert ("rejected", "possible") in found


def test_lineage_runs_backwards_and_forwards_without_what_is_rejected(made_up: Graph) -> None:
    """Forwards the steps are in order of time, backwards the part comes up."""
    found = answer(made_up, "lineage_tree", "way", "step", "from_id", "to_id", "in_time", actor="refused")
    assert found == [
        ("forwards", 1, "refused", "renewing", None),
        ("forwards", 2, "renewing", "switching", "yes"),
        ("backwards", 1, "part-of-refused", "refused", None),
    ]


def test_one_way_of_the_lineage_can_be_asked_for(made_up: Graph) -> None:
    """Backwards from the last of the chain."""
    found = answer(made_up, "lineage_tree", "step", "from_id", actor="switching", way="backwards")
    assert found == [(1, "renewing"), (2, "refused"), (3, "part-of-refused")]
