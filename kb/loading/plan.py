"""What a load would do: every record of a book compared with the graph, field by field."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from kb import dates
from kb.errors import Fault, Refused, quoted
from kb.graph import Graph
from kb.loading import complete as complete_book
from kb.loading import read
from kb.loading.alike import repeated
from kb.loading.book import Book, BookFile, Placed
from kb.loading.check import Near, elsewhere, name_index, references, resolve_name, row_faults, with_actor
from kb.loading.codec import Cells, from_cells, is_plain, normal
from kb.loading.links import Links, find_links
from kb.loading.passages import known_beside, known_to, passage_faults
from kb.model import CLAIM_TABLES, TABLES, Citation, Record
from kb.resolve import NameIndex

Action = Literal["add", "change", "retract"]


@dataclass(frozen=True, slots=True)
class Change:
    """One record before and after, as cells; None = not in the graph."""

    table: str
    record: str
    before: Cells | None
    after: Cells | None

    @property
    def action(self) -> Action:
        """What happens to the record."""
        if self.before is None:
            return "add"
        return "change" if self.after is not None else "retract"

    @property
    def inverse(self) -> Change:
        """The change that takes this one back."""
        return Change(self.table, self.record, self.after, self.before)

    def fields(self) -> Iterator[tuple[str, Any, Any]]:
        """(column, before, after) of the cells that differ, in the order of the table."""
        before, after = self.before or {}, self.after or {}
        for column in TABLES[self.table].columns():
            if before.get(column) != after.get(column):
                yield column, before.get(column), after.get(column)


@dataclass(slots=True)
class Plan:
    """The changes of a load, how many records are the same already, faults, and the state it was made for.

    `head` is the id of the last finished load when the plan was made ("" in an empty graph). `complete` has
    the tables whose records are retracted when they are not in the book; it is empty unless that was asked.
    """

    changes: list[Change] = field(default_factory=list)
    same: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)
    files: list[BookFile] = field(default_factory=list)
    head: str = ""
    links: Links = field(default_factory=Links)
    complete: tuple[str, ...] = ()

    @property
    def errors(self) -> list[Fault]:
        """The faults that stop a load."""
        return [f for f in self.faults if f.severity == "error"]

    def counts(self) -> dict[str, Counter[str]]:
        """Table to the number of records to add, change, retract, and the same."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for change in self.changes:
            found[change.table][change.action] += 1
        for table, number in self.same.items():
            found[table]["same"] += number
        return {table: found[table] for table in TABLES if table in found}


def head(graph: read.Reader) -> str:
    """The id of the last finished load, "" when there is none."""
    rows = graph.rows(
        "MATCH (l:Load {status: 'done'}) RETURN l.id AS id ORDER BY l.loaded_at DESC, id DESC LIMIT 1"
    )
    return rows[0]["id"] if rows else ""


def require_head(graph: read.Reader, expected: str) -> None:
    """Raise Refused when a load, or an undo, was finished after the state with this head."""
    now = head(graph)
    if now != expected:
        by = f"by {now}" if now else "its loads are gone"
        raise Refused(f"The graph changed since the plan was made ({by}).", "Plan and load again.")


def make_plan(graph: Graph, book: Book, *, complete: bool = False) -> Plan:
    """Compare the book with the graph. Faults make a plan that cannot be loaded; nothing is raised.

    When `complete`, the records of the graph that left the tables of the book are retracted.
    """
    plan = Plan(files=list(book.files), head=head(graph))
    book.faults = [f for f in book.faults if (f.code, f.severity) not in _SEEN_ANEW]
    _resolve(graph, book)
    if not _compare_all(graph, book, plan, complete):
        return plan
    order = {table: n for n, table in enumerate(TABLES)}
    plan.changes.sort(key=lambda c: (order[c.table], c.record))
    told = known_to(book)
    known = known_beside(book, graph)
    if known != told:
        plan.faults += passage_faults(book, known, told)
    plan.faults += _repeated(graph, book, plan)
    plan.links = find_links(graph, plan.changes, ((name, actor) for _, _, name, actor in book.named))
    return plan


