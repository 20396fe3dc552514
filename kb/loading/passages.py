"""Passages without a place in their work, and claims dated after the work that tells them came out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kb import dates
from kb.errors import Fault
from kb.loading import read
from kb.loading.book import Book
from kb.model import Evidence, Source, Support

# Works, by their CSL type, that have no pages to name.
PAGELESS = (
    *("article-newspaper", "broadcast", "interview", "map", "motion_picture", "personal_communication"),
    *("post", "post-weblog", "song", "speech", "webpage"),
)


@dataclass(frozen=True, slots=True)
class Known:
    """Works by id as (type, date of issue or ""), and the work in which each passage was found."""

    works: dict[str, tuple[str, str]] = field(default_factory=dict)
    found_in: dict[str, str] = field(default_factory=dict)

    def issued(self, passage: str) -> tuple[str, str] | None:
        """The work of a passage and its date of issue, None where one of them is not known."""
        work = self.found_in.get(passage, "")
        issued = self.works.get(work, ("", ""))[1]
        return (work, issued) if issued else None


def known_to(book: Book) -> Known:
    """The works and passages of a book."""
    known = Known()
    for placed in book.placed:
        record = placed.record
        if isinstance(record, Source):
            known.works[record.id] = record.type, record.issued or ""
        elif isinstance(record, Evidence):
            known.found_in[record.id] = record.found_in
    return known


def known_beside(book: Book, graph: read.Reader) -> Known:
    """What is known of passages and works that the book names and does not have; its own as well."""
    known = known_to(book)
    cited = {one for p in book.claims for one in getattr(p.record, "evidence", ())} - known.found_in.keys()
    for chunk in read.chunks(sorted(cited)):
        known.found_in.update((row["id"], row["work"]) for row in graph.rows(_FOUND_IN, {"ids": chunk}))
    for chunk in read.chunks(sorted(set(known.found_in.values()) - known.works.keys())):
        known.works.update(
            (row["id"], (row["type"], row["issued"] or "")) for row in graph.rows(_ISSUED, {"ids": chunk})
        )
    return known


def passage_faults(book: Book, known: Known, told: Known | None = None) -> Iterator[Fault]:
    """Warnings for passages without a place and claims after their source; none that `told` gave already."""
    told = told or Known()
    for placed in book.of(Evidence.table):
        passage: Any = placed.record
        if passage.found_in not in told.works and _placeless(passage, known):
            message = f"no place in {passage.found_in} is given"
            hint = "Write its page, table or note in locator, and which of these in locator_label."
            yield placed.fault("locator", None, "no-locator", message, hint, "warning")
    for placed in book.claims:
        claim: Any = placed.record
        dated = {known.issued(one) for one in claim.evidence if not told.issued(one)}
        for work, issued in sorted(filter(None, dated)):
            if _after(claim, issued):
                message = f"{claim.date} is later than {work}, which came out {issued}"
                hint = "Correct the date, or the work of the passage."
                yield placed.fault("date", claim.date, "after-its-source", message, hint, "warning")


def _placeless(passage: Evidence, known: Known) -> bool:
    """Whether no place is given in a work that is known and has places."""
    given = passage.locator_label or passage.locator or passage.line or passage.source_locator
    kind = known.works.get(passage.found_in, ("", ""))[0]
    return not given and kind != "" and kind not in PAGELESS


def _after(claim: Any, issued: str) -> bool:
    """Whether a claim begins after the last day on which the work can have come out.

    What is promised or sought may lie ahead, and what is rejected is kept as it was said.
    """
    ahead = isinstance(claim, Support) and claim.stage != "given"
    if not claim.date or ahead or claim.status == "rejected":
        return False
    first, last = dates.parse(claim.date).start_lo, dates.parse(issued).end_hi
    return first is not None and last is not None and first > last


_FOUND_IN = """
UNWIND $ids AS id MATCH (:Evidence {id: id})-[:FOUND_IN]->(s:Source) RETURN id, s.id AS work
"""
_ISSUED = """
UNWIND $ids AS id MATCH (s:Source {id: id}) RETURN id, s.type AS type, s.issued AS issued
"""
