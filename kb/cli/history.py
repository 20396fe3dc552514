"""Looking back and taking back: loads, history, diff, undo."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kb.cli.asof import as_moment
from kb.cli.load import apply_it, open_graph
from kb.cli.options import OneLine, emit, output_options, say
from kb.errors import InputError, did_you_mean, quoted
from kb.table import Table

if TYPE_CHECKING:
    from kb.loading.asof import Net
    from kb.loading.history import Version
    from kb.loading.moment import Moment


FIRST_LINES = 200  # of a difference printed as text


@click.command(cls=OneLine)
@output_options
def loads(form: str | None, out: Path | None) -> None:
    """List the loads, the oldest first.

    \b
    Examples:
      kb loads
      kb loads --format json
    """
    from kb.loading import history

    with open_graph() as graph:
        found = [load.as_dict() for load in history.loads(graph)]
    columns = ["load_id", "loaded_at", "coder", "files", "changes", "undoes", "undone_by"]
    if form in (None, "table") and out is None:
        columns = ["load_id", "loaded_at", "coder", "changes", "undoes", "undone_by", "files", "note"]
        for row in found:
            row["loaded_at"] = row["loaded_at"][:16].replace("T", " ")
    emit(Table(columns, [[row[c] for c in columns] for row in found], []), form, out)


@click.command(cls=OneLine)
@click.argument("ident", metavar="ID")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print.")
def history(ident: str, form: str) -> None:
    """Print every version of a record: which load made it, when and by whom, and each cell that changed.

    Rows of citations, references and judgements go by their two ids, in quotation marks.

    \b
    Examples:
      kb history boko-haram
      kb history "bp-event-abu-qatada-letter bp-ev-abu-qatada-no-emir" --format json
    """
    from kb.loading import history as past
    from kb.loading.versions import fields_of, version_lines

    with open_graph() as graph:
        versions = past.history(graph, ident)
        rows = past.rows_of(graph, ident)
    if form == "json":
        _json([_version(v) | {"fields": fields_of(v.change)} for v in versions])
    else:
        click.echo("\n".join(version_lines(versions)))
    if rows:
        more = f" and {len(rows) - 3} more" if len(rows) > 3 else ""
        say(f"Rows that start here have a history of their own: {'; '.join(rows[:3])}{more}.")


def _version(version: Version) -> dict[str, Any]:
    change = version.change
    about = {"table": change.table, "record": change.record, "action": change.action}
    return {**version.load.as_dict(), **about, "before": change.before, "after": change.after}


def _json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


@click.command(cls=OneLine)
@click.option(
    "--from",
    "first",
    metavar="DATE",
    required=True,
    callback=as_moment,
    help="The first day, or a time such as 2026-05-01T10:15 (UTC).",
)
@click.option(
    "--to", "last", metavar="DATE", callback=as_moment, help="The last day, or a time. [default: now]"
)
@click.option(
    "--table", "tables", multiple=True, metavar="TABLE", help="Only this table; repeat for several."
)
@click.option("--all", "every", is_flag=True, help="Records of every table, not only claims.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", help="How to print."
)
def diff(first: Moment, last: Moment | None, tables: tuple[str, ...], every: bool, form: str) -> None:
    """List the claims that changed between two moments, with each cell before and after.

    What counts is the net effect: a claim that came and went in between is not listed. Both days count whole
    (UTC); a time is the moment as of --as-of. As text the first 200 lines are printed.

    \b
    Examples:
      kb diff --from 2026-05-01 --to 2026-05-31
      kb diff --from 2026-05-01 --table actors --table names
      kb diff --from 2026-05-01 --all --format csv > changes.csv
    """
    from kb.loading.asof import changed_between
    from kb.loading.export import csv_text
    from kb.loading.moment import now
    from kb.loading.versions import DIFF_COLUMNS, net_dict, net_lines, net_rows

    last = last or now()
    if first.first > last.last:
        raise InputError(f"--from {first.text} is later than --to {last.text}.", "Exchange them.")
    wanted = _tables(tables, every)
    with open_graph() as graph:
        found = changed_between(graph, first, last, wanted)
    if form == "json":
        _json([net_dict(net) for net in found])
    elif form == "csv":
        click.echo(csv_text([DIFF_COLUMNS, *net_rows(found)]), nl=False)
    else:
        _print_first(net_lines(found))
    _say_counts(found, first, last)


def _print_first(lines: Iterator[str]) -> None:
    """The first lines of a long list; a full list of thousands is for another program."""
    for line in islice(lines, FIRST_LINES):
        click.echo(line)
    if rest := sum(1 for _ in lines):
        click.echo(f"… and {rest:,} more lines; all of them: --format csv or --format json.")


def _tables(named: tuple[str, ...], every: bool) -> list[str]:
    from kb.model import CLAIM_TABLES, TABLES

    if named and every:
        raise InputError("--all and --table exclude each other.", "Leave one of them out.")
    for name in named:
        if name not in TABLES:
            raise InputError(
                f"No table {quoted(name)}.", did_you_mean(name, TABLES) or f"There are: {', '.join(TABLES)}."
            )
    return list(named or (TABLES if every else CLAIM_TABLES))


def _say_counts(found: list[Net], first: Moment, last: Moment) -> None:
    from kb.loading.moment import said

    words = {"add": "added", "change": "changed", "retract": "retracted"}
    counts = {word: sum(net.change.action == action for net in found) for action, word in words.items()}
    listed = ", ".join(f"{number:,} {word}" for word, number in counts.items())
    say(f"{listed} after {said(first.before)} and up to {last}.")


@click.command(cls=OneLine)
@click.argument("load_id", metavar="LOAD")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--coder", envvar="KB_CODER", default="", help="Who takes it back.")
@click.option("--note", default="", help="Why; kept in the record of the load.")
def undo(load_id: str, yes: bool, coder: str, note: str) -> None:
    """Put everything back as it was before a load; the undo is a load itself and can be undone.

    Refused when later loads touched the same records.

    \b
    Example:
      kb undo load-20260501-101500-a1b2c3
    """
    from kb.cli.progress import progress
    from kb.loading.history import Overtaken, plan_undo

    with open_graph() as graph:
        try:
            with progress("Comparing with the graph"):
                made = plan_undo(graph, load_id)
        except Overtaken as error:
            for later, records in sorted(error.touched.items()):
                say(f"{later}: {', '.join(records)}")
            raise
        apply_it(graph, made, yes=yes, coder=coder, note=note, undoes=load_id)
