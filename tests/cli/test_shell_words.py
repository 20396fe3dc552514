"""What the prompt of `kb shell` completes, colours and takes for the end of a statement."""

from __future__ import annotations

import pytest

from kb.cli.shell.complete import choices
from kb.cli.shell.prompt import coloured, ends
from kb.cli.shell.words import Vocabulary

WORDS = Vocabulary(
    labels={"Actor": ["id", "name"], "Pledge": ["act", "id"], "Made Up": ["x"]},
    types={"FROM": [], "CITES": ["stance"]},
    functions=["coalesce", "date.truncate"],
    queries={"names_at": ["actor", "on"], "pledges_of": ["actor"]},
)


def offered(before: str) -> list[str]:
    """The texts offered behind `before`."""
    return [choice.text for choice in choices(before, WORDS, [":help", ":query"], ["hub"])]


COMPLETED = [
    ("MATCH (a:", ["Actor", "Pledge", "`Made Up`"]),
    ("MATCH (a:ac", ["Actor"]),
    ("MATCH (a:ma", ["`Made Up`"]),
    ("MATCH (a:`ma", ["`Made Up`"]),
    ("MATCH (a:Actor|Pl", ["Pledge"]),
    ("MATCH (a:Actor)\nWHERE a:pl", ["Pledge"]),
    ("MATCH (a)<-[:", ["FROM", "CITES"]),
    ("MATCH (a)-[r:FROM|c", ["CITES"]),
    ("MATCH (a:Actor) RETURN a.", ["id", "name"]),
    ("MATCH (a:Actor) RETURN a.N", ["name"]),
    ("MATCH (:Actor)<--(p:Pledge) WHERE p.", ["act", "id"]),
    ("MATCH ()-[r:CITES]->() RETURN r.", ["stance"]),
    ("RETURN x.", ["act", "id", "name", "stance", "x"]),
    ("MATCH (a:Actor {", ["id", "name"]),
    ("MATCH (a:Actor {id: 'x', na", ["name"]),
    ("MATCH (a {id: 1})-[r:CITES {", ["stance"]),
    ("MATCH (a:Actor {id: $", ["$hub"]),
    ("MATCH (a:Actor {id: ", []),
    ("RETURN {id: ac", []),
    ("RETURN {a: 1, id: ac", []),
    ("{:", ["Actor", "Pledge", "`Made Up`"]),
    ("MATCH (act) RETURN ac", ["act"]),
    ("UNWIND [1] AS row RETURN ro", ["row"]),
    ("RETURN coal", ["coalesce("]),
    ("opt", ["OPTIONAL MATCH"]),
    ("RETURN [x IN list WHERE x:a", ["Actor"]),
    ("MATCH (a:Actor) WHERE EXISTS { (a)--(:p", ["Pledge"]),
    ("", []),
    ("MATCH (a) ", []),
    ("RETURN 'a:", []),
    ("RETURN 'Act'", []),
    ("RETURN 1 // a:", []),
    ("RETURN 1.", []),
    ("x OR y | pl", []),
    ("MATCH (n) WHERE n:Actor OR n:pl", ["Pledge"]),
    ("MATCH (n) WHERE EXISTS { MATCH (n) WHERE n:pl", ["Pledge"]),
    (":", [":help", ":query"]),
    (":query ", ["names_at", "pledges_of"]),
    (":query names_at o", ["on="]),
    (":query nonsense a", []),
    (":schema fr", ["FROM"]),
    (":export a", []),
]


@pytest.mark.parametrize(("before", "names"), COMPLETED, ids=[before for before, _ in COMPLETED])
def test_what_can_stand_at_the_cursor_is_offered(before: str, names: list[str]) -> None:
    """Labels behind `:`, types in `[:`, properties behind `.` and in maps by label, else other words."""
    assert offered(before) == names


def test_a_choice_stands_for_what_was_typed() -> None:
    """The part that it replaces is the unfinished word, with its backtick."""
    (choice,) = choices("MATCH (a:`made", WORDS)
    assert (choice.text, choice.replaces, choice.what) == ("`Made Up`", len("`made"), "label")


ENDS = {
    "": True, "  ": True, ":help": True, "RETURN 1": False, "RETURN 1;": True, "RETURN 1; // x": True,
    "MATCH (n)\n": True, "MATCH (n)\n  ": True, "MATCH (n)\nRETURN n": False, "RETURN 'a;": False,
    "RETURN 'a\n": False, "RETURN 1 /* ;\n": False,
}  # fmt: skip


@pytest.mark.parametrize("text", ENDS)
def test_enter_sends_what_is_complete(text: str) -> None:
    """A command, a statement with `;`, or an empty line, when no text or comment is open."""
    assert ends(text) is ENDS[text]


def test_colours_leave_every_character() -> None:
    """The pieces together are the text, words, labels and texts each in their style."""
    text = "MATCH (a:Actor)\n WHERE a.in = 'x' // y\n"
    pieces = [(str(piece[0]), piece[1]) for piece in coloured(text)]
    assert "".join(part for _, part in pieces) == text
    styled = {part: style for style, part in pieces if style}
    assert styled == {
        "MATCH": "class:keyword",
        "Actor": "class:label",
        "WHERE": "class:keyword",
        "'x'": "class:text",
        "// y": "class:comment",
    }
