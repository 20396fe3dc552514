"""A book that is written and read again holds the same records, as CSV and as XLSX."""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from kb.errors import InputError
from kb.loading.codec import normal
from kb.loading.export import cell_text, csv_text, rows_of, write_book
from kb.model import TABLES, Record
from loaders.tables import read_book
from tests.strategies import records

SLOW = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
CASES: dict[str, list[dict[str, Any]]] = {
    "cases": [{"id": "c-1", "title": "One"}, {"id": "c-2", "title": "Two"}]
}


def read_again(target: Path) -> list[Record]:
    """The records of a book that was written."""
    return [placed.record for placed in read_book([target]).placed]


@pytest.mark.parametrize("table", TABLES)
@SLOW
@given(data=st.data())
def test_a_written_book_reads_back_the_same(tmp_path: Path, table: str, data: st.DataObject) -> None:
    """Whatever the cells hold: signs, line ends, other scripts, what looks like a number, date or formula."""
    made = [normal(record) for record in data.draw(st.lists(records(table), min_size=1, max_size=3))]
    tables = {table: [dict(record.cells()) for record in made]}
    for target in (tmp_path / "book", tmp_path / "book.xlsx"):
        write_book(tables, target, force=True)
        assert read_again(target) == made


@pytest.mark.parametrize(
    "title", ["=1+2", "#N/A", "2014-11", "007", "1e5", "TRUE", "+", "a\nb", '"', "a;b", "_x000D_"]
)
@pytest.mark.parametrize("name", ["book", "book.xlsx"])
def test_text_that_a_spreadsheet_would_change_stays_text(tmp_path: Path, name: str, title: str) -> None:
    """No formula, error value, date, number or flag is made of it."""
    write_book({"cases": [{"id": "c-1", "title": title}]}, tmp_path / name)
    (record,) = read_again(tmp_path / name)
    assert record.cells()["title"] == title


def test_every_cell_of_a_workbook_is_text(tmp_path: Path) -> None:
    """Also the cells that a person will fill: a spreadsheet must not make a day of `2014-11`."""
    write_book(CASES, tmp_path / "book.xlsx")
    sheet = load_workbook(tmp_path / "book.xlsx")["cases"]
    assert {cell.number_format for row in sheet for cell in row} == {"@"}
    assert sheet.column_dimensions["B"].number_format == "@"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""), (True, "true"), (False, "false"), (("a", "b"), "a;b"), (["a"], "a"), (3.0, "3"),
        (0.1, "0.1"), (1e22, "1e+22"), (-2.5, "-2.5"), (12, "12"), ("x", "x"),
    ],
)  # fmt: skip
def test_a_value_has_one_text(value: object, text: str) -> None:
    """Flags as true and false, lists with semicolons, whole numbers without a point."""
    assert cell_text(value) == text


def test_columns_that_no_row_fills_are_left_out() -> None:
    """Required columns stay; the order is that of the table."""
    rows = rows_of(
        TABLES["cases"], [{"title": "One", "id": "c-1"}, {"id": "c-2", "note": "x", "title": "Two"}]
    )
    assert rows == [["id", "title", "note"], ["c-1", "One", ""], ["c-2", "Two", "x"]]


def test_csv_is_rfc_4180_with_line_feeds() -> None:
    """Commas, quotation marks and line ends are quoted, quotation marks doubled."""
    assert csv_text([["a", "b,c"], ['d"e', "f\ng"]]) == 'a,"b,c"\n"d""e","f\ng"\n'


def test_a_book_is_not_written_over_another(tmp_path: Path) -> None:
    """Without force nothing is touched; with it tables that are gone are gone."""
    for name in ("book", "book.xlsx"):
        write_book(CASES, tmp_path / name)
        with pytest.raises(InputError, match="Choose another"):
            write_book({"concepts": [{"id": "k-1", "term": "T"}]}, tmp_path / name)
        assert [record.ident for record in read_again(tmp_path / name)] == ["c-1", "c-2"]
        write_book({"concepts": [{"id": "k-1", "term": "T"}]}, tmp_path / name, force=True)
        assert [record.ident for record in read_again(tmp_path / name)] == ["k-1"]


def test_other_files_in_the_folder_stay(tmp_path: Path) -> None:
    """Only tables are replaced, and nothing is left behind."""
    (tmp_path / "README.md").write_text("mine")
    write_book(CASES, tmp_path)
    write_book(CASES, tmp_path, force=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["README.md", "cases.csv"]


def test_a_folder_may_have_a_point_in_its_name(tmp_path: Path) -> None:
    """A folder that is there is a folder; one that is not must not look like a file."""
    (tmp_path / "book.d").mkdir()
    write_book(CASES, tmp_path / "book.d")
    assert len(read_again(tmp_path / "book.d")) == 2
    with pytest.raises(InputError, match=r"book\.json is neither a folder nor an \.xlsx file"):
        write_book(CASES, tmp_path / "book.json")


def test_a_folder_named_like_a_workbook_is_not_written_over(tmp_path: Path) -> None:
    """Not even with force."""
    (tmp_path / "book.xlsx").mkdir()
    with pytest.raises(InputError, match=r"book\.xlsx is a folder"):
        write_book(CASES, tmp_path / "book.xlsx", force=True)


@pytest.mark.parametrize("name", ["book", "book.xlsx"])
def test_a_place_that_cannot_be_written_is_one_line(tmp_path: Path, name: str) -> None:
    """A file where a folder must be is an error with the reason, not a traceback."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match=f"file/{name} cannot be written: (Not a directory|File exists)"):
        write_book(CASES, tmp_path / "file" / name)


def test_a_cell_that_a_workbook_cannot_hold_is_refused(tmp_path: Path) -> None:
    """Nothing is cut: the message names the cell and the way out; CSV holds it."""
    long = {"cases": [{"id": "c-1", "title": "x" * 32_768}]}
    with pytest.raises(InputError, match="cases row 2, column title holds 32,768 characters") as caught:
        write_book(long, tmp_path / "book.xlsx")
    assert caught.value.hint == "Export to a folder."
    assert os.listdir(tmp_path) == []
    write_book(long, tmp_path / "book")
    assert len(read_again(tmp_path / "book")[0].cells()["title"]) == 32_768


def test_an_empty_graph_is_an_empty_book(tmp_path: Path) -> None:
    """No table, no file; a workbook must have a sheet, its name says that it is none."""
    assert write_book({}, tmp_path / "book") == []
    write_book({}, tmp_path / "book.xlsx")
    assert load_workbook(tmp_path / "book.xlsx").sheetnames == ["_empty"]


def test_files_are_utf_8_without_a_mark(tmp_path: Path) -> None:
    """As any program reads them."""
    (path,) = write_book({"cases": [{"id": "c-1", "title": "جبهة"}]}, tmp_path / "book")
    assert path.read_bytes() == "id,title\nc-1,جبهة\n".encode()
    with path.open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [["id", "title"], ["c-1", "جبهة"]]
