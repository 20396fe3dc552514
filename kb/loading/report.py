"""Faults (one line each), plans and receipts (80 columns wide) as text for people."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from textwrap import shorten, wrap
from typing import TYPE_CHECKING, Any

from kb.errors import Fault, quoted
from kb.evidence.cards import WIDTH
from kb.loading.book import Book
from kb.loading.export import cell_text

if TYPE_CHECKING:  # `kb check` needs no driver
    from kb.loading.apply import Receipt
    from kb.loading.links import Links
    from kb.loading.plan import Action, Change, Plan

FIRST = 50  # faults shown one by one; the rest is counted
MOST_KINDS = 25
FIRST_CHANGES = 20
FIRST_LINKS = 8


def faults_text(faults: Sequence[Fault]) -> Iterator[str]:
    """Each fault in one line; of more than `FIRST` the errors first, then how many there are of each kind.

    A value that gives the same warning in many cells is one line, with the place of the first of them. A kind
    is a code in a column, with the place of the first too.
    """
    lines = _together(faults)
    if len(lines) <= FIRST:
        yield from map(_fault, lines)
    else:
        shown = sorted(lines, key=lambda alike: alike[0].severity)[:FIRST]
        yield from map(_fault, shown)
        yield f"… and {len(faults) - sum(map(len, shown)):,} more. All {len(faults):,} by code and column:"
        kinds: dict[tuple[str, str, str | None], list[Fault]] = defaultdict(list)
        for fault in faults:
            kinds[fault.severity, fault.code, fault.column].append(fault)
        most = sorted(kinds.values(), key=len, reverse=True)
        yield from map(_kind, most[:MOST_KINDS])
        if len(most) > MOST_KINDS:
            yield f"  {sum(map(len, most[MOST_KINDS:])):>7,}  of {len(most) - MOST_KINDS:,} other kinds"
        yield "For all of them: --format csv or --format json."


def _kind(alike: Sequence[Fault]) -> str:
    first = alike[0]
    column = f", column {first.column}" if first.column else ""
    row = f" row {first.row}" if first.row else ""
    return f"  {len(alike):>7,}  {first.code} ({first.severity}){column}; first in {first.sheet}{row}"


def _together(faults: Sequence[Fault]) -> list[list[Fault]]:
    """The faults in order; those that warn of one value in the same words stand with the first of them."""
    found: dict[object, list[Fault]] = defaultdict(list)
    for n, fault in enumerate(faults):
        alike = fault.severity == "warning" and fault.code in _OF_A_VALUE
        found[(fault.code, fault.value, fault.message, fault.hint) if alike else n].append(fault)
    return list(found.values())


_OF_A_VALUE = ("foreign-key", "name-elsewhere")  # their message names the value


def _fault(alike: Sequence[Fault]) -> str:
    fault = alike[0]
    cells = f" (in {len(alike):,} cells)" * (len(alike) > 1)
    text = f"{fault.where}: {fault.severity} [{fault.code}] {fault.message}{cells}. {fault.hint}"
    return " ".join(text.split())


def check_summary(book: Book) -> str:
    """One line: how much was read and what is wrong with it."""
    errors = len(book.errors)
    warnings = len(book.faults) - errors
    rows = sum(file.rows for file in book.files)
    verdict = f"{_count(errors, 'fault')}, {_count(warnings, 'warning')}" if book.faults else "no faults"
    return f"{_count(rows, 'row')} in {_count(len(book.files), 'file')}: {verdict}."


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def plan_text(plan: Plan) -> Iterator[str]:
    """A table of counts, then the changes field by field."""
    yield f"{'table':<12}{'add':>9}{'change':>9}{'retract':>9}{'same':>9}"
    for table, counts in plan.counts().items():
        yield f"{table:<12}" + "".join(f"{counts[a]:>9,}" for a in ("add", "change", "retract", "same"))
    yield from links_text(plan.links)
    if plan.complete:
        gone = sum(c.action == "retract" for c in plan.changes)
        what = f"complete: {_count(gone, 'record')} of the graph left the book and would be retracted"
        yield from _wrapped(f"{what} (tables in the book: {', '.join(plan.complete)})", 2)
    moved = [c for c in plan.changes if c.action != "add"]
    for change in moved[:FIRST_CHANGES]:
        yield from change_lines(change)
    if len(moved) > FIRST_CHANGES:
        yield f"… and {len(moved) - FIRST_CHANGES:,} more changed or retracted records."


def links_text(links: Links) -> Iterator[str]:
    """What is joined in the graph: how many cells name its records, which names were taken for its actors,
    and the occurrences shared with its claims; nothing when there is none of it.

    Of each the first few are listed, but every name that is not the actor's own: these may be mistaken.
    """
    said = [
        (kind, sum(found.values()), [f"{ident} {n:,}" for ident, n in found.most_common()])
        for kind, found in links.records.items()
    ]
    names = sorted(links.names.most_common(), key=lambda item: item[0] in links.own)
    by_name = [f"{quoted(name)} → {actor} {n:,}" for (name, actor), n in names]
    shared = [f"{occurrence} ({', '.join(ids)})" for occurrence, ids in links.occurrences.items()]
    said += [("by name", sum(links.names.values()), by_name), ("occurrence", len(shared), shared)]
    if any(texts for _, _, texts in said):
        yield "cells that link to what is in the graph:"
    for word, number, texts in said:
        if texts:
            first = max(FIRST_LINKS, len(links.names) - len(links.own)) if texts is by_name else FIRST_LINKS
            own = " by their own names" * (texts is by_name)
            more = [f"… and {len(texts) - first:,} more{own}"] * (len(texts) > first)
            yield from _wrapped(f"  {word:<12}{number:>7,}  {', '.join(texts[:first] + more)}", 23)


def _wrapped(text: str, indent: int) -> list[str]:
    return wrap(text, WIDTH, subsequent_indent=" " * indent, break_on_hyphens=False, break_long_words=False)


def change_lines(change: Change) -> Iterator[str]:
    """The record, and for a change each cell before and after."""
    yield f"{change.action} {change.table} {change.record}"
    if change.action == "change":
        for column, before, after in change.fields():
            yield f"  {column}: {_short(before)} → {_short(after)}"


def _short(value: Any) -> str:
    text = cell_text(value)
    return shorten(text, 30, placeholder="…") if text else "(empty)"


def warnings_text(plan: Plan) -> Iterator[str]:
    """The warnings of a plan; they stop no load."""
    return faults_text([f for f in plan.faults if f.severity == "warning"])


def plan_summary(plan: Plan) -> str:
    """One line: what the load would do, and how many warnings there are."""
    counts = Counter(c.action for c in plan.changes)
    same = sum(plan.same.values())
    todo = ", ".join(f"{counts[a]:,} to {a}" for a in ("add", "change", "retract"))
    warned = sum(fault.severity == "warning" for fault in plan.faults)
    return f"{todo}, {same:,} the same" + (f"; {_count(warned, 'warning')}." if warned else ".")


def receipt_text(receipt: Receipt, plan: Plan) -> Iterator[str]:
    """Load id, counts, and the sum of each file."""
    counts = Counter(c.action for c in plan.changes)
    said: dict[Action, str] = {"add": "added", "change": "changed", "retract": "retracted"}
    done = ", ".join(f"{counts[a]:,} {word}" for a, word in said.items() if counts[a])
    yield f"{receipt.load}: {done}; {sum(plan.same.values()):,} were the same."
    for file in sorted(plan.files, key=lambda f: f.name):
        one_line = f"{file.name:<15} {file.sha256}"
        yield from [one_line] if len(one_line) <= WIDTH else [file.name, f"{'':<15} {file.sha256}"]
