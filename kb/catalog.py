"""The query library: files that run as they are in any Neo4j tool, each described by its own header.

A header is the `//` lines at the top of `cypher/queries/<topic>/<name>.cypher`::

    // Names an actor bore on a day
    //
    // The question in words, over as many lines as it takes.
    //
    // @param actor actor: no default, so it must be given
    // @param on date = 2014-06-29: a default; `null` for none
    // @param class class[] = null: `[]` takes several values
    // @param limit integer = 500: so named, it makes an answer of so many rows say that there may be more
    // @row name: what the column means, one line for each column, in the order returned
    // @key name                     columns that tell two rows apart
    // @group hub                    the column whose values head the sections of a table
    // @show name, valid             columns by importance, when not all fit the terminal
    // @allow Eager: reason          a plan operator that the gate of the tests would refuse
    // @empty reason                 a finished graph has no rows here; `kb audit` says so
    // @example actor = boko-haram   one line for each parameter of the example

A line indented by more than one space goes on from the line above. The catalog checks that what is
declared is used and what is returned is declared; every message names file and line.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from kb.errors import InputError, NotFound, did_you_mean
from kb.paths import resource

LIMIT = "limit"  # the parameter that says how many rows are enough: an answer that has them says so
_RETURN_SIGNS = r"[\[({]|[\])}]|,|\b(?:ORDER\s+BY|SKIP|LIMIT|OFFSET|UNION)\b|;|$"
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_TAG = re.compile(r"@(\w+)\s*(.*)")
_PARAM = re.compile(r"(\w+) ([a-z_]+(?:\[\])?)(?: = (.*?))?: (.+)")
_PAIR = re.compile(r"(\w+): (.+)")
_EXAMPLE = re.compile(r"(\w+) = (.+)")


@dataclass(frozen=True, slots=True)
class Param:
    """One `$parameter`: `type` without `[]`, `many` when it takes a list, `default` already converted."""

    name: str
    type: str
    many: bool
    required: bool
    default: Any
    meaning: str

    @property
    def option(self) -> str:
        """How the command line spells it."""
        return "--" + self.name.replace("_", "-")

    @property
    def kind(self) -> str:
        """The type as the header writes it."""
        return self.type + "[]" * self.many


@dataclass(frozen=True, slots=True)
class Query:
    """One file of the library. `columns` maps each column to its meaning, in the order returned."""

    name: str
    topic: str
    path: Path
    title: str
    question: str
    params: tuple[Param, ...]
    columns: Mapping[str, str]
    key: tuple[str, ...]
    show: tuple[str, ...]
    group: str | None
    allow: Mapping[str, str]
    empty: str
    example: Mapping[str, Any]
    cypher: str

    def param(self, name: str) -> Param:
        """The parameter of that name. Raises NotFound with the nearest name."""
        for param in self.params:
            if param.name == name:
                return param
        known = [p.name for p in self.params]
        hint = did_you_mean(name, known) or f"It has: {', '.join(known) or 'none'}."
        raise NotFound(f"The query {self.name} has no parameter '{name}'.", hint)

    def bind(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Every parameter with its value: the given ones converted, the others by default.

        Raises NotFound for an unknown name, InputError for a missing value or one of the wrong type.
        """
        values = {name: convert(self.param(name), value) for name, value in given.items()}
        for param in self.params:
            if param.name not in values and param.required:
                hint = f"See `kb query {self.name} --help`."
                raise InputError(f"The query {self.name} needs {param.option}: {param.meaning}.", hint)
            values.setdefault(param.name, param.default)
        if values.get(LIMIT) is not None and values[LIMIT] < 1:
            raise InputError(f"--{LIMIT} takes a number of rows, not '{values[LIMIT]}'.", "Give 1 or more.")
        return {param.name: values[param.name] for param in self.params}


# --- values -----------------------------------------------------------------------------------------------


def _whole(text: str) -> int:
    if not re.fullmatch(r"[+-]?\d+", text):
        raise ValueError
    return int(text)


def _day(text: str) -> date:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        raise ValueError
    return date.fromisoformat(text)


def _flag(text: str) -> bool:
    return {"true": True, "yes": True, "false": False, "no": False}[text.lower()]


