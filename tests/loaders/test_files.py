"""Files to rows of text: what spreadsheets, editors and people make of a table."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from kb.errors import InputError
from loaders.files import find_files, read_file, read_files, table_of
from loaders.sheets import letter

TEXT = "id,title,note\nc-1,Été,\nc-2,Two,x\n"
ROWS = [(2, ["c-1", "Été", ""]), (3, ["c-2", "Two", "x"])]


def read_bytes(folder: Path, data: bytes, name: str = "cases.csv") -> Any:
    """The file as it was read."""
    (folder / name).write_bytes(data)
    return read_file(folder / name)


def only_fault(folder: Path, data: bytes, name: str = "cases.csv") -> tuple[int | None, str, str]:
    """(row, message, hint) of the one fault of a file that could not be read."""
    read = read_bytes(folder, data, name)
    assert read.sheets == []
    (fault,) = read.faults
    assert (fault.table, fault.sheet, fault.code, fault.severity) == ("cases", name, "type-error", "error")
    return fault.row, fault.message, fault.hint


# --- CSV ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        TEXT.rstrip().encode(),
        (TEXT + ",,\n\n \n").encode(),
        b'"id","title","note"\n' + TEXT.partition("\n")[2].encode(),
        TEXT.replace(",", " , ").encode(),
    ],
    ids=["plain", "mark", "crlf", "cr", "no last line end", "empty rows at the end", "quoted", "blanks"],
)
def test_every_usual_csv_file_is_read_the_same(tmp_path: Path, data: bytes) -> None:
    """Byte order mark, line ends, quotation marks and outer blanks make no difference."""
    read = read_bytes(tmp_path, data)
    (sheet,) = read.sheets
    assert (sheet.header, sheet.rows, sheet.faults, read.faults) == (["id", "title", "note"], ROWS, [], [])
    assert read.sha256 == hashlib.sha256(data).hexdigest()


def test_rows_are_counted_as_a_spreadsheet_does(tmp_path: Path) -> None:
    """A cell with line ends is one row; an empty row counts; line ends become line feeds."""
    (sheet,) = read_bytes(tmp_path, b'id,title\nc-1,"a\r\nb"\n\nc-2,Two\n').sheets
    assert sheet.rows == [(2, ["c-1", "a\nb"]), (4, ["c-2", "Two"])]
    assert [(fault.row, fault.code) for fault in sheet.faults] == [(3, "blank-row")]


@pytest.mark.parametrize(
    ("data", "notice"),
    [
        (TEXT.encode("utf-16"), "cases.csv is UTF-16, read as such."),
        (TEXT.encode("utf-16-le"), "cases.csv is UTF-16, read as such."),
        (TEXT.encode("utf-16-be"), "cases.csv is UTF-16, read as such."),
        (TEXT.encode("utf-32"), "cases.csv is UTF-32, read as such."),
        (
            TEXT.encode("cp1252"),
            "cases.csv is Windows-1252, read as such. If Été looks wrong, save the file as 'CSV UTF-8'.",
        ),
        (TEXT.replace(",", ";").encode(), "cases.csv is separated by semicolons, read as such."),
        (TEXT.replace(",", "\t").encode("utf-8-sig"), "cases.csv is separated by tabs, read as such."),
        (
            TEXT.replace(",", "\t").encode("utf-16"),
            "cases.csv is UTF-16 and separated by tabs, read as such.",
        ),
        (
            ("sep=;\r\n" + TEXT.replace(",", ";")).encode("cp1252"),
            "cases.csv is Windows-1252 and separated by semicolons, read as such. "
            "If Été looks wrong, save the file as 'CSV UTF-8'.",
        ),
    ],
    ids=["16", "16 le", "16 be", "32", "1252", "semicolons", "tabs", "Unicode text", "sep="],
)
def test_other_encodings_and_separators_are_read_and_said(tmp_path: Path, data: bytes, notice: str) -> None:
    """What spreadsheets in many countries write as CSV; the line `sep=;` is none of the rows."""
    read = read_bytes(tmp_path, data)
    (sheet,) = read.sheets
    assert (sheet.header, sheet.rows, sheet.faults, read.faults) == (["id", "title", "note"], ROWS, [], [])
    assert read.notices == [notice]


def test_commas_in_utf_8_are_nothing_to_speak_of(tmp_path: Path) -> None:
    """Also where cells hold other separators."""
    assert read_bytes(tmp_path, b"id,title;x\tnote,a;b;c\n").notices == []


@pytest.mark.parametrize(
    ("data", "byte"),
    [
        ("Исламский фронт".encode("cp1251"), "0xc8"),
        ("جبهة النصرة".encode("cp1256"), "0xcc"),
        ("東京都".encode("gbk"), "0x96"),
        (b"caf\xe9, caf\xc3\xa9", "0xe9"),
        (b"\x81", "0x81"),
        (b"\xe9\x00", "0xe9"),
    ],
    ids=["Cyrillic", "Arabic", "Chinese", "mixed with UTF-8", "undefined", "binary"],
)
def test_an_encoding_that_cannot_be_told_is_refused(tmp_path: Path, data: bytes, byte: str) -> None:
    """With the row as a spreadsheet shows it, also below a cell with line ends."""
    row, message, hint = only_fault(tmp_path, b'id,title\nc-1,"a\nb\nc"\nc-2,' + data + b"\n")
    assert (row, message) == (3, f"the file is not UTF-8: byte {byte} in this row")
    assert hint == "Save the table as 'CSV UTF-8'."


def test_half_a_file_in_utf_16_is_refused(tmp_path: Path) -> None:
    """The mark says one thing and the bytes another."""
    row, message, _ = only_fault(tmp_path, "id,title\nc-1,One\n".encode("utf-16") + b"x")
    assert (row, message) == (3, "the file is UTF-16 but not here")


@pytest.mark.parametrize(
    ("text", "row", "why"),
    [
        ('id,title\nc-1,One\nc-2,"Two\nc-3,Three\n', 3, "unexpected end of data"),
        ('id,title\nc-1,"On"e\n', 2, "',' expected after '\"'"),
        ("id,title\nc-1," + "x" * 10_000_001 + "\n", 2, "field larger than field limit (10000000)"),
    ],
    ids=["never closed", "closed too soon", "endless"],
)
def test_quotation_marks_that_do_not_fit_are_found(tmp_path: Path, text: str, row: int, why: str) -> None:
    """The row where the trouble begins."""
    found, message, hint = only_fault(tmp_path, text.encode())
    assert (found, message) == (row, f"the file is not CSV from this row on: {why}")
    assert hint == "Check the quotation marks there."


def test_curly_quotation_marks_do_not_hold_a_cell_together(tmp_path: Path) -> None:
    """The row is too long, and the hint says why."""
    (sheet,) = read_bytes(tmp_path, "id,title\nc-1,“One, two”\n".encode()).sheets
    assert [(f.row, f.hint) for f in sheet.faults] == [
        (2, 'In CSV only " is a quotation mark: write it in the place of “ and ”.')
    ]


def test_a_cell_that_holds_the_separator_is_explained_with_that_separator(tmp_path: Path) -> None:
    """Lists of values have semicolons; in a file with semicolons they must be quoted."""
    data = b'id;title;evidence\nc-1;One;"a;b"\nc-2;One;a;b\n'
    (sheet,) = read_bytes(tmp_path, data).sheets
    assert sheet.rows[0] == (2, ["c-1", "One", "a;b"])
    assert [(f.row, f.hint) for f in sheet.faults] == [
        (3, "Name every column; in CSV a cell that holds a semicolon must stand in quotation marks.")
    ]


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("\u00a0Red\u00a0Front\u00a0", "Red Front"),
        ("\u200bRed\u200b Fr\u00adont\ufeff", "Red Front"),
        ("\u200fجبهة\u200f", "جبهة"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("“Red” ’Front’", "“Red” ’Front’"),
        ("\u2003x\u3000y\u2003", "x y"),
    ],
    ids=["no-break", "no width", "direction", "joins letters", "curly quotes", "wide"],
)
def test_blanks_that_nobody_sees_make_no_difference(tmp_path: Path, cell: str, read: str) -> None:
    """Outer ones go, inner ones are plain blanks in what is compared; free text stays, but for its ends."""
    data = f"id,from,note\nt-1,{cell},a\u00a0\u00adb\u00a0\n".encode()
    (sheet,) = read_bytes(tmp_path, data, "ties.csv").sheets
    assert (sheet.rows[0][1][1:], sheet.faults) == ([read, "a\u00a0\u00adb"], [])


@pytest.mark.parametrize(
    "name", ["support_type", "Support Type", "SUPPORT\nTYPE ", "support - type", "\u00a0support\u00a0type"]
)
def test_blanks_and_line_ends_in_a_column_name_are_free(tmp_path: Path, name: str) -> None:
    """As the wrapped header of a spreadsheet has them."""
    (sheet,) = read_bytes(tmp_path, f'id,"{name}"\ns-1,training\n'.encode(), "support.csv").sheets
    assert sheet.header == ["id", "support_type"]


@pytest.mark.parametrize("line", ["\n", "\r\n", "\r"])
def test_line_ends_may_be_mixed(tmp_path: Path, line: str) -> None:
    """Parts of a file that come from different programs."""
    (sheet,) = read_bytes(tmp_path, f"id,title\r\nc-1,One{line}c-2,Two\n".encode()).sheets
    assert sheet.rows == [(2, ["c-1", "One"]), (3, ["c-2", "Two"])]


MISREAD = "CafÃ© â€œRed Frontâ€\x9d Ð¤Ñ€Ð¾Ð½Ñ‚ Ù…Ø¬Ù„Ø³"


@pytest.mark.parametrize(
    ("cell", "message", "hint"),
    [
        (MISREAD, "has letters that were misread", "Did you mean 'Café “Red Front” Фронт مجلس'?"),
        ("Caf\ufffd", "a letter was lost (U+FFFD)", "Write the letter that stood there."),
    ],
)
def test_letters_that_were_spoilt_before_are_warned_of(
    tmp_path: Path, cell: str, message: str, hint: str
) -> None:
    """The file is right UTF-8, but once it was read as something else."""
    (sheet,) = read_bytes(tmp_path, f"id,title\nc-1,{cell}\nc-2,Été à Ångström «É»\n".encode()).sheets
    (fault,) = sheet.faults
    assert (fault.row, fault.column, fault.code, fault.severity) == (2, "title", "bad-value", "warning")
    assert fault.message.endswith(message)
    assert fault.hint == hint
    assert sheet.rows[0] == (2, ["c-1", cell])


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\x7f", "\uffff"])
def test_control_characters_are_faults_of_their_cell(tmp_path: Path, character: str) -> None:
    """No person can see them and no workbook can hold them; columns that are left out may."""
    data = f"id,title,_x\nc-1,One,{character}\nc-2,T{character}wo,\n".encode()
    (sheet,) = read_bytes(tmp_path, data).sheets
    (fault,) = sheet.faults
    assert (fault.row, fault.column, fault.code) == (3, "title", "bad-value")
    assert fault.message == f"the cell holds the control character U+{ord(character):04X}"


def test_a_row_longer_than_the_header_is_a_fault(tmp_path: Path) -> None:
    """A comma that should have been in quotation marks; empty cells too many do not matter."""
    (sheet,) = read_bytes(tmp_path, b"id,title\nc-1,One,,\nc-2,Two,three\n").sheets
    assert [(fault.row, fault.message) for fault in sheet.faults] == [
        (3, "the row has 3 cells, the header 2")
    ]


# --- which files, which tables ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("pledges", "pledges"), ("Pledges ", "pledges"), ("2024-pledges_final (2)", "pledges"),
        ("pledges and support", None), ("pledge", None), ("Sheet1", None), ("my_events.old", "events"),
        ("", None),
    ],
)  # fmt: skip
def test_a_table_is_known_by_the_one_table_word_in_its_name(name: str, table: str | None) -> None:
    """Dates, versions and other words around it are free."""
    assert table_of(name) == table


@pytest.mark.parametrize(
    ("place", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (702, "AAA")]
)
def test_columns_have_the_letters_of_a_spreadsheet(place: int, letters: str) -> None:
    """Counted from 0."""
    assert letter(place) == letters


def test_a_folder_is_looked_into_one_level_deep(tmp_path: Path) -> None:
    """Hidden files, lock files of spreadsheets, and those that begin with an underscore are left out."""
    for name in ("b.csv", "a.XLSX", ".hidden.csv", "~$a.xlsx", "_old.csv", "notes.txt", "sub/c.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert [path.name for path in find_files([tmp_path])] == ["a.XLSX", "b.csv"]


def test_a_table_in_another_kind_of_file_is_not_left_out_silently(tmp_path: Path) -> None:
    """It lies among the tables of the book; other files may lie there too."""
    for name in ("cases.csv", "pledges.ods", "ties.XLS", "notes.txt"):
        (tmp_path / name).write_text(TEXT)
    faults = [fault for read in read_files([tmp_path]) for fault in read.faults]
    assert [(f.sheet, f.code, f.severity, f.message, f.hint) for f in faults] == [
        ("pledges.ods", "missing-table", "warning", "files that end in .ods are not read, it was left out",
         "Save it as .xlsx."),
        ("ties.XLS", "missing-table", "warning", "files that end in .xls are not read, it was left out",
         "Save it as .xlsx."),
    ]  # fmt: skip


def test_a_file_that_is_named_twice_is_read_once(tmp_path: Path) -> None:
    """By itself, in its folder, or through a link."""
    (tmp_path / "cases.csv").write_text(TEXT)
    (tmp_path / "link.csv").symlink_to(tmp_path / "cases.csv")
    assert find_files([tmp_path, tmp_path / "cases.csv", tmp_path / "link.csv"]) == [tmp_path / "cases.csv"]


def test_files_of_one_name_are_shown_with_their_paths(tmp_path: Path) -> None:
    """Else nobody could tell whose row 3 is meant."""
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "cases.csv").write_text(TEXT)
    (tmp_path / "two" / "names.csv").write_text("id,actor,name,name_type\n")
    names = [read.name for read in read_files([tmp_path / "one", tmp_path / "two"])]
    assert names == [str(tmp_path / "one" / "cases.csv"), str(tmp_path / "two" / "cases.csv"), "names.csv"]


def _nothing(_: Path) -> None:
    return


def _folder(path: Path) -> None:
    path.mkdir()


def _loop(path: Path) -> None:
    path.symlink_to(path)


def _dangling(path: Path) -> None:
    path.symlink_to(path.parent / "gone.csv")


@pytest.mark.parametrize(
    ("name", "make", "message"),
    [
        ("gone.csv", _nothing, "There is no file or folder {path}."),
        ("book.ods", Path.touch, "{path} is neither .csv nor .xlsx."),
        ("~$book.xlsx", Path.touch, "{path} is the lock file of a workbook that is open."),
        ("book", _folder, "The folder {path} holds no .csv and no .xlsx file."),
        ("cases.csv", _folder, "The folder {path} holds no .csv and no .xlsx file."),
        ("cases.csv", _loop, "{path} cannot be read: Too many levels of symbolic links."),
        ("cases.csv", _dangling, "{path} cannot be read: No such file or directory."),
        ("x" * 300 + ".csv", _nothing, "{path} cannot be read: File name too long."),
    ],
    ids=[
        "gone",
        "other ending",
        "lock file",
        "empty folder",
        "folder like a file",
        "link to itself",
        "link to gone",
        "long",
    ],
)
def test_a_path_that_cannot_be_read_is_one_error(
    tmp_path: Path, name: str, make: Callable[[Path], object], message: str
) -> None:
    """The path, the reason, and what to do."""
    path = tmp_path / name
    make(path)
    with pytest.raises(InputError) as caught:
        list(read_files([path]))
    assert caught.value.message == message.format(path=path)
    assert caught.value.hint


def test_a_folder_in_a_book_that_is_named_like_a_table_is_an_error(tmp_path: Path) -> None:
    """It is not left out silently."""
    (tmp_path / "cases.csv").mkdir()
    with pytest.raises(InputError, match=r"cases\.csv cannot be read: Is a directory"):
        list(read_files([tmp_path]))


def test_a_name_in_another_encoding_can_be_shown(tmp_path: Path) -> None:
    """File names are bytes; one that is not UTF-8 is escaped, not a crash."""
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/cases \xe9.csv"))
    path.write_text(TEXT)
    assert read_file(path).name == "cases \\udce9.csv"


# --- XLSX ---------------------------------------------------------------------------------------------


def workbook(folder: Path, fill: Callable[[Worksheet], object], title: str = "cases") -> Any:
    """A workbook with one sheet, filled, saved and read."""
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.title = title
    sheet.append(["id", "title", "note"])
    fill(sheet)
    made.save(folder / "book.xlsx")
    return read_file(folder / "book.xlsx")


def cell_of(folder: Path, value: object, number_format: str = "General") -> str:
    """What a cell with this value and format is read as."""

    def fill(sheet: Worksheet) -> None:
        sheet.append(["c-1", value])
        sheet["B2"].number_format = number_format

    (sheet,) = workbook(folder, fill).sheets
    text: str = sheet.rows[0][1][1]
    return text


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (date(2014, 11, 10), "yyyy-mm-dd", "2014-11-10"),
        (datetime(2014, 11, 10), "dd/mm/yy", "2014-11-10"),
        (date(2014, 11, 1), "mmm-yy", "2014-11"),
        (date(2014, 11, 1), '[$-409]mmmm" of "yyyy;@', "2014-11"),
        (date(2014, 1, 1), "yyyy", "2014"),
        (datetime(2014, 11, 10, 13, 5), "yyyy-mm-dd h:mm", "2014-11-10T13:05:00"),
        (datetime(2014, 11, 10, 13, 5), "yyyy-mm-dd", "2014-11-10"),
        (datetime(2014, 11, 10), "dddd, d mmmm yyyy", "2014-11-10"),
        (datetime(2014, 11, 10), "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2014-11-10"),
        (datetime(2026, 11, 10), "d-mmm", "10 Nov"),
        (datetime(2026, 11, 10), "mmmm", "Nov"),
        (2014, "yyyy-mm-dd", "1905-07-06 (2014)"),
        (41953, "dd/mm/yyyy", "2014-11-10"),
        (41953, "General", "41953"),
        (2014, "General", "2014"),
        (2014.0, "0.00", "2014"),
        (0.5, "0%", "50%"),
        (0.125, "0.0%", "12.5%"),
        (0.5, '0.0"%"', "0.5"),
        (0.1 + 0.2, "General", "0.3"),
        (1e22, "General", "1e+22"),
        (True, "General", "true"),
        ("a_x000D_\nb", "General", "a\nb"),
        ("_x0041__x005F_x0041_", "General", "A_x0041_"),
        ("_xD83D_", "General", "_xD83D_"),
        (" x ", "General", "x"),
    ],
)
def test_a_cell_is_read_as_the_text_a_person_means(
    tmp_path: Path, value: object, number_format: str, text: str
) -> None:
    """A date is as exact as it is shown: a spreadsheet makes `2014-11` the first of November."""
    assert cell_of(tmp_path, value, number_format) == text


def test_cells_without_a_value_are_faults(tmp_path: Path) -> None:
    """Error values, and formulas that no spreadsheet has computed, but not in columns that are left out."""

    def fill(sheet: Worksheet) -> None:
        sheet["D1"] = "_mine"
        sheet.append(["c-1", "#REF!", None, "=1+1"])
        sheet.append(["c-2", "=A2", "plain", "_x0007_"])
        sheet.append(["c-3", "_x0007_"])

    (sheet,) = workbook(tmp_path, fill).sheets
    found = sorted((fault.row, fault.column, fault.code, fault.message) for fault in sheet.faults)
    assert found == [
        (2, "title", "type-error", "the cell holds the error #REF!"),
        (3, "title", "type-error", "the cell holds a formula without a value"),
        (4, "title", "bad-value", "the cell holds the control character U+0007"),
    ]


def test_a_computed_formula_is_its_value(tmp_path: Path) -> None:
    """A spreadsheet stores the value it has computed beside the formula."""
    workbook(tmp_path, lambda sheet: sheet.append(["c-1", "=1+1"]))
    replace(tmp_path / "book.xlsx", "xl/worksheets/sheet1.xml", b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>")
    (sheet,) = read_file(tmp_path / "book.xlsx").sheets
    assert (sheet.rows, sheet.faults) == ([(2, ["c-1", "2"])], [])


def test_a_formula_whose_value_is_nothing_has_one(tmp_path: Path) -> None:
    """`=IF(A2="","",A2)` was computed and gave an empty text."""
    workbook(tmp_path, lambda sheet: sheet.append(["c-1", "=T(C2)"]))
    old, new = b'<c r="B2"><f>T(C2)</f><v></v>', b'<c r="B2" t="str"><f>T(C2)</f><v></v>'
    replace(tmp_path / "book.xlsx", "xl/worksheets/sheet1.xml", old, new)
    (sheet,) = read_file(tmp_path / "book.xlsx").sheets
    assert (sheet.rows, sheet.faults) == ([(2, ["c-1", ""])], [])


def test_days_are_counted_from_1904_where_the_workbook_says_so(tmp_path: Path) -> None:
    """As old versions for the Mac do."""
    made = Workbook()
    made.epoch = CALENDAR_MAC_1904
    made.worksheets[0].title = "cases"
    for row in (["id", "title", "note"], ["c-1", datetime(2014, 11, 10), 40491]):
        made.worksheets[0].append(row)
    made.worksheets[0]["C2"].number_format = "yyyy-mm-dd"
    made.save(tmp_path / "book.xlsx")
    (sheet,) = read_file(tmp_path / "book.xlsx").sheets
    assert sheet.rows == [(2, ["c-1", "2014-11-10", "2014-11-10"])]


def replace(path: Path, member: str, old: bytes, new: bytes) -> None:
    """Change the XML of a part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts[member] or old.replace(b"></v>", b" />") in parts[member]
    parts[member] = parts[member].replace(old, new).replace(old.replace(b"<v></v>", b"<v />"), new)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def test_a_wrong_size_in_the_file_does_not_hide_rows(tmp_path: Path) -> None:
    """Some programs write that the sheet is one cell large."""
    workbook(tmp_path, lambda sheet: sheet.append(["c-1", "One"]))
    replace(tmp_path / "book.xlsx", "xl/worksheets/sheet1.xml", b'ref="A1:C2"', b'ref="A1"')
    (sheet,) = read_file(tmp_path / "book.xlsx").sheets
    assert sheet.rows == [(2, ["c-1", "One"])]


