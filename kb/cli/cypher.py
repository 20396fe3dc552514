"""`kb cypher`: ad hoc Cypher that may read the graph and do nothing else."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kb.cli.asof import as_of_option, ranked, seen_from
from kb.cli.options import WHOLE, OneLine, emit, limits, output_options, say, stdin_lines
from kb.errors import InputError
from kb.table import Table

if TYPE_CHECKING:
    from kb.loading.moment import Moment


@click.command(cls=OneLine)
@click.argument("statement", required=False)
@click.option(
    "-f", "--file", type=click.Path(path_type=Path), metavar="FILE", help="Read the statement from a file."
)
@click.option(
    "-p",
    "--param",
    "given",
    multiple=True,
    metavar="NAME=VALUE",
    help="A value for $NAME; repeat for several.",
)
@limits
@as_of_option
@output_options
def cypher(
    statement: str | None,
    file: Path | None,
    given: tuple[str, ...],
    limit: int,
    timeout: float,
    as_of: Moment | None,
    form: str | None,
    out: Path | None,
) -> None:
    """Run your own read-only Cypher.

    STATEMENT is the text itself, or `-` to read it from standard input. Values of -p are numbers, true,
    false, null, days (2014-06-29), JSON lists and objects, or text; text that looks like one of the others
    goes in double quotes.

    \b
    Examples:
      kb cypher "MATCH (p:Pledge) RETURN p.act AS act, count(*) AS pledges"
      kb cypher "MATCH (a:Actor {id: $id}) RETURN a.name AS name" -p id=boko-haram
      kb cypher -f my-question.cypher --format csv --out rows.csv
    """
    text = _statement(statement, file)
    params = dict(map(_param, given))
    from kb.graph import Graph

    with Graph.connect() as live, seen_from(live, as_of, apart=ranked(text), timeout=timeout) as graph:
        table = graph.guarded(text, params, timeout=timeout, limit=limit)
        counted = [] if table.rows else graph.rows(_COUNTED, {"ids": list(params.values())})
    report(table, limit, form, out)
    for row in counted:
        say(f"Note: '{row['id']}' was judged the same as '{row['actor']}': ask for that one.")


# Ids in a statement are not taken for others, as what a parameter means is not known here.
_COUNTED = "MATCH (d:Duplicate)-[:SAME_AS]->(a:Actor) WHERE d.id IN $ids RETURN d.id AS id, a.id AS actor"


def report(
    table: Table, limit: int, form: str | None = None, out: Path | None = None, whole: str = WHOLE
) -> None:
    """Print the rows of an ad hoc statement as `emit` does, with what there is to say about them."""
    for notice in table.notices:
        say(f"Note: {notice}")
    emit(table, form, out, whole=whole)
    if table.cut:
        say(f"Only the first {limit} rows are shown; raise --limit for more.")
    if not table.rows:
        say("No rows match the statement.")


def _statement(argument: str | None, file: Path | None) -> str:
    if (argument is None) == (file is None):
        raise InputError("Give one statement: as the argument, with -f FILE, or `-` for standard input.")
    try:
        text = file.read_text(encoding="utf-8-sig") if file else argument or ""
    except UnicodeDecodeError as error:
        raise InputError(f"{file} is not UTF-8 text.", "Save it as UTF-8.") from error
    except OSError as error:
        raise InputError(f"Cannot read {file}: {error.strerror}.") from error
    if argument == "-":
        text = "".join(stdin_lines())
    if not text.strip():
        raise InputError("The statement is empty.", 'Try `kb cypher "MATCH (a:Actor) RETURN count(a)"`.')
    return text


def _param(pair: str) -> tuple[str, Any]:
    name, sign, value = pair.partition("=")
    if not sign or not re.fullmatch(r"\w+", name):
        raise InputError(f"'{pair}' is no parameter.", "Write -p name=value.")
    return name, typed(value)


def typed(text: str) -> Any:
    """The value that a person means: JSON where it is JSON, a day where it looks like one, else text."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise InputError(f"'{text}' is no day of the calendar.") from error
    try:
        return json.loads(text)
    except ValueError:
        return text
