"""Cards of evidence as Markdown: the quotation as a block, who and where, and the claims as a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kb.evidence.cards import Card, Cited, quotation, sure


def markdown(cards: Sequence[Card], notes: Mapping[str, str]) -> str:
    """All cards; `notes` gives the citation of an evidence, already Markdown."""
    return "\n".join("\n".join(_lines(card, notes.get(card.id, ""))) + "\n" for card in cards)


def escaped(text: str) -> str:
    """Text in which Markdown finds no mark."""
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", text)


def _lines(card: Card, note: str) -> Iterator[str]:
    cells = card.cells
    yield f"### {card.id}\n"
    if cells.get("quote_start"):
        yield f"> {escaped(quotation({**cells, 'words': card.quotation}))}\n"
    yield f"{escaped(str(cells['summary']))}\n"
    line = f"line {cells['line']}" if cells.get("line") else ""
    locator = " ".join(str(cells[c]) for c in ("locator_label", "locator") if cells.get(c))
    facts = {
        "said by": ", ".join(filter(None, [card.speaker or cells.get("speaker_text"), cells.get("said_on")])),
        "first in": ", ".join(filter(None, [str(card.first or ""), cells.get("source_locator")])),
        "relies on": "; ".join(map(str, card.relies_on)),
        "found in": ", ".join(filter(None, [str(card.found_in), locator, line])),
    }
    yield from (f"- {name} {escaped(text)}" for name, text in facts.items() if text)
    if note:
        yield f"- cite as: {note}"
    yield from map(_claim, card.claims)


def _claim(cited: Cited) -> str:
    others = [f"`{ident}` ({stance})" for ident, stance in cited.others]
    also = f"; see also {', '.join(others)}" if others else ""
    what = "; ".join(filter(None, [cited.what, *sure(cited)]))
    return f"- **{cited.stance}** `{cited.id}`: {escaped(what)}{also}"
