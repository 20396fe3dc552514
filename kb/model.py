"""The data model: code lists, and one record type for each table of a book.

A record is validated from the text of its cells; an empty cell is left out. Each field carries its
description, and what it becomes in the graph: a property, or (`Link`) a relationship. The data
dictionary, the loader, the export and the input checks are all driven by these declarations.

Code values live here and nowhere else.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, Self, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from kb import dates
from kb.errors import did_you_mean, quoted

UNDECIDED = "UNDECIDED"  # a cell in which two coders differ; no book with one of these is loaded

# --- code lists: value -> meaning ---------------------------------------------------------------

ACTOR_KINDS = {
    "militant_group": "an armed non-state organisation",
    "umbrella": "an organisation of organisations",
    "faction": "a part of a group that acts alone",
    "cell": "a small local unit that acts alone",
    "person": "a named person",
    "state": "a state",
    "arrangement": "a security arrangement among states",
    "organisation": "a body that does not fight",
    "population": "a population or community",
    "collective": "an unnamed collective, never expanded to members",
}
KIND_LABELS = {
    "militant_group": "Group",
    "umbrella": "Group",
    "faction": "Group",
    "cell": "Group",
    "person": "Person",
    "state": "State",
    "arrangement": "Arrangement",
    "organisation": "Organisation",
    "population": "Population",
    "collective": "Population",
}
ARRANGEMENT_TYPES = {
    "alliance": "members promise to defend or assist each other",
    "coalition": "states joined for one purpose, for a time",
    "concert": "great powers that manage order among themselves",
    "collective_security": "members act together against any aggressor among them",
    "contact_group": "a few states that handle one crisis",
    "partnership": "cooperation without a promise to assist",
    "network": "many loosely connected bilateral or small arrangements",
}
NAME_TYPES = {
    "primary": "the name in general use",
    "former": "a name the actor bore earlier",
    "alias": "another name",
    "acronym": "letters that stand for the name",
    "translation": "the name in another language",
    "transliteration": "another spelling of the sounds",
    "as_printed": "a spelling found in a source",
}
ACTS = {
    "offer": "proposes allegiance or alliance, opens nothing",
    "pledge": "declares allegiance or alliance",
    "accept": "the hub accepts a pledge",
    "recognise": "the hub names the other as its own, and both sides agree",
    "renew": "repeats an earlier pledge",
    "claim": "claims the other as its own without consent, opens nothing",
    "refuse": "declines a pledge, an offer or a demand",
    "withdraw": "ends its own pledge",
    "deny": "denies that the relation exists",
    "not_stated": "the source only lists the relation",
}
OPENING_ACTS = ("pledge", "accept", "recognise", "renew", "not_stated")
CLOSING_ACTS = ("withdraw", "deny", "refuse")
RELATION_TYPES = {
    "affiliate": "becomes a branch",
    "ally": "stays independent and cooperates",
    "merger": "joins and ceases to exist apart",
    "province": "becomes a declared province",
    "not_stated": "the source does not say",
}
SCOPES = {
    "whole": "the whole organisation acts",
    "faction": "a part of it acts",
    "individuals": "some members or leaders act",
}
FIVE_TYPES = ("operational", "material", "territorial", "training", "financial")
SUPPORT_TYPES = {
    "operational": "sharing members, acting together, advice on tactics and plans",
    "material": "weapons, explosives, equipment",
    "territorial": "bases or safe haven",
    "training": "instruction of members",
    "financial": "money, or access to donors",
    "unspecified": "some of the five, kind not said",
    "other": "publicity, legitimacy, trade: never makes a tie material",
    "any": "only with absent: a coder's statement that none of the five passed",
}
PRESENCES = {
    "present": "the source says it was there",
    "absent": "a coder or source says that it was not",
}
STAGES = {
    "given": "it passed",
    "promised": "it was promised",
    "sought": "it was asked for",
}
DIRECTIONS = {
    "one_way": "from provider to recipient",
    "mutual": "both gave and both received",
    "not_stated": "the source does not say who gave",
}
TIE_TYPES = {
    "alliance": "cooperation of independent actors",
    "affiliation": "one is a branch of or sworn to the other",
    "association": "looser cooperation",
    "host": "one gives the other a place",
    "membership": "one is a member of the other",
    "rivalry": "competition or enmity without fighting said",
    "clash": "fighting between the two over a spell",
    "contact": "meetings or messages, no cooperation said",
}
COOPERATIVE_TIES = ("alliance", "affiliation", "association", "host")
HOSTILE_TIES = ("rivalry", "clash")
LINEAGE_RELATIONS = {
    "split": "the new actor left the old one (old to new)",
    "succeed": "the new actor continues the old one (old to new)",
    "merge": "the old actor went into the new one (old to new)",
    "absorb": "the part was taken in by the whole",
    "join_umbrella": "the part joined the umbrella",
    "leave_umbrella": "the part left the umbrella",
    "front": "the part is a front of the whole",
    "faction_of": "the part belongs to the whole and acts alone",
}
EVENT_TYPES = {
    "founding": "an actor begins",
    "dissolution": "an actor ends",
    "declaration": "a public statement that creates something",
    "ruling": "a leader or court decides",
    "rejection": "somebody rejects a claim or ruling",
    "clash": "a fight between two sides",
    "attack": "an attack on a target",
    "appointment": "somebody is given a post",
    "death": "somebody dies",
    "arrest": "somebody is arrested or jailed",
    "relocation": "an actor moves",
    "meeting": "actors meet",
    "letter": "a letter is written or sent",
    "support_request": "support is asked for, type not said",
    "truce": "a fight is stopped",
    "rebranding": "an actor changes its name or look",
    "operation": "a military or clandestine operation over a spell",
    "treaty": "a treaty is signed",
    "other": "none of these",
}
LASTING_EVENTS = ("clash", "operation")
STATUSES = {
    "accepted": "taken as said",
    "disputed": "sources disagree, or the coder doubts it",
    "rejected": "kept for the record, never counted",
    "needs_work": "not finished, counts as possible only",
}
CONFIDENCES = {
    "low": "the source is unsure",
    "moderate": "the source is fairly sure",
    "high": "the source is sure",
    "not_stated": "the source does not say",
}
BASES = {
    "stated": "the source says it",
    "inferred": "follows from what it says by the rule given",
    "outside": "comes from outside the cited texts",
}
ROLES = {
    "sworn_to": "the person to whom allegiance is sworn",
    "leader": "leads one of the sides",
    "envoy": "carries the message",
    "mediator": "mediates",
    "issuer": "issues the statement",
    "initiator": "begins it",
    "attacker": "attacks",
    "target": "is attacked or meant",
    "side_a": "one side",
    "side_b": "the other side",
    "appellant": "appeals to a judge",
    "speaker": "says it",
    "victim": "suffers it",
    "subject": "whom it is about",
    "other": "takes part otherwise",
}
STANCES = {
    "supports": "the passage says what the claim says",
    "contradicts": "the passage denies the claim",
    "context": "the passage helps to read the claim",
}
DIRECTNESSES = {
    "primary": "words of a participant or witness",
    "secondary": "a report on it",
    "tertiary": "a summary of reports",
}
LOOKED_FOR = {
    **{t: SUPPORT_TYPES[t] for t in FIVE_TYPES},
    "any": "all five types",
    "tie": "a tie of any kind",
}
OUTCOMES = {
    "found": "found what was looked for",
    "none_found": "searched and found none",
    "inconclusive": "the search does not decide",
}
RELIABILITIES = {
    "A": "reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "cannot be judged",
}
FINDING_KINDS = {
    "prediction": "what a theory expects",
    "result": "what was measured or tested",
    "count": "a number counted",
    "interpretation": "what an author concludes",
}
JUDGEMENTS = {
    "same": "one and the same",
    "different": "two different ones",
    "unsure": "cannot be decided",
}
SOURCE_TYPES = {
    # The item types of CSL 1.0.2 that such works have.
    "article": "a preprint or working paper",
    "article-journal": "a journal article",
    "article-magazine": "a magazine article",
    "article-newspaper": "a newspaper article",
    "bill": "a bill",
    "book": "a book",
    "broadcast": "a radio or television programme",
    "chapter": "a chapter of a book",
    "collection": "a collection, for example of papers in an archive",
    "dataset": "a dataset",
    "document": "a document of any other kind, for example a captured one",
    "entry-encyclopedia": "an entry of an encyclopedia",
    "hearing": "a hearing",
    "interview": "an interview",
    "legal_case": "a court case",
    "legislation": "a law",
    "manuscript": "an unpublished manuscript",
    "map": "a map",
    "motion_picture": "a film or video",
    "pamphlet": "a pamphlet",
    "paper-conference": "a conference paper",
    "periodical": "a periodical as a whole",
    "personal_communication": "a letter or message",
    "post": "a post on a forum or social network",
    "post-weblog": "a blog post",
    "report": "a report",
    "song": "an audio recording",
    "speech": "a speech or statement",
    "thesis": "a thesis",
    "treaty": "a treaty",
    "webpage": "a web page",
}

# --- how a cell becomes a value -----------------------------------------------------------------

ID = re.compile(r"[a-z0-9][a-z0-9-]{1,79}")
CURIE = re.compile(r"[A-Za-z][\w.-]*:\S+")
NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
TRUE, FALSE = ("true", "yes", "1"), ("false", "no", "0")


def fault(code: str, message: str, hint: str = "") -> PydanticCustomError:
    """An error of one cell, with the code and the hint of the `Fault` it will become."""
    return PydanticCustomError("fault", "{message}", {"code": code, "message": message, "hint": hint})


@dataclass(frozen=True, slots=True)
class Link:
    """The cell names other nodes: a relationship of this type to nodes of this label.

    `role` becomes the property `role` of the relationship; `carries` are pairs of a column of the
    same row and the property of the relationship that holds it.
    """

    type: str
    to: str
    role: str = ""
    carries: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Ref:
    """The cell names records that have one of these labels, and is no relationship by itself."""

    to: tuple[str, ...]


class _Check:
    """A mark on a field that also checks the value of its cell."""

    def check(self, value: Any) -> Any:
        raise NotImplementedError

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.check, handler(source))


@dataclass(frozen=True)
class Codes(_Check):
    """The cell holds one of these values (or several, when the field is a list)."""

    values: Mapping[str, str]

    def check(self, value: Any) -> Any:
        if isinstance(value, str) and value in self.values:  # the usual cell, and the fast way
            return value
        for one in value if isinstance(value, tuple) else (value,):
            if one not in self.values:
                near = did_you_mean(one, self.values) or f"One of: {', '.join(self.values)}."
                raise fault("bad-value", f"{quoted(one)} is not allowed here", near)
        return value


@dataclass(frozen=True)
class Dated(_Check):
    """The cell is an EDTF date; its bounds are stored as properties that begin with `prefix`.

    `mode` as in `kb.dates.parse`. When `short`, only the first and the last day are stored. `kind` is that of
    the claim, for the hints.
    """

    prefix: str = ""
    mode: Literal["sometime", "whole", "spell"] = "sometime"
    short: bool = False
    kind: str = ""

    def check(self, value: Any) -> Any:
        try:
            dates.parse(value, mode=self.mode)
        except dates.DateError as error:
            message = error.message.replace(f"'{value}'", quoted(value)).rstrip(".")
            raise fault(error.code, message, dates.hint_for(error.hint, self.kind)) from None
        return value


def split(value: Any) -> Any:
    """The values of a cell that `;` separates, without blanks and without repeats."""
    if not isinstance(value, str):
        return value
    if ";" not in value:  # the usual cell, and the fast way
        return (value.strip(),) if value.strip() else ()
    return tuple(dict.fromkeys(part for raw in value.split(";") if (part := raw.strip())))


def _an_id(value: str) -> str:
    if ID.fullmatch(value):
        return value
    hint = "Use 2 to 80 small letters, digits and hyphens, beginning with a letter or digit."
    raise fault("bad-value", f"{quoted(value)} is not an id", hint)


def _a_bool(value: Any) -> Any:
    folded = str(value).lower()
    if folded not in TRUE + FALSE:
        raise fault("type-error", f"{quoted(str(value))} is neither true nor false", "Write true or false.")
    return folded in TRUE


def _a_whole_number(value: Any) -> Any:
    if re.fullmatch(r"0*[1-9][0-9]{0,8}", str(value)):
        return int(value)
    raise fault("type-error", f"{quoted(str(value))} is not a whole number from 1 on", "Write digits only.")


def _a_number(value: Any) -> Any:
    number = float(value) if NUMBER.fullmatch(str(value)) else math.inf
    if math.isinf(number):
        raise fault("type-error", f"{quoted(str(value))} is not a number", _number_hint(str(value)))
    return number


def _number_hint(text: str) -> str:
    """What to write in the place of 1,234 and 50%; which of two things a comma means nobody can tell."""
    if re.fullmatch(r"[+-]?[0-9]{1,3}([ ',.][0-9]{3})+", text):
        whole = re.sub("[ ',.]", "", text)
        return f"Write {whole}" + (f" or {text.replace(',', '.')}." if text.count(",") == 1 else ".")
    if re.fullmatch(r"[+-]?[0-9]+,[0-9]+", text):
        return f"Write {text.replace(',', '.')}."
    if text.endswith("%") and NUMBER.fullmatch(text[:-1].strip()):
        return f"Write {text[:-1].strip()}, and % as its unit."
    return "Write digits, with a point for decimals."


def _curies(values: tuple[str, ...]) -> tuple[str, ...]:
    for value in values:
        if not CURIE.fullmatch(value):
            hint = "Write prefix:id, such as ucdp.actor:769."
            raise fault("bad-value", f"{quoted(value)} is not a CURIE", hint)
    return values


def _a_sum(value: str) -> str:
    if re.fullmatch(r"[0-9a-fA-F]{64}", value):
        return value.lower()
    hint = "Leave it empty; `kb verify --fill` writes it."
    raise fault("type-error", f"{quoted(value, 20)} is not a SHA-256 sum", hint)


def _participants(value: Any) -> Any:
    pairs = []
    for part in split(value):
        actor, _, role = (x.strip() for x in part.rpartition("="))
        if not actor or not role:
            raise fault("bad-value", f"{quoted(part)} is not actor=role", "Write actor=role;actor=role.")
        Codes(ROLES).check(role)
        pairs.append(f"{actor}={role}")
    return tuple(dict.fromkeys(pairs))


Id = Annotated[str, AfterValidator(_an_id)]
Text = Annotated[str | None, Field(min_length=1)]
Texts = Annotated[tuple[str, ...], BeforeValidator(split)]
Bool = Annotated[bool, BeforeValidator(_a_bool)]
OptionalBool = Annotated[bool | None, BeforeValidator(_a_bool)]
Whole = Annotated[int | None, BeforeValidator(_a_whole_number)]
Number = Annotated[float | None, BeforeValidator(_a_number)]
Sum = Annotated[str | None, AfterValidator(_a_sum)]
Day = Annotated[str | None, Dated(short=True)]

# --- the records --------------------------------------------------------------------------------

T = TypeVar("T")
_UNASKED: set[str] = set()


class Record(BaseModel):
    """One row of one table. Fields are the columns; an empty cell is a missing value."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    table: ClassVar[str]
    labels: ClassVar[tuple[str, ...]] = ()
    relationship: ClassVar[str] = ""  # of the tables whose rows are relationships, not nodes
    key: ClassVar[tuple[str, ...]] = ("id",)

    @property
    def ident(self) -> str:
        """What names the record: its id, or the ids it connects, joined by a space."""
        return " ".join([getattr(self, k) for k in self.key])

    def cells(self) -> dict[str, Any]:
        """Column to value; columns without a value are left out."""
        got = ((column, getattr(self, field)) for column, (field, _) in self.columns().items())
        return {column: value for column, value in got if value is not None and value != ()}

    def __eq__(self, other: object) -> bool:
        """Whether both are rows of one table with the same cells; one of them may be lean."""
        return isinstance(other, Record) and self.table == other.table and self.cells() == other.cells()

    def __hash__(self) -> int:
        return hash((self.table, self.ident))

    def lean(self) -> Self:
        """This record, holding only what its cells gave, in a third of the memory; the rest are defaults."""
        values = vars(self)
        object.__setattr__(self, "__dict__", {name: values[name] for name in self.__pydantic_fields_set__})
        # Which fields were given is never asked, and the set takes as much memory as all values.
        object.__setattr__(self, "__pydantic_fields_set__", _UNASKED)
        return self

    @classmethod
    @cache
    def columns(cls) -> dict[str, tuple[str, FieldInfo]]:
        """Column name to field name and declaration, in the order of the table, the claim block last."""
        last = BLOCK if issubclass(cls, Claim) else ()
        fields = sorted(cls.model_fields.items(), key=lambda item: item[0] in last)
        return {info.alias or name: (name, info) for name, info in fields}

    @classmethod
    @cache
    def required(cls) -> tuple[str, ...]:
        """Columns that every row must fill."""
        return tuple(column for column, (_, info) in cls.columns().items() if info.is_required())

    @classmethod
    @cache
    def links(cls) -> dict[str, Link]:
        """Columns that become relationships."""
        return cls._marked(Link)

    @classmethod
    @cache
    def names(cls) -> dict[str, tuple[str, ...]]:
        """Columns that name other records, with the labels these may have."""
        found = {column: (link.to,) for column, link in cls.links().items()}
        return found | {column: ref.to for column, ref in cls._marked(Ref).items()}

    @classmethod
    @cache
    def dated(cls) -> dict[str, Dated]:
        """Columns that hold a date."""
        return cls._marked(Dated)

    @classmethod
    @cache
    def codes(cls) -> dict[str, Codes]:
        """Columns with a code list."""
        return cls._marked(Codes)

    @classmethod
    @cache
    def lists(cls) -> frozenset[str]:
        """Columns that hold several values."""
        return frozenset(c for c, (_, info) in cls.columns().items() if "tuple" in str(info.annotation))

    @classmethod
    def _marked(cls, kind: type[T]) -> dict[str, T]:
        columns = cls.columns().items()
        return {c: mark for c, (_, info) in columns for mark in info.metadata if isinstance(mark, kind)}


