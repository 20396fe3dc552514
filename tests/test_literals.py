"""Queries with their parameters filled in."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from kb.literals import filled, literal


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "null"),
        (True, "true"),
        (3, "3"),
        (0.5, "0.5"),
        ("al-qaeda", "'al-qaeda'"),
        ("it's a \\ path", "'it\\'s a \\\\ path'"),
        ("two\nlines", "'two\\u000Alines'"),
        (date(2014, 6, 29), "date('2014-06-29')"),
        (datetime(2014, 6, 29, 1, 2, tzinfo=UTC), "datetime('2014-06-29T01:02:00+00:00')"),
        (datetime(2014, 6, 29, 1, 2), "localdatetime('2014-06-29T01:02:00')"),
        (time(1, 2, tzinfo=UTC), "time('01:02:00+00:00')"),
        (time(1, 2), "localtime('01:02:00')"),
        ([float("inf"), float("-inf"), float("nan")], "[Infinity, -Infinity, NaN]"),
        ({"a": 1, "b c": ["x"]}, "{a: 1, `b c`: ['x']}"),
        (["a", None, 1], "['a', null, 1]"),
        ([], "[]"),
    ],
)
def test_a_value_is_written_as_cypher_writes_it(value: Any, written: str) -> None:
    """Text in quotes with escapes, days as dates, lists and maps of all of them."""
    assert literal(value) == written


def test_only_parameters_are_filled_in() -> None:
    """`$` in strings and comments stays, and the header goes but for its title."""
    head = "// Title\n//\n// @param name text: who $name is\n"
    query = head + "MATCH (n {name: $name}) // not $name\nRETURN '$name' AS x"
    assert filled(query, {"name": "a"}) == (
        "// Title\nMATCH (n {name: 'a'}) // not $name\nRETURN '$name' AS x\n"
    )
