"""`--as-of`: the option that lets a command look at the graph as it stood at a moment."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from kb.cli.options import say

if TYPE_CHECKING:
    from kb.graph import Graph
    from kb.loading.moment import Moment

_MANY = 2_000  # changes that take longer than a second


def as_moment(_: click.Context, param: click.Parameter, value: str | None) -> Moment | None:
    """A click callback: the moment that an option names."""
    if value is None:
        return None
    from kb.loading.moment import moment

    return moment(value, param.opts[0])


_AS_OF: dict[str, Any] = {
    "metavar": "DATE",
    "callback": as_moment,
    "help": "Answer as the graph stood then: the end of a day, or a time such as 2026-05-01T10:15 (UTC).",
}
as_of_option = click.option("--as-of", **_AS_OF)


def as_of_param() -> click.Option:
    """The same for a command that is made without decorators."""
    return click.Option(["--as-of"], **_AS_OF)


def ranked(cypher: str) -> bool:
    """Whether the order of the rows may hang on scores, which are others within a transaction."""
    return "fulltext" in cypher


@contextmanager
def seen_from(
    graph: Graph, as_of: Moment | None, *, apart: bool = False, timeout: float | None = None
) -> Iterator[Graph]:
    """The graph as it stood at the moment, or the graph itself without one; more as in `graph_at`."""
    if as_of is None:
        yield graph
        return
    from kb.loading.asof import graph_at

    with graph_at(graph, as_of, say, _bar, apart=apart, timeout=timeout) as past:
        yield past


@contextmanager
def _bar(total: int) -> Iterator[Callable[[int, int], None]]:
    if total < _MANY or not sys.stderr.isatty():
        yield lambda *_: None
        return
    with click.progressbar(length=total, label="Going back", file=sys.stderr) as bar:
        yield lambda done, _: bar.update(done - bar.pos)