Evidences = Annotated[Texts, Link("CITES", "Evidence")]
Cases = Annotated[Texts, Link("PART_OF", "Case")]
_PLACE = (("locator_label", "locator_label"), ("locator", "locator"), ("line", "line"))


class Actor(Record):
    """Groups, persons, states and other bodies that claims are about."""

    table = "actors"
    labels = ("Actor",)
    id: Id = Field(description="chosen once, kept when a name changes")
    name: str = Field(description="the name used here")
    kind: Annotated[str, Codes(ACTOR_KINDS)] = Field(description="what it is")
    arrangement_type: Annotated[Texts, Codes(ARRANGEMENT_TYPES)] = Field(
        (), description="kinds of state arrangement; several for a hybrid"
    )
    country: Texts = Field((), description="country or countries, free text")
    ideology: Texts = Field((), description="ideology as the source states it")
    founded: Annotated[str | None, Dated("founded_", short=True)] = Field(None, description="when it began")
    dissolved: Annotated[str | None, Dated("dissolved_", short=True)] = Field(
        None, description="when it ended"
    )
    xref: Annotated[Texts, AfterValidator(_curies)] = Field(
        (), description="ids elsewhere, as CURIEs such as ucdp.actor:769"
    )
    evidence: Evidences = Field((), description="evidence for the row")
    note: Text = Field(None, description="a remark")


