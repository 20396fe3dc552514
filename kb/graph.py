"""The connection to Neo4j; nothing else in the package imports the driver.

`Graph.connect()` takes the address from `NEO4J_URI` and its companions, else from the embedded
server. Reads run in READ mode, writes in one managed transaction. Every error of the driver is
translated in one place (`translate`), every value becomes a plain Python value in one place (`plain`).
"""

from __future__ import annotations

import logging
import os
import re
import signal
import threading
import warnings
from asyncio import CancelledError
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, Self, TypeVar

import neo4j.exceptions as driver_errors
from neo4j import (
    READ_ACCESS,
    WRITE_ACCESS,
    Driver,
    GraphDatabase,
    ManagedTransaction,
    Session,
    Transaction,
    unit_of_work,
)
from neo4j.graph import Node, Path, Relationship
from neo4j.spatial import Point
from neo4j.time import Date, DateTime, Duration, Time
from rapidfuzz import process

from kb import __version__, catalog
from kb.errors import (
    CypherError,
    GraphError,
    InputError,
    KbError,
    NotFound,
    Refused,
    TimedOut,
    Unreachable,
    did_you_mean,
)
from kb.guard import PROCEDURES, Operator, Plan, refusal
from kb.table import Table
from kb.typos import explained, remarks

if TYPE_CHECKING:
    import pandas as pd

    from kb.server.address import Address

T = TypeVar("T")
Parameters = Mapping[str, Any] | None

# The driver logs each notification as a warning; we show them as notices instead.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


class Tx:
    """One open write transaction, as `Graph.write` hands it to the caller's work."""

    def __init__(self, tx: ManagedTransaction | Transaction) -> None:
        self._tx = tx

    def run(self, cypher: str, /, **params: Any) -> list[dict[str, Any]]:
        """The rows of one statement as dicts of plain values."""
        return _records(self._tx.run(cypher, params))

    def rows(self, cypher: str, params: Parameters = None) -> list[dict[str, Any]]:
        """The same, called as the reading side of a graph is."""
        return self.run(cypher, **(params or {}))


