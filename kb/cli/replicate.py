"""`kb replicate`: published findings beside what comes out of the graph, or of a book in memory."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kb.cli.options import OneLine, emit, output_options, print_or_write, say
from kb.errors import InputError, NotFound, did_you_mean
from kb.table import Table

if TYPE_CHECKING:
    import pandas as pd

    from kb.analysis.basis import Basis
    from kb.analysis.frames import Frames
    from kb.loading.book import Book

CASEBOOK = "casebook"
Row = Mapping[Any, Any]
Card = Callable[[Row, int], Iterator[str]]


@click.command(cls=OneLine)
@click.argument("figure", required=False, metavar="[FIGURE]")
@click.option(
    "--book",
    metavar="casebook|PATH",
    help="Compute from the bundled casebook, or from a folder or workbook, instead of the graph.",
)
@click.option("--robust", is_flag=True, help="Whether each holds when what can be doubted is set aside.")
@click.option(
    "--hub",
    "hubs",
    multiple=True,
    metavar="ACTOR",
    help="Ids of the Islamic State and of al-Qaeda in your data, in this order. [default: by name]",
)
@click.option(
    "--counts",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.csv",
    help="Your counts: actor, year, attacks, tactics, size, ideology; no book has them.",
)
@output_options
def replicate(
    figure: str | None,
    book: str | None,
    robust: bool,
    hubs: tuple[str, ...],
    counts: Path | None,
    form: str | None,
    out: Path | None,
) -> None:
    """Set every published finding beside our own number, with the difference and its reason.

    FIGURE is network, dimensions or pledges, or the id of one finding; without it all are computed. What
    cannot be computed says why. Data that have no findings of their own, such as an imported MGAR, are
    compared with those of the casebook.

    \b
    Examples:
      kb replicate pledges
      kb replicate dimensions --book mgar --counts attacks.csv
      kb replicate --book casebook --robust
      kb replicate --format json
    """
    from kb.analysis import replication

    held, findings = _told(book)
    basis = _basis(held, hubs, counts)
    reading = form == "table" or (form is None and out is None)
    if robust:
        found = replication.robustness(findings, basis, figure)
        _print(found, _robust_card if reading else None, form, out)
        say(f"{len(found)} finding{'s' * (len(found) != 1)} that can be computed here.")
        return
    found = replication.replicate(findings, basis, figure)
    shown = _of_interest(found) if reading and figure is None else found
    _print(shown, _card if reading else None, form, out)
    say(f"{found['ours'].notna().sum()} of {len(found)} findings computed.")
    if len(shown) < len(found):
        say(f"{len(found) - len(shown)} predictions and readings are left out: see --format csv or json.")


def _of_interest(found: pd.DataFrame) -> pd.DataFrame:
    """What is computed, then the results and counts that are not."""
    computed = found["ours"].notna()
    wanted = computed | found["kind"].isin(["result", "count"])
    return found[wanted].sort_values("ours", key=lambda ours: ours.isna(), kind="stable")


def _told(book: str | None) -> tuple[Frames, pd.DataFrame]:
    """The frames of the book or of the graph, and the findings to compare with."""
    from kb.analysis.read import fetch, fetch_findings
    from kb.graph import Graph
    from kb.loading.frames import findings_of, frames_of

    if book is not None:
        read = _read(book)
        held, findings = frames_of(read), findings_of(read)
    else:
        with Graph.connect() as graph:
            held, findings = fetch(graph, events=True), fetch_findings(graph)
    return held, findings_of(_read(CASEBOOK)) if findings.empty else findings


def _read(book: str) -> Book:
    from kb.paths import resource
    from loaders.tables import read_book

    path = Path(book)
    if book == CASEBOOK and not path.exists():
        path = resource(CASEBOOK)
    read = read_book([path])
    if read.errors:
        first, more = read.errors[0], len(read.errors) - 1
        problem = f"{first.where}: {first.message}{f', and {more} more faults' * (more > 0)}."
        raise InputError(problem, f"See `kb check {book}`.")
    return read


def _basis(held: Frames, hubs: tuple[str, ...], counts: Path | None) -> Basis:
    from kb.analysis.actors import read_counts
    from kb.analysis.basis import HUBS, Basis

    known = set(held.actors["id"])
    if hubs and len(set(hubs)) != len(HUBS):
        raise InputError(f"Two hubs are compared, not {len(set(hubs))}.", "Give --hub twice.")
    for hub in hubs:
        if hub not in known:
            raise NotFound(f"No actor '{hub}' in these data.", did_you_mean(hub, known))
    named = dict(zip(HUBS, hubs, strict=True)) if hubs else _by_name(held)
    return Basis(held, named, None if counts is None else read_counts(counts, known))


def _by_name(held: Frames) -> dict[str, str]:
    """The hubs by their ids, else by any name that the casebook has for them, when one actor bears it."""
    from kb.analysis.basis import HUBS
    from kb.spelling import fold

    known = set(held.actors["id"])
    found = {hub: hub for hub in HUBS if hub in known}
    if len(found) == len(HUBS):
        return found
    rows = (placed.record.cells() for placed in _read(CASEBOOK).of("names"))
    names = {(row["actor"], fold(row["name"])) for row in rows}
    for hub in HUBS:
        bear = [row["id"] for row in held.actors.to_dict("records") if (hub, fold(row["name"])) in names]
        if hub not in found and len(bear) == 1:
            found[hub] = bear[0]
            say(f"{bear[0]} is taken for {hub}, by its name; --hub names others.")
    return found


def _print(shown: pd.DataFrame, card: Card | None, form: str | None, out: Path | None) -> None:
    """The rows as cards to be read, or without a card as data."""
    rows = shown.to_dict("records")
    if card is None:
        columns = [str(name) for name in shown.columns]
        emit(Table(columns, [list(row.values()) for row in rows], []), form, out)
        return
    width = shutil.get_terminal_size((80, 24)).columns
    text = "".join(f"{line}\n" for row in rows for line in card(row, width))
    print_or_write(text, out)


def _card(row: Row, width: int) -> Iterator[str]:
    """Id and statement, the two numbers, and the reason."""
    yield row["finding"]
    yield from _wrapped(row["statement"], width)
    numbers = (("published", row["published"]), ("ours", row["ours"]), ("difference", row["difference"]))
    yield from _wrapped("; ".join(f"{name} {'–' if v is None else v}" for name, v in numbers), width)
    yield from _wrapped(row["reason"], width)


def _robust_card(row: Row, width: int) -> Iterator[str]:
    """How far ours is from what was published, how often that holds, and where it breaks."""
    away = row["difference"] if isinstance(row["difference"], str) else f"difference {row['difference']}"
    yield row["finding"]
    yield f"  {row['ours']:g}, {away}: {row['holds']}"
    if row["breaks"]:
        yield from _wrapped("; ".join(row["breaks"]), width)


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(
        text,
        width,
        initial_indent="  ",
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