def test_rows_far_below_are_counted_right(tmp_path: Path) -> None:
    """Ten thousand empty rows are one warning."""

    def fill(sheet: Worksheet) -> None:
        sheet["A10000"] = "c-1"

    (sheet,) = workbook(tmp_path, fill).sheets
    assert sheet.rows == [(10_000, ["c-1"])]
    assert [(f.row, f.message) for f in sheet.faults] == [(2, "9,998 rows are empty from here on")]


def test_merged_cells_of_the_header_have_no_name(tmp_path: Path) -> None:
    """Only the first of them is a column."""
    (sheet,) = workbook(tmp_path, lambda sheet: sheet.merge_cells("A1:B1")).sheets
    assert sheet.header == ["id", "", "note"]


def test_every_sheet_that_is_a_table_is_read(tmp_path: Path) -> None:
    """Hidden ones too; charts, empty sheets and those that begin with an underscore are left out silently."""
    made = Workbook()
    made.worksheets[0].title = "Sheet1"
    for title in ("cases", "concepts 2", "_draft", "remarks"):
        made.create_sheet(title).append(["id", "title"])
    made["cases"].sheet_state = "hidden"
    chart = BarChart()
    chart.add_data(Reference(made["cases"], min_col=1, min_row=1, max_row=2))
    made.create_chartsheet("chart").add_chart(chart)
    made.save(tmp_path / "book.xlsx")
    read = read_file(tmp_path / "book.xlsx")
    assert [(sheet.table, sheet.name) for sheet in read.sheets] == [
        ("cases", "book.xlsx [cases]"),
        ("concepts", "book.xlsx [concepts 2]"),
    ]
    assert [(f.sheet, f.code, f.severity) for f in read.faults] == [
        ("book.xlsx [remarks]", "missing-table", "warning")
    ]


