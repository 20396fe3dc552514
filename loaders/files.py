"""Files to rows of text: CSV (RFC 4180, UTF-8) and XLSX, with the row numbers a spreadsheet shows."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from kb.errors import Fault, InputError, Severity, did_you_mean
from kb.model import TABLES

csv.field_size_limit(10_000_000)

SUFFIXES = (".csv", ".xlsx")
_SEPARATORS = {";": "semicolons", "\t": "tabs"}
# What no workbook can hold and no person can see.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
# How XLSX writes some characters: _x000D_ in cells from Windows.
_ESCAPED = re.compile("_x((?![dD][89a-fA-F])[0-9a-fA-F]{4})_")


@dataclass(slots=True)
class Sheet:
    """One table as it lies in a file: header, numbered rows of text, and what could not be read.

    `name` is what a user sees: the file name, or `book.xlsx [pledges]`.
    """

    table: str
    name: str
    header: list[str]
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def add(
        self,
        row: int,
        column: str | None,
        code: str,
        message: str,
        hint: str = "",
        value: str | None = None,
        severity: Severity = "error",
    ) -> None:
        """Note a fault of this sheet; columns that are left out have none."""
        if column is None or not column.startswith("_"):
            self.faults.append(
                Fault(self.table, self.name, row, column, value, code, severity, message, hint)
            )

    def column(self, place: int) -> str:
        """The name of a column, or its letter when it has none."""
        named = self.header[place] if place < len(self.header) else ""
        return named or letter(place)


@dataclass(slots=True)
class ReadFile:
    """A file that was read once: its sum is that of the bytes the sheets came from."""

    name: str
    sha256: str
    sheets: list[Sheet] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def add(
        self, sheet: str, code: str, message: str, hint: str, row: int | None = None, warning: bool = False
    ) -> None:
        """Note a fault of the file, or of a sheet that was left out."""
        table = table_of(self.name.rpartition(".")[0]) or ""
        severity: Severity = "warning" if warning else "error"
        self.faults.append(Fault(table, sheet, row, None, None, code, severity, message, hint))


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The CSV and XLSX files that the paths name, each once, folders looked into one level deep.

    Raises InputError when a path does not exist, or holds no such file.
    """
    found: dict[str, Path] = {}
    for path in paths:
        try:
            files = _files_at(path)
        except OSError as error:
            raise InputError(f"{path} cannot be read: {error.strerror}.", "Check the path.") from None
        for file in files:
            found.setdefault(os.path.realpath(file), file)
    return list(found.values())


def _files_at(path: Path) -> list[Path]:
    if path.is_dir():
        inside = [p for p in path.iterdir() if p.suffix.lower() in SUFFIXES and p.name[0] not in "._~"]
        if not inside:
            raise InputError(
                f"The folder {path} holds no .csv and no .xlsx file.", "Name the folder of a book."
            )
        return sorted(inside)
    if not os.path.lexists(path):
        raise InputError(f"There is no file or folder {path}.", "Check the spelling of the path.")
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(f"{path} is neither .csv nor .xlsx.", "Save the table as CSV UTF-8 or as XLSX.")
    return [path]


def read_files(paths: Iterable[Path]) -> Iterator[ReadFile]:
    """Read every file under the paths; files of one name are shown with their paths."""
    files = find_files(paths)
    names = Counter(file.name for file in files)
    for file in files:
        yield read_file(file, file.name if names[file.name] == 1 else str(file))


