"""The casebook in a graph that is written to: whatever came later goes again, and the casebook itself.

It is loaded once. Each test leaves the graph as it found it, but for the log of loads; the last one takes the
casebook back.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kb import catalog
from kb.graph import Graph
from kb.loading.apply import Receipt
from kb.loading.asof import graph_at
from kb.loading.export import Tables, tables_of, write_book
from kb.model import TABLES
from kb.paths import resource
from tests.graph.books import PAGE, SMALL, empty, everything, load, undo
from tests.graph.books import write_book as write_tables
from tests.graph.test_asof import State, answer, done
from tests.graph.test_judge import judge
from tests.graph.test_undo import CELLS

HEADLINES = ("pledges_of", "gains_and_costs", "names_at")


@pytest.fixture(scope="module")
def small(connection: Graph, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """The graph begins with the small book."""
    empty(connection)
    load(connection, write_tables(tmp_path_factory.mktemp("small") / "book", SMALL))
    return tables_of(connection)


@pytest.fixture(scope="module")
def casebook_load(connection: Graph, small: Tables) -> Receipt:
    """The load of the casebook beside it."""
    receipt = load(connection, resource("casebook"))
    assert receipt is not None
    return receipt


@pytest.mark.usefixtures("casebook_load")
def test_a_changed_row_of_every_table_is_undone(connection: Graph, tmp_path: Path) -> None:
    """Another text in a free column of one row of each table, taken back: the graph is what it was."""
    full = tables_of(connection)
    assert set(full) == set(TABLES) - ({"searches", "judgements"} - set(full))
    changes = {table: [{**rows[0], CELLS[table]: "made up for a test"}] for table, rows in full.items()}
    write_book(changes, tmp_path / "changed")
    changed = load(connection, tmp_path / "changed")
    assert changed is not None
    assert changed.changes >= len(changes)
    undo(connection, changed)
    assert tables_of(connection) == full


@pytest.mark.usefixtures("casebook_load")
def test_two_hubs_judged_the_same_are_parted_again(connection: Graph) -> None:
    """No record changes, and with the judgement goes all that it moved."""
    tables, before = tables_of(connection), everything(connection)
    receipt = judge(connection, "al-qaeda", "islamic-state")
    assert {k: v for k, v in tables_of(connection).items() if k != "judgements"} == {
        k: v for k, v in tables.items() if k != "judgements"
    }
    undo(connection, receipt)
    assert everything(connection) == before


def test_the_moment_of_its_load_is_given_back_exactly(
    connection: Graph, casebook_load: Receipt, tmp_path: Path
) -> None:
    """After a book that dates, breaks and pays: everything stored and the answers as before."""
    before = State(connection)
    asked = {name: answer(connection, name, dict(catalog.find(name).example)) for name in HEADLINES}
    pledge = next(row for row in before.tables["pledges"] if row["id"] == "pp-pledge-boko-haram")
    late = {"from": "boko-haram", "to": "islamic-state", "evidence": "ev-late", "date": "2015-04"}
    book = {
        "sources": [{"id": "late-work", "type": "report", "title": "Made up", "issued": "2020"}],
        "evidence": [
            {"id": "ev-late", "found_in": "late-work", **PAGE, "locator": "1", "summary": "Made up."}
        ],
        "pledges": [{**{c: cell for c, cell in pledge.items() if isinstance(cell, str)}, "date": "2015-05"}],
        "schisms": [{"id": "s-late", **late}],
        "support": [{"id": "f-late", "support_type": "financial", **late}],
    }
    receipt = load(connection, write_tables(tmp_path / "late", book))
    assert receipt is not None
    example = dict(catalog.find("pledges_of").example)
    assert answer(connection, "pledges_of", example) != asked["pledges_of"]
    with graph_at(connection, done(casebook_load)) as past:
        assert {name: answer(past, name, dict(catalog.find(name).example)) for name in HEADLINES} == asked
        assert State(past) == before
    undo(connection, receipt)


def test_the_casebook_goes_without_a_trace(connection: Graph, small: Tables, casebook_load: Receipt) -> None:
    """Undone, it leaves the small book as it was."""
    undo(connection, casebook_load)
    assert tables_of(connection) == small
