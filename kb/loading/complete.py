"""A complete book: what its tables hold in the graph and the book no longer holds is retracted."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from kb.errors import Fault, quoted
from kb.loading import read
from kb.loading.book import Book
from kb.loading.codec import Cells, named
from kb.loading.uses import uses
from kb.model import TABLES

if TYPE_CHECKING:
    from kb.loading.plan import Change

Row = tuple[str, str, Cells]  # table, key, cells


def left(graph: read.Reader, book: Book) -> list[Row]:
    """The records of the graph that left the book.

    These are the records of the tables that are in the book (a file or sheet with a header will do) whose
    keys no row has, and the citations, references and judgements that start from one of them.
    """
    kept = {(p.record.table, p.record.ident) for p in book.placed}
    found: dict[tuple[str, str], Row] = {}
    gone: set[str] = set()
    for table in (t for t in book.tables if t not in read.ROW_TABLES):
        ids = {i for i in _ids(graph, table) if (table, i) not in kept}
        gone |= ids
        for kind, ident, cells in read.nodes(graph, TABLES[table].labels[0], ids):
            found[table, ident] = kind.table, ident, cells
    for table in (t for t in book.tables if t in read.ROW_TABLES):
        for key, cells in read.relations(graph, table):
            if (table, key) not in kept:
                found[table, key] = table, key, cells
    for row in rows_from(graph, gone):
        found.setdefault(row[:2], row)
    return [row for where, row in found.items() if where not in kept]


def _ids(graph: read.Reader, table: str) -> set[str]:
    rows = graph.rows(f"MATCH (n:{read.among(TABLES[table].labels[-1])}) RETURN n.id AS id")
    return {row["id"] for row in rows}


def rows_from(graph: read.Reader, ids: Collection[str]) -> Iterator[Row]:
    """The citations, references and judgements that start from these records, and go with them."""
    for table in read.ROW_TABLES if ids else ():
        for key, cells in read.relations(graph, table, ids):
            yield table, key, cells


def faults(graph: read.Reader, book: Book, changes: Sequence[Change]) -> list[Fault]:
    """What names a record that left the book: rows of the book, else records of the graph outside of it."""
    gone = {c.record: c.table for c in changes if c.after is None and c.table not in read.ROW_TABLES}
    found = [
        placed.fault(
            column, ident, "foreign-key", f"{quoted(ident)} left the book and would be retracted", _BACK
        )
        for placed in book.placed
        for column, ident in named(placed.record.table, placed.record.cells())
        if ident in gone
    ]
    if found or not gone:
        return found
    return [_outside(book, gone[use.gone], use.gone, use.by) for use in uses(graph, changes)]


_BACK = "Put its row back, or name another record."


def _outside(book: Book, table: str, ident: str, by: str) -> Fault:
    message = f"{quoted(ident)} left the book, but {by} of the graph names it"
    hint = "Put its row back, or load the table of that record in the same book."
    return Fault(table, book.tables[table], None, "id", ident, "foreign-key", "error", message, hint)
