"""Faults (one line each), plans and receipts (80 columns wide) as text for people."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from kb.errors import Fault
from kb.evidence.cards import WIDTH
from kb.loading.book import Book
from kb.loading.export import cell_text

if TYPE_CHECKING:  # `kb check` needs no driver
    from kb.loading.apply import Receipt
    from kb.loading.plan import Action, Change, Plan

FIRST = 50  # faults shown one by one; the rest is counted
MOST_KINDS = 25
FIRST_CHANGES = 20


def faults_text(faults: Sequence[Fault]) -> Iterator[str]:
    """Each fault in one line; of more than `FIRST` the errors first, then how many there are of each kind.

    A kind is a code in a column, with the place of the first of them.
    """
    if len(faults) <= FIRST:
        yield from map(_fault, faults)
    else:
        yield from map(_fault, sorted(faults, key=lambda f: f.severity)[:FIRST])
        yield f"… and {len(faults) - FIRST:,} more. All {len(faults):,} by code and column:"
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


def _fault(fault: Fault) -> str:
    text = f"{fault.where}: {fault.severity} [{fault.code}] {fault.message}. {fault.hint}"
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
    moved = [c for c in plan.changes if c.action != "add"]
    for change in moved[:FIRST_CHANGES]:
        yield from change_lines(change)
    if len(moved) > FIRST_CHANGES:
        yield f"… and {len(moved) - FIRST_CHANGES:,} more changed or retracted records."


def change_lines(change: Change) -> Iterator[str]:
    """The record, and for a change each cell before and after."""
    yield f"{change.action} {change.table} {change.record}"
    if change.action == "change":
        for column, before, after in change.fields():
            yield f"  {column}: {_short(before)} → {_short(after)}"


def _short(value: Any) -> str:
    text = cell_text(value)
    return shorten(text, 30, placeholder="…") if text else "(empty)"


def plan_summary(plan: Plan) -> str:
    """One line: what the load would do."""
    counts = Counter(c.action for c in plan.changes)
    same = sum(plan.same.values())
    todo = ", ".join(f"{counts[a]:,} to {a}" for a in ("add", "change", "retract"))
    return f"{todo}, {same:,} the same."


def receipt_text(receipt: Receipt, plan: Plan) -> Iterator[str]:
    """Load id, counts, and the sum of each file."""
    counts = Counter(c.action for c in plan.changes)
    said: dict[Action, str] = {"add": "added", "change": "changed", "retract": "retracted"}
    done = ", ".join(f"{counts[a]:,} {word}" for a, word in said.items() if counts[a])
    yield f"{receipt.load}: {done}; {sum(plan.same.values()):,} were the same."
    for file in sorted(plan.files, key=lambda f: f.name):
        one_line = f"{file.name:<15} {file.sha256}"
        yield from [one_line] if len(one_line) <= WIDTH else [file.name, f"{'':<15} {file.sha256}"]
