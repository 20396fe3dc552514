"""XLSX workbooks to rows of text: each cell as a person sees it, and what a person does not see.

A date is as exact as it is shown, and shown without its year it has none: spreadsheets add what nobody wrote.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from kb.dates import MONTHS

# How XLSX writes some characters: _x000D_ in cells from Windows.
_ESCAPED = re.compile("_x((?![dD][89a-fA-F])[0-9a-fA-F]{4})_")
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_AGAIN = "Open it in a spreadsheet and save it as .xlsx again."
_NO_LETTERS = re.compile(r'\[[^\]]*\]|"[^"]*"|\\.|_.')  # colours, literals and gaps in a number format
_TIME = re.compile(r"h+:?m*(:?s+(\.0+)?)?|m+:s+(\.0+)?|am/pm|a/p")
Place = tuple[int, int]  # row from 1, column from 0


@dataclass(slots=True)
class Page:
    """A sheet of a workbook as text; with joined cells, `errors`, and `formulas` without a value."""

    title: str
    hidden: bool
    rows: list[list[str]]
    merged: list[str]
    errors: set[Place]
    formulas: dict[Place, str] = field(default_factory=dict)


class NoWorkbook(ValueError):
    """Bytes that are no XLSX workbook, or none that can be read."""

    def __init__(self, why: str, hint: str = _AGAIN) -> None:
        super().__init__(why)
        self.message, self.hint = f"the file is not an XLSX workbook ({why})", hint


def pages_of(data: bytes) -> list[Page]:
    """The sheets of a workbook, but those whose name begins with `_`, in order. Raises NoWorkbook."""
    _refuse_others(data)
    try:
        with warnings.catch_warnings(), zipfile.ZipFile(io.BytesIO(data)) as archive:
            warnings.simplefilter("ignore")  # openpyxl tells of each extension and style it leaves out
            return _pages(data, archive)
    except NoWorkbook:
        raise
    except Exception as error:  # openpyxl raises whatever zipfile, expat and itself raise
        raise NoWorkbook(" ".join(str(error).split())) from None


def _refuse_others(data: bytes) -> None:
    """Say by name what people take for a workbook. Raises NoWorkbook."""
    if not data:
        raise NoWorkbook("it is empty")
    if data.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise NoWorkbook("it is protected by a password", "Take the password off and save it again.")
        raise NoWorkbook("it is an old .xls", "Open it in a spreadsheet and save it as .xlsx.")
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return  # openpyxl says what is wrong
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = set(archive.namelist())
    for member, what in _OTHERS.items():
        if member in members and "xl/workbook.xml" not in members:
            raise NoWorkbook(f"it is {what}", "Open it and save it as .xlsx.")


_OTHERS = {
    "mimetype": "an OpenDocument file",
    "Index/Document.iwa": "an Apple Numbers file",
    "xl/workbook.bin": "a binary .xlsb",
    "word/document.xml": "a Word document",
}


def _pages(data: bytes, archive: zipfile.ZipFile) -> list[Page]:
    from openpyxl import load_workbook

    workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    formulas = None
    pages = []
    for sheet in workbook.worksheets:
        if sheet.title.startswith("_"):
            continue
        sheet.reset_dimensions()  # some programs write a size that is too small
        xml = archive.read(str(sheet._worksheet_path))  # type: ignore[attr-defined]  # its name is only here
        cells: list[Sequence[Any]] = list(sheet.iter_rows())
        rows = [[_as_text(cell) for cell in row] for row in cells]
        merged = [ref.decode() for ref in re.findall(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z0-9:]+)"', xml)]
        errors = {
            (number, place)
            for number, row in enumerate(cells, 1)
            for place, cell in enumerate(row)
            if cell.data_type == "e" and cell.value is not None
        }
        page = Page(sheet.title, sheet.sheet_state != "visible", rows, merged, errors)
        if re.search(rb"<(\w+:)?f[ >/]", xml):  # a second reading only where there are formulas
            formulas = formulas or load_workbook(io.BytesIO(data), read_only=True)
            page.formulas = _without_value(formulas[sheet.title], cells)
        pages.append(page)
    workbook.close()
    if not workbook.worksheets:
        hint = "Save it as 'Excel Workbook', not as 'Strict Open XML'."
        raise NoWorkbook("it has no sheet that can be read", hint)
    return pages


def _without_value(sheet: Any, cells: Sequence[Sequence[Any]]) -> dict[Place, str]:
    """The formulas whose value no spreadsheet has computed yet; `str` marks a text that was, if empty."""
    sheet.reset_dimensions()
    return {
        (number, place): str(getattr(cell.value, "text", cell.value))
        for number, row in enumerate(sheet.iter_rows(), 1)
        for place, cell in enumerate(row)
        if cell.data_type == "f"
        and cells[number - 1][place].value is None
        and cells[number - 1][place].data_type != "str"
    }


# --- one cell -----------------------------------------------------------------------------------


def _as_text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value) if "_x" in value else value
        return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        number = (value - cell.parent.parent.epoch).days if isinstance(value, datetime) else 0
        if 1900 <= number <= 2100:  # who writes 2014 into a cell for dates sees 1905-07-06
            return f"{value:%Y-%m-%d} ({number})"
        return _as_date(value, cell.number_format)
    if isinstance(value, int | float):
        return _as_number(value, cell.number_format)
    return str(value)


def _as_number(value: float, number_format: str) -> str:
    if "%" in number_format and "%" in _NO_LETTERS.sub("", number_format):
        return f"{value * 100:.15g}%"
    if isinstance(value, float) and not (value.is_integer() and abs(value) < 1e15):
        return f"{value:.15g}"  # as many digits as a spreadsheet has
    return str(int(value))


def _as_date(value: date, number_format: str) -> str:
    """What the cell shows of a day, ISO: `2014-11` is the first of November for a spreadsheet."""
    shown = _NO_LETTERS.sub("", number_format.lower().partition(";")[0])
    shown, times = _TIME.subn("", shown)
    day = bool(re.search(r"(?<!d)dd?(?!d)", shown))  # not a day of the week
    if "y" in shown or "e" in shown:
        if day and times and isinstance(value, datetime) and value.time() != datetime.min.time():
            return value.isoformat()
        return f"{value:%Y-%m-%d}" if day else f"{value:%Y-%m}" if "m" in shown else f"{value:%Y}"
    if not day and "m" not in shown:  # no format of a date at all
        return value.isoformat() if times else value.isoformat()[:10]
    return f"{value.day} {MONTHS[value.month - 1]}" if day else MONTHS[value.month - 1]
