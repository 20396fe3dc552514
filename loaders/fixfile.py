"""A book written back as one workbook, each fault beside its row: to be mended in a spreadsheet and loaded.

Cells are text, as they were read, in the rows and columns where they stood; columns and sheets whose names
begin with `_` are added, which loading leaves out. What a person mends is gone at the next check, and what
was not mended is found again: formulas without a value, joined cells and cells too many are written as such.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb.errors import Fault, InputError
from kb.loading.export import XLSX_CELL, escaped
from kb.paths import refuse_existing
from loaders.files import find_files, table_of
from loaders.sheets import Sheet, clean, letter

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell

XLSX_ROWS = 1_048_576
OURS = ("_fault", "_suggestion")
_COLOURS = {"error": "FFFFC7CE", "warning": "FFFFEB9C"}
_LIST = ("sheet", "row", "column", "value", "code", "severity", "message", "hint")
_LONGEST = 1_000  # characters of a value in the list


def refuse_target(paths: Iterable[Path], target: Path, force: bool) -> None:
    """Raises InputError when the fix file would write over something, or be read as a part of the book."""
    if target.suffix.lower() != ".xlsx" or target.is_dir():
        raise InputError(f"{target} is not the name of an .xlsx file.", "Name the fix file FILE.xlsx.")
    paths = list(paths)
    if os.path.realpath(target) in {os.path.realpath(path) for path in find_files(paths)}:
        raise InputError(f"{target} is a file of the book itself.", "Choose another name.")
    beside = {os.path.realpath(path) for path in paths if path.is_dir()}
    if os.path.realpath(target.parent) in beside and target.name[0] not in "._~":
        hint = f"Choose another folder, or the name _{target.name}."
        raise InputError(f"{target} would be read as a part of the book.", hint)
    refuse_existing(target, force)


def write_fix_file(sheets: Sequence[Sheet], faults: Sequence[Fault], target: Path) -> str:
    """Write the workbook, whole or not at all; gives back one line that says what was done.

    Raises InputError when it cannot be written, or when a table does not fit into a workbook.
    """
    marked = [fault for fault in faults if not _only_elsewhere(fault)]
    if not marked:
        return f"Nothing to mend; {target} was not written."
    _refuse_too_large(sheets)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".part-", dir=target.parent) as part:
            _workbook(sheets, marked).save(Path(part) / target.name)
            (Path(part) / target.name).replace(target)
    except OSError as error:
        raise InputError(
            f"{target} cannot be written: {error.strerror}.", "Check its folder and the disk."
        ) from None
    rows = len({(fault.sheet, fault.row) for fault in marked if fault.row})
    return f"Wrote {target}: {rows:,} row{'s' * (rows != 1)} to mend, all faults in its sheet _faults."


def _only_elsewhere(fault: Fault) -> bool:
    """Whether a row is good if the graph holds what it names, and nothing here is near to that."""
    return fault.code == "foreign-key" and fault.severity == "warning" and not fault.hint


def _refuse_too_large(sheets: Sequence[Sheet]) -> None:
    for sheet in sheets:
        if len(sheet.raw) > XLSX_ROWS:
            what = f"{sheet.name} has {len(sheet.raw):,} rows, a sheet of a workbook {XLSX_ROWS:,}."
            raise InputError(what, "Split the file.")
        for number, row in enumerate(sheet.raw, 1):
            for place, cell in enumerate(row):
                if len(cell) > XLSX_CELL:
                    what = f"{sheet.name} row {number}, column {sheet.column(place)} holds {len(cell):,}"
                    raise InputError(
                        f"{what} characters, a cell of a workbook {XLSX_CELL:,}.", "Mend it in the file."
                    )


def _workbook(sheets: Sequence[Sheet], faults: Sequence[Fault]) -> Workbook:
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    titles = _titles(sheets)
    _write_list(workbook, faults, titles)
    of_sheet: dict[str, list[Fault]] = defaultdict(list)
    for fault in faults:
        of_sheet[fault.sheet].append(fault)
    for sheet in sheets:
        _write_sheet(_Page(workbook, titles[sheet.name]), sheet, of_sheet[sheet.name])
    return workbook


def _titles(sheets: Sequence[Sheet]) -> dict[str, str]:
    """Name to title: the same table for the reader, and such as a workbook allows."""
    titles: dict[str, str] = {}
    for sheet in sheets:
        inside = re.fullmatch(r".*\.xlsx \[(.*)\]", sheet.name, re.IGNORECASE | re.DOTALL)
        wished = inside[1] if inside else Path(sheet.name).stem
        title = re.sub(r"[\[\]:*?/\\\s]+", " ", wished).strip("_' ")[:31].strip("' ")
        if not title or table_of(title) != (sheet.table or None):
            title = sheet.table or "left out"
        used = {name.lower() for name in titles.values()}
        number, unique = 1, title
        while unique.lower() in used:
            number += 1
            unique = f"{title[:26]} {number}"
        titles[sheet.name] = unique
    return titles


class _Page:
    """A sheet that is written row by row, each cell as text, some coloured."""

    def __init__(self, workbook: Workbook, title: str) -> None:
        self.sheet: Any = workbook.create_sheet(title)
        self._plain = self._styled("")
        self._coloured = {severity: self._styled(colour) for severity, colour in _COLOURS.items()}

    def _styled(self, colour: str) -> Cell:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import PatternFill

        cell = WriteOnlyCell(self.sheet)
        cell.number_format = "@"  # else a spreadsheet makes a day of 2014-11 when somebody edits it
        if colour:
            cell.fill = PatternFill("solid", start_color=colour)
        return cell

    def append(
        self, texts: Sequence[str], colours: dict[int, str], special: dict[int, tuple[str, str]]
    ) -> None:
        """Write one row; `colours` are severities by place, `special` type and value of what is no text."""
        self.sheet.append(self._cells(texts, colours, special))

    def _cells(
        self, texts: Sequence[str], colours: dict[int, str], special: dict[int, tuple[str, str]]
    ) -> Iterator[Cell | None]:
        for place, text in enumerate(texts):
            if not text and place not in colours and place not in special:
                yield None
                continue
            # each cell is written before the next is asked for, so that one of a kind will do
            cell = self._coloured[colours[place]] if place in colours else self._plain
            data_type, value = special.get(place, ("s", ""))
            cell.value = value or escaped(text)
            cell.data_type = data_type  # `s` also of `=1+1` and `#REF!`: here they are text
            yield cell

    def header(self, texts: Sequence[str], notes: dict[int, list[Fault]]) -> None:
        """Write the first row, whose faults are comments: a cell in it would be the name of a column."""
        from openpyxl.comments import Comment
        from openpyxl.styles import Font

        cells = []
        for place, text in enumerate(texts):
            cell = self._styled(_COLOURS[_worst(notes[place])] if place in notes else "")
            cell.font = Font(bold=True)
            cell.value, cell.data_type = escaped(text), "s"
            if place in notes:
                said = "\n".join(f"{fault.message}. {fault.hint}".strip() for fault in notes[place])
                cell.comment = Comment(said, "kb", height=120, width=300)
            cells.append(cell)
        self.sheet.append(cells)


def _worst(faults: Sequence[Fault]) -> str:
    return min(fault.severity for fault in faults)  # error comes before warning


def _write_list(workbook: Workbook, faults: Sequence[Fault], titles: dict[str, str]) -> None:
    page = _Page(workbook, "_faults")
    for column, width in zip("ABCDEFGH", (18, 8, 18, 24, 16, 10, 60, 60), strict=True):
        page.sheet.column_dimensions[column].width = width
    page.sheet.freeze_panes = "A2"
    page.header(_LIST, {})
    for fault in faults:
        cells = fault.as_dict() | {"sheet": titles.get(fault.sheet, fault.sheet)}
        cells["value"] = (fault.value or "")[:_LONGEST]
        page.append([str(cells[name] or "") for name in _LIST], {5: fault.severity}, {})


def _write_sheet(page: _Page, sheet: Sheet, faults: Sequence[Fault]) -> None:
    by_row: dict[int, list[Fault]] = defaultdict(list)
    for fault in faults:
        by_row[fault.row or 1].append(fault)
    first = sheet.raw[0] if sheet.raw else []
    width = len(sheet.header) or max(map(len, sheet.raw), default=0)
    kept = [n for n in range(width) if n >= len(first) or clean(first[n]).lower() not in OURS]
    beside = any(number > 1 for number in by_row)
    _lay_out(page, len(kept), len(sheet.raw) if beside else 0)
    places = {sheet.column(place): n for n, place in reversed(list(enumerate(kept)))}
    for number, row in enumerate(sheet.raw, 1):
        texts = [row[place] if place < len(row) else "" for place in kept]
        if beside:
            texts += OURS if number == 1 else _said(by_row.get(number, ()))
        texts += row[width:]
        if number == 1:
            page.header(texts, _notes(by_row[1], places, len(kept) if beside else 0))
        else:
            page.append(
                texts, _colours(by_row.get(number, ()), places, len(kept)), _special(sheet, number, kept)
            )
    _merge_again(page, sheet, len(kept))


def _lay_out(page: _Page, width: int, rows: int) -> None:
    page.sheet.freeze_panes = "B2"
    if rows:
        for place in (width, width + 1):
            page.sheet.column_dimensions[letter(place)].width = 60
        page.sheet.auto_filter.ref = f"A1:{letter(width + 1)}{rows}"


def _said(faults: Sequence[Fault]) -> tuple[str, str]:
    """The cells `_fault` and `_suggestion` of a row, a line for each fault."""
    messages = [f"{f.column}: {f.message}" if f.column else f.message for f in faults]
    hints = [f"{f.column}: {f.hint}" if f.column else f.hint for f in faults if f.hint]
    return "\n".join(messages)[:XLSX_CELL], "\n".join(hints)[:XLSX_CELL]


def _notes(faults: Sequence[Fault], places: dict[str, int], otherwise: int) -> dict[int, list[Fault]]:
    """The faults of the first row by the place of their cell; those without one at the place `otherwise`."""
    notes: dict[int, list[Fault]] = defaultdict(list)
    for fault in faults:
        notes[places.get(fault.column or "", otherwise)].append(fault)
    return notes


def _colours(faults: Sequence[Fault], places: dict[str, int], fault_place: int) -> dict[int, str]:
    """Place to severity: the faulty cells, and the cell `_fault`."""
    colours: dict[int, str] = {}
    for fault in sorted(faults, key=lambda fault: fault.severity, reverse=True):  # errors last, over warnings
        for place in (places.get(fault.column or "", fault_place), fault_place):
            colours[place] = fault.severity
    return colours


def _special(sheet: Sheet, number: int, kept: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Place to type and value of the cells that are no text: formulas without a value, and errors."""
    if not sheet.formulas and not sheet.errors:
        return {}
    found = {n: ("f", sheet.formulas.get((number, place), "")) for n, place in enumerate(kept)}
    errors = {n: ("e", sheet.raw[number - 1][p]) for n, p in enumerate(kept) if (number, p) in sheet.errors}
    return {n: cell for n, cell in (found | errors).items() if cell[1]}


def _merge_again(page: _Page, sheet: Sheet, width: int) -> None:
    from openpyxl.utils import range_boundaries

    for ref in sheet.merged:
        if int(range_boundaries(ref)[2] or 0) <= width:
            page.sheet.merged_cells.add(ref)
