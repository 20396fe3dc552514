"""A spreadsheet of 30 invented pledges with 12 planted faults, mended by what the messages say, and loaded.

The groups with Made-up in their names, all dates and all sources are invented. al-Qaeda and the Islamic
State stand for actors that are in the graph already; nothing is said of them here that happened.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from kb.graph import Graph
from tests.graph.books import load, write_book
from tests.graph.shell import kb

IN_THE_GRAPH: dict[str, list[dict[str, str]]] = {
    "actors": [
        {"id": "al-qaeda", "name": "al-Qaeda", "kind": "militant_group"},
        {"id": "islamic-state", "name": "Islamic State", "kind": "militant_group"},
    ]
}
HEADER = ["id", "from", "to", "act", "date", "evidence", "status", "note"]


def pledge(number: int) -> list[Any]:
    """An invented pledge without a fault."""
    hub = "al-qaeda" if number % 2 else "islamic-state"
    name = f"Made-up Brigade {number:02}"
    return [f"mu-{number:02}", name, hub, "pledge", f"2015-{number % 12 + 1:02}-10", "mu-ev-1", None, None]


def found(pattern: str) -> Callable[[str], str]:
    """The part of a suggestion that is to be written."""
    return lambda said: re.findall(pattern, said)[0]


# Number of the pledge (its row is one more), column, what is planted there, code and column of the fault, and
# what a person writes who has read the suggestion.
PLANTED: list[tuple[int, str, Any, str, str, str | Callable[[str], str]]] = [
    (1, "from", "Brigade of the Made-up Hils", "foreign-key", "from", found(r"\((made-up-hills)\b")),
    (3, "date", "03/04/2015", "date-syntax", "date", found(r"Write (\S+) or")),
    (5, "date", "[2015-06..2015-02]", "date-reversed", "date", found(r"Write (\S+\])")),
    (7, "act", "plegde", "bad-value", "act", found(r"mean '(\w+)'")),
    (9, "evidence", None, "no-evidence", "evidence", "mu-ev-2"),
    (11, "id", "mu-10", "primary-key", "id", "mu-11"),
    (13, "date", 41953, "date-syntax", "date", found(r"it is (\S+),")),
    (15, "status", "disputed", "note-required", "note", "Two made-up reports differ."),
    (17, "to", None, "required", "to", "al-qaeda"),
    (19, "date", "2999", "date-future", "date", "2015"),
    (21, "evidence", "mu-ev-11", "foreign-key", "evidence", found(r"(mu-ev-1)\b")),
    (23, "to", "n/a", "foreign-key", "to", "al-qaeda"),
]


def spreadsheet(path: Path) -> Path:
    """The book as somebody typed it: actors, a source, evidence, and the pledges with their faults."""
    made = Workbook()
    tables: dict[str, list[list[Any]]] = {
        "actors": [
            ["id", "name", "kind"],
            ["made-up-hills", "Brigade of the Made-up Hills", "militant_group"],
            *([f"made-up-brigade-{n:02}", f"Made-up Brigade {n:02}", "militant_group"] for n in range(2, 31)),
        ],
        "sources": [["id", "type", "title"], ["mu-work", "report", "A made-up report"]],
        "evidence": [
            ["id", "found_in", "locator", "summary"],
            *([f"mu-ev-{n}", "mu-work", f"{n}", f"Invented passage {n}."] for n in (1, 2)),
        ],
        "pledges": [HEADER, *(pledge(number) for number in range(1, 31))],
    }
    for number, column, planted, *_ in PLANTED:
        tables["pledges"][number][HEADER.index(column)] = planted
    for table, rows in tables.items():
        sheet = made.create_sheet(table)
        for row in rows:
            sheet.append(row)
    made.remove(made.worksheets[0])
    made.save(path)
    return path


def lines_of(text: Any, column: str) -> list[str]:
    """What a cell of the fix file says of a column."""
    return [line.partition(": ")[2] for line in str(text).split("\n") if line.startswith(f"{column}: ")]


def test_thirty_pledges_are_mended_by_the_messages_and_loaded(tmp_path: Path, graph: Graph) -> None:
    """Check, mend the fix file by its suggestions, check, plan, load: no other knowledge is needed."""
    load(graph, write_book(tmp_path / "before", IN_THE_GRAPH))
    book, mend = spreadsheet(tmp_path / "pledges.xlsx"), tmp_path / "mend.xlsx"
    refused = kb("load", book, "--yes")
    assert refused.status == 2
    assert graph.rows("MATCH (p:Pledge) RETURN count(p) AS n") == [{"n": 0}]

    checked = kb("check", book, "--fix-file", mend)
    assert checked.status == 2
    shown = [line for line in checked.out.splitlines() if "[pledges]" in line]
    workbook = load_workbook(mend)
    sheet = workbook["pledges"]
    places = {str(cell.value): cell.column for cell in sheet[1]}
    for number, _, _, code, column, mended in PLANTED:
        row = number + 1
        here = f" row {row}, column {column}: "
        (line,) = [one for one in shown if here in one and f"[{code}]" in one]
        (message,) = lines_of(sheet.cell(row, places["_fault"]).value, column)
        (suggestion,) = lines_of(sheet.cell(row, places["_suggestion"]).value, column)
        assert line.endswith(f"] {message}. {suggestion}")
        sheet.cell(row, places[column], mended if isinstance(mended, str) else mended(suggestion))
    good = {number + 1 for number in range(1, 31)} - {number + 1 for number, *_ in PLANTED}
    assert {row for row in good if sheet.cell(row, places["_fault"]).value} == set()
    workbook.save(mend)

    again = kb("check", mend)
    assert (again.status, [line for line in again.out.splitlines() if "foreign-key" not in line]) == (0, [])
    planned = kb("plan", mend)
    assert (planned.status, planned.err) == (0, ["63 to add, 0 to change, 0 to retract, 0 the same."])
    loaded = kb("load", mend, "--yes")
    assert (loaded.status, loaded.err[-1]) == (0, f"Take it back: kb undo {loaded.out.partition(':')[0]}")
    found = graph.rows(
        "MATCH (a)<-[:FROM]-(p:Pledge)-[:TO]->(b) WHERE p.id IN ['mu-01', 'mu-03', 'mu-13', 'mu-23'] "
        "RETURN p.id AS id, a.id AS start, b.id AS end, p.date AS date ORDER BY id"
    )
    assert [list(row.values()) for row in found] == [
        ["mu-01", "made-up-hills", "al-qaeda", "2015-02-10"],
        ["mu-03", "made-up-brigade-03", "al-qaeda", "2015-04-03"],
        ["mu-13", "made-up-brigade-13", "al-qaeda", "2014-11-10"],
        ["mu-23", "made-up-brigade-23", "al-qaeda", "2015-12-10"],
    ]
    assert graph.rows("MATCH (p:Pledge) RETURN count(p) AS n") == [{"n": 30}]
    assert kb("load", mend, "--yes").out == "Nothing to change; no load was recorded.\n"