class Name(Record):
    """One name an actor bore, and when."""

    table = "names"
    labels = ("Name",)
    id: Id = Field(description="id of the row")
    actor: Annotated[str, Link("OF", "Actor")] = Field(description="who bore the name")
    name: str = Field(description="the name")
    name_type: Annotated[str, Codes(NAME_TYPES)] = Field(description="what sort of name it is")
    lang: Text = Field(None, description="language of the name, BCP 47")
    valid: Annotated[str | None, Dated(mode="spell")] = Field(
        None, description="when the name was borne, a spell"
    )
    occurrence: Text = Field(None, description="readings of one renaming share it")
    basis: Annotated[str, Codes(BASES)] = Field("stated", description="where the row comes from")
    evidence: Evidences = Field((), description="evidence for the row")
    note: Text = Field(None, description="a remark")


class Claim(Record):
    """The claim block: the columns that every kind of claim has."""

    labels: ClassVar[tuple[str, ...]] = ("Claim",)
    id: Id = Field(description="id of the claim")
    occurrence: Text = Field(None, description="readings of one happening share it")
    status: Annotated[str, Codes(STATUSES)] = Field("accepted", description="how far the claim is taken")
    confidence: Annotated[str, Codes(CONFIDENCES)] = Field(
        "not_stated", description="of the claim, not of the paper"
    )
    basis: Annotated[str, Codes(BASES)] = Field("stated", description="where the claim comes from")
    rule: Text = Field(None, description="the rule by which it follows; compulsory when inferred")
    coder: Text = Field(None, description="who coded it")
    coded_on: Day = Field(None, description="when it was coded")
    note: Text = Field(None, description="a remark; compulsory when disputed, rejected or from outside")
    place: Texts = Field((), description="place or places, free text")
    after: Annotated[Texts, Ref(("Claim",))] = Field(
        (), description="claims that the source says came earlier"
    )
    name_as_printed: Text = Field(None, description="the name as the source prints it")
    type_as_printed: Text = Field(None, description="the kind of relation as the source prints it")
    date_as_printed: Text = Field(None, description="the date as the source prints it")
    participants: Annotated[tuple[str, ...], BeforeValidator(_participants), Link("INVOLVES", "Actor")] = (
        Field((), description="others who take part: actor=role;actor=role")
    )
    evidence: Evidences = Field((), description="evidence that supports the claim")
    concepts: Annotated[Texts, Link("ILLUSTRATES", "Concept")] = Field(
        (), description="concepts it illustrates"
    )
    cases: Cases = Field((), description="case studies it belongs to")


