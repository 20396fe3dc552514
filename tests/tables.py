"""Made-up tables as real CSV files, for tests without a database."""

from __future__ import annotations

from pathlib import Path

from kb.loading.book import Book
from loaders.tables import read_book

# Invented actors, one work and one passage, so that a row under test refers to nothing outside its book.
AROUND = {
    "actors": """id,name,kind
red-front,Red Front,militant_group
blue-front,Blue Front,militant_group
green-army,Green Army,militant_group
""",
    "sources": """id,type,title
a-work,book,A made-up work
""",
    "evidence": """id,found_in,locator,summary
ev-1,a-work,1,It says one thing.
ev-2,a-work,2,It says another thing.
""",
    "cases": """id,title
a-case,A made-up case
""",
}


def write_tables(folder: Path, **tables: str) -> Path:
    """Write each text as `<table>.csv`; gives back the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, text in tables.items():
        (folder / f"{table}.csv").write_text(text, encoding="utf-8", newline="")
    return folder


def read_tables(folder: Path, **tables: str) -> Book:
    """Write the tables and those of `AROUND`, and read the book."""
    return read_book([write_tables(folder, **{**AROUND, **tables})])
