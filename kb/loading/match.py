"""What a load would do with names, one by one: the same index and the same decision."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from kb import dates
from kb.loading import read
from kb.loading.plan import graph_names
from kb.resolve import Match


def match_names(
    graph: read.Reader,
    asked: Iterable[str],
    limit: int,
    country: Collection[str] = (),
    on: dates.Bounds = dates.UNDATED,
) -> Iterator[Match]:
    """A match for each name, in order. The id of a record is that record, as in a load."""
    names = list(asked)
    kinds = read.kinds(graph, names)
    index = graph_names(graph)
    for name in names:
        kind = kinds.get(name)
        if kind == "Actor":
            yield Match(name, "taken", (index.of_id(name),))
        elif kind:
            yield Match(name, "none", (), kind)
        else:
            yield index.match(name, limit, country, on)
