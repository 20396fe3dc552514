"""Templates: their example passes the check, and their drop-downs hold the values of the model."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from kb.model import TABLES
from loaders.tables import read_book
from loaders.template import MARK, VALUES, example, template_csv, template_xlsx
from tests.graph.shell import kb


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with a sheet for each table."""
    path = tmp_path_factory.mktemp("template") / "all.xlsx"
    path.write_bytes(template_xlsx(list(TABLES)))
    return path


@pytest.mark.parametrize("table", TABLES)
def test_the_example_of_a_table_passes_the_check(table: str, tmp_path: Path) -> None:
    """One record, no error; the only warnings name records of the casebook that must be in the graph."""
    path = tmp_path / f"{table}.csv"
    path.write_text(template_csv(table), "utf-8")
    book = read_book([path])
    assert [placed.record.table for placed in book.placed] == [table]
    assert book.errors == []
    assert {fault.code for fault in book.faults} <= {"foreign-key"}


@pytest.mark.parametrize("table", TABLES)
def test_a_template_has_every_column(table: str) -> None:
    """The header is that of the model behind one column that the reader leaves out; the example is real."""
    header, row = csv.reader(io.StringIO(template_csv(table)))
    assert header == [MARK, *TABLES[table].columns()]
    cells = dict(zip(header, row, strict=True))
    assert {column: cells[column] for column in example(table)} == example(table)


def test_a_workbook_passes_the_check(workbook: Path) -> None:
    """Every sheet is read as its table, the sheet of values is left out, no cell is wrong."""
    book = read_book([workbook])
    assert [placed.record.table for placed in book.placed] == list(TABLES)
    assert {fault.code for fault in book.faults} == {"foreign-key"}
    assert {fault.severity for fault in book.faults} == {"warning"}


def choices(path: Path) -> dict[tuple[str, str], list[str]]:
    """(table, column) to the values of its drop-down, found as a spreadsheet finds them."""
    workbook = load_workbook(path)
    found = {}
    for table in TABLES:
        sheet: Any = workbook[table]
        for validation in sheet.data_validations.dataValidation:
            sheet_name, _, cells = validation.formula1.rpartition("!")
            rows = workbook[sheet_name.strip("'")][cells.replace("$", "")]
            place, first, last_place, last = range_boundaries(str(validation.sqref))
            assert (place, first, last) == (last_place, 2, 1_048_576)
            assert validation.type == "list"
            several = sheet.cell(1, place).value in TABLES[table].lists()
            assert bool(validation.showErrorMessage) is not several
            found[table, sheet.cell(1, place).value] = [cell.value for (cell,) in rows]
    return found


def test_the_drop_downs_hold_the_values_of_the_model(workbook: Path) -> None:
    """Each column with a code list, and each that is true or false, can be chosen from exactly its values."""
    codes = {(t, c): list(mark.values) for t, kind in TABLES.items() for c, mark in kind.codes().items()}
    flags = [
        ("support", "alleged"),
        ("ties", "directed"),
        ("references", "in_text"),
        ("references", "in_list"),
    ]
    assert choices(workbook) == codes | {flag: ["true", "false"] for flag in flags}


def test_a_sheet_says_what_belongs_where(workbook: Path) -> None:
    """Required headers are coloured and say so; every header has a remark; cells are text."""
    sheet: Any = load_workbook(workbook)["pledges"]
    columns = TABLES["pledges"].columns()
    heads = {cell.value: cell for cell in sheet[1][1:]}
    assert list(heads) == list(columns)
    coloured = [name for name, cell in heads.items() if cell.fill.fill_type == "solid"]
    assert coloured == ["id", "from", "to", "act"]
    assert [name for name, cell in heads.items() if cell.comment.text.startswith("Required")] == coloured
    assert all(str(columns[name][1].description) in cell.comment.text for name, cell in heads.items())
    assert sheet.column_dimensions["G"].number_format == "@"


def test_panes_are_frozen_once(workbook: Path) -> None:
    """More than one mark for a pane makes Excel repair the file."""
    for sheet in load_workbook(workbook).worksheets:
        panes = [mark.pane for mark in sheet.sheet_view.selection]
        assert len(panes) == len(set(panes))


def test_values_are_listed_with_their_meaning(workbook: Path) -> None:
    """The sheet of values names table, column, value and meaning; roles stand as they are written."""
    rows = set(load_workbook(workbook)[VALUES].iter_rows(values_only=True))
    assert ("table", "column", "value", "meaning") in rows
    assert ("pledges", "act", "refuse", "declines a pledge, an offer or a demand") in rows
    assert ("pledges", "participants", "actor=envoy", "carries the message") in rows


def test_the_command_prints_or_writes(tmp_path: Path) -> None:
    """CSV on stdout; a file says what to do next and is not written over without --force."""
    done = kb("template", "pledges")
    assert (done.status, done.out, done.err) == (0, template_csv("pledges"), [])
    path = tmp_path / "new-pledges.xlsx"
    assert kb("template", "pledges", "sources", "pledges", "--out", path).status == 0
    assert load_workbook(path).sheetnames == ["pledges", "sources", VALUES]
    path.write_text("mine")
    done = kb("template", "pledges", "--out", path)
    assert (done.status, done.out) == (2, "")
    assert done.err == [f"Error: {path} exists already. Choose another name, or add --force."]
    assert path.read_text() == "mine"
    assert kb("template", "pledges", "--out", path, "--force").status == 0
    assert load_workbook(path).sheetnames == ["pledges", VALUES]
    csv_path = tmp_path / "new-pledges.csv"
    assert kb("template", "pledges", "--out", csv_path).status == 0
    assert csv_path.read_text("utf-8") == template_csv("pledges")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["plegdes"], "There is no table 'plegdes'. Did you mean 'pledges'?"),
        (["pledges", "ties"], "A CSV file holds one table. For several, add --out FILE.xlsx."),
        (
            ["pledges", "ties", "--out", "x.csv"],
            "A CSV file holds one table. For several, add --out FILE.xlsx.",
        ),
        (["pledges", "--out", "x.ods"], "x.ods is neither .csv nor .xlsx. Name a file that ends so."),
        (
            ["pledges", "--out", "mine.csv"],
            "mine.csv would not be read as pledges. "
            "A CSV file is named after its table: pledges.csv, or new-pledges.csv.",
        ),
        (
            ["pledges", "--out", "no/where/pledges.csv"],
            "Cannot write no/where/pledges.csv: No such file or directory.",
        ),
    ],
)
def test_a_wrong_template_is_one_line(words: list[str], said: str) -> None:
    """What cannot be written is refused with the way out, and nothing is printed."""
    done = kb("template", *words)
    assert (done.status, done.out, done.err) == (2, "", [f"Error: {said}"])