def test_a_hidden_sheet_is_said(tmp_path: Path) -> None:
    """It is read, and the person may not know that it is there."""
    made = Workbook()
    made.worksheets[0].title = "cases"
    made.create_sheet("ties").append(["id"])
    made["ties"].sheet_state = "veryHidden"
    made.save(tmp_path / "book.xlsx")
    assert read_file(tmp_path / "book.xlsx").notices == [
        "book.xlsx [ties] is a hidden sheet, read as the others."
    ]


@pytest.mark.parametrize(
    ("ref", "where"),
    [("B2:B3", [(2, "title")]), ("A2:B2", [(2, "id")]), ("D2:D3", []), ("E2:F9", []), ("C2:C3", [])],
    ids=["down", "across", "left out", "outside", "empty"],
)
def test_merged_cells_that_hide_empty_ones_are_faults(tmp_path: Path, ref: str, where: list[Any]) -> None:
    """A person sees the value in every row, the file holds it in the first."""

    def fill(sheet: Worksheet) -> None:
        sheet["D1"] = "_mine"
        sheet.append(["c-1", "One", None, "x"])
        sheet.append(["c-2", "Two"])
        sheet.merge_cells(ref)

    (sheet,) = workbook(tmp_path, fill).sheets
    assert [(f.row, f.column) for f in sheet.faults if f.code == "type-error"] == where
    if where:
        first, _, last = ref.partition(":")
        (fault,) = sheet.faults
        assert fault.message == f"the cells {first} to {last} are merged, only the first holds something"
        assert fault.hint == "Unmerge them and write what is meant into each."


