"""The files of UCDP in a graph: what they say, and what the analysis makes of them."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from kb.analysis import flows as analysis
from kb.analysis import frames
from kb.analysis.read import fetch
from kb.graph import Graph
from kb.loading.apply import Receipt
from kb.loading.export import write_book
from kb.loading.matching import actors_by_xref, as_in_graph
from kb.model import FIVE_TYPES
from kb.plot import support_years
from loaders import ucdp_actor, ucdp_esd, ucdp_nonstate
from loaders.outside import Draft, Known, Row
from tests.graph import ucdp_by_hand as by_hand
from tests.graph.books import empty, load
from tests.graph.books import write_book as write_made_up
from tests.graph.shell import kb
from tests.graph.test_readme import ROOT, consoles, run
from tests.loaders import sources


@pytest.fixture(scope="module")
def loaded(
    connection: Graph,
    ucdp: Path,
    esd_rows: list[Row],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Graph]:
    """A graph of its own for the whole of External Support and of Non-State Conflict, as UCDP.md makes it."""
    folder = tmp_path_factory.mktemp("whole")
    empty(connection)
    bring(connection, folder / "esd", lambda known: ucdp_esd.records(esd_rows, known))
    fights = ucdp_nonstate.read(ucdp / "ucdp-nonstate-221.csv")
    bring(connection, folder / "nonstate", lambda known: ucdp_nonstate.records(fights, known))
    yield connection
    empty(connection)


def bring(graph: Graph, folder: Path, make: Callable[[Known], Draft]) -> Receipt:
    """Import beside the actors of the graph, and load."""
    tables = make(actors_by_xref(graph)).tables()
    tables["actors"] = as_in_graph(graph, tables["actors"])
    write_book(tables, folder)
    receipt = load(graph, folder)
    assert receipt
    return receipt


def test_the_counts_of_a_good_load_come_out(loaded: Graph) -> None:
    """Between organised groups with a UCDP id: rows, pair-years, directed pairs, groups, and certain types.

    157 groups by their ids. Counted in a table where UNITA stands twice, once without its id, they are 158.
    """
    (counts,) = loaded.rows(
        """
        MATCH (a:Group)<-[:FROM]-(s:Support)-[:TO]->(b:Group),
          (s)-[:CITES]->(row:Evidence)-[:FOUND_IN]->(:Source {id: 'ucdp-esd-18-1'})
        WHERE any(x IN a.xref WHERE x STARTS WITH 'ucdp.actor:')
          AND any(x IN b.xref WHERE x STARTS WITH 'ucdp.actor:')
        WITH collect({from: a.id, to: b.id, year: s.date, type: s.support_type, row: row.id}) AS claims
        UNWIND claims AS c
        WITH c, CASE WHEN c.type IN $five THEN [c.from, c.to, c.year] END AS certain
        RETURN count(DISTINCT [c.row, c.from]) AS rows, count(DISTINCT [c.from, c.to, c.year]) AS pair_years,
          count(DISTINCT [c.from, c.to]) AS pairs, count(DISTINCT certain) AS certain,
          collect(DISTINCT c.from) + collect(DISTINCT c.to) AS groups
        """,
        {"five": list(FIVE_TYPES)},
    )
    groups = len(set(counts.pop("groups")))
    assert counts == {"rows": 724, "pair_years": 721, "pairs": 246, "certain": 307}
    assert groups == 157


def test_every_supporter_of_a_rebel_group_is_there(loaded: Graph, ucdp: Path) -> None:
    """As many as in the table of one row per supporter and year, and the types of those who stand alone."""
    found = loaded.rows(
        """
        MATCH (s:Support)-[:CITES]->(row:Evidence)-[:FOUND_IN]->(:Source {id: 'ucdp-esd-18-1'})
        MATCH (a)<-[:FROM]-(s)-[:TO]->(b:Group)
        RETURN split(row.locator, ' ')[0] AS row, a.id AS giver, collect(s.support_type) AS types,
          count(s.rule) > 0 AS one_of_several
        """
    )
    with (ucdp / "esd_rebel_support_exploded.derived.csv").open(encoding="utf-8-sig", newline="") as file:
        derived = list(csv.DictReader(file))
    # The table tears "Interahamwe, ex-FAR" (two rows) and the Military Junta (one) into two supporters each.
    assert len(found) == len(derived) - 3
    exact = [
        row for row in derived if row["types_are_exact"] == "yes" and row["supporter_kind"] == "nonstate"
    ]
    told = {(r["row"], r["giver"]): set(r["types"]) for r in found if not r["one_of_several"]}
    known = actors_by_xref(loaded)
    for row in exact:
        coded = {ucdp_esd.LETTERS[x][0] for x in ucdp_esd.LETTERS if row[f"ext_{x}"] == "1"}
        assert told[row["esd_row_id"], known[f"ucdp.actor:{row['supporter_id']}"]] == coded
    assert len(exact) == 310


def test_the_numbers_without_an_actor_are_those_of_the_files(ucdp: Path, esd_rows: list[Row]) -> None:
    """UCDP Actor 22.1 does not list them, or lists them under another name."""
    listed = {row["actorid"]: row["namedata"] for row in ucdp_actor.read(ucdp / "ucdp-actor-221.csv")}
    named = ucdp_esd.names_of_supporters(esd_rows)
    assert {number for number, name in named.items() if listed.get(number) != name} == ucdp_esd.WITHOUT_ID


def test_each_supporter_is_counted_on_the_side_where_the_source_counts_it(esd_rows: list[Row]) -> None:
    """States and elements of states on one side, all others on the other, in every row of the file."""
    named = ucdp_esd.names_of_supporters(esd_rows)
    for row in esd_rows:
        sides = [s.side for s in ucdp_esd.supporters(row, named)]
        assert [sides.count("s"), sides.count("ns")] == [int(row["ext_count_s"]), int(row["ext_count_ns"])]


# --- the analysis of the two files, against a count in pandas from their raw cells ---------------


@dataclass(frozen=True)
class Found:
    """What the analysis makes of the graph of the two files."""

    dyads: pd.DataFrame
    flows: pd.DataFrame
    hostile: pd.DataFrame


@pytest.fixture(scope="module")
def found(loaded: Graph) -> Found:
    """The frames between groups, made once."""
    held = fetch(loaded)
    dyads = frames.dyad_years(held.claims, held.actors, kinds=frames.GROUPS)
    fights = analysis.hostile_years(held.claims, held.actors, dyads, *frames.year_range(held.claims))
    return Found(dyads, analysis.flow_years(dyads, held.claims), fights)


@pytest.fixture(scope="module")
def given(ucdp: Path) -> pd.DataFrame:
    """External Support by hand: one row a supporter, recipient and row of the file."""
    return by_hand.support(ucdp)


@pytest.fixture(scope="module")
def flows(given: pd.DataFrame) -> pd.DataFrame:
    """The same by provider, recipient and year."""
    return by_hand.flow_years(given)


@pytest.fixture(scope="module")
def fights(ucdp: Path) -> pd.DataFrame:
    """Non-State Conflict by hand: one row a pair and year."""
    return by_hand.fights(ucdp)


def number(ident: str) -> str:
    """The number of UCDP in the id of an actor."""
    return ident.removeprefix("ucdp-actor-")


def types(row: pd.Series) -> set[str]:
    """The cell `types` of a flow, from what was counted by hand."""
    if row["unknown"] & {"stated", "inferred"}:
        return {*row["known"], "unspecified"}
    return row["known"] | ({"possibly unspecified"} if row["unknown"] else set())


def doubted(flows: pd.DataFrame) -> pd.Series:
    """Whether nothing but `other` may have passed."""
    return ~flows["known"].map(bool) & flows["unknown"].map(lambda reasons: reasons == {"doubted"})


def test_who_gave_whom_what_in_which_year(found: Found, flows: pd.DataFrame) -> None:
    """Every flow of the graph with its types is one of the file, and no other."""
    told = {
        (number(row["provider"]), number(row["recipient"]), row["year"]): set(row["types"])
        for row in found.flows.to_dict("records")
    }
    assert told == {tuple(row[by_hand.PAIR_YEAR]): types(row) for _, row in flows.iterrows()}


def test_support_by_type_and_year(found: Found, flows: pd.DataFrame) -> None:
    """Flows and pairs of each type, of none that is known, and all of them; and the same for each year."""
    unknown, stated = ~flows["known"].map(bool), flows["unknown"].map(lambda reasons: "stated" in reasons)
    everything = unknown | ~unknown
    wanted = {t: (flows["known"].map(lambda known, t=t: t in known),) * 2 for t in FIVE_TYPES} | {
        "one of the five": (~unknown, ~unknown),
        "unspecified, stated": (unknown & stated, unknown & stated),
        "unspecified, inferred": (unknown & ~stated & ~doubted(flows), unknown & ~stated),
        "any type": (~doubted(flows), everything),
    }
    totals = analysis.flow_types(found.flows).set_index("support_type")
    for kind, masks in wanted.items():
        own = [flows[mask] for mask in masks]
        pairs = [len(rows.drop_duplicates(["provider", "recipient"])) for rows in own]
        assert [*totals.loc[kind]] == [*map(len, own), *pairs], kind
    told = analysis.flow_counts(found.flows).set_index(["support_type", "year"])
    for kind, masks in wanted.items():
        by_year = [flows[mask].groupby("year").size() for mask in masks]
        assert told.loc[kind].to_numpy().tolist() == [
            [counts.get(year, 0) for counts in by_year] for year in range(1975, 2018)
        ]


def test_hubs_by_out_degree(found: Found, flows: pd.DataFrame, fights: pd.DataFrame) -> None:
    """Distinct recipients, providers and foes of every group that gave anything."""
    sides = [*zip(fights["a"], fights["b"], strict=True), *zip(fights["b"], fights["a"], strict=True)]
    foes = pd.DataFrame(set(sides), columns=["of", "foe"]).groupby("of").size()
    gave = flows.groupby("provider")["recipient"].nunique()
    surely = flows[~doubted(flows)].groupby("provider")["recipient"].nunique()
    got = flows.groupby("recipient")["provider"].nunique()
    rows = analysis.providers(found.flows, found.hostile)
    columns = ["provider", "out_certain", "out_possible", "in_possible", "foes_certain", "foes_possible"]
    assert {(number(actor), *degrees) for actor, *degrees in rows[columns].itertuples(index=False)} == {
        (actor, surely.get(actor, 0), out, got.get(actor, 0), *(foes.get(actor, 0),) * 2)
        for actor, out in gave.items()
    }
    assert list(rows["out_possible"]) == sorted(gave, reverse=True)


def test_fights_by_year(found: Found, flows: pd.DataFrame, fights: pd.DataFrame) -> None:
    """Every pair and year of the file, the number of them by year, and who of them also gave support."""
    rows = found.hostile.to_dict("records")
    told = {(frozenset({number(r["a"]), number(r["b"])}), r["year"]): r["class"] for r in rows}
    fought = {(frozenset(pair), year) for *pair, year in fights[["a", "b", "year"]].itertuples(index=False)}
    gave = {(frozenset(pair), year) for *pair, year in flows[by_hand.PAIR_YEAR].itertuples(index=False)}
    assert set(told) == fought
    assert {key for key, name in told.items() if name == "material"} == fought & gave
    by_year = analysis.hostile_counts(found.hostile, found.dyads).set_index("year")
    assert by_year["certain"].to_dict() == fights.groupby("year").size().to_dict()
    assert by_year["also_material"].dropna().sum() == len(fought & gave)


EXAMPLE = ROOT / "kb" / "analysis" / "UCDP.md"


@pytest.mark.usefixtures("loaded")
def test_the_worked_example_prints_what_it_shows() -> None:
    """Each command of the example, on the graph that it makes, gives exactly the lines below it."""
    shown = list(consoles(EXAMPLE))
    assert len(shown) == 5
    for command, output in shown:
        assert run(command).out == output, command


def test_the_worked_example_shows_what_the_imports_say(ucdp: Path, esd_rows: list[Row]) -> None:
    """The records of each book and what of the file was left out."""
    fights = ucdp_nonstate.records(ucdp_nonstate.read(ucdp / "ucdp-nonstate-221.csv"))
    for book, draft in (("esd", ucdp_esd.records(esd_rows)), ("nonstate", fights)):
        counts = ", ".join(f"{len(rows):,} {table}" for table, rows in draft.tables().items())
        assert "\n".join([*draft.notes, f"Wrote {counts} to {book}."]) in EXAMPLE.read_text("utf-8")


def test_the_worked_example_says_what_the_files_hold(given: pd.DataFrame, flows: pd.DataFrame) -> None:
    """The numbers in its sentences, each counted by hand."""
    yearly = flows.groupby("year").size()
    gave = flows.groupby("provider")["recipient"].nunique().sort_values()
    got = flows.groupby("recipient")["provider"].nunique()
    names = given.drop_duplicates("provider").set_index("provider")["provider_name"]
    text = " ".join(EXAMPLE.read_text("utf-8").split())
    assert f"**{doubted(flows).sum()} flows are possible only**" in text
    assert f"knows one of the five types of {flows['counted'].map(bool).sum()} flows" in text
    assert flows["known"].map(bool).mean() < 0.5
    assert (
        f"those of {yearly.idxmax()}; in no year before 1999 were there more than {yearly.loc[:1998].max()}"
        in text
    )
    assert (names[gave.index[-1]], gave.iloc[-1]) == ("al-Qaida", 2 * gave.iloc[-2])
    assert set(names[got[got == got.max()].index]) == {"al-Qaida", "ULFA"}
    assert names["769"] == "al-Qaida"


def test_the_figure_of_the_worked_example_draws_the_counts(found: Found, flows: pd.DataFrame) -> None:
    """The heights of its bars add up to the flows of each type, and those of a year to all of that year."""
    numbers = support_years.plotted(analysis.flow_counts(found.flows))
    panels = {axes.get_title("left"): axes for axes in support_years.figure(numbers).axes}
    heights = {kind: sum(bar.get_height() for bar in axes.patches) for kind, axes in panels.items()}
    assert {kind: heights[kind] for kind in FIVE_TYPES} == {
        kind: flows["known"].map(lambda known, kind=kind: kind in known).sum() for kind in FIVE_TYPES
    }
    in_2012 = [
        bar for bar in panels["any type"].patches if bar.get_x() < 2012 < bar.get_x() + bar.get_width()
    ]
    assert sum(bar.get_height() for bar in in_2012) == (flows["year"] == 2012).sum()


# --- the command, with made-up files ------------------------------------------------------------

GIVER = {"ext_id": "9002", "ext_name": "Made-up Giver", "ext_count_ns": "1", "ext_w_ns": "1"}
KNOWN = {
    "actors": [
        {"id": "made-up-hub", "name": "Made-up Hub", "kind": "militant_group", "xref": "ucdp.actor:9002"},
        {"id": "taker", "name": "Made-up Taker", "kind": "militant_group", "country": "Nowhere"},
        {"id": "a-person", "name": "Made-up Taker", "kind": "person"},
        {"id": "another", "name": "Made-up Taker", "kind": "militant_group", "xref": "ucdp.actor:1"},
    ]
}


def test_import_takes_actors_by_xref_and_suggests_others_by_name(graph: Graph, tmp_path: Path) -> None:
    """A near name is listed with the command that joins the two; another kind or another number is not."""
    load(graph, write_made_up(tmp_path / "known", KNOWN))
    book = tmp_path / "book"
    done = kb("import", "ucdp-esd", sources.esd(tmp_path / "esd.csv", GIVER), "--book", book)
    assert done.err[-2:] == [
        f"Wrote 1 actors, 1 names, 1 support, 1 sources, 1 evidence to {book}.",
        "New actors with a name near to one of the graph: 1; see _suggestions in the book.",
    ]
    with (book / "_suggestions.csv").open(encoding="utf-8", newline="") as file:
        (near,) = csv.DictReader(file)
    assert near == {
        "actor": "ucdp-actor-9001", "name": "Made-up Taker", "xref": "ucdp.actor:9001", "candidate": "taker",
        "candidate_name": "Made-up Taker", "score": "100",
        "judge": "kb judge taker ucdp-actor-9001 same --why …",
    }  # fmt: skip
    assert kb("load", book, "--yes").status == 0
    assert graph.rows("MATCH (:Actor {id: 'made-up-hub'})<-[:FROM]-(s:Support) RETURN count(s) AS n") == [
        {"n": 1}
    ]
    pairs = json.loads(kb("duplicates", "--actors", "--format", "json").out)
    assert ("taker", "ucdp-actor-9001") in {(pair["left"], pair["right"]) for pair in pairs}


def test_a_second_import_changes_nothing_that_was_corrected(graph: Graph, tmp_path: Path) -> None:
    """The row of an actor that was loaded, and then got a country, is taken from the graph."""
    path = sources.esd(tmp_path / "esd.csv", GIVER)
    kb("import", "ucdp-esd", path, "--book", tmp_path / "book")
    kb("load", tmp_path / "book", "--yes")
    corrected = {"id": "ucdp-actor-9002", "name": "Right", "kind": "militant_group", "country": "Nowhere",
                 "xref": "ucdp.actor:9002"}  # fmt: skip
    kb("load", write_made_up(tmp_path / "fix", {"actors": [corrected]}), "--yes")
    assert kb("import", "ucdp-esd", path, "--book", tmp_path / "book", "--force").status == 0
    assert kb("load", tmp_path / "book", "--yes").out.startswith("Nothing to change")


def test_an_xref_of_two_actors_is_refused(graph: Graph, tmp_path: Path) -> None:
    """Nobody can say which of them is meant; no book is written."""
    twice = [{"id": i, "name": i, "kind": "militant_group", "xref": "ucdp.actor:9"} for i in ("one", "two")]
    load(graph, write_made_up(tmp_path / "known", {"actors": twice}))
    done = kb("import", "ucdp-esd", sources.esd(tmp_path / "esd.csv", GIVER), "--book", tmp_path / "book")
    assert (done.status, done.err[-1]) == (
        1,
        "Error: ucdp.actor:9 stands in the xref of one and two. Take it away from all but one of them.",
    )
    assert not (tmp_path / "book").exists()
