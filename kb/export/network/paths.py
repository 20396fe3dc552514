"""Paths, as the graph gives them, as nodes and lines: a claim between two actors is a line between them.

A path is a list of nodes (dicts with `_labels`) and relationships (dicts with `_type`) in turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from kb.errors import InputError
from kb.model import COOPERATIVE_TIES, HOSTILE_TIES

KINDS = (
    *("pledge", "support", "cooperative tie", "hostile tie", "other tie", "schism", "lineage", "event"),
    "relationship",
)
"""Kinds of lines: those of claims, ties by what they mean, and what is no claim."""

Props = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Node:
    """An actor, or whatever else stands on a path; `kind` is that of the actor, else the label."""

    id: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Line:
    """A claim between two nodes, in words, or a relationship that is none; `claim` is empty for the latter.

    `date` as the source gives it, `status` empty where there is none. Without `directed` it goes both ways.
    """

    start: str
    end: str
    kind: str
    says: str
    directed: bool
    claim: str = ""
    date: str = ""
    status: str = ""
    alleged: bool = False

    @property
    def sure(self) -> bool:
        """Whether it is accepted, and not only alleged."""
        return self.status in ("", "accepted") and not self.alleged


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes by id and lines, each once, in the order of the paths; `ways` are the ids along each path."""

    nodes: dict[str, Node] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    ways: list[list[str]] = field(default_factory=list)


def of_paths(paths: Iterable[Any]) -> Network:
    """The network of these paths; None counts for nothing. Raises InputError for what is no path."""
    network = Network()
    lines: dict[Line, None] = {}
    for path in paths:
        if path is not None:
            _take(network, lines, _checked(path))
    network.lines.extend(lines)
    return network


def _checked(path: Any) -> Sequence[Props]:
    if not isinstance(path, list) or not all(
        isinstance(part, dict) and ("_type" if n % 2 else "_labels") in part for n, part in enumerate(path)
    ):
        raise InputError("The column path holds something that is no path.", "Return `MATCH path = …`.")
    return path


def _take(network: Network, lines: dict[Line, None], path: Sequence[Props]) -> None:
    between = {n for n in range(2, len(path) - 2, 2) if _is_between(path, n)}
    stops = [n for n in range(0, len(path), 2) if n not in between]
    for n in stops:
        network.nodes.setdefault(_id(path[n]), _node(path[n]))
    for one, other in pairwise(stops):
        lines.setdefault(_claim(path, one + 2) if other - one == 4 else _relationship(path, one))
    network.ways.append([_id(path[n]) for n in stops])


def _is_between(path: Sequence[Props], n: int) -> bool:
    """Whether the claim at this place joins the two nodes beside it."""
    sides = (path[n - 1]["_type"], path[n + 1]["_type"])
    return "Claim" in path[n]["_labels"] and set(sides) <= {"FROM", "TO", "INVOLVES"}


def _id(node: Props) -> str:
    return str(node.get("id", "?"))


def _node(node: Props) -> Node:
    label = next((label for label in node["_labels"] if label not in ("Actor", "Claim")), "node")
    name = next((node[key] for key in ("name", "title", "term", "summary") if node.get(key)), _id(node))
    return Node(_id(node), str(name), str(node.get("kind") or label.lower()))


def _claim(path: Sequence[Props], n: int) -> Line:
    claim = path[n]
    start, end = _id(path[n - 2]), _id(path[n + 2])
    if path[n - 1]["_type"] == "TO" or path[n + 1]["_type"] == "FROM":
        start, end = end, start
    label = next(label for label in claim["_labels"] if label != "Claim").lower()
    return Line(
        start, end, _kind(label, claim), _says(label, claim), _directed(label, claim), _id(claim),
        claim.get("date") or "", claim.get("status") or "", bool(claim.get("alleged")),
    )  # fmt: skip


def _kind(label: str, claim: Props) -> str:
    if label != "tie":
        return label
    if claim.get("tie_type") in COOPERATIVE_TIES:
        return "cooperative tie"
    return "hostile tie" if claim.get("tie_type") in HOSTILE_TIES else "other tie"


def _says(label: str, claim: Props) -> str:
    """What the claim says of the two, in a few words."""
    match label:
        case "pledge":
            act = claim.get("act")
            text = "pledge" if act == "pledge" else f"pledge ({act})"
        case "support":
            stage = claim.get("stage")
            text = f"{claim.get('support_type')} support" + f" {stage}" * (stage not in (None, "given"))
        case "schism":
            text = "break"
        case _:
            text = str(claim.get("tie_type") or claim.get("relation") or claim.get("title") or label)
    return "no " * (claim.get("presence") == "absent") + text.replace("_", " ")


def _directed(label: str, claim: Props) -> bool:
    if label == "support":
        return claim.get("direction") == "one_way"
    return bool(claim.get("directed")) if label == "tie" else label != "event"


def _relationship(path: Sequence[Props], n: int) -> Line:
    kind = path[n + 1]["_type"].lower().replace("_", " ")
    return Line(_id(path[n]), _id(path[n + 2]), "relationship", kind, directed=False)
