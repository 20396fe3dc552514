"""Claims that a book would add although the graph has them: what a plan says of each, on the casebook."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.graph import Graph
from kb.loading.plan import make_plan
from loaders.tables import read_book
from tests.graph.shell import kb
from tests.tables import write_tables

ROOT = Path(__file__).parent.parent.parent
HEADER = "id,from,to,act,date,occurrence,status,note\n"


def warned(graph: Graph, folder: Path, **tables: str) -> list[tuple[str | None, str]]:
    """(column, message and hint) of the claims that the graph has already."""
    plan = make_plan(graph, read_book([write_tables(folder, **tables)]))
    return [(f.column, f"{f.message}. {f.hint}") for f in plan.faults if f.code == "duplicate-claim"]


def test_the_plan_says_what_is_there_and_what_to_write(casebook: Graph, tmp_path: Path) -> None:
    """The ids, dates and works of what is there, and the occurrence that they share."""
    pledges = f"{HEADER}x-1,Boko Haram,Islamic State,pledge,2015-03,,,\n"
    assert warned(casebook, tmp_path, pledges=pledges) == [
        (
            "occurrence",
            "the graph has this already, at the same or an overlapping time: "
            "bp-pledge-boko-haram-2015-03 (2015-03, blair-potter), "
            "pp-pledge-boko-haram (2015-03, plapinger-potter). If they tell one happening, "
            "write occurrence boko-haram-pledge-to-is, or leave this out and cite its passage there.",
        )
    ]


@pytest.mark.parametrize(
    ("row", "number"),
    [
        ("boko-haram,islamic-state,pledge,2015-03-07,,,", 1),
        ("boko-haram,islamic-state,pledge,2015-03~,,,", 1),
        ("boko-haram,islamic-state,pledge,2015,,,", 1),
        ("boko-haram,islamic-state,pledge,[2015-03-01..2015-03-31],,,", 1),
        ("boko-haram,islamic-state,pledge,2015-04,,,", 0),
        ("boko-haram,islamic-state,pledge,,,,", 0),
        ("islamic-state,boko-haram,pledge,2015-03,,,", 0),
        ("boko-haram,islamic-state,renew,2015-03,,,", 0),
        ("boko-haram,islamic-state,pledge,2015-03,boko-haram-pledge-to-is,,", 0),
        ("boko-haram,islamic-state,pledge,2015-03,another,,", 1),
        ("boko-haram,islamic-state,pledge,2015-03,,rejected,made up", 0),
    ],
)
def test_what_is_compared_are_act_actors_and_days(
    casebook: Graph, tmp_path: Path, row: str, number: int
) -> None:
    """Dates overlap however they are written; an occurrence in common, or a rejected row, is silent."""
    assert len(warned(casebook, tmp_path, pledges=f"{HEADER}x-1,{row}\n")) == number


def test_an_event_is_known_by_those_who_take_part(casebook: Graph, tmp_path: Path) -> None:
    """In another order and under another title; with other roles it is another event."""
    events = (
        "id,title,event_type,date,participants\n"
        "x-1,Help is asked for,support_request,2014-05,islamic-state=target;ansar-bayt-al-maqdis=initiator\n"
        "x-2,Help is asked for,support_request,2014-05,islamic-state=initiator;ansar-bayt-al-maqdis=target\n"
    )
    ((_, said),) = warned(casebook, tmp_path, events=events)
    assert "bp-event-abm-request (2014, " in said


def test_the_casebook_does_not_repeat_itself(casebook: Graph) -> None:
    """Its claims are those of the graph, not others that say the same; nothing else is to be warned of."""
    assert make_plan(casebook, read_book([ROOT / "casebook"])).faults == []


def test_a_claim_that_the_book_moves_away_is_no_repetition(casebook: Graph, tmp_path: Path) -> None:
    """With both rows in the book, what counts is how they will stand."""
    known = "boko-haram,islamic-state,pledge"
    moved = f"{HEADER}x-1,{known},2015-03,,,\n" + "".join(
        f"{ident},{known},2011,boko-haram-pledge-to-is,,\n"
        for ident in ("bp-pledge-boko-haram-2015-03", "pp-pledge-boko-haram")
    )
    assert warned(casebook, tmp_path, pledges=moved) == []
    assert len(warned(casebook, tmp_path, pledges=moved.replace("2011", "2015-03-09"))) == 1


def test_a_passage_of_the_graph_is_looked_up(casebook: Graph, tmp_path: Path) -> None:
    """What only the graph knows: the work of a passage, when it came out, and of what kind it is."""
    pledges = "id,from,to,act,date,evidence\nx-1,boko-haram,al-qaeda,pledge,2024,bp-ev-aqi-accepted\n"
    evidence = "id,found_in,summary\nx-ev,blair-potter,Says so.\n"
    plan = make_plan(casebook, read_book([write_tables(tmp_path, pledges=pledges, evidence=evidence)]))
    assert [(f.code, f.row, f.column) for f in plan.faults] == [
        ("no-locator", 2, "locator"),
        ("after-its-source", 2, "date"),
    ]


def test_the_summary_counts_the_warnings(casebook: Graph, tmp_path: Path) -> None:
    """On the line that says what a load would do; a warning stops nothing."""
    pledges = "id,from,to,act,date,evidence\nx-1,boko-haram,islamic-state,pledge,2015,bp-ev-aqi-accepted\n"
    done = kb("plan", str(write_tables(tmp_path, pledges=pledges)))
    assert (done.status, done.err[-1]) == (
        0,
        "1 to add, 0 to change, 0 to retract, 0 the same; 1 warning.",
    )
