"""`kb evidence`: find the passage, with who said it, where it stands and what it shows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kb import dates
from kb.cli.asof import as_of_option, seen_from
from kb.cli.load import open_graph
from kb.cli.options import (
    OneLine,
    file_options,
    print_or_write,
    say,
    style_option,
    texts_option,
)
from kb.errors import InputError
from kb.model import STANCES, SUPPORT_TYPES

if TYPE_CHECKING:
    from datetime import date

    from kb.evidence.cards import Card
    from kb.evidence.lookup import Found, Wanted
    from kb.loading.moment import Moment

_WORKS = ("bibtex", "csl-json", "ris")  # these print works, not cards
_FORMATS = ("text", "json", "md", "csv", *_WORKS)
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
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    default="text",
    help="How to print: cards, or with bibtex, csl-json and ris their works. [default: text]",
)
@style_option()
@file_options
def evidence(
    words: tuple[str, ...],
    since: str | None,
    until: str | None,
    folder: Path | None,
    as_of: Moment | None,
    limit: int,
    form: str,
    style: str | None,
    out: Path | None,
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
      kb evidence --speaker adnani --format bibtex --out works.bib
      kb evidence money weapons --style apa --format md
    """
    from kb.evidence.cite import sources_of
    from kb.evidence.lookup import Wanted, look_up
    from kb.evidence.texts import Texts

    if asked["support_type"] and asked["claim_type"] not in (None, "support"):
        raise InputError("--support-type goes with --claim-type support.", "Leave one of them out.")
    _check_style(style, form)
    wanted = Wanted(words=words, since=_day("--from", since), until=_day("--to", until), **asked)
    if wanted.since and wanted.until and wanted.since > wanted.until:
        raise InputError(f"--from {since} is later than --to {until}.", "Exchange them.")
    texts = Texts(folder) if folder else None
    with open_graph() as live, seen_from(live, as_of, apart=True) as graph:
        found = look_up(graph, wanted, limit, texts)
        sources = sources_of(graph, _passages(found.cards)) if style or form in _WORKS else []
    print_or_write(_printed(found.cards, sources, form, style), out)
    _say_what(found, wanted, {**asked, "from": since, "to": until}, folder)


def _check_style(style: str | None, form: str) -> None:
    if style is None:
        return
    if form not in ("text", "md"):
        raise InputError(f"--style goes with --format text or md, not {form}.", "Leave one of them out.")
    from kb.export.processor import load_style

    load_style(style)


def _passages(cards: list[Card]) -> list[Any]:
    from kb.export.footnotes import Passage

    return [Passage(card.cells) for card in cards]


def _printed(cards: list[Card], sources: list[dict[str, Any]], form: str, style: str | None) -> str:
    """The cards, or their works, in one of the formats."""
    from kb.evidence.cards import card_lines, card_table
    from kb.export import bibtex, csl, markdown, ris
    from kb.export.footnotes import works_cited
    from kb.render import render

    if form in _WORKS:
        cited = works_cited(_passages(cards))
        works = [source for source in sources if source["id"] in cited]
        return {"bibtex": bibtex.bibtex, "csl-json": csl.csl_json, "ris": ris.ris}[form](works)
    if form == "json":
        return json.dumps([card.as_dict() for card in cards], ensure_ascii=False, indent=2) + "\n"
    if form == "csv":
        return render(card_table(cards), "csv")
    notes = _notes(cards, sources, form, style) if style else {}
    if form == "md":
        return markdown.markdown(cards, notes)
    return "\n\n".join("\n".join(card_lines(card, notes.get(card.id, ""))) for card in cards) + "\n" * bool(
        cards
    )


def _notes(cards: list[Card], sources: list[dict[str, Any]], form: str, style: str) -> dict[str, str]:
    """Evidence to its citation in this style."""
    from kb.export.citations import Citations
    from kb.export.footnotes import Passage, footnote

    citations = Citations(sources, style, "md" if form == "md" else "plain")
    return {card.id: footnote(citations, [Passage(card.cells)]) for card in cards}


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
        for hint in found.hints:
            say(hint)
        return
    if found.words < len(wanted.terms):
        say(f"No passage has all {len(wanted.terms)} words; these have {found.words} of them.")
    shown = len(found.cards)
    if not found.exact:
        say(f"{shown} of at least {found.total:,} passages; raise --limit, or narrow it by --actor …")
    elif found.total > shown:
        say(f"{shown} of {found.total:,} passages; narrow it, or raise --limit.")
    unread = [card.id for card in found.cards if card.cells.get("quote_start") and not card.quotation]
    if folder and unread:
        more = " …" * (len(unread) > 5)
        say(f"Not found exactly in {folder}: {', '.join(unread[:5])}{more}. See `kb verify`.")
