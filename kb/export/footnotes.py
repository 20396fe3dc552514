"""Passages as footnotes: where the words were first said, where they were read, and what speaks against."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.export.citations import Citations, Cite, Place

LEADS = {"supports": "", "contradicts": "but see ", "context": "see also "}


@dataclass(frozen=True, slots=True)
class Passage:
    """The cells of one evidence, and how it stands to the claim that is cited."""

    cells: Mapping[str, Any]
    stance: str = "supports"


def footnote(citations: Citations, passages: Sequence[Passage], short: bool = False) -> str:
    """One note for the passages: those that support first, then context, then what contradicts."""
    order = list(LEADS)
    ranked = sorted(passages, key=lambda passage: (order[1] == passage.stance, order.index(passage.stance)))
    return citations.joined([cite_of(passage, citations.known) for passage in ranked], short)


def cite_of(passage: Passage, known: Collection[str] = ()) -> Cite:
    """The citation of one passage; `known` are the works of which `source_locator` may name one.

    Words first said elsewhere are `quoted in` the work we read; a paraphrase is `cited in` it.
    """
    cells = passage.cells
    place: Place = (cells["found_in"], cells.get("locator_label"), cells.get("locator"))
    lead = LEADS[passage.stance]
    citing = tuple(i for i in cells.get("relies_on") or () if i not in (place[0], cells.get("source")))
    if not cells.get("source") or cells["source"] == cells["found_in"]:
        return Cite(place, lead=lead, citing=citing)
    read = ("quoted in" if cells.get("quote_start") else "cited in", place)
    where = cells.get("source_locator") or ""
    reprint = _REPRINT.fullmatch(where)
    if reprint and reprint["work"] in known:
        printed = ("in", (reprint["work"], *_counted(reprint["where"])))
        return Cite((cells["source"], None, None), (printed, read), lead, citing)
    return Cite((cells["source"], *_counted(where)), (read,), lead, citing)


_REPRINT = re.compile(r"(?P<work>[a-z0-9][a-z0-9-]+), (?P<where>.+)")  # printed in a work of the graph


def _counted(locator: str) -> tuple[str | None, str | None]:
    """What `source_locator` counts: pages, a chapter, else the words as they are; no remarks on the print."""
    if not locator or locator.startswith("printed "):
        return None, None
    if re.fullmatch(r"[0-9]+(\s?[-–,]\s?[0-9]+)*", locator):
        return "page", locator
    if match := re.fullmatch(r"[Cc]h(?:apter|ap\.) (\w+)", locator):
        return "chapter", match[1]
    return "", f"in {locator}" if re.match(r"[A-Z]\S+ .*\d{4}, ", locator) else locator


def works(passages: Sequence[Passage]) -> list[str]:
    """The ids of all works that the notes of these passages name."""
    found = [
        ident
        for passage in passages
        for ident in (*_named(passage.cells), *(passage.cells.get("relies_on") or ()))
        if ident
    ]
    return list(dict.fromkeys(found))


def works_cited(passages: Sequence[Passage]) -> set[str]:
    """The ids of the works in which the passages were found and first said."""
    return {ident for passage in passages for ident in _named(passage.cells) if ident}


def _named(cells: Mapping[str, Any]) -> list[str | None]:
    reprint = _REPRINT.fullmatch(cells.get("source_locator") or "")
    return [cells["found_in"], cells.get("source"), reprint and reprint["work"]]


def works_read(passages: Sequence[Passage]) -> list[str]:
    """The ids of the works that were read: these, and not what they quote, stand in the bibliography."""
    return list(dict.fromkeys(passage.cells["found_in"] for passage in passages))