def no_sheet(folder: Path) -> bytes:
    """A workbook in the strict variant of the format, which openpyxl does not see into."""
    workbook(folder, lambda sheet: sheet.append(["c-1"]))
    old = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    for member in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
        replace(folder / "book.xlsx", member, old, b"http://purl.oclc.org/ooxml/officeDocument/relationships")
    return (folder / "book.xlsx").read_bytes()


def archive(*members: str) -> Callable[[Path], bytes]:
    """A zip archive with these files in it."""

    def make(folder: Path) -> bytes:
        with zipfile.ZipFile(folder / "a.zip", "w") as made:
            for member in members:
                made.writestr(member, "x")
        return (folder / "a.zip").read_bytes()

    return make


OLD = bytes.fromhex("d0cf11e0a1b11ae1")
AGAIN = "Open it in a spreadsheet and save it as .xlsx again."


@pytest.mark.parametrize(
    ("make", "why", "hint"),
    [
        (lambda _: b"", "it is empty", AGAIN),
        (lambda _: OLD + bytes(999), "it is an old .xls", "Open it in a spreadsheet and save it as .xlsx."),
        (
            lambda _: OLD + "EncryptedPackage".encode("utf-16-le"),
            "it is protected by a password",
            "Take the password off and save it again.",
        ),
        (archive("mimetype"), "it is an OpenDocument file", "Open it and save it as .xlsx."),
        (archive("Index/Document.iwa"), "it is an Apple Numbers file", "Open it and save it as .xlsx."),
        (archive("xl/workbook.bin"), "it is a binary .xlsb", "Open it and save it as .xlsx."),
        (archive("word/document.xml"), "it is a Word document", "Open it and save it as .xlsx."),
        (
            no_sheet,
            "it has no sheet that can be read",
            "Save it as 'Excel Workbook', not as 'Strict Open XML'.",
        ),
    ],
)
def test_what_people_take_for_a_workbook_is_called_by_its_name(
    tmp_path: Path, make: Callable[[Path], bytes], why: str, hint: str
) -> None:
    """The ending says .xlsx, the bytes do not."""
    found = only_fault(tmp_path, make(tmp_path), "cases.xlsx")
    assert found == (None, f"the file is not an XLSX workbook ({why})", hint)


