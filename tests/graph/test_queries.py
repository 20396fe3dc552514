"""The query library on the bundled casebook: plans, columns, and rows that were coded by hand from the texts.

`expected/<query>.csv` holds the answer to the example in the header, in the columns that can be read off the
texts. It was written from them, not from the program's output.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from kb import catalog
from kb.export.network import of_paths
from kb.graph import Graph
from kb.render import cell
from kb.table import Table

EXPECTED = Path(__file__).parent / "expected"
QUERIES = [pytest.param(query, id=query.name) for query in catalog.library().values()]
# The topic `quality` is tested on planted faults, in test_quality.py.
ANSWERED = [param for param in QUERIES if param.values[0].topic != "quality"]  # type: ignore[union-attr]

# What a graph without duplicates and without such a property does not know yet.
UNSET = ("No property", "No relationship type 'SAME_AS'", "No label 'Duplicate'")

# Operators that make a statement slow as the graph grows; a header may allow one, with its reason.
SLOW = {"AllNodesScan", "CartesianProduct", "Eager"}


def answer(graph: Graph, name: str, **values: object) -> Table:
    """The rows of a query for these values."""
    query = catalog.find(name)
    return graph.answer(query, query.bind(values))


def in_columns(table: Table, columns: list[str]) -> Counter[tuple[str, ...]]:
    """How often each combination of values stands in these columns."""
    places = [table.columns.index(column) for column in columns]
    return Counter(tuple(cell(row[place], ";") for place in places) for row in table.rows)


@pytest.mark.parametrize("query", QUERIES)
def test_the_plan_is_fast(casebook: Graph, query: catalog.Query) -> None:
    """No query scans every node, multiplies patterns or holds back rows, unless its header says why."""
    plan = casebook.explain(query.cypher, query.bind(query.example))
    assert plan.query_type == "r"
    assert plan.names() & SLOW <= query.allow.keys()


@pytest.mark.parametrize("query", QUERIES)
def test_the_columns_are_those_declared(casebook: Graph, query: catalog.Query) -> None:
    """The columns of the header come back in order, the key tells rows apart, no name is unknown."""
    table = casebook.guarded(query.cypher, query.bind(query.example))
    assert table.columns == list(query.columns)
    assert max(in_columns(table, list(query.key)).values(), default=1) == 1
    assert not [line for line in table.notices if not line.startswith(UNSET)]


@pytest.mark.parametrize("query", ANSWERED)
def test_the_example_gives_the_rows_coded_by_hand(casebook: Graph, query: catalog.Query) -> None:
    """Row for row, in the columns of the expected file."""
    with (EXPECTED / f"{query.name}.csv").open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    assert in_columns(answer(casebook, query.name, **query.example), head) == Counter(map(tuple, rows))


def test_every_expected_file_has_its_query() -> None:
    """No file is left behind when a query is renamed."""
    assert {path.stem for path in EXPECTED.glob("*.csv")} == {str(param.id) for param in ANSWERED}


# The groups of the printed table that no passage ties to material support, the duplicate row once.
SILENT = """
abu-sayyaf-group al-ansar-battalion al-ghurabaa al-huda-battalion-in-maghreb-of-islam
al-itisam-of-the-koran-and-sunnah al-qaeda-in-the-arabian-peninsula
al-shabaab-jubba-region-cell-bashir-abu-numan al-tawheed-brigade-in-khorasan ansar-al-islam
ansar-al-khilafah-philippines ansar-al-tawhid-in-india bangsamoro-islamic-freedom-fighters
bangsamoro-justice-movement caucasus-emirate-central-sector-kabardino-balkaria
caucasus-emirate-nokhchico-wilayat djamaat-houmat-ad-dawa-as-salafiya faction-of-katibat-al-imam-bukhari
heroes-of-islam-brigade-in-khorasan islamic-movement-of-uzbekistan islamic-state-libya-darnah
islamic-youth-shura-council jaish-al-sahabah-in-the-levant jemaah-anshorut-tauhid jemaah-islamiyah
jemaah-islamiyah-philippines jund-al-khilafah-algeria jund-al-khilafah-egypt jund-al-khilafah-tunisia
jundullah-pakistan leaders-of-the-mujahid-in-khorasan lions-of-libya liwa-ahrar-al-sunna-in-baalbek
martyrs-of-al-yarmouk-brigade mujahideen-indonesia-timor mujahideen-of-tunisia-of-kairouan
mujahideen-of-yemen mujahideen-shura-council-in-the-environs-of-jerusalem okba-ibn-nafaa-battalion
shura-council-of-shabab-al-islam-darnah supporters-for-the-islamic-state-in-yemen
supporters-of-the-islamic-state-in-the-land-of-the-two-holy-mosques taliban tehreek-e-khilafat
"""


def test_silence_is_not_called_rhetorical(casebook: Graph) -> None:
    """A listed pledge about which the texts say nothing more is `not stated`, for certain."""
    table = answer(casebook, "rhetorical_ties_after_schism", hub="islamic-state")
    classes = {row["actor_id"]: (row["class"], row["certainty"]) for row in table.records()}
    assert {actor: classes.get(actor) for actor in SILENT.split()} == dict.fromkeys(
        SILENT.split(), ("not stated", "certain")
    )


def test_the_two_sides_and_a_claimed_branch_are_no_partners(casebook: Graph) -> None:
    """Al-Qaeda and Jabhat al-Nusra are not among the ties of the Islamic State after the break."""
    table = answer(casebook, "rhetorical_ties_after_schism", hub="islamic-state")
    actors = {row["actor_id"] for row in table.records()}
    assert not actors & {"al-qaeda", "islamic-state", "jabhat-al-nusra"}


def test_a_claimed_branch_is_shown_as_claimed(casebook: Graph) -> None:
    """Asked for, the pair without a tie says that a claim was made and not acknowledged."""
    table = answer(
        casebook,
        "rhetorical_ties_after_schism",
        hub="islamic-state",
        **{"class": "no cooperative tie recorded"},
    )
    flags = {row["actor_id"]: row["flags"] for row in table.records()}
    assert "claimed, not acknowledged" in flags["jabhat-al-nusra"]


def test_one_reading_of_the_break_can_be_asked_for(casebook: Graph) -> None:
    """The id of one reading opens the window with that reading alone."""
    narrow = answer(
        casebook, "rhetorical_ties_after_schism", schism="bp-schism-is-aq-2014-02", hub="islamic-state"
    )
    every = answer(casebook, "rhetorical_ties_after_schism", hub="islamic-state")
    certain = [row["actor_id"] for row in every.records() if row["certainty"] == "certain"]
    assert set(certain) <= {row["actor_id"] for row in narrow.records()}


def test_the_two_texts_on_militants_disagree_in_many_pairs(casebook: Graph) -> None:
    """At least twenty pairs of readings, of which one at least is disputed, differ in something."""
    pairs = answer(casebook, "texts_differ").records()
    assert len(pairs) >= 20
    assert all(row["differs"] and "disputed" in (row["first_status"], row["second_status"]) for row in pairs)


def test_two_actors_can_bridge_two_hubs(casebook: Graph) -> None:
    """The Irish group and the Egyptian one are joined by two actors that have ties with each other."""
    asked = {"first": "irish-republican-army", "second": "egyptian-islamic-jihad", "most": 2}
    table = answer(casebook, "bridges_between_hubs", **asked)
    bridges = [(row["bridge_ids"], row["certainty"], row["only_one"]) for row in table.records()]
    assert bridges == [(["revolutionary-armed-forces-of-colombia", "al-qaeda"], "undated", True)]


def test_a_component_ends_with_the_distance_at_which_it_has_enough(casebook: Graph) -> None:
    """Two actors are one tie away, seven are two away; the ties drawn are a tree of all that are listed."""
    found = {}
    for enough in (1, 2, 3, 4, 10):
        asked = {"actor": "jabhat-al-nusra", "on": "2014-01-15", "limit": enough}
        rows = answer(casebook, "component_at", **asked).records()
        network = of_paths(row["path"] for row in rows)
        assert set(network.nodes) == {row["member_id"] for row in rows}
        assert len(network.lines) == len(rows) - 1
        found[enough] = [row["distance"] for row in rows]
    assert found == {1: [0], 2: [0, 1, 1], 3: [0, 1, 1], 4: [0, 1, 1] + 7 * [2], 10: [0, 1, 1] + 7 * [2]}


def test_a_path_in_a_window_leaves_out_what_has_no_date(casebook: Graph) -> None:
    """All that is known of the Irish group has no date, so in a window no path leads from it."""
    asked = {"actor": "irish-republican-army", "other": "boko-haram"}
    assert not answer(casebook, "shortest_cooperative_path", **asked, since="1990-01-01").rows


def test_a_reading_of_the_break_after_all_claims_has_no_new_ties(casebook: Graph) -> None:
    """The break between the parts of the Red Army Faction is followed by no new tie of either."""
    schism = "pp-schism-raf-prisoners-commandos"
    assert not answer(casebook, "new_ties_after_schism", schism=schism, months=6).rows


def test_promises_that_were_kept_are_not_listed(casebook: Graph) -> None:
    """The four kinds that the Islamic State promised its Egyptian partner were all given."""
    assert not answer(casebook, "promised_never_given", actor="islamic-state").rows


def test_newcomers_are_listed_on_demand(casebook: Graph) -> None:
    """Groups that swore allegiance after the break and had no earlier tie are newcomers, for certain."""
    table = answer(casebook, "who_followed_whom", newcomers=True)
    newcomers = {row["actor_id"] for row in table.records() if row["course"] == "newcomer"}
    assert {"jundullah-pakistan", "lions-of-libya", "al-ghurabaa"} <= newcomers
    assert not newcomers & {"ansar-al-islam", "taliban", "jabhat-al-nusra"}


def test_a_window_leaves_undated_support_out_of_the_balance(casebook: Graph) -> None:
    """Within a window, support without a date is listed and not counted."""
    asked = {"actor": "al-qaeda", "other": "islamic-state", "since": "1999-01-01", "until": "2001-12-31"}
    rows = {row["support_type"]: row for row in answer(casebook, "balance_of_support", **asked).records()}
    assert (rows["territorial"]["given"], rows["territorial"]["given_certain"]) == (1, 1)
    assert (rows["other"]["received"], len(rows["other"]["undated"])) == (None, 5)
