"""Records as nodes and relationships, and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb import dates
from kb.loading.codec import (
    Edge,
    bounds_properties,
    cells_of_node,
    edges,
    from_cells,
    is_plain,
    node_row,
    normal,
    pair,
    properties,
)
from kb.model import KIND_LABELS, TABLES, Record
from tests.strategies import records

NODES = [table for table, record in TABLES.items() if record.labels]
ROWS = [table for table, record in TABLES.items() if record.relationship]


def record(table: str, **cells: str) -> Record:
    """A record of these cells; `from_` is the column from."""
    return TABLES[table].model_validate({c.removesuffix("_"): text for c, text in cells.items()})


def row_of(table: str, **cells: str) -> tuple[str, Mapping[str, Any]]:
    """The table and the cells of such a record, as a plan holds them."""
    return table, record(table, **cells).cells()


def back(found: Record) -> Mapping[str, Any]:
    """The cells out of the node and the relationships that the record becomes."""
    links = [(edge.type, edge.end, edge.props) for edge in edges(found.table, found.cells(), {})]
    return cells_of_node(type(found), properties(found.table, found.cells()), links)


@pytest.mark.parametrize("table", NODES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_record_comes_back_from_its_node_as_it_went(table: str, data: st.DataObject) -> None:
    """No cell is lost or changed on the way, and the graph can hold every property: never nothing."""
    stored = normal(data.draw(records(table)))
    cells = back(stored)
    assert cells == stored.cells()
    assert from_cells(table, cells) == stored
    assert normal(stored) == stored
    for value in node_row(table, stored.cells())["props"].values():
        texts = isinstance(value, list) and bool(value) and all(isinstance(one, str) for one in value)
        assert texts or isinstance(value, str | int | float | bool | date)


@pytest.mark.parametrize("table", ROWS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_row_that_is_a_relationship_keeps_its_cells(table: str, data: st.DataObject) -> None:
    """The ends and the properties of the relationship hold the whole row."""
    kind = TABLES[table]
    row = normal(data.draw(records(table)))
    start, end = kind.key[:2]
    ends = {str(getattr(row, column)): "Actor" for column in (start, end)}
    (edge,) = edges(table, row.cells(), ends)
    assert edge.type == kind.relationship
    assert {start: edge.start, end: edge.end, **edge.props} == row.cells()


def test_lists_of_ids_are_sorted_and_other_lists_are_not() -> None:
    """A set of relationships has no order; the countries of an actor have."""
    actor = normal(
        record("actors", id="a-a", name="A", kind="cell", country="Syria;Iraq", evidence="e-2;e-1")
    )
    assert (actor.cells()["country"], actor.cells()["evidence"]) == (("Syria", "Iraq"), ("e-1", "e-2"))


@pytest.mark.parametrize(
    ("tie_type", "directed", "ends", "stored"),
    [
        ("alliance", "", ("a-a", "b-b"), False),
        ("host", "", ("b-b", "a-a"), True),
        ("membership", "", ("b-b", "a-a"), True),
        ("affiliation", "", ("b-b", "a-a"), True),
        ("host", "false", ("a-a", "b-b"), False),
        ("rivalry", "true", ("b-b", "a-a"), True),
    ],
)
def test_undirected_ties_have_the_smaller_id_first(
    tie_type: str, directed: str, ends: tuple[str, str], stored: bool
) -> None:
    """A tie from b-b to a-a is turned round when it has no direction; the default goes by its type."""
    cells = {"directed": directed} if directed else {}
    tie = normal(record("ties", id="t-1", from_="b-b", to="a-a", tie_type=tie_type, **cells))
    assert (tie.cells()["from"], tie.cells()["to"]) == ends
    assert tie.cells()["directed"] is stored
    assert pair(tie) == ("a-a", "b-b")


def test_defaults_are_stored_and_empty_cells_are_not() -> None:
    """A query can ask for `presence`; it never meets an empty text."""
    row = node_row(*row_of("support", id="s-1", from_="a-a", to="b-b", support_type="training"))
    assert row["props"] == {
        "id": "s-1", "support_type": "training", "presence": "present", "stage": "given",
        "direction": "one_way", "alleged": False, "status": "accepted", "confidence": "not_stated",
        "basis": "stated",
    }  # fmt: skip


def test_an_absent_claim_means_the_whole_of_its_date() -> None:
    """`2014` on an absence is every day of 2014, on a presence one unknown day."""
    ends = {"from_": "a-a", "to": "b-b", "date": "2014"}
    absent = properties(*row_of("support", id="s-1", support_type="any", presence="absent", **ends))
    present = properties(*row_of("support", id="s-2", support_type="training", **ends))
    first, last = date(2014, 1, 1), date(2014, 12, 31)
    assert [absent[b] for b in ("start_lo", "start_hi", "end_lo", "end_hi")] == [first, first, last, last]
    assert [present[b] for b in ("start_lo", "start_hi", "end_lo", "end_hi")] == [first, last, first, last]
    assert (absent["date_mode"], present["date_mode"]) == ("whole", "sometime")


def test_a_search_and_a_name_are_dated_without_a_prefix() -> None:
    """The window of a search is the whole of it, a name is borne over a spell; other dates have a prefix."""
    search = properties(
        *row_of("searches", id="s-1", subject="a-a", object="b-b", looked_for="any", window="2014",
               where_searched="here", searched_on="2020-05", outcome="none_found")
    )  # fmt: skip
    assert (search["start_hi"], search["end_lo"]) == (date(2014, 1, 1), date(2014, 12, 31))
    assert (search["searched_on_lo"], search["searched_on_hi"]) == (date(2020, 5, 1), date(2020, 5, 31))
    name = properties(*row_of("names", id="n-1", actor="a-a", name="A", name_type="alias", valid="2014"))
    assert (name["date_mode"], name["valid"], name["start_hi"]) == ("throughout", "2014", date(2014, 12, 31))


def test_unknown_bounds_and_flags_that_are_off_are_left_out() -> None:
    """`2015/..` knows no last day; the flag says that it goes on."""
    found = bounds_properties(dates.parse("2015/.."), "date_", short=False)
    assert found == {
        "start_lo": date(2015, 1, 1), "start_hi": date(2015, 12, 31), "end_lo": date(2015, 12, 31),
        "date_mode": "throughout", "end_open": True,
    }  # fmt: skip
    assert bounds_properties(dates.parse("[..2014-02]"), "issued_", short=True) == {
        "issued_hi": date(2014, 2, 28)
    }


def test_relationships_carry_role_place_and_stance() -> None:
    """Participants their role, evidence where it was found, a citation its stance."""
    event = row_of(
        "events", id="e-1", title="They met", event_type="meeting", participants="a-a=side_a;b-b=side_b"
    )
    assert edges(*event, {}) == [
        Edge("Claim", "e-1", "INVOLVES", "Actor", "a-a", {"role": "side_a"}),
        Edge("Claim", "e-1", "INVOLVES", "Actor", "b-b", {"role": "side_b"}),
    ]
    passage = row_of("evidence", id="ev-1", found_in="a-work", source="b-work", source_locator="p. 9",
                     locator_label="page", locator="3", line="12", summary="It says so.")  # fmt: skip
    assert edges(*passage, {}) == [
        Edge(
            "Evidence",
            "ev-1",
            "FOUND_IN",
            "Source",
            "a-work",
            {"locator_label": "page", "locator": "3", "line": 12},
        ),
        Edge("Evidence", "ev-1", "QUOTES", "Source", "b-work", {"locator": "p. 9"}),
    ]
    claim = row_of("schisms", id="x-1", from_="a-a", to="b-b", evidence="ev-1")
    assert edges(*claim, {})[-1] == Edge("Claim", "x-1", "CITES", "Evidence", "ev-1", {"stance": "supports"})


def test_a_citation_that_says_more_is_not_in_the_cell_evidence() -> None:
    """The cell holds those that only support; the table of citations holds the rest."""
    assert is_plain({"stance": "supports"})
    for more in ({"stance": "context"}, {"stance": "supports", "note": "x"},
                 {"stance": "supports", "directness": "primary"}):  # fmt: skip
        assert not is_plain(more)
    links = [("CITES", "ev-2", {"stance": "contradicts"}), ("CITES", "ev-1", {"stance": "supports"})]
    assert cells_of_node(TABLES["cases"], {"id": "c-1", "title": "C"}, links) == {"id": "c-1", "title": "C"}
    assert cells_of_node(TABLES["actors"], {"id": "a-a"}, links)["evidence"] == ("ev-1",)


@pytest.mark.parametrize(("kind", "label"), KIND_LABELS.items())
def test_an_actor_has_the_label_of_its_kind(kind: str, label: str) -> None:
    """The label is second to the kind, which stays a property."""
    row = node_row(*row_of("actors", id="a-a", name="A", kind=kind))
    assert (row["label"], row["props"]["kind"]) == (label, kind)
