"""Rows as text: what a table does when it is wider than the terminal, and how values are written."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.render import cell, draw, render
from kb.table import Table

LONG = "Supporters of a made-up organisation in a land with a very long name"


def table(columns: str, *rows: list[Any]) -> Table:
    """A table with these columns."""
    return Table(columns.split(), list(rows), [])


def test_a_table_lines_up_its_columns() -> None:
    """Text stands left, numbers stand right, missing values are blank."""
    drawn = draw(table("name count", ["Made-up Front", 3], ["Made-up Hub", None], ["x", 12]), 80)
    assert drawn.text.splitlines() == [
        "name           count",
        "─────────────  ─────",
        "Made-up Front      3",
        "Made-up Hub",
        "x                 12",
    ]
    assert drawn.dropped == []


def test_columns_that_do_not_fit_are_dropped_by_importance() -> None:
    """From the first important column that does not fit, columns are left out and named."""
    row = ["Made-up Front", "abc" * 5, "def" * 5, "ghi" * 5]
    drawn = draw(table("name a b c", row), 47, show=["name", "c", "b"])
    assert drawn.text.splitlines()[0].split() == ["name", "b", "c"]
    assert drawn.dropped == ["a"]
    assert draw(table("name a b c", row), 46, show=["name", "c", "b"]).dropped == ["a", "b"]


def test_the_name_column_is_never_cut_or_wrapped() -> None:
    """A long name has a line of its own, and the other columns still fit."""
    drawn = draw(table("name class", [LONG, "not stated"], ["Made-up Hub", "material"]), 40)
    assert drawn.text.splitlines() == [
        "name         class",
        "───────────  ──────────",
        LONG,
        "             not stated",
        "Made-up Hub  material",
    ]


def test_the_name_column_stands_first() -> None:
    """The first column of `show` comes first, whatever the order of the others."""
    drawn = draw(table("date act actor", ["2014", "pledge", "Made-up Front"]), 80, show=["actor"])
    assert drawn.text.splitlines()[0].split() == ["actor", "date", "act"]


def test_other_columns_wrap_at_blanks() -> None:
    """Text that is too wide goes over several lines, words are kept whole."""
    words = "one two three four five six seven eight nine ten"
    drawn = draw(table("name summary", ["x", words]), 34)
    assert [line[6:] for line in drawn.text.splitlines()[2:]] == [
        "one two three four five six",
        "seven eight nine ten",
    ]


def test_a_group_heads_its_rows() -> None:
    """The values of the group column become headings."""
    drawn = draw(table("hub actor", ["A", "x"], ["A", "y"], ["B", "z"]), 80, group="hub")
    assert drawn.text.splitlines() == ["actor", "─────", "", "A:", "x", "y", "", "B:", "z"]


def test_a_table_without_a_width_shows_everything() -> None:
    """Written to a file, nothing is dropped or wrapped."""
    drawn = draw(table("name a", [LONG, LONG]), None)
    assert drawn.dropped == []
    assert drawn.text.splitlines()[2] == f"{LONG}  {LONG}"


def test_wide_characters_count_twice() -> None:
    """Columns line up for scripts whose characters are wide, and for combining marks."""
    lines = draw(table("name a", ["伊斯兰", "x"], ["e\u0301", "x"]), 80).text.splitlines()
    assert lines[2:] == ["伊斯兰  x", "e\u0301       x"]


def test_a_table_without_rows_has_its_head() -> None:
    """No rows are no reason to fail."""
    assert draw(table("name a"), 80).text.splitlines()[0] == "name  a"


cells = st.one_of(st.none(), st.text(max_size=60), st.integers(), st.lists(st.text(max_size=9), max_size=4))


@given(st.lists(st.tuples(cells, cells, cells), max_size=5), st.integers(20, 120))
def test_no_line_is_wider_than_the_terminal_but_a_name(rows: list[tuple[Any, ...]], width: int) -> None:
    """Every line fits, unless it is one name that cannot, or one column whose words cannot."""
    from rich.cells import cell_len

    made = table("name a b", *map(list, rows))
    names = {" ".join(cell(row[0]).split()) for row in rows}
    for line in draw(made, width).text.splitlines():
        assert cell_len(line) <= width or line in names


def test_csv_joins_lists_and_writes_iso_dates() -> None:
    """Lists are joined by `;`, flags are true and false, nothing stands for null, quotes are doubled."""
    made = table("a b c d e", [["x", "y"], date(2014, 7, 1), None, True, 'say "so", twice'])
    assert render(made, "csv") == 'a,b,c,d,e\nx;y,2014-07-01,,true,"say ""so"", twice"\n'


VALUE = {
    "day": date(2014, 7, 1),
    "at": datetime(2014, 7, 1, 12, tzinfo=UTC),
    "list": ["é", 1.5],
    "nan": float("nan"),
}
PLAIN = {"day": "2014-07-01", "at": "2014-07-01T12:00:00+00:00", "list": ["é", 1.5], "nan": None}


def test_json_is_a_list_of_objects_with_iso_dates() -> None:
    """Dates are ISO text, numbers that are none are null, letters stay letters."""
    text = render(table("id value", ["x", VALUE], ["y", None]), "json")
    assert json.loads(text) == [{"id": "x", "value": PLAIN}, {"id": "y", "value": None}]
    assert "é" in text
    assert render(table("id"), "json") == "[]\n"


def test_jsonl_is_one_object_for_each_line() -> None:
    """Each row is a JSON object on a line of its own; no rows are no lines."""
    text = render(table("id value", ["x", VALUE], ["y", "a\nb"]), "jsonl")
    assert [json.loads(line)["id"] for line in text.splitlines()] == ["x", "y"]
    assert render(table("id"), "jsonl") == ""


words = st.text().filter(lambda text: "\r" not in text)


@given(st.lists(st.tuples(words, words), min_size=1, max_size=5))
def test_csv_reads_back(rows: list[tuple[str, str]]) -> None:
    """Whatever the text, a CSV reader gives it back."""
    text = render(table("a b", *map(list, rows)), "csv")
    assert list(csv.reader(io.StringIO(text, newline="")))[1:] == [list(row) for row in rows]


@pytest.mark.parametrize(
    ("value", "text"), [(None, ""), (False, "false"), (1.5, "1.5"), (["a", None, 2], "a; ; 2")]
)
def test_a_cell_is_plain_text(value: Any, text: str) -> None:
    """Values of the graph as text."""
    assert cell(value) == text


def test_a_table_without_columns_is_empty() -> None:
    """As `FINISH` gives one."""
    assert draw(Table([], [], []), 80).text == ""


def test_a_frame_keeps_whole_numbers_beside_missing_ones() -> None:
    """A count beside a missing value stays a whole number; dates and lists stay what they are."""
    frame = table("n day list", [1, date(2014, 7, 1), ["a"]], [None, None, []]).frame()
    assert str(frame["n"].dtype) == "Int64"
    assert frame["day"][0] == date(2014, 7, 1)
    assert frame["list"][0] == ["a"]
