"""A graph knowledge base of militant alliances."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import py2neo

    from kb.graph import Graph

__version__ = "0.1.0"


def connect() -> Graph:
    """Open the graph: `with kb.connect() as g: g.run("rhetorical_ties_after_schism")`.

    The address is `NEO4J_URI` and its companions, else the embedded server, which is started if none runs.
    Raises kb.errors.Unreachable when no server answers, kb.errors.ServerError when none can be started.
    """
    from kb.graph import Graph

    return Graph.connect()


def to_py2neo(graph: Graph) -> py2neo.Graph:
    """A py2neo Graph for the same server and database, with connections of its own (extra `py2neo`).

    It may write, past `kb loads` and `kb undo`. py2neo 2021.2.4 is the last version there will ever be; this
    program stands on the official driver. Raises kb.errors.InputError without the extra,
    kb.errors.Unreachable when py2neo cannot open the server.
    """
    from kb.errors import Unreachable
    from kb.extras import need

    py2neo = need("py2neo", "py2neo")
    address = graph.address
    auth = (address.username, address.password) if address.password else None
    try:
        return py2neo.Graph(address.uri, auth=auth, name=address.database)
    except (OSError, ValueError, py2neo.errors.ConnectionUnavailable) as error:
        raise Unreachable(f"py2neo cannot open {address.uri}: {error}.", "Use `kb.connect()`.") from error