BLOCK = frozenset(Claim.model_fields) - {"id"}


class Dyad(Claim):
    """A claim that points from one actor to another."""

    from_: Annotated[str, Link("FROM", "Actor")] = Field(alias="from", description="the actor it comes from")
    to: Annotated[str, Link("TO", "Actor")] = Field(description="the actor it goes to")


class Pledge(Dyad):
    """One act of words between two organisations."""

    table = "pledges"
    labels = ("Claim", "Pledge")
    act: Annotated[str, Codes(ACTS)] = Field(description="what is declared")
    relation_type: Annotated[Texts, Codes(RELATION_TYPES)] = Field(
        (), description="relation that is declared"
    )
    scope: Annotated[str | None, Codes(SCOPES)] = Field(
        None, description="who acts, measured against the parent"
    )
    date: Annotated[str | None, Dated(kind="pledge")] = Field(None, description="when, EDTF")


class Support(Dyad):
    """One kind of support from a provider to a recipient."""

    table = "support"
    labels = ("Claim", "Support")
    support_type: Annotated[str, Codes(SUPPORT_TYPES)] = Field(description="kind of support")
    presence: Annotated[str, Codes(PRESENCES)] = Field(
        "present", description="there, or said not to be there"
    )
    stage: Annotated[str, Codes(STAGES)] = Field("given", description="given, promised or sought")
    direction: Annotated[str, Codes(DIRECTIONS)] = Field("one_way", description="who gave to whom")
    alleged: Bool = Field(False, description="only alleged")
    date: Annotated[str | None, Dated()] = Field(None, description="when, EDTF")
    quantity: Number = Field(None, description="how much")
    unit: Text = Field(None, description="unit of the quantity")


