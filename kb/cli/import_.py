"""`kb import`: an outside source becomes a book, which is then checked, planned and loaded like any other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kb.cli.load import open_graph
from kb.cli.options import OneLine, say

if TYPE_CHECKING:
    from loaders.outside import Draft, Known

F = TypeVar("F", bound=Callable[..., Any])
_FILE = click.Path(exists=False, dir_okay=False, path_type=Path)


def _book_options(command: F) -> F:
    """What every source has: the file, the book to write, and whether the graph is looked at."""
    for option in (
        click.option("--force", is_flag=True, help="Write over a book that is there."),
        click.option(
            "--match/--no-match",
            default=True,
            show_default=True,
            help="Look for actors that the graph has already.",
        ),
        click.option(
            "--book",
            "target",
            required=True,
            metavar="DIR",
            type=click.Path(path_type=Path),
            help="A folder, or FILE.xlsx.",
        ),
        click.argument("path", type=_FILE),
    ):
        command = option(command)
    return command


@click.group(name="import")
def import_() -> None:
    """Make a book of an outside source.

    Actors that the graph knows by an id of the source (xref) are taken from it; those of a near name are
    listed in _suggestions.csv of the book, with the command that joins the two. Nothing is loaded.

    \b
    Example:
      kb import ucdp-esd ucdp-esd-ay-181.xlsx --book esd
      kb check esd
      kb load esd
    """


@import_.command("ucdp-esd", cls=OneLine)
@_book_options
@click.option("--states", is_flag=True, help="Also the support of states for states.")
def ucdp_esd(path: Path, target: Path, match: bool, force: bool, states: bool) -> None:
    """UCDP External Support 18.1: who supported whom in a year.

    PATH is the actor-year file (ucdp-esd-ay-181).
    """
    from loaders import ucdp_esd as source

    rows = source.read(path)
    _write(lambda known: source.records(rows, known, states), target, match, force)


@import_.command("ucdp-actor", cls=OneLine)
@_book_options
def ucdp_actor(path: Path, target: Path, match: bool, force: bool) -> None:
    """UCDP Actor 22.1: groups with every spelling of their names, and their lineage."""
    from loaders import ucdp_actor as source

    rows = source.read(path)
    _write(lambda known: source.records(rows, known), target, match, force)


@import_.command("ucdp-nonstate", cls=OneLine)
@_book_options
def ucdp_nonstate(path: Path, target: Path, match: bool, force: bool) -> None:
    """UCDP Non-State Conflict 22.1: a year of fighting between two organised groups."""
    from loaders import ucdp_nonstate as source

    rows = source.read(path)
    _write(lambda known: source.records(rows, known), target, match, force)


@import_.command("mgar", cls=OneLine)
@_book_options
@click.option(
    "--names", type=_FILE, required=True, metavar="FILE", help="The list of groups: number and name."
)
def mgar(path: Path, target: Path, match: bool, force: bool, names: Path) -> None:
    """MGAR: what two militant groups were to each other in a year.

    The file holds numbers of groups only; their names stand in a list of its own.
    """
    from loaders import mgar as source

    years = source.read(path, source.read_names(names))
    _write(lambda known: source.records(years, known), target, match, force)


def _write(make: Callable[[Known], Draft], target: Path, match: bool, force: bool) -> None:
    """Make the records, beside the actors of the graph when `match`, and write them as a book."""
    from kb.loading.export import write_book
    from kb.loading.matching import actors_by_xref, as_in_graph, suggestions

    near: list[list[str]] = []
    if match:
        with open_graph() as graph:
            draft = make(actors_by_xref(graph))
            tables = draft.tables()
            if "actors" in tables:
                tables["actors"] = as_in_graph(graph, tables["actors"])
                near = suggestions(graph, tables)
    else:
        draft = make({})
        tables = draft.tables()
    write_book(tables, target, force=force, beside={"_suggestions": near})
    for note in draft.notes:
        say(note)
    _say_what(tables, near, target)


def _say_what(tables: dict[str, list[dict[str, Any]]], near: list[list[str]], target: Path) -> None:
    counts = ", ".join(f"{len(rows):,} {table}" for table, rows in tables.items())
    say(f"Wrote {counts} to {target}.")
    if near[1:]:
        named = len({row[0] for row in near[1:]})
        say(f"New actors with a name near to one of the graph: {named:,}; see _suggestions in the book.")
