"""The frames of a book in memory: what the analysis would read from the graph if only this book were loaded.

Works out what the loader derives and stores (`kb.loading.derived`, `kb.loading.canonical`): origins of
evidence, the end of spells that go on, records judged the same. A test compares the two on the casebook.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from kb import dates
from kb.analysis.findings import finding_frame
from kb.analysis.frames import Frames, actor_frame, claim_frame, event_frame
from kb.loading.book import Book
from kb.loading.canonical import shared_occurrences
from kb.loading.codec import Cells, bounds_properties, normal, properties
from kb.loading.components import origins
from kb.loading.judgements import Judged, standing
from kb.model import CLAIM_TABLES

_KINDS = {"pledges": "pledge", "support": "support", "ties": "tie", "schisms": "schism", "searches": "search"}
_ENDS = {"searches": ("subject", "object")}


def frames_of(book: Book) -> Frames:
    """Claims, actors and events of the book, as `kb.analysis.read.fetch` gives them with events."""
    told = _Told()
    for placed in book.placed:
        told.rows[placed.record.table].append(normal(placed.record).cells())
    told.prepare()
    claims = [told.claim(table, cells) for table in _KINDS for cells in told.of(table)]
    claims.sort(key=lambda row: (row["kind"] == "search", row["id"]))
    events = sorted((told.event(cells) for cells in told.of("events")), key=lambda row: str(row["id"]))
    return Frames(claim_frame(claims), actor_frame(told.actors()), event_frame(events))


def findings_of(book: Book) -> pd.DataFrame:
    """The findings of the book, by id, as `kb.analysis.read.fetch_findings` gives them."""
    rows = sorted((placed.record.cells() for placed in book.of("findings")), key=lambda row: str(row["id"]))
    lists = ("group", "compared_with")
    return finding_frame({**row, **{name: sorted(row.get(name, ())) for name in lists}} for row in rows)


@dataclass(slots=True)
class _Told:
    """The rows of a book by table, and what they come to: see `prepare`."""

    rows: dict[str, list[Cells]] = field(default_factory=lambda: defaultdict(list))
    actor: Mapping[str, str] = field(default_factory=dict)  # id to the id that it counts as
    occurrence: Mapping[str, str] = field(default_factory=dict)  # of claims that judgements join
    origin: Mapping[str, str] = field(default_factory=dict)  # of evidence
    evidence: Mapping[str, Cells] = field(default_factory=dict)
    issued: Mapping[str, date | None] = field(default_factory=dict)  # first day of a work
    supports: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    cites: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def of(self, table: str) -> list[Cells]:
        return self.rows[table]

    def prepare(self) -> None:
        """Work out who counts as whom, and which evidence each claim has, of which origin."""
        self._judge()
        self.evidence = {row["id"]: row for row in self.of("evidence")}
        self.issued = {s["id"]: properties("sources", s).get("issued_lo") for s in self.of("sources")}
        repeats = [(s["id"], other) for s in self.of("sources") for other in s.get("repeats", ())]
        behind = {ident: _behind(cells) for ident, cells in self.evidence.items()}
        self.origin = origins(behind, repeats, self.issued)
        for table in (*CLAIM_TABLES, "searches"):
            for cells in self.of(table):
                self.supports[cells["id"]] |= set(cells.get("evidence", ()))
        for row in self.of("citations"):
            of_claim = self.supports if row["stance"] == "supports" else self.cites
            of_claim[row["claim"]].add(row["evidence"])

    def _judge(self) -> None:
        judged = [
            Judged(r["left"], r["right"], r["judgement"], r.get("coder") or "", r.get("decided_on") or "")
            for r in self.of("judgements")
        ]
        actors = {row["id"] for row in self.of("actors")}
        self.actor = standing(j for j in judged if j.left in actors).canonical
        same = standing(j for j in judged if j.left not in actors).canonical
        said = {c["id"]: c.get("occurrence") or "" for table in CLAIM_TABLES for c in self.of(table)}
        members = {*same, *same.values()}
        shared = {said[ident] for ident in members if said.get(ident)}
        readings = {i: o for i, o in said.items() if i in members or o in shared}
        self.occurrence = shared_occurrences(same, readings) if same else {}

    def claim(self, table: str, cells: Cells) -> dict[str, Any]:
        """The row of the claims frame."""
        giver, taker = _ENDS.get(table, ("from", "to"))
        places = {(e["found_in"], e.get("locator")) for e in self._passages(cells["id"])}
        return {
            **self._claimed(table, cells),
            "kind": _KINDS[table],
            "from": self.actor.get(cells[giver], cells[giver]),
            "to": self.actor.get(cells[taker], cells[taker]),
            "cited": [list(place) for place in sorted(places, key=lambda p: (p[0], p[1] is None, p[1]))],
        }

    def event(self, cells: Cells) -> dict[str, Any]:
        """The row of the events frame."""
        parts = {tuple(part.rpartition("=")[::2]) for part in cells.get("participants", ())}
        named = sorted((self.actor.get(actor, actor), role) for actor, role in parts)
        return {**self._claimed("events", cells), "participants": [list(part) for part in named]}

    def actors(self) -> Iterable[dict[str, Any]]:
        """The rows of the actors frame; what counts as another is left out."""
        steps = (row for row in self.of("lineage") if row["relation"] == "faction_of")
        part_of = {self.actor.get(row["from"], row["from"]) for row in steps}
        for row in sorted(self.of("actors"), key=lambda row: str(row["id"])):
            if row["id"] not in self.actor:
                part = row["kind"] in ("faction", "cell") or row["id"] in part_of
                lists = {n: list(row[n]) if row.get(n) else None for n in ("country", "ideology")}
                yield {**row, **lists, "part": part}

    def _claimed(self, table: str, cells: Cells) -> dict[str, Any]:
        ident = cells["id"]
        props = properties(table, cells)
        if props.get("end_open"):
            props |= self._open_end(table, cells)
        passages = self._passages(ident)
        return {
            **props,
            "occurrence": self.occurrence.get(ident, cells.get("occurrence")),
            "works": sorted({e["found_in"] for e in passages}),
            "origins": sorted({self.origin[e["id"]] for e in passages}),
        }

    def _open_end(self, table: str, cells: Cells) -> Cells:
        """The bounds of a spell that goes on: known to last until the latest work it was found in."""
        cited = self.supports[cells["id"]] | self.cites[cells["id"]]
        works = {self.evidence[ident]["found_in"] for ident in cited if ident in self.evidence}
        until = max((day for work in works if (day := self.issued.get(work))), default=None)
        whole = table == "searches" or cells.get("presence") == "absent"
        text = cells["window" if table == "searches" else "date"]
        bounds = dates.parse(text, mode="whole" if whole else "sometime", known_until=until)
        return bounds_properties(bounds, "", short=False)

    def _passages(self, ident: str) -> list[Cells]:
        """The passages in this book that support a claim."""
        return [self.evidence[one] for one in sorted(self.supports[ident]) if one in self.evidence]


def _behind(cells: Cells) -> list[str]:
    """What an evidence rests on: authorities, else the quoted work, else the work read; and its variants."""
    quoted = [cells["source"]] if cells.get("source") else []
    works = list(cells.get("relies_on", ())) or quoted or [cells["found_in"]]
    return [*works, *cells.get("variant_of", ())]