# type -> how it is read from text, how a message names it
PLAIN: dict[str, tuple[Callable[[str], Any], str]] = {
    "text": (str, "text"),
    "integer": (_whole, "a whole number"),
    "number": (float, "a number"),
    "date": (_day, "a day as YYYY-MM-DD"),
    "flag": (_flag, "true or false"),
}
_PYTHON: dict[str, type | tuple[type, ...]] = {
    "integer": int,
    "number": (int, float),
    "date": date,
    "flag": bool,
}

# options of `kb query NAME` that no parameter may be called
RESERVED = (
    *("format", "out", "force", "example", "as_of", "help"),
    *("show", "explain", "robust", "graph", "queries"),
)

# type -> what the id names; kb.graph looks it up before the query runs
RECORDS = {
    "actor": "actor",
    "claim": "claim",
    "schism": "schism",
    "source": "source",
    "record": "claim, name, search or actor",
}


# type -> the code list that holds its values, read when one is checked
CODES = {
    "class": ("kb.ties", "CLASSES"),
    "act": ("kb.model", "ACTS"),
    "support_type": ("kb.model", "SUPPORT_TYPES"),
    "scope": ("kb.model", "SCOPES"),
    "stage": ("kb.model", "STAGES"),
    "arrangement_type": ("kb.model", "ARRANGEMENT_TYPES"),
}


def code_values(kind: str) -> tuple[str, ...]:
    """The values of a parameter type that is a code list."""
    module, name = CODES[kind]
    return tuple(getattr(import_module(module), name))


def convert(param: Param, value: Any) -> Any:
    """A value from Python or from the command line as the query takes it. Raises InputError."""
    if value is None:
        return None
    if not param.many:
        return _convert_one(param, value)
    values = value if isinstance(value, Iterable) and not isinstance(value, str) else [value]
    parts = [part for item in values for part in (_split(item) if isinstance(item, str) else [item])]
    return [_convert_one(param, part) for part in parts] or None


def _split(text: str) -> list[str]:
    """The values that `;` separates, as in the cells of a book."""
    return [part for raw in text.split(";") if (part := raw.strip())]


def _convert_one(param: Param, value: Any) -> Any:
    if isinstance(value, datetime):
        value = value.date()
    typed = _PYTHON.get(param.type)
    if typed and isinstance(value, typed) and (param.type == "flag") == isinstance(value, bool):
        return value
    if not isinstance(value, str):
        raise _wrong_type(param, value)
    if param.type in CODES:
        return _code(param, value)
    if param.type in RECORDS:
        return value.strip()
    read = PLAIN[param.type][0]
    try:
        return read(value)
    except (ValueError, KeyError):
        raise _wrong_type(param, value) from None


def _code(param: Param, value: str) -> str:
    known = code_values(param.type)
    if value not in known:
        hint = did_you_mean(value, known) or f"Known values: {'; '.join(known)}."
        raise InputError(f"{param.option} has no value '{value}'.", hint)
    return value


def _wrong_type(param: Param, value: Any) -> InputError:
    wanted = PLAIN[param.type][1] if param.type in PLAIN else f"text ({param.type})"
    return InputError(f"{param.option} takes {wanted}, not '{value}'.")


# --- files ------------------------------------------------------------------------------------------------


def library() -> dict[str, Query]:
    """Every query that ships with the program or lies in the folder `KB_QUERIES`, by name.

    Raises InputError for a faulty header, for a name used twice, and when the folder is not there.
    """
    return _library(folders())


def folders() -> tuple[Path, ...]:
    """Where queries are looked for: the library of the program, and the user's own folder if one is named."""
    own = os.environ.get("KB_QUERIES")
    if own and not Path(own).is_dir():
        raise InputError(f"No folder {own} of queries.", "Check --queries or KB_QUERIES.")
    return (resource("cypher") / "queries", *([Path(own).resolve()] if own else []))


@cache
def _library(places: tuple[Path, ...]) -> dict[str, Query]:
    return _named(query for folder in places for query in read_folder(folder).values())


def _named(queries: Iterable[Query]) -> dict[str, Query]:
    found: dict[str, Query] = {}
    for query in queries:
        if query.name in found:
            raise InputError(
                f"{_label(query.path)}:1: the name is taken by {_label(found[query.name].path)}."
            )
        found[query.name] = query
    return found


