"""Looking back and taking back: loads, history, undo."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.cli.load import apply_it, open_graph
from kb.cli.options import OneLine, emit, output_options, say
from kb.table import Table

if TYPE_CHECKING:
    from kb.loading.history import Version


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
    """Print every version of a record: which load made it, and what changed.

    \b
    Example:
      kb history boko-haram
    """
    from kb.loading import history as past

    with open_graph() as graph:
        versions = past.history(graph, ident)
    if form == "json":
        rows = [
            {
                **v.load.as_dict(),
                "action": v.change.action,
                "before": v.change.before,
                "after": v.change.after,
            }
            for v in versions
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_lines(versions)))


def _lines(versions: list[Version]) -> Iterator[str]:
    from kb.loading.report import change_lines

    for version in versions:
        load = version.load
        about = ", ".join(
            filter(None, (load.coder, load.note, f"undoes {load.undoes}" if load.undoes else ""))
        )
        yield f"{load.loaded_at:%Y-%m-%d %H:%M:%S} {load.load_id}{f' ({about})' if about else ''}"
        yield from (f"  {line}" for line in change_lines(version.change))


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
