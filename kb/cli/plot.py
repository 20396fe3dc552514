"""`kb plot NAME`: figures of the ties in the graph, as a journal prints them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kb.cli.analyse import asked, study_params
from kb.cli.asof import as_of_param, seen_from
from kb.cli.options import OneLine, say, write_whole
from kb.errors import InputError
from kb.paths import refuse_existing
from kb.table import Table

if TYPE_CHECKING:
    from kb.graph import Graph
    from kb.loading.moment import Moment
    from kb.plot.gallery import Figure, Made

_TIMELINE = "timeline"


class _Figures(click.Group):
    """One subcommand for each figure."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        from kb.plot.gallery import FIGURES

        return [*FIGURES, _TIMELINE]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        from kb.plot.gallery import find

        return _timeline() if cmd_name == _TIMELINE else _command(find(cmd_name, _TIMELINE))


@click.group(cls=_Figures, subcommand_metavar="NAME --out FILE [OPTIONS]")
def plot() -> None:
    """Draw figures of ties, for print.

    They are one or two columns of a printed page wide and can be read in grey. Title, how to read it, n,
    sources and the day of the last load stand below. --data writes the numbers that are drawn.

    \b
    Examples:
      kb plot hub_years --from 2012 --to 2015 --out partners.svg
      kb plot pledge_months --out pledges.pdf --data pledges.csv
      kb plot timeline "Boko Haram" --out boko-haram.png
    """


def _params() -> list[click.Option]:
    path = click.Path(dir_okay=False, path_type=Path)
    figure, numbers = "The figure, as .svg, .png or .pdf.", "Write the numbers that are drawn as well."
    return [
        as_of_param(),
        click.Option(["--out"], type=path, required=True, metavar="FILE", help=figure),
        click.Option(["--data"], type=path, metavar="FILE.csv", help=numbers),
        click.Option(["--force"], is_flag=True, help="Write over files that are there."),
    ]


def _command(figure: Figure) -> click.Command:
    def made(graph: Graph, given: dict[str, Any]) -> Made:
        from kb.analysis.read import fetch

        held = fetch(graph)
        return figure.make(held, asked(given, held))

    return OneLine(
        figure.name,
        params=[*study_params(figure.uses), *_params()],
        callback=lambda **given: _plot(made, **given),
        help=f"{figure.title}.\n\n\b\nExample:\n  kb plot {figure.name} {figure.example}",
        short_help=figure.title,
    )


def _timeline() -> click.Command:
    from kb.plot.timeline import KINDS

    title, several = "What is dated of an actor or a case", "Only these claims; repeat for several."
    kinds = click.Option(["--kind", "kinds"], multiple=True, type=click.Choice(list(KINDS)), help=several)
    return OneLine(
        _TIMELINE,
        params=[
            click.Argument(["actor"], metavar="ACTOR|CASE"),
            *study_params(("first", "last")),
            kinds,
            *_params(),
        ],
        callback=lambda **given: _plot(_made_timeline, **given),
        help=f"{title}.\n\n\b\nExample:\n  kb plot timeline boko-haram --out boko-haram.svg",
        short_help=title,
    )


def _made_timeline(graph: Graph, given: dict[str, Any]) -> Made:
    from datetime import UTC, datetime

    from kb.export.dossier.figures import happenings
    from kb.export.dossier.gather import gather
    from kb.plot.gallery import timeline_of

    facts = gather(graph, [given["actor"]], datetime.now(UTC).date())
    if facts.kind == "claim":
        raise InputError(f"'{given['actor']}' is a claim.", "Give an actor or a case.")
    told = happenings(facts)
    if given["kinds"]:
        told = told[told["kind"].isin(given["kinds"])]
    return timeline_of(facts.title, told, given["first"], given["last"])


def _plot(
    make: Callable[[Graph, dict[str, Any]], Made],
    *,
    as_of: Moment | None,
    out: Path,
    data: Path | None,
    force: bool,
    **given: Any,
) -> None:
    from datetime import UTC, datetime

    from kb.analysis.read import work_labels, works_behind
    from kb.export.dossier.gather import stand_at
    from kb.graph import Graph
    from kb.plot.style import form_of, saved
    from kb.render import render

    form = form_of(out.suffix[1:])
    _check(out, data, force)
    with Graph.connect() as live, seen_from(live, as_of, apart=True) as graph:
        made = make(graph, given)
        sources = work_labels(graph, made.works or works_behind(graph, made.claims))
        stand = stand_at(live, datetime.now(UTC).date(), as_of.last if as_of else None)
    loaded = stand.loaded_at.date() if stand.loaded_at else None
    files = {out: saved(made.figure(sources, loaded), form, made.title)}
    if data:
        table = Table(list(made.numbers.columns), made.numbers.to_numpy().tolist(), [])
        files[data] = render(table, "csv").encode()
    for path, content in files.items():
        write_whole(path, content)
    say(f"Wrote {', '.join(map(str, files))}.")


def _check(out: Path, data: Path | None, force: bool) -> None:
    """Raises InputError, before any work is done, when the files cannot be written."""
    if data and data.suffix.lower() != ".csv":
        raise InputError(f"The numbers cannot be written as {data.name!r}.", "End it in .csv.")
    for path in filter(None, (out, data)):
        refuse_existing(path, force)
        if not path.parent.is_dir():
            raise InputError(f"There is no folder {path.parent}.", "Make it first.")
