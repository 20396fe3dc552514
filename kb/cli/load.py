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

from kb.cli.asof import as_of_option, seen_from
from kb.cli.options import OneLine, can_ask, say, texts_option, write_whole
from kb.errors import Fault, FaultsError, InputError, Refused
from kb.paths import refuse_existing

if TYPE_CHECKING:
    from kb.graph import Graph
    from kb.loading.apply import Receipt
    from kb.loading.book import Book
    from kb.loading.moment import Moment
    from kb.loading.plan import Change, Plan
    from kb.loading.words import Kept
    from loaders.sheets import Sheet

_PATHS = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…")
_COMPLETE = click.option(
    "--complete",
    is_flag=True,
    help="Also retract the records of the graph that the book no longer has, in the tables that are in it.",
)


def _json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


@click.command(cls=OneLine)
@_PATHS
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", help="How to print."
)
@click.option("--strict", is_flag=True, help="Exit 1 when there are warnings.")
@click.option(
    "--fix-file",
    type=click.Path(path_type=Path),
    metavar="OUT.xlsx",
    help="Write the tables back with each fault beside its row, to be mended and loaded.",
)
@click.option("--force", is_flag=True, help="Write over a fix file that is there.")
@texts_option
def check(
    paths: tuple[Path, ...], form: str, strict: bool, fix_file: Path | None, force: bool, folder: Path | None
) -> None:
    """Report every fault of every table, without a database.

    PATH is a folder of CSV files, a CSV file or an XLSX workbook. Exit status: 0 no faults, 2 faults,
    with --strict 1 for warnings. With --texts quotations that the full texts do not hold are faults too.

    \b
    Examples:
      kb check casebook
      kb check pledges.csv --format csv > faults.csv
      kb check pledges.csv --fix-file mend.xlsx
    """
    from kb.evidence.texts import Texts
    from kb.loading.lost import lost_quotations
    from kb.loading.report import check_summary, faults_text
    from loaders.fixfile import refuse_target, write_fix_file

    if fix_file:
        refuse_target(paths, fix_file, force)
    sheets: list[Sheet] | None = [] if fix_file else None
    book = _read(paths, sheets)
    if folder:
        book.faults += lost_quotations(book, Texts(folder))
    if form == "json":
        _json({"faults": [f.as_dict() for f in book.faults]})
    elif form == "csv":
        _faults_csv(book.faults)
    else:
        click.echo("".join(f"{line}\n" for line in faults_text(book.faults)), nl=False)
    say(check_summary(book))
    if fix_file:
        say(write_fix_file(sheets or [], book.faults, fix_file))
    sys.exit(2 if book.errors else 1 if strict and book.faults else 0)


def _faults_csv(faults: list[Fault]) -> None:
    from kb.loading.export import cell_text, csv_text

    names = [f.name for f in fields(Fault)]
    click.echo(csv_text([names, *([cell_text(f.as_dict()[n]) for n in names] for f in faults)]), nl=False)


@click.command(cls=OneLine)
@_PATHS
@_COMPLETE
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.json",
    help="Save the plan; `kb load FILE.json` loads exactly that, or refuses if the graph moved meanwhile.",
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print.")
def plan(paths: tuple[Path, ...], complete: bool, out: Path | None, force: bool, form: str) -> None:
    """Show what a load would add, change, retract and leave the same, and what it joins in the graph.

    PATH is a book, as for `kb check`, or a saved plan. With --complete the records of the graph that are in
    none of the rows are retracted, but only in those tables that are in the book: a book of pledges alone
    touches no actor. What other records still name cannot go; that is a fault.

    \b
    Examples:
      kb plan new-pledges.csv
      kb plan my-book --complete --out review.json
    """
    from kb.loading.judge import effects
    from kb.loading.report import plan_summary, plan_text, warnings_text

    if out:
        _may_write(out, force)
    with open_graph() as graph:
        made = _plan(graph, paths, complete=complete)
        notes = list(effects(graph, made.changes))
    if form == "json":
        _json(_plan_dict(made))
    else:
        click.echo("\n".join([*plan_text(made), *notes]))
    for line in warnings_text(made):
        say(line)
    say(plan_summary(made))
    if out:
        _save(made, out)


def _plan_dict(made: Plan) -> dict[str, Any]:
    return {
        "head": made.head,
        "files": [{"name": f.name, "sha256": f.sha256, "rows": f.rows} for f in made.files],
        "complete": list(made.complete),
        "counts": made.counts(),
        "links": made.links.as_dict(),
        "faults": [f.as_dict() for f in made.faults],
        "changes": [_change(c) for c in made.changes],
    }


def _may_write(out: Path, force: bool) -> None:
    from kb.loading.saved import SUFFIX

    if out.suffix.lower() != SUFFIX:
        raise InputError(
            f"A plan is saved as FILE{SUFFIX}, not as {out.name}.", f"Name it {out.stem}{SUFFIX}."
        )
    refuse_existing(out, force)


def _save(made: Plan, out: Path) -> None:
    from kb.loading.saved import saved_text

    write_whole(out, saved_text(made))
    say(f"Saved the plan. To load it: kb load {out}")


def _change(change: Change) -> dict[str, Any]:
    return {
        "table": change.table,
        "record": change.record,
        "action": change.action,
        "fields": [{"column": c, "before": b, "after": a} for c, b, a in change.fields()],
    }


