"""Any book: which rows become records, and how fast."""

from __future__ import annotations

import gc
from pathlib import Path

from kb.loading.book import Book
from loaders.tables import read_book
from tests.tables import AROUND, read_tables, write_tables


def idents(book: Book, table: str) -> list[str]:
    """The keys of the records of a table, in the order of the book."""
    return [placed.record.ident for placed in book.of(table)]


def test_right_rows_among_wrong_ones_become_records(tmp_path: Path) -> None:
    """Every fault is reported at once, and each wrong row is left out alone."""
    cases = "id,title\nc-1,One\nC 2,Two\nc-3,\nc-4,Four,five\nc-5,Five\n"
    book = read_tables(tmp_path, cases=cases)
    assert idents(book, "cases") == ["c-1", "c-5"]
    assert [(fault.row, fault.column) for fault in book.faults] == [(3, "id"), (4, "title"), (5, None)]
    assert list(book.broken) == ["C 2", "c-3", "c-4"]


def test_records_know_where_they_stand(tmp_path: Path) -> None:
    """File and row, as a spreadsheet shows them."""
    book = read_tables(tmp_path, cases="id,title\n\nc-1,One\n")
    assert [(placed.sheet, placed.row) for placed in book.of("cases")] == [("cases.csv", 3)]


def test_one_table_may_lie_in_several_files(tmp_path: Path) -> None:
    """Each with columns of its own; ids are unique over all of them."""
    write_tables(tmp_path, **AROUND)
    (tmp_path / "cases part 2.csv").write_text("title,id\nTwo,c-2\nAgain,a-case\n")
    book = read_book([tmp_path])
    assert idents(book, "cases") == ["c-2", "a-case", "a-case"]
    assert [(f.sheet, f.row, f.message) for f in book.faults] == [
        ("cases.csv", 2, "'a-case' is already used in cases part 2.csv row 3")
    ]


def test_a_book_knows_its_files(tmp_path: Path) -> None:
    """Names, sums and numbers of rows, for the receipt."""
    book = read_tables(tmp_path)
    assert [(file.name, file.rows) for file in book.files] == [
        ("actors.csv", 3), ("cases.csv", 1), ("evidence.csv", 2), ("sources.csv", 1),
    ]  # fmt: skip
    assert all(len(file.sha256) == 64 for file in book.files)


def test_progress_is_told_file_by_file(tmp_path: Path) -> None:
    """For a bar on a terminal."""
    said: list[str] = []
    read_book([write_tables(tmp_path, **AROUND)], said.append)
    assert said == ["actors.csv", "cases.csv", "evidence.csv", "sources.csv"]


def test_reading_leaves_the_garbage_collector_as_it_was(tmp_path: Path) -> None:
    """It is switched off for the time of reading only."""
    folder = write_tables(tmp_path, **AROUND)
    read_book([folder])
    assert gc.isenabled()
    gc.disable()
    try:
        read_book([folder])
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_twenty_thousand_rows_are_checked(tmp_path: Path) -> None:
    """None of them has a fault."""
    rows = "".join(
        f"p-{n},{'red' if n % 2 else 'blue'}-front,green-army,renew,"
        f"{1900 + n % 120}-{n // 120 % 12 + 1:02}-{n // 1440 + 1:02},whole,ev-1;ev-2,o-{n}\n"
        for n in range(20_000)
    )
    header = "id,from,to,act,date,scope,evidence,occurrence"
    folder = write_tables(tmp_path, **AROUND, pledges=f"{header}\n{rows}")
    assert read_book([folder]).faults == []


def test_many_claims_that_say_the_same_are_no_trouble(tmp_path: Path) -> None:
    """Twenty thousand readings of one occurrence: compared each with each they would take an hour."""
    rows = "".join(f"p-{n},red-front,green-army,pledge,2014,ev-1,o-1\n" for n in range(20_000))
    folder = write_tables(tmp_path, **AROUND, pledges=f"id,from,to,act,date,evidence,occurrence\n{rows}")
    assert read_book([folder]).faults == []
