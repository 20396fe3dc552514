"""What a person probably meant by a faulty statement: a hint for each common slip, from what Neo4j says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kb.errors import did_you_mean
from kb.tokens import Token, tokens

# Clauses that only read; a hint never names one that would be refused.
READING = (
    "CALL", "FILTER", "FINISH", "GROUP BY", "LET", "LIMIT", "MATCH", "OFFSET", "OPTIONAL", "ORDER BY",
    "RETURN", "SHOW", "SKIP", "UNION", "UNWIND", "WHERE", "WITH",
)  # fmt: skip
_MANY = 8  # expected things of which a list helps nobody

_INPUT = re.compile(r"Invalid input '(.*?)': expected (.*)", re.DOTALL)
_TYPES = re.compile(r"((?:[\w<>]+, ){3})(?:[\w<>]+, ){5,}[\w<>]+ or [\w<>]+")
_WORDS = {
    "SELECT": "Cypher asks with MATCH … RETURN ….",
    "LIKE": "Write STARTS WITH, ENDS WITH, CONTAINS, or =~ with a regular expression.",
    "=": "Two values are compared with one =.",
    ">": "An arrow is written -->, or -[:TYPE]->.",
    "": "The statement ends too early.",
}
_SAYINGS = {
    r"Query cannot conclude with MATCH": "Add RETURN and what you want to see.",
    r"Variable `.*` not defined": "Name it in MATCH; if it is meant as text, put it in quotes.",
    r"Failed to parse string literal": "Is a quotation mark missing? A ' within a text is written \\'.",
    r"expected a map but was String": "A text has no parts: start_lo, start_hi, end_lo and end_hi are days.",
    r"Expected exactly one statement": "Give one at a time, or use `kb shell`.",
}


def explained(message: str) -> tuple[str, str]:
    """The message without endless lists of what could stand there, and a hint where there is one."""
    message = _TYPES.sub(r"\1…", message)
    wrong = _INPUT.search(message)
    if not wrong:
        return message, next((hint for saying, hint in _SAYINGS.items() if re.search(saying, message)), "")
    expected = re.split(r", | or ", wrong[2].rstrip("."))
    if len(expected) > _MANY:
        message = f"{message[: wrong.start()]}Invalid input '{wrong[1]}'."
    return message, _hint(wrong[1], expected)


def _hint(found: str, expected: list[str]) -> str:
    if found[:1] in ("‘", "’", "“", "”", "„", "«"):
        return "Put text in straight quotes: 'text' or \"text\"."
    if expected == ["':'"]:
        return "In braces a property is written id: 'value'."
    if found.upper() in _WORDS:
        return _WORDS[found.upper()]
    if expected == ["a graph pattern"]:
        return "A node stands in round brackets: (a:Actor)."
    clauses = [name.strip("'") for name in expected if name.strip("'") in READING]
    missing = next((sign for sign in (")", "]", "}") if f"'{sign}'" in expected), "")
    return did_you_mean(found.upper(), clauses) or (missing and f"Is a {missing} missing in front of it?")


_IS_TYPE = re.compile(r"[A-Z_]{2,}")
_DAY = re.compile(r"(['\"])\d{4}-\d\d-\d\d\1")
_IS_DAY = re.compile(r"(?!quote_)\w+_(lo|hi|start|end|from|to)")


def remarks(statement: str) -> list[str]:
    """What runs and rarely means what it says: one line for each."""
    found = [token for token in tokens(statement) if token.kind != "comment"]
    return list(dict.fromkeys([*_types_as_variables(found), *_days_as_texts(found)]))


def _types_as_variables(found: list[Token]) -> Iterator[str]:
    """`-[FROM]->`: a variable that is called like a type."""
    for dash, bracket, token, after in zip(found, found[1:], found[2:], found[3:], strict=False):
        name = token.text
        if (dash.text, bracket.text) == ("-", "[") and after.text in ("]", "*") and _IS_TYPE.fullmatch(name):
            yield f"[{name}] is a variable, of relationships of every type; a type is written [:{name}]."


def _days_as_texts(found: list[Token]) -> Iterator[str]:
    """`c.start_lo > '2014-01-01'`: a day is never equal to a text, nor before or after one."""
    words = [token for token in found if token.kind != "sign" or token.text not in ("<", ">", "=", ":")]
    for property_, text in pairwise(words):
        if property_.kind == "word" and _IS_DAY.fullmatch(property_.text) and _DAY.fullmatch(text.text):
            yield f"{property_.text} holds days: compare it with date({text.text}), not with text."