def find(name: str) -> Query:
    """The query of that name; no other file is read. Raises NotFound with the nearest name."""
    return _find(name, folders())


@cache
def _find(name: str, places: tuple[Path, ...]) -> Query:
    if _NAME.fullmatch(name):
        paths = [path for folder in places for path in sorted(folder.rglob(f"{name}.cypher"))]
        if paths:
            return _named(map(read_query, paths))[name]
    raise NotFound(f"No query named '{name}'.", did_you_mean(name, library()) or "See `kb queries`.")


def search(word: str) -> dict[str, Query]:
    """The queries whose name, title, topic or question has this word or part of a word, in any case."""
    wanted = word.casefold()
    return {
        name: query
        for name, query in library().items()
        if wanted in f"{name} {query.title} {query.topic} {query.question}".casefold()
    }


def read_folder(folder: Path) -> dict[str, Query]:
    """Every query under `folder`, by name. Raises InputError for a faulty header or a name used twice."""
    return _named(read_query(path) for path in sorted(folder.rglob("*.cypher")))


def read_query(path: Path) -> Query:
    """The query in one file. Raises InputError that lists every fault with file and line."""
    text = path.read_text(encoding="utf-8")
    header = _Header()
    for line, entry in _entries(text):
        header.take(line, entry)
    body = _Body(text)
    faults = header.faults + list(_disagreements(header, body))
    if not _NAME.fullmatch(path.stem):
        faults.append((1, f"'{path.stem}' cannot name a query; use small letters, digits and underscores"))
    if faults:
        raise InputError("; ".join(f"{_label(path)}:{line}: {what}" for line, what in sorted(faults)) + ".")
    return Query(
        name=path.stem,
        topic=path.parent.name,
        path=path,
        title=header.title,
        question=" ".join(header.question),
        params=tuple(header.params.values()),
        columns=header.columns,
        key=tuple(header.key),
        show=tuple(header.show or header.columns),
        group=header.group[0] if header.group else None,
        allow=header.allow,
        empty=header.empty,
        example=header.example,
        cypher=text,
    )


