"""Evidence as a person reads it: a passage, and a card with the claims that rest on it.

A whole quotation is shown only where its words were found again in the full text; else its first and
last words stand for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from textwrap import wrap
from typing import Any

from kb.table import Table

Cells = Mapping[str, Any]

WIDTH = 80
MOST = 4  # claims shown of one card, and other evidence shown of one claim; JSON has them all


@dataclass(frozen=True, slots=True)
class Work:
    """A work as a card names it; `text` is the file name of its full text."""

    id: str
    title: str
    archive: str | None = None
    archive_location: str | None = None
    text: str | None = None

    def __str__(self) -> str:
        kept = [part for part in (self.archive, self.archive_location) if part and part not in self.title]
        return f"{self.title} ({', '.join(kept)})" if kept else self.title


@dataclass(frozen=True, slots=True)
class Cited:
    """A claim (or name, search, actor) that cites an evidence: `what` it says, and how sure it is.

    `others` are the other evidence on the same claim, as (id, stance).
    """

    id: str
    stance: str
    what: str
    kind: str
    date: str | None = None
    status: str | None = None
    confidence: str | None = None
    others: tuple[tuple[str, str], ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The same for JSON."""
        others = [{"id": ident, "stance": stance} for ident, stance in self.others]
        return {**asdict(self), "others": others}


@dataclass(frozen=True, slots=True)
class Card:
    """One evidence: its cells, its works and its speaker, and the claims, the one looked for first.

    `first` is the work in which the words were first said or printed, `speaker` the name of the actor who
    said them, `quotation` all of them; each is empty where it is not known.
    """

    cells: Cells
    found_in: Work
    first: Work | None = None
    relies_on: tuple[Work, ...] = ()
    speaker: str = ""
    quotation: str = ""
    claims: tuple[Cited, ...] = ()

    @property
    def id(self) -> str:
        """The id of the evidence."""
        return str(self.cells["id"])

    def as_dict(self) -> dict[str, Any]:
        """The same for JSON; `source` is the work of the first saying, else the one it was found in."""
        cells, source = self.cells, self.first or self.found_in
        claim = self.claims[0] if self.claims else None
        return {
            "id": self.id,
            "claim": claim and claim.id,
            "stance": claim and claim.stance,
            "summary": cells["summary"],
            "quotation": self.quotation or None,
            **{column: cells.get(column) for column in ("quote_start", "quote_end", "quote_words")},
            "speaker": self.speaker or cells.get("speaker_text"),
            "speaker_id": cells.get("speaker"),
            "said_on": cells.get("said_on"),
            "source": source.title,
            "source_id": source.id,
            "source_locator": cells.get("source_locator"),
            "archive": source.archive,
            "archive_location": source.archive_location,
            "relies_on": [work.id for work in self.relies_on],
            "found_in": self.found_in.title,
            "found_in_id": self.found_in.id,
            "locator": " ".join(_some(cells, "locator_label", "locator")) or None,
            "line": cells.get("line"),
            "note": cells.get("note"),
            "claims": [cited.as_dict() for cited in self.claims],
        }


def card_table(cards: Sequence[Card]) -> Table:
    """One row for each card, with the columns of its JSON but the list of claims."""
    empty = Card({"id": "", "summary": ""}, Work("", ""))
    columns = [column for column in empty.as_dict() if column != "claims"]
    rows = [card.as_dict() for card in cards]
    return Table(columns, [[row[column] for column in columns] for row in rows], [])


# --- text -----------------------------------------------------------------------------------------------


def card_lines(card: Card, note: str = "") -> Iterator[str]:
    """A card as lines of at most 80 columns; `note` is its citation in some style."""
    yield card.id
    yield from passage_lines(_shown(card), "  ")
    if note:
        yield from wrapped("  cite as ", note)
    for cited in card.claims[:MOST]:
        yield from _cited_lines(cited)
    if more := len(card.claims[MOST:]):
        yield f"  and {more} more claim{'s' * (more > 1)}: kb show {card.id}"


def _shown(card: Card) -> dict[str, Any]:
    """The cells with names and titles where ids stand."""
    return {
        **card.cells,
        "words": card.quotation,
        "speaker": card.speaker,
        "source": str(card.first or ""),
        "relies_on": [str(work) for work in card.relies_on],
        "found_in": str(card.found_in),
    }


