"""Where statements end, and what is part of a text or comment."""

from __future__ import annotations

import pytest

from kb.tokens import is_complete, parameters, says_something, split, tokens


def test_every_kind_of_token_is_told_apart() -> None:
    """Words, names in backticks, texts, numbers, parameters, comments and signs; blanks are left out."""
    found = tokens("MATCH (a:`b c`) // x\nRETURN a.y <> $p + 1.5e3, 'it''s' /* ; */")
    assert [(token.kind, token.text) for token in found if token.kind != "sign"] == [
        ("word", "MATCH"),
        ("word", "a"),
        ("quoted", "`b c`"),
        ("comment", "// x"),
        ("word", "RETURN"),
        ("word", "a"),
        ("word", "y"),
        ("parameter", "$p"),
        ("number", "1.5e3"),
        ("text", "'it'"),
        ("text", "'s'"),
        ("comment", "/* ; */"),
    ]


def test_tokens_and_blanks_are_the_whole_text() -> None:
    """Nothing is lost, whatever is typed: each token is the text at its place."""
    for text in ("MATCH (ä:`x", "'a\\", '"a\\"b', "/* a", "/*/", "a..b=>c -- ?§ \u2028 'é'", "$", "`a``b`"):
        rest = text
        for token in reversed(tokens(text)):
            assert text[token.start : token.end] == token.text
            rest = rest[: token.start] + rest[token.end :]
        assert not rest.strip(), text


OPEN = ["'a", "'a\\'", "\"a'", "'", "`a", "`a``", "/*", "/*/", "/* a"]
CLOSED = ["'a'", "'a\\\\'", '"a"', "''", "`a`", "/* a */", "/**/", "// a", "a"]


@pytest.mark.parametrize("text", [*OPEN, *CLOSED])
def test_what_has_no_end_yet_is_open(text: str) -> None:
    """A text, a name or a comment goes on until its own sign; a backslash hides one in a text only."""
    assert tokens(text)[-1].open is (text in OPEN)


def test_statements_end_at_a_semicolon_that_stands_alone() -> None:
    """Not in texts, names or comments; what says nothing is no statement."""
    text = 'RETURN \';\' AS `a;b`; // one; two\n; /* ; */ RETURN "\\";"; RETURN 3 // last'
    assert split(text) == (
        ["RETURN ';' AS `a;b`", ' /* ; */ RETURN "\\";"'],
        " RETURN 3 // last",
    )
    assert split("RETURN 'a; RETURN 2;") == ([], "RETURN 'a; RETURN 2;")
    assert split("") == ([], "")


def test_a_statement_is_complete_behind_its_semicolon() -> None:
    """A comment may follow, but not one that is still open."""
    assert is_complete("RETURN 1; // done")
    assert not is_complete("RETURN 1; /* not done")
    assert not is_complete("RETURN 1; RETURN 2")
    assert not is_complete("// only a remark")
    assert not says_something(" // only a remark\n/* and another */ ")
    assert says_something("x // y")


def test_parameters_are_named_once_and_not_in_texts() -> None:
    """`$(…)` is an expression and names none."""
    assert parameters("MATCH (n:$(x)) WHERE n.a = $b AND '$c' <> $b RETURN $d // $e") == ["b", "d"]
