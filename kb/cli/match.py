"""`kb match`: which actor a load would take a name for, and who else may be meant."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from kb import dates
from kb.cli.load import open_graph
from kb.cli.options import OneLine
from kb.errors import InputError, quoted
from kb.table import Table

if TYPE_CHECKING:
    from kb.resolve import Candidate, Match

WIDTH = 80


@click.command(cls=OneLine)
@click.argument("name")
@click.option("--country", help="Of which country the actor is; those of it come first.")
@click.option("--on", metavar="DATE", help="When (EDTF); names borne at the time come first.")
@click.option("--limit", type=click.IntRange(min=1), default=5, show_default=True, help="How many actors.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print.")
def match(name: str, country: str | None, on: str | None, limit: int, form: str) -> None:
    """Show which actor a load would take a name for, and who else may be meant.

    An exact name, alias or spelling of one actor is taken; of several it is ambiguous, and country and date
    only change their order. Where the one that bears it is of other countries than --country, it is ambiguous
    too; a load, which knows the place of an act only, takes it with a warning then. A name that is merely
    like another is never taken. With - for NAME the names are read from standard input, one a line; json is
    then one object a line. Exit status: 0 when every name is taken, 1 when one is not.

    \b
    Examples:
      kb match "Jund al-Khilafah" --country Egypt
      kb match ISI --on 2012 --format json
      kb match - < names.txt
    """
    from kb.loading.match import match_names

    when = _date(on)
    names = _names(name)
    with open_graph() as graph:
        found = list(match_names(graph, names, limit, [country] if country else [], when))
    if form == "json":
        for one in found:
            click.echo(json.dumps(one.as_dict(), ensure_ascii=False, indent=None if name == "-" else 2))
    elif name == "-":
        click.echo(_draw(["asked", "decision", "nearest"], map(_best, found)), nl=False)
    else:
        (one,) = found
        if one.candidates:
            click.echo(_draw(["actor_id", "score", "name and reason"], map(_row, one.candidates)), nl=False)
        click.echo(_verdict(one, on))
    sys.exit(0 if all(one.decision == "taken" for one in found) else 1)


def _names(name: str) -> list[str]:
    lines = sys.stdin.read().splitlines() if name == "-" else [name]
    names = [line.strip() for line in lines if line.strip()]
    if not names:
        raise InputError("No name is given.", "Write one, or - and one a line on standard input.")
    return names


def _date(text: str | None) -> dates.Bounds:
    try:
        return dates.parse(text or "")
    except dates.DateError as error:
        raise InputError(f"--on: {error.message}", error.hint) from None


def _draw(columns: list[str], rows: Iterable[list[Any]]) -> str:
    from kb.render import draw

    return draw(Table(columns, list(rows), []), WIDTH).text


def _row(found: Candidate) -> list[Any]:
    return [found.actor, round(found.score), f"{found.name}: {', '.join(found.notes)}"]


def _best(one: Match) -> list[Any]:
    return [one.asked, one.decision, str(one.candidates[0]) if one.candidates else None]


def _verdict(one: Match, on: str | None) -> str:
    """What a load would do, in one line."""
    asked = quoted(one.asked)
    if one.other:
        return f"none: {asked} is the id of another kind of record ({one.other})."
    if one.decision == "taken":
        best = one.candidates[0]
        warned = f", and warns: it was not so called at {on}" if best.then is False else ""
        return f"taken: a load writes {best.actor} for {asked}{warned}."
    if one.decision == "ambiguous":
        bearers = [candidate for candidate in one.candidates if candidate.score == 100]
        if len(bearers) == 1:
            where = ", ".join(bearers[0].countries)
            return f"ambiguous: the one who bears {asked} is elsewhere ({where}); write an id."
        return f"ambiguous: {len(bearers)} actors bear {asked}; write the id of one."
    advice = "write an id, or add the name" if one.candidates else "add the actor"
    return f"none: no actor bears {asked}; {advice}."
