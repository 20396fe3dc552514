"""`kb analyse NAME`: frames, comparisons and descriptions of the ties in the graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kb.cli.asof import as_of_param, seen_from
from kb.cli.options import OneLine, emit, output_params, say
from kb.cli.progress import progress
from kb.table import Table

if TYPE_CHECKING:
    import pandas as pd

    from kb.analysis.frames import Frames
    from kb.analysis.study import Analysis, Asked
    from kb.loading.moment import Moment

_YEARS = click.IntRange(1, 9999)
_OPTIONS: dict[str, dict[str, Any]] = {
    "hubs": {
        "param_decls": ["--hub", "hubs"],
        "multiple": True,
        "metavar": "ACTOR",
        "help": "Id of a hub; repeat for several. [default: islamic-state, al-qaeda]",
    },
    "first": {
        "param_decls": ["--from", "first"],
        "type": _YEARS,
        "metavar": "YEAR",
        "help": "First year. [default: the first that a claim names]",
    },
    "last": {
        "param_decls": ["--to", "last"],
        "type": _YEARS,
        "metavar": "YEAR",
        "help": "Last year. [default: the last that a claim names]",
    },
    "counts": {
        "param_decls": ["--counts"],
        "type": click.Path(path_type=Path, dir_okay=False),
        "metavar": "FILE.csv",
        "help": "Your counts: actor, year, attacks, tactics, size, ideology; the graph has none.",
    },
    "recipient": {
        "param_decls": ["--recipient"],
        "metavar": "ACTOR",
        "help": "Id of who received the pledges. [default: islamic-state]",
    },
    "work": {
        "param_decls": ["--work"],
        "metavar": "SOURCE",
        "help": "Only what this work lists; 'any' for all works. [default: plapinger-potter]",
    },
    "locator": {
        "param_decls": ["--locator"],
        "metavar": "TEXT",
        "help": "Only what it lists there; 'any' for the whole work. [default: Table 1]",
    },
    "schism": {
        "param_decls": ["--schism"],
        "metavar": "ID",
        "help": "The break, by its occurrence or a reading of it. [default: aq-is-schism]",
    },
    "holding": {
        "param_decls": ["--holding"],
        "type": click.Choice(["possible", "certain"]),
        "help": "Count what possibly holds, or only what holds for certain. [default: possible]",
    },
    "way": {
        "param_decls": ["--way"],
        "type": click.Choice(["either", "given", "received"]),
        "help": "Support either way, by the hub, or to it. [default: either]",
    },
    "silence": {
        "param_decls": ["--silence"],
        "type": click.Choice(["missing", "zero"]),
        "help": "What support that nobody speaks of is: left out, or assumed to be none. [default: missing]",
    },
    "least": {
        "param_decls": ["--least"],
        "type": click.IntRange(1),
        "metavar": "N",
        "help": "Only those that gave to at least N actors. [default: 1]",
    },
}


class _Analyses(click.Group):
    """One subcommand for each analysis."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        from kb.analysis.study import ANALYSES

        return list(ANALYSES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        from kb.analysis.study import find

        return _command(find(cmd_name))


@click.group(cls=_Analyses, subcommand_metavar="NAME [OPTIONS]")
def analyse() -> None:
    """Count, compare and describe ties: by pair, hub, year and month.

    What is certain and what is possible stand side by side; an empty cell is explained, never counted as 0.

    \b
    Examples:
      kb analyse hub_years --from 2013 --to 2015
      kb analyse dimensions --from 2014 --to 2015 --silence zero
      kb analyse dyad_years --format csv --out pairs.csv
      kb analyse hub_years --from 2014 --to 2015 --robust
    """


def _command(analysis: Analysis) -> click.Command:
    return OneLine(
        analysis.name,
        params=[*study_params(analysis.uses), _robust_param(), as_of_param(), *output_params()],
        callback=lambda **given: _analyse(analysis, **given),
        help=f"{analysis.title}.\n\n\b\nExample:\n  kb analyse {analysis.name}",
        short_help=analysis.title,
    )


def _robust_param() -> click.Option:
    return click.Option(
        ["--robust"],
        is_flag=True,
        help="Say under how many settings each row holds: without disputed claims, without each source …",
    )


def study_params(uses: Sequence[str]) -> list[click.Option]:
    """The options by which these fields of `kb.analysis.study.Asked` are given."""
    return [click.Option(**_OPTIONS[name]) for name in uses]


def asked(given: Mapping[str, Any], held: Frames) -> Asked:
    """What the options of `study_params` ask for."""
    from kb.analysis.study import Asked

    chosen = {name: value for name, value in given.items() if value not in (None, ())}
    return Asked(**{**chosen, **_converted(chosen, held)})


def _analyse(
    analysis: Analysis,
    *,
    as_of: Moment | None,
    form: str | None,
    out: Path | None,
    robust: bool,
    **given: Any,
) -> None:
    from kb.analysis.read import fetch
    from kb.graph import Graph

    with Graph.connect() as live, seen_from(live, as_of) as graph:
        held = fetch(graph, events=robust)
    if robust:
        found = _robust(analysis, held, asked(given, held))
        analysis = replace(analysis, show=_with_holds(analysis, found))
    else:
        found = analysis.run(held, asked(given, held))
    reading = form == "table" or (form is None and out is None)
    emit(_table(found, analysis, reading), form, out, show=analysis.show, group=analysis.group)
    _explain(found, analysis, reading)


def _robust(analysis: Analysis, held: Frames, wanted: Asked) -> pd.DataFrame:
    with progress("Counting again") as bar:
        return analysis.robust(held, wanted, bar.step if bar else lambda *_: None)


def _with_holds(analysis: Analysis, found: pd.DataFrame) -> tuple[str, ...]:
    """The columns to be read, fewer than otherwise where names are long, and how often the row holds."""
    plain = [str(name) for name in found.columns if not found[name].map(lambda v: isinstance(v, list)).any()]
    first = analysis.show or [name for name in plain if name not in ("holds", "why", analysis.group)]
    most = (6, 4, 3)[sum(name.endswith("name") for name in first)]
    return (*first[:most], "holds")


def _converted(chosen: Mapping[str, Any], held: Frames) -> dict[str, Any]:
    """Options that are given in another form than the analysis takes them."""
    found: dict[str, Any] = {name: None for name in ("work", "locator") if chosen.get(name) == "any"}
    if "work" in chosen and "locator" not in chosen:
        found["locator"] = None  # the default locator is one of the default work
    if "hubs" in chosen:
        found["hubs"] = tuple(dict.fromkeys(chosen["hubs"]))
    if "counts" in chosen:
        from kb.analysis.actors import read_counts

        found["counts"] = read_counts(chosen["counts"], set(held.actors["id"]))
    return found


def _table(found: pd.DataFrame, analysis: Analysis, reading: bool) -> Table:
    """The frame as rows; a table to be read has the columns that matter, and short numbers."""
    columns = [str(name) for name in found.columns]
    if reading:
        wanted = {*analysis.show, analysis.group} if analysis.show else {*columns} - {"why"}
        columns = [name for name in columns if name in wanted]
    rows = [[_cell(name, row[name], reading) for name in columns] for row in found.to_dict("records")]
    return Table(columns, rows, [])


def _cell(column: str, value: Any, reading: bool) -> Any:
    if not isinstance(value, float):
        return value
    if not reading:
        return float(f"{value:.6g}")
    if column.startswith("p_") and value < 0.001:
        return "<0.001"
    return round(value, 1 if abs(value) >= 100 else 3)


def _explain(found: pd.DataFrame, analysis: Analysis, reading: bool) -> None:
    """Say which cells are empty and why, where the table does not."""
    if found.empty:
        say(f"No rows: {analysis.title}.")
    if not reading:
        return
    shown = {*analysis.show, analysis.group, "why"} if analysis.show else set(found.columns)
    hidden = [str(name) for name in found.columns if name not in shown]
    if hidden:
        say(f"More columns with --format csv or json: {', '.join(hidden)}.")
    if "why" not in found:
        return
    named: dict[str, list[str]] = {}
    for row in found[found["why"].notna()].to_dict("records"):
        named.setdefault(row["why"], []).append(_label(row))
    for why, labels in named.items():
        more = f" and {len(labels) - 3} more" if len(labels) > 3 else ""
        say(f"{'; '.join(labels[:3])}{more}: {why}.")


def _label(row: dict[Any, Any]) -> str:
    """The first cells of a row that tell it from others."""
    names = ("dimension", "hub", "a", "b", "actor", "year", "over", "support_type", "reading")
    return ", ".join(str(row[name]) for name in names if name in row)