class Tie(Dyad):
    """A relation over a spell."""

    table = "ties"
    labels = ("Claim", "Tie")
    tie_type: Annotated[str, Codes(TIE_TYPES)] = Field(description="kind of relation")
    presence: Annotated[str, Codes(PRESENCES)] = Field("present", description="there, or coded as not there")
    directed: OptionalBool = Field(None, description="empty: true for host, membership and affiliation")
    role: Text = Field(None, description="role in the relation, such as leader or emissary")
    strength: Text = Field(None, description="how strong, as the source puts it")
    date: Annotated[str | None, Dated()] = Field(None, description="when, EDTF")


class Schism(Dyad):
    """An allegiance breaks: from the child to the parent."""

    table = "schisms"
    labels = ("Claim", "Schism")
    trigger: Text = Field(None, description="what broke it")
    date: Annotated[str | None, Dated(kind="schism")] = Field(None, description="when, EDTF")


class Lineage(Dyad):
    """A step in the descent of organisations."""

    table = "lineage"
    labels = ("Claim", "Lineage")
    relation: Annotated[str, Codes(LINEAGE_RELATIONS)] = Field(description="kind of step")
    date: Annotated[str | None, Dated()] = Field(None, description="when, EDTF")


class Event(Claim):
    """Something that happened, told by the actors involved."""

    table = "events"
    labels = ("Claim", "Event")
    title: str = Field(description="what happened, in our own words")
    event_type: Annotated[str, Codes(EVENT_TYPES)] = Field(description="kind of event")
    date: Annotated[str | None, Dated(kind="event")] = Field(None, description="when, EDTF")


