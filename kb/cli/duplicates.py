"""Pairs that may be one, and the decision whether they are."""

from __future__ import annotations

import click

from kb.cli.load import apply_it, open_graph
from kb.cli.options import OneLine, say
from kb.errors import InputError


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