class Graph:
    """An open connection to one database; use it as a context manager."""

    def __init__(self, driver: Driver, address: Address) -> None:
        self._driver = driver
        self.address = address

    @classmethod
    def connect(cls, address: Address | None = None) -> Self:
        """Open the graph at `address`, else at `NEO4J_URI`, else in the embedded server.

        Raises Unreachable when nobody answers or the password is wrong, GraphError without the database.
        """
        address = address or _address()
        with _translated(address.uri):
            graph = cls(_driver(address), address)
        try:
            graph._verify()
        except BaseException:
            graph.close()
            raise
        return graph

    def _verify(self) -> None:
        try:
            with _translated(self.address.uri, self.address.database):
                # Fails at once; a first statement would be retried for seconds.
                self._driver.verify_connectivity()
        except ValueError as error:  # how the driver says that a host has no address
            raise Unreachable(f"No host at {self.address.uri}.", "Check NEO4J_URI.") from error
        self.rows("RETURN 1 AS one")

    def close(self) -> None:
        """Give the connections back; the server goes on running."""
        self._driver.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def rows(
        self, cypher: str, params: Parameters = None, *, timeout: float | None = None
    ) -> list[dict[str, Any]]:
        """The rows of a read as dicts of plain Python values; `timeout` in seconds."""

        @unit_of_work(timeout=timeout)
        def work(tx: ManagedTransaction) -> list[dict[str, Any]]:
            return _records(tx.run(cypher, dict(params or {})))

        with self._session(READ_ACCESS) as session:
            return session.execute_read(work)

    def table(
        self,
        cypher: str,
        params: Parameters = None,
        *,
        timeout: float | None = None,
        limit: int | None = None,
        notices: bool = False,
    ) -> Table:
        """A read in a transaction that is rolled back, cut after `limit` rows; `timeout` in seconds.

        What the database remarks is there with `notices` only: near names for an unknown one take their time.
        """
        with self._session(READ_ACCESS, notifications="WARNING" if notices else "OFF") as session:
            tx = session.begin_transaction(timeout=timeout)
            table, statuses = _fetched(tx, cypher, params, limit)
            tx.rollback()
        return replace(table, notices=self._notices(statuses)) if notices else table

    def write(self, work: Callable[[Tx], T]) -> T:
        """What `work` returns, done in one managed write transaction: all of it or nothing.

        The driver may call `work` again after a passing failure, so it must not change anything else.
        """
        with self._session(WRITE_ACCESS) as session:
            return session.execute_write(lambda tx: work(Tx(tx)))

    @contextmanager
    def imagined(self, work: Callable[[Tx], None], *, timeout: float | None = None) -> Iterator[Graph]:
        """The graph as `work` would leave it, to be read within the block: nothing is ever committed.

        What `work` touches stays locked for other writers until the end of the block. `timeout`, in
        seconds, is for all of it together. Raises GraphError when `work` fails.
        """
        with self._session(WRITE_ACCESS, notifications="WARNING") as session:
            tx = session.begin_transaction(timeout=timeout)  # in no `with`, which would commit it
            work(Tx(tx))
            yield _Imagined(self._driver, self.address, tx)
            tx.rollback()

    def need_room(self, megabytes: int) -> None:
        """Refuse work that would not fit on the disk, where the server is the embedded one.

        Raises ServerError that says how much is free and how much is needed.
        """
        if not os.environ.get("NEO4J_URI"):
            from kb.server import need_room

            need_room(megabytes)

    def explain(self, cypher: str, params: Parameters = None) -> Plan:
        """What the database would do for this statement; nothing is run."""
        with self._session(READ_ACCESS, lines_before=1) as session:
            tx = session.begin_transaction()
            summary = tx.run(f"EXPLAIN\n{cypher}", dict(params or {})).consume()
            tx.rollback()
        return Plan(summary.query_type or "", tuple(_operators(summary.plan)) if summary.plan else ())

    def guarded(
        self, text: str, params: Parameters = None, *, timeout: float = 30, limit: int | None = None
    ) -> Table:
        """An ad hoc read, after `kb.guard` has seen its plan. Raises Refused, CypherError or TimedOut."""
        try:
            why = refusal(self.explain(text, params))
        except CypherError as error:
            raise self._with_nearest(error) from error
        if why:
            raise Refused(f"The statement was not run: {why}.")
        table = self.table(text, params, timeout=timeout, limit=limit, notices=True)
        return replace(table, notices=[*table.notices, *remarks(text)])

    def _with_nearest(self, error: CypherError) -> CypherError:
        """The error with the nearest function or procedure as its hint, where it is about an unknown one."""
        unknown = _NO_SUCH.search(error.message)
        if not unknown:
            return error
        kind = "FUNCTIONS" if unknown["function"] else "PROCEDURES"
        names = [row["name"] for row in self.rows(f"SHOW {kind} YIELD name")]
        if unknown["procedure"]:
            names = list(filter(PROCEDURES.fullmatch, names))
        return CypherError(error.message, did_you_mean(unknown["function"] or unknown["procedure"], names))

    def answer(self, query: catalog.Query, values: Mapping[str, Any]) -> Table:
        """The rows of a query of the library for values from `Query.bind`.

        The id of an actor that was judged the same as another stands for that one; `notes` say so, and when
        there are as many rows as the parameter `limit` of the query allows.
        Raises NotFound, with the nearest names, when a value should be the id of a record and is not.
        """
        meant: dict[str, Any] = {}
        taken: dict[str, str] = {}
        for param in query.params:
            value = values[param.name]
            if param.type in _RECORDS and value is not None:
                asked = value if param.many else [value]
                found = {identity: self._meant(param.type, identity) for identity in asked}
                taken |= {one: other for one, other in found.items() if one != other}
                meant[param.name] = list(dict.fromkeys(found.values())) if param.many else found[value]
        lines = [
            f"'{one}' was judged the same as '{other}' and counts as it." for one, other in taken.items()
        ]
        table = self.table(query.cypher, {**values, **meant})
        enough = values.get(catalog.LIMIT)
        if enough is not None and len(table.rows) >= enough:
            lines.append(f"There may be more rows: give a limit above {len(table.rows):,}.")
        return replace(table, notes=tuple(lines))

    def run(self, name: str, /, **params: Any) -> pd.DataFrame:
        """The answer to a question of the library, one row for each of its `@row`s.

        `attrs` hold `query`, `parameters` (defaults included, dates as text) and `time` (when, UTC).
        Raises NotFound for an unknown query, parameter or record, InputError for a value of the wrong type.
        """
        query = catalog.find(name)
        values = query.bind(params)
        table = self.answer(query, values)
        for line in table.notes:
            warnings.warn(line, stacklevel=2)
        return _frame(table, query=name, parameters=values)

    def cypher(
        self, text: str, /, *, timeout: float = 30, limit: int | None = None, **params: Any
    ) -> pd.DataFrame:
        """The rows of your own read-only Cypher, with `params` as its `$parameters`; `timeout` in seconds.

        `attrs` as in `run`. What the database remarks (an unknown label) is given as a warning.
        Raises Refused when the statement does more than read the graph, CypherError when it is faulty.
        """
        table = self.guarded(text, params, timeout=timeout, limit=limit)
        for notice in table.notices:
            warnings.warn(notice, stacklevel=2)
        return _frame(table, query=text, parameters=params)

    def _meant(self, kind: str, identity: str) -> str:
        """The id itself when there is such a record, else what it counts as."""
        known = _RECORDS[kind]
        if self.rows(f"{known.match} RETURN count(*) AS found", {"id": identity})[0]["found"]:
            return identity
        if known.counts_as and (rows := self.rows(known.counts_as, {"id": identity})):
            return str(rows[0]["id"])
        listed = {text: row["id"] for row in self.rows(known.listing) for text in row["texts"] if text}
        near = [
            listed[text] for text, _, _ in process.extract(identity, list(listed), score_cutoff=60, limit=6)
        ]
        names = ", ".join(f"'{name}'" for name in list(dict.fromkeys(near))[:3])
        hint = f"Nearest: {names}." if names else "Is a book loaded? Try `kb demo` or `kb load`."
        raise NotFound(f"No {catalog.RECORDS[kind]} '{identity}' in this graph.", hint)

    @contextmanager
    def _session(self, access: str, notifications: str = "OFF", lines_before: int = 0) -> Iterator[Session]:
        with (
            _translated(self.address.uri, self.address.database, lines_before),
            self._driver.session(
                database=self.address.database,
                default_access_mode=access,
                notifications_min_severity=notifications,  # type: ignore[arg-type]
            ) as session,
        ):
            yield session

    def _notices(self, statuses: Sequence[tuple[str, str]]) -> list[str]:
        """One line for each remark of the database, with the nearest name where one was unknown."""
        notices = []
        for status, text in statuses:
            if status in _UNKNOWN:
                notices.append(self._unknown(status, text))
            elif status.startswith(("01N", "03N")):
                notices.append(_one_line(text.removeprefix("warn: ")))
        return list(dict.fromkeys(notices))

    def _unknown(self, status: str, text: str) -> str:
        kind, listing, column = _UNKNOWN[status]
        quoted = re.search(r"`((?:[^`]|``)+)`", text)
        name = quoted[1] if quoted else "?"
        known = {row[column].casefold(): row[column] for row in self.rows(listing)}
        near = known.get(name.casefold())
        hint = f"Did you mean '{near}'?" if near else did_you_mean(name, known.values())
        return f"No {kind} '{name}' in this graph. {hint}".strip()


