"""The bundled casebook against the real texts: every quotation stands where it says."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

from kb import paths
from kb.evidence.quotations import prove_all, whole_quotation
from kb.evidence.texts import Texts
from loaders.tables import read_book
from tests.graph.shell import kb

SUMS = ("quote_sha256", "text_sha256")


def test_every_quotation_of_the_casebook_is_exact(seeds: Path) -> None:
    """`kb verify` finds all of them, in all three texts, with the sums that the book holds."""
    done = kb("verify", "--texts", str(seeds), "--format", "json")
    rows = json.loads(done.out)
    assert [row for row in rows if row["verdict"] != "exact"] == []
    assert {row["source"] for row in rows} == {"blair-potter", "plapinger-potter", "handbook-alliances"}
    assert done.status == 0


def test_the_casebook_can_be_filled_from_nothing(seeds: Path, tmp_path: Path) -> None:
    """Emptied of its sums and filled again, the book has the same sums: no quotation is ambiguous."""
    book = tmp_path / "casebook"
    shutil.copytree(paths.resource("casebook"), book)
    before = {name: _rows(book / name) for name in ("evidence.csv", "sources.csv")}
    for name, rows in before.items():
        empty = [{column: "" if column in SUMS else cell for column, cell in row.items()} for row in rows]
        with (book / name).open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, list(rows[0]))
            table.writeheader()
            table.writerows(empty)
    assert kb("verify", str(book), "--texts", str(seeds), "--fill").status == 0
    assert {name: _rows(book / name) for name in before} == before


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_quotation_of_the_casebook_is_looked_for(seeds: Path) -> None:
    """There are more than fifty of them."""
    book = read_book([paths.resource("casebook")])
    sources = {p.record.ident: p.record.cells() for p in book.of("sources")}
    evidence = [p.record.cells() for p in book.of("evidence")]
    assert len(prove_all(evidence, sources, Texts(seeds))) > 50


def test_whole_quotations_have_the_words_that_were_counted(seeds: Path) -> None:
    """A whole quotation begins and ends as its selector says and has about as many words."""
    book = read_book([paths.resource("casebook")])
    texts = Texts(seeds)
    sources = {p.record.ident: p.record.cells() for p in book.of("sources")}
    for cells in (p.record.cells() for p in book.of("evidence")):
        if cells.get("quote_start"):
            words = whole_quotation(cells, texts.of(sources[cells["found_in"]])).replace(" | ", " ").split()
            # A text layer breaks a word now and then.
            assert abs(len(words) - cells["quote_words"]) <= 2 + len(words) // 20, cells["id"]