class Search(Record):
    """Somebody looked for support or a tie, and what came of it."""

    table = "searches"
    labels = ("Search",)
    id: Id = Field(description="id of the row")
    subject: Annotated[str, Link("ABOUT", "Actor", "subject")] = Field(description="the possible provider")
    object: Annotated[str, Link("ABOUT", "Actor", "object")] = Field(description="the possible recipient")
    looked_for: Annotated[Texts, Field(min_length=1), Codes(LOOKED_FOR)] = Field(
        description="what was looked for"
    )
    window: Annotated[str, Dated(mode="whole")] = Field(description="the years searched, the whole of them")
    where_searched: str = Field(description="in which works or archives")
    searched_on: Day = Field(description="when the search was made")
    outcome: Annotated[str, Codes(OUTCOMES)] = Field(description="what came of it")
    coder: Text = Field(None, description="who searched")
    status: Annotated[str, Codes(STATUSES)] = Field("accepted", description="how far the search is taken")
    evidence: Evidences = Field((), description="evidence for the row")
    note: Text = Field(None, description="a remark")


class Source(Record):
    """A work: article, letter, speech, report, captured document, with the fields of CSL."""

    table = "sources"
    labels = ("Source",)
    id: Id = Field(description="id of the work")
    type: Annotated[str, Codes(SOURCE_TYPES)] = Field(description="CSL item type")
    title: str = Field(description="title")
    author: Texts = Field((), description="authors: Family, Given; a body as it is written")
    issued: Annotated[str | None, Dated("issued_", short=True)] = Field(
        None, description="date of publication, EDTF"
    )
    container_title: Text = Field(
        None, description="journal, paper or book it stands in, with volume and pages"
    )
    publisher: Text = Field(None, description="publisher")
    url: Text = Field(None, description="address")
    doi: Text = Field(None, description="DOI")
    archive: Text = Field(None, description="archive or collection that holds it")
    archive_location: Text = Field(None, description="document number in the archive")
    language: Text = Field(None, description="language, BCP 47")
    reliability: Annotated[str | None, Codes(RELIABILITIES)] = Field(
        None, description="of the source, A to F"
    )
    repeats: Annotated[Texts, Link("REPEATS", "Source")] = Field((), description="works of the same origin")
    text: Text = Field(None, description="file name of the full text")
    text_sha256: Sum = Field(None, description="SHA-256 of that file")
    note: Text = Field(None, description="a remark")


