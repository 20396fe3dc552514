"""Cells written into files: the new cell is there, and nothing else has moved."""

from __future__ import annotations

import csv
import hashlib
import io
import stat
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation

from kb.errors import InputError, Refused
from loaders.cells import _csv, write_cells
from loaders.files import read_file


def write(path: Path, edits: dict[tuple[int, str], str], sheet: str = "") -> None:
    name = f"{path.name} [{sheet}]" if sheet else path.name
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    write_cells(path, sha256, {(name, row, column): value for (row, column), value in edits.items()})


def test_a_csv_cell_is_written_and_every_other_byte_stays(tmp_path: Path) -> None:
    """Quotation marks, BOM, line ends, spaces and a ragged row stay as the person left them."""
    path = tmp_path / "evidence.csv"
    path.write_bytes(b'\xef\xbb\xbfid,"Quote_SHA256", note\r\n"a",,"x, ""y""\r\nz"\r\n\r\nb\r\nc,  , 1 \r\n')
    write(path, {(2, "quote_sha256"): "111", (4, "quote_sha256"): "222", (5, "quote_sha256"): "333"})
    assert path.read_bytes() == (
        b'\xef\xbb\xbfid,"Quote_SHA256", note\r\n"a",111,"x, ""y""\r\nz"\r\n\r\nb,222\r\nc,333, 1 \r\n'
    )


def test_a_missing_csv_column_is_added_last(tmp_path: Path) -> None:
    """Every row gets the new cell, blank lines stay blank, a file without a last line end stays so."""
    path = tmp_path / "evidence.csv"
    path.write_bytes(b"id,note\na,1\n\nb\nc,")
    write(path, {(2, "quote_sha256"): "111"})
    assert path.read_bytes() == b"id,note,quote_sha256\na,1,111\n\nb,,\nc,,"


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=12)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=6), st.data())
def test_any_csv_reads_back_with_one_cell_changed(rows: list[list[str]], data: st.DataObject) -> None:
    """Whatever the cells hold, reading the file again gives the old rows and the new cell."""
    ends = data.draw(st.sampled_from(["\n", "\r\n"]))
    quoting = data.draw(st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]))
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=ends, quoting=quoting).writerows([["id", "sum"], *rows])
    before = list(csv.reader(io.StringIO(out.getvalue(), newline=""), strict=True))
    row = data.draw(st.integers(2, len(before)))
    after = _csv(out.getvalue().encode(), {("evidence.csv", row, "sum"): "abc"}).decode()
    before[row - 1][1] = "abc"
    assert list(csv.reader(io.StringIO(after, newline=""), strict=True)) == before


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """A workbook that a person has formatted, with a column of sums and one without."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "evidence"
    sheet.append(["id", "quote_sha256", "note"])
    sheet.append(["a", None, "été"])
    sheet.append(["b", None, None])
    sheet["A1"].font = Font(bold=True)
    sheet["B3"].font = Font(italic=True)
    sheet.add_data_validation(DataValidation("list", formula1='"x,y"', sqref="C2:C9"))
    sheet.column_dimensions["A"].width = 33
    made.create_sheet("sources").append(["id", "title"])
    made["sources"].append(["s", "A < B & C"])
    made.save(tmp_path / "book.xlsx")
    return tmp_path / "book.xlsx"


def test_an_xlsx_cell_is_written_and_the_rest_stays(workbook: Path) -> None:
    """The cell is there with its style; other cells, formats, widths and drop-downs are as before."""
    write(workbook, {(2, "quote_sha256"): "111", (3, "quote_sha256"): "222"}, "evidence")
    sheet = load_workbook(workbook)["evidence"]
    assert [[c.value for c in row] for row in sheet.rows] == [
        ["id", "quote_sha256", "note"],
        ["a", "111", "été"],
        ["b", "222", None],
    ]
    assert sheet["A1"].font.bold
    assert sheet["B3"].font.italic
    assert sheet.column_dimensions["A"].width == 33
    assert sheet.data_validations.dataValidation[0].sqref == "C2:C9"


def test_only_the_sheet_of_an_xlsx_changes(workbook: Path) -> None:
    """Every other file inside the workbook has the same bytes."""
    before = {n: zipfile.ZipFile(workbook).read(n) for n in zipfile.ZipFile(workbook).namelist()}
    write(workbook, {(2, "quote_sha256"): "111"}, "evidence")
    after = {n: zipfile.ZipFile(workbook).read(n) for n in zipfile.ZipFile(workbook).namelist()}
    assert [n for n in before if before[n] != after[n]] == ["xl/worksheets/sheet1.xml"]
    assert list(before) == list(after)


def test_a_missing_xlsx_column_is_added_last(workbook: Path) -> None:
    """A reader that trusts the dimension of the sheet sees the new column too."""
    write(workbook, {(2, "text_sha256"): "111"}, "sources")
    sources = next(sheet for sheet in read_file(workbook).sheets if sheet.table == "sources")
    assert sources.header == ["id", "title", "text_sha256"]
    assert sources.rows == [(2, ["s", "A < B & C", "111"])]


def test_an_xlsx_by_another_program_is_written(workbook: Path) -> None:
    """Prefixed names, rows and cells without addresses and self-closing cells are understood."""
    xml = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
        '<x:row><x:c t="inlineStr"><x:is><x:t>id</x:t></x:is></x:c>'
        '<x:c t="inlineStr"><x:is><x:t>quote_sha256</x:t></x:is></x:c></x:row>'
        '<x:row><x:c t="inlineStr"><x:is><x:t>é</x:t></x:is></x:c><x:c s="0"/></x:row>'
        '<x:row r="4"><x:c r="A4" t="inlineStr"><x:is><x:t>b</x:t></x:is></x:c></x:row>'
        "</x:sheetData></x:worksheet>"
    )
    with zipfile.ZipFile(workbook) as old:
        members = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(workbook, "w") as new:
        for name, content in members.items():
            new.writestr(name, xml.encode() if name.endswith("sheet1.xml") else content)
    write(workbook, {(2, "quote_sha256"): "111", (4, "quote_sha256"): "222"}, "evidence")
    evidence = read_file(workbook).sheets[0]
    assert evidence.rows == [(2, ["é", "111"]), (4, ["b", "222"])]


def test_a_file_that_changed_meanwhile_is_not_written(tmp_path: Path) -> None:
    """Rows may have moved since they were read, so nothing is written."""
    path = tmp_path / "evidence.csv"
    path.write_text("id,note\na,1\n")
    with pytest.raises(Refused, match="changed while it was read"):
        write_cells(path, "0" * 64, {("evidence.csv", 2, "note"): "2"})
    assert path.read_text() == "id,note\na,1\n"


def test_a_write_is_whole_and_keeps_the_mode(tmp_path: Path) -> None:
    """The file keeps its permissions, a link stays a link, and no scratch file is left."""
    real = tmp_path / "real.csv"
    real.write_text("id,note\na,1\n")
    real.chmod(0o640)
    link = tmp_path / "evidence.csv"
    link.symlink_to(real)
    write(link, {(2, "note"): "2"})
    assert link.is_symlink()
    assert real.read_text() == "id,note\na,2\n"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert sorted(p.name for p in tmp_path.iterdir()) == ["evidence.csv", "real.csv"]


def test_a_file_that_cannot_be_written_is_an_input_error(tmp_path: Path) -> None:
    """The message names the file and what to do."""
    (tmp_path / "evidence.csv").mkdir()
    with pytest.raises(InputError, match=r"evidence\.csv cannot be written: .*permissions"):
        write_cells(tmp_path / "evidence.csv", "", {("evidence.csv", 2, "note"): "2"})
