"""One new claim with its passage and its work: the answers to a form become a book, and its plan.

Ids are made from the parts, and a number is added where the graph has the id for something else. What the
graph has already is used: the work by its DOI or address, the passage by its cells. A claim that says the
same on the same passage is never added a second time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from anyascii import anyascii
from pydantic import ValidationError

from kb.errors import Fault, did_you_mean, quoted
from kb.evidence.cards import wrapped
from kb.graph import Graph
from kb.loading import read
from kb.loading.alike import says
from kb.loading.book import Book, Placed
from kb.loading.check import cell_fault, check_book
from kb.loading.codec import Cells, from_cells, normal
from kb.loading.export import cell_text
from kb.loading.form import Answers, Form
from kb.loading.plan import Plan, make_plan
from kb.model import ID, TABLES, Claim, Dyad, Event, Evidence, Record, Source

LONGEST_ID = 72  # of 80, so that there is room for a number
WORDS = 5  # of a title or summary in an id
NEW = {"claim": "claim-to-add", "evidence": "evidence-to-add", "sources": "source-to-add"}  # ids for a while


@dataclass(slots=True)
class Addition:
    """What adding would do: the id of the claim and the plan, or faults that stop it.

    `there` says that the graph has this very claim already; then there is nothing to load. `remark` is a
    sentence for the person, "" when there is nothing to say.
    """

    claim: str = ""
    plan: Plan | None = None
    faults: list[Fault] = field(default_factory=list)
    remark: str = ""
    there: bool = False

    @property
    def errors(self) -> list[Fault]:
        """The faults that stop it."""
        return [f for f in self.faults if f.severity == "error"]


def plan_addition(graph: Graph, form: Form, answers: Answers) -> Addition:
    """Check the answers as a book is checked, make the ids, and plan the load.

    Without answers about a passage only the claim is checked and planned. Nothing is raised for faults.
    """
    work = find_work(graph, form, answers) if "source" in answers else Work()
    records, faults = _records(form, answers, work)
    placed = [Placed(record, "", 1) for record in records.values()]
    book = Book(placed, faults=[*work.faults, *faults], sheets=[""])
    if "evidence" in records and "sources" not in records:  # a work with faults still counts as present
        book.broken = {work.cells.get("id", NEW["sources"]): [("sources", "", 1)]}
    check_book(book)
    make_plan(graph, book)  # puts ids in the place of names
    named = (form.named(fault) for fault in book.faults if fault.code != "no-evidence")
    found = Addition(faults=list(dict.fromkeys(named)), remark=work.remark)  # a rule may speak twice
    if not found.errors:
        _finish(graph, form, answers, {p.record.table: p.record for p in book.placed}, found)
    return found


def _records(form: Form, answers: Answers, work: Work) -> tuple[dict[str, Record], list[Fault]]:
    """Table to record with an id for the time being, and the faults of their cells."""
    table = form.kind.table
    cells: dict[str, dict[str, str]] = {table: {"id": NEW["claim"], **form.cells(table, answers)}}
    if work.cells:
        cells["sources"] = {"id": NEW["sources"], **work.cells}
    if "source" in answers:
        passage = form.cells("evidence", answers) | {
            "found_in": work.id or work.cells.get("id", NEW["sources"])
        }
        cells["evidence"] = {"id": NEW["evidence"], **passage}
    records, faults = {}, []
    for name, row in cells.items():
        try:
            records[name] = TABLES[name].model_validate(row)
        except ValidationError as error:
            for each in error.errors():
                column, code, message, hint = cell_fault(each)
                faults.append(Fault(name, "", 1, column, row.get(column), code, "error", message, hint))
    return records, faults


def _finish(graph: Graph, form: Form, answers: Answers, records: dict[str, Record], found: Addition) -> None:
    """Give the records their ids and plan them, unless the graph has the claim."""
    claim: Any = records.pop(form.kind.table)
    work: Any = records.pop("sources", None)
    passage: Any = records.pop("evidence", None)
    placed: list[Record] = []
    if work:
        wanted = work.id if work.id != NEW["sources"] else work_id(work)
        work = work.model_copy(update={"id": free_id(graph, wanted)})
        placed.append(work)
    if passage:
        passage = passage.model_copy(update={"found_in": work.id if work else passage.found_in})
        ident = "" if work else same_passage(graph, passage)
        if not ident:
            ident = free_id(graph, passage_id(passage))
            placed.append(passage.model_copy(update={"id": ident}))
        claim = claim.model_copy(update={"evidence": (*claim.evidence, ident)})
    _compare(graph, form, answers, claim, found)
    if found.there or found.errors:
        return
    found.claim = (
        claim.id if "id" in answers else free_id(graph, claim_id(claim), [record.ident for record in placed])
    )
    placed.append(claim.model_copy(update={"id": found.claim}))
    found.plan = make_plan(graph, Book([Placed(record, "", 1) for record in placed]))


# --- what the graph has -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Work:
    """The work of a passage: the id of one in the graph, or the cells of a new one; or what is wrong.

    `remark` is a sentence for the person, "" when there is nothing to say.
    """

    id: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    remark: str = ""

    @property
    def unknown(self) -> bool:
        """Whether it is neither in the graph nor described."""
        return not self.id and not self.cells


_DOI = re.compile(r"(?:doi:\s*|(?:https?://)?(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_URL = re.compile(r"https?://(?:www\.)?([^/?#\s]+)([^#\s]*)(#\S*)?", re.IGNORECASE)


def work_key(text: str) -> str:
    """What makes a DOI or an address comparable, "" for other text.

    The case of a DOI and of the host, `http` or `https`, `www.`, the last slash and the mark after `#` do
    not matter.
    """
    if doi := _DOI.fullmatch(text):
        return "doi " + doi[1].lower()
    if url := _URL.fullmatch(text):
        return "url " + url[1].lower() + url[2].rstrip("/")
    return ""


def find_work(graph: Graph, form: Form, answers: Answers) -> Work:
    """The work that the answer `source` means: its id in the graph, or the cells of a new one."""
    said, about = answers["source"], form.cells("sources", answers)
    works = graph.rows("MATCH (s:Source) RETURN s.id AS id, s.title AS title, s.doi AS doi, s.url AS url")
    key = work_key(said)
    same = [w["id"] for w in works if w["id"] == said or (key and key in _keys(w))]
    if len(same) > 1:
        hint = f"Write the id: {', '.join(sorted(same))}."
        return _wrong(said, "ambiguous-name", f"{len(same)} works have it", hint)
    if same:
        unused = ", ".join(
            f.option for f in form.fields.values() if f.table == "sources" and f.name in answers
        )
        remark = f"The work is in the graph already, as {same[0]}; not used: {unused}."
        return Work(same[0], remark=remark if about else "")
    if not key and not (about and ID.fullmatch(said)):
        near = did_you_mean(said, (w["id"] for w in works))
        hint = near or "Write the id of a work, a DOI or an address (https://…); with its title a new one."
        return _wrong(said, "foreign-key", f"{quoted(said)} is no work of the graph", hint)
    if not key and (kind := read.kinds(graph, [said]).get(said)):
        message = f"{quoted(said)} is a record of another kind ({kind})"
        return _wrong(said, "foreign-key", message, "Choose another id for the work.")
    return _new_work(said, key, about, works)


def _new_work(said: str, key: str, about: Mapping[str, str], works: Iterable[Mapping[str, Any]]) -> Work:
    """A work that the graph does not have under this DOI, address or id."""
    cells = dict(about)
    if doi := _DOI.fullmatch(said):
        cells = {"type": "article-journal", **cells, "doi": doi[1]}
    elif key:
        cells = {"type": "webpage", **cells, "url": said}
    else:
        cells["id"] = said
    title = about.get("title", "").casefold()
    alike = [w["id"] for w in works if title and str(w["title"]).casefold() == title]
    remark = f"{', '.join(alike)} has this title too; if it is meant: --source {alike[0]}." if alike else ""
    return Work(cells=cells, remark=remark)


def _keys(work: Mapping[str, Any]) -> set[str]:
    return {work_key(work[column]) for column in ("doi", "url") if work[column]} - {""}


def _wrong(said: str, code: str, message: str, hint: str) -> Work:
    return Work(faults=(Fault("evidence", "", 1, "found_in", said, code, "error", message, hint),))


def same_passage(graph: Graph, passage: Evidence) -> str:
    """The id of the evidence that has the same cells, "" when there is none."""
    rows = graph.rows(
        "MATCH (e:Evidence)-[:FOUND_IN]->(:Source {id: $id}) RETURN e.id AS id", {"id": passage.found_in}
    )
    wanted = _without(normal(passage).cells(), "id")
    for _, ident, cells in read.nodes(graph, "Evidence", [row["id"] for row in rows]):
        if _without(cells, "id", "quote_sha256") == wanted:
            return ident
    return ""


def _without(cells: Cells, *columns: str) -> Cells:
    return {column: value for column, value in cells.items() if column not in columns}


def twins(graph: Graph, claim: Claim) -> Iterator[tuple[str, Cells]]:
    """(id, cells) of the claims in the graph that say the same, whatever they rest on; sorted by id."""
    ends: Any = normal(claim)
    label = claim.labels[-1]
    if isinstance(ends, Dyad):
        match = (
            "(:Actor|Duplicate {id: $a})-[:SAME_AS]->{0,1}(:Actor)<-[:FROM]-(c:%s)"
            "-[:TO]->(:Actor)<-[:SAME_AS]-{0,1}(:Actor|Duplicate {id: $b})"
        )
        given = {"a": ends.from_, "b": ends.to}
    else:
        match, given = "(c:%s {event_type: $type})", {"type": ends.event_type}
    query = f"MATCH {match % label} WHERE coalesce(c.date, '') = $date RETURN c.id AS id"
    rows = graph.rows(query, {**given, "date": ends.date or ""})
    for kind, ident, cells in read.nodes(graph, "Claim", [row["id"] for row in rows]):
        if kind is type(claim) and says(from_cells(kind.table, cells)) == says(claim):  # type: ignore[arg-type]
            yield ident, cells


def _compare(graph: Graph, form: Form, answers: Answers, claim: Claim, found: Addition) -> None:
    """Whether the graph has the claim: on the same passage it is there, on another it is told."""
    fields = (f for f in form.fields.values() if f.name in answers and f.table == claim.table)
    given = [f.column for f in fields if f.column not in ("id", "evidence", "coder", "coded_on")]
    after, same = normal(claim).cells(), dict(twins(graph, claim))
    for ident, cells in same.items():
        if not claim.evidence or not set(claim.evidence) <= set(cells.get("evidence", ())):
            continue
        found.faults = [fault for fault in found.faults if fault.code != "duplicate-claim"]  # of the same
        other = [column for column in given if cells.get(column) != after.get(column)]
        if not other:
            found.claim, found.there = ident, True
            return
        if "id" not in answers:
            message = f"{ident} says this on the same evidence, with another {', '.join(other)}"
            hint = f"See `kb show {ident}`; if yours is another claim, give it an id with --id."
            found.faults.append(_fault(form, ident, message, hint))
            return
    if "id" in answers and read.kinds(graph, [claim.id]):
        hint = "Choose another id, or leave --id out."
        found.faults.append(_fault(form, claim.id, f"{quoted(claim.id)} is in the graph already", hint))


def _fault(form: Form, ident: str, message: str, hint: str) -> Fault:
    return Fault(form.kind.table, "the claim", None, None, ident, "primary-key", "error", message, hint)


# --- ids ----------------------------------------------------------------------------------------


def free_id(graph: Graph, wanted: str, others: Iterable[str] = ()) -> str:
    """This id, or with the first number from 2 on that makes it one that neither graph nor `others` have."""
    for start in count(1, 20):
        ids = [wanted if n == 1 else f"{wanted}-{n}" for n in range(start, start + 20)]
        taken = {*read.kinds(graph, ids), *others}
        if free := [ident for ident in ids if ident not in taken]:
            return free[0]
    raise AssertionError("count never ends")


def claim_id(claim: Claim) -> str:
    """Kind, actors (or title), code and date: `pledge-boko-haram-islamic-state-2015-03`."""
    kind: str = type(claim).__name__.lower()
    record: Any = normal(claim)
    code = next((getattr(record, c) for c in claim.codes() if c in claim.required()), "")
    code = "" if code == kind else code
    if isinstance(record, Event):
        return make_id(kind, code, _words(record.title), record.date)
    return make_id(kind, record.from_, record.to, code, record.date)


def passage_id(passage: Evidence) -> str:
    """The work and the place there; without a place the first words of the summary."""
    place = f"{passage.locator_label or ''} {passage.locator}" if passage.locator else passage.summary
    return make_id("ev", passage.found_in, _words(place))


def work_id(work: Source) -> str:
    """Family name of the first author (else the first words of the title) and year."""
    author = work.author[0].partition(",")[0] if work.author else work.title
    year = re.search(r"\d{4}", work.issued or "")
    return make_id(_words(author), year[0] if year else "" if not work.author else _words(work.title))


def make_id(*parts: str | None) -> str:
    """The parts in small letters, digits and hyphens; when too long the longest loses its last words."""
    slugs = [slug for part in parts if (slug := _slug(part or ""))]
    while len("-".join(slugs)) > LONGEST_ID:
        longest = max(range(len(slugs)), key=lambda n: len(slugs[n]))
        shorter = slugs[longest].rpartition("-")[0] or slugs[longest][:-1]
        slugs[longest] = shorter
    made = "-".join(slugs)
    return made if ID.fullmatch(made) else f"work-{made}".rstrip("-")


def _slug(text: str) -> str:
    plain = re.sub(r"['’`]", "", anyascii(text).lower())
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _words(text: str) -> str:
    return " ".join(text.split()[:WORDS])


# --- what will be written -----------------------------------------------------------------------


def addition_text(plan: Plan) -> Iterator[str]:
    """Each record that will be added with its cells, at most 80 columns wide; defaults are left out."""
    for change in plan.changes:
        yield f"{change.action} {change.table} {change.record}"
        for column, _, after in change.fields():
            usual = TABLES[change.table].columns()[column][1].default
            if column != "id" and after != usual:
                yield from wrapped(f"  {column}: ", cell_text(after))