def test_a_workbook_that_is_called_csv_is_told_so(tmp_path: Path) -> None:
    """No row of it could be read as text."""
    workbook(tmp_path, lambda sheet: sheet.append(["c-1"]))
    row, message, hint = only_fault(tmp_path, (tmp_path / "book.xlsx").read_bytes())
    assert (row, message) == (1, "the file is a workbook, not CSV")
    assert hint == "Save it as CSV UTF-8, or give it its own ending."


def broken_sheet(folder: Path) -> bytes:
    """A workbook whose sheet ends in the middle."""
    workbook(folder, lambda sheet: sheet.append(["c-1"]))
    replace(folder / "book.xlsx", "xl/worksheets/sheet1.xml", b"</sheetData>", b"<sheetData>")
    return (folder / "book.xlsx").read_bytes()


@pytest.mark.parametrize(
    "make",
    [lambda _: b"id,title\n", archive("x"), broken_sheet],
    ids=["csv", "archive", "broken"],
)
def test_what_is_no_workbook_is_one_fault(tmp_path: Path, make: Callable[[Path], bytes]) -> None:
    """Whatever the libraries raise."""
    row, message, hint = only_fault(tmp_path, make(tmp_path), "cases.xlsx")
    assert row is None
    assert message.startswith("the file is not an XLSX workbook (")
    assert hint == "Open it in a spreadsheet and save it as .xlsx again."