def _label(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _entries(text: str) -> Iterator[tuple[int, str]]:
    """The comment lines at the top with their numbers; a line indented further joins the one above."""
    entries: list[tuple[int, str]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("//"):
            break
        content = line[2:]
        if content.startswith("  ") and entries and entries[-1][1]:
            above, start = entries[-1]
            entries[-1] = (above, f"{start} {content.strip()}")
        else:
            entries.append((number, content.strip()))
    return iter(entries)


Place = tuple[int, str]


@dataclass
class _Header:
    """What the header declares, filled line by line; faults are kept, not raised."""

    title: str = ""
    question: list[str] = field(default_factory=list)
    params: dict[str, Param] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    key: list[str] = field(default_factory=list)
    show: list[str] = field(default_factory=list)
    group: list[str] = field(default_factory=list)
    allow: dict[str, str] = field(default_factory=dict)
    empty: str = ""
    example: dict[str, Any] = field(default_factory=dict)
    lines: dict[tuple[str, str], int] = field(default_factory=dict)
    faults: list[Place] = field(default_factory=list)

    def take(self, line: int, entry: str) -> None:
        tag = _TAG.fullmatch(entry)
        if tag:
            self._take_tag(line, tag[1], tag[2].strip())
        elif not self.title:
            self.title = entry
        elif entry:
            self.question.append(entry)

    def _take_tag(self, line: int, tag: str, rest: str) -> None:
        takers: dict[str, Callable[[int, str], None]] = {
            "param": self._param,
            "row": self._row,
            "key": lambda at, text: self._columns(at, "key", self.key, text),
            "group": lambda at, text: self._columns(at, "group", self.group, text),
            "show": lambda at, text: self._columns(at, "show", self.show, text),
            "allow": self._allow,
            "empty": self._empty,
            "example": self._example,
        }
        if tag not in takers:
            self.faults.append((line, f"no tag '@{tag}'. {did_you_mean(tag, takers)}".strip()))
            return
        takers[tag](line, rest)

    def _param(self, line: int, rest: str) -> None:
        match = _PARAM.fullmatch(rest)
        if not match:
            self.faults.append((line, "write '@param name type = default: meaning'"))
            return
        name, kind, default, meaning = match.groups()
        if name in self.params:
            self.faults.append((line, f"parameter '{name}' is declared twice"))
            return
        plain = kind.removesuffix("[]")
        known = [*PLAIN, *RECORDS, *CODES]
        if plain not in known:
            self.faults.append((line, f"no type '{plain}'. {did_you_mean(plain, known)}".strip()))
            return
        if name == LIMIT and kind != "integer":
            self.faults.append((line, f"the parameter '{LIMIT}' says how many rows: it is an integer"))
            return
        param = Param(name, plain, kind.endswith("[]"), default is None, None, meaning)
        self.lines["param", name] = line
        self.params[name] = param
        if default not in (None, "null"):
            value = self._value(line, param, default)
            self.params[name] = Param(name, plain, param.many, False, value, meaning)

    def _value(self, line: int, param: Param, text: str) -> Any:
        try:
            return convert(param, text.strip('"'))
        except InputError as error:
            self.faults.append((line, error.message.rstrip(".")))
            return None

    def _row(self, line: int, rest: str) -> None:
        match = _PAIR.fullmatch(rest)
        if not match:
            self.faults.append((line, "write '@row column: meaning'"))
        elif match[1] in self.columns:
            self.faults.append((line, f"column '{match[1]}' is declared twice"))
        else:
            self.columns[match[1]] = match[2]
            self.lines["row", match[1]] = line

    def _columns(self, line: int, tag: str, into: list[str], rest: str) -> None:
        into.extend(part.strip() for part in rest.split(","))
        self.lines[tag, ""] = line

    def _allow(self, line: int, rest: str) -> None:
        match = _PAIR.fullmatch(rest)
        if match:
            self.allow[match[1]] = match[2]
        else:
            self.faults.append((line, "write '@allow Operator: reason'"))

    def _empty(self, line: int, rest: str) -> None:
        self.empty = rest
        if not rest:
            self.faults.append((line, "write '@empty reason'"))

    def _example(self, line: int, rest: str) -> None:
        match = _EXAMPLE.fullmatch(rest)
        if not match:
            self.faults.append((line, "write '@example name = value'"))
        elif match[1] not in self.params:
            self.faults.append((line, f"the example names '{match[1]}', which is no parameter"))
        else:
            self.example[match[1]] = self._value(line, self.params[match[1]], match[2])


class _Body:
    """What the statement uses and returns, each with its line; comments and strings do not count."""

    def __init__(self, text: str) -> None:
        self.code = code_only(text)
        self.used = {
            match[1]: self._line(match.start())
            for match in reversed(list(re.finditer(r"\$(\w+)", self.code)))
        }
        self.returned = dict(self._returned())

    def _line(self, offset: int) -> int:
        return self.code.count("\n", 0, offset) + 1

    def _returned(self) -> Iterator[tuple[str, int]]:
        for offset, item in _last_return(self.code):
            name = re.search(r"(?:\bAS\s+|^)(`[^`]+`|\w+)$", item.strip(), re.IGNORECASE)
            line = self._line(offset + len(item) - len(item.lstrip()))
            yield (name[1].strip("`") if name else f"({' '.join(item.split())})", line)


def code_only(text: str) -> str:
    """The statement with comments and the inside of strings blanked, every offset and line kept."""

    def blank(match: re.Match[str]) -> str:
        return re.sub(r"[^\n]", " ", match[0])

    return re.sub(r"//[^\n]*|/\*.*?\*/|'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"", blank, text, flags=re.DOTALL)


def _last_return(code: str) -> Iterator[tuple[int, str]]:
    """The items of the last RETURN outside of braces and brackets, each with its offset."""
    depth, starts = 0, []
    for match in re.finditer(r"[\[({]|[\])}]|\bRETURN\b(?:\s+DISTINCT\b)?", code, re.IGNORECASE):
        if match[0] in "[({":
            depth += 1
        elif match[0] in "])}":
            depth -= 1
        elif depth == 0:
            starts.append(match.end())
    if not starts:
        return
    first = begin = starts[-1]
    for match in re.finditer(_RETURN_SIGNS, code[first:], re.IGNORECASE):
        depth += (match[0] in ("[", "(", "{")) - (match[0] in ("]", ")", "}"))
        if depth == 0 and match[0] not in ("]", ")", "}"):
            yield begin, code[begin : first + match.start()]
            begin = first + match.end()
            if match[0] != ",":
                return


def _disagreements(header: _Header, body: _Body) -> Iterator[Place]:
    """Where declarations and statement differ, in both directions."""
    if not header.title:
        yield 1, "the first line must be a comment with the title"
    if not header.question:
        yield 1, "the header does not put the question in words"
    yield from _params_differ(header, body)
    yield from _columns_differ(header, body)
    yield from _unknown_columns(header)


def _params_differ(header: _Header, body: _Body) -> Iterator[Place]:
    for name, line in body.used.items():
        if name not in header.params:
            yield line, f"${name} is used and not declared with @param"
    for name, param in header.params.items():
        line = header.lines["param", name]
        if name not in body.used:
            yield line, f"parameter '{name}' is declared and not used"
        if name in RESERVED:
            yield line, f"parameter '{name}' would hide an option of the command line"
        if param.required and name not in header.example:
            yield line, f"no @example gives the required parameter '{name}'"


def _columns_differ(header: _Header, body: _Body) -> Iterator[Place]:
    for name, line in body.returned.items():
        if name not in header.columns:
            yield line, f"column '{name}' is returned and not declared with @row"
    for name in header.columns.keys() - body.returned.keys():
        yield header.lines["row", name], f"column '{name}' is declared and not returned"
    if header.columns.keys() == body.returned.keys() and list(header.columns) != list(body.returned):
        yield next(iter(body.returned.values())), "columns are not declared in the order returned"


def _unknown_columns(header: _Header) -> Iterator[Place]:
    if not header.key:
        yield 1, "no @key names the columns that tell rows apart"
    for tag, names in (("key", header.key), ("show", header.show), ("group", header.group)):
        for name in names:
            if name not in header.columns:
                yield header.lines[tag, ""], f"@{tag} names '{name}', which is no column"


# --- documentation ----------------------------------------------------------------------------------------


def reference(queries: Mapping[str, Query]) -> str:
    """The Markdown reference of the library, made from the headers."""
    parts = [_HEAD]
    topic = ""
    for query in sorted(queries.values(), key=lambda q: (q.topic, q.name)):
        if query.topic != topic:
            topic = query.topic
            parts.append(f"## {topic}\n")
        parts.append(_section(query))
    return "\n".join(parts)


_HEAD = """\
# The query library

<!-- Generated from the headers of the files in queries/: do not edit, run `pytest --write-docs`. -->

Each question is one file of plain Cypher that runs as it is: with `kb query NAME`, from Python with
`graph.run("NAME")`, or pasted into Neo4j Browser after its `:params` line. `kb queries` lists them.
"""


def _section(query: Query) -> str:
    lines = [f"### {query.name}", "", f"**{query.title}.** {query.question}", ""]
    if query.params:
        lines += ["| parameter | type | default | meaning |", "| --- | --- | --- | --- |"]
        lines += [_row("`" + p.name + "`", p.kind, _default(p), p.meaning) for p in query.params] + [""]
    lines += ["| column | meaning |", "| --- | --- |"]
    lines += [_row(f"`{name}`", meaning) for name, meaning in query.columns.items()] + [""]
    lines += ["```", f"kb query {query.name} --example"]
    if query.params:
        values = query.bind(query.example)
        lines.append(":params {" + ", ".join(f"{n}: {_literal(v)}" for n, v in values.items()) + "}")
    file = f"queries/{query.topic}/{query.path.name}"
    lines += ["```", f"[{file}]({file})", ""]
    return "\n".join(lines)


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _default(param: Param) -> str:
    if param.required:
        return "must be given"
    return "none" if param.default is None else f"`{_literal(param.default)}`"


def _literal(value: Any) -> str:
    """A value as Cypher writes it."""
    if value is None:
        return "null"
    if isinstance(value, list):
        return "[" + ", ".join(map(_literal, value)) + "]"
    if isinstance(value, date):
        return f"date('{value.isoformat()}')"
    if isinstance(value, str):
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
    return str(value).lower() if isinstance(value, bool) else str(value)
