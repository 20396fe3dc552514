"""`kb audit`: what in the graph is incomplete, doubtful or contradictory."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from kb.cli.options import OneLine, say

if TYPE_CHECKING:
    from kb.catalog import Query
    from kb.table import Table

FIRST = 3  # rows shown of each question


@click.command(cls=OneLine)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print.")
def audit(form: str) -> None:
    """Ask every question of the topic `quality`: a count and the first rows of each.

    Exit status 1 when a question that must have no rows has some.

    \b
    Examples:
      kb audit
      kb query disputed_claims --format csv
    """
    from kb import catalog
    from kb.graph import Graph

    questions = [q for q in catalog.library().values() if q.topic == "quality"]
    with Graph.connect() as graph:
        answers = [(q, graph.answer(q, q.bind({}))) for q in questions]
    if form == "json":
        click.echo(
            json.dumps(
                [_as_dict(q, table) for q, table in answers], ensure_ascii=False, indent=2, default=str
            )
        )
    else:
        for question, table in answers:
            _print(question, table)
    wrong = [q.name for q, table in answers if q.empty and table.rows]
    if wrong:
        say(f"Must have no rows: {', '.join(wrong)}.")
    sys.exit(1 if wrong else 0)


def _as_dict(question: Query, table: Table) -> dict[str, Any]:
    return {
        "query": question.name,
        "title": question.title,
        "rows": len(table.rows),
        "must_be_empty": bool(question.empty),
        "first": table.records()[:FIRST],
    }


def _print(question: Query, table: Table) -> None:
    from kb.render import draw
    from kb.table import Table as Rows

    mark = "must be 0" if question.empty else ""
    click.echo(f"{len(table.rows):>6,}  {question.title}{f'  ({mark})' if mark else ''}")
    if table.rows:
        first = Rows(table.columns, table.rows[:FIRST], [])
        text = draw(first, 72, question.show).text
        click.echo("".join(f"        {line}\n" for line in text.splitlines()), nl=False)
        if len(table.rows) > FIRST:
            click.echo(f"        … all of them: kb query {question.name}")
