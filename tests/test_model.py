"""The model: tables and code values as the model page lists them, and how cells become values."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from kb import model
from kb.model import (
    BLOCK,
    CLAIM_TABLES,
    TABLES,
    Actor,
    Event,
    Evidence,
    Pledge,
    Record,
    Search,
    Support,
)
from tests.strategies import records

# Section 6 of the model, as it is written there: required columns have a star.
SECTION_6 = {
    "actors": "id* name* kind* arrangement_type country ideology founded dissolved xref evidence note",
    "names": "id* actor* name* name_type* lang valid occurrence basis evidence note",
    "pledges": "id* from* to* act* relation_type scope date",
    "support": "id* from* to* support_type* presence stage direction alleged date quantity unit",
    "ties": "id* from* to* tie_type* presence directed role strength date",
    "schisms": "id* from* to* trigger date",
    "lineage": "id* from* to* relation* date",
    "events": "id* title* event_type* date",
    "searches": "id* subject* object* looked_for* window* where_searched* searched_on* outcome* "
    "coder status evidence note",
    "sources": "id* type* title* author issued container_title publisher url doi archive archive_location "
    "language reliability repeats text text_sha256 note",
    "evidence": "id* found_in* source source_locator locator_label locator line quote_before quote_start "
    "quote_end quote_words quote_sha256 speaker speaker_text said_on lang relies_on variant_of summary* "
    "cases note",
    "citations": "claim* evidence* stance* directness note",
    "references": "citing* cited* in_text in_list printed_as locator",
    "cases": "id* title* question note",
    "concepts": "id* term* kind definition related source locator_label locator line",
    "findings": "id* kind* statement* measure group compared_with value value_lo value_hi unit direction "
    "significance occurrence status source locator_label locator line note",
    "judgements": "left* right* judgement* coder decided_on reason",
}
CLAIM_BLOCK = (
    "occurrence status confidence basis rule coder coded_on note place after name_as_printed type_as_printed "
    "date_as_printed participants evidence concepts cases"
)

# The code values of sections 2, 3 and 6, as they are written there.
SECTION_3 = {
    "ACTS": "offer pledge accept recognise renew claim refuse withdraw deny not_stated",
    "RELATION_TYPES": "affiliate ally merger province not_stated",
    "SCOPES": "whole faction individuals",
    "SUPPORT_TYPES": "operational material territorial training financial unspecified other any",
    "PRESENCES": "present absent",
    "STAGES": "given promised sought",
    "DIRECTIONS": "one_way mutual not_stated",
    "TIE_TYPES": "alliance affiliation association host membership rivalry clash contact",
    "LINEAGE_RELATIONS": "split succeed merge absorb join_umbrella leave_umbrella front faction_of",
    "EVENT_TYPES": "founding dissolution declaration ruling rejection clash attack appointment death arrest "
    "relocation meeting letter support_request truce rebranding operation treaty other",
    "STATUSES": "accepted disputed rejected needs_work",
    "CONFIDENCES": "low moderate high not_stated",
    "BASES": "stated inferred outside",
    "ROLES": "sworn_to leader envoy mediator issuer initiator attacker target side_a side_b appellant "
    "speaker victim subject other",
    "STANCES": "supports contradicts context",
    "DIRECTNESSES": "primary secondary tertiary",
    "ACTOR_KINDS": "militant_group umbrella faction cell person state arrangement organisation population "
    "collective",
    "ARRANGEMENT_TYPES": "alliance coalition concert collective_security contact_group partnership network",
    "NAME_TYPES": "primary former alias acronym translation transliteration as_printed",
    "LOOKED_FOR": "operational material territorial training financial any tie",
    "OUTCOMES": "found none_found inconclusive",
    "RELIABILITIES": "A B C D E F",
    "FINDING_KINDS": "prediction result count interpretation",
    "JUDGEMENTS": "same different unsure",
}


@pytest.mark.parametrize("table", SECTION_6)
def test_a_table_has_the_columns_of_the_model_in_their_order(table: str) -> None:
    """Own columns as section 6 lists them, then, for claims, the claim block; required ones are required."""
    record = TABLES[table]
    wanted = SECTION_6[table].split() + (CLAIM_BLOCK.split() if table in CLAIM_TABLES else [])
    assert [f"{c}*" if c in record.required() else c for c in record.columns()] == wanted


def test_there_are_no_other_tables() -> None:
    """Section 6 lists seventeen tables, six of them claims."""
    assert list(TABLES) == list(SECTION_6)
    assert CLAIM_TABLES == ("pledges", "support", "ties", "schisms", "lineage", "events")
    assert set(CLAIM_BLOCK.split()) == BLOCK


@pytest.mark.parametrize("name", SECTION_3)
def test_a_code_list_has_the_values_of_the_model(name: str) -> None:
    """Each value of the model, in its order, with a meaning."""
    values = getattr(model, name)
    assert list(values) == SECTION_3[name].split()
    assert all(values.values())


def test_every_column_says_what_it_holds() -> None:
    """The data dictionary is written from the descriptions."""
    undescribed = [
        f"{table}.{column}"
        for table, record in TABLES.items()
        for column, (_, info) in record.columns().items()
        if not info.description
    ]
    assert undescribed == []


def test_defaults_are_those_of_the_design() -> None:
    """What a claim says when its cells are empty."""
    claim = Support.model_validate({"id": "s-1", "from": "a", "to": "b", "support_type": "training"})
    assert (claim.status, claim.basis, claim.confidence) == ("accepted", "stated", "not_stated")
    assert (claim.presence, claim.stage, claim.direction, claim.alleged) == (
        "present",
        "given",
        "one_way",
        False,
    )


# --- cells ------------------------------------------------------------------------------------------


def value(kind: type[Record], column: str, text: str) -> Any:
    """What the cell becomes, in a row whose other required cells are filled."""
    cells = {c: FILLED.get(c, "x") for c in kind.required()} | {column: text}
    return getattr(kind.model_validate(cells), "from_" if column == "from" else column)


def fault_of(kind: type[Record], column: str, text: str) -> tuple[str, str]:
    """(code, message) of the cell."""
    with pytest.raises(ValidationError) as caught:
        value(kind, column, text)
    (error,) = caught.value.errors()
    assert error["loc"] == (column,)
    return error["ctx"]["code"], error["msg"]


FILLED = {
    "id": "an-id", "kind": "cell", "act": "pledge", "support_type": "any", "event_type": "other",
    "looked_for": "any", "window": "2014", "searched_on": "2020", "outcome": "found",
}  # fmt: skip


@pytest.mark.parametrize("text", ["a1", "0-", "a" * 80, "al-qaeda"])
def test_an_id_is_2_to_80_small_letters_digits_and_hyphens(text: str) -> None:
    """The pattern of section 6."""
    assert value(Actor, "id", text) == text


@pytest.mark.parametrize("text", ["a", "a" * 81, "-ab", "Ab", "a_b", "a b", "é1", "a\u200bb", "ab\n"])
def test_anything_else_is_not_an_id(text: str) -> None:
    """Capitals, blanks, underscores, letters of other alphabets, and what cannot be seen."""
    assert fault_of(Actor, "id", text)[0] == "bad-value"


def test_what_cannot_be_seen_is_shown_in_the_message() -> None:
    """A zero-width space copied from a web page is written out."""
    assert fault_of(Actor, "id", "a\u200bb")[1] == "'a\\u200bb' is not an id"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("true", True),
        ("TRUE", True),
        ("Yes", True),
        ("1", True),
        ("false", False),
        ("No", False),
        ("0", False),
    ],
)
def test_true_and_false_have_several_spellings(text: str, meant: bool) -> None:
    """What spreadsheets and people write."""
    assert value(Support, "alleged", text) is meant


@pytest.mark.parametrize("text", ["t", "ja", "2", "wahr", "-", "1.0"])
def test_other_spellings_are_neither(text: str) -> None:
    """Nothing is guessed."""
    assert fault_of(Support, "alleged", text) == ("type-error", f"'{text}' is neither true nor false")


@pytest.mark.parametrize(
    ("text", "number"), [("3", 3.0), ("-0.5", -0.5), (".5", 0.5), ("1e3", 1000.0), ("+2.", 2.0)]
)
def test_a_number_has_a_point_and_may_have_an_exponent(text: str, number: float) -> None:
    """As programs write them."""
    assert value(Support, "quantity", text) == number


@pytest.mark.parametrize(
    "text", ["nan", "inf", "-inf", "1e400", "1,5", "1_000", "0x10", "٣", "three", "1 000"]
)
def test_what_is_not_a_finite_number_is_a_fault(text: str) -> None:
    """Python reads some of these as numbers; nobody writes them in a table."""
    assert fault_of(Support, "quantity", text) == ("type-error", f"'{text}' is not a number")


@pytest.mark.parametrize("text", ["0", "-3", "1.5", "12 f.", "1_0", "9" * 10])
def test_a_line_is_a_whole_number_from_1_on(text: str) -> None:
    """Neither negative, nor larger than a file has lines."""
    assert fault_of(Evidence, "line", text) == ("type-error", f"'{text}' is not a whole number from 1 on")


def test_semicolons_separate_values() -> None:
    """Blanks, empty parts and repeats go."""
    assert value(Actor, "country", " Syria;Iraq ;; Syria; ") == ("Syria", "Iraq")
    assert value(Actor, "country", "Syria") == ("Syria",)
    assert value(Actor, "country", " ; ") == ()


def test_each_of_several_values_is_checked() -> None:
    """One wrong value among right ones is found."""
    assert fault_of(Pledge, "relation_type", "ally;friend") == ("bad-value", "'friend' is not allowed here")
    assert value(Pledge, "relation_type", "ally; affiliate") == ("ally", "affiliate")


def test_a_list_that_must_be_filled_needs_a_value() -> None:
    """Separators alone are an empty cell."""
    with pytest.raises(ValidationError) as caught:
        value(Search, "looked_for", " ; ;")
    assert [error["loc"] for error in caught.value.errors()] == [("looked_for",)]


def test_participants_are_pairs_of_actor_and_role() -> None:
    """Blanks around the signs go; a name may hold an equals sign, the last one counts."""
    assert value(Event, "participants", "a-a = leader; A=B=victim;a-a=leader") == ("a-a=leader", "A=B=victim")


@pytest.mark.parametrize("text", ["a-a", "a-a=", "=leader", "a-a:leader"])
def test_a_participant_without_actor_or_role_is_a_fault(text: str) -> None:
    """Both sides of the sign are needed."""
    assert fault_of(Event, "participants", text) == ("bad-value", f"'{text}' is not actor=role")


def test_a_role_is_one_of_the_list() -> None:
    """Roles are codes."""
    assert fault_of(Event, "participants", "a-a=boss") == ("bad-value", "'boss' is not allowed here")


def test_outer_ids_are_curies() -> None:
    """Prefix, colon, id, without blanks."""
    assert value(Actor, "xref", "ucdp.actor:769;wd:Q1") == ("ucdp.actor:769", "wd:Q1")
    assert fault_of(Actor, "xref", "769") == ("bad-value", "'769' is not a CURIE")


def test_a_sum_is_64_hexadecimal_digits() -> None:
    """Some programs print them in capitals; they are stored small."""
    assert value(Evidence, "quote_sha256", "AB" * 32) == "ab" * 32
    assert fault_of(Evidence, "quote_sha256", "ab")[0] == "type-error"


def test_a_record_is_named_by_its_key() -> None:
    """By its id, or by the ids it connects."""
    assert Actor(id="a-a", name="A", kind="cell").ident == "a-a"
    citation = TABLES["citations"].model_validate({"claim": "c-1", "evidence": "ev-1", "stance": "context"})
    assert citation.ident == "c-1 ev-1"


@pytest.mark.parametrize("table", TABLES)
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_a_lean_record_says_the_same(table: str, data: st.DataObject) -> None:
    """What it does not hold is the default of each field, in a copy with other values too."""
    whole = data.draw(records(table))
    lean = whole.model_copy().lean()
    assert {name: getattr(lean, name) for name in type(lean).model_fields} == dict(whole)
    assert (lean, hash(lean)) == (whole, hash(whole))
    assert vars(lean).keys() == whole.model_fields_set
    last = list(type(lean).model_fields)[-1]
    assert lean.model_copy(update={last: -1}) == whole.model_copy(update={last: -1}) != whole
