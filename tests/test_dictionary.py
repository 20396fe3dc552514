"""The data dictionary of the casebook is the one the model declares."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from kb.dictionary import markdown
from kb.model import CLAIM_TABLES, TABLES

PAGE = Path(__file__).parent.parent / "casebook" / "TABLES.md"


def rows(section: str) -> dict[str, list[str]]:
    """Column to its other cells, of one section of the dictionary."""
    text = markdown().partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    table = [re.split(r"(?<!\\)\|", line)[1:-1] for line in text.splitlines() if line.startswith("| ")]
    return {cells[0].strip(" *"): [cell.strip() for cell in cells[1:]] for cells in table[2:]}


def test_the_dictionary_in_the_casebook_is_up_to_date(up_to_date: Callable[[Path, str], None]) -> None:
    """`pytest --write-docs` writes it anew."""
    up_to_date(PAGE, markdown())


def test_every_column_of_every_table_has_a_row() -> None:
    """Own columns under the table, those of the claim block once for all."""
    block = list(rows("claim block"))
    for table, record in TABLES.items():
        shared = block if table in CLAIM_TABLES else []
        assert list(rows(table)) + shared == list(record.columns())


def test_every_row_has_four_cells() -> None:
    """A bar in a description does not open a fifth cell."""
    assert {len(cells) for table in TABLES for cells in rows(table).values()} == {3}


def test_a_row_says_what_the_cell_holds_and_what_it_becomes() -> None:
    """Codes, dates, ids, numbers and flags; property or relationship."""
    assert rows("pledges")["from"][1:] == ["id of Actor", "`FROM`"]
    assert rows("pledges")["date"][1:] == ["EDTF date", "property"]
    assert rows("pledges")["relation_type"][1:] == ["code, several", "property"]
    assert rows("support")["alleged"] == ["only alleged; default false", "true or false", "property"]
    assert rows("support")["quantity"][1:] == ["number", "property"]
    assert rows("evidence")["line"][1:] == ["whole number", "property"]
    assert rows("searches")["object"][1:] == ["id of Actor", "`ABOUT` (role object)"]
    assert rows("claim block")["after"][1:] == ["id of Claim, several", "property"]
    assert rows("citations")["evidence"][1:] == ["id of Evidence", "end of `CITES`"]
    assert rows("judgements")["reason"][1:] == ["text", "property of `JUDGED`"]