class _Imagined(Graph):
    """What an open transaction sees: reads go through it, under its time limit, and nothing is written."""

    def __init__(self, driver: Driver, address: Address, tx: Transaction) -> None:
        super().__init__(driver, address)
        self._tx = tx

    def rows(
        self, cypher: str, params: Parameters = None, *, timeout: float | None = None
    ) -> list[dict[str, Any]]:
        with _translated(self.address.uri, self.address.database):
            return _records(self._tx.run(cypher, dict(params or {})))

    def table(
        self,
        cypher: str,
        params: Parameters = None,
        *,
        timeout: float | None = None,
        limit: int | None = None,
        notices: bool = False,
    ) -> Table:
        with _translated(self.address.uri, self.address.database):
            table, statuses = _fetched(self._tx, cypher, params, limit)
        return replace(table, notices=self._notices(statuses)) if notices else table

    def write(self, work: Callable[[Tx], T]) -> T:
        raise Refused("The past cannot be changed.")

    def close(self) -> None:
        """Nothing: the connection belongs to the graph that lent it."""


RETRY_SECONDS = 10  # for a transaction whose connection was lost
_NO_SUCH = re.compile(
    r"Unknown function '(?P<function>[^']+)'|no procedure with the name `(?P<procedure>[^`]+)`"
)

