"""What is said about common slips, from the words in which Neo4j complains."""

from __future__ import annotations

import pytest

from kb.typos import explained, remarks

LONG = "a graph pattern, ',', 'ORDER BY', 'CALL', 'CREATE', 'DELETE', 'MATCH', 'RETURN', 'WITH' or <EOF>"
HINTS = [
    (f"Invalid input 'RETRUN': expected {LONG}.", "Did you mean 'RETURN'?"),
    (f"Invalid input 'ORDERBY': expected {LONG}.", "Did you mean 'ORDER BY'?"),
    (f"Invalid input 'CREAT': expected {LONG}.", ""),
    (f"Invalid input 'Select': expected {LONG}.", "Cypher asks with MATCH … RETURN …."),
    ("Invalid input 'RETURN': expected a parameter, '&', ')', ':' or '{'.", "Is a ) missing in front of it?"),
    ("Invalid input '‘': expected an expression.", "Put text in straight quotes: 'text' or \"text\"."),
    ("Invalid input '=': expected an expression.", "Two values are compared with one =."),
    ("Invalid input '=': expected ':'.", "In braces a property is written id: 'value'."),
    ("Invalid input '': expected an expression.", "The statement ends too early."),
    ("Invalid input ':': expected a graph pattern.", "A node stands in round brackets: (a:Actor)."),
    ("Variable `boko` not defined.", "Name it in MATCH; if it is meant as text, put it in quotes."),
    ("Query cannot conclude with MATCH (must be …).", "Add RETURN and what you want to see."),
    ("/ by zero.", ""),
]


@pytest.mark.parametrize(("said", "hint"), HINTS)
def test_a_common_slip_gets_a_hint(said: str, hint: str) -> None:
    """The nearest clause that reads, a missing bracket, a wrong sign; nothing where nothing is known."""
    assert explained(f"Line 1, column 2 of the statement: {said}")[1] == hint


def test_long_lists_of_what_may_stand_there_are_left_out() -> None:
    """A short one stays."""
    assert explained(f"Line 1: Invalid input 'x': expected {LONG}.")[0] == "Line 1: Invalid input 'x'."
    short = "Line 1: Invalid input '>': expected '-' or '['."
    assert explained(short)[0] == short
    types = (
        "Boolean, Float, Integer, Point, String, Date, Time, Vector, List<Boolean>, List<Date> or List<Time>"
    )
    assert (
        explained(f"Expected Node but was {types}.")[0] == "Expected Node but was Boolean, Float, Integer, …."
    )


REMARKS = {
    "MATCH (a)-[FROM]->(b) RETURN a":
        ["[FROM] is a variable, of relationships of every type; a type is written [:FROM]."],
    "MATCH (a)<-[FROM*1..3]-(b) RETURN a":
        ["[FROM] is a variable, of relationships of every type; a type is written [:FROM]."],
    "MATCH (c) WHERE c.start_lo >= '2014-01-01' AND c.end_hi<\"2015-01-01\" RETURN c":
        ["start_lo holds days: compare it with date('2014-01-01'), not with text.",
         "end_hi holds days: compare it with date(\"2015-01-01\"), not with text."],
    "MATCH (c {start_lo: '2014-01-01'}) RETURN c":
        ["start_lo holds days: compare it with date('2014-01-01'), not with text."],
    "MATCH (a)-[r]->()<-[:FROM]-()-[R1]-() RETURN [ISI] AS x": [],
    "MATCH (c) WHERE c.start_lo >= date('2014-01-01') RETURN '-[FROM]-' // c.end_hi < '2014-01-01'": [],
    "MATCH (c) WHERE c.date = '2014-01-01' RETURN c": [],
    "MATCH (e) WHERE e.quote_start = '2014-01-01' RETURN e": [],
}  # fmt: skip


@pytest.mark.parametrize("statement", REMARKS)
def test_what_runs_and_means_something_else_is_remarked(statement: str) -> None:
    """A type without its colon, and a day compared with a text; not in texts and comments."""
    assert remarks(statement) == REMARKS[statement]
