"""The bundled book and its codebook."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from kb.model import CLAIM_TABLES, TABLES
from kb.paths import resource
from loaders.tables import read_book

CASEBOOK = resource("casebook")
CODEBOOK = (CASEBOOK / "README.md").read_text("utf-8")


def rows(table: str) -> list[dict[str, str]]:
    """The rows of one table as text."""
    path: Path = CASEBOOK / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_casebook_has_neither_faults_nor_warnings() -> None:
    """`kb check --strict casebook` is clean."""
    assert read_book([CASEBOOK]).faults == []


def test_the_counts_of_the_codebook_are_those_of_the_data() -> None:
    """One row for each table, in the order of the model."""
    block = CODEBOOK.partition("<!-- counts -->")[2].partition("<!-- /counts -->")[0]
    told = {
        table: int(number) for table, number in re.findall(r"^\| (\w+) \| (\d+) \|$", block, re.MULTILINE)
    }
    assert told == {table: len(rows(table)) for table in TABLES}
    assert list(told) == list(TABLES)


@pytest.mark.parametrize("table", CLAIM_TABLES)
def test_every_rule_of_an_inferred_claim_is_explained(table: str) -> None:
    """The codebook names each rule that a claim gives."""
    rules = {row["rule"] for row in rows(table) if row.get("rule")}
    assert {rule for rule in rules if rule not in CODEBOOK} == set()


def test_the_codebook_names_only_ids_that_exist() -> None:
    """A claim, source or actor that the codebook mentions is in the book."""
    known = {row["id"] for table, record in TABLES.items() if record.key == ("id",) for row in rows(table)}
    named = set(re.findall(r"`((?:bp|pp|hb)-[a-z0-9-]+)`", CODEBOOK))
    assert {ident for ident in named if ident not in known and not ident.endswith("-")} == set()
    assert len(named) > 50


def test_the_printed_table_of_pledges_is_complete() -> None:
    """46 rows, two of which are one happening, each with its own line of the text."""
    printed = [row for row in rows("pledges") if row["id"].startswith("pp-t1-")]
    assert len(printed) == 46
    assert len({row["occurrence"] or row["id"] for row in printed}) == 45
    assert {row["act"] for row in printed} == {"not_stated"}
