"""`kb queries` and `kb query NAME`: the questions of the library, options made from their headers."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import click

from kb import catalog
from kb.cli import graphfile
from kb.cli.asof import as_of_param, ranked, seen_from
from kb.cli.options import WHOLE, OneLine, emit, new_file, output_options, output_params, say, told
from kb.errors import InputError, NotFound, did_you_mean
from kb.literals import filled
from kb.render import cell
from kb.table import Table

if TYPE_CHECKING:
    from kb.graph import Graph
    from kb.loading.moment import Moment


def _use_folder(_: click.Context, __: click.Parameter, value: str | None) -> None:
    if value:
        os.environ["KB_QUERIES"] = value


_own_queries = click.option(
    "--queries",
    metavar="DIR",
    envvar="KB_QUERIES",
    is_eager=True,
    expose_value=False,
    callback=_use_folder,
    help="A folder with queries of your own, which join the library.",
)


@click.command(cls=OneLine)
@click.argument("word", required=False)
@_own_queries
@output_options
def queries(word: str | None, form: str | None, out: Path | None) -> None:
    """List the questions in the query library, or those that have a WORD in title or text.

    \b
    Examples:
      kb queries
      kb queries schism
      kb queries --queries my-queries
    """
    list_queries(word, form, out)
    say("Ask one with `kb query NAME`; `kb query NAME --help` explains it.")


def list_queries(word: str | None, form: str | None = None, out: Path | None = None) -> None:
    """Print name, title and topic of each question, or of those with the word. Raises NotFound."""
    found = catalog.search(word) if word else catalog.library()
    if word and not found:
        near = did_you_mean(word, {w for q in catalog.library().values() for w in q.question.split()})
        raise NotFound(f"No query says '{word}'.", near or "See them all with `kb queries`.")
    rows: list[list[Any]] = [[q.name, q.title, q.topic] for q in found.values()]
    emit(Table(["name", "title", "topic"], rows, []), form, out)


class _Questions(click.Group):
    """One subcommand for each query file."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(catalog.library())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        return _command(catalog.find(cmd_name))


@click.group(cls=_Questions, subcommand_metavar="NAME [OPTIONS]")
@_own_queries
def query() -> None:
    """Ask one question of the query library.

    \b
    Examples:
      kb query rhetorical_ties_after_schism
      kb query pledges_by_month --format csv --out months.csv
      kb query pledges_of --actor boko-haram --as-of 2026-05-01
      kb query rhetorical_ties_after_schism --robust
      kb query pledges_by_month --show
      kb query lineage_tree --actor islamic-state --graph lineage.html
      kb query --queries my-queries my_question
    """


_WAYS = {
    "show": "Print the Cypher with the parameters filled in, for Neo4j Browser; nothing is asked.",
    "explain": "Print the plan of the database and the time the query takes.",
    "robust": "Print which rows stand without disputed claims, without claims of one origin, without claims "
    "of low confidence, and with certain dates only.",
}


def _command(question: catalog.Query) -> click.Command:
    example = f"kb query {question.name}" + (" --example" if question.example else "")
    return OneLine(
        question.name,
        params=[
            *map(_option, question.params),
            _example_flag(question),
            as_of_param(),
            *(click.Option([f"--{name}"], is_flag=True, help=text) for name, text in _WAYS.items()),
            click.Option(["--graph", "file"], **new_file("Draw the paths of the answer: .html or .gexf.")),
            *output_params(),
        ],
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
    show: bool,
    explain: bool,
    robust: bool,
    file: Path | None,
    form: str | None,
    out: Path | None,
    **given: Any,
) -> None:
    chosen = {
        name: list(v) if isinstance(v, tuple) else v for name, v in given.items() if v not in (None, ())
    }
    values = question.bind({**question.example, **chosen} if with_example else chosen)
    if show + explain + robust + bool(file) > 1 or (file and (form or out)):
        ways = "--show, --explain, --robust and --graph are different answers"
        raise InputError(f"{ways}; --format and --out do not go with --graph.", "Give one of them.")
    if file:
        graphfile.check(question, file)
    if show:
        click.echo(filled(question.cypher, values), nl=False)
        return
    from kb.graph import Graph

    with Graph.connect() as live, seen_from(live, as_of, apart=ranked(question.cypher)) as graph:
        if explain:
            _explain(graph, question, values)
            return
        if robust:
            _robust(graph, question, values, as_of, form, out)
            return
        table = graph.answer(question, values)
    if file:
        _say_notes(table)
        graphfile.write(question, values, table, file)
        return
    print_answer(table, question, values, form, out)


def print_answer(
    table: Table,
    question: catalog.Query,
    values: dict[str, Any],
    form: str | None = None,
    out: Path | None = None,
    *,
    whole: str = WHOLE,
) -> None:
    """Print the rows of a question, what to know of them, and what was looked for when there are none."""
    _say_notes(table)
    emit(table, form, out, show=question.show, group=question.group, whole=whole)
    _say_if_empty(table, question, values)


def _say_notes(table: Table) -> None:
    for line in table.notes:
        say(f"Note: {line}")


def _say_if_empty(table: Table, question: catalog.Query, values: dict[str, Any]) -> None:
    if not table.rows:
        say(f"No rows: {question.title}{told(values, ' (', ')')}.")


def _explain(graph: Graph, question: catalog.Query, values: dict[str, Any]) -> None:
    """The plan as an indented tree, and the time of a second run: the first one is planned."""
    graph.answer(question, values)
    begun = perf_counter()
    table = graph.answer(question, values)
    took = perf_counter() - begun
    width = shutil.get_terminal_size((80, 24)).columns
    for operator in graph.explain(question.cypher, values).operators:
        rows = "" if operator.rows is None else f"{operator.rows:,.0f}"
        text = (
            f"{'  ' * min(operator.depth, 12)}{operator.name}  {' '.join(operator.details.split())}".rstrip()
        )
        room = width - 12
        text = text if len(text) <= room else f"{text[: room - 1]}…"
        click.echo(f"{text:<{room}} {rows:>11}")
    say(f"{len(table.rows)} rows in {took * 1000:.0f} ms. On the right: the rows that the database expects.")


def _robust(
    graph: Graph,
    question: catalog.Query,
    values: dict[str, Any],
    as_of: Moment | None,
    form: str | None,
    out: Path | None,
) -> None:
    from kb.loading.robust import SETTINGS, robust

    if as_of:
        raise InputError("--robust looks at the graph of today.", "Leave out --as-of.")
    table = robust(graph, question, values)
    label, *_ = [column for column in table.columns if column not in (*question.key, *SETTINGS)] or [""]
    named = [row[table.columns.index(label)] for row in table.rows] if label else []
    apart = len(set(named)) == len(named) > 0  # a name that two rows share does not tell them apart
    emit(table, form, out, show=[*([label] if apart else question.key), *SETTINGS])
    _say_if_empty(table, question, values)
    for name in SETTINGS if table.rows else ():
        fates = [row[table.columns.index(name)] for row in table.rows]
        counts = ", ".join(f"{fates.count(fate)} {fate}" for fate in dict.fromkeys(fates) if fate)
        say(f"{name}: {counts}.")
