"""A network as GEXF, the format of Gephi that most programs for networks read."""

from __future__ import annotations

import re
from typing import Any

from kb.export.network.paths import Line, Network
from kb.extras import need


def gexf(network: Network) -> str:
    """The file: nodes with name and kind, an edge for each claim with all that its line says.

    Raises InputError where the extra `plot`, which brings networkx, is absent.
    """
    networkx = need("networkx", "plot")
    graph = networkx.MultiDiGraph()
    for node in network.nodes.values():
        graph.add_node(node.id, label=node.name, kind=node.kind)
    for n, line in enumerate(network.lines):
        graph.add_edge(line.start, line.end, key=n, **_edge(n, line))
    text = "\n".join(networkx.generate_gexf(graph))
    return re.sub(r' lastmodifieddate="[^"]*"', "", text) + "\n"  # the same network gives the same file


def _edge(n: int, line: Line) -> dict[str, Any]:
    return {
        "id": str(n),
        "label": line.says,
        "kind": line.kind,
        "claim": line.claim,
        "date": line.date,
        "status": line.status,
        "alleged": line.alleged,
        "goes_both_ways": not line.directed,  # not the type of the edge: few programs read both in one file
    }
