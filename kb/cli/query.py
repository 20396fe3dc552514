"""`kb queries` and `kb query NAME`: the questions of the library, options made from their headers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kb import catalog
from kb.cli.asof import as_of_param, seen_from
from kb.cli.options import OneLine, emit, output_options, output_params, say
from kb.render import cell
from kb.table import Table

if TYPE_CHECKING:
    from kb.loading.moment import Moment


@click.command(cls=OneLine)
@output_options
def queries(form: str | None, out: Path | None) -> None:
    """List the questions in the query library.

    \b
    Example:
      kb queries
    """
    rows: list[list[Any]] = [[q.name, q.title, q.topic] for q in catalog.library().values()]
    emit(Table(["name", "title", "topic"], rows, []), form, out)
    say("Ask one with `kb query NAME`; `kb query NAME --help` explains it.")


class _Questions(click.Group):
    """One subcommand for each query file."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(catalog.library())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        return _command(catalog.find(cmd_name))


@click.group(cls=_Questions, subcommand_metavar="NAME [OPTIONS]")
def query() -> None:
    """Ask one question of the query library.

    \b
    Examples:
      kb query rhetorical_ties_after_schism
      kb query pledges_by_month --format csv --out months.csv
      kb query pledges_of --actor boko-haram --as-of 2026-05-01
    """


def _command(question: catalog.Query) -> click.Command:
    example = f"kb query {question.name}" + (" --example" if question.example else "")
    return OneLine(
        question.name,
        params=[*map(_option, question.params), _example_flag(question), as_of_param(), *output_params()],
        callback=lambda **given: _ask(question, **given),
        help=f"{question.title}.\n\n{question.question}\n\n\b\nExample:\n  {example}",
        short_help=question.title,
    )


def _option(param: catalog.Param) -> click.Option:
    # Read as text: `Query.bind` converts, so that Python and the command line say the same of a wrong value.
    notes = [] if param.required else [f"default: {cell(param.default) or 'none'}"]
    notes += ["repeat for several"] if param.many else []
    notes += ["required unless --example"] if param.required else []
    return click.Option(
        [param.option, param.name],
        type=str,
        metavar=param.type.upper(),
        multiple=param.many,
        help=f"{param.meaning[0].upper()}{param.meaning[1:]}. [{'; '.join(notes)}]",
    )


def _example_flag(question: catalog.Query) -> click.Option:
    shown = ", ".join(f"{name} = {cell(value)}" for name, value in question.example.items())
    return click.Option(
        ["--example", "with_example"],
        is_flag=True,
        help=f"Ask with the values of its example ({shown or 'none needed'}).",
    )


def _ask(
    question: catalog.Query,
    *,
    with_example: bool,
    as_of: Moment | None,
    form: str | None,
    out: Path | None,
    **given: Any,
) -> None:
    chosen = {
        name: list(v) if isinstance(v, tuple) else v for name, v in given.items() if v not in (None, ())
    }
    values = question.bind({**question.example, **chosen} if with_example else chosen)
    from kb.graph import Graph

    with Graph.connect() as live, seen_from(live, as_of) as graph:
        table = graph.answer(question, values)
    for line in table.taken:
        say(f"Note: {line}")
    emit(table, form, out, show=question.show, group=question.group)
    if not table.rows:
        asked = ", ".join(f"{name} = {cell(value)}" for name, value in values.items() if value is not None)
        say(f"No rows: {question.title}{f' ({asked})' if asked else ''}.")
