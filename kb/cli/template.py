"""`kb template`: a table to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from kb.cli.options import OneLine, say, write_whole
from kb.errors import InputError
from kb.model import TABLES
from kb.paths import refuse_existing


@click.command(cls=OneLine, epilog=f"Tables: {', '.join(TABLES)}.")
@click.argument("names", nargs=-1, required=True, metavar="TABLE…")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write FILE.csv or FILE.xlsx.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def template(names: tuple[str, ...], out: Path | None, force: bool) -> None:
    """Write a table to fill in: every column, and one example row.

    Without --out the table is printed as CSV. A workbook (.xlsx) has a sheet for each table, drop-downs where
    a column takes one of a few values, and a sheet of these values; required columns are coloured. The
    example row is one of the casebook: write over it.

    \b
    Examples:
      kb template pledges > pledges.csv
      kb template pledges evidence sources --out new-pledges.xlsx
    """
    from loaders.template import tables_named, template_csv, template_xlsx

    tables = tables_named(names)
    workbook = out is not None and out.suffix.lower() == ".xlsx"
    if not workbook and len(tables) > 1:
        raise InputError("A CSV file holds one table.", "For several, add --out FILE.xlsx.")
    if out is None:
        click.echo(template_csv(tables[0]), nl=False)
        return
    _check_target(out, tables[0], force)
    write_whole(out, template_xlsx(tables) if workbook else template_csv(tables[0]))
    say(f"Wrote {', '.join(tables)} to {out}. Fill it in, then: kb check {out}")


def _check_target(out: Path, table: str, force: bool) -> None:
    from loaders.files import SUFFIXES, table_of

    if out.suffix.lower() not in SUFFIXES:
        raise InputError(f"{out} is neither .csv nor .xlsx.", "Name a file that ends so.")
    if out.suffix.lower() == ".csv" and table_of(out.stem) != table:
        hint = f"A CSV file is named after its table: {table}.csv, or new-{table}.csv."
        raise InputError(f"{out.name} would not be read as {table}.", hint)
    if out.is_dir():
        raise InputError(f"{out} is a folder.", "Choose another name.")
    refuse_existing(out, force)