def _compare_all(graph: Graph, book: Book, plan: Plan, complete: bool) -> bool:
    """Put into the plan what differs between book and graph; False when faults of the book are in the way."""
    records = {p.record.ident: normal(p.record) for p in book.placed if p.record.key == ("id",)}
    current = _current(graph, records)
    _same_kind(book, current)
    plan.faults = book.faults
    if plan.errors:
        return False
    rows = [normal(p.record) for p in book.placed if p.record.key != ("id",)]
    whole = complete and Citation.table in book.tables
    _merge_citations(graph, records, current, [r for r in rows if isinstance(r, Citation)], whole)
    before_rows = _current_rows(graph, rows)
    for ident, record in records.items():
        _compare(plan, record.table, ident, current.get(ident, (None, None))[1], record.cells())
    for row in rows:
        after = None if isinstance(row, Citation) and is_plain(row.cells()) else row.cells()
        _compare(plan, row.table, row.ident, before_rows.get((row.table, row.ident)), after)
    if complete:
        _retract_what_left(graph, book, plan)
    return True


def _repeated(graph: Graph, book: Book, plan: Plan) -> Iterator[Fault]:
    """Warnings for claims to add that the graph, as the plan leaves it, has already."""
    added = {change.record for change in plan.changes if not change.before}
    changed: dict[str, Any] = {
        change.record: from_cells(change.table, change.after) if change.after else None
        for change in plan.changes
        if change.before and change.table in CLAIM_TABLES
    }
    return repeated(graph, (p for p in book.claims if p.record.ident in added), changed)


def _retract_what_left(graph: Graph, book: Book, plan: Plan) -> None:
    plan.complete = tuple(table for table in TABLES if table in book.tables)
    plan.changes += [Change(table, key, cells, None) for table, key, cells in complete_book.left(graph, book)]
    plan.faults += complete_book.faults(graph, book, plan.changes)


def _compare(plan: Plan, table: str, ident: str, before: Cells | None, after: Cells | None) -> None:
    if before == after:
        plan.same[table] += 1
    else:
        plan.changes.append(Change(table, ident, before, after))


def _resolve(graph: Graph, book: Book) -> None:
    """References that leave the book: ids of the graph are right, names become ids, the rest are faults."""
    inside = {p.record.ident for p in book.placed if p.record.key == ("id",)} | set(book.broken)
    open_refs = [
        (n, column, value, allowed)
        for n, placed in enumerate(book.placed)
        for column, value, allowed in references(placed.record)
        if value not in inside
    ]
    found = read.kinds(graph, (value for _, _, value, _ in open_refs))
    for n, column, value, allowed in open_refs:
        if value in found and found[value] not in allowed:
            message = f"{quoted(value)} is a record of another kind ({found[value]})"
            hint = f"Wanted: {' or '.join(allowed)}."
            book.faults.append(book.placed[n].fault(column, value, "foreign-key", message, hint))
    unknown = [ref for ref in open_refs if ref[2] not in found]
    if unknown or book.named:
        _resolve_names(book, unknown, name_index(book, graph_names(graph)))


def _resolve_names(
    book: Book, unknown: Iterable[tuple[int, str, str, tuple[str, ...]]], index: NameIndex
) -> None:
    """Ids for the names among the unknown values, faults for the rest; the index knows book and graph."""
    for n, column, value, actor in book.named:
        if any(other.actor != actor for other in index.find(value)):  # of the graph
            resolve_name(book, book.placed[n], column, value, index)
    near = Near(index, book.labels(), _NOWHERE, "Nearest: {}.", "Add the record, or correct the id.")
    for n, column, value, allowed in unknown:
        placed = book.placed[n]
        actor_id = resolve_name(book, placed, column, value, index) if "Actor" in allowed else ""
        if actor_id:
            book.named.append((n, column, value, actor_id))
            book.placed[n] = with_actor(placed, column, value, actor_id)
            _check_again(book, book.placed[n])
        elif actor_id == "":
            missing = near.missing(value, allowed, placed.record, column)
            book.faults.append(placed.fault(column, value, "foreign-key", *missing))
    book.faults += elsewhere(book, index)


