"""Empty tables to fill in: every column of the model, one example row, and lists of the allowed values.

The example is a row of the bundled casebook under its own id. Where the casebook is loaded, an example that
was left in the table changes nothing; elsewhere most are refused, because what they name is not there.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from kb.errors import InputError, did_you_mean, quoted
from kb.loading.export import csv_text, write_sheet
from kb.loading.form import shape
from kb.model import ROLES, TABLES, Record
from kb.paths import resource

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

VALUES = "_values"  # the sheet of allowed values; the reader leaves it out
MARK = "_example"  # the column that marks the example row, left out too
MARKED = "example: write over it"
LAST_ROW = 1_048_576

EXAMPLES = {  # table -> the key of a row of the casebook
    "actors": "red-army-faction",
    "names": "bp-name-is-isis",
    "pledges": "bp-pledge-boko-haram-2015-03",
    "support": "bp-support-is-boko-haram-operational",
    "ties": "pp-tie-boko-haram-is",
    "schisms": "bp-schism-is-aq-2014-02",
    "lineage": "pp-lineage-aqi-joins-msc",
    "events": "bp-event-abm-is-meeting",
    "searches": "bp-search-mgar-is",
    "sources": "abdul-ahad-2013",
    "evidence": "bp-ev-attiya-shortages",
    "citations": "bp-event-us-drone-campaign bp-ev-attiya-shortages",
    "references": "blair-potter adnani-2014-speech-carry-on",
    "cases": "case-afghanistan-coalition-2001",
    "concepts": "abandonment-hb",
    "findings": "bp-finding-result-operational-support",
    "judgements": "al-qaeda-affiliates-yemen al-qaeda-in-the-arabian-peninsula casebook",
}
_FLAGS = {"true": "yes", "false": "no"}


def tables_named(names: Sequence[str]) -> list[str]:
    """The tables, each once. Raises InputError for a name that is no table."""
    for name in names:
        if name not in TABLES:
            hint = did_you_mean(name, TABLES) or f"Tables: {', '.join(TABLES)}."
            raise InputError(f"There is no table {quoted(name)}.", hint)
    return list(dict.fromkeys(names))


def example(table: str) -> dict[str, str]:
    """Column to text of a real row."""
    key = TABLES[table].key
    with (resource("casebook") / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if " ".join(row[column] for column in key) == EXAMPLES[table]:
                return row
    raise KeyError(f"{EXAMPLES[table]} is not in the casebook")


def allowed(kind: type[Record]) -> dict[str, Mapping[str, str]]:
    """Column to value to meaning, for the columns that hold one of a list."""
    lists = {column: codes.values for column, codes in kind.codes().items()}
    flags = {column: _FLAGS for column in kind.columns() if shape(kind, column) == "true|false"}
    return {column: (lists | flags)[column] for column in kind.columns() if column in lists | flags}


def template_rows(table: str) -> list[list[str]]:
    """The header and the example row; the first column marks the example."""
    row = example(table)
    columns = list(TABLES[table].columns())
    return [[MARK, *columns], [MARKED, *(row.get(column, "") for column in columns)]]


def template_csv(table: str) -> str:
    """The table as CSV."""
    return csv_text(template_rows(table))


def template_xlsx(tables: Sequence[str]) -> bytes:
    """A workbook with a sheet for each table and one of allowed values.

    Required columns are coloured, every header has a remark that says what belongs there, and columns of
    codes have drop-downs. All cells are text, so that a spreadsheet does not make days of months.
    """
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.remove(workbook.active)  # type: ignore[arg-type]
    rows = [["table", "column", "value", "meaning"]]
    for table in tables:
        sheet = workbook.create_sheet(table)
        write_sheet(sheet, template_rows(table), freeze="C2")
        _dress(sheet, TABLES[table])
        for column, values in allowed(TABLES[table]).items():
            _drop_down(sheet, TABLES[table], column, len(rows) + 1, len(values))
            rows += [[table, column, value, meaning] for value, meaning in values.items()]
        if "participants" in TABLES[table].columns():
            rows += [[table, "participants", f"actor={role}", meaning] for role, meaning in ROLES.items()]
    values_sheet = workbook.create_sheet(VALUES)
    write_sheet(values_sheet, rows)
    _widths(values_sheet, [12, 18, 26, 70])
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _dress(sheet: Worksheet, kind: type[Record]) -> None:
    """Colour what is required, grey the example, and say at each header what belongs there."""
    from openpyxl.comments import Comment
    from openpyxl.styles import Font, PatternFill

    for cell in sheet[2]:
        cell.font = Font(italic=True, color="808080")
    for place, column in enumerate(kind.columns(), 2):
        head = sheet.cell(1, place)
        head.comment = Comment("\n".join(_remark(kind, column)), "kb", height=120, width=320)
        if column in kind.required():
            head.fill = PatternFill("solid", start_color="FFD966")
    _widths(sheet, [len(MARKED), *(max(len(column) + 2, 16) for column in kind.columns())])


def _remark(kind: type[Record], column: str) -> Iterator[str]:
    described = str(kind.columns()[column][1].description)
    yield ("Required: " if column in kind.required() else "") + described
    if column in kind.dated():
        yield "A date such as 2015-03-07, 2015-03, 2015?, [2015..2016], 2014/2015-03"
    elif shape(kind, column) == "ACTOR":
        yield "The id of an actor, or a name"
    if column in kind.lists():
        yield "Several: separate them by ;"
    if column in allowed(kind):
        yield f"Values: {', '.join(allowed(kind)[column])}"


def _drop_down(sheet: Worksheet, kind: type[Record], column: str, first: int, number: int) -> None:
    """A choice of the values that stand in the sheet of values from row `first` on."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    choice = DataValidation(
        type="list",
        formula1=f"'{VALUES}'!$C${first}:$C${first + number - 1}",
        allow_blank=True,
        showErrorMessage=column not in kind.lists(),
        errorTitle=column,
        error=f"Choose one of the values in the sheet {VALUES}.",
    )
    letter = get_column_letter(list(kind.columns()).index(column) + 2)
    choice.add(f"{letter}2:{letter}{LAST_ROW}")
    sheet.add_data_validation(choice)


def _widths(sheet: Worksheet, widths: Sequence[int]) -> None:
    from openpyxl.utils import get_column_letter

    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
