"""A query with its parameters filled in, ready for Neo4j Browser."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from itertools import dropwhile
from typing import Any

from kb.catalog import code_only


def filled(cypher: str, values: Mapping[str, Any]) -> str:
    """The statement with the value of each `$name` in its place; `$` in comments and strings stays.

    The comments at its head go, but for the first: they explain parameters that are no longer there.
    """
    parts, at = [], 0
    for match in re.finditer(r"\$(\w+)", code_only(cypher)):
        parts += [cypher[at : match.start()], literal(values[match[1]])]
        at = match.end()
    title, *lines = "".join([*parts, cypher[at:]]).splitlines()
    return "\n".join([title, *dropwhile(lambda line: line.startswith("//"), lines)]) + "\n"


def literal(value: Any) -> str:
    """A value as Cypher writes it: text in quotes, days as `date('…')`, lists, maps, `null`."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return f"{'' if value.tzinfo else 'local'}datetime('{value.isoformat()}')"
    if isinstance(value, time):
        return f"{'' if value.tzinfo else 'local'}time('{value.isoformat()}')"
    if isinstance(value, date):
        return f"date('{value.isoformat()}')"
    if isinstance(value, str):
        return "'" + _ESCAPED.sub(lambda found: _escape(found[0]), value) + "'"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(literal, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{as_name(key)}: {literal(item)}" for key, item in value.items()) + "}"
    return {"inf": "Infinity", "-inf": "-Infinity", "nan": "NaN"}.get(repr(value), repr(value))


def as_name(name: str) -> str:
    """A label, type or property as Cypher takes it: in backticks when it is more than one plain word."""
    return name if re.fullmatch(r"[^\W\d]\w*", name) else "`" + name.replace("`", "``") + "`"


_ESCAPED = re.compile(r"[\\'\x00-\x1f\x7f]")


def _escape(character: str) -> str:
    return f"\\{character}" if character in "\\'" else f"\\u{ord(character):04X}"
