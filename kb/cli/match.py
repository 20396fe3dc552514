"""`kb match`: which actor a load would take a name for, and who else may be meant."""

from __future__ import annotations

import json
import sys
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
@click.option("--country", help="Where; actors of this country come first.")
@click.option("--on", metavar="DATE", help="When (EDTF); names borne at the time come first.")
@click.option("--limit", type=click.IntRange(min=1), default=5, show_default=True, help="How many actors.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print.")
def match(name: str, country: str | None, on: str | None, limit: int, form: str) -> None:
    """Show which actor a load would take a name for, and who else may be meant.

    An exact name, alias or spelling of one actor is taken; of several it is ambiguous, and country and date
    only change their order. A name that is merely like another is never taken. With - for NAME the names are
    read from standard input, one a line; json is then one object a line. Exit status: 0 when every name is
    taken, 1 when one is not.

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
        click.echo(
            _draw(["name", "decision", "actor_id", "score", "reason"], [_best(m) for m in found]), nl=False
        )
    else:
        (one,) = found
        if one.candidates:
            click.echo(
                _draw(["actor_id", "score", "name", "matched", "reason"], [_row(c) for c in one.candidates])
            )
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


def _draw(columns: list[str], rows: list[list[Any]]) -> str:
    from kb.render import draw

    return draw(Table(columns, rows, []), WIDTH).text


def _row(found: Candidate) -> list[Any]:
    matched = found.name if found.name != found.own else None
    return [found.actor, round(found.score), found.own or found.name, matched, "; ".join(found.notes)]


def _best(one: Match) -> list[Any]:
    best = one.candidates[0] if one.candidates else None
    told = [best.actor, round(best.score), "; ".join(best.notes)] if best else [None, None, None]
    return [one.asked, one.decision, *told]


def _verdict(one: Match, on: str | None) -> str:
    """What a load would do, in one line."""
    asked = quoted(one.asked)
    if one.other:
        return f"A load stops: {asked} is the id of a record of another kind ({one.other})."
    if one.decision == "taken":
        best = one.candidates[0]
        warned = f", with a warning: the name was not borne at {on}" if best.then is False else ""
        return f"A load takes {asked} for {best.actor}{warned}."
    if one.decision == "ambiguous":
        number = sum(candidate.reason == "same name" for candidate in one.candidates)
        return f"A load stops: {asked} names {number} actors. Write the id of one."
    near = "Write the id if one of these is meant, or add the name" if one.candidates else "Add the actor"
    return f"A load stops: {asked} is no name of an actor. {near}."
