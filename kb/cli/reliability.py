"""Two coders, one book: `kb reliability`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kb.cli.options import OneLine, emit, output_options, say
from kb.errors import FaultsError, InputError

if TYPE_CHECKING:
    import pandas as pd

    from kb.loading.coders import Coding
    from kb.table import Table


@click.command(cls=OneLine)
@click.argument("book1", type=click.Path(path_type=Path))
@click.argument("book2", type=click.Path(path_type=Path))
@click.option(
    "--sheet",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.xlsx",
    help="Write both codings as one book, with the cells to decide.",
)
@output_options
def reliability(book1: Path, book2: Path, sheet: Path | None, form: str | None, out: Path | None) -> None:
    """Measure how far two coders of one book agree, column by column.

    Rows are matched by id. Each column gets the percentage of cells on which both agree, Cohen's kappa
    and Krippendorff's alpha (nominal), with 95 % bootstrap intervals. A cell that only one coder filled
    is a disagreement. In the sheet, replace each UNDECIDED by the final value and load the file.

    \b
    Examples:
      kb reliability coder-a coder-b
      kb reliability coder-a.xlsx coder-b.xlsx --sheet decide.xlsx
      kb load decide.xlsx
    """
    from kb.analysis.reliability import reliability as measured
    from kb.loading.coders import alone, to_decide, units, write_sheet

    one, two = _coding(book1), _coding(book2)
    decide = to_decide(one, two)
    cells = units(one, two)
    if cells.empty:
        raise InputError("No row stands in both books.", "Rows are matched by their id.")
    if sheet:
        write_sheet(decide, sheet, force=bool(click.get_current_context().meta.get("force")))
    measures = measured(cells)
    reading = form in (None, "table") and not out
    emit(_for_reading(measures) if reading else _whole(measures), form, out)
    for book, missing in ((book1, alone(one, two)), (book2, alone(two, one))):
        if missing:
            say(f"Only in {book}, not compared: {_listed(missing)}.")
    if sheet:
        say(f"Wrote {sheet}: {decide.open} cells to decide, marked UNDECIDED; then `kb load {sheet}`.")


def _coding(path: Path) -> Coding:
    from kb.loading.coders import coding
    from kb.loading.report import faults_text
    from loaders.tables import read_book

    book = read_book([path])
    if book.errors:
        for line in faults_text(book.errors):
            say(line)
        raise FaultsError(book.errors)
    return coding(book)


def _listed(rows: list[tuple[str, str]]) -> str:
    shown = ", ".join(f"{key} ({table})" for table, key in rows[:5])
    return f"{shown} and {len(rows) - 5} more" if len(rows) > 5 else shown


def _whole(frame: pd.DataFrame) -> Table:
    """Every measure and bound in a column of its own."""
    from kb.table import Table

    rows = [[_number(value, 4) for value in row] for row in frame.itertuples(index=False)]
    return Table(list(frame.columns), rows, [])


def _for_reading(frame: pd.DataFrame) -> Table:
    """The columns in which the coders differ, intervals beside their estimates; the others counted."""
    from kb.table import Table

    differ = frame[frame["agreement"] < 1]
    if agreed := len(frame) - len(differ):
        say(f"{agreed} of {len(frame)} columns: the coders agree in every cell.")
    records = [{str(name): value for name, value in row.items()} for row in differ.to_dict("records")]
    rows = [_readable(row) for row in records]
    return Table(list(rows[0]) if rows else ["table", "column"], [list(row.values()) for row in rows], [])


def _readable(row: dict[str, Any]) -> dict[str, Any]:
    shown = {column: row[column] for column in ("table", "column", "n")}
    shown["agree %"] = _number(100 * row["agreement"], 1)
    for measure in ("kappa", "alpha"):
        value, low, high = (_number(row[f"{measure}{end}"], 2) for end in ("", "_low", "_high"))
        shown[measure] = "undefined" if value is None else value
        shown[f"{measure} 95 %"] = None if value is None else f"{low:.2f}…{high:.2f}"
    return shown


def _number(value: Any, digits: int) -> Any:
    if isinstance(value, float):
        return None if value != value else round(value, digits)  # NaN is not equal to itself
    return value
