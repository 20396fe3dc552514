"""A graph knowledge base of militant alliances."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.graph import Graph

__version__ = "0.1.0"


def connect() -> Graph:
    """Open the graph: `with kb.connect() as g: g.run("rhetorical_ties_after_schism")`.

    The address is `NEO4J_URI` and its companions, else the embedded server, which is started if none runs.
    Raises kb.errors.Unreachable when no server answers, kb.errors.ServerError when none can be started.
    """
    from kb.graph import Graph

    return Graph.connect()
