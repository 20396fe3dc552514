"""The past of records as a person reads it: cell by cell, before and after, in lines of 80 columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from kb.evidence.cards import WIDTH, wrapped
from kb.loading.asof import Net
from kb.loading.export import cell_text
from kb.loading.history import Load, Version
from kb.loading.plan import Change

DIFF_COLUMNS = ("table", "record", "action", "column", "before", "after", "loads")


def version_lines(versions: Iterable[Version]) -> Iterator[str]:
    """Each version: when, by which load, by whom and why, then its cells."""
    for number, version in enumerate(versions):
        if number:
            yield ""
        load = version.load
        yield f"{load.loaded_at:%Y-%m-%d %H:%M:%S} UTC  {load.load_id}"
        yield from wrapped("  ", "; ".join(_about(load)))
        yield from wrapped(f"  {version.change.action} ", f"{version.change.table} {version.change.record}")
        yield from _cells(version.change)


def _about(load: Load) -> Iterator[str]:
    if load.coder:
        yield f"by {load.coder}"
    if load.note:
        yield load.note
    if load.undoes:
        yield f"undoes {load.undoes}"
    if load.undone_by:
        yield f"undone by {load.undone_by}"


def net_lines(found: Iterable[Net]) -> Iterator[str]:
    """Each record: what became of it, its cells, and the loads that touched it."""
    for number, net in enumerate(found):
        if number:
            yield ""
        yield from wrapped(f"{net.change.action} ", f"{net.change.table} {net.change.record}")
        yield from _cells(net.change)
        yield from wrapped("  by ", ", ".join(net.loads))


def _cells(change: Change) -> Iterator[str]:
    """The cells that differ; of a record that came or went all of them, but for its id."""
    for column, before, after in change.fields():
        old, new = cell_text(before), cell_text(after)
        if change.action != "change":
            if column != "id":
                yield from wrapped(f"    {column}: ", new or old)
        elif len(line := f"    {column}: {old or '(empty)'} → {new or '(empty)'}") <= WIDTH:
            yield line
        else:
            yield f"    {column}:"
            yield from wrapped("      before: ", old or "(empty)")
            yield from wrapped("      after: ", new or "(empty)")


def fields_of(change: Change) -> list[dict[str, Any]]:
    """For JSON: the cells that differ, with their values before and after (None = empty)."""
    return [{"column": column, "before": old, "after": new} for column, old, new in change.fields()]


def net_dict(net: Net) -> dict[str, Any]:
    """For JSON: record, action, cells before and after, the cells that differ, and loads."""
    change = net.change
    return {
        "table": change.table,
        "record": change.record,
        "action": change.action,
        "before": change.before,
        "after": change.after,
        "fields": fields_of(change),
        "loads": list(net.loads),
    }


def net_rows(found: Iterable[Net]) -> Iterator[list[str]]:
    """For CSV: a row for each cell that differs, in the order of `DIFF_COLUMNS`."""
    for net in found:
        change = net.change
        for column, before, after in change.fields():
            cells = [change.table, change.record, change.action, column]
            yield [*cells, cell_text(before), cell_text(after), ";".join(net.loads)]
