"""One table as it lies in a file: header, numbered rows of text, and what is odd about its cells."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from pydantic import AfterValidator

from kb.errors import Fault, Severity, quoted
from kb.model import TABLES, Codes, Dated, Link, Record, Ref
from loaders.encodings import MISREAD, mended

ERROR_VALUES = frozenset(
    {
        *("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#FIELD!"),
        *("#BLOCKED!", "#CONNECT!", "#BUSY!", "#UNKNOWN!", "#EXTERNAL!", "#PYTHON!", "#GETTING_DATA"),
    }
)
# How people and programs write that there is nothing; here an empty cell says that.
NOTHING = frozenset(
    {
        *("NA", "N/A", "n/a", "N.A.", "n.a.", "NULL", "null", "None", "NaN", "nan"),
        *("-", "--", "–", "—", ".", "…", "?"),
    }
)
EMPTY_HINT = "Leave the cell empty when that is not known."
_ODD = ERROR_VALUES | NOTHING
_AS_PRINTED = frozenset(  # the words of a source, which may be these
    {
        *("value", "significance", "printed_as", "name_as_printed", "type_as_printed", "date_as_printed"),
        *("quote_before", "quote_start", "quote_end"),
    }
)
# What no workbook can hold and no person can see.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_SPOILT = re.compile(f"{_CONTROL.pattern}|\ufffd|{MISREAD.pattern}")
# In names and values blanks of other widths become blanks, and what has no width goes, but not inside a word
# where it joins or parts letters (Persian) or turns the direction (Arabic).
_WIDTHS = {ord(c): " " for c in "\xa0\u2007\u202f\u3000"} | dict.fromkeys(map(ord, "\u200b\u2060\ufeff\xad"))
_OUTER = " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\u200c\u200d\u200e\u200f\u2028\u2029" + "".join(
    map(chr, [*range(0x2000, 0x200B), *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
)


@dataclass(slots=True)
class Sheet:
    """One table as it lies in a file: header, numbered rows of text, and what could not be read.

    `name` is what a user sees: the file name, or `book.xlsx [pledges]`. `raw` holds every row as it stands
    there, the first at 0. Of a workbook: `formulas` without a value, cells that are `errors`, `merged` ones.
    A sheet that is for no table (`table` is empty) has only `raw`.
    """

    table: str
    name: str
    header: list[str]
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    raw: Sequence[Sequence[str]] = ()
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)
    errors: Collection[tuple[int, int]] = ()
    merged: Sequence[str] = ()

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


def letter(place: int) -> str:
    """The letters a spreadsheet shows above a column: 0 is A, 26 is AA."""
    before, last = divmod(place, 26)
    return (letter(before - 1) if before else "") + chr(ord("A") + last)


def clean(cell: str) -> str:
    """A cell without outer blanks, without what has no width, and with plain blanks."""
    return cell.strip() if cell.isascii() else cell.translate(_WIDTHS).strip(_OUTER)


def header_of(row: Sequence[str], known: Mapping[str, object]) -> list[str]:
    """The column names of a header row: small letters, blanks and line ends as `_` where that is a name."""
    names = [_column_name(clean(cell).lower(), known) for cell in row]
    while names and not names[-1]:
        names.pop()
    return names


def _column_name(name: str, known: Mapping[str, object]) -> str:
    joined = re.sub(r"[\s_-]+", "_", name)
    return joined if name not in known and joined in known else name


def make_sheet(
    table: str,
    name: str,
    raw: Sequence[Sequence[str]],
    quoting: str = "",
    errors: Collection[tuple[int, int]] = (),
) -> Sheet:
    """Header and rows without outer blanks, numbered as a spreadsheet does; empty rows are warnings.

    `quoting` says what to do about a cell too many, where the separator may be the reason; `errors` are the
    places (row, column from 0) of error values, which are faults.
    """
    header = header_of(raw[0], TABLES[table].columns()) if raw else []
    sheet = Sheet(table, name, header, raw=raw, errors=errors)
    if not sheet.header:
        hint = header_below(sheet) or f"It must hold the column names: {', '.join(TABLES[table].required())}."
        sheet.add(1, None, "missing-column", "the first row is empty", hint)
        return sheet
    width = len(sheet.header)
    ours = [place for place, name in enumerate(sheet.header) if name.startswith("_")]
    kinds = column_kinds(TABLES[table])
    formed = [n for n, name in enumerate(sheet.header) if kinds.get(name) in ("names", "values")]
    blank: list[int] = []
    for number, row in enumerate(raw[1:], 2):
        cells = [cell.strip() for cell in row]
        for place in formed:
            if place < len(cells) and not cells[place].isascii():
                cells[place] = clean(cells[place])
        if not any(cells) or (ours and not any(c for n, c in enumerate(cells) if n not in ours)):
            blank.append(number)
            continue
        if blank:  # those after the last row do not count
            message = "the row is empty" if len(blank) == 1 else f"{len(blank):,} rows are empty from here on"
            sheet.add(blank[0], None, "blank-row", message, "Delete what is empty.", severity="warning")
            blank.clear()
        if any(cells[width:]):
            message = f"the row has {len(cells)} cells, the header {width}"
            sheet.add(number, None, "type-error", message, _too_many(cells, quoting))
        sheet.rows.append((number, cells[:width]))
        if not _ODD.isdisjoint(cells):
            _odd(sheet, number, cells[:width])
        if _SPOILT.search("\n".join(cells)):
            _spoilt(sheet, number, cells[:width])
    return sheet


def header_below(sheet: Sheet) -> str:
    """What to do when a row further down names the columns; empty when none does."""
    record = TABLES[sheet.table]
    for number, row in enumerate(sheet.raw[1:20], 2):
        if len(set(header_of(row, record.columns())) & set(record.columns())) > 1:
            above = "row above it" if number == 2 else f"{number - 1} rows above it"
            return f"Row {number} looks like the header: delete the {above}."
    return ""


def _too_many(cells: Sequence[str], quoting: str) -> str:
    if quoting and any(cell[:1] in "“”„«" for cell in cells if cell):
        return 'In CSV only " is a quotation mark: write it in the place of “ and ”.'
    return f"Name every column{quoting or ', or empty what stands beyond the last'}."


# --- odd cells ----------------------------------------------------------------------------------


def _odd(sheet: Sheet, number: int, cells: Sequence[str]) -> None:
    """Cells with a word for nothing, or the error of a formula as text, where no form forbids them."""
    record = TABLES[sheet.table]
    kinds = column_kinds(record)
    for place, cell in enumerate(cells):
        if cell not in _ODD:
            continue
        column = sheet.column(place)
        if (number, place) in sheet.errors:
            message = f"the cell holds the error {cell}"
            sheet.add(number, column, "type-error", message, "Correct its formula.", cell)
            continue
        error = cell in ERROR_VALUES
        hint = "Correct its formula." if error else EMPTY_HINT
        if kinds.get(column) == "names":
            hint = "Name a record here." if column in record.required() else hint
            sheet.add(number, column, "foreign-key", f"'{cell}' names nothing", hint, cell)
        elif kinds.get(column) == "words":
            sheet.add(number, column, "bad-value", f"'{cell}' is kept as it stands", hint, cell, "warning")


@cache
def column_kinds(record: type[Record]) -> dict[str, str]:
    """Column to `names` (of records), `values` that have a form, `words` (free text) or `printed` ones."""
    return {column: _kind(record, column) for column in record.columns()}


def _kind(record: type[Record], column: str) -> str:
    _, info = record.columns()[column]
    marks = info.metadata
    if column != "participants" and _has(marks, Link, Ref):
        return "names"
    texts = info.annotation in (str, str | None) or column in record.lists()
    if not texts or _has(marks, Link, Codes, Dated, AfterValidator):
        return "values"
    return "printed" if column in _AS_PRINTED else "words"


def _has(marks: Sequence[object], *kinds: type) -> bool:
    return any(isinstance(mark, kinds) for mark in marks)


def _spoilt(sheet: Sheet, number: int, cells: Sequence[str]) -> None:
    """Cells with characters that nobody can see, or that were lost or misread on the way."""
    for place, cell in enumerate(cells):
        column = sheet.column(place)
        if found := _CONTROL.search(cell):
            message = f"the cell holds the control character U+{ord(found[0]):04X}"
            sheet.add(number, column, "bad-value", message, "Delete it.", cell)
        elif "\ufffd" in cell:
            hint = "Write the letter that stood there."
            sheet.add(number, column, "bad-value", "a letter was lost (U+FFFD)", hint, cell, "warning")
        elif (better := mended(cell)) != cell:
            message = f"{quoted(cell)} has letters that were misread"
            hint = f"Did you mean {quoted(better)}?"
            sheet.add(number, column, "bad-value", message, hint, cell, "warning")
