"""Two claims that say the same: the rule for books, plans and `kb duplicates`."""

from __future__ import annotations

from typing import Any

import pytest

from kb.loading.alike import said, says
from kb.model import TABLES, Claim

AHEAD, BACK = {"from": "a-one", "to": "b-two"}, {"from": "b-two", "to": "a-one"}


def claim(table: str, **cells: str) -> Any:
    """A claim with these cells."""
    return TABLES[table].model_validate({"id": "c-1", **cells})


@pytest.mark.parametrize(
    ("table", "cells", "same"),
    [
        ("ties", {"tie_type": "alliance"}, True),
        ("ties", {"tie_type": "host"}, False),
        ("ties", {"tie_type": "alliance", "directed": "true"}, False),
        ("support", {"support_type": "training"}, False),
        ("support", {"support_type": "training", "direction": "mutual"}, True),
        ("pledges", {"act": "pledge"}, False),
    ],
)
def test_the_order_of_the_actors_counts_where_the_relation_has_one(
    table: str, cells: dict[str, str], same: bool
) -> None:
    """An undirected tie and a mutual flow say the same from either end."""
    assert (says(claim(table, **AHEAD, **cells)) == says(claim(table, **BACK, **cells))) is same


def test_a_row_of_the_graph_says_what_its_record_says() -> None:
    """The codes, the ends and whether they can change places."""
    one: Claim = claim("support", **AHEAD, support_type="training", direction="mutual")
    codes = [None, "training", "present", "given", None, None, None]
    ends = [("b-two", "FROM"), ("a-one", "TO")]
    assert said("Support", codes, ends, True, None) == says(one)


def test_an_actor_counts_as_the_one_it_was_judged_the_same_as() -> None:
    """A pledge of the duplicate is one of the actor that stays."""
    other = {"from": "a-again", "to": "b-two"}
    same = says(claim("pledges", **AHEAD, act="pledge"))
    assert says(claim("pledges", **other, act="pledge")) != same
    assert says(claim("pledges", **other, act="pledge"), {"a-again": "a-one"}) == same
