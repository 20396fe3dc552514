"""The form for one new claim: a field for each column of the claim, of its passage and of the work.

Made from the record types of `kb.model`, so that a column is declared once. A field is named as its column;
where the claim has a column of that name already, the table stands in front of it (`evidence_note`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

from pydantic import ValidationError

from kb.errors import Fault
from kb.loading.check import Found, cell_fault
from kb.loading.export import cell_text
from kb.model import BLOCK, RECORDS, TABLES, Claim, Dyad, Evidence, Record, Source

Part = Literal["claim", "evidence", "work", "rest"]
Answers = Mapping[str, str]  # name of a field -> text of its cell; what is empty is left out

KINDS: dict[str, type[Claim]] = {
    record.__name__.lower(): record for record in RECORDS if issubclass(record, Claim)
}

# What the form is mainly about, and asked for on a terminal; every other column can be given as well.
_MAIN: dict[type[Record], tuple[str, ...]] = {
    Evidence: (
        *("found_in", "locator_label", "locator", "summary"),
        *("quote_start", "quote_end", "quote_words", "speaker", "said_on"),
    ),
    Source: ("title", "type", "author", "issued"),
}
# Written by the program: from the other answers, or by `kb verify --fill`.
_MADE: dict[type[Record], tuple[str, ...]] = {
    Evidence: ("id", "quote_sha256"),
    Source: ("id", "url", "doi", "text", "text_sha256"),
}
_SPELLED = {"found_in": "source", "source": "first_source", "source_locator": "first_locator"}
_MEANT = {
    "id": "id of the claim, when the one made from its parts is not wanted",
    "found_in": "the work we read it in: its id, or a DOI or address (then with its title)",
    "type": "CSL item type; article-journal for a DOI and webpage for an address, unless it is given",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One column that can be filled.

    `asked` fields are asked for on a terminal; `default` is what an empty answer stands for; `many` says
    that `;` separates several values; `shape` is a word for what is expected (see `shape`), or WORK.
    """

    name: str
    table: str
    column: str
    part: Part
    meaning: str
    shape: str
    required: bool
    asked: bool
    default: str
    codes: Mapping[str, str]
    many: bool

    @property
    def option(self) -> str:
        """The option of the command line."""
        return "--" + self.name.replace("_", "-")

    def fault(self, text: str) -> Found | None:
        """What is wrong with this answer alone, as (column, code, message, hint)."""
        for character in text:
            if unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t":
                message = f"the text holds the control character U+{ord(character):04X}"
                return self.column, "bad-value", message, "Delete it."
        try:
            TABLES[self.table].model_validate({self.column: text})
        except ValidationError as error:
            found = (cell_fault(each) for each in error.errors() if each["type"] != "missing")
            return next((each for each in found if each[0] == self.column), None)
        return None


@dataclass(frozen=True, slots=True)
class Form:
    """The fields for one kind of claim, by name, in the order in which they are asked and shown."""

    kind: type[Claim]
    fields: dict[str, Field] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The word for this kind of claim."""
        return self.kind.__name__.lower()

    def of(self, table: str, column: str) -> Field | None:
        """The field of a column, None when it cannot be filled."""
        return next((f for f in self.fields.values() if (f.table, f.column) == (table, column)), None)

    def cells(self, table: str, answers: Answers) -> dict[str, str]:
        """Column to text of the answers that belong to a table."""
        fields = (self.fields[name] for name in answers)
        return {f.column: answers[f.name] for f in fields if f.table == table}

    def has_passage(self, answers: Answers) -> bool:
        """Whether the answers describe a new passage; else the claim rests on evidence that is there."""
        own = (Evidence.table, Source.table)
        return "evidence" not in answers or any(self.fields[name].table in own for name in answers)

    def missing(self, answers: Answers) -> list[Field]:
        """The fields that must still be filled; those of the work only show when it is looked up."""
        passage = self.has_passage(answers)
        return [
            f
            for f in self.fields.values()
            if f.required
            and f.name not in answers
            and (f.part == "claim" or (passage and f.part == "evidence"))
        ]

    def named(self, fault: Fault) -> Fault:
        """The fault with the option in the place of table, row and column."""
        mine = self.of(fault.table, fault.column or "")
        where = mine.option if mine else fault.sheet
        if mine and fault.code == "required":
            new = "the work is not in the graph yet, and " if mine.table == Source.table else ""
            fault = replace(fault, message=new + fault.message, hint=f"Add {where}.")
        return replace(fault, sheet=where, row=None, column=None)


@cache
def form_of(kind: type[Claim]) -> Form:
    """The form for a kind of claim."""
    fields = {f.name: f for f in _fields(kind)}
    order = ("claim", "evidence", "work", "rest")
    return Form(kind, dict(sorted(fields.items(), key=lambda item: order.index(item[1].part))))


def _fields(kind: type[Claim]) -> Iterator[Field]:
    own = [column for column in kind.columns() if column not in BLOCK and column != "id"]
    if not issubclass(kind, Dyad):  # the actors of an event stand there
        own.append("participants")
    for column in dict.fromkeys((*own, "note", *kind.columns())):
        part: Part = "claim" if column in (*own, "note") else "evidence" if column == "evidence" else "rest"
        yield _field(kind, column, column, part, asked=part == "claim")
    taken = set(kind.columns())
    parts: dict[type[Record], Part] = {Evidence: "evidence", Source: "work"}
    for record, main_part in parts.items():
        main = _MAIN[record]
        rest = [column for column in record.columns() if column not in (*main, *_MADE[record])]
        for column in (*main, *rest):
            name = _SPELLED.get(column, column) if record is Evidence else column
            name = f"{record.table.removesuffix('s')}_{column}" if name in taken else name
            taken.add(name)
            yield _field(record, column, name, main_part if column in main else "rest", asked=column in main)


def _field(record: type[Record], column: str, name: str, part: Part, asked: bool) -> Field:
    info = record.columns()[column][1]
    codes = record.codes()[column].values if column in record.codes() else {}
    return Field(
        name=name,
        table=record.table,
        column=column,
        part=part,
        meaning=_MEANT.get(column, str(info.description)),
        shape="WORK" if column == "found_in" else shape(record, column),
        required=column in record.required() and column != "id",
        asked=asked,
        default="" if info.is_required() else cell_text(info.default),
        codes=codes,
        many=column in record.lists(),
    )


def shape(record: type[Record], column: str) -> str:
    """A word for what a column holds: CODE, DATE, ACTOR, ID, NUMBER, true|false or TEXT."""
    if column in record.codes():
        return "CODE"
    if column in record.dated():
        return "DATE"
    if column in record.names():
        return "ACTOR" if "Actor" in record.names()[column] else "ID"
    annotation = str(record.columns()[column][1].annotation)
    return next((word for kind, word in _SHAPES.items() if kind in annotation), "TEXT")


_SHAPES = {"bool": "true|false", "int": "NUMBER", "float": "NUMBER"}