# gql status -> what it is, how the graph lists them, the column of that list
_UNKNOWN = {
    "01N50": ("label", "CALL db.labels()", "label"),
    "01N51": ("relationship type", "CALL db.relationshipTypes()", "relationshipType"),
    "01N52": ("property", "CALL db.propertyKeys()", "propertyKey"),
}


class _Record(NamedTuple):
    """How a kind of record is found by `$id`, how its ids are listed, each with texts that name it, and what
    an id counts as when records were judged the same."""

    match: str
    listing: str
    counts_as: str = ""


_COUNTS_AS = "MATCH (:Duplicate {id: $id})-[:SAME_AS]->(n:Actor) RETURN n.id AS id"
_RECORDS = {
    "actor": _Record(
        "MATCH (n:Actor {id: $id})",
        "MATCH (n:Actor) RETURN n.id AS id, [n.id, n.name] + [(n)<-[:OF]-(m:Name) | m.name] "
        "+ [(n)<-[:SAME_AS]-(d:Duplicate) | d.name] AS texts",
        _COUNTS_AS,
    ),
    "claim": _Record("MATCH (n:Claim {id: $id})", "MATCH (n:Claim) RETURN n.id AS id, [n.id] AS texts"),
    "schism": _Record(
        "MATCH (n:Schism) WHERE n.id = $id OR n.occurrence = $id",
        "MATCH (n:Schism) UNWIND [n.occurrence, n.id] AS id RETURN DISTINCT id, [id] AS texts",
        "MATCH (n:Schism {recorded_occurrence: $id}) RETURN n.occurrence AS id LIMIT 1",
    ),
    "source": _Record(
        "MATCH (n:Source {id: $id})", "MATCH (n:Source) RETURN n.id AS id, [n.id, n.title] AS texts"
    ),
    "record": _Record(
        "MATCH (n:Claim|Name|Search|Actor) WHERE n.id = $id",
        "MATCH (n:Claim|Name|Search|Actor) RETURN n.id AS id, [n.id, n.name] AS texts",
        _COUNTS_AS,
    ),
}


