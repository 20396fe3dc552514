"""What the shell does with a statement or a command, wherever the text comes from."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kb import catalog
from kb.cli.cypher import report
from kb.cli.options import emit, say
from kb.errors import InputError, NotFound, Unreachable, did_you_mean
from kb.literals import literal
from kb.paths import refuse_existing
from kb.table import Table
from kb.tokens import parameters, says_something

if TYPE_CHECKING:
    from kb.graph import Graph

HELP = """\
Type a statement of Cypher that reads. It ends with ; or an empty line, or with
Alt-Enter. Tab completes labels, relationship types, properties and functions.
Ctrl-C stops a statement that runs, or throws away what is typed.

  :schema [NAME]           labels and relationship types with their properties
  :queries [WORD]          questions of the query library
  :query NAME p=value …    ask one of them
  :param NAME => VALUE     give $NAME the value of an expression (text, number,
                           day, list, map); :param {a: 1, b: 'x'} gives several
  :params                  show them
  :export FILE [--force]   write the last rows to a .csv, .json or .jsonl file
  :help                    this text
  :quit                    leave (also Ctrl-D)
"""
_WHOLE = ":export FILE"
_LOST = re.compile(r"DURATION|POINT|NODE|RELATIONSHIP|PATH")
"""The types of values that a row gives in another form (`kb.graph.plain`)."""


class Quit(Exception):
    """The reader wants to leave."""


class Session:
    """A connection that is opened again when it broke, the parameters, and the last rows.

    `limit` and `timeout` (seconds) hold for every statement.
    """

    def __init__(self, limit: int, timeout: float) -> None:
        self.limit = limit
        self.timeout = timeout
        self.params: dict[str, Any] = {}
        self.last: Table | None = None
        self._graph: Graph | None = None
        self._commands: dict[str, Callable[[str], None]] = {
            ":help": self._help,
            ":schema": self._schema,
            ":queries": self._queries,
            ":query": self._query,
            ":param": self._param,
            ":params": self._param,
            ":export": self._export,
            ":quit": self._quit,
        }

    @property
    def graph(self) -> Graph:
        """The open graph; it is opened when it is not, and raises what `Graph.connect` raises."""
        from kb.graph import Graph

        if self._graph is None:
            self._graph = Graph.connect()
        return self._graph

    @property
    def commands(self) -> list[str]:
        """The commands that begin with `:`."""
        return list(self._commands)

    def close(self) -> None:
        """Give the connection back."""
        if self._graph:
            self._graph.close()
        self._graph = None

    def take(self, text: str) -> None:
        """Do what one statement or command says, and print what comes of it.

        Raises Quit for `:quit`, KbError for what cannot be done; the next text can be taken all the same.
        """
        text = text.strip()
        _refuse_broken(text)
        try:
            if text.startswith(":"):
                self._command(text.removesuffix(";"))
            elif says_something(text):
                self._statement(text)
        except Unreachable:
            self.close()  # the next statement tries again
            raise

    def _statement(self, text: str) -> None:
        self._need(text)
        self.last = self.graph.guarded(text, self.params, timeout=self.timeout, limit=self.limit)
        report(self.last, self.limit, whole=_WHOLE)

    def _need(self, text: str) -> None:
        missing = [f"${name}" for name in parameters(text) if name not in self.params]
        if missing:
            raise InputError(
                f"No value for {', '.join(missing)}.", f"Give one: :param {missing[0][1:]} => 'text'."
            )

    def _command(self, line: str) -> None:
        name, _, rest = line.partition(" ")
        name = {":exit": ":quit", ":q": ":quit"}.get(name, name)
        if name not in self._commands:
            near = did_you_mean(name, self._commands)
            raise NotFound(f"No command '{name}'.", near or "See :help.")
        self._commands[name](rest.strip())

    def _help(self, _: str) -> None:
        click.echo(HELP, nl=False)

    def _quit(self, _: str) -> None:
        raise Quit

    def _queries(self, words: str) -> None:
        from kb.cli.query import list_queries

        list_queries(words)
        say("Ask one with :query NAME; each p=value gives a parameter.")

    def _query(self, words: str) -> None:
        from kb.cli.query import print_answer

        name, *pairs = _words(words)
        question = catalog.find(name)
        values = question.bind(dict(map(_pair, pairs)))
        self.last = self.graph.answer(question, values)
        print_answer(self.last, question, values, whole=_WHOLE)

    def _param(self, text: str) -> None:
        if not text:
            for name, value in sorted(self.params.items()):
                click.echo(f"{name} => {literal(value)}")
            return
        if text.startswith("{"):
            self.params |= self._several(text)
            return
        name, arrow, value = text.partition("=>")
        if not arrow:
            raise InputError(f"'{text}' gives no parameter a value.", "Write :param name => value.")
        if not says_something(value):
            raise InputError(f"'{name.strip()}' is given no value.", "Write :param name => value.")
        if not re.fullmatch(r"\s*\w+\s*", name):
            raise InputError(f"'{name.strip()}' cannot name a parameter.", "Write :param name => value.")
        self.params[name.strip()] = self._value(value)

    def _several(self, text: str) -> dict[str, Any]:
        values = self._value(text)
        if not isinstance(values, dict):
            raise InputError(f"'{text}' is no map of parameters.", "Write :param {name: value}.")
        for name in values:
            self._refuse_lost(f"({text}\n)[{literal(name)}]")
        return values

    def _value(self, expression: str) -> Any:
        """What an expression is worth; it passes the guard as any statement does."""
        self._need(expression)
        table = self.graph.guarded(
            f"RETURN {expression}\nAS value", self.params, timeout=self.timeout, limit=2
        )
        if table.columns != ["value"] or len(table.rows) != 1:
            raise InputError("A parameter takes one value.", "Write :param name => value.")
        self._refuse_lost(expression)
        return table.rows[0][0]

    def _refuse_lost(self, expression: str) -> None:
        """Raises InputError for a value that would come back as something else, a duration as text."""
        table = self.graph.guarded(
            f"RETURN valueType({expression}\n) AS type", self.params, timeout=self.timeout, limit=1
        )
        if lost := _LOST.search(table.rows[0][0]):
            kind = lost[0].lower()
            raise InputError(f"A {kind} cannot be kept as a parameter.", "Write it in the statement itself.")

    def _export(self, words: str) -> None:
        if self.last is None:
            raise InputError("There are no rows to write yet.", "Run a statement first.")
        names = _words(words)
        force = "--force" in names
        file, *more = [name for name in names if name != "--force"] or [""]
        if not file or more:
            raise InputError("Name one file.", "Write :export rows.csv, or .json, or .jsonl.")
        path = _path(file)
        refuse_existing(path, force)
        emit(self.last, None, path)
        if self.last.cut:
            say(f"These are the first {self.limit} rows only: see kb shell --limit.")

    def _schema(self, name: str) -> None:
        from kb.schema import read
        from kb.schema.text import text

        found = read(self.graph)
        click.echo(text(found.only(name) if name else found), nl=False)


def _refuse_broken(text: str) -> None:
    """Raises InputError for bytes that a terminal of another encoding sent."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InputError("This is not UTF-8 text.", "Set the terminal to UTF-8.") from error


def _path(file: str) -> Path:
    try:
        path = Path(file).expanduser()
    except RuntimeError as error:
        raise InputError(f"{file} names a person without a home folder.", "Name another file.") from error
    if path.is_dir():
        raise InputError(f"{file} is a folder.", "Name a file, such as rows.csv.")
    return path


def _words(text: str) -> list[str]:
    try:
        return shlex.split(text) or [""]
    except ValueError as error:
        raise InputError(f"A quotation mark is missing in: {text}") from error


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise InputError(f"'{text}' gives no parameter a value.", "Write name=value.")
    return name.replace("-", "_").lstrip("_"), value