class Evidence(Record):
    """One quotation or passage: where it stands, who speaks, what it shows."""

    table = "evidence"
    labels = ("Evidence",)
    id: Id = Field(description="id of the evidence")
    found_in: Annotated[str, Link("FOUND_IN", "Source", carries=_PLACE)] = Field(
        description="the work we read it in"
    )
    source: Annotated[str | None, Link("QUOTES", "Source", carries=(("source_locator", "locator"),))] = Field(
        None, description="the work where the words were first said or printed"
    )
    source_locator: Text = Field(None, description="page or document there")
    locator_label: Text = Field(None, description="what the locator counts: page, section, note, table")
    locator: Text = Field(None, description="where it stands in the work we read")
    line: Whole = Field(None, description="line of the text file")
    quote_before: Text = Field(
        None, description="at most 4 words in front; only for quotations under 5 words"
    )
    quote_start: Text = Field(None, description="at most the first 8 words; segments joined by ' | '")
    quote_end: Text = Field(None, description="at most the last 5 words; empty when the start holds all")
    quote_words: Whole = Field(None, description="number of words of the quotation")
    quote_sha256: Sum = Field(None, description="sum of the whole quotation, written by `kb verify --fill`")
    speaker: Annotated[str | None, Link("SPOKEN_BY", "Actor")] = Field(
        None, description="the actor who said it"
    )
    speaker_text: Text = Field(None, description="a speaker who is no actor here")
    said_on: Annotated[str | None, Dated("said_on_", short=True)] = Field(
        None, description="when it was said"
    )
    lang: Text = Field(None, description="language of the words, BCP 47")
    relies_on: Annotated[Texts, Link("RELIES_ON", "Source")] = Field(
        (), description="authority behind a paraphrase"
    )
    variant_of: Annotated[Texts, Link("VARIANT_OF", "Evidence")] = Field(
        (), description="the same words elsewhere"
    )
    summary: str = Field(description="what it shows, in our own words")
    cases: Cases = Field((), description="case studies it belongs to")
    note: Text = Field(None, description="a remark")


class Citation(Record):
    """Which evidence stands for, against or beside a record."""

    table = "citations"
    relationship = "CITES"
    key = ("claim", "evidence")
    claim: Annotated[str, Ref(("Claim", "Name", "Search", "Actor"))] = Field(
        description="a claim, name, search or actor"
    )
    evidence: Annotated[str, Ref(("Evidence",))] = Field(description="the evidence")
    stance: Annotated[str, Codes(STANCES)] = Field(description="for, against or beside")
    directness: Annotated[str | None, Codes(DIRECTNESSES)] = Field(
        None, description="how near to the happening"
    )
    note: Text = Field(None, description="a remark")


