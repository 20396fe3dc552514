"""Where the nodes of a network stand: in columns, the way the paths go, from left to right.

First layers, then an order within each in which neighbours lie near each other, by the mean of their places
(Sugiyama, Tagawa and Toda 1981). The same network always gives the same places.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import fmean

from kb.export.network.paths import Network

_SWEEPS = 4  # more change little


def columns(network: Network) -> list[list[str]]:
    """The ids of the nodes in each column, from above; no column is empty."""
    steps = _steps(network)
    layer = _layers(network, steps)
    found = [[node for node in network.nodes if layer[node] == n] for n in sorted(set(layer.values()))]
    return _ordered(found, steps)


def _steps(network: Network) -> Mapping[str, list[tuple[str, int]]]:
    """The neighbours of each node: 1 where a path goes on to it, -1 where one comes from it."""
    steps: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for way in network.ways:
        for one, other in pairwise(way):
            steps[one].append((other, 1))
            steps[other].append((one, -1))
    return steps


def _layers(network: Network, steps: Mapping[str, Sequence[tuple[str, int]]]) -> dict[str, int]:
    """How many steps each node is from the first one, against the way of the paths counted below zero."""
    layer: dict[str, int] = {}
    for first in network.nodes:
        if first in layer:
            continue
        layer[first] = 0
        queue = deque([first])
        while queue:
            here = queue.popleft()
            for node, step in steps.get(here, ()):
                if node not in layer:
                    layer[node] = layer[here] + step
                    queue.append(node)
    _end_alone(network, layer)
    return layer


def _end_alone(network: Network, layer: dict[str, int]) -> None:
    """Put the node in which all ways from one to another end into a last column of its own."""
    ends = {(way[0], way[-1]) for way in network.ways}
    if len(ends) == 1:
        last = ends.pop()[1]
        others = [at for node, at in layer.items() if node != last]
        layer[last] = max([layer[last], *(at + 1 for at in others)])


def _ordered(found: list[list[str]], steps: Mapping[str, Sequence[tuple[str, int]]]) -> list[list[str]]:
    """The columns with neighbours at about the same height."""
    height = {node: n - (len(column) - 1) / 2 for column in found for n, node in enumerate(column)}
    for sweep in range(_SWEEPS):
        for column in found if sweep % 2 == 0 else reversed(found):
            own = set(column)
            wanted = {
                node: fmean([height[x] for x, _ in steps.get(node, ()) if x not in own] or [height[node]])
                for node in column
            }
            column.sort(key=lambda node: wanted[node])
            height |= {node: n - (len(column) - 1) / 2 for n, node in enumerate(column)}
    return found
