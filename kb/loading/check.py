"""The rules of a book that need no database: of one row, and of rows together (model, sections 3 to 8)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from operator import attrgetter
from typing import Any

from pydantic_core import ErrorDetails

from kb import dates
from kb.errors import Fault, quoted
from kb.loading.alike import says
from kb.loading.book import Book, Placed
from kb.loading.passages import known_to, passage_faults
from kb.model import (
    ID,
    Actor,
    Citation,
    Claim,
    Concept,
    Dyad,
    Event,
    Evidence,
    Judgement,
    Name,
    Pledge,
    Record,
    Reference,
    Schism,
    Search,
    Source,
    Support,
)
from kb.resolve import NameIndex, lies_in, names_country

Found = tuple[str, str, str, str]  # column, code, message, hint

MAX_START, MAX_END, MAX_BEFORE, SHORT_QUOTE = 8, 5, 4, 5


def check_book(book: Book) -> None:
    """Add the faults of every rule to `book.faults`, and put ids in the place of names in the book."""
    _primary_keys(book)
    _references(book)  # first of all: the other rules see the ids
    today = datetime.now(UTC).date()
    for placed in book.placed:
        for column, code, message, hint in row_faults(placed.record, today):
            value = placed.record.cells().get(column)
            book.faults.append(placed.fault(column, value, code, message, hint))
    _no_evidence(book)
    _duplicate_claims(book)
    book.faults += passage_faults(book, known_to(book))


def cell_fault(error: ErrorDetails) -> Found:
    """What is wrong with one cell, out of an error of its record type."""
    column = str(error["loc"][0])
    if error["type"] in ("missing", "too_short"):
        return column, "required", f"{column} is empty", "Fill the cell."
    if error["type"] == "fault":
        context = error["ctx"]
        return column, context["code"], context["message"], context["hint"]
    return column, "type-error", error["msg"], ""


def row_faults(record: Record, today: date) -> Iterator[Found]:
    """What is wrong with one record whose cells are right one by one."""
    for rule in _rules(type(record)):
        yield from rule(record)
    for column, mark in record.dated().items():
        if text := getattr(record, column):
            try:
                dates.parse(text, mode=mark.mode, today=today)
            except dates.DateError as error:
                yield column, error.code, error.message.rstrip("."), error.hint


# --- rules of one row ---------------------------------------------------------------------------


def _one_day(record: Any) -> Iterator[Found]:
    error = dates.spell_fault(record.date or "", record.table, getattr(record, "event_type", None))
    if error:
        yield "date", error.code, error.message.rstrip("."), error.hint


def _notes(record: Any) -> Iterator[Found]:
    if not record.note:
        for column, value in (("status", record.status), ("basis", record.basis)):
            if value in ("disputed", "rejected", "outside"):
                yield "note", "note-required", f"{column} is {value} and note is empty", "Say why in note."
    if record.basis == "inferred" and not record.rule:
        yield "rule", "rule-required", "basis is inferred and rule is empty", "Name the rule of the codebook."


def _support(record: Any) -> Iterator[Found]:
    if record.support_type == "any" and record.presence != "absent":
        message, hint = "any is only allowed with presence absent", "For some of the five: unspecified."
        yield "support_type", "bad-value", message, hint
    if record.presence == "absent" and record.stage != "given":
        message = f"absent is only allowed with stage given, not {record.stage}"
        yield "presence", "bad-value", message, "Leave stage empty."


def _quotation(record: Any) -> Iterator[Found]:
    words = {c: len((getattr(record, c) or "").replace("|", " ").split()) for c in _QUOTE_LIMITS}
    for column, most in _QUOTE_LIMITS.items():
        if words[column] > most:
            message = f"{words[column]} words, at most {most} are allowed"
            yield column, "quote-length", message, "Shorten the selector."
    if words["quote_start"]:
        yield from _segments(record.quote_start, record.quote_end)
        yield from _length(record.quote_words, words)
    elif words["quote_end"] or words["quote_before"]:
        yield "quote_start", "quote-length", "the quotation has no first words", "Give its first words."


def _segments(start: str, end: str | None) -> Iterator[Found]:
    cuts = {"quote_start": start.split("|"), "quote_end": end.split("|") if end else []}
    for column, segments in cuts.items():
        if not all(segment.strip() for segment in segments):
            yield column, "quote-length", "a segment is empty", "Write words on both sides of each ' | '."
    if end and len(cuts["quote_start"]) != len(cuts["quote_end"]):
        message = "start and end have different numbers of segments"
        yield "quote_end", "quote-length", message, "Write one ' | ' for each cut in both."


def _length(said: int | None, words: Mapping[str, int]) -> Iterator[Found]:
    """Short quotations need words in front; `said` is the cell quote_words."""
    if said and said > words["quote_start"] and not words["quote_end"]:
        message = f"the quotation has {said} words, its start holds {words['quote_start']}"
        yield "quote_end", "quote-length", message, "Give its last words, or correct quote_words."
        return
    least = SHORT_QUOTE if words["quote_end"] else 0
    length = max(said or least, words["quote_start"])
    if length < SHORT_QUOTE and not words["quote_before"]:
        message = f"the quotation has {length} word{'s' * (length != 1)}"
        yield "quote_before", "quote-length", message, "Give up to 4 words in front of it."
    if length >= SHORT_QUOTE and words["quote_before"]:
        yield "quote_before", "quote-length", "only for quotations under 5 words", "Leave the cell empty."


_QUOTE_LIMITS = {"quote_start": MAX_START, "quote_end": MAX_END, "quote_before": MAX_BEFORE}
_Rule = Callable[[Any], Iterator[Found]]


def _two(first: str, second: str) -> _Rule:
    """The rule that two columns name two records."""
    ends = attrgetter(first.replace("from", "from_"), second)

    def rule(record: Any) -> Iterator[Found]:
        one, other = ends(record)
        if one == other:
            message = f"{first} and {second} are both {quoted(other)}"
            yield second, "bad-value", message, "They must be two different records."

    return rule


def _not_itself(column: str) -> _Rule:
    """The rule that a column does not name its own record."""

    def rule(record: Any) -> Iterator[Found]:
        if record.id in getattr(record, column):
            yield column, "bad-value", "the record names itself", "Remove its own id."

    return rule


_RULES: tuple[tuple[type[Record] | tuple[type[Record], ...], _Rule], ...] = (
    (Claim, _notes),
    (Claim, _not_itself("after")),
    (Dyad, _two("from", "to")),
    ((Pledge, Schism, Event), _one_day),
    (Support, _support),
    (Search, _two("subject", "object")),
    (Source, _not_itself("repeats")),
    (Evidence, _quotation),
    (Evidence, _not_itself("variant_of")),
    (Concept, _not_itself("related")),
    (Reference, _two("citing", "cited")),
    (Judgement, _two("left", "right")),
)


@cache
def _rules(kind: type[Record]) -> tuple[_Rule, ...]:
    return tuple(rule for kinds, rule in _RULES if issubclass(kind, kinds))


# --- rules of rows together ---------------------------------------------------------------------


def _primary_keys(book: Book) -> None:
    seen: dict[str, str] = {}
    for table, column, ident, sheet, row in _keys(book):
        keyed = ident if column == "id" else f"{table} {ident}"
        if keyed not in seen:
            seen[keyed] = f"{sheet} row {row}"
            continue
        message = f"{quoted(ident)} is already used in {seen[keyed]}"
        hint = "Ids are unique over all tables." if column == "id" else "Remove one of the two rows."
        book.faults.append(Fault(table, sheet, row, column, ident, "primary-key", "error", message, hint))


def _keys(book: Book) -> list[tuple[str, str, str, str, int]]:
    """(table, first column of the key, key, sheet, row) in the order of the book, faulty rows too."""
    keys = [(p.record.table, p.record.key[0], p.record.ident, p.sheet, p.row) for p in book.placed]
    if book.broken:
        keys += [(t, "id", ident, sheet, row) for ident, at in book.broken.items() for t, sheet, row in at]
        order = {sheet: n for n, sheet in enumerate(book.sheets)}
        keys.sort(key=lambda k: (order[k[3]], k[4]))
    return keys


def references(record: Record) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """(column, id or name, labels it may have) for every record that this one names."""
    for column, labels in type(record).names().items():
        value = getattr(record, "from_" if column == "from" else column)
        if not value:
            continue
        if isinstance(value, str):
            yield column, value, labels
        elif column == "participants":
            yield from ((column, one.rpartition("=")[0], labels) for one in value)
        else:
            yield from ((column, one, labels) for one in value)


def name_index(book: Book, index: NameIndex | None = None) -> NameIndex:
    """The names of the actors in the book, with the spells in which they were borne; added to an index."""
    index = index or NameIndex()
    actors = {p.record.ident for p in book.of("actors")}
    for placed in book.placed:
        if isinstance(placed.record, Actor):
            index.describe(placed.record.id, placed.record.name, placed.record.country)
    for placed in book.placed:
        if isinstance(placed.record, Name):
            record = placed.record
            bearers = (
                [record.actor] if record.actor in actors else [c.actor for c in index.find(record.actor)]
            )
            if len(bearers) == 1 or (not bearers and ID.fullmatch(record.actor)):
                spell = dates.parse(record.valid, mode="spell") if record.valid else None
                index.add(bearers[0] if bearers else record.actor, [(record.name, spell)])
    return index


def _references(book: Book) -> None:
    labels = book.labels()
    index = name_index(book)
    near = Near(index, labels)
    for n, placed in enumerate(book.placed):
        for column, value, allowed in references(placed.record):
            if value in labels:
                if allowed[0] not in labels[value] and not set(labels[value]) & set(allowed):
                    message = f"{quoted(value)} is a record of another kind ({labels[value][0]})"
                    hint = f"Name a record of kind {' or '.join(allowed)}."
                    book.faults.append(placed.fault(column, value, "foreign-key", message, hint))
                continue
            if value in book.broken:
                continue
            named = "Actor" in allowed and not ID.fullmatch(value)  # an id may be one of the graph
            if named and (actor := resolve_name(book, placed, column, value, index)) != "":
                if actor:
                    book.named.append((n, column, value, actor))
                    book.placed[n] = with_actor(book.placed[n], column, value, actor)
                continue
            message, hint = near.missing(value, allowed, placed.record, column)
            book.faults.append(placed.fault(column, value, "foreign-key", message, hint, "warning"))
        if isinstance(placed.record, Judgement):
            _same_kind(book, book.placed[n], labels)
    book.faults += elsewhere(book, index)


def _same_kind(book: Book, placed: Placed, labels: Mapping[str, tuple[str, ...]]) -> None:
    record: Any = placed.record
    kinds = {labels[ident][0] for ident in (record.left, record.right) if ident in labels}
    if kinds == {"Actor", "Claim"}:
        message, hint = "one is an actor, the other a claim", "Judge two actors, or two claims."
        book.faults.append(placed.fault("right", record.right, "foreign-key", message, hint))


@dataclass(slots=True)
class Near:
    """What to say of a value that names no record, with the names and ids that are near to it.

    `message` and `hint` have the place `{}`; `otherwise` is the hint when nothing is near.
    """

    index: NameIndex
    labels: Mapping[str, tuple[str, ...]]
    message: str = "{} is not in this book, it must be in the graph"
    hint: str = "Nearest here: {}."
    otherwise: str = ""
    found: dict[tuple[str, tuple[str, ...]], tuple[str, str]] = field(default_factory=dict)
    by_label: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for ident, labels in self.labels.items():
            self.by_label[labels[0]].append(ident)

    def missing(self, value: str, allowed: tuple[str, ...], record: Record, column: str) -> tuple[str, str]:
        """Message and hint; only the first hundred values are compared, because each takes its time."""
        key = value, allowed
        if column in record.lists() and (several := self._several(value, "Actor" in allowed)):
            return self.message.format(quoted(value)), f"Separate several by ; as in {quoted(several)}."
        if key not in self.found:
            near = self._nearest(value, allowed, record) if len(self.found) < 100 else []
            hint = self.hint.format("; ".join(near)) if near else self.otherwise
            self.found[key] = self.message.format(quoted(value)), hint
        return self.found[key]

    def _several(self, value: str, actors: bool) -> str:
        """The same values with `;` between them, when commas or bars separate ids or known names; else ""."""
        parts = [part.strip() for part in re.split("[,|]", value)]
        fits = all(p in self.labels or (self.index.find(p) if actors else ID.fullmatch(p)) for p in parts)
        return ";".join(parts) if fits and len(parts) > 1 else ""

    def _nearest(self, value: str, allowed: tuple[str, ...], record: Record) -> list[str]:
        from rapidfuzz import fuzz, process

        if "Actor" in allowed and (named := self.index.nearest(value, 3, *_where_and_when(record))):
            return [str(candidate) for candidate in named]
        ids = [ident for label in allowed for ident in self.by_label.get(label, ())]
        return [
            i for i, _, _ in process.extract(value[:100], ids, scorer=fuzz.ratio, score_cutoff=85, limit=3)
        ]


def _where_and_when(record: Record) -> tuple[tuple[str, ...], dates.Bounds]:
    """The places and the date of a record, by which the actors that a name may mean are ranked."""
    written = _date_of(record)
    places = getattr(record, "place", None) or ()
    try:
        return places, dates.parse(written)
    except dates.DateError:  # a fault of its own
        return places, dates.UNDATED


def _date_of(record: Record) -> str:
    return next((d for c in ("date", "window", "said_on") if (d := getattr(record, c, None))), "")


def resolve_name(book: Book, placed: Placed, column: str, value: str, index: NameIndex) -> str | None:
    """The id of the one actor that bears this name; "" when none does, None when a fault was written."""
    found = index.find(value, *_where_and_when(placed.record))
    if not found:
        return ""
    if len(found) > 1:
        message, hint = f"{quoted(value)} names {len(found)} actors", "; ".join(str(c) for c in found)
        book.faults.append(placed.fault(column, value, "ambiguous-name", message, f"Write the id: {hint}."))
        return None
    if found[0].then is False:
        message = f"{quoted(value)} names {found[0].actor}, but not at {_date_of(placed.record)}"
        hint = f"Borne {', '.join(map(dates.show, found[0].borne))}. Write the id if it is meant."
        book.faults.append(placed.fault(column, value, "name-out-of-date", message, hint, "warning"))
    return found[0].actor


def elsewhere(book: Book, index: NameIndex) -> Iterator[Fault]:
    """A warning for each name that was taken for an actor of other countries than the place of its row.

    Groups act abroad, so it is no error; and it is none at all when another actor of the row is of that place
    (or is not known to the index, which then cannot tell), or when the name itself says its country.
    """
    for n, column, name, actor in book.named:
        placed = book.placed[n]
        places = getattr(placed.record, "place", ())
        countries = index.actors.get(actor, ("", ()))[1]
        if not countries or not any(map(names_country, places)) or lies_in([name], countries):
            continue
        of_row = {ident for _, ident, labels in references(placed.record) if "Actor" in labels}
        if all(ident in index.actors and not lies_in(places, index.actors[ident][1]) for ident in of_row):
            where = ", ".join(countries)
            message = f"{quoted(name)} names {actor} ({where}), the place of the row is {', '.join(places)}"
            hint = f"Write the id {actor} if it is meant, else the id of the other actor."
            yield placed.fault(column, name, "name-elsewhere", message, hint, "warning")


def with_actor(placed: Placed, column: str, name: str, actor: str) -> Placed:
    """The same record with the actor's id where its name stood."""
    attribute = placed.record.columns()[column][0]
    value = getattr(placed.record, attribute)
    new: Any = actor
    if column == "participants":
        new = tuple(f"{actor}={p.rpartition('=')[2]}" if p.rpartition("=")[0] == name else p for p in value)
    elif isinstance(value, tuple):
        new = tuple(actor if one == name else one for one in value)
    return Placed(placed.record.model_copy(update={attribute: new}), placed.sheet, placed.row)


def _no_evidence(book: Book) -> None:
    cited = {p.record.claim for p in book.placed if isinstance(p.record, Citation)}
    for placed in book.placed:
        record = placed.record
        if isinstance(record, Claim) and not record.evidence and record.id not in cited:
            message, hint = "no evidence for this claim", "Name the passage that says it in evidence."
            book.faults.append(placed.fault("evidence", None, "no-evidence", message, hint, "warning"))


def _duplicate_claims(book: Book) -> None:
    said: dict[Any, dict[str | None, Placed]] = defaultdict(dict)  # what it says -> occurrence -> first row
    for placed in book.claims:
        record: Any = placed.record
        if not record.date:
            continue
        alike = said[says(record), record.date]
        other = next(
            (p for shared, p in alike.items() if shared is None or shared != record.occurrence), None
        )
        if other:
            message = f"says the same as {quoted(other.record.ident)} ({other.sheet} row {other.row})"
            hint = "Give both one occurrence if they are readings of one happening."
            book.faults.append(placed.fault("id", record.id, "duplicate-claim", message, hint, "warning"))
        alike.setdefault(record.occurrence, placed)
