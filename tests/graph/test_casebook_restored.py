"""The casebook in a graph that is written to: whatever came later goes again, and the casebook itself.

It is loaded once. Each test leaves the graph as it found it, but for the log of loads; the last one takes the
casebook back.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from kb import catalog
from kb.evidence.norm import sum_of
from kb.evidence.texts import Texts
from kb.graph import Graph
from kb.loading.apply import Receipt
from kb.loading.asof import graph_at
from kb.loading.export import Tables, tables_of, write_book
from kb.loading.words import keep_words
from kb.model import TABLES
from kb.paths import resource
from loaders import ucdp_actor, ucdp_esd, ucdp_nonstate
from loaders.outside import Row
from tests.graph.books import PAGE, SMALL, empty, everything, load, plan_of, undo
from tests.graph.books import write_book as write_tables
from tests.graph.shell import kb
from tests.graph.test_asof import State, answer, done
from tests.graph.test_evidence import found
from tests.graph.test_judge import judge
from tests.graph.test_outside import bring
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
def test_the_whole_graph_is_the_book(connection: Graph, tmp_path: Path) -> None:
    """A plan of the export of casebook and small book against the graph it came from is empty."""
    write_book(tables_of(connection), tmp_path / "export")
    plan = plan_of(connection, tmp_path / "export")
    assert plan.same.total() > 3_000
    assert plan.changes == []


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


@pytest.mark.usefixtures("casebook_load")
def test_every_quotation_is_kept_whole_and_found(connection: Graph, seeds: Path) -> None:
    """With the texts at hand, each has the words whose sum the casebook tells; they go again.

    Captured documents and support are one command away.
    """
    kept = keep_words(connection, Texts(seeds))
    assert kept.lost == ()
    assert kept.whole == kept.looked_for > 50
    rows = connection.rows(
        "MATCH (e:Evidence) WHERE e.words IS NOT NULL RETURN e.words AS words, e.quote_sha256 AS sum"
    )
    assert len(rows) == kept.whole
    assert [row for row in rows if sum_of(row["words"].replace(" | ", "")) != row["sum"]] == []
    captured = found("--archive", "Harmony")
    assert {card["archive"] for card in captured} == {"Harmony Program"}
    assert any(card["archive_location"] and card["quotation"] and card["speaker"] for card in captured)
    given = found(
        "--actor", "Islamic State", "--with", "ansar-bayt-al-maqdis", "--support-type", "operational"
    )
    assert given
    assert all(card["claims"][0]["kind"] == "support" for card in given)
    lines = kb("evidence", "--claim-type", "pledge", "--limit", "100").out.splitlines()
    assert max(map(len, lines)) <= 80
    connection.write(lambda tx: tx.run("MATCH (e:Evidence) REMOVE e.words"))


@pytest.mark.usefixtures("casebook_load")
def test_three_books_of_ucdp_share_their_actors_with_it_and_go_without_a_trace(
    connection: Graph, ucdp: Path, esd_rows: list[Row], tmp_path: Path
) -> None:
    """A part of each file: queries see both, the Islamic State is one actor, and all is undone.

    It has pledges of the casebook, support, lineage and fights of UCDP.
    """
    before = tables_of(connection)
    receipts = [
        bring(connection, tmp_path / name, make)
        for name, make in {
            "esd": partial(ucdp_esd.records, in_2014(esd_rows)),
            "actor": partial(ucdp_actor.records, in_egypt(ucdp_actor.read(ucdp / "ucdp-actor-221.csv"))),
            "nonstate": partial(
                ucdp_nonstate.records, in_2014(ucdp_nonstate.read(ucdp / "ucdp-nonstate-221.csv"))
            ),
        }.items()
    ]
    assert {(row["label"], row["prefix"]) for row in connection.rows(OF_THE_ISLAMIC_STATE)} >= {
        ("Pledge", "pp"), ("Support", "ucdp-esd"), ("Lineage", "ucdp-actor"), ("Tie", "ucdp-nonstate"),
    }  # fmt: skip
    assert connection.rows("MATCH (a:Actor {id: 'ucdp-actor-234'}) RETURN a") == []
    given = connection.run("support_given_by", actor="al-qaeda")["claim"]
    assert {claim.partition("-")[0] for claim in given} >= {"bp", "pp", "ucdp"}
    for receipt in reversed(receipts):
        undo(connection, receipt)
    assert tables_of(connection) == before


def in_2014(rows: list[Row]) -> list[Row]:
    """The rows of one year."""
    return [row for row in rows if row["year"] == "2014"]


def in_egypt(rows: list[Row]) -> list[Row]:
    """The actors that fought in Egypt."""
    return [row for row in rows if "Egypt" in row["location"]]


OF_THE_ISLAMIC_STATE = """
MATCH (:Actor {id: 'islamic-state'})<-[:FROM|TO]-(c:Claim)
WITH [label IN labels(c) WHERE label <> 'Claim'][0] AS label, split(c.id, '-') AS parts
RETURN DISTINCT label, CASE parts[0] WHEN 'ucdp' THEN 'ucdp-' + parts[1] ELSE parts[0] END AS prefix
"""


def test_the_casebook_goes_without_a_trace(connection: Graph, small: Tables, casebook_load: Receipt) -> None:
    """Undone, it leaves the small book as it was."""
    undo(connection, casebook_load)
    assert tables_of(connection) == small
