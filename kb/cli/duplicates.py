"""Pairs that may be one, and the decision whether they are."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from kb.cli.load import apply_it, open_graph
from kb.cli.options import OneLine, say
from kb.errors import InputError

if TYPE_CHECKING:
    from kb.duplicates import Pair


@click.command(cls=OneLine)
@click.option("--actors", "what", flag_value="actors", help="Pairs of actors only.")
@click.option("--claims", "what", flag_value="claims", help="Pairs of claims only.")
@click.option(
    "--min-score",
    type=click.FloatRange(0, 100),
    help="The least score that is listed. [default: 66, see loaders/README.md]",
)
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="Pairs at most.")
@click.option("--judged", is_flag=True, help="List the pairs that were judged already, too.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", help="How to print."
)
def duplicates(what: str | None, min_score: float | None, limit: int, judged: bool, form: str) -> None:
    """List pairs of actors and of claims that may be one, the likeliest first.

    Actors by their names, countries, years, kinds and ids elsewhere; claims by what they say of whom, when,
    and in which work. Nothing is changed: `kb judge` decides.

    \b
    Examples:
      kb duplicates
      kb duplicates --actors --min-score 85 --format csv > pairs.csv
    """
    from kb.duplicate_claims import duplicate_claims
    from kb.duplicates import MIN_SCORE, duplicate_actors

    least = MIN_SCORE if min_score is None else min_score
    found: list[Pair] = []
    with open_graph() as graph:
        if what != "claims":
            with _progress() as step:
                found += duplicate_actors(graph, min_score=least, with_judged=judged, progress=step)
        if what != "actors":
            found += duplicate_claims(graph, min_score=least, with_judged=judged)
    found.sort(key=lambda pair: -pair.score)
    _print(found[:limit], form)
    some = f"the first {limit:,} of {len(found):,}" if len(found) > limit else f"{len(found):,}"
    line = f"{some} pair{'s' * (len(found) != 1)} with a score of {least:g} and more."
    say(line[0].upper() + line[1:])


def _print(found: list[Pair], form: str) -> None:
    from kb.duplicates import Pair
    from kb.loading.export import cell_text, csv_text

    rows = [pair.as_dict() for pair in found]
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif form == "csv":
        head = list(Pair("", "", "", 0, ()).as_dict())
        click.echo(csv_text([head, *([cell_text(row[c]) for c in head] for row in rows)]), nl=False)
    else:
        click.echo("\n\n".join("\n".join(_lines(pair)) for pair in found), nl=bool(found))


def _lines(pair: Pair) -> Iterator[str]:
    """A pair as a person reads it, at most 80 columns wide; the last line is the command to paste."""
    from kb.evidence.cards import WIDTH, wrapped

    yield f"{pair.score:3.0f}  {pair.left}"
    yield from wrapped("       ", pair.about[0])
    yield f"     {pair.right}"
    yield from wrapped("       ", pair.about[1])
    yield from wrapped(
        "     ", "; ".join(filter(None, (pair.judgement and f"judged {pair.judgement}", *pair.reasons)))
    )
    one_line = f"     {pair.command}"
    if len(one_line) <= WIDTH:
        yield one_line
    else:
        yield from (f"     kb judge {pair.left} \\", f"       {pair.right} \\", '       same --why ""')


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """A progress bar on stderr for long work on a terminal, else nothing."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    with click.progressbar(length=100, label="Comparing", file=sys.stderr) as bar:
        yield lambda done, total: bar.update(100 * done // max(total, 1) - bar.pos)


@click.command(cls=OneLine)
@click.argument("left", metavar="LEFT")
@click.argument("right", metavar="RIGHT")
@click.argument("judgement", type=click.Choice(["same", "different", "unsure"]))
@click.option("--why", required=True, help="The reason; stands in the judgement.")
@click.option("--coder", envvar="KB_CODER", default="", help="Who decides.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and write nothing.")
def judge(left: str, right: str, judgement: str, why: str, coder: str, yes: bool, dry_run: bool) -> None:
    """Decide whether two actors, or two claims, are one.

    Judged the same, RIGHT counts as LEFT in every query, and two claims tell one happening. The records stay
    as they are: `kb undo` takes the decision back, and a later decision about the two counts instead.

    \b
    Examples:
      kb judge boko-haram ucdp-actor-1051 same --why "name, country and years agree"
      kb judge ansar-al-sharia-libya ansar-al-sharia-tunisia different --why "two countries"
    """
    from datetime import UTC, datetime

    from kb.loading.judge import effects, plan_judgement
    from kb.loading.report import plan_text

    if not why.strip():
        raise InputError("The reason is empty.", "Say why with --why.")
    today = datetime.now(UTC).date()
    with open_graph() as graph:
        plan = plan_judgement(graph, left, right, judgement, why=why.strip(), coder=coder, today=today)
        if dry_run:
            click.echo("\n".join([*plan_text(plan), *effects(graph, plan.changes)]))
            say("Nothing was written.")
        else:
            apply_it(graph, plan, yes=yes, coder=coder, note=why)
