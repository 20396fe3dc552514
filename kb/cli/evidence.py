"""`kb evidence`: find the passage, with who said it, where it stands and what it shows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb import dates
from kb.cli.asof import as_of_option, seen_from
from kb.cli.load import open_graph
from kb.cli.options import OneLine, say, texts_option
from kb.errors import InputError
from kb.model import STANCES, SUPPORT_TYPES

if TYPE_CHECKING:
    from datetime import date

    from kb.evidence.lookup import Found, Wanted
    from kb.loading.moment import Moment

_CLAIMS = ("pledge", "support", "tie", "schism", "lineage", "event")


@click.command(cls=OneLine)
@click.argument("words", nargs=-1, metavar="[WORDS…]")
@click.option("--actor", help="An actor of the claim: its id or any of its names.")
@click.option("--with", "other", metavar="ACTOR", help="Another actor of the same claim.")
@click.option("--claim-type", type=click.Choice(_CLAIMS), help="What kind of claim it bears on.")
@click.option("--support-type", type=click.Choice(list(SUPPORT_TYPES)), help="Which support was claimed.")
@click.option("--speaker", help="Who said it: an id, or a name or part of one; all who may be meant.")
@click.option("--source", help="The work: its id, or a part of its title or author.")
@click.option("--archive", metavar="TEXT", help="A part of the archive's name or the document's number.")
@click.option("--from", "since", metavar="DATE", help="The claim may hold on this day or later (EDTF).")
@click.option("--to", "until", metavar="DATE", help="The claim may hold on this day or earlier (EDTF).")
@click.option("--stance", type=click.Choice(list(STANCES)), help="Whether it speaks for the claim.")
@texts_option
@as_of_option
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="How many cards.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print.")
def evidence(
    words: tuple[str, ...],
    since: str | None,
    until: str | None,
    folder: Path | None,
    as_of: Moment | None,
    limit: int,
    form: str,
    **asked: str | None,
) -> None:
    """Find the passage for the sentence you are writing.

    WORDS are looked for in quotations, summaries, notes, titles of works and names of actors; the best
    passage comes first. Every option narrows; those on claims have to be met by one claim together.

    \b
    Examples:
      kb evidence --actor "Islamic State" --with ansar-bayt-al-maqdis --support-type operational
      kb evidence bayat --claim-type pledge --from 2014-06 --to 2015
      kb evidence --archive Harmony --format json
    """
    from kb.evidence.cards import card_lines
    from kb.evidence.lookup import Wanted, look_up
    from kb.evidence.texts import Texts

    if asked["support_type"] and asked["claim_type"] not in (None, "support"):
        raise InputError("--support-type goes with --claim-type support.", "Leave one of them out.")
    wanted = Wanted(words=words, since=_day("--from", since), until=_day("--to", until), **asked)
    if wanted.since and wanted.until and wanted.since > wanted.until:
        raise InputError(f"--from {since} is later than --to {until}.", "Exchange them.")
    texts = Texts(folder) if folder else None
    with open_graph() as live, seen_from(live, as_of, apart=True) as graph:
        found = look_up(graph, wanted, limit, texts)
    if form == "json":
        click.echo(json.dumps([card.as_dict() for card in found.cards], ensure_ascii=False, indent=2))
    elif found.cards:
        click.echo("\n\n".join("\n".join(card_lines(card)) for card in found.cards))
    _say_what(found, wanted, {**asked, "from": since, "to": until}, folder)


def _day(option: str, text: str | None) -> date | None:
    """The first day of a date for `--from`, the last one for `--to`."""
    if not text:
        return None
    try:
        first, last = dates.span(dates.parse(text))
    except dates.DateError as error:
        raise InputError(f"{option}: {error.message}", error.hint) from None
    return first if option == "--from" else last


def _say_what(found: Found, wanted: Wanted, asked: dict[str, str | None], folder: Path | None) -> None:
    """How many there are, what was taken for what, and what is missing."""
    for kind, ids in found.meant.items():
        say(f"Any of these {kind}: {', '.join(ids[:8])}{' …' * (len(ids) > 8)}")
    if not found.cards:
        options = [f"--{name.replace('_', '-')} {value}" for name, value in asked.items() if value]
        say(f"No passage found for: {' '.join([*wanted.words, *options]) or 'anything; the graph has none'}.")
        return
    if found.words < len(wanted.terms):
        say(f"No passage has all {len(wanted.terms)} words; these have {found.words} of them.")
    if found.total > len(found.cards):
        say(f"{len(found.cards)} of {found.total:,} passages; narrow it, or raise --limit.")
    unread = [card.id for card in found.cards if card.cells.get("quote_start") and not card.quotation]
    if folder and unread:
        more = " …" * (len(unread) > 5)
        say(f"Not found exactly in {folder}: {', '.join(unread[:5])}{more}. See `kb verify`.")