def _frame(table: Table, *, query: str, parameters: Mapping[str, Any]) -> pd.DataFrame:
    frame = table.frame()
    frame.attrs = {
        "query": query,
        "parameters": {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in parameters.items()
        },
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    return frame


def _address() -> Address:
    from kb.server.address import Address

    uri = os.environ.get("NEO4J_URI")
    if not uri:
        from kb.server import ensure

        return ensure()
    return Address(
        uri=uri,
        username=os.environ.get("NEO4J_USERNAME") or "neo4j",
        password=os.environ.get("NEO4J_PASSWORD") or "",
        database=os.environ.get("NEO4J_DATABASE") or "neo4j",
    )


def _driver(address: Address) -> Driver:
    if not re.match(r"(bolt|neo4j)(\+s|\+ssc)?://", address.uri):
        raise InputError(
            f"'{address.uri}' is no address of a Neo4j.",
            "Set NEO4J_URI to bolt://host:port or neo4j://host:port.",
        )
    return GraphDatabase.driver(
        address.uri,
        auth=(address.username, address.password) if address.password else None,
        user_agent=f"alliance-kb/{__version__}",
        connection_timeout=10,
        connection_acquisition_timeout=15,
        max_transaction_retry_time=RETRY_SECONDS,
        telemetry_disabled=True,
        notifications_min_severity="OFF",
    )


def plain(value: Any) -> Any:
    """A value of the driver as plain Python: nodes are dicts with `_labels`, relationships with `_type`,
    paths lists of both in turn, points lists of numbers, durations ISO text."""
    if type(value) in _PLAIN:  # nearly every value; the patterns below take ten times as long
        return value
    if type(value) is list:
        return _plain_list(value)
    match value:
        case dict():
            return _plain_map(value)
        case Date() | DateTime() | Time():
            return value.to_native()
        case Duration():
            return value.iso_format()
        case Node():
            return {"_labels": sorted(value.labels), **_plain_map(value)}
        case Relationship():
            return {"_type": value.type, **_plain_map(value)}
        case Path():
            ends = [plain(node) for node in value.nodes]
            steps = [plain(step) for step in value.relationships]
            return [ends[0], *(part for pair in zip(steps, ends[1:], strict=True) for part in pair)]
        case Point():
            return list(value)
    return value


_PLAIN = frozenset({str, int, float, bool, bytes, type(None)})


def _plain_list(values: Iterable[Any]) -> list[Any]:
    return [value if type(value) in _PLAIN else plain(value) for value in values]


def _plain_map(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value if type(value) in _PLAIN else plain(value) for key, value in values.items()}


def _records(result: Any) -> list[dict[str, Any]]:
    return [_plain_map(record) for record in result]


def _fetched(
    tx: Transaction, cypher: str, params: Parameters, limit: int | None
) -> tuple[Table, list[tuple[str, str]]]:
    """The rows of a statement, all of them or `limit`, and the (gql status, text) that came with them."""
    result = tx.run(cypher, dict(params or {}))
    columns = list(result.keys())
    found = result.fetch(limit + 1) if limit is not None else list(result)
    rows = [_plain_list(record.values()) for record in found[:limit]]
    statuses = [(s.gql_status, s.status_description) for s in result.consume().gql_status_objects]
    return Table(columns, rows, [], cut=len(found) > len(rows)), statuses


def _operators(plan: Mapping[str, Any], depth: int = 0) -> Iterator[Operator]:
    name = str(plan["operatorType"]).partition("@")[0]
    args = plan.get("args", {})
    yield Operator(name, str(args.get("Details", "")), depth, args.get("EstimatedRows"))
    for child in plan.get("children", ()):
        yield from _operators(child, depth + 1)


class _Interrupted(KeyboardInterrupt, CancelledError):
    """Ctrl-C in the one form in which the driver obeys it at once.

    After a plain KeyboardInterrupt it waits until the statement has ended, or goes on with half a
    conversation; for a cancellation it drops the connection, and that stops the statement on the server.
    """


def _interrupt(*_: object) -> None:
    raise _Interrupted


@contextmanager
def _dropped_when_interrupted() -> Iterator[None]:
    """Make Ctrl-C drop the connection, where nobody else has a say in what Ctrl-C does."""
    ours = threading.current_thread() is threading.main_thread()
    if not ours or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    signal.signal(signal.SIGINT, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@contextmanager
def _translated(uri: str, database: str = "", lines_before: int = 0) -> Iterator[None]:
    try:
        with _dropped_when_interrupted():
            yield
    except (driver_errors.Neo4jError, driver_errors.DriverError) as error:
        if _was_interrupted(error):
            raise KeyboardInterrupt from None
        raise translate(error, uri, database, lines_before) from error


def _was_interrupted(error: BaseException | None) -> bool:
    """Whether Ctrl-C is what an error of the driver comes from: it may fail while it gives up."""
    while error is not None:
        if isinstance(error, KeyboardInterrupt | CancelledError):
            return True
        error = error.__context__
    return False


def translate(error: Exception, uri: str, database: str = "", lines_before: int = 0) -> KbError:
    """The error of ours for one of the driver; `lines_before` were put in front of the user's statement."""
    if isinstance(error, driver_errors.Neo4jError):
        return _from_server(error, uri, database, lines_before)
    if isinstance(error, driver_errors.ServiceUnavailable | driver_errors.SessionExpired):
        return Unreachable(
            f"No Neo4j answers at {uri}.", "Is it running? See `kb server status`, or check NEO4J_URI."
        )
    if isinstance(error, driver_errors.ConfigurationError):
        return InputError(f"Cannot use the address in NEO4J_URI: {_one_line(error.message or str(error))}.")
    if isinstance(error, driver_errors.BrokenRecordError):
        return GraphError(
            "A value of the answer cannot be read: a year beyond 9999, perhaps.", "Return it as text."
        )
    return GraphError(f"The connection to {uri} failed: {_one_line(str(error))}.")


def _from_server(error: driver_errors.Neo4jError, uri: str, database: str, lines_before: int) -> KbError:
    code = (error.code or "").removeprefix("Neo.")
    message = error.message or str(error)
    match code.split("."):
        case ["ClientError", "Security", *_]:
            return Unreachable(
                f"{uri} refuses the user name or password.", "Check NEO4J_USERNAME and NEO4J_PASSWORD."
            )
        case ["ClientError", "Database", "DatabaseNotFound"]:
            return GraphError(f"No database '{database}' at {uri}.", "Check NEO4J_DATABASE.")
        case ["TransientError", "General" | "Database", "DatabaseUnavailable"]:
            return Unreachable(f"The database '{database}' at {uri} is not ready.", "Try again in a moment.")
        case ["ClientError", "Transaction", kind] if kind.startswith("TransactionTimedOut"):
            return TimedOut(
                "The statement ran out of time and was stopped.", "Narrow it, or raise its --timeout."
            )
        case ["ClientError", "Statement", "AccessMode"]:
            return Refused(
                "The statement writes, and only reads are allowed here.", "Use `kb load` to change the graph."
            )
        case ["ClientError", "Schema", "ConstraintValidationFailed"]:
            return GraphError(f"The graph refuses the change: {_one_line(message)}.")
        case ["TransientError", "General", "MemoryPoolOutOfMemoryError"]:
            return GraphError(
                "The statement needs more memory than the server allows.", "Narrow it, or add a LIMIT."
            )
        case ["ClientError", "Statement", "ParameterMissing"]:
            return CypherError(f"{_one_line(message)}.", "Give each as -p name=value.")
        case ["ClientError", *_]:
            return CypherError(*explained(_with_position(message, lines_before)))
    return GraphError(f"Neo4j failed ({code}): {_one_line(message)}.", _embedded_trouble())


def _embedded_trouble() -> str:
    """What log and disk of the embedded server tell of its failure, such as a full disk."""
    if os.environ.get("NEO4J_URI"):
        return ""
    from kb.server import trouble

    return trouble() or ""


def _with_position(message: str, lines_before: int) -> str:
    """`Line 1, column 10: …` from a message that ends in a position, the statement and a caret."""
    place = re.search(r"\s*\(line (\d+), column (\d+) \(offset: \d+\)\)", message)
    if not place or int(place[1]) <= lines_before:  # it is about no place in the statement
        return f"Neo4j rejects the statement: {_one_line(message[: place.start()] if place else message)}."
    line = int(place[1]) - lines_before
    return f"Line {line}, column {place[2]} of the statement: {_one_line(message[: place.start()])}."


def _one_line(text: str) -> str:
    return " ".join(text.split()).rstrip(".")