def read_file(path: Path, name: str = "") -> ReadFile:
    """Read one file, to be shown as `name`. What cannot be read becomes faults.

    Raises InputError when the file cannot be opened at all.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.", "Check the file, or move it.") from None
    shown = (name or path.name).encode("utf-8", "backslashreplace").decode()
    read = ReadFile(shown, hashlib.sha256(data).hexdigest())
    if path.suffix.lower() == ".xlsx":
        _read_xlsx(data, read)
    elif table := table_of(path.stem):
        _read_csv(data, read, table)
    else:
        _left_out(read, shown, path.stem.lower())
    return read


def table_of(name: str) -> str | None:
    """The table a file or sheet is for: its name, or the one table name among the words of it."""
    folded = name.strip().lower()
    if folded in TABLES:
        return folded
    words = {word for word in re.split(r"[^a-z]+", folded) if word in TABLES}
    return words.pop() if len(words) == 1 else None


def letter(place: int) -> str:
    """The letters a spreadsheet shows above a column: 0 is A, 26 is AA."""
    before, last = divmod(place, 26)
    return (letter(before - 1) if before else "") + chr(ord("A") + last)


def _left_out(read: ReadFile, name: str, table_name: str) -> None:
    known = f"Name it after its table: {', '.join(TABLES)}. A name that begins with _ is left out."
    hint = did_you_mean(table_name, TABLES) or known
    read.add(
        name, "missing-table", "no table of the model has this name, it was left out", hint, warning=True
    )


# --- CSV ----------------------------------------------------------------------------------------


def _read_csv(data: bytes, read: ReadFile, table: str) -> None:
    text = _decoded(data, read)
    if text is None:
        return
    rows, error = _csv_rows(text)
    if error:
        row = len(rows) + 1
        message = f"the file is not CSV from this row on: {error}"
        read.add(read.name, "type-error", message, "Check the quotation marks there.", row)
        return
    for mark, word in _SEPARATORS.items():
        if rows and len(rows[0]) == 1 and mark in rows[0][0]:
            message = f"the file is separated by {word}"
            read.add(read.name, "type-error", message, "Save it with commas, as 'CSV UTF-8'.", 1)
            return
    sheet = _sheet(table, read.name, rows)
    read.sheets.append(sheet)
    if _CONTROL.search(text):
        _control_characters(sheet)


def _decoded(data: bytes, read: ReadFile) -> str | None:
    """The text of a file in UTF-8; None, and a fault, when it is in another encoding."""
    hint = "Save the table as 'CSV UTF-8'."
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:2]:
        read.add(read.name, "type-error", "the file is UTF-16, not UTF-8", hint, 1)
        return None
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        before, _ = _csv_rows(data[: error.start].decode("utf-8-sig") + "?")
        message = f"the file is not UTF-8: byte 0x{data[error.start]:02x} in this row"
        read.add(read.name, "type-error", message, hint, max(len(before), 1))
        return None


def _csv_rows(text: str) -> tuple[list[list[str]], str]:
    """The rows, and what is wrong after the last of them."""
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        return rows, str(error)
    return rows, ""


def _control_characters(sheet: Sheet) -> None:
    for number, row in sheet.rows:
        for place, cell in enumerate(row):
            if found := _CONTROL.search(cell):
                message = f"the cell holds the control character U+{ord(found[0]):04X}"
                sheet.add(number, sheet.column(place), "bad-value", message, "Delete it.", cell)


# --- XLSX ---------------------------------------------------------------------------------------


def _read_xlsx(data: bytes, read: ReadFile) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of each extension and style it leaves out
            workbook = _cells(data, values=True)
            formulas = _formulas(data)
    except Exception as error:  # openpyxl raises whatever zipfile, expat and itself raise
        message = f"the file is not an XLSX workbook ({' '.join(str(error).split())})"
        read.add(read.name, "type-error", message, "Open it in a spreadsheet and save it as .xlsx again.")
        return
    for title, rows in workbook:
        name = f"{read.name} [{title}]"
        if table := table_of(title):
            sheet = _sheet(table, name, [[_as_text(cell) for cell in row] for row in rows])
            _cells_without_value(sheet, rows, formulas.get(title, set()))
            _control_characters(sheet)
            read.sheets.append(sheet)
        elif any(cell.value is not None for row in rows for cell in row):
            _left_out(read, name, title.lower())


def _cells(data: bytes, values: bool) -> list[tuple[str, list[Sequence[Any]]]]:
    """(title, rows of cells) of each sheet: with formulas, or with the values they had when it was saved."""
    from openpyxl import load_workbook

    workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=values)
    found: list[tuple[str, list[Sequence[Any]]]] = []
    for sheet in workbook.worksheets:
        if not sheet.title.startswith("_"):
            sheet.reset_dimensions()  # some programs write a size that is too small
            found.append((sheet.title, list(sheet.iter_rows())))
    workbook.close()
    return found


def _formulas(data: bytes) -> dict[str, set[tuple[int, int]]]:
    """Sheet to (row, place) of the cells that hold a formula; a second reading only when there are any."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = (archive.read(n) for n in archive.namelist() if n.startswith("xl/worksheets/"))
        if not any(re.search(rb"<(\w+:)?f[ >/]", part) for part in parts):
            return {}
    return {
        title: {
            (number, place)
            for number, row in enumerate(rows, 1)
            for place, cell in enumerate(row)
            if cell.data_type == "f"
        }
        for title, rows in _cells(data, values=False)
    }