class Reference(Record):
    """One work cites or lists another."""

    table = "references"
    relationship = "REFERS_TO"
    key = ("citing", "cited")
    citing: Annotated[str, Ref(("Source",))] = Field(description="the work that cites")
    cited: Annotated[str, Ref(("Source",))] = Field(description="the work cited")
    in_text: OptionalBool = Field(None, description="cited in its text or notes")
    in_list: OptionalBool = Field(None, description="listed among its references")
    printed_as: Text = Field(None, description="how it is printed there, when that differs")
    locator: Text = Field(None, description="where it is cited")


class Case(Record):
    """A case study."""

    table = "cases"
    labels = ("Case",)
    id: Id = Field(description="id of the case")
    title: str = Field(description="title")
    question: Text = Field(None, description="what the case asks")
    note: Text = Field(None, description="a remark")


class Concept(Record):
    """A defined term."""

    table = "concepts"
    labels = ("Concept",)
    id: Id = Field(description="id of the concept")
    term: str = Field(description="the term")
    kind: Text = Field(None, description="sort of concept")
    definition: Text = Field(None, description="the definition in our own words")
    related: Annotated[Texts, Link("RELATED_TO", "Concept")] = Field((), description="related concepts")
    source: Annotated[str | None, Link("DEFINED_IN", "Source", carries=_PLACE)] = Field(
        None, description="the work that defines it"
    )
    locator_label: Text = Field(None, description="what the locator counts")
    locator: Text = Field(None, description="where it is defined")
    line: Whole = Field(None, description="line of the text file")


class Finding(Record):
    """A published prediction, result, count or interpretation."""

    table = "findings"
    labels = ("Finding",)
    id: Id = Field(description="id of the finding")
    kind: Annotated[str, Codes(FINDING_KINDS)] = Field(description="what sort of statement it is")
    statement: str = Field(description="what is found, in our own words")
    measure: Text = Field(None, description="what is measured")
    group: Annotated[Texts, Link("ABOUT", "Actor", "group")] = Field(
        (), description="actor or actors measured"
    )
    compared_with: Annotated[Texts, Link("ABOUT", "Actor", "compared_with")] = Field(
        (), description="actor or actors compared with"
    )
    value: Text = Field(None, description="value as printed")
    value_lo: Number = Field(None, description="lower bound")
    value_hi: Number = Field(None, description="upper bound")
    unit: Text = Field(None, description="unit of the value")
    direction: Text = Field(None, description="direction of the difference")
    significance: Text = Field(None, description="significance as printed")
    occurrence: Text = Field(None, description="readings of one finding share it")
    status: Annotated[str, Codes(STATUSES)] = Field("accepted", description="how far it is taken")
    source: Annotated[str | None, Link("REPORTED_IN", "Source", carries=_PLACE)] = Field(
        None, description="the work that reports it"
    )
    locator_label: Text = Field(None, description="what the locator counts")
    locator: Text = Field(None, description="where it is reported")
    line: Whole = Field(None, description="line of the text file")
    note: Text = Field(None, description="a remark")


class Judgement(Record):
    """A person's decision whether two records mean the same."""

    table = "judgements"
    relationship = "JUDGED"
    key = ("left", "right", "coder")
    left: Annotated[str, Ref(("Actor", "Claim"))] = Field(description="one actor or claim")
    right: Annotated[str, Ref(("Actor", "Claim"))] = Field(description="the other, of the same kind")
    judgement: Annotated[str, Codes(JUDGEMENTS)] = Field(description="the decision")
    coder: str = Field("", description="who decided")
    decided_on: Day = Field(None, description="when")
    reason: Text = Field(None, description="why")


RECORDS: tuple[type[Record], ...] = (
    Actor, Name, Pledge, Support, Tie, Schism, Lineage, Event, Search, Source, Evidence, Citation, Reference,
    Case, Concept, Finding, Judgement,
)  # fmt: skip
TABLES: dict[str, type[Record]] = {record.table: record for record in RECORDS}
CLAIM_TABLES = tuple(name for name, record in TABLES.items() if issubclass(record, Claim))

for _record in RECORDS:  # what a lean record lacks; pydantic takes defaults off the classes it makes
    for _name, _field in _record.model_fields.items():
        if not _field.is_required():
            setattr(_record, _name, _field.default)