def _cited_lines(cited: Cited) -> Iterator[str]:
    yield from wrapped("  ", f"{cited.stance} {cited.id}")
    yield from wrapped("    ", "; ".join(filter(None, [cited.what, *sure(cited)])))
    if cited.others:
        some = [f"{ident} ({stance})" for ident, stance in cited.others[:MOST]]
        more = [f"{len(cited.others) - MOST} more"] if len(cited.others) > MOST else []
        yield from wrapped("    see also ", ", ".join([*some, *more]))


def sure(cited: Cited) -> list[str | None]:
    """When, and how sure: date, status and confidence of a claim; the date alone of what is none."""
    confidence = f"confidence {(cited.confidence or 'not_stated').replace('_', ' ')}"
    return [cited.date or "undated", cited.status, confidence] if cited.status else [cited.date]


def passage_lines(cells: Cells, indent: str) -> Iterator[str]:
    """A passage: words, speaker, date, where first said, where found, what it shows."""
    if cells.get("quote_start"):
        yield from wrapped(indent, quotation(cells))
    if who := _some(cells, "speaker", "speaker_text", "said_on"):
        yield from wrapped(indent + "said by ", ", ".join(who))
    if cells.get("source"):
        yield from wrapped(indent + "first in ", ", ".join(_some(cells, "source", "source_locator")))
    if cells.get("relies_on"):
        yield from wrapped(indent + "relies on ", "; ".join(cells["relies_on"]))
    line = f"line {cells['line']}" if cells.get("line") else ""
    place = (str(cells["found_in"]), " ".join(_some(cells, "locator_label", "locator")), line)
    yield from wrapped(indent + "found in ", ", ".join(filter(None, place)))
    yield from wrapped(indent, str(cells["summary"]))


def quotation(cells: Cells) -> str:
    """`“first words … last words” (N words)`, or the whole quotation where `words` holds it."""
    start, end = cells.get("words") or cells["quote_start"], cells.get("quote_end")
    number = f" ({cells['quote_words']} words)" if cells.get("quote_words") else ""
    return f"“{start} … {end}”{number}" if end and not cells.get("words") else f"“{start}”{number}"


def wrapped(lead: str, text: str) -> list[str]:
    """`lead` and the text in lines of 80 columns, those after the first indented two further."""
    indent = " " * (len(lead) - len(lead.lstrip()) + 2)
    return wrap(lead + text, WIDTH, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False)


def _some(cells: Cells, *columns: str) -> list[str]:
    return [str(cells[c]) for c in columns if cells.get(c)]


# --- what a claim says ----------------------------------------------------------------------------------


def what_it_says(kind: str, cells: Cells, start: str, end: str) -> str:
    """A claim, name, search or actor in a few words; `start` and `end` name its actors.

    `kind` is its label in small letters: pledge, support, tie, schism, lineage, event, name, search, actor.
    """
    match kind:
        case "pledge":
            return f"{_act(cells['act'])}: {start} → {end}"
        case "support":
            return f"{_support(cells)}: {start} {'→' if cells['direction'] == 'one_way' else '↔'} {end}"
        case "tie":
            no = "no " * (cells["presence"] == "absent")
            return f"{no}{cells['tie_type']}: {start} {'→' if cells['directed'] else '–'} {end}"
        case "schism":
            return f"schism: {start} breaks with {end}"
        case "lineage":
            return f"{_plain(cells['relation'])}: {start} → {end}"
        case "event":
            return f"{_plain(cells['event_type'])}: {cells['title']}"
        case "name":
            return f"name of {start}: {cells['name']}"
        case "search":
            looked = ", ".join(cells["looked_for"])
            return f"search for {looked}, {start} → {end}: {_plain(cells['outcome'])}"
    return str(cells.get("name") or cells["id"])


def _act(act: str) -> str:
    return "pledge, act not stated" if act == "not_stated" else act


def _support(cells: Cells) -> str:
    kind = "support" if cells["support_type"] == "any" else f"{cells['support_type']} support"
    if cells["presence"] == "absent":
        return f"no {'physical ' * (cells['support_type'] == 'any')}{kind}"
    return f"{'alleged ' * cells['alleged']}{kind} {cells['stage']}"


def _plain(code: str) -> str:
    return code.replace("_", " ")