@click.command(cls=OneLine)
@_PATHS
@_COMPLETE
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--coder", envvar="KB_CODER", default="", help="Who loads; kept in the record of the load.")
@click.option("--note", default="", help="Why; kept in the record of the load.")
@texts_option
def load(
    paths: tuple[Path, ...], complete: bool, yes: bool, coder: str, note: str, folder: Path | None
) -> None:
    """Check a book, compare it with the graph, and write what is new; or load a saved plan as it is.

    Nothing is written when one row has a fault. Loading the same book twice changes nothing. A saved plan
    (`kb plan --out`) is refused when the graph moved meanwhile. For --complete see `kb plan --help`. With
    --texts every quotation of the graph that is found exactly can be searched and shown whole.

    \b
    Examples:
      kb load casebook
      kb load review.json
      kb load casebook --texts ../texts
      kb load pledges.csv --coder mk --note "press review, March"
    """
    from kb.evidence.texts import Texts
    from kb.loading.report import plan_summary, warnings_text
    from kb.loading.words import keep_words

    texts = Texts(folder) if folder else None
    with open_graph() as graph:
        made = _plan(graph, paths, complete=complete)
        for line in warnings_text(made):
            say(line)
        say(plan_summary(made))
        receipt = apply_it(graph, made, yes=yes, coder=coder, note=note)
        if receipt:
            say(f"Take it back: kb undo {receipt.load}")
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
@as_of_option
def export(target: Path, force: bool, as_of: Moment | None) -> None:
    """Write the whole graph as a book that loads back without changes.

    \b
    Examples:
      kb export --book my-book
      kb export --book my-book.xlsx
    """
    from kb.loading.export import tables_of, write_book

    with open_graph() as live, seen_from(live, as_of) as graph:
        tables = tables_of(graph)
    write_book(tables, target, force=force)
    say(f"Wrote {sum(map(len, tables.values())):,} records in {len(tables)} tables to {target}.")


@click.command(cls=OneLine)
@click.argument("ident", metavar="ID")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print.")
@as_of_option
def show(ident: str, form: str, as_of: Moment | None) -> None:
    """Print any record with its evidence.

    \b
    Example:
      kb show boko-haram
    """
    from kb.loading.show import find_record, record_text

    with open_graph() as live, seen_from(live, as_of) as graph:
        found = find_record(graph, ident)
    if form == "json":
        _json(found.as_dict())
    else:
        click.echo("\n".join(record_text(found)))


@contextmanager
def open_graph() -> Iterator[Graph]:
    """The graph with its schema, after an interrupted load was taken back."""
    from kb.graph import Graph
    from kb.loading.apply import recover
    from kb.loading.schema import migrate

    with Graph.connect() as graph:
        migrate(graph)
        recover(graph, say)
        yield graph


def _read(paths: tuple[Path, ...], sheets: list[Sheet] | None = None) -> Book:
    """The book under the paths, with its faults; what was noticed in reading it is said."""
    from kb.cli.progress import progress
    from loaders.tables import read_book

    with progress("Checking") as bar:
        step = (lambda name: bar.label(f"Checking {name}")) if bar else lambda _: None
        book = read_book(paths, step, sheets)
    for line in book.notices:
        say(line)
    return book


def _plan(graph: Graph, paths: tuple[Path, ...], *, complete: bool) -> Plan:
    """The plan of a book, or the saved one; raises FaultsError (exit 2) after printing the faults, if any."""
    from kb.cli.progress import progress
    from kb.loading.plan import make_plan
    from kb.loading.report import faults_text
    from kb.loading.saved import SUFFIX

    if any(path.suffix.lower() == SUFFIX for path in paths):
        return _saved(graph, paths, complete)
    book = _read(paths)
    faults = book.errors
    if not faults:
        with progress("Comparing with the graph"):
            made = make_plan(graph, book, complete=complete)
        faults = made.errors
    if faults:
        for line in faults_text(faults):
            say(line)
        raise FaultsError(faults)
    return made


def _saved(graph: Graph, paths: tuple[Path, ...], complete: bool) -> Plan:
    from kb.loading.plan import require_head
    from kb.loading.saved import read_plan

    if len(paths) > 1:
        raise InputError("A saved plan is loaded alone.", "Name one .json file, or the files of a book.")
    if complete:
        raise InputError("A saved plan is as it was made.", "Give --complete to `kb plan`.")
    made = read_plan(paths[0])
    require_head(graph, made.head)
    return made


def apply_it(
    graph: Graph, made: Plan, *, yes: bool, coder: str, note: str, undoes: str = ""
) -> Receipt | None:
    """Write a plan after asking, where a person can answer; prints the receipt and gives it back."""
    from kb.loading.apply import apply_plan
    from kb.loading.judge import effects
    from kb.loading.report import receipt_text

    for line in effects(graph, made.changes):
        say(line)
    if made.changes and not yes and can_ask() and not click.confirm("Write this to the graph?", err=True):
        raise Refused("Nothing was written.")
    with _progress(len(made.changes)) as step:
        receipt = apply_plan(graph, made, coder=coder, note=note, undoes=undoes, progress=step)
    if receipt is None:
        click.echo("Nothing to change; no load was recorded.")
    else:
        click.echo("\n".join(receipt_text(receipt, made)))
    return receipt


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int, int], None]]:
    """A progress bar for the writing of this many changes."""
    from kb.cli.progress import progress

    with progress(f"Writing {total:,} change{'s' * (total != 1)}") as bar:
        yield bar.step if bar else lambda *_: None
