"""The header grammar of query files, and the values of parameters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from kb import catalog
from kb.errors import InputError, NotFound

GOOD = """\
// Pledges of a made-up group
//
// Which pledges did it make,
// and when?
//
// @param actor actor: id of the group
// @param until date = 2015-12-31: last day
// @param kinds text[] = a; b: kinds
//   of pledge
// @param limit integer = null: how many
// @row name: name of the other, with
//   a longer meaning
// @row day: the day
// @key name, day
// @show day
// @group name
// @allow Eager: it writes nothing
// @example actor = made-up-front
MATCH (a:Actor {id: $actor}) // $not_a_parameter
WHERE a.day <= $until AND a.kind IN $kinds AND 'a $text' <> "RETURN x" AND size([x IN [1] | x]) < $limit
CALL (a) { MATCH (a)--(b) RETURN b }
RETURN b.name AS name, date(a.day, {x: 1}) AS
  day
ORDER BY name LIMIT 3
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a query file into a folder of its own."""

    def to_file(text: str, name: str = "pledges_made", topic: str = "pledges") -> Path:
        path = tmp_path / topic / f"{name}.cypher"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return to_file


def test_a_header_is_read(write: Callable[..., Path]) -> None:
    """Title, question, parameters, columns and the rest come out as written."""
    query = catalog.read_query(write(GOOD))
    assert (query.name, query.topic, query.title) == ("pledges_made", "pledges", "Pledges of a made-up group")
    assert query.question == "Which pledges did it make, and when?"
    assert query.columns == {"name": "name of the other, with a longer meaning", "day": "the day"}
    assert (query.key, query.show, query.group) == (("name", "day"), ("day",), "name")
    assert query.allow == {"Eager": "it writes nothing"}
    assert query.example == {"actor": "made-up-front"}
    assert query.cypher == GOOD


def test_parameters_have_types_and_defaults(write: Callable[..., Path]) -> None:
    """A default is converted when the file is read; `null` is a default too, none makes it required."""
    params = catalog.read_query(write(GOOD)).params
    assert [(p.name, p.kind, p.required, p.default) for p in params] == [
        ("actor", "actor", True, None),
        ("until", "date", False, date(2015, 12, 31)),
        ("kinds", "text[]", False, ["a", "b"]),
        ("limit", "integer", False, None),
    ]
    assert params[2].meaning == "kinds of pledge"


FAULTS = [
    (GOOD[: GOOD.index("//\n// @param")], "", "1: the first line must be a comment with the title"),
    ("// Which pledges did it make,\n// and when?\n", "", "1: the header does not put the question in words"),
    ("// @key name, day\n", "", "1: no @key names the columns that tell rows apart"),
    ("@key name", "@key nam", "14: @key names 'nam', which is no column"),
    ("@group name", "@group nam", "16: @group names 'nam', which is no column"),
    ("@allow Eager: it", "@alow Eager: it", "17: no tag '@alow'. Did you mean 'allow'?"),
    ("@row day: the day", "@row day", "13: write '@row column: meaning'"),
    ("@row day:", "@row name:", "13: column 'name' is declared twice"),
    ("@row day: the day", "@row dy: the day", "22: column 'day' is returned and not declared with @row"),
    ("@row day: the day", "@row dy: the day", "13: column 'dy' is declared and not returned"),
    ("@param until date", "@param until dat", "7: no type 'dat'. Did you mean 'date'?"),
    ("2015-12-31", "2015-13-31", "7: --until takes a day as YYYY-MM-DD, not '2015-13-31'"),
    (
        "@param until date = 2015-12-31: last day",
        "@param until",
        "7: write '@param name type = default: meaning'",
    ),
    ("<= $until", "<= $untill", "20: $untill is used and not declared with @param"),
    ("<= $until", "<= 1", "7: parameter 'until' is declared and not used"),
    ("@param limit integer", "@param until integer", "10: parameter 'until' is declared twice"),
    (
        "@param limit integer",
        "@param limit text",
        "10: the parameter 'limit' says how many rows: it is an integer",
    ),
    ("@example actor", "@example actr", "18: the example names 'actr', which is no parameter"),
    ("// @example actor = made-up-front\n", "", "6: no @example gives the required parameter 'actor'"),
    (
        "RETURN b.name AS name",
        "RETURN b.name",
        "22: column '(b.name)' is returned and not declared with @row",
    ),
]


@pytest.mark.parametrize(("old", "new", "message"), FAULTS, ids=[message for _, _, message in FAULTS])
def test_a_fault_of_a_file_is_named_with_its_line(
    write: Callable[..., Path], old: str, new: str, message: str
) -> None:
    """Whatever is wrong with a header or does not fit the statement is said with file and line."""
    assert old in GOOD
    with pytest.raises(InputError) as caught:
        catalog.read_query(write(GOOD.replace(old, new)))
    assert f"pledges/pledges_made.cypher:{message}" in str(caught.value)


def test_columns_are_declared_in_the_order_returned(write: Callable[..., Path]) -> None:
    """Columns in another order than returned are a fault."""
    text = GOOD.replace("b.name AS name, date(a.day, {x: 1}) AS\n  day", "a.day AS day, b.name AS name")
    with pytest.raises(InputError, match="22: columns are not declared in the order returned"):
        catalog.read_query(write(text))


def test_a_parameter_must_not_hide_an_option(write: Callable[..., Path]) -> None:
    """A parameter called like an option of the command line is a fault."""
    with pytest.raises(InputError, match="10: parameter 'format' would hide an option"):
        catalog.read_query(write(GOOD.replace("@param limit", "@param format").replace("$limit", "$format")))


def test_a_file_name_is_a_query_name(write: Callable[..., Path]) -> None:
    """A file whose name is no word of small letters is a fault."""
    with pytest.raises(InputError, match="'Pledges-Made' cannot name a query"):
        catalog.read_query(write(GOOD, name="Pledges-Made"))


def test_two_queries_of_one_name_are_an_error(write: Callable[..., Path], tmp_path: Path) -> None:
    """The second file of a name is refused, and both are named."""
    write(GOOD)
    write(GOOD, topic="support")
    with pytest.raises(InputError) as caught:
        catalog.read_folder(tmp_path)
    assert str(caught.value) == (
        "support/pledges_made.cypher:1: the name is taken by pledges/pledges_made.cypher."
    )


def test_an_unknown_query_is_answered_with_the_nearest_name() -> None:
    """A misspelt name gets a suggestion, a strange one the way to the list."""
    with pytest.raises(NotFound, match=r"No query named 'pledges_off'\. Did you mean 'pledges_of'\?"):
        catalog.find("pledges_off")
    with pytest.raises(NotFound, match="See `kb queries`"):
        catalog.find("zzzzzz")


VALUES: list[tuple[str, Any, Any]] = [
    ("until", "2014-06-29", date(2014, 6, 29)),
    ("until", date(2014, 6, 29), date(2014, 6, 29)),
    ("until", datetime(2014, 6, 29, 12, 0), date(2014, 6, 29)),
    ("limit", "12", 12),
    ("limit", 12, 12),
    ("limit", None, None),
    ("kinds", "a; b;", ["a", "b"]),
    ("kinds", ["a"], ["a"]),
    ("kinds", ["a; b", "c"], ["a", "b", "c"]),
    ("kinds", "", None),
    ("kinds", ("a", "b"), ["a", "b"]),
    ("actor", " made-up-front ", "made-up-front"),
]


@pytest.mark.parametrize(("name", "given", "bound"), VALUES)
def test_values_are_converted(write: Callable[..., Path], name: str, given: Any, bound: Any) -> None:
    """Text of the command line and values of Python become what the query takes."""
    assert catalog.read_query(write(GOOD)).bind({"actor": "x", name: given})[name] == bound


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"until": "2014"}, "--until takes a day as YYYY-MM-DD, not '2014'."),
    ({"until": 2014}, "--until takes a day as YYYY-MM-DD, not '2014'."),
    ({"limit": "many"}, "--limit takes a whole number, not 'many'."),
    ({"limit": True}, "--limit takes a whole number, not 'True'."),
    ({"limit": 1.5}, "--limit takes a whole number, not '1.5'."),
    ({"limit": 0}, "--limit takes a number of rows, not '0'. Give 1 or more."),
    ({"limit": "-1"}, "--limit takes a number of rows, not '-1'. Give 1 or more."),
    ({"actor": 3}, "--actor takes text (actor), not '3'."),
    (
        {"actor": None},
        "The query pledges_made needs --actor: id of the group. See `kb query pledges_made --help`.",
    ),
]


@pytest.mark.parametrize(("given", "message"), WRONG, ids=[message for _, message in WRONG])
def test_a_wrong_value_is_one_clear_line(
    write: Callable[..., Path], given: dict[str, Any], message: str
) -> None:
    """A value of the wrong type, or a missing one, is an input error (exit status 2)."""
    values = {name: value for name, value in {"actor": "x", **given}.items() if value is not None}
    with pytest.raises(InputError) as caught:
        catalog.read_query(write(GOOD)).bind(values)
    assert str(caught.value) == message
    assert caught.value.exit_code == 2


def test_an_unknown_parameter_is_answered_with_the_nearest_name(write: Callable[..., Path]) -> None:
    """A misspelt parameter of `graph.run` gets a suggestion."""
    with pytest.raises(NotFound, match=r"has no parameter 'untl'\. Did you mean 'until'\?"):
        catalog.read_query(write(GOOD)).bind({"actor": "x", "untl": "2014-01-01"})


def test_code_values_are_those_of_the_model() -> None:
    """A parameter that is a code list takes its values only, and suggests the nearest."""
    query = catalog.find("rhetorical_ties_after_schism")
    assert query.bind({"class": "material"})["class"] == ["material"]
    with pytest.raises(InputError, match=r"--class has no value 'materiel'\. Did you mean 'material'\?"):
        query.bind({"class": "materiel"})


def test_the_reference_of_the_library_is_up_to_date(up_to_date: Callable[[Path, str], None]) -> None:
    """`cypher/README.md` says what the headers say."""
    text = catalog.reference(catalog.library())
    up_to_date(Path(__file__).parent.parent / "cypher" / "README.md", text)