def _cells_without_value(sheet: Sheet, rows: Sequence[Sequence[Any]], formulas: set[tuple[int, int]]) -> None:
    for number, row in enumerate(rows[1:], 2):
        for place, cell in enumerate(row):
            if cell.value is not None and cell.data_type == "e":
                message, hint = f"the cell holds the error {cell.value}", "Correct its formula."
                sheet.add(number, sheet.column(place), "type-error", message, hint, cell.value)
            elif cell.value is None and (number, place) in formulas:
                message, hint = "the cell holds a formula without a value", "Write the value in its place."
                sheet.add(number, sheet.column(place), "type-error", message, hint)


def _as_text(cell: Any) -> str:
    match cell.value:
        case None:
            return ""
        case bool():
            return "true" if cell.value else "false"
        case datetime() if cell.value.time() != datetime.min.time():
            return cell.value.isoformat()
        case date():
            return _as_date(cell.value, cell.number_format)
        case float() if cell.value.is_integer() and abs(cell.value) < 1e15:
            return str(int(cell.value))
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(cell.value))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _as_date(value: date, number_format: str) -> str:
    """The day, month or year that the cell shows: a spreadsheet makes `2014-11` the first of the month."""
    shown = re.sub(r'\[[^\]]*\]|"[^"]*"|\\.', "", number_format.lower())
    if "d" in shown or "y" not in shown:
        return value.isoformat()[:10]
    return f"{value:%Y-%m}" if "m" in shown else f"{value:%Y}"


# --- rows ---------------------------------------------------------------------------------------


def _sheet(table: str, name: str, rows: Sequence[Sequence[str]]) -> Sheet:
    """Header and rows without outer blanks, numbered as a spreadsheet does; empty rows are warnings."""
    sheet = Sheet(table, name, [cell.strip().lower() for cell in rows[0]] if rows else [])
    while sheet.header and not sheet.header[-1]:
        sheet.header.pop()
    if not sheet.header:
        hint = f"It must hold the column names: {', '.join(TABLES[table].required())}."
        sheet.add(1, None, "missing-column", "the first row is empty", hint)
        return sheet
    width = len(sheet.header)
    blank: list[int] = []
    for number, row in enumerate(rows[1:], 2):
        cells = [cell.strip() for cell in row]
        if not any(cells):
            blank.append(number)
            continue
        if blank:  # those after the last row do not count
            message = "the row is empty" if len(blank) == 1 else f"{len(blank):,} rows are empty from here on"
            sheet.add(blank[0], None, "blank-row", message, "Delete what is empty.", severity="warning")
            blank.clear()
        if any(cells[width:]):
            message = f"the row has {len(cells)} cells, the header {width}"
            hint = "Name every column; in CSV a cell that holds a comma must stand in quotation marks."
            sheet.add(number, None, "type-error", message, hint)
        sheet.rows.append((number, cells[:width]))
    return sheet