_SEEN_ANEW = (("foreign-key", "warning"), ("name-elsewhere", "warning"))  # now that the graph is known too
_NOWHERE = "{} is neither in this book nor in the graph"


def _check_again(book: Book, placed: Placed) -> None:
    """The rules of one row, now that an id stands where a name stood."""
    for column, code, message, hint in row_faults(placed.record, datetime.now(UTC).date()):
        book.faults.append(placed.fault(column, placed.record.cells().get(column), code, message, hint))


def graph_names(graph: read.Reader) -> NameIndex:
    """The names of all actors in the graph, and their countries; a duplicate counts as another actor."""
    index = NameIndex()
    for row in graph.rows("MATCH (a:Actor) RETURN a.id AS id, a.name AS name, a.country AS country"):
        index.describe(row["id"], row["name"], row["country"] or ())
    for row in graph.rows(_DUPLICATES):
        index.actors[row["id"]] = row["name"], tuple(row["country"] or ())  # found by its id
        index.add(row["actor"], [(row["name"], None)])
    query = "MATCH (n:Name)-[:OF]->(a:Actor) RETURN a.id AS actor, n.name AS name, n.valid AS valid"
    for row in graph.rows(query):
        valid = dates.parse(row["valid"], mode="spell") if row["valid"] else None
        index.add(row["actor"], [(row["name"], valid)])
    return index


_DUPLICATES = """
MATCH (d:Duplicate)-[:SAME_AS]->(a:Actor)
RETURN d.id AS id, d.name AS name, d.country AS country, a.id AS actor ORDER BY id
"""


def _current(graph: Graph, records: Mapping[str, Record]) -> dict[str, tuple[str, Cells]]:
    """Id to (table, cells) of the records that the graph has under these ids, of whatever kind."""
    labels: dict[str, list[str]] = defaultdict(list)
    for ident, label in read.kinds(graph, records).items():
        labels[label].append(ident)
    return {
        ident: (kind.table, cells)
        for label, ids in labels.items()
        for kind, ident, cells in read.nodes(graph, label, ids)
    }


def _same_kind(book: Book, current: Mapping[str, tuple[str, Cells]]) -> None:
    for placed in book.placed:
        ident, table = placed.record.ident, placed.record.table
        if placed.record.key == ("id",) and ident in current and current[ident][0] != table:
            what = f"'{ident}' is already a record of the table {current[ident][0]} in the graph"
            book.faults.append(placed.fault("id", ident, "primary-key", what, "Choose another id."))


def _merge_citations(
    graph: Graph,
    records: dict[str, Record],
    current: dict[str, tuple[str, Cells]],
    citations: Iterable[Citation],
    whole: bool,
) -> None:
    """One place for each citation: the cell `evidence` holds those that only support, the table the rest.

    When the book has the `whole` table of citations, those of the graph that it lacks count no more.
    """
    plain: dict[str, set[str]] = defaultdict(set)
    marked: dict[str, set[str]] = defaultdict(set)
    for row in citations:
        (plain if is_plain(row.cells()) else marked)[row.claim].add(row.evidence)
    outside = {i: TABLES["actors"] for i in (*plain, *marked) if i not in records}
    for ident, (table, cells) in _current(graph, outside).items():  # type: ignore[arg-type]
        current[ident] = (table, cells)
        records[ident] = from_cells(table, cells)
    known = [ident for ident in records if ident in current]  # the others can have no citation yet
    for _, cells in () if whole else read.relations(graph, "citations", known):
        if cells["evidence"] not in plain[cells["claim"]]:
            marked[cells["claim"]].add(cells["evidence"])
    for ident in {*plain, *marked} & set(records):
        record: Any = records[ident]
        cited = (set(record.evidence) | plain[ident]) - marked[ident]
        records[ident] = record.model_copy(update={"evidence": tuple(sorted(cited))})


def _current_rows(graph: Graph, rows: Iterable[Record]) -> dict[tuple[str, str], Cells]:
    starts: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        starts[row.table].add(row.ident.split(" ")[0])
    return {
        (table, key): cells
        for table, ids in starts.items()
        for key, cells in read.relations(graph, table, ids)
    }
