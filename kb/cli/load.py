"""Books in and out: check, plan, load, export, show, retract."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kb.cli.options import OneLine, say, texts_option
from kb.errors import Fault, FaultsError, Refused

if TYPE_CHECKING:
    from kb.loading.words import Kept

_PATHS = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…")


def _json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


@click.command(cls=OneLine)
@_PATHS
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", help="How to print."
)
@click.option("--strict", is_flag=True, help="Exit 1 when there are warnings.")
def check(paths: tuple[Path, ...], form: str, strict: bool) -> None:
    """Report every fault of every table, without a database.

    PATH is a folder of CSV files, a CSV file or an XLSX workbook. Exit status: 0 no faults, 2 faults,
    with --strict 1 for warnings.

    \b
    Examples:
      kb check casebook
      kb check pledges.csv --format csv > faults.csv
    """
    from kb.loading.report import check_summary, faults_text
    from loaders.tables import read_book

    book = read_book(paths)
    if form == "json":
        _json({"faults": [f.as_dict() for f in book.faults]})
    elif form == "csv":
        _faults_csv(book.faults)
    else:
        click.echo("".join(f"{line}\n" for line in faults_text(book.faults)), nl=False)
    say(check_summary(book))
    sys.exit(2 if book.errors else 1 if strict and book.faults else 0)


def _faults_csv(faults: list[Fault]) -> None:
    from kb.loading.export import cell_text, csv_text

    names = [f.name for f in fields(Fault)]
    click.echo(csv_text([names, *([cell_text(f.as_dict()[n]) for n in names] for f in faults)]), nl=False)


@click.command(cls=OneLine)
@_PATHS
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print.")
def plan(paths: tuple[Path, ...], form: str) -> None:
    """Show what a load would add, change and leave the same.

    \b
    Example:
      kb plan new-pledges.csv
    """
    from kb.loading.judge import effects
    from kb.loading.report import plan_summary, plan_text

    with open_graph() as graph:
        made = _plan(graph, paths)
        notes = list(effects(graph, made.changes))
    if form == "json":
        _json({"head": made.head, "counts": made.counts(), "changes": [_change(c) for c in made.changes]})
    else:
        click.echo("\n".join([*plan_text(made), *notes]))
    say(plan_summary(made))


def _change(change: Any) -> dict[str, Any]:
    return {
        "table": change.table,
        "record": change.record,
        "action": change.action,
        "fields": [{"column": c, "before": b, "after": a} for c, b, a in change.fields()],
    }


@click.command(cls=OneLine)
@_PATHS
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--coder", envvar="KB_CODER", default="", help="Who loads; kept in the record of the load.")
@click.option("--note", default="", help="Why; kept in the record of the load.")
@texts_option
def load(paths: tuple[Path, ...], yes: bool, coder: str, note: str, folder: Path | None) -> None:
    """Check a book, compare it with the graph, and write what is new.

    Nothing is written when one row has a fault. Loading the same book twice changes nothing. With --texts
    every quotation of the graph that is found exactly can be searched and shown whole.

    \b
    Examples:
      kb load casebook
      kb load casebook --texts ../texts
      kb load pledges.csv --coder mk --note "press review, March"
    """
    from kb.evidence.texts import Texts
    from kb.loading.report import plan_summary
    from kb.loading.words import keep_words

    texts = Texts(folder) if folder else None
    with open_graph() as graph:
        made = _plan(graph, paths)
        say(plan_summary(made))
        apply_it(graph, made, yes=yes, coder=coder, note=note)
        if texts:
            _say_kept(keep_words(graph, texts))


def _say_kept(kept: Kept) -> None:
    say(f"{kept.whole:,} of {kept.looked_for:,} quotations found exactly and kept whole.")
    if kept.lost:
        more = " …" * (len(kept.lost) > 5)
        say(f"Not found exactly: {', '.join(kept.lost[:5])}{more}. See `kb verify`.")


@click.command(cls=OneLine)
@click.argument("ident", metavar="ID")
@click.option("--why", required=True, help="The reason; kept in the record of the load.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--coder", envvar="KB_CODER", default="", help="Who retracts.")
def retract(ident: str, why: str, yes: bool, coder: str) -> None:
    """Take one claim out of the graph; the record of it stays in the change log.

    \b
    Example:
      kb retract pp-pledge-example --why "the source was withdrawn"
    """
    from kb.loading.retract import plan_retraction

    with open_graph() as graph:
        apply_it(graph, plan_retraction(graph, ident), yes=yes, coder=coder, note=why)


@click.command(cls=OneLine)
@click.option(
    "--book", "target", required=True, type=click.Path(path_type=Path), help="A folder, or FILE.xlsx."
)
@click.option("--force", is_flag=True, help="Write over a book that is there.")
def export(target: Path, force: bool) -> None:
    """Write the whole graph as a book that loads back without changes.

    \b
    Examples:
      kb export --book my-book
      kb export --book my-book.xlsx
    """
    from kb.loading.export import tables_of, write_book

    with open_graph() as graph:
        tables = tables_of(graph)
    write_book(tables, target, force=force)
    say(f"Wrote {sum(map(len, tables.values())):,} records in {len(tables)} tables to {target}.")


@click.command(cls=OneLine)
@click.argument("ident", metavar="ID")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print.")
def show(ident: str, form: str) -> None:
    """Print any record with its evidence.

    \b
    Example:
      kb show boko-haram
    """
    from kb.loading.show import find_record, record_text

    with open_graph() as graph:
        found = find_record(graph, ident)
    if form == "json":
        _json(found.as_dict())
    else:
        click.echo("\n".join(record_text(found)))


@contextmanager
def open_graph() -> Iterator[Any]:
    """The graph with its schema, after an interrupted load was taken back."""
    from kb.graph import Graph
    from kb.loading.apply import recover
    from kb.loading.schema import migrate

    with Graph.connect() as graph:
        migrate(graph)
        recover(graph, say)
        yield graph


def _plan(graph: Any, paths: tuple[Path, ...]) -> Any:
    """The plan of a book; raises FaultsError (exit 2) after printing the faults, when there are any."""
    from kb.loading.plan import make_plan
    from kb.loading.report import faults_text
    from loaders.tables import read_book

    book = read_book(paths)
    faults = book.errors
    made = None
    if not faults:
        made = make_plan(graph, book)
        faults = made.errors
    if faults:
        for line in faults_text(faults):
            say(line)
        raise FaultsError(faults)
    return made


def apply_it(graph: Any, made: Any, *, yes: bool, coder: str, note: str, undoes: str = "") -> None:
    """Write a plan after asking, where a person can answer; prints the receipt."""
    from kb.loading.apply import apply_plan
    from kb.loading.judge import effects
    from kb.loading.report import receipt_text

    for line in effects(graph, made.changes):
        say(line)
    if (
        made.changes
        and not yes
        and sys.stdin.isatty()
        and not click.confirm("Write this to the graph?", err=True)
    ):
        raise Refused("Nothing was written.")
    with _progress(len(made.changes)) as step:
        receipt = apply_plan(graph, made, coder=coder, note=note, undoes=undoes, progress=step)
    if receipt is None:
        click.echo("Nothing to change; no load was recorded.")
    else:
        click.echo("\n".join(receipt_text(receipt, made)))


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on stderr for long work on a terminal, else nothing."""
    if total < 5_000 or not sys.stderr.isatty():
        yield lambda *_: None
        return
    with click.progressbar(length=total, label="Loading", file=sys.stderr) as bar:
        yield lambda done, _: bar.update(done - bar.pos)
