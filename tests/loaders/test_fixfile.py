"""The fix file: what stands beside each bad row, what stays as it was, and that it loads when mended."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from kb.errors import InputError
from kb.loading.book import Book
from loaders.fixfile import refuse_target, write_fix_file
from loaders.sheets import Sheet
from loaders.tables import read_book
from tests.tables import AROUND, write_tables

RED, YELLOW = "FFFFC7CE", "FFFFEB9C"
PLEDGES = (
    "id,From,to,act,date,evidence,note\n"
    "p-1,red-front,blue-front,pledge,2014-11,ev-1, two  words \n"
    "p-2,red-front,blue-front,plegde,03/04/2015,ev-1,\n"
    "\n"
    "p-3,red-front,blue-front,pledge,2015,ev-1,=1+1\n"
    "p-4,red-front,green-army,pledge,2016,,x\n"
)


def fixed(paths: list[Path], target: Path) -> tuple[Book, Any]:
    """The book, and the workbook that was written for it."""
    sheets: list[Sheet] = []
    book = read_book(paths, sheets=sheets)
    write_fix_file(sheets, book.faults, target)
    return book, load_workbook(target)


def texts(sheet: Worksheet) -> list[list[Any]]:
    """The values of every row."""
    return [[cell.value for cell in row] for row in sheet.rows]


def colour(sheet: Worksheet, cell: str) -> str | None:
    """The colour behind a cell, if it has one."""
    fill = sheet[cell].fill
    return str(fill.start_color.rgb) if fill.fill_type else None


@pytest.fixture
def workbook(tmp_path: Path) -> Any:
    """The fix file of a book with three bad rows."""
    folder = write_tables(tmp_path / "book", **AROUND, pledges=PLEDGES)
    return fixed([folder], tmp_path / "mend.xlsx")[1]


def test_every_table_is_written_back_as_it_was_read(workbook: Any, tmp_path: Path) -> None:
    """All tables, rows and cells in their order and as text; good tables get no columns."""
    assert workbook.sheetnames == ["_faults", "actors", "cases", "evidence", "pledges", "sources"]
    assert texts(workbook["cases"]) == [["id", "title"], ["a-case", "A made-up case"]]
    rows = texts(workbook["pledges"])
    assert rows[0] == ["id", "From", "to", "act", "date", "evidence", "note", "_fault", "_suggestion"]
    assert rows[1] == [
        *("p-1", "red-front", "blue-front", "pledge", "2014-11", "ev-1", " two  words ", None, None)
    ]
    assert rows[4][6] == "=1+1"
    assert workbook["pledges"]["G5"].data_type == "s"
    assert workbook["pledges"]["E2"].number_format == "@"


def test_fault_and_suggestion_stand_beside_the_row(workbook: Any) -> None:
    """A line for each fault; the faulty cells and the fault are coloured, other rows are not."""
    sheet = workbook["pledges"]
    assert [sheet["H3"].value, sheet["I3"].value] == [
        "act: 'plegde' is not allowed here\ndate: '03/04/2015' is not a date this program reads",
        "act: Did you mean 'pledge'?\ndate: Write 2015-04-03 or 2015-03-04.",
    ]
    assert [sheet["H4"].value, sheet["I4"].value] == ["the row is empty", "Delete what is empty."]
    assert sheet["H6"].value == "evidence: no evidence for this claim"
    coloured = {cell.coordinate: colour(sheet, cell.coordinate) for row in sheet.rows for cell in row}
    assert {place: c for place, c in coloured.items() if c} == {
        "D3": RED, "E3": RED, "H3": RED, "H4": YELLOW, "F6": YELLOW, "H6": YELLOW,
    }  # fmt: skip


def test_the_first_sheet_lists_all_faults(workbook: Any) -> None:
    """With the fields of the model, in the order of the book."""
    rows = texts(workbook["_faults"])
    assert rows[0] == ["sheet", "row", "column", "value", "code", "severity", "message", "hint"]
    assert [row[:6] for row in rows[1:]] == [
        ["pledges", "3", "act", "plegde", "bad-value", "error"],
        ["pledges", "3", "date", "03/04/2015", "date-syntax", "error"],
        ["pledges", "4", None, None, "blank-row", "warning"],
        ["pledges", "6", "evidence", None, "no-evidence", "warning"],
    ]


def test_the_fix_file_loads_when_its_cells_are_mended(workbook: Any, tmp_path: Path) -> None:
    """Nothing has to be removed: the fault columns and the list are left out by the reader."""
    sheet = workbook["pledges"]
    sheet["D3"], sheet["E3"], sheet["F6"] = "pledge", datetime(2015, 4, 3), "ev-2"
    sheet["E3"].number_format = "dd/mm/yyyy"
    sheet.delete_rows(4)
    workbook.save(tmp_path / "mended.xlsx")
    book = read_book([tmp_path / "mended.xlsx"])
    assert book.faults == []
    assert [(p.record.ident, p.record.cells().get("date")) for p in book.of("pledges")] == [
        ("p-1", "2014-11"), ("p-2", "2015-04-03"), ("p-3", "2015"), ("p-4", "2016"),
    ]  # fmt: skip


ODD = [
    ["id", "title", None, "note", "questin"],
    ["c-1", "One", None, "=A1", None, None, "beyond"],
    ["c-2", "#REF!", None, "NA", None],
    ["c-3", "Three\x07", None, "_x0041_", "Ã©"],
    [],
    ["c-1", datetime(2026, 11, 10), "unnamed", 0.5, None],
    ["c-4", "Four", None, "first", None],
    ["c-5", "Five", None, None, None],
]


def odd_workbook(folder: Path) -> Path:
    """A workbook with everything that is wrong without a wrong text in a cell, and a table of no name."""
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.title = "cases"
    for number, row in enumerate(ODD, 1):
        for place, value in enumerate(row, 1):
            cell = sheet.cell(number, place, value if value != "Three\x07" else "Three_x0007_")
            if isinstance(value, datetime):
                cell.number_format = "d-mmm"
    sheet.merge_cells("D7:D8")
    made.create_sheet("schism").append(["id", "from"])
    titled = made.create_sheet("concepts")
    for line in (["Our concepts"], ["id", "term"], ["x-1", "X"]):
        titled.append(line)
    made.save(folder / "odd.xlsx")
    return folder / "odd.xlsx"


def test_what_was_not_mended_is_found_again(tmp_path: Path) -> None:
    """Formulas, joined cells, cells too many, empty rows and tables without a name stay what they were."""
    before, made = fixed([odd_workbook(tmp_path)], tmp_path / "mend.xlsx")
    after = read_book([tmp_path / "mend.xlsx"])
    assert len(before.faults) == 13

    def known(book: Book) -> list[Any]:
        return [(f.sheet.partition(" ")[2], f.row, f.column, f.code, f.value, f.hint) for f in book.faults]

    assert sorted(known(after), key=str) == sorted(known(before), key=str)
    assert made.sheetnames == ["_faults", "cases", "concepts", "schism"]
    # and again: the columns of the first time are not doubled
    _, again = fixed([tmp_path / "mend.xlsx"], tmp_path / "again.xlsx")
    assert texts(again["cases"])[0] == texts(made["cases"])[0]
    assert [row[:5] for row in texts(again["cases"])] == [row[:5] for row in texts(made["cases"])]


def test_faults_of_the_header_are_comments(tmp_path: Path) -> None:
    """A text in the first row would be the name of a column."""
    folder = write_tables(tmp_path / "book", **{**AROUND, "actors": "id,name,knd\nred-front,R,cell\n"})
    _, made = fixed([folder], tmp_path / "mend.xlsx")
    sheet = made["actors"]
    assert texts(sheet) == [["id", "name", "knd"], ["red-front", "R", "cell"]]
    assert [colour(sheet, cell) for cell in ("A1", "B1", "C1")] == [RED, None, RED]
    assert sheet["A1"].comment.text == "there is no column kind. Required are id, name, kind."
    assert sheet["C1"].comment.text == "actors has no column 'knd'. Did you mean 'kind'?"


def test_a_reference_that_may_be_in_the_graph_marks_no_row(tmp_path: Path) -> None:
    """Unless something in the book is near to it."""
    pledges = "id,from,to,act,evidence\np-1,red-front,elsewhere-group,pledge,ev-1\n"
    folder = write_tables(tmp_path / "book", **AROUND, pledges=pledges)
    sheets: list[Sheet] = []
    book = read_book([folder], sheets=sheets)
    target = tmp_path / "mend.xlsx"
    assert [f.code for f in book.faults] == ["foreign-key"]
    assert write_fix_file(sheets, book.faults, target) == f"Nothing to mend; {target} was not written."
    assert not target.exists()


def test_files_that_cannot_be_read_are_in_the_list(tmp_path: Path) -> None:
    """And the tables that can be read are there."""
    folder = write_tables(tmp_path / "book", **AROUND, pledges=PLEDGES)
    (folder / "ties.csv").write_bytes(b'id\n"t-1')
    _, made = fixed([folder], tmp_path / "mend.xlsx")
    assert "ties" not in made.sheetnames
    assert ["ties.csv", "2"] in [row[:2] for row in texts(made["_faults"])]


def test_tables_of_one_name_get_titles_of_their_own(tmp_path: Path) -> None:
    """The reader takes each for the same table as before."""
    folders = [tmp_path / "a", tmp_path / "b"]
    for n, folder in enumerate(folders):
        write_tables(folder, cases=f"id,title\nc-{n},\n")
        (folder / ("long " * 9 + "pledges.csv")).write_text("id,from,to,act\n")
    book, made = fixed(folders, tmp_path / "mend.xlsx")
    assert made.sheetnames == ["_faults", "cases", "pledges", "cases 2", "pledges 2"]
    assert len(read_book([tmp_path / "mend.xlsx"]).faults) == len(book.faults) == 2


def test_a_cell_too_long_for_a_workbook_is_refused(tmp_path: Path) -> None:
    """It would be cut."""
    folder = write_tables(tmp_path / "book", cases=f"id,title,note\nc-1,,{'x' * 32_768}\n")
    with pytest.raises(InputError) as caught:
        fixed([folder], tmp_path / "mend.xlsx")
    assert caught.value.message == (
        "cases.csv row 2, column note holds 32,768 characters, a cell of a workbook 32,767."
    )
    assert list(tmp_path.glob("*.xlsx")) == []


@pytest.mark.parametrize(
    ("target", "force", "message"),
    [
        ("mend.csv", True, "{} is not the name of an .xlsx file."),
        ("folder.xlsx", True, "{} is not the name of an .xlsx file."),
        ("there.xlsx", False, "{} exists already."),
        ("book/old.xlsx", True, "{} is a file of the book itself."),
        ("book/new.xlsx", True, "{} would be read as a part of the book."),
        ("there.xlsx", True, ""),
        ("book/_new.xlsx", False, ""),
        ("elsewhere/new.xlsx", False, ""),
    ],
)
def test_a_fix_file_writes_over_nothing_by_itself(
    tmp_path: Path, target: str, force: bool, message: str
) -> None:
    """Nor does it become a part of the book, whose rows would then be there twice."""
    folder = write_tables(tmp_path / "book", **AROUND)
    (tmp_path / "folder.xlsx").mkdir()
    for name in ("there.xlsx", "book/old.xlsx"):
        (tmp_path / name).touch()
    if not message:
        refuse_target([folder], tmp_path / target, force)
        return
    with pytest.raises(InputError) as caught:
        refuse_target([folder], tmp_path / target, force)
    assert caught.value.message == message.format(tmp_path / target)
    assert caught.value.hint


def test_the_command_writes_the_file_and_says_so(tmp_path: Path) -> None:
    """The faults are printed as ever; one line more on stderr, the same exit status."""
    write_tables(tmp_path / "book", **AROUND, pledges=PLEDGES)
    command = [sys.executable, "-m", "kb", "check", "book", "--fix-file", "mend.xlsx"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert (done.returncode, len(done.stdout.splitlines())) == (2, 4)
    assert done.stderr.splitlines()[1:] == [
        "Wrote mend.xlsx: 3 rows to mend, all faults in its sheet _faults."
    ]
    again = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert (again.returncode, again.stdout) == (2, "")
    assert again.stderr == "Error: mend.xlsx exists already. Choose another name, or add --force.\n"


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path) -> None:
    """The old fix file stays."""
    folder = write_tables(tmp_path / "book", **AROUND, pledges=PLEDGES)
    target = tmp_path / "not a folder" / "mend.xlsx"
    target.parent.touch()
    with pytest.raises(InputError, match="cannot be written"):
        fixed([folder], target)
