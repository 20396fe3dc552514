"""Records of every table, made up by hypothesis from the declarations of the model."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import strategies as st

from kb.model import ROLES, TABLES, Record

DATES = [
    "2014-11-10", "2014-11", "2014", "199X", "2014-02-XX", "1970-22", "2014?", "2014-11~", "2014/2015-03",
    "2015/..", "../2014", "/2016", "[2015-03..2016]", "[..2014-02]", "[2001..]",
]  # fmt: skip

ids = st.from_regex(r"[a-z0-9][a-z0-9-]{1,12}", fullmatch=True)
words = (
    st.text(
        st.characters(exclude_categories=["Cs", "Cc", "Cn"]) | st.sampled_from("\n\t,;\"'=| "), max_size=30
    )
    .map(str.strip)
    .filter(bool)
)
parts = words.map(lambda text: text.replace(";", ",").strip()).filter(bool)  # of a cell with several values
numbers = st.floats(allow_nan=False, allow_infinity=False).map(repr)


@cache
def records(table: str) -> st.SearchStrategy[Record]:
    """Valid records of the table; the rules over rows and between cells are not kept."""
    return cells(table).map(TABLES[table].model_validate)


@cache
def cells(table: str) -> st.SearchStrategy[dict[str, str]]:
    """The text of the cells of a row, as it may stand in a file."""
    kind = TABLES[table]
    every = {column: _cell(kind, column) for column in kind.columns()}
    optional = {column: cell for column, cell in every.items() if column not in kind.required()}
    return st.fixed_dictionaries({c: every[c] for c in kind.required()}, optional=optional)


def _cell(kind: type[Record], column: str) -> st.SearchStrategy[str]:
    one = _value(kind, column)
    if column in kind.lists():
        return st.lists(one, min_size=1, max_size=4).map(";".join)
    return one


def _value(kind: type[Record], column: str) -> st.SearchStrategy[str]:
    """One value of the column."""
    if column in kind.codes():
        return st.sampled_from(list(kind.codes()[column].values))
    if column in kind.dated():
        return st.sampled_from(DATES)
    if column == "participants":
        return st.builds("{}={}".format, ids, st.sampled_from(list(ROLES)))
    if column == "id" or column in kind.names():
        return ids
    return _PLAIN.get(column, parts if column in kind.lists() else words)


_PLAIN: dict[str, Any] = {
    "line": st.integers(1, 999_999_999).map(str),
    "quote_words": st.integers(1, 9_999).map(str),
    "quantity": numbers,
    "value_lo": numbers,
    "value_hi": numbers,
    "alleged": st.sampled_from(["true", "no", "1", "FALSE"]),
    "directed": st.sampled_from(["true", "false"]),
    "in_text": st.sampled_from(["yes", "0"]),
    "in_list": st.sampled_from(["yes", "0"]),
    "xref": st.builds("{}:{}".format, st.sampled_from(["ucdp.actor", "wd"]), st.integers(1, 999)),
    "quote_sha256": st.binary(min_size=32, max_size=32).map(bytes.hex),
    "text_sha256": st.binary(min_size=32, max_size=32).map(bytes.hex),
}
