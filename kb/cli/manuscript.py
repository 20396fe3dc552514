"""`kb manuscript check`: do the claims that a text stands on still say what they said?"""

from __future__ import annotations

from pathlib import Path

import click

from kb.cli.load import open_graph
from kb.cli.options import OneLine, say, write_whole


@click.group()
def manuscript() -> None:
    """Keep a text and the claims it stands on together."""


@manuscript.command(cls=OneLine)
@click.argument("path", type=click.Path(path_type=Path), metavar="FILE.md|.docx")
@click.option(
    "--accept", is_flag=True, help="Take what is reported as read; the next check compares with it."
)
@click.pass_context
def check(ctx: click.Context, path: Path, accept: bool) -> None:
    """Report every marked claim that changed since the last check; exit 1 if there is one.

    Mark a sentence with [@claim:ID], or [@claim:a; @claim:b]. Reported is a claim that is unknown or
    retracted, re-dated, disputed, rejected, contradicted, or says something else, and one that lost
    evidence or a quotation. The first check records what the claims are in FILE.claims.json, beside the
    text; keep that file with it. What was reported is reported again until --accept.

    \b
    Examples:
      kb manuscript check chapter-3.md
      kb manuscript check article.docx --accept
    """
    from kb.export.manuscript import beside, compare, marks, read_states, renewed, states_text
    from kb.loading.manuscript import gone, states
    from kb.loading.plan import head

    found = marks(path)
    then = read_states(beside(path))
    if not found:
        say(f"No sentence of {path} is marked with [@claim:ID].")
        return
    ids = {mark.claim for mark in found}
    with open_graph() as graph:
        now = states(graph, ids)
        problems = compare(found, now, gone(graph, ids - set(now)), then)
        load = head(graph)
    for problem in problems:
        click.echo(f"{path}, {problem.mark.place}: {problem.what}")
    kept = renewed(found, now, then, accept)
    if kept != then:
        write_whole(beside(path), states_text(kept, load))
    left = [p for p in problems if not accept or p.mark.claim not in now]
    _say_result(len(ids), len(problems), len(problems) - len(left))
    if left:
        ctx.exit(1)


def _say_result(claims: int, problems: int, accepted: int) -> None:
    """One line that sums up."""
    what = f"{claims} claim{'s' * (claims != 1)} named, {problems or 'no'} problem{'s' * (problems != 1)}"
    say(f"{what}; {accepted} accepted as it is now." if accepted else f"{what}.")
